"""The simulated night as a drill director looks at it: townships, people, what stands out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.drill.danger import Danger
from sim.drill.inject import Role
from sim.measures.curves import township_of_homes
from sim.measures.facts import Facts
from sim.plan import Plan
from sim.states import Way
from sim.texts.drill import DRILL_WORDS
from sim.texts.labels import Label

Int64 = NDArray[np.int64]
T = TypeVar("T")
SEVERAL = 3
"""How many names are read out before "and others": more nobody remembers."""


class Scene:
    """Facts of one replication with the plan that was played."""

    def __init__(self, facts: Facts, plan: Plan) -> None:
        self.facts, self.plan, self.world = facts, plan, facts.world
        self.home_township = township_of_homes(self.world)
        self.home_zone: list[int] = self.world.homes.zone.tolist()
        self.danger = Danger(facts)

    def clock(self, ms: int) -> Label:
        """Date and clock of a moment, as it is read out."""
        moment = self.world.clock_start + timedelta(milliseconds=ms)
        return f"{moment.month}月{moment.day}日 {moment:%H:%M}", f"{moment:%m-%d %H:%M}"

    def zone(self, zone: int) -> str:
        """Name of a zone."""
        return self.world.zones.rows[zone].name

    def township(self, zone: int) -> str:
        """Township of a zone; its own name where it has none."""
        row = self.world.zones.rows[zone]
        return row.township or row.name

    def post(self, township: str) -> Role:
        """The post of a township by its own name; named after the township without one."""
        for post in self.world.posts:
            if post.level == "township" and post.township == township:
                return Role("post", post.name)
        return Role("township", township)

    @property
    def county(self) -> Role:
        """The county's post by its own name."""
        for post in self.world.posts:
            if post.level == "county":
                return Role("post", post.name)
        return Role("county")

    def people(self, zones: Iterable[int]) -> int:
        """People at risk of some zones."""
        return int(self.facts.people_by_zone[list(zones)].sum())

    def persons(self, chosen: NDArray[np.bool_]) -> int:
        """Persons of the chosen parties."""
        return self.facts.persons(chosen)

    def in_zones(self, zones: Iterable[int]) -> NDArray[np.bool_]:
        """Parties of some zones."""
        return np.isin(self.facts.zone, list(zones))

    def by_way(self, zones: Iterable[int], way: Way) -> int:
        """Persons of some zones with a planned way out."""
        return self.persons(self.in_zones(zones) & (self.world.parties.way == way))

    def special(self, chosen: NDArray[np.bool_]) -> int:
        """Persons of special groups, escorts included."""
        return self.persons(chosen & self.world.parties.special)

    def names_of_townships(self, zones: Iterable[int]) -> str | Label:
        """Townships of some zones; a few by name, many by number."""
        names = list(dict.fromkeys(self.township(zone) for zone in zones))
        if len(names) <= SEVERAL:
            return "、".join(names)
        shown = "、".join(names[:SEVERAL])
        zh, en = DRILL_WORDS["and_more"]
        return zh.format(list=shown, n=len(names)), en.format(list=shown, n=len(names))

    def place_zone(self, place: int) -> int:
        """Zone of a home or assembly point; -1 elsewhere."""
        if 0 <= place < len(self.home_zone):
            return self.home_zone[place]
        row = place - self.world.assembly_place
        inside = 0 <= row < len(self.world.assembly_points)
        return int(self.world.assembly_zone[row]) if inside else -1


def spread_out(rows: Sequence[T], most: int, where: Callable[[T], str]) -> list[T]:
    """The first rows, from different townships as far as there are any; ``rows`` best first."""
    chosen: list[T] = []
    seen: set[str] = set()
    for again in (False, True):
        for row in rows:
            if len(chosen) < most and row not in chosen and (again or where(row) not in seen):
                chosen.append(row)
                seen.add(where(row))
    return chosen
