"""Words of the dashboard: in both languages, with the same values to fill in, used somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import sim
from sim.texts.dashboard import PAGES, ui
from sim.texts.dashboard_help import GLOSSARY, LIGHT_MEANINGS, READING
from sim.texts.report_sentences import SENTENCES

ROOT = Path(str(sim.__file__)).resolve().parents[1]
SOURCE = "\n".join(
    file.read_text(encoding="utf-8") for file in sorted((ROOT / "dashboard").rglob("*.py"))
)


def fields(text: str) -> set[str]:
    """Names of the values a sentence wants."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(PAGES))
def test_both_languages_want_the_same_values(key: str) -> None:
    """A sentence is there in Chinese and English, and neither forgets a value."""
    zh, en = PAGES[key]
    assert zh.strip() and en.strip()
    assert fields(zh) == fields(en)


def test_no_words_are_left_over() -> None:
    """Every key is written in the dashboard, whole or as the beginning of one: ``state.{…}``."""
    begun = set(re.findall(r"""f["']([a-z_]+\.[a-z_]*)\{""", SOURCE))
    unused = [
        key
        for key in PAGES
        if f'"{key}"' not in SOURCE and not key.startswith((*begun, "nav.", "page."))
    ]
    assert unused == []


def test_every_word_a_page_asks_for_is_there() -> None:
    """A key written out in a page is in its catalogue or in that of the reports."""
    asked = set(re.findall(r"""(?:\bsay|\bui)\(\s*"([a-z_]+\.[a-z_0-9]+)\"""", SOURCE))
    assert len(asked) > 100
    assert asked - set(PAGES) - set(SENTENCES) == set()


def test_help_is_whole() -> None:
    """Every word of the help has its meaning in both languages, and no word stands twice."""
    for term, meaning in READING:
        assert all(term) and all(meaning)
    assert {colour for colour, _ in LIGHT_MEANINGS} == {
        "met", "missed", "undecided", "impossible",
    }  # fmt: skip
    assert all(all(one) for one in GLOSSARY)
    assert len({one[0] for one in GLOSSARY}) == len(GLOSSARY)


def test_an_unknown_key_is_a_fault() -> None:
    """A page that names words nobody wrote fails in its test, not on the planner's screen."""
    with pytest.raises(KeyError):
        ui("no.such.words", "zh")
