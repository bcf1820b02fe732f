"""Teams as units to be placed: those with boats, and those with skills that answer emergencies."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from sim.draws import stable_key
from sim.forces.teams import brings
from sim.log import Kind, TeamStatus
from sim.measures.facts import Facts
from sim.measures.waits import stranded_waits
from sim.optimize.preposition.limit_boats import BoatLimit
from sim.optimize.preposition.limit_teams import TeamLimit
from sim.optimize.preposition.setting import Setting
from sim.optimize.preposition.units import Calls, Unit, copies_of, put_together, write_staged
from sim.optimize.preposition.waits import emergency_waits
from sim.plan import Plan
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.schema.forces import amounts_of
from sim.world import Team, World


def _team(world: World, unit: str) -> Team:
    return next(team for team in world.teams if team.id == unit)


class _PlacedTeams(ABC):
    """What boat teams and teams with skills have in common: both wait where ``rescue.staged``
    says, and one more is a further row of the table of teams."""

    tables: tuple[str, ...] = ("stations", "depots", "assembly_points")
    section, level = "rescue", "call_on"
    levels: tuple[str, ...] = ("incident", "prepare", "move")

    @abstractmethod
    def _unit(self, team: Team) -> tuple[str, int]:
        """What a team of this kind can do, and its capacity; empty: not of this kind."""

    @abstractmethod
    def _brought(self, facts: Facts) -> np.ndarray:
        """What every team brought or did, by row of the team."""

    def units(self, world: World, plan: Plan) -> tuple[Unit, ...]:
        """Teams of this kind; none without a rescue section."""
        if plan.spec.rescue is None:
            return ()
        found = []
        for team in world.teams:
            kind, capacity = self._unit(team)
            if kind:
                own = plan.team_place.get(team.id, team.station_place)
                found.append(Unit(team.id, kind, capacity, team.station_place, own))
        return tuple(found)

    def carried(self, facts: Facts) -> dict[str, int]:
        """See UnitKind."""
        brought = self._brought(facts)
        return {team.id: int(brought[k]) for k, team in enumerate(facts.world.teams)}

    def loads(self, world: World, plan: Plan, unit: str) -> int:
        """See UnitKind."""
        return 1

    def staged(self, plan: Plan, places: Mapping[str, int]) -> Plan:
        """See UnitKind."""
        return replace(plan, team_place={**plan.team_place, **places})

    def document(self, spec: Any, places: Mapping[str, str]) -> None:
        """See UnitKind."""
        write_staged(spec["rescue"], places)

    def further(self, world: World, unit: str, copies: int) -> World:
        """See UnitKind."""
        team = _team(world, unit)
        more = [
            replace(
                team, id=name, key=stable_key(name), row=team.row.model_copy(update={"id": name})
            )
            for name in copies_of(unit, copies)
        ]
        return replace(world, teams=(*world.teams, *more))


class Boats(_PlacedTeams):
    """Boat teams 冲锋舟队伍."""

    name, measure = "boats", "stranded_person_h"

    def _unit(self, team: Team) -> tuple[str, int]:
        if not team.row.boats or team.row.skills:
            return "", 0
        capacity = team.row.boats * team.row.persons_per_trip
        return "boats", capacity

    def vehicle(self, world: World) -> VehicleClass:
        """Trucks carry the boats."""
        return vehicle_classes()["high_clearance"]

    def calls(self, facts: Facts) -> Calls:
        """Where people were cut off."""
        waits = stranded_waits(facts)
        length = waits.end_ms - waits.start_ms
        return put_together(waits.place, waits.start_ms, facts.size[waits.party], length)

    def answers(self, world: World, unit: str, asks: int) -> bool:
        """Every boat can take everybody."""
        return True

    def _brought(self, facts: Facts) -> np.ndarray:
        """Persons, by boat trips."""
        rows = facts.of(Kind.BOAT_TRIP)
        return np.bincount(rows["who"], rows["value"], minlength=len(facts.world.teams))

    def larger(self, world: World, unit: str) -> World:
        """One boat more."""
        teams = [
            replace(team, row=team.row.model_copy(update={"boats": team.row.boats + 1}))
            if team.id == unit
            else team
            for team in world.teams
        ]
        return replace(world, teams=tuple(teams))

    def limit(self, setting: Setting) -> BoatLimit:
        """See UnitKind."""
        return BoatLimit(setting)


class Teams(_PlacedTeams):
    """Teams with skills 专业队伍, which answer emergencies."""

    name, measure = "teams", "emergency_wait_h"

    def _unit(self, team: Team) -> tuple[str, int]:
        skills = team.row.skills
        able = ",".join((team.row.vehicle_class, *sorted(brings(team.row)))) if skills else ""
        return able, sum(amounts_of(skills).values())

    def vehicle(self, world: World) -> VehicleClass:
        """The class that most of them drive."""
        classes = [
            team.row.vehicle_class
            for team in world.teams
            if team.row.skills and team.row.vehicle_class in vehicle_classes()
        ] or ["high_clearance"]
        return vehicle_classes()[max(classes, key=lambda name: (classes.count(name), name))]

    def calls(self, facts: Facts) -> Calls:
        """Where emergencies were reported, and until when nobody was there."""
        rows = facts.of(Kind.EMERGENCY)
        one, kinds = np.ones(len(rows), dtype=np.int64), rows["value"].astype(np.int64)
        place = rows["place"].astype(np.int64)
        return put_together(place, rows["t"], one, emergency_waits(facts), kinds)

    def answers(self, world: World, unit: str, asks: int) -> bool:
        """Teams that bring something of what a kind of emergency asks for, in full."""
        row, kind = _team(world, unit).row, world.emergencies[asks]
        return not set(brings(row)).isdisjoint(amounts_of(kind.needs + ";" + kind.full))

    def _brought(self, facts: Facts) -> np.ndarray:
        """Arrivals at a site."""
        rows = facts.of(Kind.TEAM)
        rows = rows[rows["value"] == TeamStatus.ON_SITE]
        return np.bincount(rows["who"], minlength=len(facts.world.teams))

    def larger(self, world: World, unit: str) -> None:
        """A team has the people it has."""

    def limit(self, setting: Setting) -> TeamLimit:
        """See UnitKind."""
        return TeamLimit(setting)
