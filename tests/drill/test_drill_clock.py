"""The clock of a drill: in order, readable, and about as long as asked for."""

from __future__ import annotations

import string
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.clock import MS_PER_MIN
from sim.drill.script import LEAST_MIN, MOST_MIN, drill_minutes
from sim.texts.drill import EXPECTED, INJECTS, ROLES, TIMED
from sim.texts.labels import Label

MOMENTS = st.lists(st.integers(0, 3000), min_size=1, max_size=60).map(sorted)


@given(MOMENTS, st.integers(10, 600))
def test_gaps_stay_readable(moments: list[int], drill_min: int) -> None:
    """No two injects closer than two minutes, no lull longer than fifteen."""
    minutes = drill_minutes([moment * MS_PER_MIN for moment in moments], drill_min)
    gaps = [after - before for before, after in pairwise(minutes)]
    assert minutes[0] == 0 and len(minutes) == len(moments)
    assert all(LEAST_MIN <= gap <= MOST_MIN for gap in gaps)


@given(MOMENTS, st.integers(10, 600))
def test_as_long_as_asked(moments: list[int], drill_min: int) -> None:
    """The drill ends in time unless two minutes for each inject already take longer."""
    minutes = drill_minutes([moment * MS_PER_MIN for moment in moments], drill_min)
    assert minutes[-1] <= max(drill_min, LEAST_MIN * (len(moments) - 1))


def test_lulls_are_cut_first() -> None:
    """Ten minutes stay longer than two, a night of waiting becomes fifteen minutes."""
    night = [0, 2, 12, 612]
    minutes = drill_minutes([moment * MS_PER_MIN for moment in night], 60)
    assert minutes == [0, 2, 12, 27]


@pytest.mark.parametrize("texts", [INJECTS, EXPECTED, ROLES, TIMED], ids=["i", "e", "r", "t"])
def test_both_languages_say_the_same(texts: dict[str, Label]) -> None:
    """Every sentence is there in both languages, and no value is said in one only by mistake."""
    for key, (zh, en) in texts.items():
        assert zh and en, key
        assert _fields(en) <= _fields(zh), key


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
