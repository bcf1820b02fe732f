"""Below the answer: work out the latest order, set runs with other inputs beside this one."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from dashboard import parts
from dashboard.app_pages.plan_cells import lights_cell, share_cell, typical_bad_cell
from dashboard.frame import Frame
from dashboard.jobs import Jobs, Work
from dashboard.store import RunEntry, book_of
from dashboard.store_scenarios import read_scenario
from dashboard.works import work_of
from sim.experiment.store import RunFolder
from sim.io.doubt import Inputs
from sim.measures.catalogue import HEADLINES
from sim.report.book import Book
from sim.schema.problems import InputError
from sim.texts.report import label

SIDES: tuple[Inputs, ...] = ("optimistic", "pessimistic")
NIGHTS = 20
"""Nights under which orders are moved: every one is played once per shift."""


def latest_button(frame: Frame, book: Book, plan: str) -> None:
    """Ask for the latest order of a plan, where nobody has worked it out yet."""
    scenario = book.document["scenario"]
    work = Work(
        kind="trigger",
        scenario=scenario["path"],
        plans=(plan,),
        n=NIGHTS,
        seed=int(book.document["seed"]),
        out=str(book.run.path),
        title=scenario["name"],
        lang=frame.lang,
    )
    jobs = Jobs(frame.settings.home)
    if scenario.get("inputs", "base") != "base":
        return  # orders are worked out for the inputs as written
    if jobs.same(work) is not None:
        st.caption(frame.say("latest.running"))
    elif book.folder is not None and st.button(frame.say("latest.start"), key="latest"):
        jobs.submit(work)
        st.rerun()


def sides(frame: Frame, book: Book, plan: str) -> None:
    """乐观、基准、悲观: other runs that hold the same plan, beside this one."""
    parts.show(parts.section(frame.say("answer.sides"), frame.say("sides.note")))
    _sides_button(frame, book)
    others = runs_beside(frame, book, plan)
    if not others:
        parts.show(parts.text("p", frame.say("sides.none"), "yy-tip"))
        return
    picked = st.multiselect(
        frame.say("sides.choose"),
        list(others),
        default=list(others)[:2],
        placeholder="",
        format_func=lambda key: f"{others[key].name(frame.lang)} · {key}",
        key=f"sides-{frame.run_key}",
    )
    books = [(frame.say("sides.this"), book)]
    for key in picked:
        try:
            books.append((f"{others[key].name(frame.lang)} · {key}", book_of(others[key])))
        except InputError:  # nothing of it is finished yet
            continue
    times = ("order_clock_min", "t90_clock_min")
    heads = [frame.say("head.run"), frame.say("runs.n")]
    heads += [label(name, frame.lang) for name in (*HEADLINES, *times)]
    rows = [_row(frame, name, one, plan, times) for name, one in books]
    parts.show(parts.raw_table([*heads, frame.say("compare.lights")], rows, numbers=(1, 2, 3)))


def _sides_button(frame: Frame, book: Book) -> None:
    """Play the same nights with optimistic and with pessimistic inputs, where nobody has yet."""
    document, jobs = book.document, Jobs(frame.settings.home)
    if book.folder is None or book.folder.inputs != "base":
        return
    works = []
    for side in SIDES:
        folder = read_scenario(book.folder.path, tuple(book.plans), side).folder
        if folder is not None:
            works.append(work_of(frame, folder, book.scored.n, int(document["seed"])))
    works = [work for work in works if not _played(work)]
    if any(jobs.same(work) is not None for work in works):
        st.caption(frame.say("sides.running"))
    elif works and st.button(frame.say("sides.start"), key="sides"):
        for work in works:
            jobs.submit(work)
        st.rerun()


def _played(work: Work) -> bool:
    try:
        return RunFolder.open(Path(work.out)).n_finished() >= work.n
    except InputError:
        return False


def runs_beside(frame: Frame, book: Book, plan: str) -> dict[str, RunEntry]:
    """Runs of this plan with other inputs, by their keys."""
    return {entry.key: entry for entry in frame.runs if _fits(entry, frame, book, plan)}


def _fits(entry: RunEntry, frame: Frame, book: Book, plan: str) -> bool:
    """Another run of this plan with other inputs."""
    if not entry.readable or entry.key == frame.run_key or plan not in entry.plans:
        return False
    return bool(
        entry.finished
        and entry.document["scenario"]["input_hash"] != book.document["scenario"]["input_hash"]
    )


def _row(frame: Frame, name: str, book: Book, plan: str, times: tuple[str, ...]) -> list[str]:
    score = book.score(plan)
    cells = [escape(name), str(book.scored.n)]
    cells += [share_cell(score, measure, frame.lang) for measure in HEADLINES]
    cells += [escape(typical_bad_cell(score, m, book.clock_start, frame.lang)) for m in times]
    return [*cells, lights_cell(score, frame.lang)]
