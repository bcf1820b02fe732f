"""Our dispatch engine against theory: ../shared/benchmarks/queues, every row, VT06 and VT08."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from queue_cases import (
    Estimate,
    Floats,
    Law,
    calls_of,
    estimate,
    exponential,
    ms,
    of_batches,
    play,
    poisson_ms,
    uniform,
    waits_h,
)
from scipy.special import gammaincinv
from scipy.stats import poisson

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.draws import Draws, child_keys
from sim.forces.field import Manner
from sim.forces.incidents import Call, Incident
from sim.forces.player import MatrixTravel, Player
from sim.forces.rules import Nearest, Takes, Urgent
from sim.forces.units import Unit, UnitSpec

SURE = 0.9995
"""Cover of each interval where a table has many rows: of 56, hardly one fails by chance."""


def _hyperexponential(u: Floats) -> Floats:
    """Balanced means, squared variation 4: rates 2p and 2(1 − p), p = (1 + √0.6) / 2.

    One number says which branch, and where within it.
    """
    p = (1 + 0.6**0.5) / 2
    fast = u < p
    within = np.where(fast, u / p, (u - p) / (1 - p))
    return exponential(within) / np.where(fast, 2 * p, 2 - 2 * p)


LAWS: dict[str, Law] = {
    "deterministic": np.ones_like,
    "erlang4": lambda u: gammaincinv(4, u) / 4,
    "exponential": exponential,
    "hyperexp_cs2_4": _hyperexponential,
}


def table(shared_dir: Path, name: str) -> list[dict[str, str]]:
    """Rows of one reference table; comment lines are left out."""
    lines = (shared_dir / "benchmarks/queues" / name).read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def reference(shared_dir: Path, name: str) -> Any:
    """A reference file."""
    return json.loads((shared_dir / "benchmarks/queues" / name).read_text("utf-8"))


@dataclass(frozen=True)
class Queue:
    """Calls of a queue with mean work of an hour, and what explains part of their luck."""

    at_ms: list[int]
    work_ms: list[int]
    controls: tuple[Floats, Floats]

    def waits(self, units: int) -> Floats:
        """Hours every call waits for one of so many units."""
        return waits_h(play(calls_of(self.at_ms, self.work_ms), units))

    def lost(self, units: int) -> Floats:
        """1 for every call turned away where calls do not wait, else 0."""
        incidents = play(calls_of(self.at_ms, self.work_ms), units, Manner(Nearest(), queue=False))
        return np.array([i.response_ms > 0 for i in incidents]) * 1.0


def queue(rate_per_h: float, law: Law, count: int, seed: int) -> Queue:
    """Poisson calls and keyed works."""
    at, work = poisson_ms(rate_per_h, count, seed), ms(law(uniform(seed, "work", count)))
    gaps = np.diff(at, prepend=0) / MS_PER_HOUR - 1 / rate_per_h
    return Queue(at, work, (gaps, np.array(work) / MS_PER_HOUR - 1))


# -- VT06 -----------------------------------------------------------------------------------------

VT06 = [
    *((1, "exponential", 4.0, 20_000), (3, "exponential", 1.0787, 20_000)),
    (1, "deterministic", 2.0, 12_000),
]


@pytest.mark.slow
@pytest.mark.parametrize(("units", "law", "wait", "count"), VT06)
def test_vt06_waits(units: int, law: str, wait: float, count: int) -> None:
    """VT06: M/M/1 waits 4.000, M/M/3 1.0787 (and 0.6472 wait at all), M/D/1 2.000; the 95 %
    interval from 30 nights contains it and is no wider than 3 % to either side."""
    nights = [queue(0.8 * units, LAWS[law], count, 900 + k) for k in range(30)]
    settled = slice(1000, None)
    known = 1 if law == "deterministic" else 2
    controls = [np.array([n.controls[k][settled].mean() for n in nights]) for k in range(known)]
    waits = [night.waits(units)[settled] for night in nights]
    mean = of_batches(np.array([w.mean() for w in waits]), 0.95, controls)
    assert mean.holds(wait) and mean.half <= 0.03 * wait
    if units == 3:
        share = of_batches(np.array([(w > 0).mean() for w in waits]), 0.95, controls)
        assert share.holds(0.6472) and share.half <= 0.03 * 0.6472


@pytest.mark.parametrize("law", ["exponential", "deterministic", "hyperexp_cs2_4"])
def test_vt06_loss_does_not_depend_on_the_law(law: str) -> None:
    """VT06: five units, load 4, calls that find nobody are lost: 0.1991 of them, whatever the law
    of the work (insensitivity); 95 % interval no wider than 3 % to either side."""
    calls = queue(4.0, LAWS[law], 40_000, 5)
    controls = calls.controls[: 1 if law == "deterministic" else 2]
    lost = estimate(calls.lost(5), controls=controls)
    assert lost.holds(0.19906687) and lost.half <= 0.03 * 0.199


# -- the tables -----------------------------------------------------------------------------------


@pytest.mark.real
@pytest.mark.slow
def test_every_row_of_mmc(shared_dir: Path) -> None:
    """M/M/c for c = 1 … 50 and load 0.3 … 0.95: share who wait, mean wait, share who wait longer
    than one service; each within its interval (99.95 %, from ten batches)."""
    rows = table(shared_dir, "mmc_reference.csv")
    assert len(rows) == 42
    for k, row in enumerate(rows):
        rho, units = float(row["rho"]), int(row["c"])
        count = {0.8: 16_000, 0.9: 30_000, 0.95: 50_000}.get(rho, 8_000)
        count *= 2 if units == 50 else 1  # a load's ups and downs last hours, not calls
        found = queue(rho * units, exponential, count, 100 + k).waits(units)
        checks = {
            "erlangC_Pwait": estimate((found > 0) * 1.0, SURE, 10),
            "Wq_over_service": estimate(found, SURE, 10),
            "P_wait_gt_1": estimate((found > 1) * 1.0, SURE, 10),
        }
        for name, seen in checks.items():
            wanted = float(row[name])
            if wanted < 0.01 and name != "Wq_over_service":
                assert seen.mean < 0.02, (row, name, seen)  # too rare for an interval
            else:
                rare = Estimate(seen.mean, max(seen.half, 1e-3))
                assert rare.holds(wanted), (row["c"], row["rho"], name, seen)


@pytest.mark.real
@pytest.mark.slow
def test_every_loss_of_mmc(shared_dir: Path) -> None:
    """The Erlang-B column: the same loads where calls do not wait."""
    for k, row in enumerate(table(shared_dir, "mmc_reference.csv")):
        calls = queue(float(row["offered_load_a"]), exponential, 6_000, 200 + k)
        lost = estimate(calls.lost(int(row["c"])), SURE, 10)
        rare = Estimate(lost.mean, max(lost.half, 1e-3))
        assert rare.holds(float(row["erlangB"])), (row["c"], row["rho"], lost)


@pytest.mark.real
@pytest.mark.slow
def test_every_row_of_pollaczek_and_khinchine(shared_dir: Path) -> None:
    """M/G/1 for four laws and load 0.3 … 0.9: mean wait within its interval (99.95 %)."""
    rows = table(shared_dir, "mg1_pk_reference.csv")
    assert len(rows) == 20
    for k, row in enumerate(rows):
        rho = float(row["rho"])
        calls = queue(rho, LAWS[row["service"]], 60_000 if rho == 0.9 else 20_000, 300 + k)
        seen = estimate(calls.waits(1), SURE, 10)
        assert seen.holds(float(row["Wq"])), (row, seen)


# -- priorities and insensitivity -----------------------------------------------------------------


def two_classes(count: int, seed: int) -> list[Call]:
    """0.2 urgent and 0.6 other calls per hour, work of an hour in the mean."""
    at, work = poisson_ms(0.8, count, seed), ms(exponential(uniform(seed, "work", count)))
    urgent = uniform(seed, "class", count) < 0.25
    return [Call(k, at[k], 0, work[k], priority=0 if urgent[k] else 1) for k in range(count)]


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize(
    ("rule", "name"),
    [
        (Nearest(), "nonpreemptive_sojourn"),
        (Urgent(Takes.AT_WORK), "preemptive_resume_sojourn"),
    ],
)
def test_two_classes_of_urgency(shared_dir: Path, rule: Any, name: str) -> None:
    """M/M/1 with two classes: sojourns 2 and 6 without pre-emption, 1.25 and 6.25 with it."""
    wanted = reference(shared_dir, "priority_and_insensitivity_reference.json")
    wanted = wanted["M/M/1 2-class, lam=(0.2,0.6), mu=1"][name]
    incidents = play(two_classes(120_000, 21), 1, Manner(rule))
    for priority, sojourn in enumerate(wanted):
        mine = [i for i in incidents if i.call.priority == priority]
        stay = np.array([i.ended_ms - i.call.at_ms for i in mine]) / MS_PER_HOUR
        seen = estimate(stay, 0.99)
        assert seen.holds(sojourn) and seen.half < 0.2 * sojourn, (priority, seen)


@pytest.mark.parametrize("law", ["deterministic", "exponential", "hyperexp_cs2_4"])
def test_busy_units_are_poisson_where_nobody_waits(law: str) -> None:
    """M/G/∞ (60 units, load 6): the number at work is Poisson with mean 6, whatever the law."""
    count = 20_000
    at = poisson_ms(6.0, count, 31)
    incidents = play(calls_of(at, ms(LAWS[law](uniform(31, "work", count)))), 60)
    began = np.sort([i.started_ms for i in incidents])
    ended = np.sort([i.ended_ms for i in incidents])
    looks = np.arange(20, int(at[-1] / MS_PER_HOUR) - 5, 0.5) * MS_PER_HOUR
    busy = np.searchsorted(began, looks, "right") - np.searchsorted(ended, looks, "right")
    assert estimate(busy * 1.0, 0.99).holds(6.0)
    for number in (2, 6, 10):
        assert estimate((busy <= number) * 1.0, 0.999).holds(float(poisson.cdf(number, 6)))


@pytest.mark.slow
def test_sharing_one_unit_in_turns() -> None:
    """M/M/1 shared in turns of a quarter of an hour (processor sharing): whoever is not done goes
    to the end of the line; the mean sojourn stays 1 / (mu − lambda) = 2.5."""
    count, turn = 20_000, MS_PER_HOUR // 4
    at = poisson_ms(0.6, count, 41)
    work = ms(exponential(uniform(41, "work", count)))
    left, done = list(work), [0] * count
    played = Player([UnitSpec((1,), 0)], MatrixTravel([[0]]), Manner(Nearest()))
    desk, due = played.desk, list(range(count))
    rows: dict[int, int] = {}

    def hand_in(k: int, now: int) -> None:
        row = len(rows)
        rows[row] = k
        desk.report(Call(row, now, 0, min(turn, left[k])), now)

    finish = desk.finished

    def finished(incident: Any, number: int, now: int) -> None:
        k = rows[incident.call.row]
        left[k] -= incident.call.work_ms
        if left[k]:
            hand_in(k, now)  # before the unit is free, so that it stands behind who waits
        else:
            done[k] = now
        finish(incident, number, now)

    desk.finished = finished  # type: ignore[method-assign]
    for k in due:
        played.run(at[k])
        hand_in(k, at[k])
    played.run(2**60)
    stay = (np.array(done) - np.array(at)) / MS_PER_HOUR
    seen = estimate(stay, 0.99)
    assert seen.holds(2.5) and seen.half < 0.4


# -- the hypercube --------------------------------------------------------------------------------


def hypercube(shared_dir: Path, queue: bool, count: int, seed: int) -> tuple[Floats, Floats, float]:
    """Three units with preferences of Larson and Odoni: workloads, their intervals, share lost."""
    rates = reference(shared_dir, "hypercube_reference.json")["larson_odoni_3server"]
    rates = rates["class_rates_fitted"]
    orders = [name for name in rates if name.startswith("pref")]
    shares = np.array([rates[name] for name in orders])
    at = poisson_ms(float(shares.sum()), count, seed)
    work = ms(exponential(uniform(seed, "work", count)))
    kind = np.searchsorted(np.cumsum(shares) / shares.sum(), uniform(seed, "class", count))
    # three posts, then a place for every class: the k-th choice is k ms away, the way back as far
    times = np.zeros((7, 7), dtype=np.int64)
    for place, name in enumerate(orders):
        for rank, unit in enumerate(name.removeprefix("pref ").split("-")):
            times[int(unit) - 1, 3 + place] = rank
    specs = [UnitSpec((1,), post) for post in range(3)]
    played = Player(specs, MatrixTravel(times), Manner(Nearest(), queue=queue))
    calls = [Call(k, at[k], 3 + int(kind[k]), work[k]) for k in range(count)]
    incidents = played.play(calls)
    unit = np.array([d.unit for d in played.desk.decisions])
    served = [incidents[d.incident] for d in played.desk.decisions]
    work_ms = [(i.started_ms, i.ended_ms) for i in served]
    begin, end = np.array(work_ms).T
    edges = np.linspace(0, at[-1], 31)
    busy = np.array(
        [
            np.bincount(unit, np.clip(end, a, b) - np.clip(begin, a, b), minlength=3) / (b - a)
            for a, b in pairwise(edges)
        ]
    )
    estimates = [of_batches(busy[:, u], 0.99) for u in range(3)]
    lost = 1 - len(served) / count
    means = np.array([e.mean for e in estimates])
    return means, np.array([e.half for e in estimates]), lost


@pytest.mark.real
@pytest.mark.slow
def test_hypercube_with_a_queue(shared_dir: Path) -> None:
    """Larson and Odoni's three units: workloads 0.5574, 0.4734, 0.4693 as printed in the book;
    each within its interval (99 %), which is no wider than 2 %."""
    wanted = reference(shared_dir, "hypercube_reference.json")["larson_odoni_3server"]
    means, half, lost = hypercube(shared_dir, True, 120_000, 51)
    assert lost == 0
    assert (np.abs(means - wanted["published"]["exact_workloads"]) <= half).all(), means
    assert (half <= 0.02 * means).all()


@pytest.mark.real
@pytest.mark.slow
def test_hypercube_without_a_queue(shared_dir: Path) -> None:
    """The same three units where calls do not wait: workloads and the share lost, 0.1343."""
    wanted = reference(shared_dir, "hypercube_reference.json")["larson_odoni_3server"]
    wanted = wanted["computed_exact_solution_zero_queue_COMPUTED"]
    means, half, lost = hypercube(shared_dir, False, 60_000, 52)
    assert (np.abs(means - wanted["workloads"]) <= half).all(), (means, half)
    assert lost == pytest.approx(wanted["P_loss"], rel=0.03)


# -- simopt's ambulances --------------------------------------------------------------------------


def ambulance_night(bases: list[tuple[float, float]], replication: int, seed: int = 61) -> float:
    """Mean response of one day: 20 × 20 square, calls every 10 min, work Exp(10 min), back home."""
    draws, keys = Draws(seed, replication), child_keys(9, 400)
    gaps, work, x, y = ((draws.u32(what, keys) + 0.5) / 2**32 for what in ("gap", "work", "x", "y"))
    at = np.cumsum(exponential(gaps) * 10)
    count = int((at <= 1440).sum())
    where = [(20 * x[k] ** 0.5, 20 * y[k] ** 0.5) for k in range(count)]  # Beta(2, 1)
    spots = np.array([*bases, *where])
    times = np.rint(np.abs(spots[:, None] - spots[None]).sum(axis=2) * 60_000).astype(np.int64)
    specs = [UnitSpec((1,), post) for post in range(len(bases))]
    played = Player(specs, MatrixTravel(times), Manner(Nearest(), recall=False))
    calls = [
        Call(k, round(at[k] * 60_000), len(bases) + k, round(10 * exponential(work[k]) * 60_000))
        for k in range(count)
    ]
    incidents = played.play(calls, 1440 * 60_000)
    sent = {
        d.incident: d.reach_ms + d.at_ms - calls[d.incident].at_ms for d in played.desk.decisions
    }
    assert len(incidents) == count
    return float(np.mean(list(sent.values()))) / 60_000


@pytest.mark.real
@pytest.mark.slow
def test_every_row_of_simopts_ambulances(shared_dir: Path) -> None:
    """Three fixed and two free bases: the mean response of each row, 250 days against 3,000 of an
    independent program, within both intervals together (99.8 %)."""
    data = reference(shared_dir, "simopt_ambulance_reference.json")
    fixed = [(15.0, 15.0), (5.0, 15.0), (5.0, 5.0)]
    for k, row in enumerate(data["stochastic_reference_COMPUTED_by_our_reimplementation"]):
        a, b, c, d = row["variable_locs"]
        bases = [*fixed, (a, b), (c, d)]
        days = np.array([ambulance_night(bases, r, 61 + k) for r in range(250)])
        seen = of_batches(days, 0.998)
        theirs = row["half_width_95"] / 1.96 * 3.09
        assert abs(seen.mean - row["mean"]) <= (seen.half**2 + theirs**2) ** 0.5, (row, seen)


@pytest.mark.real
def test_simopts_four_calls(shared_dir: Path) -> None:
    """The sequence of simopt's own test, read from the reference: 10.25 in the mean."""
    trace = reference(shared_dir, "simopt_ambulance_reference.json")
    trace = trace["deterministic_trace_from_their_test"]
    spots = np.array([*trace["bases"], *(call["loc"] for call in trace["calls"])])
    times = np.abs(spots[:, None] - spots[None]).sum(axis=2) * 60_000
    calls = [
        Call(k, c["t"] * 60_000, 2 + k, c["scene"] * 60_000) for k, c in enumerate(trace["calls"])
    ]
    specs = [UnitSpec((1,), 0), UnitSpec((1,), 1)]
    played = Player(specs, MatrixTravel(times), Manner(Nearest(), recall=False))
    minutes = [i.response_ms / 60_000 for i in played.play(calls)]
    assert minutes == trace["per_call"]
    assert np.mean(minutes) == trace["expected_avg_response"] == 10.25


