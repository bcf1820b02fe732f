"""Where replications are played changes nothing: here, forked, started afresh, on a cluster."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fake_player import FakePlayer

import sim
from sim.experiment.executors import ClusterError, available_cores, open_crew

ROOT = str(Path(str(sim.__file__)).parents[1])
TASKS = [((0, ("late", "early")), (3, ("late",))), ((1, ("early",)),)]
CLUSTER_SCRIPT = """
import sys, logging
sys.path[:0] = [{root!r}, {here!r}]
from distributed import LocalCluster
from fake_player import FakePlayer
from sim.experiment.executors import open_crew
logging.disable(logging.CRITICAL)
with LocalCluster(n_workers=1, threads_per_worker=1, processes=False,
                  dashboard_address=None) as cluster:
    with open_crew(FakePlayer(7), cluster=cluster.scheduler_address) as crew:
        for played in crew.play(((0, ("late", "early")), (3, ("late",)))).result():
            print(played.plan, played.replication, played.log_sha256)
        print(crew.log("early", 5).result().sha256())
"""


def _hashes(player: FakePlayer, workers: int) -> list[tuple[str, int, str]]:
    with open_crew(player, workers) as crew:
        futures = [crew.play(task) for task in TASKS]
        return [(p.plan, p.replication, p.log_sha256) for f in futures for p in f.result()]


def test_fork_and_in_process_agree(player: FakePlayer) -> None:
    """Forked workers give the logs that this process gives."""
    assert _hashes(player, 2) == _hashes(player, 1)


def test_spawned_workers_agree(player: FakePlayer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where processes cannot be forked the player is sent to them, and the logs are the same."""
    here = _hashes(player, 1)
    monkeypatch.setattr("sim.experiment.executors.forks", lambda: False)
    assert _hashes(player, 2) == here


def test_full_logs_come_back(player: FakePlayer) -> None:
    """A replay in a worker is the log itself."""
    with open_crew(player, 2) as crew:
        assert crew.log("early", 5).result().sha256() == player.play("early", 5).sha256()


def test_cluster_without_the_extra(player: FakePlayer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without ``distributed`` the message names what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(ClusterError, match=r"yuyan\[cluster\]"),
        open_crew(player, cluster="tcp://127.0.0.1:1"),
    ):
        pass


def test_dask_agrees(player: FakePlayer) -> None:
    """A Dask cluster gives the logs that this process gives."""
    pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
    script = CLUSTER_SCRIPT.format(root=ROOT, here=str(Path(__file__).parent))
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([ROOT, *sys.path])},
        timeout=120,
    )
    lines = [f"{plan} {number} {log_hash}" for plan, number, log_hash in _hashes(player, 1)[:3]]
    assert done.stdout.splitlines() == [*lines, player.play("early", 5).sha256()]


def test_at_least_one_core() -> None:
    """Every machine has a core."""
    assert available_cores() >= 1
