"""Words of the documents: complete in both languages, no text nobody uses."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import sim
from sim.texts.book import _all, book_text

ROOT = Path(str(sim.__file__)).parents[1]


def test_languages_take_the_same_values() -> None:
    """Chinese and English of a text have the same gaps to fill."""
    for key, (zh, en) in _all().items():
        fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (zh, en)]
        assert zh and en, key
        assert fields[0] == fields[1], key


def test_no_key_twice() -> None:
    """No catalogue of the documents overwrites a text of another."""
    from sim.texts.book_chapters import CHAPTERS
    from sim.texts.book_figures import FIGURES
    from sim.texts.book_page import PAGE
    from sim.texts.book_page_times import TIMES
    from sim.texts.book_trust import TRUST

    parts = (FIGURES, PAGE, TIMES, CHAPTERS, TRUST)
    assert len(_all()) == sum(len(part) for part in parts)


def test_every_text_is_used() -> None:
    """Every key, or the beginning its page builds it from, stands in the code."""
    code = "\n".join(
        file.read_text(encoding="utf-8")
        for room in ("sim/report", "dashboard")
        for file in (ROOT / room).rglob("*.py")
    )
    for key in _all():
        family = key.split(".")[0]
        built = rf'f"({family}\.\{{|\{{\w+\}}\.)|f"{family}\.[^"]*\{{'
        assert f'"{key}"' in code or re.search(built, code), key


def test_unknown_text() -> None:
    """A text that does not exist is a fault of the program."""
    with pytest.raises(KeyError):
        book_text("no.such", "zh")
