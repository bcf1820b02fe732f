"""Runs and scenarios on disk, read once and kept: a page switch must not read them again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

from dashboard.settings import Settings
from sim.experiment.scored import ScoredRun, score_run
from sim.experiment.store import RunFolder
from sim.measures.delays import Late, delays_of, late_list
from sim.report.book import Book
from sim.report.latest_file import FILE as LATEST
from sim.report.latest_file import latest_orders_of
from sim.report.one_page import Question, headline, lacking_lines, one_page
from sim.report.one_page_times import latest_lines
from sim.schema.problems import InputError
from sim.texts.report import Lang

CHANGES = ("run.json", "results.sqlite", "results.sqlite-wal")
"""Files of a run that change when it has new results (the last one while it is written)."""
Stamp = tuple[int, ...]
"""Times of last change of the files something was read from."""


@dataclass(frozen=True)
class RunEntry:
    """A run that can be shown; ``key`` names it in the page address.

    Attributes:
        document: content of run.json; empty when it cannot be read.
        stamp: changes whenever the run has new results.
    """

    key: str
    path: Path
    document: dict[str, Any]
    stamp: Stamp

    @property
    def readable(self) -> bool:
        """Whether run.json could be read."""
        return bool(self.document)

    @property
    def plans(self) -> tuple[str, ...]:
        """Plan ids of the run."""
        return tuple(self.document.get("plans", ()))

    @property
    def finished(self) -> int:
        """Replications that count; looked up in the results, for a killed run did not note it."""
        if self.document["status"] == "complete":
            return int(self.document["finished"])
        return _finished(self.path, self.stamp)

    def name(self, lang: str) -> str:
        """Name of the scenario; the folder's name where nobody knows."""
        if not self.document:
            return self.path.name
        return in_lang(self.document["scenario"]["name"], lang)


def in_lang(name: dict[str, str], lang: str) -> str:
    """A text of an input file in the reader's language, Chinese where it was not translated."""
    return str(name["en"] if lang == "en" and name.get("en") else name["zh"])


def run_entries(settings: Settings) -> list[RunEntry]:
    """All runs, the opened one first, then the newest first."""
    entries: list[RunEntry] = []
    for folder in settings.run_folders():
        key = folder.name
        if any(entry.key == key for entry in entries):
            key = f"{key}~{len(entries)}"
        stamp = stamp_of(*(folder / name for name in CHANGES))
        entries.append(RunEntry(key, folder, _document(folder, stamp), stamp))
    opened = [entry for entry in entries if entry.path == settings.opened]
    others = [entry for entry in entries if entry.path != settings.opened]
    return opened + sorted(others, key=lambda entry: str(entry.document.get("created")))[::-1]


def stamp_of(*files: Path) -> Stamp:
    """Change times of files, 0 for one that is not there: what something read from them is."""
    found = []
    for file in files:
        try:
            found.append(file.stat().st_mtime_ns)
        except OSError:
            found.append(0)
    return tuple(found)


@st.cache_data(max_entries=200, show_spinner=False)
def _document(folder: Path, stamp: Stamp) -> dict[str, Any]:
    try:
        return RunFolder.open(folder).document
    except InputError:
        return {}


@st.cache_data(max_entries=200, show_spinner=False)
def _finished(folder: Path, stamp: Stamp) -> int:
    return RunFolder.open(folder).n_finished()


def book_of(entry: RunEntry) -> Book:
    """A run opened once: scorecards, curves, kept logs, its world when somebody asks for it.

    Raises:
        InputError: nothing is finished, or the run cannot be read.
    """
    return _book(entry.path, entry.stamp)


@st.cache_resource(max_entries=6, show_spinner=False)
def _book(folder: Path, stamp: Stamp) -> Book:
    return Book.open(folder)


def scored_against(entry: RunEntry, baseline: str) -> ScoredRun:
    """The scorecards of a run with a baseline of the reader's choice.

    Raises:
        InputError: as ``book_of``; the run has no such plan.
    """
    book = book_of(entry)
    if baseline == book.scored.baseline:
        return book.scored
    return _scored(entry.path, entry.stamp, baseline)


@st.cache_resource(max_entries=24, show_spinner=False)
def _scored(folder: Path, stamp: Stamp, baseline: str) -> ScoredRun:
    return score_run(RunFolder.open(folder), baseline)


class Gaps(NamedTuple):
    """What is lacking and the latest order, as the sheet for the meeting says it."""

    lacking: tuple[str, ...]
    latest: tuple[str, ...]
    has_latest: bool


class Sheet(NamedTuple):
    """会议一页纸 of a plan: what stands above the questions, the questions."""

    head: tuple[str, ...]
    questions: tuple[Question, ...]


def gaps_of(entry: RunEntry, plan: str, lang: Lang) -> Gaps:
    """Gaps of a plan; worked out once, and again when the latest orders have come in."""
    return _gaps(entry.path, with_latest(entry), plan, lang, entry)


def sheet_of(entry: RunEntry, plan: str, lang: Lang) -> Sheet:
    """The sheet of a plan, remembered as ``gaps_of``; it needs the scenario folder."""
    return _sheet(entry.path, with_latest(entry), plan, lang, entry)


def with_latest(entry: RunEntry) -> Stamp:
    """Changes with the results of a run and with the latest orders beside it."""
    return (*entry.stamp, *stamp_of(entry.path / LATEST))


@st.cache_data(max_entries=100, show_spinner=False)
def _gaps(folder: Path, stamp: Stamp, plan: str, lang: Lang, _entry: RunEntry) -> Gaps:
    book = book_of(_entry)
    lacking, latest = lacking_lines(book, plan, lang), latest_lines(book, plan, lang)
    return Gaps(tuple(lacking), tuple(latest), latest_orders_of(book, plan) is not None)


@st.cache_data(max_entries=100, show_spinner=False)
def _sheet(folder: Path, stamp: Stamp, plan: str, lang: Lang, _entry: RunEntry) -> Sheet:
    book = book_of(_entry)
    return Sheet(tuple(headline(book, lang, plan)), one_page(book, lang, plan))


LATE_LINES = 100_000
"""All groups of all villages: the page shows the latest of those the reader picks."""


def late_of(entry: RunEntry, plan: str, which: str) -> tuple[Late, ...] | None:
    """The groups counted last in a kept replication; None when it cannot be read again."""
    return _late(entry.path, entry.stamp, plan, which)


@st.cache_resource(max_entries=24, show_spinner=False)
def _late(folder: Path, stamp: Stamp, plan: str, which: str) -> tuple[Late, ...] | None:
    book = _book(folder, stamp)
    log, world = book.log(plan, which), book.world
    if log is None or world is None:
        return None
    return tuple(late_list(world, delays_of(world, log), LATE_LINES))
