"""What a document is made of, in one language and without a layout: Word and HTML lay it out.

Texts are plain: names of places are whatever a planner wrote, so every writer escapes them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sim.report.table import Form

Tone = Literal["plain", "lead", "good", "bad", "doubt", "note"]
"""How a text is coloured; the words say the same, for printers without colour."""


@dataclass(frozen=True)
class Heading:
    """A heading: level 0 title, 1 一、, 2 (一), 3 1."""

    level: int
    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Bullets:
    """Short lines under one another."""

    lines: tuple[str, ...]
    tone: Tone = "plain"


@dataclass(frozen=True)
class Grid:
    """A table as texts.

    Attributes:
        forms: form of every column; numbers stand to the right.
        widths: shares of the width of the page; empty: by the length of the texts.
        tones: tone of a cell by (row, column).
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    forms: tuple[Form, ...] = ()
    note: str = ""
    widths: tuple[float, ...] = ()
    tones: dict[tuple[int, int], Tone] = field(default_factory=dict)


@dataclass(frozen=True)
class Picture:
    """A figure as PNG with what it shows and how to read it."""

    key: str
    png: bytes
    caption: str
    reading: str
    wide_cm: float = 15.5


@dataclass(frozen=True)
class Questions:
    """会议一页纸: questions of the head of the bureau, each with its answer in a few lines."""

    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Text | Bullets | Grid | Picture | Questions | PageBreak
