"""Zones taken together: counts, the median zone, and whether the gauges tell in time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from order_cases import by_matrix, search

from sim.optimize.groups import read_groups
from sim.optimize.thresholds import Threshold
from sim.optimize.trigger import Question
from sim.optimize.zone_orders import ZoneOrder


def level(safe: float, above_start: float) -> Threshold:
    """A reading of gauge 0."""
    return Threshold("level", 0, safe, safe, above_start, 0.5, 0.0)


def county(tags: list[str]) -> Any:
    """Zones with these tags, and one gauge that warns at 12 m."""
    return SimpleNamespace(
        zones=SimpleNamespace(rows=[SimpleNamespace(tag=tag) for tag in tags]),
        level_gauges=[SimpleNamespace(warning_level_m=12.0)],
    )


def nights_of(n_zones: int) -> Any:
    """Two nights under one shift; in the first every zone is hit and out, in the second none."""
    hit, never = np.full(n_zones, 5), np.full(n_zones, 2**53)
    return SimpleNamespace(
        deadline_ms=np.array([hit, never]), agreed=np.full((2, n_zones), 10),
        met=np.ones((1, 2, 1, n_zones), bool), out=np.full((2, 1, n_zones), 9),
    )  # fmt: skip


@pytest.fixture
def zone(tmp_path: Path) -> ZoneOrder:
    """The river zone of the tiny county: 35 minutes are needed."""
    return search(by_matrix(35), tmp_path, Question(1, 1, (0,)))[1].zones[0]


def test_group_of_five_zones(zone: ZoneOrder) -> None:
    """Of levels 11, 13 and 14 m the middle one lies 1 m above warning. A gauge that has risen by
    10 cm is silent; that of a zone that no order saves says nothing. The median of five leads is
    the third, and the one without an answer is +∞."""
    leads = (20.0, 30.0, 35.0, 50.0, np.inf)
    levels = (level(11, 2), level(13, 4), level(14, 5), level(9.1, 0.1), level(-np.inf, -np.inf))
    zones = tuple(
        replace(
            zone, zone=k, lead=replace(zone.lead, min=leads[k]), level=levels[k],
            status="not_enough" if np.isinf(leads[k]) else "found",
        )
        for k in range(5)
    )  # fmt: skip
    groups = read_groups(county(["a"] * 5), nights_of(5), zones, (0,))
    assert len(groups) == 1, "one tag holds all zones: nothing to add up"
    group = groups[0]
    assert (group.lead_min, group.lead_p90_min) == (35.0, np.inf)
    assert (group.n_gauged, group.n_silent, group.over_warning_m) == (4, 1, 1.0)
    at = group.shifts[0]
    assert (at.met, at.n, at.persons_out, at.persons) == (5, 5, 45, 50)


def test_groups_by_tag_and_all_together(zone: ZoneOrder) -> None:
    """Tags in the order of the zones, then all; zones without a tag count among all only."""
    zones = tuple(replace(zone, zone=k) for k in range(3))
    groups = read_groups(county(["b", "", "a"]), nights_of(3), zones, (0,))
    assert [(group.tag, group.n_zones) for group in groups] == [("b", 1), ("a", 1), ("", 3)]
