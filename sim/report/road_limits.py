"""What the roads of one night could have let out at most, destination by destination, in words.

The quickest flow of own cars with the closings of the night (sim.bounds.road_limits): the run
cannot be better, and no later order than the latest one brings as many out as soon.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.bounds.of_run import Limits
from sim.bounds.problem import Int64
from sim.bounds.road_limits import RoadLimit
from sim.clock import MS_PER_MIN, NEVER, clock_text
from sim.log import Kind, RunLog
from sim.plan import Plan
from sim.states import Way
from sim.texts.cli_messages import message
from sim.texts.errors import Lang
from sim.world import World

HEADS = ("destination", "ready", "at_most", "came", "earliest", "last", "later")


def road_limit_lines(
    limits: Limits, plan: Plan, played: tuple[RunLog, int], lang: Lang
) -> Iterator[tuple[str, ...]]:
    """Heads, then a line per destination of own cars; played: the log and its seed.

    Nothing but the heads where there are no roads with queues or nobody leaves by car.
    """
    yield tuple(message(f"roads.{head}", lang) for head in HEADS)
    (log, seed), world = played, limits.world
    for limit in limits.road_limits(plan, log, seed):
        came = _came_ms(world, log, limit.place)
        yield (
            world.places.names[limit.place],
            str(limit.cars),
            str(limit.out),
            str(len(came)),
            _clock(world, limit.done_ms),
            _clock(world, int(came.max()) if len(came) else NEVER),
            _later(limit, came, lang),
        )


def _came_ms(world: World, log: RunLog, place: int) -> Int64:
    """Moments at which own cars came to a place for the first time."""
    rows = log.of(Kind.REGISTERED)
    party, first = np.unique(rows["who"], return_index=True)
    by_car = world.parties.way[party] == Way.RELATIVES
    times: Int64 = rows["t"][first][by_car & (rows["place"][first] == place)]
    return times


def _clock(world: World, moment: int) -> str:
    return "–" if moment >= NEVER else clock_text(world.clock_start, moment)


def _later(limit: RoadLimit, came_ms: Int64, lang: Lang) -> str:
    """How much later all orders could have come, at most, for as many to be there as soon."""
    if not len(came_ms):
        return "–"
    later = limit.latest_order_ms(len(came_ms), int(came_ms.max()))
    return message("roads.minutes", lang, n=max(0, later // MS_PER_MIN))
