"""假定和依据: where every number comes from and how far it can be trusted."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sim.io.defaults import DefaultValue
from sim.io.yaml_strict import read_yaml
from sim.report.blocks import Block, Bullets, Grid, Heading, Text, Tone
from sim.report.book import Book
from sim.report.plan_words import value_words
from sim.report.with_water import with_water
from sim.schema.problems import Problem
from sim.texts.book import book_text
from sim.texts.errors import render
from sim.texts.labels import CONFIDENCE, word
from sim.texts.library_sources import source_words
from sim.texts.report import Lang

UNITS = ("share", "factor", "h", "s", "mm", "m/s", "km/h", "clock", "yes/no", "min", "persons")
DOUBTFUL = ("judgement", "memory", "assumption")
OF_WATER = (
    *("drive.own_car_willing_mm", "fetch.max_velocity_mps"),
    *("harm.leave_blocked_mm", "harm.exposed_mm"),
)
"""Values that only a hazard with water asks for; not listed where there is none."""


def assumptions_chapter(book: Book, lang: Lang) -> list[Block]:
    """What the scenario says of itself, library values used, notes of the input check."""
    scenario = book.document["scenario"]
    said = [str(one) for one in (*scenario.get("sources", ()), *scenario.get("assumptions", ()))]
    if scenario.get("roads_estimated"):
        said.append(book_text("sources.estimated", lang))
    used = [_value(one) for one in scenario.get("defaults_used", ())]
    if not with_water(book.world):
        used = [one for one in used if one.name not in OF_WATER]
    warnings = [render(Problem(**one), lang) for one in scenario.get("warnings", ())]
    blocks: list[Block] = [
        Heading(1, book_text("ch.assumptions", lang)),
        Heading(2, book_text("sec.sources", lang)),
        Bullets(tuple(said or [book_text("sources.none", lang)])),
        Heading(2, book_text("sec.library", lang)),
    ]
    blocks += _library(used, lang)
    blocks += [
        Heading(2, book_text("sec.warnings", lang)),
        Bullets(tuple(warnings or [book_text("warnings.none", lang)])),
    ]
    return blocks


def _value(entry: dict[str, Any]) -> DefaultValue:
    names = ("name", "value", "unit", "source", "confidence", "text")
    return DefaultValue(**{name: entry.get(name, "") for name in names})


def _value_text(one: DefaultValue, lang: Lang) -> str:
    """The value in words; run.json keeps it as it stands in the library."""
    parsed = read_yaml(f"value: {one.text}\n".encode(), "library").value
    return value_words(parsed["value"], lang) if parsed is not None else one.text


def _unit(unit: str, lang: Lang) -> str:
    return book_text(f"unit.{unit}", lang) if unit in UNITS else unit


def _library(used: list[DefaultValue], lang: Lang) -> list[Block]:
    if not used:
        return [Text(book_text("library.none", lang))]
    counts = Counter(one.confidence for one in used)
    comma = "、" if lang == "zh" else ", "
    listed = comma.join(
        f"{word(CONFIDENCE, key, lang)} {counts[key]}" for key in CONFIDENCE if counts[key]
    )
    tones: dict[tuple[int, int], Tone] = {
        (row, 4): "doubt" for row, one in enumerate(used) if one.confidence in DOUBTFUL
    }
    keys = ("value_name", "value_text", "unit", "source", "confidence")
    rows = tuple(
        (
            one.label(lang),
            _value_text(one, lang),
            _unit(one.unit, lang),
            source_words(one.source, lang),
            word(CONFIDENCE, one.confidence, lang),
        )
        for one in used
    )
    return [
        Text(book_text("library.how", lang) + book_text("confidence.count", lang, list=listed)),
        Grid(
            book_text("sec.library", lang),
            tuple(book_text(f"head.{key}", lang) for key in keys),
            rows,
            widths=(2.6, 2.8, 1.1, 4.0, 1.8),
            tones=tones,
        ),
    ]
