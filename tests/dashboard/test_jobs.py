"""The queue of long work: played by a process of its own, stopped, broken off, resumed."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.job_latest import keep_latest
from dashboard.job_runner import play
from dashboard.jobs import Job, Jobs, Work, command_of
from dashboard.store_scenarios import run_folder
from sim.cli import main
from sim.cli_run import default_folder
from sim.experiment.scenario_player import identity_of
from sim.experiment.store import RunFolder
from sim.io.scenario_folder import load_scenario
from sim.report.book import Book
from sim.report.latest_file import FILE, latest_orders_of

pytestmark = pytest.mark.slow  # real runs by real processes, one after another

PATIENCE_S = 600.0
MANY = 4000
"""More replications than the tiny county plays while a test looks on."""


@pytest.fixture
def work(tiny_folder: Path, tmp_path: Path) -> Callable[..., Work]:
    """Makes work on the tiny county, to be played into a folder of that name."""

    def made(name: str = "run", n: int = 3) -> Work:
        title = {"zh": "小河乡", "en": "Tiny"}
        plans = tuple(sorted(file.stem for file in (tiny_folder / "plans").iterdir()))
        return Work("run", str(tiny_folder), plans, n, 1, str(tmp_path / "runs" / name), title)

    return made


def wait_for(jobs: Jobs, name: str, *states: str) -> Job:
    """The job as soon as it is in one of the states."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        job = next(one for one in jobs.all() if one.name == name)
        if job.state in states:
            return job
        time.sleep(0.1)
    raise AssertionError(f"{job.state} instead of {states}: {job.error()}")


def wait_for_results(job: Job, least: int) -> None:
    """Until so many replications are stored."""
    end = time.monotonic() + PATIENCE_S
    while job.progress().finished < least:
        assert time.monotonic() < end, job.error()
        time.sleep(0.05)


def test_jobs_are_played_one_after_another(tmp_path: Path, work: Callable[..., Work]) -> None:
    """Two jobs asked for at once both end well, the older one first."""
    jobs = Jobs(tmp_path)
    first, second = jobs.submit(work("a")), jobs.submit(work("b", 2))
    assert [job.name for job in jobs.all()] == [second, first]
    done = [wait_for(jobs, name, "done") for name in (second, first)]
    ends = [json.loads((job.folder / "end.json").read_text("utf-8"))["at"] for job in done]
    assert ends[0] > ends[1]
    assert RunFolder.open(tmp_path / "runs" / "a").n_finished() == 3
    assert RunFolder.open(tmp_path / "runs" / "b").n_finished() == 2


def test_the_same_work_is_not_queued_twice(tmp_path: Path, work: Callable[..., Work]) -> None:
    """A double click finds the job that waits or runs already; other work does not."""
    jobs = Jobs(tmp_path)
    name = jobs.submit(work(n=MANY))
    assert jobs.same(work(n=MANY)) is not None
    assert jobs.same(work("other")) is None
    job = wait_for(jobs, name, "running")
    jobs.cancel(job)
    wait_for(jobs, name, "stopped", "failed")
    assert jobs.same(work(n=MANY)) is None


def test_a_stopped_job_keeps_what_is_finished_and_goes_on(
    tmp_path: Path, tiny_folder: Path, work: Callable[..., Work]
) -> None:
    """Stopped and resumed, a run ends with the hash of an undisturbed one."""
    jobs = Jobs(tmp_path)
    name = jobs.submit(work(n=MANY))
    job = wait_for(jobs, name, "running")
    wait_for_results(job, 1)
    jobs.cancel(job)
    job = wait_for(jobs, name, "stopped")
    kept = RunFolder.open(Path(job.work.out)).n_finished()
    assert 1 <= kept < MANY
    again = work(n=kept + 2)
    run = RunFolder.open(Path(again.out))
    run.write(replications=kept + 2)  # so that the test need not wait for all of them
    (job.folder / "job.json").write_text(
        (job.folder / "job.json").read_text("utf-8").replace(f'"n": {MANY}', f'"n": {kept + 2}'),
        encoding="utf-8",
    )
    jobs.resume(job)
    wait_for(jobs, name, "done")
    other = tmp_path / "undisturbed"
    options = ["-n", str(kept + 2), "--workers", "1", "--out", str(other)]
    assert main(["run", str(tiny_folder), *options]) == 0
    ours, theirs = RunFolder.open(Path(again.out)), RunFolder.open(other)
    assert ours.document["log_sha256"] == theirs.document["log_sha256"]


