"""When the units should move up: the placement found, called at each level of warning.

Called only when somebody is cut off they wait at their posts all along; called at "prepare" or at
"move" they drive there then, and may come too late. What earlier calls cost is the time for which
people and vehicles stand by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim.measures.catalogue import info_of
from sim.measures.paired import Paired, compare
from sim.optimize.preposition.bench import open_bench
from sim.optimize.preposition.player import PlacementPlayer, Setting
from sim.optimize.preposition.units import Placement
from sim.plan import Plan

SECTION = {"boats": "rescue", "teams": "rescue", "coaches": "fleet"}
LEVELS = {"rescue": ("incident", "prepare", "move"), "fleet": ("prepare", "move")}


@dataclass(frozen=True)
class Level:
    """call_on: as in the plan; mean: of the measure; standby_h: mean hours that all units stood by;
    paired: this level minus the plan's own, None for the plan's own."""

    call_on: str
    mean: float
    standby_h: float
    paired: Paired | None


def levels(
    setting: Setting, placement: Placement, seed: int, how: tuple[str, Sequence[int], int]
) -> tuple[Level, ...]:
    """The placement under every level of warning; how: measure, nights, workers."""
    section = SECTION.get(setting.kind.name)
    if section is None:
        return ()
    measure, nights, workers = how
    own = getattr(setting.plan.spec, section).call_on
    found, better = {}, info_of(measure).better or "lower"
    for level in LEVELS[section]:
        at = replace(setting, plan=_called(setting.plan, section, level))
        with open_bench(PlacementPlayer(at, seed), workers, None, len(nights)) as bench:
            label = at.label(placement)
            found[level] = [bench.values(label, nights, m) for m in (measure, "standby_h")]
    return tuple(
        Level(
            level, float(np.nan_to_num(values).mean()), float(hours.mean()),
            None if level == own else compare(values, found[own][0], better),
        )
        for level, (values, hours) in found.items()
    )  # fmt: skip


def _called(plan: Plan, section: str, level: str) -> Plan:
    """The plan with another level of warning."""
    part: Any = getattr(plan.spec, section)
    changed = part.model_copy(update={"call_on": level})
    return replace(plan, spec=plan.spec.model_copy(update={section: changed}))
