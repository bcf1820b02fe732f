"""何时转: the latest order per zone, found by playing the plan with earlier and later orders.

Every order of the plan is moved by the same number of minutes and the same nights are played
again (common random numbers). This is a what-if: moved orders may come before anything could have
been seen. What could be seen at the latest order, level and rain, is told beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER
from sim.experiment.executors import available_cores, open_crew
from sim.optimize.ensemble import read_ensemble
from sim.optimize.groups import GroupOrder, read_groups
from sim.optimize.needed_lead import needed_lead
from sim.optimize.nights import Nights, Progress, lay_out, play_nights
from sim.optimize.order_player import OrderPlayer
from sim.optimize.zone_orders import ZoneOrder, ZoneReader
from sim.plan import Plan
from sim.world import World

DEFAULT_SHIFTS_MIN = tuple(range(-360, 121, 60))
MOST, EVERYBODY = 0.8, 1.0
"""Shares told beside the one asked for: the late tail lies between them."""


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes:
        replications: nights drawn; only those in which something comes are played.
        shifts_min: minutes by which all orders are moved, whole; 0 is added if missing.
        share: of the people of a zone who agree to leave that must be out before its cut-off.
        required: probability with which that must succeed.
    """

    replications: int = 40
    seed: int = 1
    shifts_min: tuple[int, ...] = DEFAULT_SHIFTS_MIN
    share: float = 0.95
    required: float = 0.95

    @property
    def shifts(self) -> tuple[int, ...]:
        """The shifts from the earliest order on, with 0 among them."""
        return tuple(sorted({*self.shifts_min, 0}))


@dataclass(frozen=True)
class LatestOrders:
    """The answer for one plan.

    Attributes:
        n_drawn: nights drawn; n_played: those in which some zone is cut off or wet.
        decide_min: median from trigger to signed order, NaN where villages order alone.
        zones: by row; groups: by tag, then all together.
        log_sha256: over all logs played, in order; empty when none was.
    """

    plan_id: str
    question: Question
    n_drawn: int
    n_played: int
    decide_min: float
    zones: tuple[ZoneOrder, ...]
    groups: tuple[GroupOrder, ...]
    log_sha256: str


def latest_orders(
    world: World, plan: Plan, question: Question, workers: int = 1,
    progress: Progress | None = None,
) -> LatestOrders:  # fmt: skip
    """Play the plan under every shift and read the latest order of every zone.

    Args:
        workers: processes; 0 takes all cores. The answer does not depend on it.
        progress: told after every few runs.

    Raises:
        ReplicationError: a replication broke off.
    """
    ensemble = read_ensemble(world)
    shares = (question.share, MOST, EVERYBODY)
    of = (world, plan, question.seed)
    player = OrderPlayer(of, question.shifts, shares, ensemble.deadline_ms)
    hit = np.flatnonzero((ensemble.deadline_ms < NEVER).any(axis=1)).tolist()
    nights_hit = [r for r in range(question.replications) if player.member(r) in hit]
    if not nights_hit:
        nights = _no_nights(player)
    else:
        with open_crew(player, workers or available_cores()) as crew:
            nights = lay_out(player, play_nights(crew, nights_hit, question.shifts, progress))
    needed = [
        needed_lead(nights.order_ms, nights.done_ms[i], nights.met[i], nights.deadline_ms)
        for i in range(len(shares))
    ]
    reader = ZoneReader(world, ensemble, nights, needed, question.required)
    zones = tuple(reader.read(z, question.shifts) for z in range(len(world.zones.rows)))
    return LatestOrders(
        plan_id=plan.id,
        question=question,
        n_drawn=question.replications,
        n_played=len(nights_hit),
        decide_min=_decide_min(nights, question.shifts.index(0)),
        zones=zones,
        groups=read_groups(world, nights, zones, question.shifts),
        log_sha256=nights.log_sha256,
    )


def _decide_min(nights: Nights, own: int) -> float:
    took = nights.decide_ms[:, own]
    took = took[took < NEVER]
    return float(np.median(took)) / MS_PER_MIN if len(took) else float("nan")


def _no_nights(player: OrderPlayer) -> Nights:
    """Nothing comes in any night drawn: arrays without nights."""
    zones, shifts, shares = len(player.world.zones.rows), len(player.plans), len(player.shares)

    def none(*shape: int) -> NDArray[np.int64]:
        return np.zeros(shape, dtype=np.int64)

    by_shift, by_share = none(0, shifts, zones), none(shares, 0, shifts, zones)
    return Nights(
        none(0), none(0), none(0, zones), none(0, zones), by_shift, by_shift, by_shift, by_shift,
        by_share, by_share, by_share.astype(np.bool_), none(0, zones, 1), "",
    )  # fmt: skip
