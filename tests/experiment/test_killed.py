"""Killing the process, filling the disk: what is finished stays, and the end is the same."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import sim
from sim.experiment.store import RunFolder

SCRIPT = Path(__file__).parent / "fake_player.py"
ROOT = str(Path(str(sim.__file__)).parents[1])
RUNS = 60


def _start(
    folder: Path,
    crew: int,
    environment: dict[str, str] | None = None,
    limit: Callable[[], None] | None = None,
) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(SCRIPT), str(folder), str(RUNS), str(crew)]
    env = {**os.environ, "PYTHONPATH": ROOT, **(environment or {})}
    return subprocess.Popen(command, stderr=subprocess.PIPE, env=env, preexec_fn=limit)


def _final_hash(folder: Path, crew: int) -> str:
    with _start(folder, crew) as process:
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors.decode()
    document = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert document["status"] == "complete" and document["finished"] == RUNS
    return str(document["log_sha256"])


def _finished(folder: Path) -> int:
    if not (folder / "results.sqlite").exists():
        return 0
    with RunFolder.open(folder).results(write=True) as results:
        return len(results.finished().get("early", set()))


def _still_running(pid: int) -> bool:
    """Whether a process exists and is more than an entry waiting to be collected."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_kill_at_ten_random_moments(tmp_path: Path) -> None:
    """After kill -9 at ten moments nothing finished is lost and the final hash is the same."""
    undisturbed = _final_hash(tmp_path / "calm", 1)
    moments = random.Random(20250618)
    before = 0
    for _ in range(10):
        with _start(tmp_path / "killed", 2) as process:
            time.sleep(moments.uniform(0.2, 1.2))
            process.kill()
            process.communicate()
        after = _finished(tmp_path / "killed")
        assert after >= before
        before = after
    assert _final_hash(tmp_path / "killed", 2) == undisturbed


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    """Workers of a killed parent do not stay behind."""
    with _start(tmp_path, 2) as process:
        children_file = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        children: list[int] = []
        while len(children) < 2 and process.poll() is None:
            children = [int(pid) for pid in children_file.read_text(encoding="ascii").split()]
        assert len(children) >= 2
        process.kill()
        process.communicate()
    for _ in range(200):
        if not any(_still_running(pid) for pid in children):
            return
        time.sleep(0.05)
    raise AssertionError("a worker outlived its parent")


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="needs RLIMIT_FSIZE")
def test_full_disk_leaves_the_finished_part(tmp_path: Path) -> None:
    """When nothing more can be written the run stops, and goes on later to the same hash."""

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

    with _start(tmp_path / "full", 1, limit=small_files) as process:
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 1
    assert b"OperationalError" in errors or b"OSError" in errors
    kept = _finished(tmp_path / "full")
    assert 0 < kept < RUNS
    assert RunFolder.open(tmp_path / "full").n_finished() > 0
    assert _final_hash(tmp_path / "full", 1) == _final_hash(tmp_path / "calm", 1)


def test_hash_seed_does_not_matter(tmp_path: Path) -> None:
    """Two values of PYTHONHASHSEED give the same hash."""
    found = set()
    for value in ("0", "4711"):
        environment = {"PYTHONHASHSEED": value}
        with _start(tmp_path / value, 1, environment=environment) as process:
            process.communicate(timeout=120)
        found.add(RunFolder.open(tmp_path / value).document["log_sha256"])
    assert len(found) == 1 and None not in found
