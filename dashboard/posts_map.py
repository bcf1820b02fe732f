"""What an optimiser found, on the map of a scenario: posts, who moves where, roads that matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

from dashboard.data_map import located, map_of
from sim.io.scenario_folder import ScenarioFolder
from sim.report.replay.road_lines import road_lines
from sim.roads.network import Network

SHOWN_LAYERS = ("settlements",)
"""Layers of the ground that stay below the posts; more would hide them."""
Drawn = dict[str, Any]


class Spot(NamedTuple):
    """A place: how it is called, where it lies on the map (metres from the corner)."""

    name: str
    x: float
    y: float


@dataclass(frozen=True)
class Ground:
    """A scenario as the map draws it.

    Attributes:
        drawn: see ``dashboard.data_map.map_of``; empty where no position is known.
        spots: places by id; edges: line of a road by its id.
    """

    drawn: Drawn
    spots: Mapping[str, Spot]
    edges: Mapping[str, int]

    def name(self, place: str) -> str:
        """A place as planners know it: name and id."""
        spot = self.spots.get(place)
        return f"{spot.name} {place}" if spot and spot.name != place else place


def ground_of(folder: ScenarioFolder) -> Ground:
    """The ground of a scenario that was read; worked out once."""
    return _ground(folder.path, folder.input_hash, folder)


@st.cache_resource(max_entries=8, show_spinner=False)
def _ground(path: Path, stamp: str, _folder: ScenarioFolder) -> Ground:
    drawn = map_of(_folder)
    west, south = drawn.get("corner", (0.0, 0.0))
    spots: dict[str, Spot] = {}
    for table in _folder.tables:
        for row, x, y in zip(*located(_folder, table), strict=True):
            spots.setdefault(row.id, Spot(row.name, float(x) - west, float(y) - south))
    return Ground(drawn, spots, _edges(_folder))


def _edges(folder: ScenarioFolder) -> dict[str, int]:
    roads = folder.roads
    if not isinstance(roads, Network):
        return {}
    return dict(zip(roads.edge_ids, road_lines(roads).of_edge.tolist(), strict=True))


class Marks(NamedTuple):
    """Places set off in one way: ``look`` is a way of drawing the map component knows; a tag
    stands in the mark."""

    look: str
    words: str
    places: Sequence[str]
    tags: Sequence[str] = ()


def with_marks(
    ground: Ground,
    marks: Iterable[Marks],
    moves: Iterable[tuple[str, str]] = (),
    roads: tuple[str, Sequence[str]] = ("", ()),
) -> Drawn:
    """The map with posts, arrows from post to post, and roads set off (their words, their ids).

    Places without a position are left out; empty where the map is empty.
    """
    if not ground.drawn:
        return {}
    layers = {
        name: layer if name in SHOWN_LAYERS else {"x": [], "y": [], "names": [], "people": []}
        for name, layer in ground.drawn["layers"].items()
    }
    words, edges = roads
    lines = sorted({ground.edges[edge] for edge in edges if edge in ground.edges})
    arrows = [
        [a.x, a.y, b.x, b.y]
        for one, other in moves
        if (a := ground.spots.get(one)) and (b := ground.spots.get(other))
    ]
    return {
        **ground.drawn,
        "layers": layers,
        "marks": [_mark(ground, one) for one in marks],
        "arrows": arrows,
        "lit": {"words": words, "lines": lines},
    }


def _mark(ground: Ground, marks: Marks) -> dict[str, Any]:
    tags = marks.tags or [""] * len(marks.places)
    known = [
        (spot, place, tag)
        for place, tag in zip(marks.places, tags, strict=True)
        if (spot := ground.spots.get(place))
    ]
    return {
        "look": marks.look,
        "words": marks.words,
        "ids": [place for _, place, _ in known],
        "x": [round(spot.x) for spot, _, _ in known],
        "y": [round(spot.y) for spot, _, _ in known],
        "names": [ground.name(place) for _, place, _ in known],
        "tags": [tag for _, _, tag in known],
    }
