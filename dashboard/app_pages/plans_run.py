"""Rehearse the plan on screen, beside others, without leaving the page."""

from __future__ import annotations

import streamlit as st

from dashboard import parts
from dashboard.app_pages.plans_actions import save, tell
from dashboard.app_pages.runs import FIRST_N, MOST_N, submit
from dashboard.app_pages.runs_queue import queue
from dashboard.frame import Frame
from dashboard.jobs import WAITING, Jobs
from dashboard.plan_draft import Draft
from dashboard.plan_session import Place, plan_title

SEED = 1
ASKED = "plans.asked"


def rehearse(frame: Frame, place: Place, draft: Draft, errors: int) -> None:
    """Which plans, how often, start; below it what is running."""
    say = frame.say
    parts.show(parts.section(say("plans.run"), say("plans.run_tip")))
    ids = list(place.plans)
    source = st.session_state.get("plans.from")
    beside = source if source in ids and source != place.plan else next(
        (one for one in ids if one != place.plan), None
    )  # fmt: skip
    plans = st.multiselect(
        say("plans.run_with"),
        ids,
        [one for one in ids if one in (place.plan, beside)],
        format_func=lambda one: plan_title(place.plans[one], frame.lang),
        wrap=True,
        key=f"run-plans-{place.scenario.name}-{place.plan}",
    )
    n = st.number_input(
        say("runs.n"), 1, MOST_N, FIRST_N, help=say("runs.n_help"), key="plan-run-n"
    )
    words = say("plans.run_save") if draft.dirty else say("plans.run_do")
    if st.button(words, type="primary", key="plan-run", disabled=bool(errors) or not plans):
        if draft.dirty and not save(frame, draft, errors):
            st.rerun()
        submit(frame, Jobs(frame.settings.home), place.scenario, tuple(plans), int(n), SEED)
        st.session_state[ASKED] = True
        tell(frame.say("plans.run_queued"))
        st.rerun()


def running(frame: Frame) -> None:
    """The queue, when something moves or was asked for here."""
    jobs = Jobs(frame.settings.home)
    if st.session_state.get(ASKED) or any(job.state in WAITING for job in jobs.all()):
        parts.show(parts.section(frame.say("runs.queue"), frame.say("runs.safe")))
        queue(frame, jobs)
