"""What became of the people of Surf Coast: by class, clearance, roads that were jammed.

python tests/real/surf_coast_result.py [N]        prints the tables of docs/surf_coast.md
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape
from surf_coast import CLASSES, CRS, SCHEDULES, Source, make_folder, read_source

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.engine import Engine
from sim.io.crs import to_lonlat
from sim.io.scenario_folder import load_scenario
from sim.log import Kind, RunLog
from sim.plan import compile_plan
from sim.queued_roads import QueuedRoads
from sim.roads.network import Network
from sim.run import run_once
from sim.states import State
from sim.world import World
from sim.world_build import build_world

Int64 = NDArray[np.int64]
PERCENT = (50, 90, 99)
JAMS = 12


class Share(NamedTuple):
    """People of a class: all, those whose home burns, and what became of them.

    in_time: of those in the path, gone before the fire was at the door and never caught;
    at_home: of those, still there when it came; caught: met the fire on the road, wherever they
    live; left, out: of all.
    """

    people: int
    in_path: int
    in_time: int
    at_home: int
    caught: int
    left: int
    out: int


@dataclass
class Night:
    """One replication of one plan."""

    shares: dict[str, Share]
    clear_min: dict[int, float]
    """Minutes from clock_start until so many per cent of those of the zones that every schedule
    tells to leave, and who heed messages, had arrived."""
    lost_h: float
    """Hours that all cars together stood in queues."""
    jams: list[tuple[int, float, int]]
    """Link row, hours lost there, cars that used it; the worst first."""
    log_sha256: str

    @property
    def total(self) -> Share:
        """All classes together."""
        return Share(*np.sum([list(share) for share in self.shares.values()], axis=0).tolist())


def play(world: World, plan_id: str, replication: int, told: set[str]) -> Night:
    """Play one plan and read off what became of everybody; ``told``: zones every schedule names."""
    seen: list[Engine] = []
    log = run_once(world, compile_plan(world, plan_id), 1, replication, seen.append)
    roads = seen[0].traffic.roads
    assert isinstance(roads, QueuedRoads)
    use = roads.queues.use()
    hours = use["delay_ms"] / MS_PER_HOUR
    worst = np.argsort(-hours, kind="stable")[:JAMS].tolist()
    jams = [(int(edge), float(hours[edge]), int(use["vehicles"][edge])) for edge in worst]
    shares = _shares(world, log, seen[0].run.view.exposed_ms)
    return Night(shares, _clearance(world, log, told), float(hours.sum()), jams, log.sha256())


def _shares(world: World, log: RunLog, burns_ms: Int64) -> dict[str, Share]:
    n = len(world.parties)
    out, left = _first(log, Kind.OUT, n), _first_driving(log, n)
    exposed = log.of(Kind.EXPOSED)
    on_road = np.zeros(n, dtype=np.bool_)
    on_road[exposed["who"][exposed["value"] == 1]] = True
    kind = np.array([world.homes.rows[h].village for h in world.parties.home.tolist()])
    path = burns_ms < NEVER
    gone = left < burns_ms
    found = {}
    for name in CLASSES:
        mine = kind == name
        found[name] = Share(
            *(int((mine & some).sum()) for some in (
                np.ones(n, np.bool_), path, path & gone & ~on_road, path & ~gone,
                on_road, left < NEVER, out < NEVER,
            ))
        )  # fmt: skip
    return found


def _first(log: RunLog, kind: Kind, n: int) -> Int64:
    """First record of a kind of every party (ms), NEVER for none."""
    times = np.full(n, NEVER, dtype=np.int64)
    rows = log.of(kind)
    np.minimum.at(times, rows["who"], rows["t"])
    return times


def _first_driving(log: RunLog, n: int) -> Int64:
    times = np.full(n, NEVER, dtype=np.int64)
    rows = log.of(Kind.STATE)
    rows = rows[rows["value"] == State.DRIVING]
    np.minimum.at(times, rows["who"], rows["t"])
    return times


def _clearance(world: World, log: RunLog, told: set[str]) -> dict[int, float]:
    zone = world.homes.zone[world.parties.home]
    row = world.zones.rows
    heeds = np.array([row[z].name in told and row[z].id.endswith("m") for z in zone.tolist()])
    arrived = np.sort(_first(log, Kind.OUT, len(zone))[heeds]) / MS_PER_MIN
    return {percent: float(arrived[-(-len(arrived) * percent // 100) - 1]) for percent in PERCENT}


def clock(minutes: float) -> str:
    """Minutes from clock_start as a clock time; a dash when it does not come."""
    if minutes * MS_PER_MIN >= NEVER:
        return "–"
    hour, minute = divmod(9 * 60 + round(minutes), 60)
    return f"{hour:02d}:{minute:02d}"


def main(data: Path, n: int) -> None:
    """Print the tables."""
    source = read_source(data)
    told = source.told_by_all()
    for each in (1, 4):
        with tempfile.TemporaryDirectory() as place:
            world = build_world(load_scenario(make_folder(source, Path(place) / "s", each)))
        plans = [name + end for name in SCHEDULES for end in ("", "_points")]
        nights = {plan: [play(world, plan, k, told) for k in range(n)] for plan in plans}
        print(f"\n{each * 10_000:,} cars, {n} nights\n")
        print("| plan | left | arrived | caught | in the path | gone in time | half | 90 % | 99 % |"
              " hours lost |")  # fmt: skip
        print("|---" * 10 + "|")
        for plan, played in nights.items():
            total = np.mean([list(night.total) for night in played], axis=0)
            _, path, in_time, _, caught, left, out = total.tolist()
            times = [clock(float(np.median([night.clear_min[p] for night in played])))
                     for p in PERCENT]  # fmt: skip
            lost = float(np.mean([night.lost_h for night in played]))
            numbers = [f"{value:,.0f}" for value in (left, out, caught, path, in_time)]
            print("| " + " | ".join([plan, *numbers, *times, f"{lost:,.0f}"]) + " |")
        _classes(nights["s2"])
        _jams(source, world, {plan: nights[plan][0] for plan in ("s2", "s2_points", "s6")})


def _classes(nights: list[Night]) -> None:
    print("\n| class, s2 | people | left | arrived | caught | in the path | gone in time |")
    print("|---" * 7 + "|")
    for name in CLASSES:
        mean = np.mean([list(night.shares[name]) for night in nights], axis=0).tolist()
        people, path, in_time, _, caught, left, out = mean
        cells = [f"{value:,.1f}" for value in (people, left, out, caught, path, in_time)]
        print(f"| {name} | " + " | ".join(cells) + " |")


def _jams(source: Source, world: World, nights: dict[str, Night]) -> None:
    print("\n| plan, first night | link | begins at | in or near | hours lost | cars |")
    print("|---" * 6 + "|")
    areas = [shape(zone["geometry"]) for zone in source.zones]
    network = world.roads
    assert isinstance(network, Network)
    for plan, night in nights.items():
        for edge, hours, cars in night.jams[:5]:
            node = int(network.edge_from[edge])
            x, y = network.node_x[node], network.node_y[node]
            lon, lat = to_lonlat(np.array([x]), np.array([y]), CRS)
            away = shapely.distance(areas, shapely.Point(lon[0], lat[0]))
            name = source.zones[int(np.argmin(away))]["properties"]["Town"]
            link = int(network.edge_ids[edge][1:])
            print(f"| {plan} | {source.links[link]['link_id'][:11]} | {x:.0f}, {y:.0f} | {name} "
                  f"| {hours:,.0f} | {cars:,} |")  # fmt: skip


if __name__ == "__main__":
    shared = os.environ.get("YUYAN_SHARED") or Path(__file__).resolve().parents[3] / "shared"
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    main(Path(shared) / "data" / "surf_coast_fire", runs)
