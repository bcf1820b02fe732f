"""The kinds of units that can be placed: boat teams, teams with skills, coaches and minibuses.

A further kind (supplies) is a class with the same face and one entry in ``KINDS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from sim.draws import stable_key
from sim.log import Kind, TeamStatus
from sim.measures.facts import Facts
from sim.measures.waits import stranded_waits
from sim.optimize.preposition.units import Calls, Unit, UnitKind, put_together
from sim.optimize.preposition.waits import emergency_waits
from sim.plan import Plan
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.schema.forces import amounts_of
from sim.states import State
from sim.world import World

ONE_MORE = "+1"
"""Ends the id of a unit that does not exist yet; no id of a table need end so."""


class Boats:
    """Boat teams 冲锋舟队伍 at stations, depots and assembly points."""

    name, measure = "boats", "stranded_person_h"

    def units(self, world: World, plan: Plan) -> tuple[Unit, ...]:
        """Teams with boats; none without a rescue section."""
        if plan.spec.rescue is None:
            return ()
        return tuple(
            Unit(
                team.id,
                f"{team.row.boats}x{team.row.persons_per_trip}/{team.row.night_ok}",
                team.row.boats * team.row.persons_per_trip,
                team.station_place,
                plan.team_place.get(team.id, team.station_place),
            )
            for team in world.teams
            if team.row.boats and not team.row.skills
        )

    def vehicle(self, world: World) -> VehicleClass:
        """Trucks carry the boats."""
        return vehicle_classes()["high_clearance"]

    def calls(self, facts: Facts) -> Calls:
        """Where people were cut off."""
        waits = stranded_waits(facts)
        length = waits.end_ms - waits.start_ms
        return put_together(waits.place, waits.start_ms, facts.size[waits.party], length)

    def carried(self, facts: Facts) -> dict[str, int]:
        """By boat trips."""
        rows = facts.of(Kind.BOAT_TRIP)
        persons = np.bincount(rows["who"], rows["value"], minlength=len(facts.world.teams))
        return {team.id: int(persons[k]) for k, team in enumerate(facts.world.teams)}

    def staged(self, plan: Plan, places: Mapping[str, int]) -> Plan:
        """See UnitKind."""
        return _teams_staged(plan, places)

    def document(self, spec: Any, places: Mapping[str, str]) -> None:
        """See UnitKind."""
        _write_staged(spec["rescue"], places)

    def doubled(self, world: World, unit: str) -> World:
        """See UnitKind."""
        return _one_team_more(world, unit)

    def larger(self, world: World, unit: str) -> World:
        """One boat more."""
        teams = [
            replace(team, row=team.row.model_copy(update={"boats": team.row.boats + 1}))
            if team.id == unit
            else team
            for team in world.teams
        ]
        return replace(world, teams=tuple(teams))


class Coaches:
    """Coaches and minibuses; only those the plan stages, or all when it stages none."""

    name, measure = "coaches", "left_behind_at_cutoff"

    def units(self, world: World, plan: Plan) -> tuple[Unit, ...]:
        """See the class; none without a fleet section."""
        if plan.spec.fleet is None:
            return ()
        buses = [v for v in world.vehicles if v.vehicle_class != "ambulance"]
        staged = plan.staged_place
        some = [v for v in buses if v.id.removesuffix(ONE_MORE) in staged] if staged else buses
        return tuple(
            Unit(v.id, f"{v.vehicle_class}/{v.depot_place}", v.seats, v.depot_place,
                 plan.staged_place.get(v.id, v.depot_place))
            for v in some
        )  # fmt: skip

    def vehicle(self, world: World) -> VehicleClass:
        """A minibus reaches every stop that a coach reaches."""
        return vehicle_classes()["minibus"]

    def calls(self, facts: Facts) -> Calls:
        """Where people waited at a stop."""
        rows = facts.of(Kind.STATE)
        rows = rows[rows["value"] == State.AT_ASSEMBLY]
        waits = facts.of(Kind.WAIT_BUS)
        waited = np.full(facts.n, facts.horizon_ms, dtype=np.int64)
        waited[rows["who"]] -= rows["t"]  # nobody came for them
        waited[waits["who"]] = waits["value"]
        return put_together(rows["place"], rows["t"], facts.size[rows["who"]], waited[rows["who"]])

    def carried(self, facts: Facts) -> dict[str, int]:
        """By persons loaded."""
        rows = facts.of(Kind.LOADED)
        persons = np.bincount(rows["who"], rows["value"], minlength=len(facts.world.vehicles))
        return {bus.id: int(persons[k]) for k, bus in enumerate(facts.world.vehicles)}

    def staged(self, plan: Plan, places: Mapping[str, int]) -> Plan:
        """See UnitKind."""
        return replace(plan, staged_place={**plan.staged_place, **places})

    def document(self, spec: Any, places: Mapping[str, str]) -> None:
        """See UnitKind."""
        _write_staged(spec["fleet"], places)

    def doubled(self, world: World, unit: str) -> World:
        """See UnitKind."""
        bus = next(bus for bus in world.vehicles if bus.id == unit)
        name = f"{unit}{ONE_MORE}"
        return replace(
            world, vehicles=(*world.vehicles, replace(bus, id=name, key=stable_key(name)))
        )

    def larger(self, world: World, unit: str) -> None:
        """A bus has the seats it has."""


class Teams:
    """Teams with skills, which answer emergencies."""

    name, measure = "teams", "emergency_wait_h"

    def units(self, world: World, plan: Plan) -> tuple[Unit, ...]:
        """Teams with skills; none without a rescue section."""
        if plan.spec.rescue is None:
            return ()
        return tuple(
            Unit(
                team.id,
                f"{team.row.skills}/{team.row.vehicle_class}",
                sum(amounts_of(team.row.skills).values()),
                team.station_place,
                plan.team_place.get(team.id, team.station_place),
            )
            for team in world.teams
            if team.row.skills
        )

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

    def carried(self, facts: Facts) -> dict[str, int]:
        """By arrivals at a site."""
        rows = facts.of(Kind.TEAM)
        rows = rows[rows["value"] == TeamStatus.ON_SITE]
        visits = np.bincount(rows["who"], minlength=len(facts.world.teams))
        return {team.id: int(visits[k]) for k, team in enumerate(facts.world.teams)}

    def staged(self, plan: Plan, places: Mapping[str, int]) -> Plan:
        """See UnitKind."""
        return _teams_staged(plan, places)

    def document(self, spec: Any, places: Mapping[str, str]) -> None:
        """See UnitKind."""
        _write_staged(spec["rescue"], places)

    def doubled(self, world: World, unit: str) -> World:
        """See UnitKind."""
        return _one_team_more(world, unit)

    def larger(self, world: World, unit: str) -> None:
        """A team has the people it has."""


KINDS: dict[str, UnitKind] = {kind.name: kind for kind in (Boats(), Teams(), Coaches())}


def _teams_staged(plan: Plan, places: Mapping[str, int]) -> Plan:
    return replace(plan, team_place={**plan.team_place, **places})


def _write_staged(section: Any, places: Mapping[str, str]) -> None:
    section["staged"] = {**(section.get("staged") or {}), **places}


def _one_team_more(world: World, unit: str) -> World:
    team = next(team for team in world.teams if team.id == unit)
    name = f"{unit}{ONE_MORE}"
    row = team.row.model_copy(update={"id": name})
    more = replace(team, id=name, key=stable_key(name), row=row)
    return replace(world, teams=(*world.teams, more))
