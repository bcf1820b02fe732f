"""报告: the documents of the run on show, made when asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from dashboard import parts
from dashboard.app_pages.answer_more import runs_beside
from dashboard.frame import Frame
from dashboard.store import RunEntry, Stamp, book_of, with_latest
from sim.experiment.identity import as_json
from sim.experiment.scored import run_json
from sim.report.book import Book
from sim.texts.report import Lang


class Asked(NamedTuple):
    """What a document is about: its kind and language, the plan and night of its lists."""

    kind: str
    lang: Lang
    plan: str
    night: str


class Document(NamedTuple):
    """A kind of document: how it is written, its type for the browser, the end of its name."""

    write: Callable[[Book, Path, Asked], None]
    mime: str
    suffix: str


def _word(book: Book, path: Path, asked: Asked) -> None:
    from sim.report.word import write_word

    write_word(book, path, asked.lang)


def _excel(book: Book, path: Path, asked: Asked) -> None:
    from sim.report.excel import write_xlsx

    write_xlsx(book, path, asked.lang, asked.plan, asked.night)


def _drill(book: Book, path: Path, asked: Asked) -> None:
    from sim.report.drill_word import write_drill

    write_drill(book, path, asked.lang, asked.plan, asked.night)


def _html(book: Book, path: Path, asked: Asked) -> None:
    from sim.report.html import write_html

    write_html(book, path, asked.lang)


def _json(book: Book, path: Path, asked: Asked) -> None:
    path.write_text(as_json(run_json(book.scored)), encoding="utf-8")


OFFICE = "application/vnd.openxmlformats-officedocument"
WORD = f"{OFFICE}.wordprocessingml.document"
DOCUMENTS = {
    "docx": Document(_word, WORD, ".docx"),
    "xlsx": Document(_excel, f"{OFFICE}.spreadsheetml.sheet", ".xlsx"),
    "drill": Document(_drill, WORD, "-drill.docx"),
    "html": Document(_html, "text/html", ".html"),
    "json": Document(_json, "application/json", ".json"),
}
"""Writers load python-docx, openpyxl and matplotlib only when somebody asks for a document."""
NIGHTS = ("median", "worst")


def page(frame: Frame) -> None:
    """Draw the page."""
    book = frame.book()
    if book is None or frame.run is None:
        return
    parts.show(parts.section(frame.say("reports.title"), frame.say("reports.tip")))
    plan, night, beside = _options(frame, book)
    columns = st.columns(len(DOCUMENTS), gap="small")
    for column, kind in zip(columns, DOCUMENTS, strict=True):
        with column, st.container(border=True, key=f"doc-{kind}"):
            _card(frame, frame.run, Asked(kind, frame.lang, plan, night), beside)
    parts.show(parts.section(frame.say("reports.record")), _record(frame, book))


def _options(frame: Frame, book: Book) -> tuple[str, str, tuple[RunEntry, ...]]:
    """Plan and night of the lists, and the runs with other inputs that stand beside this one."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        plan = frame.plan(book.scored, "reports.plan")
        night = st.segmented_control(
            frame.say("reports.night"),
            NIGHTS,
            default=NIGHTS[0],
            required=True,
            format_func=lambda one: frame.say(f"reports.{one}"),
            key="reports-night",
        )
    others = runs_beside(frame, book, plan)
    if not others:
        return plan, night or NIGHTS[0], ()
    picked = st.multiselect(
        frame.say("sides.choose"),
        list(others),
        placeholder="",
        format_func=lambda key: f"{others[key].name(frame.lang)} · {key}",
        key=f"reports-sides-{frame.run_key}",
    )
    return plan, night or NIGHTS[0], tuple(others[key] for key in picked)


def _card(frame: Frame, run: RunEntry, asked: Asked, beside: tuple[RunEntry, ...]) -> None:
    kind = asked.kind
    parts.show(
        parts.text("h4", frame.say(f"reports.{kind}"), "yy-doc"),
        parts.text("p", frame.say(f"reports.{kind}_tip"), "yy-tip"),
    )
    stamps = (with_latest(run), *(entry.stamp for entry in beside))
    made = f"made-{run.key}-{asked}-{stamps}"
    if not st.session_state.get(made):
        if not st.button(frame.say("reports.make"), key=f"make-{kind}"):
            return
        with st.spinner(frame.say("reports.making")):
            _made(run.path, stamps, asked, run, beside)
        st.session_state[made] = True
        st.rerun()
    data = _made(run.path, stamps, asked, run, beside)
    st.download_button(
        frame.say("reports.get", kb=f"{len(data) / 1024:,.0f}"),
        data,
        file_name=f"{_file_name(run)}{DOCUMENTS[kind].suffix}",
        mime=DOCUMENTS[kind].mime,
        type="primary",
        on_click="ignore",
        key=f"get-{kind}",
    )


def _file_name(run: RunEntry) -> str:
    """Name of the run folder, without what a file name may not hold."""
    return "".join(c if c.isalnum() or c in "-_" else "_" for c in run.path.name) or "yuyan"


@st.cache_data(max_entries=20, show_spinner=False)
def _made(
    folder: Path,
    stamps: tuple[Stamp, ...],
    asked: Asked,
    _run: RunEntry,
    _beside: tuple[RunEntry, ...],
) -> bytes:
    book = book_of(_run)
    if _beside:
        book = Book(book.scored, [book_of(entry) for entry in _beside])
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / f"report{DOCUMENTS[asked.kind].suffix}"
        DOCUMENTS[asked.kind].write(book, path, asked)
        return path.read_bytes()


def _record(frame: Frame, book: Book) -> str:
    """Where the run comes from: enough to make it again and to see that it is the same."""
    document = book.document
    scenario = document["scenario"]
    rows = {
        "scenario": f"{book.title(frame.lang)} · {scenario['id']}",
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
