"""What a level means: one scale per kind of danger, and what it does to vehicles and people.

A kind of disaster states its levels as whole numbers on a scale of its own: millimetres of water,
tenths of m/s of wind, a road narrowed by debris. Roads, queues and the compiled kernels know one
currency only: the depth of water that would hinder a vehicle class as much (``hindrance_mm``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from sim.roads.network import Int32Array
from sim.roads.passability import VehicleClass, speed_table

SHUT_MM = 30_000
"""Hindrance of a road that a class cannot use at all; no driver dares to enter water so deep."""

NEVER_LEVEL = 2**31 - 1
"""A threshold that no level reaches."""


@dataclass(frozen=True)
class ClassRule:
    """What a level does to one vehicle class.

    stops: level from which it stands still. slows: (level, km/h), ascending levels from which it
    goes no faster.
    """

    stops: int = NEVER_LEVEL
    slows: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class LevelScale:
    """What the whole numbers of a level mean.

    code: names the scale's texts (``level.<code>.…`` in sim.texts). per_unit: whole numbers per
    shown unit. shown: ascending lower limits of the classes drawn on the map's roads. harm: level
    from which somebody there is exposed; door: level at a home from which its people cannot leave
    by themselves (NEVER_LEVEL: no such level); None: as the scenario's ``behaviour.harm`` says.
    rules: what levels do to a vehicle class by name ("boat" is one); a class without a rule goes
    on. is_water: the level is a depth: vehicles follow sim/defaults/passability.csv, homes lie
    higher or lower, upper floors are safe, drivers may dare, boats float. clings: who was at its
    harm level carries it on him, and may have to be washed before he goes in anywhere.
    """

    code: str
    per_unit: int
    shown: tuple[int, ...]
    harm: int | None = None
    door: int | None = None
    rules: Mapping[str, ClassRule] = field(default_factory=dict)
    is_water: bool = False
    clings: bool = False

    def with_limits(self, door: int, harm: int) -> LevelScale:
        """The scale with thresholds for people where it states none itself."""
        if self.harm is not None and self.door is not None:
            return self
        return replace(
            self,
            harm=harm if self.harm is None else self.harm,
            door=door if self.door is None else self.door,
        )

    @property
    def harm_level(self) -> int:
        """Level from which somebody is exposed.

        Raises:
            ValueError: the scenario's thresholds have not been filled in (``with_limits``).
        """
        if self.harm is None:
            raise ValueError(f"scale {self.code} has no harm level yet")
        return self.harm

    @property
    def door_level(self) -> int:
        """Level from which nobody leaves a home by himself.

        Raises:
            ValueError: the scenario's thresholds have not been filled in (``with_limits``).
        """
        if self.door is None:
            raise ValueError(f"scale {self.code} has no door level yet")
        return self.door

    def stops(self, name: str, level: int) -> bool:
        """Whether a class with a rule of its own stands still at a level."""
        rule = self.rules.get(name)
        return rule is not None and level >= rule.stops

    def hindrance_mm(self, levels: Int32Array, vehicle: VehicleClass) -> Int32Array:
        """Depth of water that would hinder a class as much as each level, int32 like levels."""
        if self.is_water:
            return levels
        rule = self.rules.get(vehicle.name.partition("/")[0])
        if rule is None:
            return np.zeros_like(levels)
        limits = [level for level, _ in rule.slows if level < rule.stops] + [rule.stops]
        table = speed_table(vehicle)
        slower = [_depth_for(table, kmh) for level, kmh in rule.slows if level < rule.stops]
        values = np.array([0, *slower, SHUT_MM], dtype=np.int32)
        return values[np.searchsorted(np.array(limits), levels, side="right")]


def _depth_for(table: Int32Array, kmh: int) -> int:
    """Smallest depth in which a class goes no faster than a speed."""
    slow = np.flatnonzero(table[1:] <= kmh * 1000)
    return 1 + int(slow[0]) if len(slow) else len(table) - 1


WATER = LevelScale("water", per_unit=1000, shown=(1, 150, 300, 600), is_water=True)
"""Depth of water in mm. Drawn on the map: wet; 15 cm stops the careful; at 30 cm cars stop and at
60 cm everything on wheels. Thresholds for people come from the scenario."""
