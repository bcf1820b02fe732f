"""数据: import a county, paste villages, clear a drawn area."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from dashboard.choice import choose, chosen
from dashboard.data_area import area_part
from dashboard.data_draft import Draft
from dashboard.data_import import import_part
from dashboard.data_villages import villages_part
from dashboard.frame import Frame

PARTS: dict[str, Callable[[Frame, Draft], None]] = {
    "import": import_part,
    "villages": villages_part,
    "area": area_part,
}

STYLE = Path(__file__).parents[1] / "data.css"


def page(frame: Frame) -> None:
    """Draw the page."""
    st.html(f"<style>{STYLE.read_text(encoding='utf-8')}</style>")
    draft = Draft.at(frame.settings.home, st.session_state.get("choice.load", ""))
    choose("load", draft.token)
    part = chosen("part", list(PARTS), "import")
    with st.container(horizontal=True, vertical_alignment="center"):
        picked = st.segmented_control(
            frame.say("data.which"),
            list(PARTS),
            default=part,
            required=True,
            format_func=lambda one: frame.say(f"data_part.{one}"),
            label_visibility="collapsed",
            key="data-part",
        )
        if st.button(frame.say("data.fresh"), help=frame.say("data.kept"), key="data-fresh"):
            choose("load", Draft.at(frame.settings.home, "").token)
            st.rerun()
    choose("part", picked)
    PARTS[picked](frame, draft)
