"""Sources of the library in the reader's language."""

from __future__ import annotations

import re

from sim.io.defaults import behaviour_defaults
from sim.texts.library_sources import SOURCES, source_words


def test_every_source_of_the_library_has_chinese_words() -> None:
    """A Chinese report quotes no English sentence; and no wording is left of a source that has
    gone from the library."""
    sources = {value.source for value in behaviour_defaults()}
    assert sources == SOURCES.keys()
    for source in sources:
        assert re.search("[一-鿿]", source_words(source, "zh")) or not re.search("[a-z]", source)
        assert source_words(source, "en") == source


def test_chinese_words_keep_the_numbers() -> None:
    """No number of a source is lost or changed in Chinese."""
    for source, words in SOURCES.items():
        numbers = set(re.findall(r"\d+(?:\.\d+)?", source))
        assert numbers <= set(re.findall(r"\d+(?:\.\d+)?", words)), source
