"""``yuyan trace``: a log of past incidents played with the teams of a scenario, on dry roads."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sim.clock import NEVER, to_minutes
from sim.experiment.identity import as_json, program_version
from sim.forces.capabilities import Capabilities
from sim.forces.field import Manner
from sim.forces.on_roads import RoadTravel
from sim.forces.rules import Nearest, Rule, Takes, Urgent
from sim.forces.teams import brings, unit_of, vehicles_of
from sim.forces.trace import Replayed, Trace, make_trace, replay
from sim.io.incident_log import read_incident_log
from sim.io.scenario_folder import load_scenario
from sim.roads.matrix_router import MatrixRouter
from sim.roads.minutes import MinutesMatrix
from sim.roads.passability import vehicle_classes
from sim.roads.router import DryRouter, RoadRouter, Router
from sim.schema.problems import InputError, Problem
from sim.texts.errors import Lang
from sim.texts.trace import trace_word
from sim.world import World
from sim.world_build import build_world
from sim.world_checks import refuse_wet_shelters

RULES: dict[str, Rule] = {
    "nearest": Nearest(),
    "urgent": Urgent(Takes.UNDER_WAY),
    "preempt": Urgent(Takes.AT_WORK),
}


@dataclass(frozen=True)
class TraceOptions:
    """What was asked for on the command line."""

    scenario: Path
    log: Path
    rule: str
    recall: bool
    out: Path | None
    json: bool
    lang: Lang


def trace(options: TraceOptions) -> None:
    """Play the log and print simulated beside recorded times.

    Raises:
        InputError: the scenario or the log is wrong, or there are no teams.
    """
    world = build_world(load_scenario(options.scenario, None))
    refuse_wet_shelters(world)
    if not world.teams:
        raise InputError([Problem("table.no_rows", "teams.csv", found="teams")])
    found = _replayed(world, options)
    if options.out is not None:
        write_calls(found, options.out)
    figures = found.summary()
    if options.json:
        document = {
            "yuyan": program_version(), "log": options.log.name, "figures": figures,
            "deciles": [
                {"share": share, "recorded_min": recorded, "simulated_min": simulated}
                for share, recorded, simulated in found.deciles()
            ],
            "calls": list(calls_of(found)),
        }  # fmt: skip
        sys.stdout.write(as_json(document))
        return
    for name, value in figures.items():
        shown = f"{value:.0f}" if name in ("calls", "compared", "not_reached") else f"{value:.2f}"
        print(f"{trace_word(name, options.lang)}  {shown}")
    print(trace_word("deciles", options.lang))
    for share, recorded, simulated in found.deciles():
        print(f"  {100 * share:3.0f}%  {recorded:8.1f}  {simulated:8.1f}")
    print(trace_word("note", options.lang))


def _replayed(world: World, options: TraceOptions) -> Replayed:
    # a log is replayed on roads: who flies has no part in it
    driving = [team for team in world.teams if team.row.vehicle_class in vehicle_classes()]
    rows = [team.row for team in driving]
    capabilities = Capabilities({name for row in rows for name in brings(row)})
    node = _nodes(world)
    log = read_incident_log(options.log, node, capabilities.names)
    made: Trace = make_trace(log, node, capabilities)
    names = vehicles_of(rows)
    posts = [int(world.places.node[team.station_place]) for team in driving]
    teams = [
        (row.id, unit_of(row, post, capabilities, names))
        for row, post in zip(rows, posts, strict=True)
    ]
    travel = RoadTravel(dry_router(world), [vehicle_classes()[name] for name in names])
    return replay(made, teams, travel, Manner(RULES[options.rule], recall=options.recall))


def _nodes(world: World) -> dict[str, int]:
    """Road node of every id that a log may name: nodes of the roads, and all places."""
    nodes = {name: k for k, name in enumerate(world.roads.node_ids)}
    places = zip(world.places.ids, world.places.node.tolist(), strict=True)
    return nodes | dict(places)


def dry_router(world: World) -> Router:
    """The roads as on any other day."""
    roads = world.roads
    if isinstance(roads, MinutesMatrix):
        return MatrixRouter(roads)
    return RoadRouter(DryRouter(roads), None, world.hazard.step_ms)


def calls_of(found: Replayed) -> Iterator[dict[str, object]]:
    """What is known of every incident, times in minutes, None for a time that did not come."""
    simulated, recorded = found.simulated_ms.tolist(), found.trace.recorded_ms.tolist()
    for k, (name, call) in enumerate(zip(found.trace.ids, found.trace.calls, strict=True)):
        both = recorded[k] < NEVER and simulated[k] < NEVER
        yield {
            "id": name,
            "after_min": round(to_minutes(call.at_ms), 2),
            "priority": call.priority,
            "recorded_min": _minutes(recorded[k]),
            "simulated_min": _minutes(simulated[k]),
            "difference_min": _minutes(simulated[k] - recorded[k]) if both else None,
            "recorded_team": found.trace.team[k],
            "simulated_team": found.team[k],
        }


def write_calls(found: Replayed, path: Path) -> None:
    """One line per incident; see ``calls_of``."""
    rows = list(calls_of(found))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else ["id"])
        writer.writeheader()
        writer.writerows(rows)


def _minutes(ms: int) -> float | None:
    return round(to_minutes(ms), 2) if ms < NEVER else None
