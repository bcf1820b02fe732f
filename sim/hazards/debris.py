"""The scale of blocked roads: earth, trees and rubble, whatever brought them."""

from __future__ import annotations

from sim.roads.levels import NEVER_LEVEL, ClassRule, LevelScale

NARROWED, SMALL_ONLY, ON_FOOT_ONLY, BLOCKED = 1, 2, 3, 4

_WIDE = ClassRule(SMALL_ONLY, ((NARROWED, 20),))
_SMALL = ClassRule(ON_FOOT_ONLY, ((NARROWED, 20),))

DEBRIS = LevelScale(
    "debris",
    per_unit=1,
    shown=(1, 2, 3, 4),
    harm=BLOCKED,
    door=NEVER_LEVEL,
    rules={
        **dict.fromkeys(("coach", "minibus", "truck", "high_clearance"), _WIDE),
        **dict.fromkeys(("car", "ambulance"), _SMALL),
        "on_foot": ClassRule(BLOCKED),
    },
)
"""1 narrowed, everybody creeps; 2 cars and walkers only; 3 walkers only; 4 nobody (judgement).
At places 4 means that houses are being buried."""
