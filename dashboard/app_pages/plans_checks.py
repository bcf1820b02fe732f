"""The findings of ``yuyan check`` about the plan on screen, as sentences beside its form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard import parts
from dashboard.frame import Frame
from dashboard.last_door import show_problems
from dashboard.plan_draft import Draft
from dashboard.plan_form import Faults
from dashboard.store_scenarios import Checked
from sim.io.plan_text import check_plan_text
from sim.report.plan_words import entry_name
from sim.schema.problems import Problem
from sim.texts.dashboard import ui
from sim.texts.errors import sentence
from sim.texts.labels import LINKS, word
from sim.texts.report import Lang

_KEPT = "plans.checked"


def problems_of(scenario: Checked, draft: Draft) -> tuple[Problem, ...]:
    """Findings about the draft as it would be saved; looked for again only when it has changed."""
    text = json.dumps(draft.value, ensure_ascii=False)
    folder = scenario.folder
    key = (text, draft.plan.id, folder.input_hash if folder is not None else "")
    known = st.session_state.get(_KEPT)
    if known is None or known[0] != key:
        found = check_plan_text(folder, text.encode(), f"plans/{draft.plan.id}.yaml")[1]
        known = st.session_state[_KEPT] = (key, found)
    return known[1]


def errors_in(problems: Sequence[Problem]) -> int:
    """Findings that stand in the way of playing the plan."""
    return sum(one.severity == "error" for one in problems)


def faults_of(problems: Sequence[Problem], lang: Lang) -> Faults:
    """Errors by the entry they belong to."""
    found: dict[str, list[str]] = {}
    for one in problems:
        if one.severity == "error" and one.field:
            found.setdefault(one.field, []).append(sentence(one, lang))
    return found


def wrong_in(problems: Sequence[Problem], section: str) -> int:
    """Errors in one section."""
    return sum(
        one.severity == "error" and (one.field or "").partition(".")[0].partition("[")[0] == section
        for one in problems
    )


def panel(frame: Frame, scenario: Checked, problems: Sequence[Problem]) -> None:
    """All findings in words, errors first."""
    parts.show(parts.section(frame.say("plans.checks"), frame.say("plans.checks_tip")))
    errors = [one for one in problems if one.severity == "error"]
    notes = [one for one in problems if one.severity != "error"]
    if errors:
        head = parts.text("p", frame.say("plans.checks_wrong", n=len(errors)), "yy-bad-head")
        parts.show(head, parts.lines(_words(frame, errors), "yy-faults"))
    else:
        parts.show(parts.text("p", frame.say("plans.checks_good"), "yy-good-head"))
    if notes:
        head = parts.text("p", frame.say("plans.checks_notes", n=len(notes)), "yy-tip")
        parts.show(head, parts.lines(_words(frame, notes), "yy-notes"))
    if scenario.problems is not None:
        st.warning(frame.say("plans.scenario_wrong"))
        show_problems(scenario.problems, frame.lang)


def _words(frame: Frame, problems: Sequence[Problem]) -> list[str]:
    lang = frame.lang
    problems = [_in_words(one, lang) for one in problems]
    return [
        frame.say("plans.fault", where=entry_name(one.field, lang), what=sentence(one, lang))
        if one.field
        else sentence(one, lang)
        for one in problems
    ]


def _in_words(problem: Problem, lang: Lang) -> Problem:
    """Parts of a plan by the names they have on the page."""
    if problem.code != "plan.left_out":
        return problem
    names = [word(LINKS, name, lang) for name in str(problem.found).split(", ")]
    return replace(problem, found=ui("plans.comma", lang).join(names))