# -- VT08 -----------------------------------------------------------------------------------------


class Ferry(Player):
    """Boats that take everybody they have loaded to a landing before they are free again there."""

    landing, run_ms, unload_ms = 1, 20 * MS_PER_MIN, 10 * MS_PER_MIN

    def __init__(self, specs: list[UnitSpec], travel: MatrixTravel) -> None:
        super().__init__(specs, travel, Manner(Nearest()))
        self.ashore: list[tuple[int, int]] = []

    def keeps(self, unit: Unit, incident: Incident, now: int) -> bool:
        """Loaded: off to the landing, where the people go ashore."""
        heappush(self.ashore, (now + self.run_ms + self.unload_ms, unit.row))
        return True


def test_vt08_on_the_desk() -> None:
    """VT08 as the desk plays it: 100 persons are 13 boatloads of 8, 5 boats at the houses, load
    10, run 20, unload 10, back 20 min: the last boatload is ashore at 160 min, exactly."""
    away = Ferry.run_ms
    ferry = Ferry([UnitSpec((1,), 0)] * 5, MatrixTravel([[0, away], [away, 0]]))
    loads = -(-100 // 8)
    ferry.play([Call(k, 0, 0, 10 * MS_PER_MIN) for k in range(loads)], until_ms=0)
    landed = []
    while True:
        ferry.run(ferry.ashore[0][0] if ferry.ashore else NEVER)
        if not ferry.ashore:
            break
        now, row = heappop(ferry.ashore)
        landed.append(now)
        ferry.desk.available(ferry.desk.units[row], Ferry.landing, now)
    assert len(landed) == 13
    assert landed[-1] == 160 * MS_PER_MIN
