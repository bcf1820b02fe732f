"""帮助: three steps, how to read every figure, the lights, the glossary."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import parts
from dashboard.frame import Frame
from sim.texts.dashboard_help import GLOSSARY, LIGHT_MEANINGS, READING
from sim.texts.report import say


def page(frame: Frame) -> None:
    """Draw the page."""
    row = 1 if frame.lang == "en" else 0
    steps = [frame.say(f"help.step{number}") for number in (1, 2, 3)]
    ordered = parts.element("ol", "".join(parts.text("li", one) for one in steps), "yy-lines")
    parts.show(parts.section(frame.say("help.first")), ordered)
    left, right = st.columns([3, 2], gap="large")
    with left:
        heads = (frame.say("help.term"), frame.say("help.meaning"))
        reading = [(term[row], meaning[row]) for term, meaning in READING]
        parts.show(
            parts.section(frame.say("help.title")), parts.table(heads, reading, css="yy-words")
        )
    with right:
        lights = [
            [parts.chip(colour, say(f"target.{colour}", frame.lang)), escape(meaning[row])]
            for colour, meaning in LIGHT_MEANINGS
        ]
        notes = [say("note.intervals", frame.lang), say("note.simulated", frame.lang)]
        parts.show(
            parts.section(frame.say("help.lights")),
            parts.raw_table(("", frame.say("help.meaning")), lights),
            parts.section(frame.say("help.not_in")),
            parts.lines(notes),
        )
    parts.show(parts.section(frame.say("help.glossary")))
    _glossary(frame, row)


def _glossary(frame: Frame, row: int) -> None:
    wanted = st.text_input(frame.say("help.find"), key="glossary").strip().casefold()
    found = [
        (one[row], one[1 - row], one[2 + row])
        for one in GLOSSARY
        if not wanted or any(wanted in part.casefold() for part in one)
    ]
    heads = (frame.say("help.term"), "English" if row == 0 else "中文", frame.say("help.meaning"))
    parts.show(parts.table(heads, found, css="yy-words"))
