"""Thirty replications of a 72 h flood with forty teams with skills, on two cores: how long?

``python tests/benchmarks/forces/three_days.py [--plan P] [-n 30]`` copies scenarios/yunling, lets
it last 72 hours, plays one plan with two workers and prints wall time and processor time of all
processes (asked: under 60 s, and so under 120 s of processor time). Compiled code and planning
tables are made by two replications before the clock starts.
"""

from __future__ import annotations

import argparse
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

YUNLING = Path(__file__).parents[3] / "scenarios" / "yunling"
THREE_DAYS_MIN = 72 * 60


def lengthened(folder: Path) -> Path:
    """Yunling with a horizon of three days."""
    kept = shutil.ignore_patterns("making", "*.py", "__pycache__")
    target = Path(shutil.copytree(YUNLING, folder / "yunling", ignore=kept))
    text = (target / "scenario.yaml").read_text("utf-8")
    text = re.sub(r"(?m)^horizon_min: \d+$", f"horizon_min: {THREE_DAYS_MIN}", text)
    (target / "scenario.yaml").write_text(text, "utf-8")
    return target


def play(scenario: Path, plan: str, n: int, out: Path) -> tuple[float, float]:
    """Seconds of wall and of processor time."""
    began, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [
        *(sys.executable, "-m", "sim.cli", "run", str(scenario), "--plan", plan),
        *("-n", str(n), "--workers", "2", "--out", str(out)),
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    return time.perf_counter() - began, processor


def main() -> None:
    """Warm up, play, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plan", default="d_coaches_first")
    parser.add_argument("-n", type=int, default=30)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scenario = lengthened(Path(name))
        play(scenario, given.plan, 2, Path(name) / "warm")
        wall, processor = play(scenario, given.plan, given.n, Path(name) / "run")
    print(f"{given.n} replications of 72 h: {wall:.1f} s wall, {processor:.1f} s processor time")


if __name__ == "__main__":
    main()
