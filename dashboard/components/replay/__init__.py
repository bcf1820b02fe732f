"""The map that plays: the page of ``sim.report.replay`` inside a frame of Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from streamlit.components.v1 import declare_component

from sim.report.replay.html import PAGE

_frame = declare_component("yuyan_replay", path=PAGE)


def show_replay(
    ground: dict[str, Any], nights: Sequence[dict[str, Any]], name: str, height: int
) -> None:
    """Draw one night, or two side by side.

    Args:
        ground, nights: see ``sim.report.replay.data``.
        name: of what is shown; the same name again goes on playing.
        height: of the frame in pixels.
    """
    data = {"ground": ground, "nights": list(nights)}
    _frame(id=name, data=data, height=height, key="replay", default=None)
