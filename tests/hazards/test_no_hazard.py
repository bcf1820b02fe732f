"""A scenario without water, and a scenario without roads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sim.clock import NEVER, NO_LEVEL

Make = Callable[..., Any]


def test_nothing_gets_wet(make_geometry: Make, build: Make) -> None:
    """No place, no road, no rain, no level, no danger expected; one member only."""
    where = make_geometry([(0, 0, 1)], [[(0, 0, 1), (9, 0, 1)]], gauges_at=[(0, 98, 100)])
    hazard = build({"kind": "none"}, where)
    member = hazard.member(0)
    assert hazard.weights.tolist() == [1] and hazard.n_steps == 289
    assert (member.edge_row == -1).all() and (member.place_row == -1).all()
    assert (member.signals.observed(0) == NO_LEVEL).all()
    assert member.signals.rain(0, 24).max() == 0
    assert (member.signals.onset_forecast_ms == NEVER).all()
    with pytest.raises(IndexError):
        hazard.member(1)


def test_floods_without_a_road_network(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """With a travel-time matrix instead of roads the places are flooded all the same."""
    hazard = build(make_flood([make_river()]), make_geometry([(0, 0, 100)]))
    wet = [k for k in range(20) if hazard.member(k).place_levels.max() > 0]
    assert len(wet) == 14 and hazard.member(wet[0]).edge_row.shape == (0,)
