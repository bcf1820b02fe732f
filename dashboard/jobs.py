"""The queue of long work: a folder per job, one runner process, so that nothing needs the browser.

A page writes a job folder and wakes the runner; the runner (``dashboard.job_runner``) is a process
of its own that plays one job after another by the command line of Yuyan and goes on when the
browser is closed or the dashboard is stopped. All that is known about a job lies in its folder:
``job.json`` (what was asked), ``began``, ``cancel``, ``progress.json``, ``end.json``, ``out.txt``,
``err.txt``.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sim.experiment.lock import FolderBusyError, folder_lock
from sim.experiment.store import replace_file

if TYPE_CHECKING:
    from sim.io.doubt import Inputs

Kind = Literal["run", "trigger", "answer"]
State = Literal["queued", "running", "stopping", "done", "failed", "stopped", "broken"]
WAITING: tuple[State, ...] = ("queued", "running", "stopping")
TOLD = "progress.json"
"""What an optimiser tells of its progress; see ``sim.cli_progress``."""
MAY_GO_ON: tuple[State, ...] = ("failed", "stopped", "broken")


@dataclass(frozen=True)
class Work:
    """What was asked for.

    Attributes:
        kind: ``run`` plays plans into the run folder ``out``; ``trigger`` works out the latest
            orders of the plans and leaves them in the run folder ``out``; ``answer`` asks an
            optimiser and leaves the JSON that it prints in the file ``out``.
        scenario: scenario folder; n: replications, or nights.
        title: name of the scenario in both languages, for the list of jobs.
        inputs: whether doubtful values of behaviour are moved to one side.
        options: of an answer: which optimiser, and how it is asked besides scenario and plan.
    """

    kind: Kind
    scenario: str
    plans: tuple[str, ...]
    n: int
    seed: int
    out: str
    title: dict[str, str]
    lang: str = "zh"
    inputs: Inputs = "base"
    options: tuple[str, ...] = ()

    @staticmethod
    def read(asked: dict[str, Any]) -> Work:
        """What a job file asks for.

        Raises:
            TypeError, KeyError: it was written by another version.
        """
        lists = {name: tuple(asked.get(name, ())) for name in ("plans", "options")}
        return Work(**{**asked, **lists})


@dataclass(frozen=True)
class Progress:
    """How far a job has come; ``left_s`` is None as long as nobody can tell.

    Work of several steps counts each for itself; ``step`` says which, 0 where there is only one.
    """

    finished: int
    wanted: int
    elapsed_s: float
    left_s: float | None
    step: int = 0


@dataclass(frozen=True)
class Job:
    """One job as its folder says."""

    folder: Path
    work: Work
    state: State

    @property
    def name(self) -> str:
        """Name of the job, in the order in which jobs were asked for."""
        return self.folder.name

    def error(self) -> str:
        """What the command line said when it failed, in the language asked for."""
        return read_text(self.folder / "err.txt").strip()

    def began(self) -> float | None:
        """Seconds since the epoch at which the runner took it up."""
        text = read_text(self.folder / "began")
        return float(text) if text else None

    def ended(self) -> float | None:
        """Seconds since the epoch at which it ended, however it did."""
        at = read_json(self.folder / "end.json").get("at")
        return float(at) if at is not None else None

    def progress(self) -> Progress:
        """From the status file of the run; nothing is known before its first replication."""
        began = self.began()
        elapsed = 0.0 if began is None else max(0.0, time.time() - began)
        if self.work.kind != "run":
            return _told(read_json(self.folder / TOLD), elapsed, self.work.n)
        status_file = Path(self.work.out) / "status.json"
        status = read_json(status_file)
        if began is None or not status:
            return Progress(0, self.work.n, elapsed, None)
        if status_file.stat().st_mtime < began - 1:  # of an earlier start
            return Progress(0, self.work.n, elapsed, None)
        finished, wanted = int(status["finished"]), int(status.get("wanted", self.work.n))
        before = int(read_text(self.folder / "before") or 0)
        spent = float(status.get("elapsed_s", 0.0))
        left = None
        if finished > before and spent > 0:
            left = spent / (finished - before) * (wanted - finished)
        return Progress(finished, wanted, elapsed, left)


def _told(known: dict[str, Any], elapsed_s: float, wanted: int) -> Progress:
    """What an optimiser has told of itself."""
    finished, wanted = int(known.get("finished", 0)), int(known.get("wanted", wanted))
    left = known["elapsed_s"] / finished * (wanted - finished) if finished else None
    return Progress(finished, wanted, elapsed_s, left, int(known.get("step", 1)))


class Jobs:
    """All jobs below one working folder."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "runs" / ".jobs"

    def all(self) -> list[Job]:
        """Every job, the newest first."""
        if not self.folder.is_dir():
            return []
        busy = self.busy()
        found = [self._read(folder, busy) for folder in sorted(self.folder.iterdir())[::-1]]
        return [job for job in found if job is not None]

    def _read(self, folder: Path, busy: bool) -> Job | None:
        asked = read_json(folder / "job.json")
        if not asked:
            return None
        try:
            work = Work.read(asked)
        except (TypeError, KeyError):  # written by another version
            return None
        return Job(folder, work, _state(folder, busy))

    def busy(self) -> bool:
        """Whether a runner is at work."""
        try:
            with folder_lock(self.folder):
                return False
        except FolderBusyError:
            return True

    def submit(self, work: Work) -> str:
        """Put a job at the end of the queue and see that somebody plays it; its name."""
        name = f"{time.time_ns() // 1_000_000:014d}-{secrets.token_hex(3)}"
        folder = self.folder / name
        folder.mkdir(parents=True)
        replace_file(folder / "job.json", json.dumps(asdict(work), ensure_ascii=False))
        self.wake()
        return name

    def same(self, work: Work) -> Job | None:
        """A job waiting or running for the same folder: a double click must not queue twice."""
        return next(
            (
                job
                for job in self.all()
                if job.state in WAITING
                and (job.work.out, job.work.kind) == (work.out, work.kind)
                and (job.work.plans, job.work.n) == (work.plans, work.n)
                and job.work.options == work.options
            ),
            None,
        )

    def cancel(self, job: Job) -> None:
        """Ask the runner to stop; what is finished is kept. A job still waiting ends at once."""
        (job.folder / "cancel").touch()
        if not (job.folder / "began").exists():  # the runner looks the other way round
            end(job.folder, 1)

    def resume(self, job: Job) -> None:
        """Put a job that ended early back into the queue, at its old place."""
        for name in ("cancel", "end.json", "began", "err.txt", "before", TOLD):
            (job.folder / name).unlink(missing_ok=True)
        self.wake()

    def forget(self, job: Job) -> None:
        """Strike a job off the list; results stay."""
        if job.state not in WAITING:
            shutil.rmtree(job.folder)

    def next_queued(self) -> Path | None:
        """The job to play next, the oldest first; None when nothing waits."""
        if not self.folder.is_dir():
            return None
        for folder in sorted(self.folder.iterdir()):
            if (folder / "job.json").is_file() and _state(folder, False) == "queued":
                return folder
        return None

    def wake(self) -> None:
        """Start a runner if something waits and none is at work."""
        if self.next_queued() is None or self.busy():
            return
        command = [sys.executable, "-P", "-m", "dashboard.job_runner", str(self.folder)]
        with open(os.devnull, "r+b") as nothing:  # noqa: PTH123
            runner = subprocess.Popen(
                command,
                cwd=self.folder,
                stdin=nothing,
                stdout=nothing,
                stderr=nothing,
                **detached(),
            )
        # reaped by a thread when it ends: nobody here waits for it
        threading.Thread(target=runner.wait, daemon=True).start()


