"""The force of a run: its teams as units, what they bring, and which ambulances are spoken for."""

from __future__ import annotations

from collections.abc import Sequence

from sim.clock import minutes
from sim.forces.capabilities import Capabilities
from sim.forces.incidents import Need
from sim.forces.teams import brings, unit_of, vehicles_of
from sim.forces.units import UnitSpec
from sim.processes.moves import class_of
from sim.schema.forces import EmergencyRow, amounts_of
from sim.schema.plan_forces import Rescue as RescueSpec
from sim.schema.tables import SettlementRow
from sim.state import Run
from sim.world import Team, World

EVERYDAY = "@daily"
"""Behind the name of a capability: as everyday calls ask for it. Ambulances that are kept for
those bring nothing else."""


class Force:
    """Teams with skills.

    Attributes:
        teams: number of each in the scenario's table, and the team itself.
        specs: the same teams as units. vehicles: their classes, by the units' ``kind``.
    """

    def __init__(self, run: Run, spec: RescueSpec | None) -> None:
        self.run, world = run, run.world
        called = spec is not None
        spec = spec or RescueSpec()
        self.teams = [(k, t) for k, t in enumerate(world.teams) if t.row.skills and called]
        rows = [team.row for _, team in self.teams]
        kinds = world.emergencies
        asked = {name for kind in kinds for name in amounts_of(kind.needs + ";" + kind.full)}
        names = asked | {name for row in rows for name in brings(row)}
        self._kept = self._kept_for_everyday(spec.daily_duty_share)
        if self._kept:
            names |= {name + EVERYDAY for name in names}
        self.capabilities = Capabilities(names)
        vehicles = vehicles_of(rows)
        self.vehicles = [class_of(name) for name in vehicles]
        self._townships = townships(world)
        self.specs = [
            self._unit(row, team, vehicles, spec.aid_min)
            for row, (_, team) in enumerate(self.teams)
        ]

    def _kept_for_everyday(self, share: float) -> set[int]:
        """Ambulances kept for everyday calls, spread evenly over their list; none where nothing
        but everyday calls is asked for."""
        if all(kind.arises == "daily" for kind in self.run.world.emergencies):
            return set()
        rows = [k for k, (_, t) in enumerate(self.teams) if t.row.vehicle_class == "ambulance"]
        return spread_over(rows, share)

    def _unit(self, row: int, team: Team, vehicles: Sequence[str], aid_min: float) -> UnitSpec:
        """A team at its station; ready after its own minutes or a keyed muster."""
        run = self.run
        post = int(run.world.places.node[team.station_place])
        made = unit_of(team.row, post, self.capabilities, vehicles)
        gives = made.gives
        if self._kept:
            mine = brings(team.row)
            everyday = {name + EVERYDAY: number for name, number in mine.items()}
            gives = self.capabilities.brought(everyday if row in self._kept else everyday | mine)
        ready = made.turnout_ms
        if team.row.ready_min is None:
            ready = run.draw("rescue/muster", run.world.behaviour.muster, team.key)
        stations = {station.id: station.township for station in run.world.stations}
        district = self._townships.get(stations[team.row.station], -1)
        return UnitSpec(gives, post, made.kind, district, ready, minutes(aid_min))

    def need(self, kind: EmergencyRow, whole: bool) -> Need:
        """What a kind asks for, or the minimum only."""
        sets = [amounts_of(kind.needs), amounts_of(kind.full if whole else kind.needs)]
        if self._kept and kind.arises == "daily":
            sets = [{name + EVERYDAY: n for name, n in asked.items()} for asked in sets]
        return self.capabilities.need(*sets)

    def district(self, home: int) -> int:
        """Number of the township of a home, -1 for none that has a station."""
        return district_of(self.run.world, self._townships, home)


def spread_over(rows: Sequence[int], share: float) -> set[int]:
    """A share of a list, rounded down and spread evenly over it."""
    n, kept = len(rows), int(len(rows) * share)
    return {row for i, row in enumerate(rows) if (i + 1) * kept // n > i * kept // n}


def district_of(world: World, numbers: dict[str, int], home: int) -> int:
    """Number of the township of a home, -1 for no home, or for none that has a station."""
    row = world.homes.rows[home] if 0 <= home < len(world.homes.rows) else None
    return numbers.get(row.township, -1) if isinstance(row, SettlementRow) else -1


def townships(world: World) -> dict[str, int]:
    """A number for every township that has a station."""
    names = sorted({row.township for row in world.stations} - {""})
    return {name: k for k, name in enumerate(names)}
