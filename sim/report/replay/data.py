"""One night for the map: the ground it happens on, and everything that moves, as small arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.log import Kind, RunLog
from sim.measures.facts import Facts
from sim.plan import Plan
from sim.report.replay import layers
from sim.report.replay.areas import area_layer
from sim.report.replay.boats import boat_tracks
from sim.report.replay.cars import car_trips
from sim.report.replay.courses import Courses
from sim.report.replay.crews import crew_tracks
from sim.report.replay.fleet import vehicle_tracks
from sim.report.replay.force_layers import crew_layer, incident_layer, truck_layer
from sim.report.replay.ground import Ground
from sim.report.replay.incidents import markers, packed_markers
from sim.report.replay.people import people, with_occurrence
from sim.report.replay.story import Stories, marks
from sim.report.replay.tracks import Track, packed_rounds, packed_tracks
from sim.report.replay.traffic import RoadUse, road_queues
from sim.report.replay.trucks import truck_names, truck_tracks
from sim.report.replay.water import (
    gauge_classes,
    gauge_levels,
    packed_series,
    place_levels,
    river_levels,
    road_levels,
)
from sim.report.with_water import with_water
from sim.texts.replay import replay_texts, replay_word
from sim.texts.report import Lang
from sim.world import World

FORMAT = 1


def ground_data(ground: Ground, lang: Lang) -> dict[str, Any]:
    """What two nights side by side share: map, layer table of the ground, words, clock."""
    world = ground.world
    name = world.spec.name
    return {
        "format": FORMAT,
        "lang": lang,
        "title": getattr(name, lang),
        "clock_start": world.clock_start.isoformat(),
        "horizon_ms": world.horizon_ms,
        "texts": replay_texts(lang, with_water(world)),
        "map": ground.packed(lang),
        "layers": layers.ground_layers(),
    }


@dataclass(frozen=True)
class Night:
    """Which replication is drawn: the plan played, its log, the seed of the run (the pace of
    traffic is drawn again), the language of names and stories, and what the roads carried where
    somebody looked."""

    plan: Plan
    log: RunLog
    seed: int
    lang: Lang
    roads: RoadUse | None = None


def night_data(ground: Ground, night: Night) -> dict[str, Any]:
    """One replication of one plan on this ground, the map of the World it was played on."""
    world, log, lang = ground.world, night.log, night.lang
    facts = Facts(world, log)
    courses = Courses(ground, night.plan, log, night.seed)
    vehicles = vehicle_tracks(world, facts, courses)
    boats, team = boat_tracks(world, log, courses)
    afloat = with_water(world)
    table = [
        *_water(ground, facts),
        *_queues(ground, night),
        *_closures(ground, log),
        *layers.people_layers(world, afloat),
        layers.car_layer(car_trips(facts, courses)),
        *_incidents(ground, facts, lang),
        *_movers(world, (vehicles, boats), team, afloat),
        *_forces(ground, night, courses),
        {"id": "names", "kind": "labels", "label": layers.words("layer.names"), "texts": "names"},
    ]
    return {
        "plan": night.plan.id,
        "title": night.plan.spec.name.text(lang),
        "subtitle": replay_word("replication", lang).format(n=log.replication),
        "replication": log.replication,
        "people": people(world, log),
        "ways": courses.packed(),
        "layers": table,
        "counts": with_occurrence(layers.groups(layers.PEOPLE, afloat), log),
        "stories": Stories(facts, lang).all(),
        "marks": marks(facts, lang),
    }


def _movers(
    world: World, tracks: tuple[list[Track], list[Track]], team: list[int], afloat: bool
) -> list[layers.Layer]:
    """Vehicles and boats, where the scenario has any."""
    vehicles, boats = (packed_tracks(found, world.horizon_ms) for found in tracks)
    table = []
    if world.vehicles:
        table.append(layers.vehicle_layer(world, vehicles, packed_rounds(tracks[0])))
    if team:
        drawn = boats, packed_rounds(tracks[1])
        table.append(layers.boat_layer(world, drawn, team, afloat))
    return table


def _forces(ground: Ground, night: Night, courses: Courses) -> list[layers.Layer]:
    """Teams that answer emergencies and trucks with supplies, where the night had any."""
    world, table = ground.world, []
    crews, rows = crew_tracks(world, night.log, courses)
    if rows:
        names = [world.teams[k].row.name for k in rows]
        drawn = packed_tracks(crews, world.horizon_ms), packed_rounds(crews)
        table.append(crew_layer(names, *drawn))
    trucks = truck_tracks(world, night.plan, night.log, courses)
    if trucks:
        drawn = packed_tracks(trucks, world.horizon_ms), packed_rounds(trucks)
        table.append(truck_layer(truck_names(world, night.plan), *drawn))
    return table


def _incidents(ground: Ground, facts: Facts, lang: Lang) -> list[layers.Layer]:
    """Emergencies and people cut off, as long as they wait."""
    found = markers(facts, lang)
    return [incident_layer(packed_markers(ground, found))] if found else []


def _water(ground: Ground, facts: Facts) -> list[layers.Layer]:
    """Areas, rivers, what is on roads and at villages, gauges; whatever there is of them."""
    world, member = ground.world, facts.view.member
    step_ms = world.hazard.step_ms
    levels, table = gauge_classes(world, member), []
    if member.signals.areas:
        table.append(area_layer(ground, member.signals.areas))
    if ground.rivers:
        series = river_levels(ground, levels, step_ms)
        table.append(layers.river_layer(ground.river_shapes(), series))
    for of in facts.view.layers:
        if (of.edge_levels >= of.scale.shown[0]).any():
            table.append(layers.level_layer(of.scale, road_levels(ground, of, step_ms)))
        if (of.place_levels >= of.scale.shown[0]).any():
            table.append(layers.place_layer(of.scale, place_levels(of, step_ms)))
    if levels is not None and len(ground.placed_gauges):
        series = gauge_levels(levels[ground.placed_gauges], step_ms)
        table.append(layers.gauge_layer(series, ground.gauge_points()))
    return table


def _queues(ground: Ground, night: Night) -> list[layers.Layer]:
    """Queues on the roads, where somebody looked."""
    if night.roads is None or ground.roads is None:
        return []
    return [layers.queue_layer(road_queues(ground, night.roads, ground.world.horizon_ms))]


def _closures(ground: Ground, log: RunLog) -> list[layers.Layer]:
    """Lines under a control: a step per moment at which one began or ended."""
    rows = log.of(Kind.CLOSURE)
    lines = ground.lines
    if not len(rows) or not len(lines.edge):
        return []
    moments = np.unique(np.concatenate([[0], rows["t"]])).astype(np.int64)
    touched = np.unique(lines.of_edge[rows["who"]])
    at_work = np.zeros((len(touched), len(moments)), dtype=np.int64)
    for t, _, edge, _, begins in rows.tolist():
        line = int(np.searchsorted(touched, lines.of_edge[edge]))
        at_work[line, int(np.searchsorted(moments, t)) :] += 1 if begins else -1
    number = np.full(len(lines.edge), -1, dtype=np.int64)
    number[touched] = np.arange(len(touched))
    series = packed_series((at_work > 0).astype(np.int64), number, moments)
    return [layers.closure_layer(series)]
