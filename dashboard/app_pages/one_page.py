"""会议一页纸: eight questions of the head of the bureau on one page, on screen and on paper."""

from __future__ import annotations

import streamlit as st

from dashboard import parts
from dashboard.frame import Frame
from dashboard.store import Sheet, sheet_of
from sim.report.book import Book
from sim.report.one_page import Question
from sim.texts.book import book_text

IN_COLUMNS = 6
"""Answers with at least so many lines stand in two columns."""


def page(frame: Frame) -> None:
    """Draw the page."""
    book = frame.book()
    if book is None or frame.run is None:
        return
    with st.container(key="controls", horizontal=True, vertical_alignment="bottom"):
        plan = frame.plan(book.scored)
        parts.print_button(frame.say("print"))
        st.caption(frame.say("print.tip"), width="content")
    parts.show(_page(frame, book, plan, sheet_of(frame.run, plan, frame.lang)))


def _page(frame: Frame, book: Book, plan: str, sheet: Sheet) -> str:
    lang = frame.lang
    played, *answer = sheet.head
    title = f"{book.title(lang)} · {book_text('page.title', lang)}"
    head = [parts.text("h2", title), parts.text("p", played, "yy-head yy-small")]
    head.append(
        parts.text("p", book_text("page.plan", lang, plan=book.name(plan, lang)), "yy-head")
    )
    head += [parts.text("p", line, "yy-head yy-strong") for line in answer]
    rows = "".join(_row(question) for question in sheet.questions)
    table = parts.element("table", rows, "yy-questions")
    return parts.element("div", "".join(head) + table, f"yy-page yy-{lang}")


def _row(question: Question) -> str:
    lines = "".join(parts.text("p", line) for line in question.answer)
    wide = len(question.answer) >= IN_COLUMNS
    answer = parts.element("div", lines, "yy-two" if wide else "yy-answer")
    return parts.element("tr", parts.text("th", question.question) + parts.element("td", answer))
