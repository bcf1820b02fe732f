"""What no choice of posts would beat by much: the same nights with every candidate post staffed.

All units stay where the plan has them, and at every post wait further copies of the largest. So
many at a post that more would hardly meet: as many as the location models allow. It is a limit of
the simulator itself, with its roads, nights and queues; not a proof, because in a simulation one
more unit may now and then do harm.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.optimize.preposition.bench import Floats
from sim.optimize.preposition.more import values_of
from sim.optimize.preposition.player import PlacementPlayer, Setting
from sim.optimize.preposition.starts import MOST_AT_A_POST


def relaxed(setting: Setting, seed: int, measure: str, how: tuple[Sequence[int], int]) -> Floats:
    """The measure night by night with every post staffed; how: nights and workers."""
    posts = range(len(setting.posts.places))
    at_each = min(MOST_AT_A_POST, len(setting.units))
    name = setting.units[setting.largest()].id
    world = setting.kind.further(setting.world, name, at_each * len(posts))
    placement = (*setting.own(), *(post for post in posts for _ in range(at_each)))
    return values_of(PlacementPlayer(setting.in_world(world), seed), placement, measure, how)
