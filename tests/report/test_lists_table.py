"""The shared table: heads with units, cells as texts in both languages."""

from __future__ import annotations

import math
from datetime import datetime

import pytest

from sim.report.table import Column, Table, both, cell_text, no_text

NAME = Column(both(("村", "village")))
PEOPLE = Column(both(("人数", "people")), unit="persons", form="count")


def test_heads_carry_units() -> None:
    """A column with a unit shows it in the head; a share, whose unit is no word, shows none."""
    share = Column(both(("占比", "share")), unit="share", form="share")
    table = Table("t", both(("表", "table")), (NAME, PEOPLE, share), ())
    assert table.heads("zh") == ["村", "人数（人）", "占比"]
    assert table.heads("en") == ["village", "people (persons)", "share"]


def test_rows_must_fit_the_columns() -> None:
    """A row (or the totals) with a cell too few is refused when the table is made."""
    with pytest.raises(ValueError, match="1 cells under 2 columns"):
        Table("t", no_text(), (NAME, PEOPLE), (("a",),))
    with pytest.raises(ValueError, match="3 cells under 2 columns"):
        Table("t", no_text(), (NAME, PEOPLE), (("a", 1),), totals=(("a", 1, 2),))


def test_texts_follow_the_language_and_end_with_the_totals() -> None:
    """Words in both languages are picked; names stay as they are; totals come last."""
    rows = ((both(("合计外", "apart")), 1204),)
    table = Table("t", no_text(), (NAME, PEOPLE), rows, totals=(("=1+1", 1204),))
    assert list(table.texts("zh")) == [["合计外", "1,204"], ["=1+1", "1,204"]]
    assert next(iter(table.texts("en"))) == ["apart", "1,204"]


def test_cells_in_their_form() -> None:
    """Unknown is said and never 0; never reached is said; a clock carries its date."""
    assert cell_text(None, "count", "zh") == "—"
    assert cell_text(None, "text", "zh") == ""
    assert cell_text(math.inf, "number", "en") == "never"
    assert cell_text(math.nan, "number", "en") == "—"
    assert cell_text(0.9353, "share", "zh") == "93.5%"
    assert cell_text(12.25, "number", "zh") == "12.2"
    assert cell_text(12.0, "number", "zh") == "12"
    assert cell_text(datetime(2025, 6, 19, 3, 20), "clock", "en") == "06-19 03:20"
