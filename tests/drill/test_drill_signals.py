"""Signals as a duty officer reads them out: once, and with the hour at which the danger comes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from sim.clock import MS_PER_MIN
from sim.drill.scene import Scene
from sim.drill.signals import _expected, _said_once
from sim.schema.plan_when import TriggerRule


def _scene(*rules: dict[str, Any]) -> Scene:
    spec = SimpleNamespace(when=SimpleNamespace(rules=[TriggerRule(**rule) for rule in rules]))
    return cast(Scene, SimpleNamespace(plan=SimpleNamespace(spec=spec)))


def test_one_forecast_for_two_orders_is_one_inject() -> None:
    """Prepare here, move there, on one forecast of the whole county: said once, for all zones."""
    onset = {"signal": "onset_forecast", "lead_h": 24}
    scene = _scene(onset | {"action": "prepare"}, onset | {"action": "move"})
    found = _said_once(scene, [(600, 0, [(0, 5)]), (600, 1, [(1, 5)]), (900, 1, [(2, 5)])])
    assert [(t, [rule.action for rule in rules], zones) for t, rules, zones in found] == [
        (600, ["prepare", "move"], [(0, 5), (1, 5)]),
        (900, ["move"], [(2, 5)]),
    ]


def test_gauges_speak_each_for_itself() -> None:
    """Two rules of levels at one moment are two messages: they come from two gauges."""
    level = {"signal": "observed_level", "reaches": "warning"}
    scene = _scene(level | {"action": "prepare"}, level | {"action": "move"})
    assert len(_said_once(scene, [(600, 0, [(0, 5)]), (600, 1, [(1, 5)])])) == 2


@pytest.mark.parametrize(
    ("left_min", "said"),
    [(0, "火已到村"), (-5, "火已到村"), (40, "预计 40 分钟后火到村"), (300, "预计 5 小时后火到村")],
)
def test_when_the_danger_comes(left_min: int, said: str) -> None:
    """Minutes while they are few, hours from two on, and that it is there once it is there."""
    assert _expected("fire", left_min * MS_PER_MIN)[0] == said
