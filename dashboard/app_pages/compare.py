"""The page “compare”."""

from __future__ import annotations

import streamlit as st

from dashboard.frame import Frame


def page(frame: Frame) -> None:
    """Draw the page."""
    st.info(frame.say("later"))
