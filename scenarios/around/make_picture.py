"""Draws picture.png of every small scenario: when the danger comes to roads and villages.

``python scenarios/around/make_picture.py [NAME …]``; not part of ``make.py``, because pixels differ
between versions of the drawing library.
"""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib as mpl
import numpy as np

mpl.use("agg")
from matplotlib import pyplot as plt
from matplotlib.collections import LineCollection

from sim.clock import MS_PER_HOUR
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
}
"""Title, source in the district's own plane, and the member that is drawn."""
ORIGIN = {
    "yunling_fire": (625_000.0, 3_030_000.0),
    "yunling_park": (640_000.0, 3_022_000.0),
    "yunling_polder": (655_000.0, 3_040_000.0),
    "yunling_flash": (690_000.0, 3_062_000.0),
    "yunling_gully": (690_000.0, 3_062_000.0),
    "yunling_streets": (705_000.0, 3_030_000.0),
}


def first_hours(levels: np.ndarray, row: np.ndarray, harm: int, step_ms: int) -> np.ndarray:
    """Hours until each row's owner is at the harm level; NaN where it never is."""
    reached = levels >= harm
    hours = np.where(reached.any(axis=1), reached.argmax(axis=1) * step_ms / MS_PER_HOUR, np.nan)
    return np.where(row >= 0, np.append(hours, np.nan)[row], np.nan)


def draw(name: str) -> None:
    """Write the picture of one scenario beside its tables."""
    world: World = build_world(load_scenario(SCENARIOS / name))
    title, source, k = DRAWN[name]
    member, step = world.hazard.member(k), world.hazard.step_ms
    harm = member.scale.harm or 500
    roads = world.roads
    assert isinstance(roads, Network)
    x0, y0 = world.places.x[0], world.places.y[0]
    hours = first_hours(member.edge_levels, member.edge_row, harm, step)
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
    figure.colorbar(drawn, ax=axis, label="hours")
    homes = len(world.zones.rows)
    at = first_hours(member.place_levels, member.place_row, harm, step)[:homes]
    x, y = (world.places.x[:homes] - x0) / 1000, (world.places.y[:homes] - y0) / 1000
    axis.scatter(x, y, s=26, color="white", edgecolor="black", zorder=3)
    for i in range(homes):
        text = f"{at[i]:.1f} h" if not np.isnan(at[i]) else "–"
        axis.annotate(text, (x[i], y[i]), xytext=(5, 4), textcoords="offset points", fontsize=8)
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
