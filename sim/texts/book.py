"""Words of the documents (Word, HTML) and of the page for the meeting."""

from __future__ import annotations

from functools import cache

from sim.texts.book_chapters import CHAPTERS
from sim.texts.book_figures import FIGURES
from sim.texts.book_page import PAGE
from sim.texts.book_page_times import TIMES
from sim.texts.book_trust import TRUST
from sim.texts.report import Lang


@cache
def _all() -> dict[str, tuple[str, str]]:
    return {**FIGURES, **PAGE, **TIMES, **CHAPTERS, **TRUST}


def book_text(key: str, lang: Lang, **values: object) -> str:
    """A text of the documents with its values filled in.

    Raises:
        KeyError: no such text, or a value it needs is missing (a fault of the program).
    """
    zh, en = _all()[key]
    return (zh if lang == "zh" else en).format(**values)
