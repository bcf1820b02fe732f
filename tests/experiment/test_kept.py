"""Which replications are kept whole, and that they are the ones that were played."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from fake_player import FakePlayer

from sim.experiment.identity import Identity
from sim.experiment.kept import ReproductionError, checked, median_and_worst
from sim.experiment.player import Played
from sim.experiment.replicate import LOGS_HELD, Request, run_experiment
from sim.experiment.results import Results
from sim.log import RunLog


class Counting(FakePlayer):
    """Counts the nights it plays."""

    nights = 0

    def play(self, plan_id: str, replication: int) -> RunLog:
        """See Player."""
        self.nights += 1
        return super().play(plan_id, replication)


def _stored(path: Path, t90: list[float]) -> Results:
    results = Results(path / "results.sqlite", write=True)
    for number, value in enumerate(t90):
        results.add([Played("p", number, 0, "a" * 64, {"t90_clock_min": value}, {})])
    return results


@pytest.mark.parametrize(("n", "again"), [(LOGS_HELD // 2, 0), (LOGS_HELD, 4)])
def test_logs_of_a_small_run_are_not_played_again(
    identity: Identity, tmp_path: Path, n: int, again: int
) -> None:
    """Two plans: while all logs are held every night is played once; else the median and the
    worst of both once more."""
    player = Counting(7)
    run = run_experiment(player, identity, Request(n, tmp_path, 1))
    assert player.nights == 2 * n + again
    assert all(run.log(p, k) for p, which in run.document["kept"].items() for k in which.values())


@pytest.mark.parametrize(
    ("t90", "median", "worst"),
    [
        ([5.0, 1.0, 3.0], 2, 0),
        ([4.0, 1.0, 3.0, 2.0], 3, 0),  # the lower one of two in the middle
        ([7.0, 9.0, 9.0, 7.0], 3, 1),  # ties to the lowest number
        ([math.inf, 2.0, math.inf], 0, 0),
        ([math.nan, 2.0, 8.0], 1, 2),
    ],
)
def test_median_and_worst(tmp_path: Path, t90: list[float], median: int, worst: int) -> None:
    """By T90, unknown ones left out, ties to the lowest number, never reached is the worst."""
    with _stored(tmp_path, t90) as results:
        assert median_and_worst(results, "p", len(t90)) == {"median": median, "worst": worst}


def test_nothing_to_rank(tmp_path: Path) -> None:
    """Without a T90 nothing is kept, and nothing breaks."""
    with _stored(tmp_path, [math.nan, math.nan]) as results:
        assert median_and_worst(results, "p", 2) == {}


def test_kept_logs_are_the_played_ones(
    player: FakePlayer, identity: Identity, tmp_path: Path
) -> None:
    """The kept files hold the logs whose hashes were stored; a damaged one is played again."""
    run = run_experiment(player, identity, Request(9, tmp_path, 1))
    with run.results() as results:
        for plan, which in run.document["kept"].items():
            for number in which.values():
                log = run.log(plan, number)
                assert log is not None
                assert [log.sha256()] == results.hashes(plan, [number])
    worst = run.document["kept"]["late"]["worst"]
    run.event_file("late", worst).write_bytes(b"PK\x03\x04 damaged")
    assert run.log("late", worst) is None
    again = run_experiment(player, identity, Request(9, tmp_path, 1))
    assert again.log("late", worst) is not None


def test_another_log_is_refused(player: FakePlayer) -> None:
    """A replay that differs by anything from what was stored is an error, not a surprise."""
    log = player.play("late", 1)
    assert checked(log, log.sha256(), "late") is log
    moved = log.records.copy()
    moved["t"] += np.where(np.arange(len(moved)) == 0, 1, 0)
    with pytest.raises(ReproductionError):
        checked(type(log)(moved, log.member, log.replication), log.sha256(), "late")
