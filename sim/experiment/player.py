"""What an experiment needs to know about a simulation: play one replication, measure it.

The experiment never looks inside a run. Whatever can play a numbered replication of a named plan
from a seed, and turn its log into numbers, can be replicated, stored, resumed and compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.log import RunLog

Curves = Mapping[str, NDArray[np.int64]]


class Player(Protocol):
    """Plays and measures replications of one scenario with one seed.

    The same (plan, replication) always gives the same log, in whatever process and order it is
    asked for. A player is sent to worker processes, so it must be picklable.
    """

    def play(self, plan_id: str, replication: int) -> RunLog:
        """The log of one replication of one plan."""
        ...

    def measure(self, plan_id: str, log: RunLog) -> tuple[dict[str, float], Curves]:
        """Numbers of a log (name to value, +inf for a time not reached, absent when unknown)
        and its curves (name to whole numbers of people on a fixed time grid)."""
        ...

    def member(self, replication: int) -> int:
        """Hazard member a replication meets, the same for every plan; -1 when not known."""
        ...


@dataclass(frozen=True)
class Played:
    """The small result of one replication of one plan: what is kept of every run; the log only
    where it was asked for."""

    plan: str
    replication: int
    member: int
    log_sha256: str
    measures: dict[str, float]
    curves: dict[str, NDArray[np.int64]]
    log: RunLog | None = None


class ReplicationError(RuntimeError):
    """A replication broke off; names what to play again to see it.

    Both numbers are arguments, so that the exception survives the way back from a worker.
    """

    def __init__(self, plan: str, replication: int, reason: str) -> None:
        super().__init__(plan, replication, reason)
        self.plan = plan
        self.replication = replication
        self.reason = reason

    def __str__(self) -> str:
        return f"plan {self.plan}, replication {self.replication}: {self.reason}"


def play_one(player: Player, plan_id: str, replication: int, with_log: bool = False) -> Played:
    """Play and measure one replication of one plan."""
    log = player.play(plan_id, replication)
    values, curves = player.measure(plan_id, log)
    return Played(
        plan_id,
        replication,
        log.member,
        log.sha256(),
        {name: float(value) for name, value in values.items()},
        {name: np.asarray(curve, dtype=np.int64) for name, curve in curves.items()},
        # a fresh one: measuring has left a sorted copy of the records in the old one
        RunLog(log.records, log.member, log.replication) if with_log else None,
    )


def play_tasks(
    player: Player, tasks: Sequence[tuple[int, Sequence[str]]], with_logs: bool = False
) -> list[Played]:
    """Play several replications, each under all the plans named with it.

    All plans of a replication meet the same night one after another, so whatever the world
    remembers about a hazard member serves all of them.

    Raises:
        ReplicationError: a replication broke off (caused by the original exception).
    """
    done: list[Played] = []
    for replication, plan_ids in tasks:
        for plan_id in plan_ids:
            try:
                done.append(play_one(player, plan_id, replication, with_logs))
            except Exception as error:
                reason = f"{type(error).__name__}: {error}"
                raise ReplicationError(plan_id, replication, reason) from error
    return done
