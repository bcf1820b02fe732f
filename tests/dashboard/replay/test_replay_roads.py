"""Roads over time: queues as the links had them, water as the member has it, looked at unseen."""

from __future__ import annotations

import numpy as np
from replay_kit import Replayed

from sim.report.replay.pack import unpack
from sim.report.replay.traffic import FEW, SLOW_SHARES, STANDS
from sim.roads.levels import WATER


def _class_at(series: dict[str, dict[str, str]], line: int, ms: int) -> int:
    """Class of a line at a moment, read as the page reads it."""
    row = int(unpack(series["row"])[line])
    if row < 0:
        return 0
    start, t, v = (unpack(series[name]) for name in ("start", "t", "v"))
    rows = np.flatnonzero(t[start[row] : start[row + 1]] <= ms)
    return int(v[start[row] + rows[-1]])


def test_watching_changes_nothing(yunling_night: Replayed) -> None:
    """The night played with somebody looking at the roads has the log it has without."""
    alone = yunling_night.player.play("a_late_boats", 0)
    assert yunling_night.log.sha256() == alone.sha256()


def test_queues_are_those_of_the_links(yunling_night: Replayed) -> None:
    """In a sample of links with vehicles standing, the line is at least as bad as its link."""
    roads = yunling_night.player.world.roads
    use, ground = yunling_night.roads, yunling_night.ground
    assert use is not None
    rows = use.rows[use.rows["standing"] >= FEW]
    assert len(rows)
    series = yunling_night.layer("queues")["series"]
    for row in rows[:: max(1, len(rows) // 40)]:
        edge = int(row["edge"])
        share = int(row["kmh_x10"]) / int(roads.speed_kmh_x10[edge])
        least = STANDS if row["kmh_x10"] == 0 else sum(share < limit for limit in SLOW_SHARES)
        ms = int(row["interval"]) * use.every_ms + 1
        assert _class_at(series, int(ground.lines.of_edge[edge]), ms) >= least


def test_water_is_that_of_the_member(yunling_night: Replayed) -> None:
    """At five times every tenth wet line has the depth class of the member's water."""
    world, lines = yunling_night.player.world, yunling_night.ground.lines
    member = world.hazard.member(yunling_night.log.member)
    series, step = yunling_night.layer("water")["series"], world.hazard.step_ms
    wet = np.flatnonzero(member.edge_row[lines.edge] >= 0)[::10]
    seen = set()
    for ms in yunling_night.moments():
        for line in wet.tolist():
            depth = member.edge_levels[member.edge_row[lines.edge[line]], ms // step]
            expected = sum(int(depth) >= limit for limit in WATER.shown)
            assert _class_at(series, line, ms) == expected
            seen.add(expected)
    assert len(seen) > 1
