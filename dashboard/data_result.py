"""What the worker answered: problems all at once, or numbers, map and every assumption."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard import parts
from dashboard.components.ground_map import ground_map
from dashboard.data_draft import Draft
from dashboard.data_worker import assumptions_of, problems_of
from dashboard.frame import Frame, go_to
from dashboard.jobs import read_json
from dashboard.last_door import show_problems
from sim.experiment.store import replace_file
from sim.schema.problems import InputError, Problem
from sim.texts.labels import CONFIDENCE, word

NUMBERS = ("people", "to_move", "settlements", "zones", "shelters", "places", "exits", "roads")
MAP_WORDS = (
    *("settlements", "shelters", "assembly_points", "exits", "depots", "water"),
    *("look", "hint", "whole", "undo", "clear"),
)


def check_done(draft: Draft, part: str, found: dict[str, Any], wanted: Any) -> None:
    """Keep an answer with what was asked, so that a reload shows it again."""
    kept = {"wanted": wanted, "answer": found}
    replace_file(draft.folder / f"answer-{part}.json", json.dumps(kept, ensure_ascii=False))


def last_answer(draft: Draft, part: str) -> dict[str, Any]:
    """The answer kept; empty when there is none."""
    found: dict[str, Any] = read_json(draft.folder / f"answer-{part}.json")
    return found


def show_result(frame: Frame, draft: Draft, part: str, wanted: Any) -> None:
    """The last answer of a part of the page, and the button that saves what was made."""
    kept = last_answer(draft, part)
    if saved := draft.values().get("saved"):
        show_saved(frame, str(saved))
    if not kept:
        return
    found = kept["answer"]
    same = kept["wanted"] == wanted
    if not same:
        st.info(frame.say("import.changed"))
    if not found["made"]:
        problems = problems_of(found)
        errors = sum(one.severity == "error" for one in problems)
        st.error(frame.say("import.bad", n=errors))
        show_problems(InputError(problems), frame.lang)
        return
    st.success(frame.say("import.good"))
    show_numbers(frame, found)
    show_map(frame, found["map"], f"{draft.token}-{part}-{found['made']}")
    show_assumptions(frame, found)
    if st.button(frame.say("import.save"), type="primary", key="import-save", disabled=not same):
        _save(frame, draft, part, found["made"])


def show_numbers(frame: Frame, found: dict[str, Any]) -> None:
    """How much there is of everything."""
    numbers = found["numbers"]
    shown = [name for name in NUMBERS if numbers.get(name)]
    parts.show(
        parts.figures(parts.Figure(frame.say(f"number.{n}"), f"{numbers[n]:,}") for n in shown)
    )


def map_words(frame: Frame) -> dict[str, str]:
    """Words of the map's buttons and legend."""
    return {name: frame.say(f"map.{name}") for name in MAP_WORDS}


def show_map(frame: Frame, drawn: dict[str, Any], name: str) -> None:
    """The map to look at."""
    if drawn:
        ground_map(drawn, name, map_words(frame))
    else:
        parts.show(parts.text("p", frame.say("map.none"), "yy-tip"))


def show_assumptions(frame: Frame, found: dict[str, Any]) -> None:
    """Everything that was taken for granted: assumptions, notes, library values."""
    said = assumptions_of(found)
    with st.expander(frame.say("import.assumed", n=len(said)), expanded=True):
        parts.show(parts.element("ol", _items(one.text(frame.lang) for one in said), "yy-lines"))
    notes = problems_of(found)
    if notes:
        with st.expander(frame.say("import.notes", n=len(notes))):
            show_problems(InputError(notes), frame.lang)
    rows = [
        (label[frame.lang == "en"], text, unit, source, word(CONFIDENCE, confidence, frame.lang))
        for *label, text, unit, source, confidence in found["defaults"]
    ]
    with st.expander(frame.say("import.defaults", n=len(rows))):
        parts.show(parts.table(["", "", "", "", ""], rows))


def _items(sentences: Any) -> str:
    return "".join(parts.text("li", one) for one in sentences)


def _save(frame: Frame, draft: Draft, part: str, name: str) -> None:
    """Move what was made to the scenarios, unless the name is taken."""
    try:
        save_made(draft.folder / f"work-{part}" / name, frame.settings.home)
    except InputError as error:
        show_problems(error, frame.lang)
        return
    (draft.folder / f"answer-{part}.json").unlink(missing_ok=True)
    draft.keep(saved=name)
    st.rerun()


def save_made(made: Path, home: Path) -> Path:
    """The made folder at its place among the scenarios.

    Raises:
        InputError: there is a scenario of this name.
    """
    target = home / "scenarios" / made.name
    taken = {path.name.casefold() for path in target.parent.iterdir()}
    if made.name.casefold() in taken:
        raise InputError([Problem("upload.id_taken", made.name, found=made.name)])
    made.rename(target)
    return target


def show_saved(frame: Frame, name: str) -> None:
    """Where to go with a scenario that was just saved."""
    st.success(frame.say("data.saved", name=name))
    folder = frame.settings.home / "scenarios" / name
    with st.container(horizontal=True):
        if st.button(frame.say("data.to_runs"), key="to-runs", type="primary"):
            st.session_state["new-scenario"] = folder
            go_to("runs")
        if st.button(frame.say("data.to_plans"), key="to-plans"):
            st.session_state["choice.scenario"] = name
            go_to("plans")
