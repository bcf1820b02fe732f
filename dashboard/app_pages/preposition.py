"""前置: where units wait, which shelters open, when orders are given at the latest: the optimisers,
asked from the page and answered by the command line."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import parts
from dashboard.answers import answers_of, question
from dashboard.app_pages.preposition_asked import Asked, command_words
from dashboard.app_pages.preposition_orders import ask_orders, show_orders
from dashboard.app_pages.preposition_sites import ask_sites, show_sites
from dashboard.app_pages.preposition_units import ask_units, show_units
from dashboard.app_pages.runs_queue import queue
from dashboard.choice import choose, chosen
from dashboard.frame import Frame
from dashboard.jobs import WAITING, Jobs
from dashboard.last_door import show_problems
from dashboard.plan_session import choose_place
from dashboard.posts_map import ground_of
from dashboard.store_scenarios import read_scenario

FINDERS: dict[str, tuple[Callable[[Asked], tuple[str, ...]], Callable[[Asked], None]]] = {
    "preposition": (ask_units, show_units),
    "shelters": (ask_sites, show_sites),
    "trigger": (ask_orders, show_orders),
}
"""Optimiser → how it is asked (its options), how its answer is shown."""


def page(frame: Frame) -> None:
    """Draw the page."""
    jobs = Jobs(frame.settings.home)
    jobs.wake()
    finder = _choose_finder(frame)
    parts.show(parts.section(frame.say(f"find.{finder}"), frame.say(f"find.{finder}_tip")))
    place = choose_place(frame)
    if place is None:
        return
    if not place.plan:
        st.info(frame.say("plans.none"))
        return
    checked = read_scenario(place.scenario, (place.plan,))
    if checked.folder is None:
        assert checked.problems is not None
        st.error(frame.say("runs.bad", n=len(checked.problems.problems)))
        show_problems(checked.problems, frame.lang)
        return
    asked = Asked(frame, place, checked.folder, ground_of(checked.folder))
    ask, show = FINDERS[finder]
    _start(asked, jobs, finder, ask(asked))
    _moving(frame, jobs)
    _answer(asked, finder, show)


def _choose_finder(frame: Frame) -> str:
    picked = st.segmented_control(
        frame.say("find.which"),
        list(FINDERS),
        default=chosen("find", list(FINDERS), "preposition"),
        required=True,
        format_func=lambda one: frame.say(f"find.{one}"),
        label_visibility="collapsed",
        key="find-which",
    )
    choose("find", picked)
    return picked


def _start(asked: Asked, jobs: Jobs, finder: str, options: tuple[str, ...]) -> None:
    """The button, and the same question for the command line."""
    frame = asked.frame
    if not options:
        return
    work = question(frame.settings, asked.folder, options, frame.lang)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(frame.say("find.start"), type="primary", key=f"find-{finder}"):
            if jobs.same(work) is not None:
                st.info(frame.say("runs.twice"))
            else:
                jobs.submit(work)
                st.rerun()
        with st.popover(frame.say("find.command"), icon=":material/terminal:"):
            st.caption(frame.say("find.command_tip"))
            st.code(command_words(work), language=None, wrap_lines=True)


def _moving(frame: Frame, jobs: Jobs) -> None:
    """Questions on their way, and those that came to nothing."""
    asked = [job for job in jobs.all() if job.work.kind == "answer"]
    if any(job.state in WAITING for job in asked):
        parts.show(parts.section(frame.say("runs.queue"), frame.say("find.safe")))
    if any(job.state != "done" for job in asked):
        queue(frame, jobs, "answer")


def _answer(asked: Asked, finder: str, show: Callable[[Asked], None]) -> None:
    """The answer the reader picks among those there are, the newest at first."""
    frame, place = asked.frame, asked.place
    found = answers_of(frame.settings, place.scenario, finder, place.plan)
    parts.show(parts.section(frame.say("find.answers")))
    if not found:
        parts.show(parts.text("p", frame.say("find.none"), "yy-tip"))
        return
    newest = found[0]
    answer = st.selectbox(
        frame.say("find.answers"),
        found,
        format_func=asked.answer_words,
        label_visibility="collapsed",
        key=f"answer-{newest.file.stem}-{newest.at}",
    )
    if not answer.holds(asked.folder):
        st.warning(frame.say("find.old"))
    show(asked.with_answer(answer))
