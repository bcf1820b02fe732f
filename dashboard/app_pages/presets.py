"""Scenarios that come with the program: a card each, opened and rehearsed from the page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import parts
from dashboard.app_pages.runs import FIRST_N, submit
from dashboard.app_pages.runs_queue import open_run
from dashboard.frame import Frame, go_to
from dashboard.jobs import Jobs
from dashboard.last_door import show_problems
from dashboard.plan_files import plan_paths
from dashboard.plan_session import jump
from dashboard.preset_picture import picture_of
from dashboard.store import RunEntry, in_lang
from dashboard.store_scenarios import read_scenario, scenario_names
from sim.texts.presets import preset_line

IN_A_ROW = 4
SEED = 1


def presets(frame: Frame) -> None:
    """The cards, one beside the other."""
    folders = frame.settings.shipped_folders()
    names = scenario_names(tuple(folders))
    parts.show(parts.section(frame.say("presets.title"), frame.say("presets.tip", n=FIRST_N)))
    for start in range(0, len(folders), IN_A_ROW):
        row = folders[start : start + IN_A_ROW]
        for cell, folder in zip(st.columns(IN_A_ROW), row, strict=False):
            with cell, st.container(border=True, height="stretch", key=f"preset-{folder.name}"):
                _card(frame, folder, in_lang(names[folder], frame.lang))


def more_presets(frame: Frame) -> None:
    """The cards behind a line that opens, where something else stands first."""
    box = st.expander(frame.say("presets.title"), key="presets-open", on_change="rerun")
    if box.open:
        with box:
            presets(frame)


def _card(frame: Frame, folder: Path, name: str) -> None:
    plans = plan_paths(folder)
    picture = parts.element("div", picture_of(folder), "yy-picture")
    count = frame.say("presets.plans", n=len(plans))
    parts.show(
        picture,
        parts.text("p", name, "yy-card"),
        parts.text("p", preset_line(folder.name, frame.lang)),
        parts.text("p", count, "yy-small"),
    )
    played = _played(frame, folder)
    with st.container(horizontal=True):
        kind = "secondary" if played else "primary"
        if st.button(frame.say("presets.run"), key=f"preset-run-{folder.name}", type=kind):
            _rehearse(frame, folder, tuple(plans))
        if played and st.button(
            frame.say("presets.answer"), key=f"preset-answer-{folder.name}", type="primary"
        ):
            open_run(frame, played.path)
        if st.button(frame.say("presets.open"), key=f"preset-open-{folder.name}"):
            jump(frame, folder, next(iter(plans)))
            go_to("plans")


def _played(frame: Frame, folder: Path) -> RunEntry | None:
    """The newest run of a scenario with something to show."""
    here = str(folder.resolve())
    return next(
        (
            run
            for run in frame.runs
            if run.readable and run.finished and str(run.document["scenario"]["path"]) == here
        ),
        None,
    )


def _rehearse(frame: Frame, folder: Path, plans: tuple[str, ...]) -> None:
    checked = read_scenario(folder, plans)
    if checked.problems is not None:
        show_problems(checked.problems, frame.lang)
        return
    submit(frame, Jobs(frame.settings.home), folder, plans, FIRST_N, SEED)
    go_to("runs")
