"""The layers of forces and supplies: teams that answer emergencies, incidents, supply trucks."""

from __future__ import annotations

from typing import Any

from sim.log import TeamStatus as Team
from sim.log import TruckStatus as Truck
from sim.report.replay.layers import Layer, columns, groups, words
from sim.report.replay.pack import pack

CREWS: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    ("crew.ready", "#9e9e9e", (Team.AT_POST, Team.READY, Team.CALLED)),
    ("crew.to_site", "#2b6cb0", (Team.TO_SITE,)),
    ("crew.on_site", "#b7410e", (Team.ON_SITE, Team.LAUNCHED, Team.TO_LANDING, Team.LANDED)),
    ("crew.to_hospital", "#b3001b", (Team.TO_HOSPITAL,)),
    ("crew.back", "#6b7280", (Team.DONE,)),
    ("crew.no_way", "#d1495b", (Team.NO_WAY,)),
    ("crew.resting", "#c9c9c9", (Team.RESTING, Team.REFUELLING)),
    ("crew.coming", "#d8c3a5", (Team.COMING,)),
)
TRUCKS: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    ("truck.stands", "#c9c9c9", (Truck.STANDS,)),
    ("truck.loading", "#b8860b", (Truck.LOADING,)),
    ("truck.sent", "#7b3f00", (Truck.SENT,)),
    ("truck.unloading", "#1b7837", (Truck.UNLOADING,)),
    ("truck.back", "#9e9e9e", (Truck.BACK,)),
    ("truck.shut", "#d1495b", (Truck.ROAD_SHUT,)),
)
CREW_COLUMNS = {
    "start": "trip.start", "pickup": "trip.site", "at_pickup": "trip.at_pickup",
    "empty": "trip.done",
}  # fmt: skip
TRUCK_COLUMNS = {"start": "trip.start", "shelter": "trip.shelter", "at_shelter": "trip.at_shelter"}


def _mover(
    name: str, names: list[str], drawn: tuple[dict[str, Any], dict[str, Any]], look: dict[str, Any]
) -> Layer:
    tracks, rounds = drawn
    return {
        "id": name, "kind": "movers", "label": words(f"layer.{name}"), "tracks": tracks,
        "rounds": rounds, "names": names, "class": pack([0] * len(names), "u1"),
        "seats": pack([0] * len(names), "u2"), "none": words("vehicle.none"), **look,
    }  # fmt: skip


def crew_layer(names: list[str], tracks: dict[str, Any], rounds: dict[str, Any]) -> Layer:
    """Teams with skills."""
    look = {
        "classes": [{"label": words("crew"), "colour": "#b7410e", "size": 8, "shape": "square"}],
        "groups": groups(CREWS), "columns": columns(CREW_COLUMNS),
    }  # fmt: skip
    return _mover("crews", names, (tracks, rounds), look)


def truck_layer(names: list[str], tracks: dict[str, Any], rounds: dict[str, Any]) -> Layer:
    """Trucks with supplies."""
    look = {
        "classes": [{"label": words("truck"), "colour": "#7b3f00", "size": 7, "shape": "square"}],
        "groups": groups(TRUCKS), "columns": columns(TRUCK_COLUMNS),
    }  # fmt: skip
    return _mover("trucks", names, (tracks, rounds), look)


def incident_layer(packed: dict[str, Any]) -> Layer:
    """Incidents at their places, as long as they are open."""
    colours = ("#c1121f", "#f2a541", "#2a9d8f")
    classes = [{"label": words(f"incident.{k + 1}"), "colour": c} for k, c in enumerate(colours)]
    return {"id": "incidents", "kind": "places-over-time", "label": words("layer.incidents"),
            "draw": "incident", "classes": classes, **packed}  # fmt: skip
