"""Injects speak of the danger that is there: words by the scales that the hazard declares."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from sim.drill.danger import BURIED, CUT, Danger
from sim.hazards.base import Layer
from sim.hazards.debris import DEBRIS
from sim.measures.facts import Facts
from sim.roads.levels import WATER
from sim.roads.network import Edges, Nodes, build_network
from sim.texts.drill import EXPECTED, INJECTS
from sim.texts.drill_danger import DANGER_WORDS
from sim.texts.levels import LEVELS

WATERY = re.compile(r"水(?!位)|淹|船|艇|\bwater|boat|flood", re.IGNORECASE)
CODES = sorted({key.partition(".")[0] for key in LEVELS})
WHATS = sorted({key.partition(".")[2] for key in DANGER_WORDS if key.startswith("water.")})
STEP = 600_000


@pytest.mark.parametrize("code", CODES)
def test_every_scale_has_all_words(code: str) -> None:
    """A scale that a hazard may use has every word of an inject, in both languages."""
    for what in WHATS:
        assert all(DANGER_WORDS[f"{code}.{what}"])


def test_only_water_speaks_of_water() -> None:
    """No boats in a fire: watery words stand in the words of water and of gauges alone."""
    others = {key: pair for key, pair in DANGER_WORDS.items() if not key.startswith("water.")}
    levels = ("trigger_observed_level", "trigger_forecast_level", "trigger_alone")
    injects = {key: pair for key, pair in INJECTS.items() if key not in levels}
    for key, pair in (others | injects | EXPECTED).items():
        assert not WATERY.search("".join(pair)), key
    assert WATERY.search("".join(DANGER_WORDS["water.shut"]))


class _Parties:
    """One party in each of two homes."""

    start, offset_mm = np.array([0, 1, 2]), np.zeros(2, np.int64)

    def __len__(self) -> int:
        return 2


def _night(blows: Any = None) -> Danger:
    """A road of three edges, homes at its ends: n0 has water at its door, n3 nothing.

    From step 1 water shuts the first edge, from step 2 rubble the last one.
    """
    n = 4
    nodes = Nodes(tuple("abcd"), np.arange(n) * 100.0, np.zeros(n))
    at = np.arange(n - 1, dtype=np.int32)
    edges = Edges(tuple("xyz"), at, at + 1, np.full(n - 1, 400, np.int32))
    water = Layer(
        *(WATER.with_limits(500, 500), np.array([0, -1, -1], np.int32)),
        *(np.array([[0, 900, 900]], np.int32), np.array([0, -1], np.int32)),
        np.array([[0, 600, 600]], np.int32),
    )
    debris = Layer(
        *(DEBRIS, np.array([-1, -1, 0], np.int32), np.array([[0, 0, 4]], np.int32)),
        *(np.array([-1, -1], np.int32), np.zeros((0, 3), np.int32)),
    )
    world = SimpleNamespace(
        roads=build_network(nodes, edges),
        places=SimpleNamespace(node=np.array([0, 3, 0])),
        homes=SimpleNamespace(zone=np.zeros(2, np.int64)),
        parties=_Parties(),
        hazard=SimpleNamespace(step_ms=STEP),
    )
    member = SimpleNamespace(blows=blows)
    view = SimpleNamespace(layers=(water, debris), member=member)
    return Danger(cast(Facts, SimpleNamespace(world=world, view=view)))


def test_the_nearest_shut_road_says_why() -> None:
    """Water at one end, rubble at the other, each from its own hour; before: the main danger."""
    night = _night()
    assert [night.on_roads(k * STEP, 0) for k in (0, 1, 2)] == ["water"] * 3
    assert [night.on_roads(k * STEP, 1) for k in (0, 1, 2)] == ["water", "water", "debris"]


def test_callers_say_what_holds_them() -> None:
    """Water at the door from its hour on; before, elsewhere and at other places the road is cut."""
    night = _night()
    assert [night.of_callers(k * STEP, 0) for k in (0, 1)] == [CUT, "water"]
    assert night.of_callers(2 * STEP, 1) == CUT
    assert night.of_callers(2 * STEP, 2) == CUT


def test_fallen_houses_come_first() -> None:
    """From the moment at which houses fall, callers there are buried, whatever else is there."""
    blows = SimpleNamespace(place=np.array([0]), time_ms=np.array([2 * STEP]))
    night = _night(blows)
    assert [night.of_callers(k * STEP, 0) for k in (1, 2)] == ["water", BURIED]
    assert night.of_callers(2 * STEP, 1) == CUT
