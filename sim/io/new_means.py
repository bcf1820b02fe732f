"""Means of a new scenario that no raw file holds: fleet, boats, posts, organisers (stated)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sim.io.new_people import ZonePlan
from sim.io.new_shelters import DEPOT_KINDS, STATION_KINDS, Building
from sim.texts.new_scenario import Assumption

COACH_SEATS, MINIBUS_SEATS = 50, 18
ROUNDS = 4
"""The coaches carry all riders in so many rounds (judgement: real fleets need 2 to 5)."""

ZONES_PER_MINIBUS = 10
PEOPLE_PER_BOAT = 1000
BOATS_PER_TEAM, PERSONS_PER_BOAT = 4, 6
HOMES_PER_CALLER = 20

Table = list[dict[str, Any]]


@dataclass(frozen=True)
class Means:
    """What the means are sized by: riders, people at risk, zones, buildings; boats or none."""

    coach_riders: int
    at_risk: int
    zones: ZonePlan
    buildings: list[Building]
    boats: bool = True


def means_tables(
    means: Means, somewhere: Callable[[tuple[str, ...], bool], Table]
) -> tuple[dict[str, Table], list[Assumption]]:
    """Depot, vehicles, station, teams, post and organisers, with what was assumed."""
    depots = somewhere(DEPOT_KINDS, False)[:1]
    coaches = max(1, -(-means.coach_riders // (COACH_SEATS * ROUNDS)))
    minibuses = max(1, -(-len(means.zones.names) // ZONES_PER_MINIBUS))
    listed = int((means.zones.of_home >= 0).sum())
    callers = min(200, max(2, -(-listed // HOMES_PER_CALLER)))
    tables: dict[str, Table] = {
        "depots": [{"id": "D1", **depots[0]}],
        "vehicles": [
            {"id": "C", "class": "coach", "seats": COACH_SEATS, "depot": "D1", "count": coaches},
            {
                "id": "M", "class": "minibus", "seats": MINIBUS_SEATS, "depot": "D1",
                "count": minibuses,
            },
        ],
        "posts": [{"id": "P0", "name": "县级指挥部", "level": "county", "callers": callers}],
        "organisers": [
            {"id": f"O-{code}", "name": f"{name} 责任人"}
            for code, name in zip(means.zones.ids, means.zones.names, strict=True)
        ],
    }  # fmt: skip
    fleet = {"coaches": coaches, "minibuses": minibuses, "depot": depots[0]["name"]}
    said = [Assumption("fleet", fleet), Assumption("posts", {"callers": callers})]
    if means.boats:
        station = somewhere(STATION_KINDS, True)[0]
        boats = max(1, -(-means.at_risk // PEOPLE_PER_BOAT))
        tables |= _boats(station, boats)
        said.insert(1, Assumption("boats", {"boats": boats, "station": station["name"]}))
    return tables, said


def _boats(station: dict[str, Any], boats: int) -> dict[str, Table]:
    """The station and teams of a number of boats."""
    teams = [min(BOATS_PER_TEAM, boats - k) for k in range(0, boats, BOATS_PER_TEAM)]
    return {
        "stations": [{"id": "ST1", **station}],
        "teams": [
            {
                "id": f"T{k + 1:02d}", "name": f"冲锋舟{k + 1}组", "station": "ST1", "boats": n,
                "persons_per_trip": PERSONS_PER_BOAT,
            }
            for k, n in enumerate(teams)
        ],
    }  # fmt: skip
