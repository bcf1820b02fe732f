"""报告 → 演练导调单: the inject list of the median, the worst or any replication, as Word."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st

from dashboard import parts
from dashboard.frame import Frame
from dashboard.last_door import show_problems
from dashboard.store import RunEntry, Stamp, book_of
from sim.report.book import Book
from sim.schema.problems import InputError
from sim.texts.report import Lang

NIGHTS = ("median", "worst", "chosen")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def drill(frame: Frame, book: Book, run: RunEntry) -> None:
    """Choose a plan and a replication, make the list, take it away."""
    parts.show(parts.section(frame.say("drill.title"), frame.say("drill.tip")))
    left, middle, right = st.columns(3, gap="medium", vertical_alignment="bottom")
    with left:
        plan = st.selectbox(
            frame.say("drill.plan"),
            book.plans,
            index=book.plans.index(book.best),
            format_func=lambda one: book.name(one, frame.lang),
            key=f"drill-plan-{run.key}",
        )
    with middle:
        which = _night(frame, book, run)
    with right:
        _document(frame, run, plan, which)


def _night(frame: Frame, book: Book, run: RunEntry) -> str | int:
    """The replication to rehearse: two by name, any other by its number."""
    picked = st.segmented_control(
        frame.say("drill.night"),
        NIGHTS,
        default="median",
        required=True,
        format_func=lambda one: frame.say(f"drill.{one}"),
        key=f"drill-night-{run.key}",
    )
    if picked != "chosen":
        return str(picked)
    last = book.scored.n - 1
    label = frame.say("drill.number", last=last)
    return int(st.number_input(label, 0, last, 0, key=f"drill-number-{run.key}"))


def _document(frame: Frame, run: RunEntry, plan: str, which: str | int) -> None:
    made = f"drill-{run.key}-{run.stamp}-{plan}-{which}-{frame.lang}"
    if not st.session_state.get(made):
        if not st.button(frame.say("reports.make"), key="make-drill"):
            return
        st.session_state[made] = True
        st.rerun()
    try:
        with st.spinner(frame.say("reports.making")):
            data = _made((run.path, run.stamp), plan, which, frame.lang, run)
    except InputError as error:
        st.session_state[made] = False
        show_problems(error, frame.lang)
        return
    st.download_button(
        frame.say("reports.get", kb=f"{len(data) / 1024:,.0f}"),
        data,
        file_name=f"drill-{plan}-{which}.docx",
        mime=WORD,
        type="primary",
        on_click="ignore",
        key="get-drill",
    )


@st.cache_data(max_entries=6, show_spinner=False)
def _made(
    folder: tuple[Path, Stamp], plan: str, which: str | int, lang: Lang, _run: RunEntry
) -> bytes:
    from sim.report.drill_word import write_drill  # python-docx only when somebody asks

    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "drill.docx"
        write_drill(book_of(_run), path, lang, plan, which)
        return path.read_bytes()
