"""方案: write a plan part by part, checked as it is written, and rehearse it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from dashboard import parts
from dashboard.app_pages.plans_actions import buttons, conflict, show_said, tell
from dashboard.app_pages.plans_checks import errors_in, faults_of, panel, problems_of, wrong_in
from dashboard.app_pages.plans_map import pick_on_map
from dashboard.app_pages.plans_run import rehearse, running
from dashboard.choice import choose, chosen
from dashboard.frame import Frame
from dashboard.last_door import show_problems
from dashboard.plan_draft import kept_drafts
from dashboard.plan_fields import basics, sections
from dashboard.plan_files import new_plan
from dashboard.plan_form import Form, draw_rows
from dashboard.plan_form_section import draw, section
from dashboard.plan_names import KnownNames
from dashboard.plan_session import Place, choose_place, jump, open_draft, plan_title, scenarios
from dashboard.scenario_copies import is_own
from dashboard.store_scenarios import read_without_plans
from sim.report.plan_words import entry_label
from sim.schema.problems import InputError, Problem
from sim.texts.plan_help import SECTION_HELP

BASICS = "basics"


def page(frame: Frame) -> None:
    """Draw the page."""
    place = choose_place(frame)
    if place is None:
        return
    show_said()
    _other_drafts(frame, place)
    if not place.plan:
        _first_plan(frame, place)
        return
    draft = open_draft(frame, place.plans[place.plan])
    if not draft.plan.usable:
        st.error(frame.say("plans.unreadable"))
        show_problems(InputError(draft.plan.source.problems), frame.lang)
        return
    scenario = read_without_plans(place.scenario)
    problems = problems_of(scenario, draft)
    own, errors = is_own(place.scenario), errors_in(problems)
    buttons(frame, place, draft, own, errors if draft.dirty else 0)
    conflict(frame, draft)
    known = KnownNames(scenario.folder, frame.lang)
    form = Form(frame, draft, known, faults_of(problems, frame.lang), locked=not own)
    left, middle, right = st.columns([1.05, 4.4, 1.75], gap="medium")
    with left:
        name = _choose_section(form, problems)
    with right:
        panel(frame, scenario, problems)
        rehearse(frame, place, draft, errors)
    with middle:
        _section(form, name)
        pick_on_map(form, name)
    running(frame)


def _choose_section(form: Form, problems: Sequence[Problem]) -> str:
    """The parts of the plan, with what is wrong in them."""
    frame = form.frame
    names = [BASICS, *(one.name for one in sections())]
    words = {one.name: _title(one.name, frame) for one in sections()}
    words[BASICS] = frame.say("plans.basics")
    own = {BASICS: [one.name for one in basics()]}

    def label(name: str) -> str:
        wrong = sum(wrong_in(problems, one) for one in own.get(name, [name]))
        if wrong:
            return frame.say("plans.part_wrong", name=words[name], n=wrong)
        left_out = name != BASICS and form.raw((name,)) in (None, [])
        return frame.say("plans.part_out", name=words[name]) if left_out else words[name]

    now, labels = chosen("section", names, "when"), {name: label(name) for name in names}
    picked = st.radio(
        frame.say("plans.section"),
        names,
        names.index(now),
        format_func=labels.__getitem__,
        # the browser knows the choice by its words: with other words it is another list
        key=f"plan-section-{hash(tuple(labels.values()))}",
        label_visibility="collapsed",
    )
    choose("section", picked)
    return picked


def _title(section: str, frame: Frame) -> str:
    words = entry_label(section, "", frame.lang)
    return words[:1].upper() + words[1:]


def _section(form: Form, name: str) -> None:
    frame = form.frame
    zh, en = SECTION_HELP.get(name, ("", ""))
    title = frame.say("plans.basics") if name == BASICS else _title(name, frame)
    parts.show(parts.section(title, en if frame.lang == "en" else zh))
    if name == BASICS:
        draw_rows(form, basics(), (), draw)
        return
    section(form, next(one for one in sections() if one.name == name))


def _other_drafts(frame: Frame, place: Place) -> None:
    """Drafts that other tabs or earlier days have left, to go on with or to throw away."""
    folders = {path.resolve(): path for path in scenarios(frame).values()}
    open_here = {draft.file for draft in st.session_state.get("plans.drafts", {}).values()}
    current = str(st.session_state.get("choice.draft", ""))
    found = [
        kept
        for kept in kept_drafts(frame.settings)
        if kept.file not in open_here
        and kept.file.stem != current
        and kept.path.parent.parent in folders
        and kept.path.exists()
    ]
    if not found:
        return
    with st.expander(frame.say("plans.other_drafts", n=len(found))):
        for kept in found:
            when = datetime.fromtimestamp(kept.at).strftime("%m-%d %H:%M")
            scenario, title = kept.path.parent.parent, plan_title(kept.path, frame.lang)
            line = frame.say("plans.other_draft", scenario=scenario.name, plan=title, when=when)
            words, tools = st.columns([4, 2], vertical_alignment="center")
            with words:
                parts.show(parts.text("p", line))
            with tools, st.container(horizontal=True):
                if st.button(frame.say("plans.draft_open"), key=f"open-{kept.file.stem}"):
                    st.session_state.get("plans.drafts", {}).pop(
                        folders[scenario] / "plans" / kept.path.name, None
                    )
                    st.session_state["choice.draft"] = kept.file.stem
                    jump(frame, scenario, kept.path.stem)
                    st.rerun()
                if st.button(frame.say("plans.draft_drop"), key=f"drop-{kept.file.stem}"):
                    kept.file.unlink(missing_ok=True)
                    st.rerun()


def _first_plan(frame: Frame, place: Place) -> None:
    st.info(frame.say("plans.none"))
    if not is_own(place.scenario):
        st.info(frame.say("plans.shipped"))
        return
    if st.button(frame.say("plans.none_do"), type="primary", key="plan-first"):
        value = {
            "name": {"zh": frame.say("plans.first_name")},
            "when": {"rules": [{"signal": "clock", "at": "20:00", "action": "move"}]},
        }
        made = new_plan(place.scenario, "first", value)
        jump(frame, place.scenario, made.id)
        tell(frame.say("plans.copied", name=made.id))
        st.rerun()
