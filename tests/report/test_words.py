"""Numbers as planners read them."""

from __future__ import annotations

import math
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.measures.intervals import Interval
from sim.report.words import (
    amount,
    clock,
    difference_text,
    interval_text,
    percent,
    plain_minutes,
    value_text,
)

START = datetime(2025, 6, 18, 22, 0)


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_almost_is_not_all(share: float) -> None:
    """A share that is neither 0 nor 1 is never shown as 0 % or 100 %."""
    text = percent(share, "zh").strip("<>%")
    assert 0.0 < float(text) < 100.0


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0%"), (1.0, "100%"), (0.97, "97.0%"), (0.004, "0.4%"), (0.531, "53%"), (None, "—")],
)
def test_percent(share: float | None, text: str) -> None:
    """One digit near the ends, none in the middle, a dash for unknown."""
    assert percent(share, "zh") == text


def test_times_round_up() -> None:
    """A promised minute is never shortened; what is not reached is said in words."""
    assert plain_minutes(84.2, "zh") == "85" and plain_minutes(85.0, "zh") == "85"
    assert clock(134.5, START, "zh") == "00:15 (+1)" and clock(math.inf, START, "en") == "never"
    assert value_text("t90_clock_min", 60.0, START, "zh") == "23:00"
    assert value_text("bus_km", 1234.4, START, "zh") == "1,234"


def test_differences_have_signs_and_units() -> None:
    """Shares differ by points, people by whole persons; an open interval is said, not drawn."""
    assert difference_text("rescued_share", -0.0123, "zh") == "-1.2"
    assert difference_text("stranded", 1234.0, "zh") == "+1,234"
    assert difference_text("stranded", -0.01, "zh") == "0"
    assert interval_text("stranded", Interval(-20, 30), "en") == "-20 to +30"
    assert "区间" in interval_text("stranded", Interval(-math.inf, 3), "zh")
    assert (
        amount(math.nan, "zh") == "—" and amount(3.0, "zh") == "3" and amount(3.25, "zh") == "3.2"
    )
