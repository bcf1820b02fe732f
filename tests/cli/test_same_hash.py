"""The same command gives the same hash on any number of workers and on an older processor."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import sim

ROOT = str(Path(str(sim.__file__)).parents[1])


def _hash(scenario: Path, out: Path, workers: int, **environment: str) -> str:
    command = [sys.executable, "-m", "sim.cli", "run", str(scenario), "-n", "6", "--json"]
    command += ["--workers", str(workers), "--out", str(out)]
    env = {**os.environ, "PYTHONPATH": ROOT, **environment}
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, done.stderr
    return str(json.loads(done.stdout)["log_sha256"])


def _newer_paths() -> str:
    """Processor features that numpy uses on this machine but could do without."""
    from numpy._core import _multiarray_umath as core

    features = core.__cpu_features__
    return " ".join(name for name in core.__cpu_dispatch__ if features.get(name))


@pytest.mark.slow
def test_same_hash_everywhere(tiny_folder: Path, tmp_path: Path) -> None:
    """Workers 1, 2, 4; two hash seeds; numpy and the C library without newer CPU paths; and a
    generic numba target with a fresh cache all give one log hash."""
    found = {
        "1": _hash(tiny_folder, tmp_path / "1", 1, PYTHONHASHSEED="0"),
        "2": _hash(tiny_folder, tmp_path / "2", 2, PYTHONHASHSEED="4711"),
        "4": _hash(tiny_folder, tmp_path / "4", 4),
        "old": _hash(
            tiny_folder,
            tmp_path / "old",
            1,
            NPY_DISABLE_CPU_FEATURES=_newer_paths(),
            GLIBC_TUNABLES="glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F,-AVX512VL",
            NUMBA_CPU_NAME="generic",
            NUMBA_CACHE_DIR=str(tmp_path / "numba"),
        ),
    }
    assert len(set(found.values())) == 1, found
