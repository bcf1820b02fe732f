"""Play a scenario n times under every plan and keep the numbers: the experiment itself.

Every replication is stored when it is finished, in one transaction; whatever ends the process,
the same command goes on from there, and the final hash is the one of an undisturbed run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from pathlib import Path

from sim.experiment.executors import Crew, Task, available_cores, open_crew
from sim.experiment.identity import Identity, machine
from sim.experiment.kept import Logs, keep_logs
from sim.experiment.lock import folder_lock
from sim.experiment.player import Played, Player, ReplicationError
from sim.experiment.results import Results
from sim.experiment.store import RunFolder
from sim.measures.result_table import hash_of_hashes

Progress = Callable[[int, int], None]
"""Told after every stored replication: how many are finished, of how many."""

WINDOW = 64
"""Replications among which those of one hazard member are put into one task."""
LONGEST_TASK = 4
"""Replications in one task at most; also what is lost at most per worker by kill -9."""
LOGS_HELD = 32
"""Up to so many nights in all, their logs are held until it is known which ones are kept; of a
night of a county a log takes 5 MB. After more, the ones to be kept are played again."""
STATUS_EVERY_S = 0.5


@dataclass(frozen=True)
class Request:
    """How much to play, and with what.

    Attributes:
        n: replications wanted in all, those already finished included.
        workers: processes; 0 takes all cores.
        cluster: address of a Dask scheduler instead of local processes.
    """

    n: int
    out: Path
    workers: int = 0
    cluster: str | None = None


def run_experiment(
    player: Player, identity: Identity, request: Request, progress: Progress | None = None
) -> RunFolder:
    """Play what is missing up to ``request.n`` replications of every plan of ``identity``.

    Returns:
        The complete run; a folder with more replications than asked for stays as it is.

    Raises:
        InputError: the folder holds another run.
        FolderBusyError: another process is working at it.
        ReplicationError: a replication broke off; the finished ones are kept.
        OSError, sqlite3.Error: the disk is full or cannot be written; what is finished is kept.
        KeyboardInterrupt: stopped by the user; run.json says so.
    """
    request.out.mkdir(parents=True, exist_ok=True)
    with folder_lock(request.out):
        run = RunFolder.begin(request.out, identity)
        workers = request.workers or available_cores()
        wanted = max(request.n, int(run.document["replications"]))
        run.write(status="running", replications=wanted, machine=machine(workers))
        with run.results(write=True) as results:
            tasks = missing_tasks(run.plans, wanted, results.finished(), player.member)
            workers = max(1, min(workers, len(tasks)))
            keeper = _Keeper(run, results, wanted, progress)
            try:
                with open_crew(player, workers, request.cluster) as crew:
                    _play_all(crew, tasks, keeper)
                    _complete(run, results, crew, keeper.logs)
            except BaseException as error:
                _note_end(run, error)
                raise
            results.close_whole()
    return run


def missing_tasks(
    plans: Sequence[str],
    n: int,
    finished: dict[str, set[int]],
    member: Callable[[int], int],
) -> list[tuple[Task, ...]]:
    """What is still to play, in tasks: replications of one hazard member together.

    Only neighbours are put together (``WINDOW``), so that finished replications grow from 0
    upwards; among them the longest tasks come first, so that at the end no worker waits long for
    another. The order changes no result.
    """
    missing: list[Task] = []
    for replication in range(n):
        plans_left = tuple(p for p in plans if replication not in finished.get(p, set()))
        if plans_left:
            missing.append((replication, plans_left))
    tasks: list[tuple[Task, ...]] = []
    for start in range(0, len(missing), WINDOW):
        by_member: dict[int, list[Task]] = {}
        for task in missing[start : start + WINDOW]:
            by_member.setdefault(member(task[0]), []).append(task)
        together = [
            tuple(group[i : i + LONGEST_TASK])
            for group in by_member.values()
            for i in range(0, len(group), LONGEST_TASK)
        ]
        tasks.extend(sorted(together, key=len, reverse=True))
    return tasks


class _Keeper:
    """Stores what comes back and tells how far the work has come.

    Attributes:
        logs: by plan and replication, where the workers sent the log along.
    """

    def __init__(
        self, run: RunFolder, results: Results, wanted: int, progress: Progress | None
    ) -> None:
        self.run = run
        self.results = results
        self.wanted = wanted
        self.progress = progress
        self.logs: Logs = {}
        self.done = _finished_everywhere(run.plans, results)
        self._status_at = 0.0
        self._started = time.monotonic()

    def keep(self, played: Sequence[Played]) -> None:
        """One transaction per replication."""
        by_replication: dict[int, list[Played]] = {}
        for one in played:
            by_replication.setdefault(one.replication, []).append(one)
            if one.log is not None:
                self.logs[one.plan, one.replication] = one.log
        for group in by_replication.values():
            self.results.add(group)
            self.done = _finished_everywhere(self.run.plans, self.results)
            if self.progress is not None:
                self.progress(self.done, self.wanted)
        self.tell()

    def tell(self, state: str = "running") -> None:
        """status.json, at most twice a second while running."""
        now = time.monotonic()
        if state == "running" and now - self._status_at < STATUS_EVERY_S:
            return
        self._status_at = now
        self.run.write_status(
            state=state,
            finished=self.done,
            wanted=self.wanted,
            elapsed_s=round(now - self._started, 1),
        )


def _finished_everywhere(plans: Sequence[str], results: Results) -> int:
    finished = results.finished()
    return len(set.intersection(*(finished.get(plan, set()) for plan in plans)))


def _play_all(crew: Crew, tasks: Sequence[tuple[Task, ...]], keeper: _Keeper) -> None:
    """Keep every worker busy and store results as they come.

    When a replication breaks off, or on Ctrl-C, those under way are still waited for and stored.
    """
    waiting: Iterator[tuple[Task, ...]] = iter(tasks)
    under_way: set[Future[list[Played]]] = set()
    finished: set[Future[list[Played]]] = set()
    with_logs = sum(len(plans) for task in tasks for _, plans in task) <= LOGS_HELD
    keeper.tell()
    try:
        while True:
            for task in waiting:
                under_way.add(crew.play(task, with_logs))
                if len(under_way) >= crew.width:
                    break
            if not under_way:
                break
            finished, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            while finished:
                keeper.keep(finished.pop().result())
    except (KeyboardInterrupt, ReplicationError):
        for future in (*finished, *under_way):
            if not future.cancel() and future.exception() is None:
                keeper.keep(future.result())
        raise


def _complete(run: RunFolder, results: Results, crew: Crew, logs: Logs) -> None:
    """Everything is played: hashes, the logs worth keeping, the last word in run.json."""
    n = int(run.document["replications"])
    hashes = {plan: hash_of_hashes(results.hashes(plan, range(n))) for plan in run.plans}
    kept = keep_logs(run, results, crew, logs)
    run.write(
        status="complete",
        finished=n,
        kept=kept,
        plan_log_sha256=hashes,
        log_sha256=hash_of_hashes([hashes[plan] for plan in sorted(hashes)]),
    )
    run.write_status(state="complete", finished=n, wanted=n)


def _note_end(run: RunFolder, error: BaseException) -> None:
    """Say in run.json how the work ended; on a full disk the old run.json simply stays."""
    status = "interrupted" if isinstance(error, KeyboardInterrupt) else "failed"
    try:
        run.write(status=status, finished=run.n_finished())
        run.write_status(state=status, finished=run.document["finished"])
    except OSError:
        return
