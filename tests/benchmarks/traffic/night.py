"""A whole replication for the speed goals: cars, buses, teams and closures under one SimPy clock.

Cars are rows; every bus and team is a SimPy process that drives by handing a watched vehicle to
the kernel and waiting for its event. At each closure the route trees are repaired exactly. This
is the smallest honest control layer: no people, no log.

    python night.py make FOLDER county|town        # roads, trees and demand as .npy files
    python night.py play FOLDER [SEED ...]         # one replication per seed, figures as JSON
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Generator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np
import simpy
from cases import Case, IntArray, Roads, g2k
from county import county
from ours import TOP_SPEED, network_of, supply_of

from sim.clock import NEVER
from sim.roads.network import Network
from sim.roads.queues import Departures, Queues, route_row
from sim.roads.repair import repair_all
from sim.roads.routing import ONE_Q16, Tree, stack, tree_to

MINUTE_MS = 60_000


@dataclass(frozen=True)
class Night:
    """What one replication reads: roads, the cars' demand, and how many others are about."""

    network: Network
    roads: Roads
    depart_ms: IntArray
    origin: IntArray
    tree: IntArray
    roots: IntArray
    n_dests: int
    edge: Any
    dist_ms: Any
    buses: int
    teams: int
    closures: int
    horizon_h: int


@dataclass
class Tally:
    """What a replication cost."""

    steps: int = 0
    calls: int = 0
    kernel_s: float = 0.0
    drives: int = 0
    repair_s: float = 0.0
    ended: IntArray = field(default_factory=lambda: np.zeros(4, np.int64))


class Clock:
    """Moves the kernel and SimPy together: neither gets ahead of the other."""

    def __init__(self, night: Night) -> None:
        self.night, self.env, self.tally = night, simpy.Environment(), Tally()
        self.trees = Tree(night.edge.copy(), night.dist_ms.copy())
        rows = np.where(self.trees.dist_ms >= NEVER, np.int32(-2), self.trees.edge)
        network, supply = night.network, supply_of(night.roads)
        self.queues = Queues(network, supply, rows, [TOP_SPEED])
        self.cost = network.length_mm * 36 // network.speed_kmh_x10
        self.waiting: dict[int, simpy.Event] = {}

    def drive(self, origin: int, tree: int, pcu: int) -> simpy.Event:
        """A vehicle sets out now; the event is its arrival, its value the node."""
        event = self.env.event()
        tag = self.tally.drives
        self.tally.drives += 1
        self.waiting[tag] = event
        self.queues.add_one(self.env.now, origin, tree, (0, pcu, ONE_Q16), tag)
        return event

    def run(self, until_ms: int) -> None:
        """Play everything up to a moment."""
        env, queues, tally = self.env, self.queues, self.tally
        while True:
            now = min(int(env.peek()), until_ms) if env.peek() < until_ms else until_ms
            t0 = time.process_time()
            ended = queues.advance(now)
            tally.kernel_s += time.process_time() - t0
            tally.calls += 1
            if len(ended.row):
                tally.ended += np.bincount(ended.status, minlength=4)
                for i in np.flatnonzero(ended.tag >= 0).tolist():
                    self.wake(int(ended.tag[i]), int(ended.node[i]), queues.now)
            if queues.now >= until_ms:
                return
            while env.peek() <= queues.now:
                env.step()
                tally.steps += 1

    def wake(self, tag: int, node: int, now: int) -> None:
        """A drive has ended: its process goes on at that moment."""
        event = self.waiting.pop(tag)
        event._ok, event._value = True, node
        self.env.schedule(event, delay=now - self.env.now)

    def close(self, edges: IntArray) -> None:
        """Links close: all trees are repaired, and those who wait look at them again."""
        t0 = time.process_time()
        self.cost = self.cost.copy()
        self.cost[edges] = NEVER
        changed = np.asarray(edges, np.int32)
        other = repair_all(self.night.network, self.trees, self.cost, changed, towards=True)
        for row in np.flatnonzero(other).tolist():
            self.queues.trees[row] = route_row(Tree(self.trees.edge[row], self.trees.dist_ms[row]))
        self.queues.close(edges)
        self.queues.rerouted()
        self.tally.repair_s += time.process_time() - t0


