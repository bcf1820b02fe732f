"""What every disaster kind gives to the engine, and nothing more.

A hazard is an ensemble of *members*. One replication plays one member. A member holds the level
at places and on road edges over time, and the signals (observed and forecast) on which plans may
act. Levels are piecewise constant: value ``k`` is valid on ``[k * step_ms, (k + 1) * step_ms)``.

No foresight: who reads signals at time ``t`` may index steps up to ``t // step_ms`` only. All
forecasts are stored by the step at which they were issued, so this rule is enough.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from sim.clock import MS_PER_MIN, NO_LEVEL
from sim.draws_tables import LookUp
from sim.hazards.signals import Signals as Signals
from sim.roads.levels import WATER, LevelScale
from sim.schema.problems import Problem

IntArray = npt.NDArray[np.int64]
LevelArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

MEMBER_BYTES_KEPT = 16_000_000
"""Memory for the members used last; one member of a county takes two to four megabytes."""

NO_WATER_MM = -10_000
"""Level at a place before recorded water comes: so low that no home of the place is wet."""


@dataclass(frozen=True, slots=True)
class Gauges:
    """River gauges. ``chainage_m`` is -1 where the table does not state it (then snapped)."""

    ids: tuple[str, ...] = ()
    x: FloatArray = field(default_factory=lambda: np.zeros(0))
    y: FloatArray = field(default_factory=lambda: np.zeros(0))
    river: tuple[str, ...] = ()
    chainage_m: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))
    warning_mm: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))
    guarantee_mm: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))


@dataclass(frozen=True, slots=True)
class RainGauges:
    """Rain gauges by id and position in the working coordinate system (metres)."""

    ids: tuple[str, ...] = ()
    x: FloatArray = field(default_factory=lambda: np.zeros(0))
    y: FloatArray = field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True, slots=True)
class Geometry:
    """Where a hazard is asked for levels: places, road edges with samples, gauges.

    Coordinates are metres in the working coordinate system ``crs``. Elevations are millimetres,
    NO_LEVEL where unknown. ``sample_start`` (n_edges + 1) indexes the samples of each edge.
    ``edge_deck_mm`` is NO_LEVEL where the edge is no bridge or its deck is unknown. The first
    ``n_homes`` places are those where people live; ``edge_width_mm`` is 0 where unknown, or empty.
    """

    crs: str
    place_ids: tuple[str, ...]
    place_x: FloatArray
    place_y: FloatArray
    place_z_mm: IntArray
    sample_start: IntArray
    sample_x: FloatArray
    sample_y: FloatArray
    sample_z_mm: IntArray
    edge_bridge: BoolArray
    edge_low_water_bridge: BoolArray
    edge_deck_mm: IntArray
    gauges: Gauges = field(default_factory=Gauges)
    rain_gauges: RainGauges = field(default_factory=RainGauges)
    n_homes: int = 0
    edge_width_mm: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))

    @property
    def n_places(self) -> int:
        """Number of places."""
        return len(self.place_ids)

    @property
    def n_edges(self) -> int:
        """Number of directed edges."""
        return len(self.sample_start) - 1

    def surface_mm(self) -> IntArray:
        """Road surface at the samples: the deck of a bridge where it is known, else the ground."""
        deck = np.repeat(self.edge_deck_mm, np.diff(self.sample_start))
        return np.asarray(np.where(deck != NO_LEVEL, deck, self.sample_z_mm))


@dataclass(frozen=True, slots=True)
class Setting:
    """What a hazard must know of the scenario around it."""

    folder: Path
    clock_start: datetime
    horizon_min: int
    crs: str = ""
    """Coordinate system of the hazard's own coordinates and layers; empty: the working one."""

    def steps(self, step_ms: int) -> int:
        """Steps that cover the horizon; the last one begins at or after the horizon's end."""
        return -(-self.horizon_min * MS_PER_MIN // step_ms) + 1


@dataclass(frozen=True, slots=True)
class Layer:
    """Levels of one kind of danger on edges and at places.

    Attributes:
        scale: what the whole numbers mean.
        edge_row, edge_levels, place_row, place_levels: as in ``Member``.
        place_harm: int32 [n_places], level from which somebody at a place is exposed; None: that
            of the scale everywhere. A solid house and a shed stand different winds.
    """

    scale: LevelScale
    edge_row: LevelArray
    edge_levels: LevelArray
    place_row: LevelArray
    place_levels: LevelArray
    place_harm: LevelArray | None = None

    def harm_at(self, places: IntArray) -> IntArray:
        """Level from which somebody is exposed at each of some places, int64."""
        if self.place_harm is None:
            return np.full(np.shape(places), self.scale.harm_level, np.int64)
        return self.place_harm[places].astype(np.int64)


class Injuries(NamedTuple):
    """What blows do to those whom they neither kill nor bury; shares in 2^-32, int64.

    Attributes:
        got_out_q32: [n_blows] share of the households whose house falls and who get out of it.
        in_ruins_q32: [n_blows, 2] shares of their persons who are hurt badly, and lightly.
        standing_q32: [n_blows, 2] the same of the persons of all other households there.
        dug_out_q32: share of the persons who are badly hurt when they are dug out.
        carried_q32: share of the badly hurt whom family and neighbours bring to a doctor.
    """

    got_out_q32: IntArray
    in_ruins_q32: IntArray
    standing_q32: IntArray
    dug_out_q32: int
    carried_q32: int


@dataclass(frozen=True, slots=True)
class Blows:
    """Houses that fall or are buried, each at one moment with the people who are still in them.

    Attributes:
        time_ms: int64 [n_blows]. place: int32 [n_blows], rows of settlements and facilities.
        killed_q32, trapped_q32: int64 [n_blows], shares of the households there that die at once,
            and that are buried alive, in 2^-32.
        endures: how long who is buried lives (ms). dig: how long freeing a household takes (ms).
        injuries: who is hurt besides; None for a kind that does not say.
    """

    time_ms: IntArray
    place: LevelArray
    killed_q32: IntArray
    trapped_q32: IntArray
    endures: LookUp
    dig: LookUp
    injuries: Injuries | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One way in which the disaster may come.

    Attributes:
        index: number of the member in the ensemble.
        label: short text for reports, e.g. ``"m07 false alarm"``.
        edge_row: int32 [n_edges], row in ``edge_levels``; -1 where the edge is dry for ever.
        edge_levels: int32 [n_rows, n_steps], depth in mm, the greatest along the edge, ≥ 0. Both
            directions of a road share one row.
        place_row: int32 [n_places], row in ``place_levels``; -1 where the place is out of reach.
        place_levels: int32 [n_rows, n_steps], water level above the place's ground in mm; negative
            while the surface is below the ground, so that lower and higher homes can be offset.
        signals: what is observed and forecast.
        edge_velocity_mm_s: like ``edge_levels`` where the source knows velocities, else None.
        place_velocity_mm_s: like ``place_levels`` where the source knows velocities, else None.
        scale: what the levels mean, water unless stated; other scales have their own unit above.
        more: further layers that come with it: wind with water, slides with a flash flood.
        place_harm: as in ``Layer``.
        blows: houses that fall; None for a kind that cannot strike so.
        measures: what the danger itself comes to, by the names of the measures: the burnt share.
    """

    index: int
    label: str
    edge_row: LevelArray
    edge_levels: LevelArray
    place_row: LevelArray
    place_levels: LevelArray
    signals: Signals
    edge_velocity_mm_s: LevelArray | None = None
    place_velocity_mm_s: LevelArray | None = None
    scale: LevelScale = WATER
    more: tuple[Layer, ...] = ()
    place_harm: LevelArray | None = None
    blows: Blows | None = None
    measures: Mapping[str, float] = field(default_factory=dict)

    def layers(self, door: int, harm: int) -> tuple[Layer, ...]:
        """All layers, the own levels first, with thresholds for people where a scale has none."""
        own = Layer(
            *(self.scale, self.edge_row, self.edge_levels),
            *(self.place_row, self.place_levels, self.place_harm),
        )
        return tuple(
            replace(layer, scale=layer.scale.with_limits(door, harm)) for layer in (own, *self.more)
        )


class Hazard(Protocol):
    """The one interface of all disaster kinds (law 8)."""

    @property
    def step_ms(self) -> int:
        """Length of a step."""
        ...

    @property
    def n_steps(self) -> int:
        """Number of steps of every member."""
        ...

    @property
    def weights(self) -> IntArray:
        """Weight of each member in the draw; int64 [n_members]."""
        ...

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What the planner should know about the hazard, found while building it."""
        ...

    def member(self, k: int) -> Member:
        """Member ``k``, built when first asked for."""
        ...


class MemberCache:
    """The members used last, so that a process does not hold a whole ensemble."""

    def __init__(self, build: Callable[[int], Member], kept_bytes: int = MEMBER_BYTES_KEPT) -> None:
        self._build = build
        self._kept_bytes = kept_bytes
        self._members: OrderedDict[int, Member] = OrderedDict()

    def get(self, k: int) -> Member:
        """Member ``k``, from memory or built anew (the same integers either way)."""
        if k not in self._members:
            self._members[k] = self._build(k)
            while len(self._members) > 1 and self._bytes() > self._kept_bytes:
                self._members.popitem(last=False)
        self._members.move_to_end(k)
        return self._members[k]

    def _bytes(self) -> int:
        held = self._members.values()
        return sum(member.edge_levels.nbytes + member.place_levels.nbytes for member in held)
