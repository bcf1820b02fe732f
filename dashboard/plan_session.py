"""Which scenario, which plan, which draft this browser tab works at."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboard.choice import choose, chosen
from dashboard.frame import Frame
from dashboard.plan_draft import Draft, begin, resume
from dashboard.plan_files import PlanOnDisk, plan_paths, read_plan
from dashboard.store import Stamp, in_lang, stamp_of
from dashboard.store_scenarios import scenario_names

STEP = 10_000
"""Generations of one draft stay below those of the next one opened in this tab."""


@dataclass(frozen=True)
class Place:
    """Where the tab stands: a scenario, its plans by id, and one of them (if there is any)."""

    scenario: Path
    plans: dict[str, Path]
    plan: str


def choose_place(frame: Frame) -> Place | None:
    """Two lists: scenario and plan; None when there is no scenario at all."""
    folders = scenarios(frame)
    if not folders:
        st.info(frame.say("runs.no_scenario"))
        return None
    names = scenario_names(tuple(folders.values()))
    keys, now = list(folders), chosen("scenario", list(folders), first_scenario(frame, folders))
    left, right = st.columns(2, gap="medium")
    picked = left.selectbox(
        frame.say("runs.scenario"),
        keys,
        keys.index(now),
        format_func=lambda key: f"{in_lang(names[folders[key]], frame.lang)} · {key}",
        key=f"plan-scenario-{st.session_state.get('plans.jumps', 0)}",
    )
    choose("scenario", picked)
    folder = folders[picked]
    plans = plan_paths(folder)
    if not plans:
        return Place(folder, {}, "")
    ids = list(plans)
    now = chosen("edit", ids, ids[0])
    plan = right.selectbox(
        frame.say("plans.plan"),
        ids,
        ids.index(now),
        format_func=lambda one: f"{plan_title(plans[one], frame.lang)} · {one}",
        key=f"plan-plan-{picked}-{st.session_state.get('plans.jumps', 0)}",
    )
    choose("edit", plan)
    return Place(folder, plans, plan)


def first_scenario(frame: Frame, folders: dict[str, Path]) -> str:
    """What a page begins with: the scenario of the run on show, else the first of all."""
    shown = frame.run.document.get("scenario", {}) if frame.run and frame.run.readable else {}
    here = shown.get("path", "")
    return next(
        (key for key, one in folders.items() if str(one.resolve()) == here), next(iter(folders))
    )


def scenarios(frame: Frame) -> dict[str, Path]:
    """Scenarios by the name they have in the address."""
    found: dict[str, Path] = {}
    for folder in frame.settings.scenario_folders():
        key, number = folder.name, 2
        while key in found:
            key, number = f"{folder.name}~{number}", number + 1
        found[key] = folder
    return found


def taken_folders(frame: Frame) -> set[str]:
    """Names that a new scenario cannot have."""
    home = frame.settings.home / "scenarios"
    beside = {one.name for one in home.iterdir()} if home.is_dir() else set()
    return beside | {folder.name for folder in scenarios(frame).values()}


def jump(frame: Frame, scenario: Path, plan: str) -> None:
    """Turn to another plan at the next run of the page."""
    for key, folder in scenarios(frame).items():
        if folder.resolve() == scenario.resolve():
            choose("scenario", key)
            choose("edit", plan)
    st.session_state["plans.jumps"] = st.session_state.get("plans.jumps", 0) + 1


def plan_title(path: Path, lang: str) -> str:
    """Name of a plan; its id where the file says none."""
    source = on_disk(path).source
    name = source.value.get("name") if source.value else None
    if isinstance(name, dict) and name.get("zh"):
        return in_lang({key: str(value) for key, value in name.items()}, lang)
    return path.stem


def on_disk(path: Path) -> PlanOnDisk:
    """A plan file, read again only when it has changed."""
    return _on_disk(path, (*stamp_of(path), path.stat().st_size if path.exists() else 0))


@st.cache_resource(max_entries=200, show_spinner=False)
def _on_disk(path: Path, stamp: Stamp) -> PlanOnDisk:
    return read_plan(path)


def open_draft(frame: Frame, path: Path) -> Draft:
    """The draft of a plan in this tab: the one being written, the one of the address, or a new.

    A plan that was changed on disk while nothing was changed here is simply read again.
    """
    drafts: dict[Path, Draft] = st.session_state.setdefault("plans.drafts", {})
    writer = str(st.session_state.setdefault("plans.writer", secrets.token_hex(8)))
    disk, draft = on_disk(path), drafts.get(path)
    if draft is not None and not draft.dirty and draft.plan.stamp != disk.stamp:
        draft = None
    if draft is None:
        token = str(st.session_state.get("choice.draft", ""))
        draft = resume(frame.settings, token, disk, writer) if path not in drafts else None
        draft = draft or begin(frame.settings, disk, writer)
        st.session_state["plans.opened"] = st.session_state.get("plans.opened", 0) + STEP
        draft.generation = st.session_state["plans.opened"]
        drafts[path] = draft
    choose("draft", draft.token)
    return draft


def forget_draft(path: Path) -> None:
    """Open the plan anew at the next run of the page."""
    st.session_state.get("plans.drafts", {}).pop(path, None)
    st.session_state.pop("choice.draft", None)