def shuttle(
    clock: Clock, rng: np.random.Generator, pcu: int, stay_min: tuple[int, int]
) -> Generator[simpy.Event, Any, None]:
    """A bus between two places, or a team from call to call: it drives, stays, drives on."""
    roots, first = clock.night.roots, clock.night.n_dests
    yield clock.env.timeout(int(rng.integers(0, 6 * 60 * MINUTE_MS)))
    back, there = (first + rng.choice(len(roots) - first, 2, replace=False)).tolist()
    at = int(roots[back])
    while True:
        at = yield clock.drive(at, there, pcu)
        there, back = back, there
        yield clock.env.timeout(int(rng.integers(*stay_min) * MINUTE_MS))


def closing(clock: Clock, rng: np.random.Generator) -> Generator[simpy.Event, Any, None]:
    """Five links close at a time, evenly over twelve hours."""
    for _ in range(clock.night.closures):
        yield clock.env.timeout(12 * 60 * MINUTE_MS // clock.night.closures)
        clock.close(rng.choice(clock.night.network.n_edges, 5, replace=False))


def play(night: Night, seed: int) -> Clock:
    """One replication; the seed moves departures, buses, teams and closures."""
    rng = np.random.default_rng(seed)
    clock = Clock(night)
    shift = rng.integers(0, 60 * MINUTE_MS, len(night.depart_ms))
    clock.queues.add(Departures(night.depart_ms + shift, night.origin, route=night.tree))
    for _ in range(night.buses):
        clock.env.process(shuttle(clock, rng, 2, (10, 25)))
    for _ in range(night.teams):
        clock.env.process(shuttle(clock, rng, 1, (20, 60)))
    if night.closures:
        clock.env.process(closing(clock, rng))
    clock.run(night.horizon_h * 3_600_000)
    return clock


def make(folder: Path, kind: str) -> None:
    """Write what the replications read: for the county 160 trees, for the town 16."""
    case: Case = county() if kind == "county" else g2k(20_000)
    network = network_of(case.roads)
    cost = network.length_mm * 36 // network.speed_kmh_x10
    rng = np.random.default_rng(17)
    dests = np.unique(case.dest)
    inner = np.setdiff1d(np.arange(case.roads.n_nodes), dests)
    stops = rng.choice(inner, 60 if kind == "county" else 10, replace=False)
    ends = np.concatenate([dests, stops])
    trees = stack([tree_to(network, int(root), cost) for root in ends])
    columns = {
        "depart_ms": case.trips.depart_ms,
        "origin": case.origin,
        "tree": np.searchsorted(dests, case.dest),
        "roots": ends,
        "edge": trees.edge,
        "dist_ms": trees.dist_ms,
    }
    arrays = {f"roads_{f.name}": getattr(case.roads, f.name) for f in fields(Roads)}
    for name, column in (columns | arrays).items():
        np.save(folder / f"{name}.npy", column)


def load(folder: Path, kind: str) -> Night:
    """Read it back."""
    data = {path.stem: np.load(path) for path in sorted(folder.glob("*.npy"))}
    roads = Roads(**{f.name: data.pop(f"roads_{f.name}") for f in fields(Roads)})
    crowd = (300, 200, 20, 24) if kind == "county" else (50, 0, 0, 6)
    demand = (data["depart_ms"], data["origin"], data["tree"])
    n_dests = int(data["tree"].max()) + 1
    trees = (data["roots"], n_dests, data["edge"], data["dist_ms"])
    return Night(network_of(roads), roads, *demand, *trees, *crowd)


def own_state_mib(clock: Clock) -> float:
    """Arrays of one replication: the kernel's, its trees and their distances."""
    arrays = [*clock.queues.state, clock.queues._tags, *clock.trees, clock.cost]
    return sum(array.nbytes for array in arrays) / 2**20


def most_resident_mib() -> float:
    """Most memory this process has held (getrusage would count its parent's before exec)."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return float("nan")


def report(night: Night, seed: int) -> dict[str, Any]:
    """Play one replication and say what it cost."""
    gc.collect()
    t0 = time.process_time()
    clock = play(night, seed)
    cpu_s = time.process_time() - t0
    tally = clock.tally
    return {
        "cpu_s": cpu_s,
        "kernel_s": tally.kernel_s,
        "repair_s": tally.repair_s,
        "control_s": cpu_s - tally.kernel_s - tally.repair_s,
        "steps": tally.steps,
        "calls": tally.calls,
        "drives": tally.drives,
        "ended": tally.ended.tolist(),
        "own_mib": own_state_mib(clock),
        "resident_mib": most_resident_mib(),
    }


def main(what: str, folder: str, kind: str, *seeds: str) -> None:
    place = Path(folder)
    if what == "make":
        make(place, kind)
        return
    night = load(place, kind)
    for seed in seeds:
        print(json.dumps(report(night, int(seed))), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
