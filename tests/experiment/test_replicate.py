"""The experiment: what is played, in which order, and what is left when it is stopped."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fake_player import FakePlayer, fake_identity

from sim.experiment.identity import Identity
from sim.experiment.lock import FolderBusyError, folder_lock
from sim.experiment.player import ReplicationError
from sim.experiment.replicate import LONGEST_TASK, Request, missing_tasks, run_experiment
from sim.experiment.store import RunFolder
from sim.schema.problems import InputError


def _hash(run: RunFolder) -> str:
    return str(json.loads((run.path / "run.json").read_text(encoding="utf-8"))["log_sha256"])


def test_workers_do_not_matter(player: FakePlayer, identity: Identity, tmp_path: Path) -> None:
    """1, 2 and 4 workers give the same hash and the same numbers."""
    runs = [run_experiment(player, identity, Request(13, tmp_path / str(w), w)) for w in (1, 2, 4)]
    assert len({_hash(run) for run in runs}) == 1
    for run in runs[1:]:
        np.testing.assert_array_equal(
            run.table("late").of("t90_clock_min"), runs[0].table("late").of("t90_clock_min")
        )


def test_larger_n_extends(player: FakePlayer, identity: Identity, tmp_path: Path) -> None:
    """5 replications and then 12 are the same run as 12 at once, and 5 are not played again."""
    run_experiment(player, identity, Request(5, tmp_path / "a", 1))
    played: list[int] = []
    extended = run_experiment(
        player, identity, Request(12, tmp_path / "a", 1), lambda done, _: played.append(done)
    )
    assert played == list(range(6, 13))
    assert _hash(extended) == _hash(run_experiment(player, identity, Request(12, tmp_path / "b")))


def test_smaller_n_keeps_all(player: FakePlayer, identity: Identity, tmp_path: Path) -> None:
    """Asking for fewer replications than are there loses none of them."""
    run_experiment(player, identity, Request(8, tmp_path, 1))
    run = run_experiment(player, identity, Request(3, tmp_path, 1))
    assert run.n_finished() == 8 and run.document["replications"] == 8


def test_plans_can_be_added(player: FakePlayer, tmp_path: Path) -> None:
    """A plan played later gives the hash of both played together."""
    run_experiment(player, fake_identity(7, ("late",)), Request(6, tmp_path / "a", 1))
    both = run_experiment(player, fake_identity(7, ("early",)), Request(6, tmp_path / "a", 1))
    assert set(both.plans) == {"late", "early"} and both.n_finished() == 6
    together = run_experiment(player, fake_identity(7), Request(6, tmp_path / "b", 1))
    assert _hash(both) == _hash(together)


def test_other_seed_is_refused(player: FakePlayer, identity: Identity, tmp_path: Path) -> None:
    """A folder holds one seed; another one is an input error, and nothing changes."""
    run = run_experiment(player, identity, Request(3, tmp_path, 1))
    with pytest.raises(InputError) as caught:
        run_experiment(FakePlayer(8), fake_identity(8), Request(3, tmp_path, 1))
    assert [problem.code for problem in caught.value.problems] == ["run.other_seed"]
    assert RunFolder.open(tmp_path).document["log_sha256"] == run.document["log_sha256"]


def test_changed_input_is_refused(player: FakePlayer, identity: Identity, tmp_path: Path) -> None:
    """A changed scenario is an input error that names the changed file."""
    run_experiment(player, identity, Request(3, tmp_path, 1))
    files = {"scenario.yaml": "d" * 64}
    changed = replace(identity, input_hash="c" * 64, files=files)
    with pytest.raises(InputError) as caught:
        run_experiment(player, changed, Request(3, tmp_path, 1))
    assert caught.value.problems[0].code == "run.input_changed"
    assert caught.value.problems[0].found == "scenario.yaml"


def test_other_program_is_refused(player: FakePlayer, identity: Identity, tmp_path: Path) -> None:
    """Results of two versions of the engine are never mixed."""
    run_experiment(player, identity, Request(3, tmp_path, 1))
    newer = replace(identity, versions={"yuyan": "0", "code": "f" * 64})
    with pytest.raises(InputError) as caught:
        run_experiment(player, newer, Request(3, tmp_path, 1))
    assert caught.value.problems[0].code == "run.other_program"


def test_foreign_folder_is_refused(player: FakePlayer, identity: Identity, tmp_path: Path) -> None:
    """A folder with other files is never written into."""
    (tmp_path / "letter.docx").write_bytes(b"x")
    with pytest.raises(InputError) as caught:
        run_experiment(player, identity, Request(3, tmp_path, 1))
    assert caught.value.problems[0].code == "run.folder_not_empty"


def test_locked_folder(player: FakePlayer, identity: Identity, tmp_path: Path) -> None:
    """Two processes cannot work at one folder; afterwards it is free again."""
    with folder_lock(tmp_path), pytest.raises(FolderBusyError):
        run_experiment(player, identity, Request(3, tmp_path, 1))
    assert run_experiment(player, identity, Request(3, tmp_path, 1)).n_finished() == 3


@pytest.mark.parametrize("workers", [1, 2])
def test_failure_names_the_replication(identity: Identity, tmp_path: Path, workers: int) -> None:
    """A replication that breaks off is named, the finished ones are kept, and the run goes on."""
    with pytest.raises(ReplicationError) as caught:
        run_experiment(FakePlayer(7, fails_at=25), identity, Request(30, tmp_path, workers))
    assert (caught.value.plan, caught.value.replication) == ("late", 25)
    run = RunFolder.open(tmp_path)
    assert run.document["status"] == "failed"
    with run.results() as results:
        before = len(results.finished()["late"])
    assert before > 0
    whole = run_experiment(FakePlayer(7), identity, Request(30, tmp_path, 1))
    assert _hash(whole) == _hash(
        run_experiment(
            FakePlayer(7), identity, Request(30, tmp_path.parent / (tmp_path.name + "again"), 1)
        )
    )


def test_interrupt_leaves_a_usable_folder(
    player: FakePlayer, identity: Identity, tmp_path: Path
) -> None:
    """Ctrl-C is noted in run.json; the finished replications stay and can be read."""

    def stop(done: int, _: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_experiment(player, identity, Request(12, tmp_path, 1), stop)
    run = RunFolder.open(tmp_path)
    assert run.document["status"] == "interrupted"
    with run.results() as results:
        assert len(results.finished()["late"]) >= 4


def test_tasks_cover_everything_once() -> None:
    """Every missing replication is in exactly one task; a task has one member and is short."""
    finished = {"a": {0, 1, 2}, "b": {1}}
    tasks = missing_tasks(("a", "b"), 200, finished, lambda k: k % 7)
    flat = [task for group in tasks for task in group]
    assert sorted(k for k, _ in flat) == [k for k in range(200) if k != 1]
    assert dict(flat)[0] == ("b",) and dict(flat)[3] == ("a", "b")
    for group in tasks:
        assert len({k % 7 for k, _ in group}) == 1 and len(group) <= LONGEST_TASK


def test_partial_results_are_a_prefix(
    player: FakePlayer, identity: Identity, tmp_path: Path
) -> None:
    """Replications beyond a gap are not reported: which finish first is not random."""
    run = run_experiment(player, identity, Request(10, tmp_path, 1))
    with sqlite3.connect(tmp_path / "results.sqlite") as database:
        database.execute("DELETE FROM played WHERE replication = 4")
        database.execute("DELETE FROM cells WHERE replication = 4")
        database.execute("DELETE FROM curves WHERE replication = 4")
    database.close()
    assert run.n_finished() == 4
    assert _hash(run_experiment(player, identity, Request(10, tmp_path, 1))) == _hash(run)


def test_unknown_stays_absent(player: FakePlayer, identity: Identity, tmp_path: Path) -> None:
    """NaN is stored as absent, infinity as infinity."""
    table = run_experiment(player, identity, Request(12, tmp_path, 1)).table("late")
    assert np.isinf(table.of("t100_clock_min")).sum() == 4
    np.testing.assert_array_equal(np.isnan(table.of("t90_margin_min")), table.members == 0)
    assert np.isnan(table.of("no such measure")).all()
