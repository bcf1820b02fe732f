"""``yuyan trace``: a log of past incidents played with the teams of a scenario, on dry roads."""

from __future__ import annotations

import csv
import sys
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
        document = {"yuyan": program_version(), "log": options.log.name, "figures": figures}
        sys.stdout.write(as_json(document))
        return
    for name, value in figures.items():
        shown = f"{value:.0f}" if name in ("calls", "compared", "not_reached") else f"{value:.2f}"
        print(f"{trace_word(name, options.lang)}  {shown}")
    print(trace_word("note", options.lang))


def _replayed(world: World, options: TraceOptions) -> Replayed:
    rows = [team.row for team in world.teams]
    capabilities = Capabilities({name for row in rows for name in brings(row)})
    node = _nodes(world)
    log = read_incident_log(options.log, node, capabilities.names)
    made: Trace = make_trace(log, node, capabilities)
    names = vehicles_of(rows)
    posts = [int(world.places.node[team.station_place]) for team in world.teams]
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


def write_calls(found: Replayed, path: Path) -> None:
    """One line per incident: id, recorded and simulated response in min, teams."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "recorded_min", "simulated_min", "recorded_team", "simulated_team"])
        simulated = found.simulated_ms.tolist()
        recorded = found.trace.recorded_ms.tolist()
        for k, name in enumerate(found.trace.ids):
            times = (_text(recorded[k]), _text(simulated[k]))
            writer.writerow([name, *times, found.trace.team[k], found.team[k]])


def _text(ms: int) -> str:
    """Minutes with two decimals, empty for a time that did not come."""
    return f"{to_minutes(ms):.2f}" if ms < NEVER else ""
