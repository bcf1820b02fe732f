"""Plays the queued jobs one after another: ``python -m dashboard.job_runner FOLDER``.

A process of its own, started by a page. It holds a lock while it works, so that there is one
runner, and so that everybody can see whether it is still there; the operating system takes the
lock back when it ends, however it ends.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from dashboard.jobs import TOLD, Jobs, Work, command_of, detached, end, read_json, read_text
from sim.experiment.lock import FolderBusyError, folder_lock
from sim.experiment.progress_file import PROGRESS_FILE
from sim.experiment.store import replace_file

TRIES = 10
LOOK_EVERY_S = 0.1
PATIENCE_S = 30.0
"""So long a stopped job may finish what is under way; then it is ended (nothing stored is lost)."""


def main(folder: Path) -> int:
    """Play until nothing waits; 1 when another runner is at work."""
    # a dashboard started in the background ignores Ctrl-C; what it plays must hear of a stop
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    jobs = Jobs(folder.parent.parent)
    for _ in range(TRIES):  # somebody may be looking whether a runner is at work
        try:
            with folder_lock(folder):
                while (job := jobs.next_queued()) is not None:
                    play(job)
            return 0
        except FolderBusyError:
            time.sleep(LOOK_EVERY_S)
    return 1


def play(folder: Path) -> None:
    """Play one job to its end, or until its folder says ``cancel``."""
    work = Work.read(read_json(folder / "job.json"))
    before = read_json(Path(work.out) / "status.json").get("finished", 0)
    replace_file(folder / "before", str(before))
    replace_file(folder / "began", str(time.time()))
    if (folder / "cancel").exists():  # in the moment in which it was taken up
        end(folder, 1)
        return
    told = {PROGRESS_FILE: str(folder / TOLD)} if work.kind != "run" else {}
    with (folder / "out.txt").open("wb") as out, (folder / "err.txt").open("wb") as err:
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", "sim.cli", *command_of(work)],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **told},
            **detached(),
        )
        code = _wait(child, folder)
    if not folder.exists():  # struck off the list meanwhile
        return
    if code == 0 and work.kind == "trigger":
        from dashboard.job_latest import keep_latest  # reads a scenario; a run begins without it

        code = keep_latest(Path(work.out), read_text(folder / "out.txt"))
    if code == 0 and work.kind == "answer":
        Path(work.out).parent.mkdir(parents=True, exist_ok=True)
        replace_file(Path(work.out), read_text(folder / "out.txt"))
    end(folder, code)


def _wait(child: subprocess.Popen[bytes], folder: Path) -> int:
    """Until the child ends; on ``cancel`` it is stopped gently, then firmly."""
    asked_at: float | None = None
    while child.poll() is None:
        given_up = (folder / "cancel").exists() or not folder.exists()  # struck off the list
        if asked_at is None and given_up:
            asked_at = time.monotonic()
            if sys.platform == "win32":
                child.terminate()
            else:
                child.send_signal(signal.SIGINT)
        if asked_at is not None and time.monotonic() - asked_at > PATIENCE_S:
            _kill(child)
        try:
            child.wait(LOOK_EVERY_S)
        except subprocess.TimeoutExpired:
            continue
    return int(child.returncode)


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child and its workers."""
    if sys.platform == "win32":
        child.kill()
        return
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:  # ended by itself just now
        return


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
