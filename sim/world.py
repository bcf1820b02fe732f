"""The World: everything a run reads and never writes, built once per scenario.

Arrays and rows of the schema with all references resolved to row numbers. Shared by every
replication and every plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.hazards import Hazard, Layer, Member
from sim.io.scenario_folder import ScenarioFolder
from sim.people.compiled import CompiledBehaviour
from sim.people.parties import Parties, people_present
from sim.places import Places
from sim.roads.minutes import MinutesMatrix
from sim.roads.network import Network
from sim.schema.forces import EmergencyRow
from sim.schema.scenario import ScenarioSpec
from sim.schema.tables import (
    AssemblyPointRow,
    ExitRow,
    FacilityRow,
    GaugeRow,
    ItemRow,
    OrganiserRow,
    PostRow,
    SettlementRow,
    ShelterRow,
    StationRow,
    StoreRow,
    TeamRow,
    VehicleRow,
    ZoneRow,
)

if TYPE_CHECKING:
    from sim.planning import Statics


@dataclass(frozen=True)
class Zones:
    """Zones with their gauges resolved: rows into the level and rain gauges, -1 for none."""

    rows: tuple[ZoneRow, ...]
    gauge: NDArray[np.int64]
    rain_gauge: NDArray[np.int64]
    keys: NDArray[np.uint64]


@dataclass(frozen=True)
class Homes:
    """Settlements, then facilities: row h of a home is also row h of the places.

    zone: row or -1; assembly, village_shelter, exit: rows of those tables or -1;
    assembly_mm, shelter_mm: walking distance; of_zone: home rows of every zone.
    """

    rows: tuple[SettlementRow | FacilityRow, ...]
    of_zone: tuple[tuple[int, ...], ...]
    n_settlements: int
    zone: NDArray[np.int64]
    assembly: NDArray[np.int64]
    village_shelter: NDArray[np.int64]
    exit: NDArray[np.int64]
    assembly_mm: NDArray[np.int64]
    shelter_mm: NDArray[np.int64]
    high_ground_ms: NDArray[np.int64]
    households: NDArray[np.int64]
    keys: NDArray[np.uint64]

    def zone_homes(self, zone: int) -> tuple[int, ...]:
        """Homes of a zone, in row order."""
        return self.of_zone[zone]


@dataclass(frozen=True)
class Vehicle:
    """One vehicle with its own id (numbered copies of a table row are separate vehicles)."""

    id: str
    key: int
    row: VehicleRow
    vehicle_class: str
    seats: int
    wheelchair_places: int
    depot_place: int


@dataclass(frozen=True)
class Team:
    """One rescue team at its station."""

    id: str
    key: int
    row: TeamRow
    station_place: int


@dataclass(frozen=True)
class World:
    """All of it. Row r of a table stands at place ``<table>_place + r``; homes start at 0."""

    folder: ScenarioFolder
    spec: ScenarioSpec
    clock_start: datetime
    horizon_ms: int
    roads: Network | MinutesMatrix
    places: Places
    zones: Zones
    homes: Homes
    parties: Parties
    assembly_points: tuple[AssemblyPointRow, ...]
    assembly_zone: NDArray[np.int64]
    assembly_transfer: NDArray[np.int64]
    level_gauges: tuple[GaugeRow, ...]
    rain_gauges: tuple[GaugeRow, ...]
    shelters: tuple[ShelterRow, ...]
    exits: tuple[ExitRow, ...]
    organisers: dict[str, OrganiserRow]
    posts: tuple[PostRow, ...]
    vehicles: tuple[Vehicle, ...]
    teams: tuple[Team, ...]
    behaviour: CompiledBehaviour
    hazard: Hazard
    assembly_place: int
    shelter_place: int
    exit_place: int
    stations: tuple[StationRow, ...] = ()
    stores: tuple[StoreRow, ...] = ()
    items: tuple[ItemRow, ...] = ()
    store_place: int = -1
    emergencies: tuple[EmergencyRow, ...] = ()

    @cached_property
    def statics(self) -> Statics:
        """What is computed from the World once and shared by all runs (planning tables, views)."""
        from sim.planning import Statics

        return Statics(self)

    @property
    def people_at_risk(self) -> int:
        """Persons on the to-move lists at the hour of the scenario 应转人数."""
        return int(self.parties.size.sum())

    def layers(self, member: Member) -> tuple[Layer, ...]:
        """Layers of a member with this scenario's thresholds for people."""
        harm = self.behaviour.spec.harm
        return member.layers(harm.leave_blocked_mm, harm.exposed_mm)

    def zone_of_party(self) -> NDArray[np.int64]:
        """Zone row of every party, int64[n_parties]."""
        return self.homes.zone[self.parties.home]


def counts_by_day(spec: ScenarioSpec, clock_start: datetime) -> bool:
    """Whether the scenario counts the people who are there by day."""
    hour = spec.present.hour
    return hour == "day" or (hour == "auto" and is_day(clock_start))


def is_day(moment: datetime) -> bool:
    """Whether the daytime head-count holds (07:00-19:00)."""
    return 7 <= moment.hour < 19


def households_off_lists(world: World, home: int) -> int:
    """Households present at a settlement that is on no to-move list."""
    row, spec = world.homes.rows[home], world.spec
    if not isinstance(row, SettlementRow):
        raise TypeError("only settlements have households")
    by_day = counts_by_day(spec, world.clock_start)
    size = row.household_size or spec.behaviour.household_size
    return round(people_present(row, spec.present, by_day) / size)
