"""What no choice of posts would beat by much: the same nights with every candidate post staffed.

All units stay where the plan has them, and at every post wait further copies of the largest unit of
every ability: of a single one so many that more would hardly meet, as many as the location models
allow; fewer of each where there are several. It is a limit of the simulator itself, with its roads,
nights and queues; not a proof, because in a simulation one more unit may now and then do harm.
"""

from __future__ import annotations

from sim.optimize.preposition.demand import Demand
from sim.optimize.preposition.scene import Scene
from sim.optimize.preposition.setting import Setting
from sim.optimize.preposition.starts import MOST_AT_A_POST


def copies(setting: Setting, demand: Demand) -> tuple[tuple[str, ...], int]:
    """Units of which there are copies at every post, and how many of each at each."""
    asked = {unit for skill in demand.skills for unit in skill.units}
    units = [unit for unit in setting.ablest() if unit in asked] or setting.ablest()
    at_each = min(-(-MOST_AT_A_POST // len(units)), len(setting.units))
    return tuple(setting.units[unit].id for unit in units), at_each


def every_post(setting: Setting, demand: Demand) -> Scene:
    """Every post staffed, on fresh nights."""
    names, at_each = copies(setting, demand)
    posts = [post for post in range(len(setting.posts.places)) for _ in range(at_each)]
    return Scene((*setting.own(), *posts * len(names)), True, more=names, copies=len(posts))