def detached() -> dict[str, Any]:
    """How a process is started that outlives the one that starts it."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def command_of(work: Work) -> list[str]:
    """The command line that does the work."""
    plans = [part for plan in work.plans for part in ("--plan", plan)]
    if work.kind == "answer":
        name, *how = work.options
        return ["optimize", name, work.scenario, *plans, *how, "--json", "--lang", work.lang]
    common = [work.scenario, *plans, "-n", str(work.n), "--seed", str(work.seed)]
    tail = ["--lang", work.lang]
    if work.inputs != "base":
        tail += ["--inputs", work.inputs]
    if work.kind == "trigger":
        return ["optimize", "trigger", *common, "--json", *tail]
    return ["run", *common, "--out", work.out, *tail]


def _state(folder: Path, busy: bool) -> State:
    ended = read_json(folder / "end.json")
    cancelled = (folder / "cancel").exists()
    if ended:
        if ended["code"] == 0:
            return "done"
        return "stopped" if cancelled else "failed"
    if not (folder / "began").exists():
        return "queued"
    if not busy:
        return "broken"
    return "stopping" if cancelled else "running"


def end(folder: Path, code: int) -> None:
    """Note how a job ended."""
    replace_file(folder / "end.json", json.dumps({"code": code, "at": time.time()}))


def read_text(file: Path) -> str:
    """Content of a small file; empty when it is not there."""
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def read_json(file: Path) -> dict[str, Any]:
    """Content of a small JSON file; empty when it is not there or half written."""
    try:
        found = json.loads(read_text(file) or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
