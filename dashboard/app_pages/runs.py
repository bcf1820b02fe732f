"""运行: start a run, follow it, stop it, go on; the runs of before."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import parts
from dashboard.app_pages.runs_history import history
from dashboard.app_pages.runs_queue import queue
from dashboard.frame import Frame
from dashboard.jobs import Jobs
from dashboard.last_door import show_problems
from dashboard.store import in_lang
from dashboard.store_scenarios import read_scenario, scenario_names
from dashboard.works import work_of
from sim.io.scenario_folder import ScenarioFolder

FIRST_N = 30
MOST_N = 100_000


def page(frame: Frame) -> None:
    """Draw the page."""
    jobs = Jobs(frame.settings.home)
    jobs.wake()
    parts.show(parts.section(frame.say("runs.title"), frame.say("runs.tip")))
    _start(frame, jobs)
    parts.show(parts.section(frame.say("runs.queue"), frame.say("runs.safe")))
    queue(frame, jobs)
    parts.show(parts.section(frame.say("history.title")))
    history(frame, jobs)


def _start(frame: Frame, jobs: Jobs) -> None:
    folders = list(frame.settings.scenario_folders())
    if not folders:
        st.info(frame.say("runs.no_scenario"))
        return
    names = scenario_names(tuple(folders))
    left, right = st.columns([2, 3], gap="large", vertical_alignment="top")
    with left:
        chosen = st.selectbox(
            frame.say("runs.scenario"),
            folders,
            format_func=lambda folder: f"{in_lang(names[folder], frame.lang)} · {folder.name}",
            key="new-scenario",
        )
        one, two = st.columns(2)
        n = one.number_input(
            frame.say("runs.n"), 1, MOST_N, FIRST_N, help=frame.say("runs.n_help"), key="new-n"
        )
        seed = two.number_input(
            frame.say("runs.seed"), 0, 2**31, 1, help=frame.say("runs.seed_help"), key="new-seed"
        )
    with right:
        folder = _checked(frame, chosen)
        if folder is None:
            return
        plans = st.pills(
            frame.say("runs.plans"),
            list(folder.plans),
            selection_mode="multi",
            wrap=True,
            default=list(folder.plans),
            format_func=lambda plan: parts.plain(folder.plans[plan].name.text(frame.lang)),
            key=f"new-plans-{chosen}",
        )
        if not plans:
            st.warning(frame.say("runs.no_plan"))
            return
        if st.button(frame.say("runs.start"), type="primary", key="start"):
            submit(frame, jobs, chosen, tuple(p for p in folder.plans if p in plans), n, seed)


def _checked(frame: Frame, chosen: Path) -> ScenarioFolder | None:
    """The scenario if it can be played; its errors on the page if it cannot."""
    checked = read_scenario(chosen)
    if checked.folder is None:
        errors = checked.problems
        assert errors is not None
        count = sum(problem.severity == "error" for problem in errors.problems)
        st.error(frame.say("runs.bad", n=count))
        show_problems(errors, frame.lang)
        return None
    notes, defaults = len(checked.folder.warnings), len(checked.folder.defaults_used)
    st.caption(frame.say("runs.notes", n=notes, defaults=defaults))
    return checked.folder


def submit(
    frame: Frame, jobs: Jobs, scenario: Path, plans: tuple[str, ...], n: int, seed: int
) -> None:
    """Put a run at the end of the queue, unless it stands there already."""
    folder = read_scenario(scenario, plans).folder
    if folder is None:
        return
    work = work_of(frame, folder, int(n), int(seed))
    if jobs.same(work) is not None:
        st.info(frame.say("runs.twice"))
        return
    jobs.submit(work)
