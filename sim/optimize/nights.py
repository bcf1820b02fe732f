"""The nights of an order search, played on workers and laid out as arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.experiment.executors import Crew
from sim.experiment.player import Played
from sim.measures.crowd import people_needed
from sim.measures.result_table import hash_of_hashes
from sim.optimize.order_player import OrderPlayer, label_of
from sim.optimize.stuck import STUCK_LINKS

Int64 = NDArray[np.int64]
Progress = Callable[[int, int], None]
"""Told after every task: how many runs are finished, of how many."""

RUNS_IN_A_TASK = 5
"""Shifts of one night played in a row: they share the roads of that night, but every run leaves
memory behind that is only collected when the task is done."""


@dataclass(frozen=True)
class Nights:
    """What was played, nights in the order of their replication, shifts from the earliest order.

    Attributes:
        replications, members: int64[nights].
        deadline_ms, agreed: int64[nights, zones].
        order_ms, prepare_ms, decide_ms, out: int64[nights, shifts, zones], see ``OrderPlayer``.
        done_ms, least_ms: int64[shares, nights, shifts, zones].
        met: bool[shares, nights, shifts, zones], the share was out at the deadline.
        stuck: int64[nights, zones, links], persons, under the earliest orders.
        log_sha256: hash over all logs.
    """

    replications: Int64
    members: Int64
    deadline_ms: Int64
    agreed: Int64
    order_ms: Int64
    prepare_ms: Int64
    decide_ms: Int64
    out: Int64
    done_ms: Int64
    least_ms: Int64
    met: NDArray[np.bool_]
    stuck: Int64
    log_sha256: str


def play_nights(
    crew: Crew, replications: Sequence[int], shifts_min: Sequence[int], progress: Progress | None
) -> list[Played]:
    """Every night under every shift, a few shifts of a night in a row on one worker.

    The order of the result depends on nothing but the arguments.
    """
    labels = tuple(label_of(shift) for shift in shifts_min)
    waiting = iter(
        (replication, labels[k : k + RUNS_IN_A_TASK])
        for replication in replications
        for k in range(0, len(labels), RUNS_IN_A_TASK)
    )
    under_way: set[Future[list[Played]]] = set()
    played: list[Played] = []
    wanted = len(replications) * len(labels)
    while True:
        for task in waiting:
            under_way.add(crew.play([task]))
            if len(under_way) >= crew.width:
                break
        if not under_way:
            break
        finished, under_way = wait(under_way, return_when=FIRST_COMPLETED)
        for future in finished:
            played += future.result()
        if progress is not None:
            progress(len(played), wanted)
    rank = {label: k for k, label in enumerate(labels)}
    return sorted(played, key=lambda one: (one.replication, rank[one.plan]))


def lay_out(player: OrderPlayer, played: Sequence[Played]) -> Nights:
    """The arrays of all nights; ``played`` as ``play_nights`` returns it, not empty."""
    n_shifts = len(player.plans)
    first = played[::n_shifts]
    members = np.array([one.member for one in first], dtype=np.int64)

    def column(name: str) -> Int64:
        rows = np.array([one.curves[name] for one in played], dtype=np.int64)
        return rows.reshape(len(first), n_shifts, -1)

    agreed, out = column("agreed")[:, 0], column("out")
    needed = [
        np.array([[people_needed(share, int(n)) for n in night] for night in agreed])
        for share in player.shares
    ]
    shares = range(len(player.shares))
    return Nights(
        replications=np.array([one.replication for one in first], dtype=np.int64),
        members=members,
        deadline_ms=player.deadlines[members],
        agreed=agreed,
        order_ms=column("order"),
        prepare_ms=column("prepare"),
        decide_ms=column("decide"),
        out=out,
        done_ms=np.stack([column(f"done{i}") for i in shares]),
        least_ms=np.stack([column(f"least{i}") for i in shares]),
        met=np.stack([out >= people[:, None] for people in needed]),
        stuck=column("stuck")[:, 0].reshape(len(first), -1, len(STUCK_LINKS)),
        log_sha256=hash_of_hashes([one.log_sha256 for one in played]),
    )
