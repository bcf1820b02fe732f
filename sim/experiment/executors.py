"""Where replications are played: here, in a pool of processes, or on a Dask cluster.

All three are a ``concurrent.futures.Executor`` behind one small ``Crew``; results do not depend
on the choice, because a replication depends on nothing but its seed and number.
"""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import Any

from sim.experiment.player import Played, Player, play_tasks
from sim.log import RunLog

Task = tuple[int, tuple[str, ...]]
"""One replication and the plans to play in it."""


class ClusterError(RuntimeError):
    """``--cluster`` was asked for but the extra is not installed or nobody answers."""


def available_cores() -> int:
    """Processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def forks() -> bool:
    """Whether worker processes inherit what this process has in memory."""
    return sys.platform == "linux"


class InProcess(Executor):
    """Plays every task at once in this process: one worker, no copies, plain stack traces."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run now; the future is finished when it is returned, and errors are raised here."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@dataclass(frozen=True)
class Crew:
    """Workers who know one player.

    Attributes:
        width: how many tasks to have under way at once, so that no worker waits for one.
    """

    executor: Executor
    width: int
    _play: Callable[..., list[Played]]
    _log: Callable[..., RunLog]
    _first: tuple[Any, ...]

    def play(self, tasks: Sequence[Task], with_logs: bool = False) -> Future[list[Played]]:
        """Play replications one after another on one worker."""
        return self.executor.submit(self._play, *self._first, tuple(tasks), with_logs)

    def log(self, plan_id: str, replication: int) -> Future[RunLog]:
        """Play one replication for its full log."""
        return self.executor.submit(self._log, *self._first, plan_id, replication)


def _log_of(player: Player, plan_id: str, replication: int) -> RunLog:
    return player.play(plan_id, replication)


_player: list[Player] = []
"""Set once in a worker process when it starts; stays empty everywhere else."""


def _start_worker(player: Player) -> None:
    """Take the player over, leave Ctrl-C to the parent, and end when the parent has ended."""
    _player[:] = [player]
    gc.collect()
    gc.freeze()  # the world stays for good: collections need not look at it, nor copy its pages
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A parent killed with -9 cannot tell its workers; without this they would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _play_in_worker(tasks: Sequence[Task], with_logs: bool) -> list[Played]:
    done: list[Played] = []
    for replication, plan_ids in tasks:
        for plan_id in plan_ids:
            done += play_tasks(_player[0], [(replication, [plan_id])], with_logs)
            # a run leaves a web of events that only the collector takes apart; it is quick here,
            # because what was there before the fork is frozen
            gc.collect()
    return done


def _log_in_worker(plan_id: str, replication: int) -> RunLog:
    return _log_of(_player[0], plan_id, replication)


def _process_pool(player: Player, workers: int) -> ProcessPoolExecutor:
    """Forked workers inherit the world and the compiled kernels; elsewhere each gets a copy."""
    method = "fork" if forks() else "spawn"
    pool = ProcessPoolExecutor(
        workers, multiprocessing.get_context(method), _start_worker, (player,)
    )
    with warnings.catch_warnings():
        # Newer Pythons warn about forking beside numpy's own idle threads; no lock of ours is held.
        warnings.filterwarnings("ignore", message=".*fork.*", category=DeprecationWarning)
        pool.submit(os.getpid).result()  # fork now, before a progress bar starts its thread
    return pool


@contextmanager
def _cluster(player: Player, address: str) -> Iterator[Crew]:
    try:
        distributed = importlib.import_module("distributed")
    except ImportError as error:
        raise ClusterError("pip install 'yuyan[cluster]'") from error
    try:
        client = distributed.Client(address, timeout=20)
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(f"{address}: {error}") from error
    with client:
        everywhere = client.scatter(player, broadcast=True)
        executor = client.get_executor(pure=False)
        width = 2 * max(1, sum(client.ncores().values()))
        yield Crew(executor, width, play_tasks, _log_of, (everywhere,))


@contextmanager
def open_crew(player: Player, workers: int = 1, cluster: str | None = None) -> Iterator[Crew]:
    """Workers for the time of a ``with`` block.

    Args:
        workers: processes on this machine; 1 plays in this process.
        cluster: address of a Dask scheduler, instead of local processes.

    Raises:
        ClusterError: no ``distributed`` installed, or no scheduler at the address.
    """
    if cluster is not None:
        with _cluster(player, cluster) as crew:
            yield crew
        return
    if workers == 1:
        yield Crew(InProcess(), 1, play_tasks, _log_of, (player,))
        return
    pool = _process_pool(player, workers)
    try:
        yield Crew(pool, workers + 1, _play_in_worker, _log_in_worker, ())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
