"""The question in which system coordinates are; nothing is guessed."""

from __future__ import annotations

import streamlit as st

from dashboard.frame import Frame

FIRST = ("EPSG:4490", "EPSG:4326", "GCJ-02", "BD-09")
ZONES = {f"EPSG:{4534 + k}": 75 + 3 * k for k in range(21)}
"""CGCS2000 in 3-degree zones → central meridian."""


def ask_crs(frame: Frame, key: str, known: str, words: str) -> str:
    """The system chosen, or typed; '' as long as nobody has answered."""
    options = [*FIRST, *ZONES]
    if known and known not in options:
        options.append(known)
    picked = st.selectbox(
        words,
        options,
        index=options.index(known) if known else None,
        format_func=lambda one: crs_words(frame, one),
        placeholder=frame.say("import.crs_choose"),
        help=frame.say("import.crs_help"),
        accept_new_options=True,
        key=key,
    )
    return str(picked or "").strip()


def crs_words(frame: Frame, name: str) -> str:
    """A coordinate system as planners call it."""
    if name in FIRST:
        return f"{frame.say(f'crs.{name}')}"
    if name in ZONES:
        return f"{frame.say('crs.zone', lon=ZONES[name])} · {name}"
    return name
