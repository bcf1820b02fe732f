"""报告: the documents of the run on show, made when asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from dashboard import parts
from dashboard.app_pages.reports_drill import drill
from dashboard.frame import Frame
from dashboard.store import RunEntry, Stamp, book_of
from sim.experiment.identity import as_json
from sim.experiment.scored import run_json
from sim.report.book import Book
from sim.texts.report import Lang


class Document(NamedTuple):
    """A kind of document: how it is written, and its type for the browser."""

    write: Callable[[Book, Path, Lang], None]
    mime: str


def _word(book: Book, path: Path, lang: Lang) -> None:
    from sim.report.word import write_word

    write_word(book, path, lang)


def _excel(book: Book, path: Path, lang: Lang) -> None:
    from sim.report.excel import write_xlsx

    write_xlsx(book, path, lang)


def _html(book: Book, path: Path, lang: Lang) -> None:
    from sim.report.html import write_html

    write_html(book, path, lang)


def _json(book: Book, path: Path, lang: Lang) -> None:
    path.write_text(as_json(run_json(book.scored)), encoding="utf-8")


DOCUMENTS = {
    "docx": Document(
        _word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ),
    "xlsx": Document(_excel, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "html": Document(_html, "text/html"),
    "json": Document(_json, "application/json"),
}
"""Writers load python-docx, openpyxl and matplotlib only when somebody asks for a document."""


def page(frame: Frame) -> None:
    """Draw the page."""
    book = frame.book()
    if book is None or frame.run is None:
        return
    parts.show(parts.section(frame.say("reports.title"), frame.say("reports.tip")))
    columns = st.columns(len(DOCUMENTS), gap="medium")
    for column, kind in zip(columns, DOCUMENTS, strict=True):
        with column, st.container(border=True, key=f"doc-{kind}"):
            _card(frame, frame.run, kind)
    drill(frame, book, frame.run)
    parts.show(parts.section(frame.say("reports.record")), _record(frame, book))


def _card(frame: Frame, run: RunEntry, kind: str) -> None:
    parts.show(
        parts.text("h4", frame.say(f"reports.{kind}"), "yy-doc"),
        parts.text("p", frame.say(f"reports.{kind}_tip"), "yy-tip"),
    )
    made = f"made-{kind}-{run.key}-{run.stamp}-{frame.lang}"
    if not st.session_state.get(made):
        if not st.button(frame.say("reports.make"), key=f"make-{kind}"):
            return
        with st.spinner(frame.say("reports.making")):
            _made(run.path, run.stamp, kind, frame.lang, run)
        st.session_state[made] = True
        st.rerun()
    data = _made(run.path, run.stamp, kind, frame.lang, run)
    st.download_button(
        frame.say("reports.get", kb=f"{len(data) / 1024:,.0f}"),
        data,
        file_name=f"{_file_name(run)}.{kind}",
        mime=DOCUMENTS[kind].mime,
        type="primary",
        on_click="ignore",
        key=f"get-{kind}",
    )


def _file_name(run: RunEntry) -> str:
    """Name of the run folder, without what a file name may not hold."""
    return "".join(c if c.isalnum() or c in "-_" else "_" for c in run.path.name) or "yuyan"


@st.cache_data(max_entries=12, show_spinner=False)
def _made(folder: Path, stamp: Stamp, kind: str, lang: Lang, _run: RunEntry) -> bytes:
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / f"report.{kind}"
        DOCUMENTS[kind].write(book_of(_run), path, lang)
        return path.read_bytes()


def _record(frame: Frame, book: Book) -> str:
    """Where the run comes from: enough to make it again and to see that it is the same."""
    document = book.document
    scenario = document["scenario"]
    rows = {
        "scenario": f"{book.title(frame.lang)}（{scenario['id']}）",
        "folder": str(book.run.path),
        "input": scenario["input_hash"],
        "log": document["log_sha256"] or "—",
        "seed": str(document["seed"]),
        "n": f"{book.scored.n}/{book.scored.wanted}",
        "version": document["versions"]["yuyan"],
        "created": document["created"],
        "defaults": frame.say("record.items", n=len(scenario["defaults_used"])),
        "warnings": frame.say("record.items", n=len(scenario["warnings"])),
    }
    heads = (frame.say("record.key"), frame.say("record.value"))
    return parts.table(heads, [(frame.say(f"record.{k}"), v) for k, v in rows.items()])
