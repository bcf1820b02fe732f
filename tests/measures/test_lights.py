"""Lights of targets, by hand and as properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.measures.targets_light import light

COUNTS = st.integers(0, 200).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))
ORDER = {"missed": 0, "undecided": 1, "met": 2}


@pytest.mark.parametrize(
    ("n", "met", "required", "colour"),
    [
        (28, 28, 0.9, "undecided"),  # 0.05^(1/28) = 0.8985
        (29, 29, 0.9, "met"),  # 0.05^(1/29) = 0.9019
        (45, 44, 0.9, "undecided"),
        (46, 45, 0.9, "met"),
        (60, 58, 0.9, "undecided"),
        (61, 59, 0.9, "met"),
        (59, 59, 0.95, "met"),
        (58, 58, 0.95, "undecided"),
        (1, 0, 0.9, "undecided"),  # upper bound 0.95
        (2, 0, 0.9, "missed"),  # upper bound 1 − √0.05 = 0.776
        (100, 90, 0.9, "undecided"),
        (100, 84, 0.9, "missed"),
        (100, 85, 0.9, "undecided"),
        (102, 97, 0.9, "undecided"),
        (103, 98, 0.9, "met"),
        (0, 0, 0.9, "undecided"),
        (1000, 1000, 1.0, "undecided"),  # certainty cannot be shown
        (1000, 999, 1.0, "missed"),
    ],
)
def test_lights_by_hand(n: int, met: int, required: float, colour: str) -> None:
    """Zero failures need 29 runs for 0.90 (with one 46, two 61, five 103), 59 for 0.95."""
    assert light(n, met, required).colour == colour


def test_what_the_light_carries() -> None:
    """The numbers beside the light are those of its runs."""
    judged = light(28, 28, 0.9)
    assert (judged.n_judged, judged.n_met, judged.p_meet, judged.further_runs) == (28, 28, 1.0, 1)
    assert judged.ci95 is not None
    assert judged.ci95.high == 1.0
    assert judged.ci95.low < judged.lower < 0.9
    nobody = light(0, 0, 0.9)
    assert (nobody.p_meet, nobody.ci95, nobody.further_runs) == (None, None, None)
    assert light(40, 40, 0.9).further_runs is None


def test_a_physical_limit_overrules_the_runs() -> None:
    """What cannot be done is impossible, whatever was counted."""
    assert light(100, 100, 0.9, impossible=True).colour == "impossible"
    assert light(0, 0, 0.9, impossible=True).colour == "impossible"
    assert light(20, 5, 0.9, impossible=True).further_runs is None


@pytest.mark.parametrize("required", [0.0, -0.5, 1.5, float("nan")])
def test_a_requirement_that_is_none_is_refused(required: float) -> None:
    """A required probability lies in (0, 1]."""
    with pytest.raises(ValueError, match="required"):
        light(10, 5, required)


@given(COUNTS, st.floats(0.01, 1.0), st.floats(0.01, 1.0))
def test_never_worse_with_more_successes_or_less_required(
    counts: tuple[int, int], first: float, second: float
) -> None:
    """One success more never worsens a light, a higher requirement never improves it."""
    n, met = counts
    low, high = sorted((first, second))
    assert ORDER[light(n, met, low).colour] >= ORDER[light(n, met, high).colour]
    if met < n:
        assert ORDER[light(n, met + 1, low).colour] >= ORDER[light(n, met, low).colour]


@given(COUNTS, st.floats(0.01, 1.0))
def test_met_and_missed_rest_on_the_bounds(counts: tuple[int, int], required: float) -> None:
    """The colour follows from the one-sided bounds, and both bounds enclose the share."""
    judged = light(*counts, required)
    assert (judged.colour == "met") == (judged.lower >= required)
    assert (judged.colour == "missed") == (judged.upper < required)
    if judged.p_meet is not None:
        assert judged.lower <= judged.p_meet <= judged.upper
