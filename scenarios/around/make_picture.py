"""Draws picture.png of every small scenario: when the danger comes to roads and villages.

``python scenarios/around/make_picture.py [NAME …]``; not part of ``make.py``, because pixels differ
between versions of the drawing library.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl
import numpy as np

mpl.use("agg")
from matplotlib import pyplot as plt
from matplotlib.collections import LineCollection

from sim.clock import MS_PER_HOUR
from sim.hazards import Member
from sim.io.scenario_folder import load_scenario
from sim.roads.network import Network
from sim.world import World
from sim.world_build import build_world

SCENARIOS = Path(__file__).resolve().parent.parent
DRAWN = {
    "yunling_fire": ("Forest fire: hours from noon until flames are near", (2200.0, 8700.0), 1),
    "yunling_park": ("Chlorine: hours from 22:00 until the road is harmful", (0.0, 0.0), 21),
    "yunling_polder": ("Dike breach: hours from 13:00 until half a metre stands", (0.0, 4300.0), 0),
    "yunling_flash": (
        "Flash flood: hours from 19:00 until half a metre stands",
        (-6500.0, 900.0),
        0,
    ),
    "yunling_gully": ("One storm: hours from 19:00 until half a metre stands", (-6500.0, 900.0), 0),
    "yunling_streets": ("Cloudburst: hours from 15:00 until half a metre stands", (-800.0, 0.0), 1),
    "yunling_coast": ("Typhoon: greatest gust, and depth of the sea at homes", (0.0, 0.0), 9),
    "yunling_slides": (
        "Slides: hours from 16:00 until a road is cut or a hamlet hit",
        (0.0, 0.0),
        1,
    ),
    "yunling_quake": ("Earthquake: what lies on roads; intensity", (-2500.0, -6000.0), 5),
}
"""Title, source in the district's own plane, and the member that is drawn."""
NO_SOURCE = ("yunling_coast", "yunling_slides")
"""Where the danger does not come from one spot."""
ORIGIN = {
    "yunling_fire": (625_000.0, 3_030_000.0),
    "yunling_park": (640_000.0, 3_022_000.0),
    "yunling_polder": (655_000.0, 3_040_000.0),
    "yunling_flash": (690_000.0, 3_062_000.0),
    "yunling_gully": (690_000.0, 3_062_000.0),
    "yunling_streets": (705_000.0, 3_030_000.0),
    "yunling_quake": (625_000.0, 3_070_000.0),
}


def first_hours(levels: np.ndarray, row: np.ndarray, harm: int, step_ms: int) -> np.ndarray:
    """Hours until each row's owner is at the harm level; NaN where it never is."""
    reached = levels >= harm
    hours = np.where(reached.any(axis=1), reached.argmax(axis=1) * step_ms / MS_PER_HOUR, np.nan)
    return np.where(row >= 0, np.append(hours, np.nan)[row], np.nan)


class Shown(NamedTuple):
    """A value for every edge (NaN: drawn grey), a text for every home, and what is coloured."""

    edges: np.ndarray
    homes: list[str]
    label: str


def in_hours(member: Member, n: int, step_ms: int) -> Shown:
    """Hours until edges and homes are at the harm level."""
    harm = member.scale.harm or 500
    edges = first_hours(member.edge_levels, member.edge_row, harm, step_ms)
    at = first_hours(member.place_levels, member.place_row, harm, step_ms)[:n]
    return Shown(edges, ["–" if np.isnan(h) else f"{h:.1f} h" for h in at], "hours")


def blown(member: Member, n: int) -> Shown:
    """The greatest gust on every edge and at homes, and how deep the sea comes to them."""
    gust = np.append(member.edge_levels.max(axis=1), 0)[member.edge_row] / 10
    sea = member.more[1]
    deep = np.append(sea.place_levels.max(axis=1, initial=0), 0)[sea.place_row[:n]] / 1000
    felt = member.place_levels[:n].max(axis=1) / 10
    texts = [
        f"{g:.0f} m/s" + (f", {d:.1f} m" if d > 0 else "") for g, d in zip(felt, deep, strict=True)
    ]
    return Shown(gust, texts, "greatest gust, m/s")


def shaken(member: Member, n: int) -> Shown:
    """What the main shock leaves on every edge, and the greatest intensity at homes."""
    debris = member.more[0]
    worst = np.append(debris.edge_levels.max(axis=1), 0)[debris.edge_row].astype(float)
    felt = member.place_levels[:n].max(axis=1) / 10
    label = "2 cars only, 3 on foot only, 4 nobody"
    return Shown(np.where(worst > 0, worst, np.nan), [f"{one:.1f}" for one in felt], label)


def draw(name: str) -> None:
    """Write the picture of one scenario beside its tables."""
    world: World = build_world(load_scenario(SCENARIOS / name))
    title, source, k = DRAWN[name]
    member, step = world.hazard.member(k), world.hazard.step_ms
    homes = len(world.zones.rows)
    special = {"yunling_quake": shaken, "yunling_coast": blown}.get(name)
    shown = special(member, homes) if special else in_hours(member, homes, step)
    roads, hours = world.roads, shown.edges
    assert isinstance(roads, Network)
    x0, y0 = world.places.x[0], world.places.y[0]
    lines = [
        [((roads.node_x[n] - x0) / 1000, (roads.node_y[n] - y0) / 1000) for n in ends]
        for ends in zip(roads.edge_from, roads.edge_to, strict=True)
    ]
    figure, axis = plt.subplots(figsize=(7, 5.2), dpi=110)
    axis.add_collection(LineCollection(lines, colors="0.8", linewidths=1.2))
    hit = np.flatnonzero(~np.isnan(hours))
    drawn = LineCollection([lines[e] for e in hit], cmap="plasma_r", linewidths=2.6)
    drawn.set_array(hours[hit])
    axis.add_collection(drawn)
    figure.colorbar(drawn, ax=axis, label=shown.label)
    x, y = (world.places.x[:homes] - x0) / 1000, (world.places.y[:homes] - y0) / 1000
    axis.scatter(x, y, s=26, color="white", edgecolor="black", zorder=3)
    for i in range(homes):
        axis.annotate(
            shown.homes[i], (x[i], y[i]), xytext=(5, 4), textcoords="offset points", fontsize=8
        )
    if name not in NO_SOURCE:
        first = world.folder.tables["settlements"][0]
        east = source[0] + ORIGIN[name][0] - first.x
        north = source[1] + ORIGIN[name][1] - first.y
        axis.plot(east / 1000, north / 1000, marker="*", markersize=15, color="crimson", zorder=4)
    axis.set(title=title, xlabel="km", ylabel="km", aspect="equal")
    axis.autoscale()
    figure.tight_layout()
    figure.savefig(SCENARIOS / name / "picture.png", metadata={"Software": None})
    plt.close(figure)


if __name__ == "__main__":
    for scenario in sys.argv[1:] or DRAWN:
        draw(scenario)
