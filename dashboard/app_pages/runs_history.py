"""Runs of before: open one, or play more of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from dashboard import parts
from dashboard.app_pages.runs_queue import open_run
from dashboard.frame import Frame
from dashboard.jobs import Jobs
from dashboard.store import RunEntry
from dashboard.store_scenarios import identity, played_by, read_scenario
from dashboard.works import work_of


def history(frame: Frame, jobs: Jobs) -> None:
    """A row per run, and what can be done with one of them."""
    entries = [entry for entry in frame.runs if entry.readable]
    if not entries:
        parts.show(parts.text("p", frame.say("history.none"), "yy-tip"))
        return
    heads = [frame.say(f"history.{k}") for k in ("name", "plans", "done", "created", "folder")]
    rows = [_row(frame, entry) for entry in entries]
    parts.show(parts.table([*heads[:2], heads[2], frame.say("runs.seed"), *heads[3:]], rows))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by_key = {entry.key: entry for entry in entries}
        key = st.selectbox(
            frame.say("history.which"),
            list(by_key),
            format_func=lambda one: f"{by_key[one].name(frame.lang)} · {one}",
            key="history-run",
        )
        entry = by_key[key]
        if st.button(frame.say("history.open"), key="history-open"):
            open_run(frame, entry.path)
        wanted = int(entry.document["replications"])
        n = st.number_input(
            frame.say("history.more"), 1, value=max(100, 2 * wanted), key=f"more-{key}", width=160
        )
        if st.button(frame.say("history.extend"), key="history-extend"):
            _extend(frame, jobs, entry, int(n))


def _row(frame: Frame, entry: RunEntry) -> tuple[str, ...]:
    document = entry.document
    return (
        entry.name(frame.lang),
        str(len(entry.plans)),
        f"{entry.finished}/{document['replications']}",
        str(document["seed"]),
        str(document["created"])[:16].replace("T", " "),
        entry.path.name,
    )


def _extend(frame: Frame, jobs: Jobs, entry: RunEntry, n: int) -> None:
    """Queue more replications of the same run, if its scenario still says the same."""
    scenario = entry.document["scenario"]
    inputs = scenario.get("inputs", "base")
    folder = read_scenario(Path(scenario["path"]), entry.plans, inputs).folder
    seed = int(entry.document["seed"])
    same = folder is not None and folder.input_hash == scenario["input_hash"]
    if folder is None or not same or not played_by(entry.path, identity(folder, seed)):
        st.warning(frame.say("history.changed"))
        return
    work = replace(work_of(frame, folder, n, seed), out=str(entry.path))
    if jobs.same(work) is None:
        jobs.submit(work)
    st.rerun()
