"""Logs of the engine itself: nothing is lost, links sum, curves end where the measures say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from sim.io.scenario_folder import load_scenario
from sim.log import Kind, RunLog
from sim.measures.conservation import check_log
from sim.measures.curves import run_curves
from sim.measures.delays import delays_of, late_list
from sim.measures.facts import Facts
from sim.measures.measure import measure_run
from sim.plan import Plan, compile_plan
from sim.run import run_once
from sim.states import Mode
from sim.world import World
from sim.world_build import build_world

Run = tuple[World, Plan, RunLog]


@pytest.fixture
def runs(tiny_folder: Path) -> list[Run]:
    """Four nights of the tiny scenario under each of its plans."""
    world = build_world(load_scenario(tiny_folder))
    return list(_played(world))


def _played(world: World) -> Iterator[Run]:
    for plan_id in world.folder.plans:
        plan = compile_plan(world, plan_id)
        for replication in range(4):
            yield world, plan, run_once(world, plan, 3, replication)


def test_every_played_log_is_conserved(runs: list[Run]) -> None:
    """VT02 on whatever the engine writes, the same number of people at risk every night."""
    totals = set()
    for world, plan, log in runs:
        check_log(world, log)
        totals.add(measure_run(world, plan, log)["people_at_risk"])
    assert totals == {float(runs[0][0].people_at_risk)}


def test_minutes_by_link_sum_exactly(runs: list[Run]) -> None:
    """No link is negative and all together are the time from trigger to head-count, to the ms; the
    list is in order and every bus rider who was counted has links."""
    for world, _, log in runs:
        delays = delays_of(world, log)
        assert (delays.links_ms >= 0).all()
        total = delays.registered_ms - delays.trigger_ms
        assert np.array_equal(delays.links_ms.sum(axis=1), total)
        assert (delays.gate_ms <= delays.links_ms[:, -1]).all()
        rode = log.of(Kind.OUT)
        rode = rode["who"][np.isin(rode["value"], (Mode.COACH, Mode.MINIBUS))]
        counted = np.intersect1d(rode, log.of(Kind.REGISTERED)["who"])
        assert np.isin(counted, delays.party).all()
        last = [line.registered_min for line in late_list(world, delays)]
        assert last == sorted(last, reverse=True)


def test_curves_end_where_the_measures_say(runs: list[Run]) -> None:
    """Curves never fall, told comes before out and out before registered, and at the horizon as
    many are counted as the columns of the log say; townships add up to the whole."""
    for world, _, log in runs:
        curves = run_curves(world, log, ["小河乡"])
        facts = Facts(world, log)
        for curve in curves.values():
            assert (np.diff(curve) >= 0).all()
        assert (curves["out"] >= curves["registered"]).all()
        assert curves["registered"][-1] == facts.persons(facts.registered <= facts.horizon_ms)
        assert np.array_equal(curves["told:小河乡"], curves["told"])
