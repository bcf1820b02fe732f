"""Where units are needed, as a location model sees it: calls × posts, in minutes.

Calls come from nights played under the plan as it is; minutes are those of a drive on the roads
as known when the call came, to the nearest point that can still be reached, plus the water.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER
from sim.experiment.player import Played
from sim.optimize.location.busy import Skill
from sim.optimize.preposition.setting import Setting
from sim.roads.network import Network

Floats = NDArray[np.float64]
Int64 = NDArray[np.int64]

COLUMNS = ("place", "t", "persons", "waited", "asks")
"""Of the calls of a night, as they are kept with it."""
REACH_M = 5_000.0
"""A boat is launched at most this far from the people, as in sim.processes.rescue."""


@dataclass(frozen=True)
class Demand:
    """Calls of some nights.

    Attributes:
        persons: float64[calls]; waited: float64[calls], person-minutes they waited all the same;
        minutes: float64[calls, posts], capped at ``horizon_min``.
        place: int64[calls], place row; horizon_min: what a call that nobody reaches counts.
        span_h: mean hours per night between the first and the last call.
        nights: how many nights the calls come from.
        asks: int64[calls], what is asked for; skills: calls that the same units can answer,
            units as positions in a placement; calls that nobody can answer are in none.
    """

    persons: Floats
    waited: Floats
    minutes: Floats
    place: Int64
    horizon_min: float
    span_h: float
    nights: int
    asks: Int64
    skills: tuple[Skill, ...]

    @property
    def timed(self) -> tuple[Floats, Floats]:
        """Minutes and persons, as location models take them."""
        return self.minutes, self.persons

    def with_a_way(self) -> Demand:
        """The calls that some post had a way to when they came; who can answer them as before."""
        rows = np.flatnonzero(self.minutes.min(axis=1) < self.horizon_min)
        skills = tuple(
            Skill(np.flatnonzero(np.isin(rows, skill.demands)), skill.units)
            for skill in self.skills
        )
        return replace(
            self, persons=self.persons[rows], waited=self.waited[rows], minutes=self.minutes[rows],
            place=self.place[rows], asks=self.asks[rows],
            skills=tuple(skill for skill in skills if len(skill.demands)),
        )  # fmt: skip

    def with_units(self, setting: Setting) -> Demand:
        """The same calls for other units, e.g. one more."""
        return replace(self, skills=_skills(setting, self.asks))


def read_demand(setting: Setting, played: Sequence[Played]) -> Demand:
    """All calls of nights played, each with the minutes from every post."""
    world = setting.world
    rows: list[tuple[int, ...]] = []
    spans = []
    for one in played:
        t = one.curves["t"]
        if len(t):
            spans.append((int(t.max()) - int(t.min())) / 3_600_000)
        columns = [one.curves[name].tolist() for name in COLUMNS]
        rows += [(one.member, *row) for row in zip(*columns, strict=True)]
    horizon = world.horizon_ms / MS_PER_MIN
    minutes = np.full((len(rows), len(setting.posts.places)), horizon)
    by_member = sorted(range(len(rows)), key=lambda k: rows[k][0])
    for k in by_member:
        member, place, at_ms = rows[k][:3]
        minutes[k] = np.minimum(_minutes(setting, member, place, at_ms), horizon)
    return Demand(
        np.array([row[3] for row in rows], dtype=np.float64),
        np.array([row[4] for row in rows], dtype=np.float64),
        minutes,
        np.array([row[1] for row in rows], dtype=np.int64),
        horizon,
        float(np.mean(spans)) if spans else 0.0,
        len(played),
        asks := np.array([row[5] for row in rows], dtype=np.int64),
        _skills(setting, asks),
    )


def _skills(setting: Setting, asks: Int64) -> tuple[Skill, ...]:
    """Calls put together by who can answer them."""
    found: dict[tuple[int, ...], list[int]] = {}
    for what in np.unique(asks).tolist():
        able = tuple(
            k
            for k, unit in enumerate(setting.units)
            if setting.kind.answers(setting.world, unit.id, what)
        )
        if able:
            found.setdefault(able, []).append(what)
    return tuple(Skill(np.flatnonzero(np.isin(asks, some)), able) for able, some in found.items())


def _minutes(setting: Setting, member: int, place: int, t_ms: int) -> Floats:
    """From every post to a place at a moment, +∞ without a way; float64[posts]."""
    world = setting.world
    router = world.statics.views.view(member).router
    vehicle = setting.kind.vehicle(world)
    posts = world.places.node[list(setting.posts.places)]
    target, water_min = int(world.places.node[place]), 0.0
    if setting.kind.name == "boats" and isinstance(world.roads, Network):
        open_nodes = router.reached_from(posts.tolist(), vehicle, t_ms)
        landing, metres = nearest_open(world.roads, target, open_nodes)
        if landing < 0:
            return np.full(len(posts), np.inf)
        target, water_min = landing, run_min(setting, metres, place)
    times = router.times_to(target, vehicle, t_ms)[posts]
    found: Floats = np.where(times < NEVER, times / MS_PER_MIN + water_min, np.inf)
    return found


def nearest_open(roads: Network, node: int, open_nodes: NDArray[np.bool_]) -> tuple[int, float]:
    """The open node nearest to a node within reach of a boat and its distance (m); -1 for none."""
    square = (roads.node_x - roads.node_x[node]) ** 2 + (roads.node_y - roads.node_y[node]) ** 2
    square = np.where(open_nodes, square, np.inf)
    best = int(np.argmin(square))
    metres = float(np.sqrt(square[best]))
    return (best, metres) if metres <= REACH_M else (-1, np.inf)


def run_min(setting: Setting, metres: float, place: int) -> float:
    """Minutes of a boat between landing and houses, as the simulator takes them."""
    fetch = setting.world.behaviour.spec.fetch
    whole = metres + float(setting.world.places.snap_m[place])
    return max(whole * fetch.boat_detour / 1000 / fetch.boat_speed_kmh * 60, fetch.boat_run_min)
