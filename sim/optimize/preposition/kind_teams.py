"""Teams as units to be placed: those with boats, and those with skills that answer emergencies."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from sim.draws import stable_key
from sim.log import Kind, TeamStatus
from sim.measures.facts import Facts
from sim.measures.waits import stranded_waits
from sim.optimize.preposition.units import Calls, Unit, copies_of, put_together, write_staged
from sim.optimize.preposition.waits import emergency_waits
from sim.plan import Plan
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.schema.forces import amounts_of
from sim.world import Team, World


class _PlacedTeams(ABC):
    """What boat teams and teams with skills have in common: both wait where ``rescue.staged``
    says, and one more is a further row of the table of teams."""

    tables: tuple[str, ...] = ("stations", "depots", "assembly_points")

    @abstractmethod
    def _unit(self, team: Team) -> tuple[str, int]:
        """Type and capacity of a team of this kind; an empty type: not of this kind."""

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

    def staged(self, plan: Plan, places: Mapping[str, int]) -> Plan:
        """See UnitKind."""
        return replace(plan, team_place={**plan.team_place, **places})

    def document(self, spec: Any, places: Mapping[str, str]) -> None:
        """See UnitKind."""
        write_staged(spec["rescue"], places)

    def further(self, world: World, unit: str, copies: int) -> World:
        """See UnitKind."""
        team = next(team for team in world.teams if team.id == unit)
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
        return f"{team.row.boats}x{team.row.persons_per_trip}/{team.row.night_ok}", capacity

    def vehicle(self, world: World) -> VehicleClass:
        """Trucks carry the boats."""
        return vehicle_classes()["high_clearance"]

    def calls(self, facts: Facts) -> Calls:
        """Where people were cut off."""
        waits = stranded_waits(facts)
        length = waits.end_ms - waits.start_ms
        return put_together(waits.place, waits.start_ms, facts.size[waits.party], length)

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


class Teams(_PlacedTeams):
    """Teams with skills 专业队伍, which answer emergencies."""

    name, measure = "teams", "emergency_wait_h"

    def _unit(self, team: Team) -> tuple[str, int]:
        skills = team.row.skills
        kind = f"{skills}/{team.row.vehicle_class}" if skills else ""
        return kind, sum(amounts_of(skills).values())

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
        one = np.ones(len(rows), dtype=np.int64)
        return put_together(rows["place"], rows["t"], one, emergency_waits(facts))

    def _brought(self, facts: Facts) -> np.ndarray:
        """Arrivals at a site."""
        rows = facts.of(Kind.TEAM)
        rows = rows[rows["value"] == TeamStatus.ON_SITE]
        return np.bincount(rows["who"], minlength=len(facts.world.teams))

    def larger(self, world: World, unit: str) -> None:
        """A team has the people it has."""
