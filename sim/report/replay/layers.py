"""The layer table: everything the map draws, as data.

A layer is one of five kinds the page knows how to draw: ``edges-over-time``, ``places-over-time``,
``movers``, ``polygons`` and ``labels``. Another disaster or another force is another row here.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.log import TeamStatus as Team
from sim.log import VehicleStatus as Status
from sim.report.replay.pack import pack
from sim.roads.levels import LevelScale
from sim.states import State
from sim.texts.levels import LEVELS
from sim.texts.replay import replay_label
from sim.world import World

Layer = dict[str, Any]

PEOPLE: tuple[tuple[str, str, tuple[State, ...]], ...] = (
    ("people.home", "#d1495b", (State.AT_HOME,)),
    ("people.preparing", "#ef8a3c", (State.PREPARING,)),
    ("people.moving", "#f2c230", (State.WALKING, State.DRIVING)),
    ("people.waiting", "#b8860b", (State.AT_ASSEMBLY,)),
    ("people.aboard", "#6a51a3", (State.ABOARD,)),
    ("people.gate", "#66c2a5", (State.AT_GATE,)),
    ("people.sheltered", "#1b7837", (State.SHELTERED, State.IN_HOSPITAL)),
    ("people.elsewhere", "#4daf4a", (State.WITH_RELATIVES, State.EXITED)),
    ("people.in_place", "#a6dba0", (State.SAFE_IN_PLACE,)),
    ("people.boat", "#c51b8a", (State.ABOARD_BOAT,)),
)
"""Groups of states: word, colour (red at home, yellow on the way, green safe), states."""

VEHICLES: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    ("vehicle.called", "#9e9e9e", (Status.CALLED, Status.AVAILABLE, Status.UNLOADED)),
    ("vehicle.to_pickup", "#2b6cb0", (Status.TO_PICKUP,)),
    ("vehicle.at_pickup", "#b8860b", (Status.AT_PICKUP,)),
    ("vehicle.to_shelter", "#6a51a3", (Status.TO_SHELTER,)),
    ("vehicle.at_shelter", "#1b7837", (Status.AT_SHELTER,)),
    ("vehicle.stuck", "#d1495b", (Status.BLOCKED, Status.BROKEN, Status.CAUGHT)),
    ("vehicle.off", "#c9c9c9", (Status.RELEASED,)),
    ("vehicle.absent", "#6f6f6f", (Status.NO_SHOW,)),
)

BOATS: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    ("boat.ready", "#9e9e9e", (Team.CALLED, Team.READY)),
    ("boat.to_site", "#2b6cb0", (Team.TO_SITE,)),
    ("boat.afloat", "#e7298a", (Team.LAUNCHED,)),
    ("boat.to_landing", "#c51b8a", (Team.TO_LANDING,)),
    ("boat.landed", "#8c6bb1", (Team.LANDED,)),
    ("boat.off", "#c9c9c9", (Team.RESTING, Team.NO_WAY, Team.DONE)),
)

LOOKS = {
    **dict.fromkeys(("vehicle.called", "vehicle.off", "boat.ready", "boat.off"), "idle"),
    "vehicle.absent": "absent",
    **dict.fromkeys(("crew.ready", "crew.resting", "crew.coming", "truck.stands"), "idle"),
    **dict.fromkeys(("vehicle.stuck", "crew.no_way", "truck.shut"), "stuck"),
}
"""How a group is drawn: idle ones thin and grey, absent ones not where others stand, stuck ones
with a red edge."""

VEHICLE_COLUMNS = {
    "start": "trip.start", "pickup": "trip.pickup", "at_pickup": "trip.at_pickup",
    "left": "trip.left", "persons": "trip.persons", "shelter": "trip.shelter",
    "at_shelter": "trip.at_shelter", "empty": "trip.empty",
}  # fmt: skip
BOAT_COLUMNS = {
    "start": "trip.start", "pickup": "trip.houses", "at_pickup": "trip.at_pickup",
    "persons": "trip.persons", "empty": "trip.ashore",
}  # fmt: skip

CLASSES = {"coach": ("#12355b", 9), "minibus": ("#0b7a75", 7), "ambulance": ("#b3001b", 6)}
"""Colour and size in pixels of every class of vehicle."""

WATER_COLOURS = ("#9ecae1", "#4a98d9", "#1f5fb4", "#08306b")
OTHER_COLOURS = ("#fdd0a2", "#fd8d3c", "#d94801", "#7f2704")
"""Classes on roads: blue for water, brown for every other danger."""


def words(key: str, afloat: bool = True) -> dict[str, str]:
    """A word in both languages; without water the words of teams on land."""
    zh, en = replay_label(key, afloat)
    return {"zh": zh, "en": en}


def groups(
    table: tuple[tuple[str, str, tuple[Any, ...]], ...], afloat: bool = True
) -> list[dict[str, Any]]:
    """Groups of codes for the page: label, colour, codes, and how movers in it look."""
    return [
        {"key": key, "label": words(key, afloat), "colour": colour, "look": LOOKS.get(key, ""),
         "codes": [int(code) for code in codes]}
        for key, colour, codes in table
    ]  # fmt: skip


def columns(heads: dict[str, str], afloat: bool = True) -> list[dict[str, Any]]:
    """Columns of a table of trips: name in the rounds, and its head."""
    return [{"name": name, "label": words(key, afloat)} for name, key in heads.items()]


def ground_layers() -> list[Layer]:
    """Roads, drawn once."""
    roads = (("road.main", "#8c5a2b", 2.4), ("road.country", "#b08d62", 1.4),
             ("road.small", "#b3a48c", 0.9))  # fmt: skip
    return [
        {"id": "roads", "kind": "edges-over-time", "label": words("layer.roads"), "by": "rank",
         "classes": [{"label": words(key), "colour": colour, "width": width}
                     for key, colour, width in roads]},
    ]  # fmt: skip


def river_layer(shapes: dict[str, Any], series: dict[str, Any]) -> Layer:
    """Rivers by the worst of their gauges."""
    looks = (("#a9cde8", 5.0), ("#6fb1e0", 7.0), ("#2f7cc4", 9.0))
    classes = [{"label": words(f"gauge.{k}"), "colour": colour, "width": width}
               for k, (colour, width) in enumerate(looks)]  # fmt: skip
    return {"id": "rivers", "kind": "polygons", "label": words("layer.rivers"), "closed": False,
            "shapes": shapes, "series": series, "classes": classes}  # fmt: skip


def level_words(scale: LevelScale, what: str) -> dict[str, str]:
    """A word of a level scale in both languages."""
    zh, en = LEVELS[f"{scale.code}.{what}"]
    return {"zh": zh, "en": en}


def level_layer(scale: LevelScale, series: dict[str, Any]) -> Layer:
    """What is on the roads, by the classes of its scale: water by depth, wind by force."""
    colours = WATER_COLOURS if scale.is_water else OTHER_COLOURS[-len(scale.shown) :]
    classes = [{"label": level_words(scale, f"{k + 1}"), "colour": colour, "width": 2.6 + 0.5 * k}
               for k, colour in enumerate(colours)]  # fmt: skip
    return {"id": scale.code, "kind": "edges-over-time", "label": level_words(scale, "roads"),
            "by": "series", "series": series, "classes": classes}  # fmt: skip


def place_layer(scale: LevelScale, series: dict[str, Any]) -> Layer:
    """What is at villages: some of it, and dangerously much."""
    colours = ("#7db8e8", "#1f5fb4") if scale.is_water else ("#f7b57a", "#a63603")
    classes = [{"label": level_words(scale, key), "colour": colour}
               for key, colour in zip(("some", "harm"), colours, strict=True)]  # fmt: skip
    return {"id": f"{scale.code}-places", "kind": "places-over-time",
            "label": level_words(scale, "places"), "draw": "halo", "series": series,
            "classes": classes, "rows": "homes"}  # fmt: skip


def gauge_layer(series: dict[str, Any], points: dict[str, Any]) -> Layer:
    """River gauges at their own points."""
    colours = ("#ffffff", "#f2c230", "#d1495b")
    classes = [{"label": words(f"gauge.{k}"), "colour": c} for k, c in enumerate(colours)]
    return {"id": "gauges", "kind": "places-over-time", "label": words("layer.gauges"),
            "draw": "gauge", "points": points, "series": series, "classes": classes}  # fmt: skip


def queue_layer(series: dict[str, Any]) -> Layer:
    """Queues on the roads."""
    colours = ("#f2c230", "#ef6c00", "#8e0000")
    classes = [{"label": words(f"queue.{k + 1}"), "colour": c, "width": 3} for k, c in
               enumerate(colours)]  # fmt: skip
    return {"id": "queues", "kind": "edges-over-time", "label": words("layer.queues"),
            "by": "series", "series": series, "classes": classes}  # fmt: skip


def closure_layer(series: dict[str, Any]) -> Layer:
    """Roads under a control: closed, one way, traffic directed."""
    return {"id": "closures", "kind": "edges-over-time", "label": words("layer.closures"),
            "by": "series", "series": series,
            "classes": [{"label": words("closed"), "colour": "#d1495b", "width": 3,
                         "dash": [5, 4]}]}  # fmt: skip


def people_layers(world: World, afloat: bool) -> list[Layer]:
    """Shelters that fill, villages as pies, people who wait at stops."""
    n_stops, n_shelters = len(world.assembly_points), len(world.shelters)
    stops = world.assembly_place + np.arange(n_stops)
    shelters = world.shelter_place + np.arange(n_shelters)
    size = {"larger": 2, "hospital": 1, "village": 0}
    return [
        {"id": "shelters", "kind": "places-over-time", "label": words("layer.shelters"),
         "draw": "fill", "rows": pack(shelters, "u4"),
         "codes": [int(State.SHELTERED), int(State.IN_HOSPITAL)],
         "gate": [int(State.AT_GATE)], "capacity": pack([s.capacity for s in world.shelters], "u4"),
         "size": pack([size.get(s.kind, 0) for s in world.shelters], "u1"),
         "note": words("fill"), "colour": "#1b7837"},
        {"id": "villages", "kind": "places-over-time", "label": words("layer.villages"),
         "draw": "pie", "rows": "homes", "parts": groups(PEOPLE, afloat)},
        {"id": "stops", "kind": "places-over-time", "label": words("layer.stops"),
         "draw": "number", "rows": pack(stops, "u4"), "codes": [int(State.AT_ASSEMBLY)],
         "colour": "#b8860b"},
    ]  # fmt: skip


def vehicle_layer(world: World, tracks: dict[str, Any], rounds: dict[str, Any]) -> Layer:
    """Coaches, minibuses and ambulances."""
    names = list(CLASSES)
    return {
        "id": "vehicles", "kind": "movers", "label": words("layer.vehicles"), "tracks": tracks,
        "rounds": rounds, "names": [v.id for v in world.vehicles],
        "class": pack([names.index(v.vehicle_class) for v in world.vehicles], "u1"),
        "seats": pack([v.seats for v in world.vehicles], "u2"),
        "classes": [{"label": words(name), "colour": colour, "size": size, "shape": "square"}
                    for name, (colour, size) in CLASSES.items()],
        "groups": groups(VEHICLES), "none": words("vehicle.none"), "note": words("loaded"),
        "columns": columns(VEHICLE_COLUMNS),
    }  # fmt: skip


def car_layer(trips: dict[str, Any]) -> Layer:
    """Households in their own cars."""
    return {"id": "cars", "kind": "movers", "label": words("layer.cars"), "trips": trips,
            "classes": [{"label": words("car"), "colour": "#ffd84d", "size": 3.6}]}  # fmt: skip


def boat_layer(
    world: World, drawn: tuple[dict[str, Any], dict[str, Any]], team: list[int], afloat: bool
) -> Layer:
    """Boats of all teams, or their parties where there is no water; drawn: tracks and rounds."""
    tracks, rounds = drawn
    numbers = [team[:k].count(team[k]) + 1 for k in range(len(team))]
    names = [f"{world.teams[t].row.name} {n}" for t, n in zip(team, numbers, strict=True)]
    seats = [world.teams[t].row.persons_per_trip for t in team]
    return {
        "id": "boats", "kind": "movers", "label": words("layer.boats", afloat), "tracks": tracks,
        "names": names, "class": pack([0] * len(team), "u1"), "seats": pack(seats, "u2"),
        "classes": [{"label": words("boat", afloat), "colour": "#c51b8a", "size": 8,
                     "shape": "boat" if afloat else "square"}],
        "groups": groups(BOATS, afloat), "none": words("vehicle.none"), "rounds": rounds,
        "columns": columns(BOAT_COLUMNS, afloat),
    }  # fmt: skip
