"""What is played, written as the name of a plan: a placement, on which nights, with which units."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields

from sim.optimize.preposition.units import Placement


@dataclass(frozen=True)
class Scene:
    """One placement as it is played.

    Attributes:
        at: post of every unit; None for the plan's own places, played as the plan itself.
        fresh: on the nights that certify, not on those of the search.
        call_on: level of warning at which the units move up; empty: the plan's own.
        more: units of which ``copies`` further ones each exist, last in the placement.
        larger: unit that is one boat (half a stock) larger.
    """

    at: Placement | None = None
    fresh: bool = False
    call_on: str = ""
    more: tuple[str, ...] = ()
    copies: int = 0
    larger: str = ""

    def text(self) -> str:
        """As a name: the same scene always has the same one."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return json.dumps({name: said for name, said in values.items() if said or name == "at"})

    @staticmethod
    def read(text: str) -> Scene:
        """The scene of a name."""
        said = json.loads(text)
        lists = {name: tuple(said[name]) for name in ("at", "more") if said.get(name)}
        return Scene(**{**said, **lists})
