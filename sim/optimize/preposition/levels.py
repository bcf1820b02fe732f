"""When the units should move up: the placement found, called at each level of warning.

Waiting at their posts all along they are there; called at "prepare" or at "move" they drive there
then, and may come too late. What earlier calls cost is the time for which people and vehicles
stand by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim.measures.catalogue import info_of
from sim.measures.paired import Paired, compare
from sim.optimize.preposition.bench import Bench
from sim.optimize.preposition.scene import Scene
from sim.optimize.preposition.setting import Setting
from sim.optimize.preposition.units import Placement


@dataclass(frozen=True)
class Level:
    """call_on: as in the plan; mean: of the measure; standby_h: mean hours that all units stood by;
    paired: this level minus the plan's own, None for the plan's own."""

    call_on: str
    mean: float
    standby_h: float
    paired: Paired | None


def scenes(setting: Setting, placement: Placement) -> dict[str, Scene]:
    """The placement at every level of warning; none for kinds that know no levels."""
    base, own = setting.scene(placement, fresh=True), own_level(setting)
    return {
        level: base if level == own else replace(base, call_on=level)
        for level in setting.kind.levels
    }


def own_level(setting: Setting) -> str:
    """The plan's own."""
    part: Any = getattr(setting.plan.spec, setting.kind.section)
    return str(getattr(part, setting.kind.level)) if setting.kind.level else ""


def levels(
    bench: Bench, setting: Setting, some: dict[str, Scene], how: tuple[str, Sequence[int]]
) -> tuple[Level, ...]:
    """How the levels fared; how: measure and nights."""
    measure, nights = how
    own, better = own_level(setting), info_of(measure).better or "lower"
    values = {level: bench.values(scene.text(), nights, measure) for level, scene in some.items()}
    hours = {
        level: bench.values(scene.text(), nights, "standby_h") for level, scene in some.items()
    }
    return tuple(
        Level(
            level, float(np.nan_to_num(values[level]).mean()), float(hours[level].mean()),
            None if level == own else compare(values[level], values[own], better),
        )
        for level in some
    )  # fmt: skip
