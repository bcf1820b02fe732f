"""Pieces of a page as HTML. Whatever comes from a file is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

import streamlit as st

from sim.texts.report import Lang

_SIGNS = {"met": "✓", "missed": "✕", "undecided": "?", "impossible": "⊘"}


def show(*pieces: str) -> None:
    """Put pieces on the page, one block."""
    st.html("".join(pieces))


def element(tag: str, inner: str, css: str = "") -> str:
    """An element around inner HTML that is safe already."""
    return f'<{tag} class="{css}">{inner}</{tag}>' if css else f"<{tag}>{inner}</{tag}>"


def text(tag: str, words: str, css: str = "") -> str:
    """An element around words that may come from a file."""
    return element(tag, escape(words), css)


def plain(words: str) -> str:
    """Words for a label of Streamlit, which reads Markdown: a name stays a name."""
    return "".join("\\" + c if c in "\\`*_{}[]<>#$~:|!&" else c for c in words)


def section(title: str, tip: str = "") -> str:
    """A heading of a page, with one line below it that says how to read what follows."""
    return text("h3", title, "yy-section") + (text("p", tip, "yy-tip") if tip else "")


class Figure(NamedTuple):
    """One number in large type."""

    label: str
    value: str
    below: str = ""
    tone: str = ""


def figures(row: Iterable[Figure]) -> str:
    """Large numbers side by side."""
    cells = (
        element(
            "div",
            text("div", one.label, "yy-label")
            + text("div", one.value, "yy-value")
            + text("div", one.below, "yy-below"),
            f"yy-figure yy-{one.tone}" if one.tone else "yy-figure",
        )
        for one in row
    )
    return element("div", "".join(cells), "yy-figures")


def chip(colour: str, words: str) -> str:
    """A light: colour, sign and word, so that it is clear in black and white too."""
    sign = _SIGNS.get(colour, "–")
    return element("span", f"<i>{sign}</i>{escape(words)}", f"yy-chip yy-{colour}")


def small_chip(colour: str, words: str) -> str:
    """A light without room for its word; the words are read out under the mouse."""
    sign = _SIGNS.get(colour, "–")
    safe = escape(words)
    return f'<span class="yy-dot yy-{colour}" title="{safe}" aria-label="{safe}">{sign}</span>'


def verdict(kind: str, words: str) -> str:
    """更好、更差、分不出, in words and colour."""
    return element("span", escape(words), f"yy-verdict yy-v-{kind}")


def state_chip(state: str, words: str) -> str:
    """How a job stands."""
    return element("span", escape(words), f"yy-state yy-s-{state}")


def lines(sentences: Iterable[str], css: str = "yy-lines") -> str:
    """A list of sentences."""
    return element("ul", "".join(text("li", one) for one in sentences), css)


def table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[int] = (), css: str = ""
) -> str:
    """A table of words; ``numbers`` are columns set to the right."""
    return raw_table(heads, ((escape(cell) for cell in row) for row in rows), numbers, css)


def raw_table(
    heads: Sequence[str], rows: Iterable[Iterable[str]], numbers: Iterable[int] = (), css: str = ""
) -> str:
    """A table whose cells are safe HTML already."""
    right = set(numbers)

    def row_of(tag: str, cells: Iterable[str]) -> str:
        made = (element(tag, c, "yy-num" if k in right else "") for k, c in enumerate(cells))
        return element("tr", "".join(made))

    head = row_of("th", (escape(one) for one in heads))
    body = "".join(row_of("td", row) for row in rows)
    inner = element("thead", head) + element("tbody", body)
    return element("div", element("table", inner, f"yy-table {css}".strip()), "yy-scroll")


class Slice(NamedTuple):
    """A part of a bar: css class, label, persons, and the number as it is written."""

    css: str
    label: str
    size: float
    written: str


def bars(rows: Mapping[str, Sequence[Slice]], lang: Lang, strong: str = "") -> str:
    """Stacked bars on one scale with a legend; ``strong`` is the row to set off."""
    widest = max((sum(s.size for s in parts) for parts in rows.values()), default=0.0) or 1.0
    legend = {s.css: s.label for parts in rows.values() for s in parts if s.size > 0}
    made = []
    for name, parts in rows.items():
        cells = "".join(_slice(one, widest) for one in parts if one.size > 0)
        label = text("div", name, "yy-bar-name" + (" yy-strong" if name == strong else ""))
        made.append(label + element("div", cells, "yy-bar"))
    keys = "".join(
        element("span", f'<i class="yy-m-{css}"></i>{escape(words)}')
        for css, words in legend.items()
    )
    return element("div", "".join(made), "yy-bars") + element("div", keys, "yy-legend")


def _slice(one: Slice, widest: float) -> str:
    share = 100 * one.size / widest
    words = escape(one.written) if share >= 3.5 else ""
    title = escape(f"{one.label} {one.written}")
    return f'<div class="yy-m-{one.css}" style="width:{share:.2f}%" title="{title}">{words}</div>'


def line_legend(strokes: Iterable[tuple[str, str, Sequence[int]]]) -> str:
    """Samples of lines (name, colour, dash) with their names."""
    made = []
    for name, colour, dash in strokes:
        stops, at = [], 0
        for place, length in enumerate(dash):
            ink = "transparent" if place % 2 else colour
            stops.append(f"{ink} {at}px {at + length}px")
            at += length
        style = f"background:repeating-linear-gradient(90deg,{','.join(stops)})"
        made.append(element("span", f'<i class="yy-line" style="{style}"></i>{escape(name)}'))
    return element("div", "".join(made), "yy-legend")


def print_button(words: str) -> None:
    """A button that opens the browser's print window."""
    st.html(
        f'<button class="yy-print yy-noprint" type="button">{escape(words)}</button>'
        "<script>document.querySelectorAll('.yy-print').forEach("
        "b => b.onclick = () => window.print());</script>",
        width="content",
        unsafe_allow_javascript=True,
    )
