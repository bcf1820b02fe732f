"""Words of the help page."""

from __future__ import annotations

HELP: dict[str, tuple[str, str]] = {
    "help.title": ("怎么看这些数字", "How to read the numbers"),
}
