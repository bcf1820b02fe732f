"""Words of reports: one function per kind of text, keys inside, Chinese or English outside."""

from __future__ import annotations

from typing import Literal

from sim.texts.labels import MEASURES, UNITS, word
from sim.texts.report_events import CODES, EVENTS, WORDS
from sim.texts.report_sentences import SENTENCES

Lang = Literal["zh", "en"]

ON_THE_CLOCK = {
    "t50_clock_min": ("转出五成", "half out"),
    "t90_clock_min": ("转出九成", "nine in ten out"),
    "t100_clock_min": ("全部转完", "all out"),
    "order_clock_min": ("下令时刻", "order given"),
    "t90_margin_min": ("离断路余量", "margin before cut-off"),
}
"""Short labels of times; those of the clock are shown as clock times, not as durations."""


def say(key: str, lang: Lang, **values: object) -> str:
    """A sentence of the reports with its values filled in.

    Raises:
        KeyError: no such sentence, or a value it needs is missing (a fault of the program).
    """
    zh, en = SENTENCES[key]
    return (zh if lang == "zh" else en).format(**values)


def label(measure: str, lang: Lang) -> str:
    """What planners call a measure; the name itself when nobody gave it a label."""
    return word({**MEASURES, **ON_THE_CLOCK}, measure, lang)


def unit_label(unit: str, lang: Lang) -> str:
    """A unit as planners write it."""
    return word(UNITS, unit, lang)


def event_label(kind: str, lang: Lang) -> str:
    """What happened, by the name of its ``Kind``."""
    return word(EVENTS, kind, lang)


def code_label(family: str, name: str, lang: Lang) -> str:
    """A coded value of an event, e.g. family ``VehicleStatus``, name ``TO_PICKUP``."""
    return word(CODES[family], name, lang)


def event_word(key: str, lang: Lang, **values: object) -> str:
    """A detail of an event with its values filled in."""
    return word(WORDS, key, lang).format(**values)
