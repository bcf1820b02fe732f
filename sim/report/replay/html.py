"""The map as one file that opens in any browser: page, styles and data together, nothing loaded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parent / "page"
"""The files of the page; the dashboard serves this folder as a component."""

SCRIPTS = (
    *("base.js", "view.js", "people.js", "lines.js", "places.js", "movers.js"),
    *("timeline.js", "gantt.js", "info.js", "panel.js", "side.js", "player.js"),
)
"""Scripts in the order in which they must be read (without the bridge to Streamlit)."""

_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"

_START = """
const data = JSON.parse(document.getElementById("data").textContent);
window.Yuyan.mount(document.getElementById("replay"), data);
"""


def replay_html(ground: dict[str, Any], nights: Sequence[dict[str, Any]]) -> str:
    """One night, or two side by side, as a page of its own.

    Args:
        ground: from ``ground_data``.
        nights: one or two from ``night_data`` of the same ground.
    """
    scripts = "\n".join((PAGE / name).read_text(encoding="utf-8") for name in SCRIPTS)
    styles = (PAGE / "replay.css").read_text(encoding="utf-8")
    data = as_script({"ground": ground, "nights": list(nights)})
    return f"""<!DOCTYPE html>
<html lang="{escape(ground["lang"], quote=True)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>{escape(ground["title"])}</title>
<style>{styles}
body {{ height: 100vh; }}</style>
</head>
<body>
<div id="replay"></div>
<script id="data" type="application/json">{data}</script>
<script>{scripts}</script>
<script>{_START}</script>
</body>
</html>
"""


def as_script(value: object) -> str:
    """JSON that cannot end the script element it stands in, whatever the names contain."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
