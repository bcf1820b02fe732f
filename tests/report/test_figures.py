"""Figures of a run: what they are drawn from, names that are no mathematics, parts missing."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiment.store import RunFolder
from sim.report.blocks import Grid, Heading, PageBreak
from sim.report.book import Book
from sim.report.cutoffs import people_cut_off
from sim.report.figures.bars import _short, differences, lights, modes
from sim.report.figures.clearance import all_plans, clearance
from sim.report.figures.look import last_change_h, letters
from sim.report.figures.observed import observed
from sim.report.numbering import chinese_number, numbered
from sim.texts.report import Lang

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_figure_of_a_whole_run(whole_book: Book, lang: Lang) -> None:
    """Each is a PNG with a caption and a sentence how to read it; hostile names do no harm."""
    plan = whole_book.best
    found = [
        clearance(whole_book, plan, lang),
        all_plans(whole_book, lang),
        modes(whole_book, lang),
        lights(whole_book, plan, lang),
        differences(whole_book, lang),
        observed(whole_book, plan, lang),
    ]
    for picture in found:
        assert picture is not None
        assert picture.png.startswith(PNG) and len(picture.png) > 5_000
        assert picture.caption and picture.reading
    assert len({picture.key for picture in found if picture is not None}) == len(found)


def test_figures_without_their_data(bare_run: RunFolder) -> None:
    """One plan, no targets, no reports: the figures that need them are left out."""
    book = Book.open(bare_run.path)
    plan = book.best
    assert all_plans(book, "zh") is None
    assert differences(book, "zh") is None
    assert lights(book, plan, "zh") is None
    assert observed(book, plan, "zh") is None
    assert clearance(book, plan, "zh") is not None
    assert people_cut_off(book) is None


def test_people_cut_off(whole_book: Book) -> None:
    """Cut-offs only grow, never beyond the people at risk, and are there where margins are."""
    cut = people_cut_off(whole_book)
    assert cut is not None
    assert (np.diff(cut, axis=1) >= 0).all()
    assert cut.max() <= whole_book.score(whole_book.best).measures["people_at_risk"].p50
    margins = whole_book.scored.tables[whole_book.scored.baseline].of("t90_margin_min")
    assert ((cut[:, -1] > 0) == ~np.isnan(margins)).all()


def test_axis_ends_where_nothing_happens_any_more() -> None:
    """The clock axis is cut shortly after the last change, not at the horizon."""
    line = np.concatenate((np.linspace(0, 90, 11), np.full(200, 90.0)))  # rises for five hours
    assert 5 <= last_change_h([line]) <= 7
    assert last_change_h([np.zeros(50)]) == 2


def test_long_names_are_broken() -> None:
    """Two lines at most; Latin words whole, Chinese letters counted as such."""
    assert _short("大巴先行") == "大巴先行"
    assert (
        _short("见保证水位下令，早调船艇和大巴一起前置")
        == "见保证水位下令，早调船艇和大\n巴一起前置"
    )
    assert _short("Coaches and drivers staged forward") == "Coaches and drivers staged\nforward"
    assert _short("长" * 60).endswith("…") and _short("长" * 60).count("\n") == 1
    assert letters("大a") == pytest.approx(1.56)


def test_numbers_of_headings() -> None:
    """一 … 九十九; a new chapter begins its sections anew; page breaks have no number."""
    tens = {1: "一", 9: "九", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 99: "九十九"}
    assert {number: chinese_number(number) for number in tens} == tens
    blocks = [
        *(Heading(1, "甲"), Heading(2, "乙"), Heading(3, "丙"), Heading(2, "丁")),
        *(PageBreak(), Heading(1, "戊"), Heading(2, "己"), Grid("表名", ("头",), ())),
    ]
    texts = [getattr(b, "text", getattr(b, "title", "")) for b in numbered(blocks, "zh")]
    assert texts == [
        "一、甲",
        "（一）乙",
        "1. 丙",
        "（二）丁",
        "",
        "二、戊",
        "（一）己",
        "表 1  表名",
    ]
    english = [getattr(b, "text", "") for b in numbered(blocks, "en")]
    assert english[:4] == ["1  甲", "1.1  乙", "1.1.1  丙", "1.2  丁"]
