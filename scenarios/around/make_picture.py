"""Draws picture.png of every small scenario: when the danger comes to roads and villages.

``python scenarios/around/make_picture.py [NAME …]``; not part of ``make.py``, because pixels differ
between versions of the drawing library.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np

mpl.use("agg")
from matplotlib import pyplot as plt
from matplotlib.collections import LineCollection

from sim.clock import MS_PER_HOUR
from sim.hazards import Member
from sim.io.crs import to_work
from sim.io.scenario_folder import load_scenario
from sim.report.figures.font import use_chinese_font
from sim.roads.network import Network
from sim.world import World
from sim.world_build import build_world

SCENARIOS = Path(__file__).resolve().parent.parent
DRAWN = {
    "yunling_fire": ("林火：中午起几小时火到跟前", (2200.0, 8700.0), 1),
    "yunling_park": ("氯气：22:00 起几小时路上到伤害浓度", (0.0, 0.0), 21),
    "yunling_polder": ("溃堤：13:00 起几小时水深半米", (0.0, 4300.0), 0),
    "yunling_flash": ("山洪：19:00 起几小时水深半米", (-6500.0, 900.0), 0),
    "yunling_gully": (
        "同一场雨的山洪和滑坡：19:00 起几小时淹半米、断路、埋房",
        (-6500.0, 900.0),
        0,
    ),
    "yunling_streets": ("内涝：15:00 起几小时水深半米", (-800.0, 0.0), 1),
    "yunling_coast": ("台风：路上最大阵风，村里最大阵风和潮水深", (0.0, 0.0), 9),
    "yunling_slides": ("滑坡：16:00 起几小时断路、埋房", (0.0, 0.0), 1),
    "yunling_quake": ("地震：路上的瓦砾塌方，村里的烈度", (-2500.0, -6000.0), 5),
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
    """Hours until edges and homes are at the harm level of any layer."""
    edges, at = [], []
    for layer in member.layers(door=500, harm=500):
        harm = layer.scale.harm_level
        edges.append(first_hours(layer.edge_levels, layer.edge_row, harm, step_ms))
        at.append(first_hours(layer.place_levels, layer.place_row, harm, step_ms)[:n])
    texts = ["–" if np.isnan(h) else f"{h:.1f} h" for h in np.fmin.reduce(at)]
    return Shown(np.fmin.reduce(edges), texts, "小时 h")


def slopes_of(spec: Any) -> list[Any]:
    """The courses of all slopes of a hazard and of its parts."""
    own = [slope.course for slope in getattr(spec, "slopes", ())]
    return own + [course for part in getattr(spec, "parts", ()) for course in slopes_of(part)]


def blown(member: Member, n: int) -> Shown:
    """The greatest gust on every edge and at homes, and how deep the sea comes to them."""
    gust = np.append(member.edge_levels.max(axis=1), 0)[member.edge_row] / 10
    sea = member.more[1]
    deep = np.append(sea.place_levels.max(axis=1, initial=0), 0)[sea.place_row[:n]] / 1000
    felt = member.place_levels[:n].max(axis=1) / 10
    texts = [
        f"{g:.0f} m/s" + (f", {d:.1f} m" if d > 0 else "") for g, d in zip(felt, deep, strict=True)
    ]
    return Shown(gust, texts, "最大阵风 m/s")


def shaken(member: Member, n: int) -> Shown:
    """What the main shock leaves on every edge, and the greatest intensity at homes."""
    debris = member.more[0]
    worst = np.append(debris.edge_levels.max(axis=1), 0)[debris.edge_row].astype(float)
    felt = member.place_levels[:n].max(axis=1) / 10
    label = "2 只通小车 · 3 只能步行 · 4 不通"
    return Shown(np.where(worst > 0, worst, np.nan), [f"{one:.1f}" for one in felt], label)


def origins(axis: Any, world: World, name: str) -> None:
    """Where the danger comes from: slopes with their courses, and the source of the scenario."""
    zero = np.array((world.places.x[0], world.places.y[0]))

    def shown_at(points: Any) -> np.ndarray:
        """Positions of the hazard section on the picture, km."""
        at = to_work(*np.array(points).T, world.spec.crs.hazard, world.folder.work_crs)
        return (np.array(at).T - zero) / 1000

    for course in slopes_of(world.spec.hazard):
        down = shown_at(course)
        axis.plot(*down.T, color="saddlebrown", linewidth=3, alpha=0.6, zorder=2)
        axis.plot(*down[0], marker="^", markersize=8, color="saddlebrown", zorder=4)
    if name not in NO_SOURCE:
        (star,) = shown_at([np.array(ORIGIN[name]) + DRAWN[name][1]])
        axis.plot(*star, marker="*", markersize=15, color="crimson", zorder=4)


def draw(name: str) -> None:
    """Write the picture of one scenario beside its tables."""
    use_chinese_font()
    world: World = build_world(load_scenario(SCENARIOS / name))
    title, _, k = DRAWN[name]
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

    origins(axis, world, name)
    axis.set(title=title, xlabel="km", ylabel="km", aspect="equal")
    axis.autoscale()
    figure.tight_layout()
    figure.savefig(SCENARIOS / name / "picture.png", metadata={"Software": None})
    plt.close(figure)


if __name__ == "__main__":
    for scenario in sys.argv[1:] or DRAWN:
        draw(scenario)
