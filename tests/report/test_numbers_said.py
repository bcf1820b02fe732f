"""Numbers in words are those of ``--json``: the sheet for the meeting, the Word tables."""

from __future__ import annotations

from typing import Any

import pytest

from sim.experiment.scored import run_json
from sim.report.blocks import Grid
from sim.report.book import Book
from sim.report.chapters.compare import compare_chapter
from sim.report.chapters.targets import targets_chapter
from sim.report.one_page import headline
from sim.report.words import percent
from sim.texts.book import book_text
from sim.texts.report import label, say

Json = dict[str, Any]


@pytest.fixture(scope="module")
def json_of(whole_book: Book) -> dict[str, Json]:
    """What ``--json`` prints, by plan."""
    return {plan["plan"]: plan for plan in run_json(whole_book.scored)["plans"]}


def grids(blocks: list[Any]) -> list[Grid]:
    """The tables of a chapter."""
    return [block for block in blocks if isinstance(block, Grid)]


def test_the_sheet_for_the_meeting(whole_book: Book, json_of: dict[str, Json]) -> None:
    """Its answer in one sentence, of every plan: shares and people of the document."""
    for plan, found in json_of.items():
        said = "".join(headline(whole_book, "zh", plan))
        measures = found["measures"]
        for name in ("out_before_cutoff_share", "rescued_share"):
            assert percent(measures[name]["mean"], "zh") in said
        assert f"{round(measures['people_at_risk']['p50']):,} 人" in said


def test_targets_in_word(whole_book: Book, json_of: dict[str, Json]) -> None:
    """Light, nights in time, required and shown bounds of every target stand in its row."""
    best = json_of[whole_book.best]["targets"]
    details = grids(targets_chapter(whole_book, "zh"))[-1]
    assert len(details.rows) == len(best) > 0
    for row, target in zip(details.rows, best, strict=True):
        assert row[0] == target["text"]["zh"]
        assert row[1] == say(f"target.{target['light']}", "zh")
        met = round(target["p_meet"] * target["n_judged"])
        assert row[2] == f"{met}/{target['n_judged']}"
        assert row[3] == percent(target["required_probability"], "zh")


def test_the_scorecard_in_word(whole_book: Book, json_of: dict[str, Json]) -> None:
    """Shares and people of every plan in the scorecard, and all measures of the best plan."""
    scores, measures, *_ = grids(compare_chapter(whole_book, "zh"))
    rows = {row[0]: row[1:] for row in scores.rows}
    for name in ("out_before_cutoff_share", "rescued_share"):
        for cell, plan in zip(rows[label(name, "zh")], whole_book.plans, strict=True):
            assert cell.startswith(percent(json_of[plan]["measures"][name]["mean"], "zh"))
    heads = [book_text(f"head.{key}", "zh") for key in ("mean", "p50", "p90_value")]
    at = [measures.heads.index(head) for head in heads]
    of_best = json_of[whole_book.best]["measures"]
    seen = {row[0]: [row[k] for k in at] for row in measures.rows}
    for name in ("people_at_risk", "moved_by_bus", "stranded", "sheltered"):
        wanted = [of_best[name][key] for key in ("mean", "p50", "p90")]
        shown = [float(cell.replace(",", "")) for cell in seen[label(name, "zh")]]
        assert shown == pytest.approx(wanted, abs=0.5)