def test_a_job_stopped_while_it_is_taken_up_is_not_played(
    tmp_path: Path, work: Callable[..., Work], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever of the two comes first, the stop or the runner: nothing is started, it ends."""
    monkeypatch.setattr(Jobs, "wake", lambda self: None)
    jobs = Jobs(tmp_path)
    name = jobs.submit(work(n=MANY))
    (job,) = jobs.all()
    (job.folder / "cancel").touch()  # seen by the runner before it starts anything
    play(job.folder)
    assert not (job.folder / "out.txt").exists()
    assert (job.folder / "end.json").is_file()
    jobs.resume(job)
    jobs.cancel(jobs.all()[0])  # nobody has taken it up
    assert (jobs.all()[0].name, jobs.all()[0].state) == (name, "stopped")


def test_a_dashboard_in_the_background_stops_its_jobs_gently(
    tmp_path: Path, work: Callable[..., Work]
) -> None:
    """Where Ctrl-C is ignored from the start, as behind a ``&``, a stopped run still ends itself:
    its folder says interrupted, not that it is still being played."""
    ours = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        jobs = Jobs(tmp_path)
        name = jobs.submit(work(n=MANY))
    finally:
        signal.signal(signal.SIGINT, ours)
    job = wait_for(jobs, name, "running")
    wait_for_results(job, 1)
    jobs.cancel(job)
    job = wait_for(jobs, name, "stopped")
    assert RunFolder.open(Path(job.work.out)).document["status"] == "interrupted"


@pytest.mark.skipif(os.name == "nt", reason="kill -9 of a process group is a POSIX test")
def test_a_killed_runner_is_seen_and_its_job_goes_on(
    tmp_path: Path, work: Callable[..., Work]
) -> None:
    """kill -9 of runner and player leaves a job that says so, and that can go on."""
    jobs = Jobs(tmp_path)
    name = jobs.submit(work(n=MANY))
    job = wait_for(jobs, name, "running")
    wait_for_results(job, 1)
    runner = int((jobs.folder / "lock.pid").read_text("ascii"))
    player = int((Path(job.work.out) / "lock.pid").read_text("ascii"))
    os.kill(runner, signal.SIGKILL)
    os.killpg(os.getpgid(player), signal.SIGKILL)
    job = wait_for(jobs, name, "broken")
    jobs.resume(job)
    job = wait_for(jobs, name, "running")
    jobs.cancel(job)
    wait_for(jobs, name, "stopped", "failed")


def test_a_job_that_fails_says_why(tmp_path: Path, work: Callable[..., Work]) -> None:
    """A scenario that went wrong after it was queued ends with the sentence of the check."""
    one = work()
    (Path(one.scenario) / "zones.csv").unlink()
    jobs = Jobs(tmp_path)
    job = wait_for(jobs, jobs.submit(one), "failed")
    assert "zones" in job.error()
    assert "Traceback" not in job.error()
    jobs.forget(job)
    assert jobs.all() == []


def test_a_waiting_job_is_struck_off_at_once(tmp_path: Path, work: Callable[..., Work]) -> None:
    """Cancelling a job that has not begun ends it without playing anything."""
    jobs = Jobs(tmp_path)
    first = jobs.submit(work("a", MANY))
    second = jobs.submit(work("b", MANY))
    jobs.cancel(wait_for(jobs, second, "queued"))
    wait_for(jobs, second, "stopped")
    jobs.cancel(wait_for(jobs, first, "running"))
    wait_for(jobs, first, "stopped", "failed")
    assert not (tmp_path / "runs" / "b").exists()


def test_the_command_line_of_a_job(work: Callable[..., Work]) -> None:
    """A job is the public command, with every plan named."""
    one = work(n=7)
    line = command_of(one)
    assert line[:2] == ["run", one.scenario]
    assert line[line.index("-n") + 1] == "7"
    assert line.count("--plan") == len(one.plans)


def test_latest_orders_lie_beside_the_run_they_belong_to(
    tmp_path: Path, tiny_folder: Path, work: Callable[..., Work]
) -> None:
    """Answers for several plans are kept together; one for changed inputs is refused."""
    run = tmp_path / "run"
    options = ["-n", "2", "--workers", "1", "--out", str(run)]
    assert main(["run", str(tiny_folder), *options]) == 0
    for plan in ("a", "b"):
        printed = json.dumps({"input_hash": "of one plan only", "plans": [{"plan": plan}]})
        assert keep_latest(run, printed) == 0
    kept = json.loads((run / FILE).read_text(encoding="utf-8"))
    assert [one["plan"] for one in kept["plans"]] == ["a", "b"]
    assert kept["input_hash"] == RunFolder.open(run).document["scenario"]["input_hash"]
    villages = tiny_folder / "settlements.csv"
    villages.write_text(villages.read_text("utf-8").replace(",150,", ",151,", 1), "utf-8")
    assert keep_latest(run, json.dumps({"plans": []})) == 2


def test_the_latest_order_is_worked_out_by_the_queue(
    tmp_path: Path, work: Callable[..., Work]
) -> None:
    """A job of the other kind leaves its answer where pages and documents look for it."""
    jobs = Jobs(tmp_path)
    played = work(n=2)
    wait_for(jobs, jobs.submit(played), "done")
    asked = replace(played, kind="trigger", plans=played.plans[:1])
    wait_for(jobs, jobs.submit(asked), "done")
    book = Book.open(Path(played.out))
    found = latest_orders_of(book, played.plans[0])
    assert found is not None and found["nights_played"] > 0
    assert latest_orders_of(book, played.plans[1]) is None


def test_results_of_two_programs_are_not_mixed(tmp_path: Path, tiny_folder: Path) -> None:
    """Where another version has played, a new run gets the next name; its own run goes on."""
    folder = load_scenario(tiny_folder, None)
    wanted = identity_of(folder, 1)
    usual = run_folder(tmp_path, wanted)
    assert usual == tmp_path / default_folder(wanted)
    usual.mkdir(parents=True)
    document = {"format": 1, "versions": {"code": wanted.versions["code"]}}
    (usual / "run.json").write_text(json.dumps(document), encoding="utf-8")
    assert run_folder(tmp_path, wanted) == usual
    document["versions"] = {"code": "older"}
    (usual / "run.json").write_text(json.dumps(document), encoding="utf-8")
    assert run_folder(tmp_path, wanted).name == f"{usual.name}-2"
    (usual / "run.json").write_text("{", encoding="utf-8")
    assert run_folder(tmp_path, wanted).name == f"{usual.name}-2"
