"""Paste villages: a table like a sheet, checked at every change, added to an own scenario."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import parts
from dashboard.choice import chosen
from dashboard.data_crs import ask_crs
from dashboard.data_draft import Draft
from dashboard.data_result import show_saved
from dashboard.frame import Frame
from dashboard.ids import TakenError
from dashboard.last_door import show_problems
from dashboard.plan_session import first_scenario, scenarios
from dashboard.scenario_copies import copy_scenario, is_own
from dashboard.store import in_lang
from dashboard.store_scenarios import read_scenario, scenario_names
from dashboard.uploads import scenario_id
from dashboard.villages import COLUMNS, Rows, append, filled, finished, judge
from sim.io.headers import describe
from sim.io.scenario_folder import ScenarioFolder
from sim.schema.problems import InputError, Problem
from sim.schema.tables import ROW_MODELS

EMPTY_ROWS = 10


def villages_part(frame: Frame, draft: Draft) -> None:
    """Draw this part of the page."""
    if saved := draft.values().get("saved"):
        show_saved(frame, str(saved))
    parts.show(parts.text("p", frame.say("villages.tip"), "yy-tip"))
    left, right = st.columns(2)
    with left:
        source = choose_scenario(frame, draft, "villages", frame.say("villages.base"))
    if source is None:
        return
    base = read_scenario(source).folder
    if base is None:
        problems = read_scenario(source).problems
        assert problems is not None
        st.error(frame.say("villages.broken"))
        show_problems(problems, frame.lang)
        return
    with right:
        known = draft.values().get("village_crs", "") or base.spec.crs.tables
        crs = ask_crs(frame, f"village-crs-{draft.token}", known, frame.say("villages.crs"))
    rows = _editor(frame, draft)
    draft.keep(village_crs=crs, villages=rows)
    problems = _judged(frame, draft, base, rows, crs)
    _verdict(frame, rows, problems)
    good = bool(rows) and not any(one.severity == "error" for one in problems)
    _save(frame, draft, base, rows if good else [])


def choose_scenario(frame: Frame, draft: Draft, part: str, words: str) -> Path | None:
    """A scenario of the list; None when there is none.

    It begins with the one of the plan page. The draft remembers another one, and any for which
    villages have been typed.
    """
    by_name = scenarios(frame)
    folders = {str(folder): folder for folder in by_name.values()}
    if not folders:
        st.info(frame.say("runs.no_scenario"))
        return None
    names = scenario_names(tuple(folders.values()))
    kept = draft.values().get(f"{part}_source", "")
    keys = list(folders)
    first = str(by_name[chosen("scenario", list(by_name), first_scenario(frame, by_name))])
    picked = st.selectbox(
        words,
        keys,
        keys.index(kept if kept in folders else first),
        format_func=lambda one: f"{in_lang(names[folders[one]], frame.lang)} · {Path(one).name}",
        key=f"{part}-source-{draft.token}",
    )
    stays = picked != first or bool(draft.values().get("villages"))
    draft.keep(**{f"{part}_source": picked if stays else ""})
    return folders[picked]


def _editor(frame: Frame, draft: Draft) -> Rows:
    """The table; what was typed before a reload stands in it again."""
    start_key = f"villages-start-{draft.token}"
    if start_key not in st.session_state:
        kept = filled(draft.values().get("villages", []))
        empty = dict.fromkeys(COLUMNS, "")
        st.session_state[start_key] = [*kept, *([empty] * max(0, EMPTY_ROWS - len(kept)))]
    start = pd.DataFrame(st.session_state[start_key], columns=list(COLUMNS), dtype=str)
    start.index += 1  # as the messages count
    model = ROW_MODELS["settlements"]
    heads = {}
    for column in COLUMNS:
        zh, en = describe(model, column)
        words = en if frame.lang == "en" else zh
        label = words.replace(";", "；").split("；")[0].split(",")[0]
        heads[column] = st.column_config.TextColumn(f"{label} {column}", help=words, max_chars=200)
    edited: Any = st.data_editor(
        start,
        column_config=heads,
        num_rows="dynamic",
        hide_index=False,
        width="stretch",
        key=f"villages-{draft.token}",
    )
    return filled(edited.fillna("").to_dict("records"))


def _judged(
    frame: Frame, draft: Draft, base: ScenarioFolder, rows: Rows, crs: str
) -> list[Problem]:
    """What the checks say; the same rows are not judged twice."""
    file = frame.say("villages.table")
    if not rows:
        return [Problem("paste.none", file)]
    if not crs:
        return [Problem("upload.crs_unasked", file)]
    asked = json.dumps([base.input_hash, rows, crs, file])
    kept = st.session_state.get("villages-judged")
    if kept and kept[0] == asked:
        found: list[Problem] = kept[1]
        return found
    try:
        found = judge(base, draft.folder / "work-villages", rows, crs, file)
    except (InputError, ValueError) as error:
        found = (
            list(error.problems)
            if isinstance(error, InputError)
            else [Problem("crs.unknown", file, found=crs, allowed="EPSG:…")]
        )
    st.session_state["villages-judged"] = (asked, found)
    return found


def _verdict(frame: Frame, rows: Rows, problems: list[Problem]) -> None:
    errors = sum(one.severity == "error" for one in problems)
    if not rows:
        return
    if errors:
        st.error(frame.say("villages.bad", n=errors))
    else:
        people = sum(int(row["resident"] or 0) for row in rows)
        st.success(frame.say("villages.count", n=len(rows), people=f"{people:,}"))
    if problems:
        show_problems(InputError(problems), frame.lang)


def _save(frame: Frame, draft: Draft, base: ScenarioFolder, rows: Rows) -> None:
    """The name and the button; nothing to save as long as ``rows`` is empty."""
    own = is_own(base.path)
    kept = base.id if own else f"{base.id}_2"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            frame.say("villages.to"),
            kept,
            max_chars=40,
            help=frame.say("data.name_help"),
            key=f"villages-to-{base.id}",
            width=300,
        )
        pressed = st.button(
            frame.say("villages.save"), type="primary", key="villages-save", disabled=not rows
        )
    if not pressed:
        return
    try:
        same = own and name == base.id
        target = base.path if same else _copy(frame.settings.home, base.path, name)
        append(target, finished(rows, base, str(draft.values()["village_crs"])))
    except InputError as error:
        show_problems(error, frame.lang)
        return
    draft.keep(saved=target.name, villages=[], villages_source=str(target))
    for key in (f"villages-start-{draft.token}", f"villages-{draft.token}"):
        st.session_state.pop(key, None)
    st.session_state.pop(f"villages-source-{draft.token}", None)
    st.rerun()


def _copy(home: Path, source: Path, name: str) -> Path:
    """A copy of a scenario under a name of the planner's own.

    Raises:
        InputError: the name cannot be, or is taken.
    """
    plain = scenario_id(name)
    try:
        return copy_scenario(home, source, plain)
    except TakenError as error:
        raise InputError([Problem("upload.id_taken", plain, found=plain)]) from error
