"""Capabilities 能力: what teams bring and incidents ask for, by name and as amounts in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.forces.incidents import Amounts, Need

ANY = "any"
"""What every team brings once: for incidents that any team can answer."""


class Capabilities:
    """The names known to a force and what is asked of it, in the order of the alphabet."""

    def __init__(self, named: Iterable[str]) -> None:
        self.names = tuple(sorted({*named, ANY}))

    def amounts(self, by_name: Mapping[str, int]) -> Amounts:
        """Numbers in order; names that are not there count 0."""
        return tuple(by_name.get(name, 0) for name in self.names)

    def brought(self, by_name: Mapping[str, int]) -> Amounts:
        """What a team brings: its capabilities, and itself."""
        return self.amounts({**by_name, ANY: 1})

    def need(self, minimum: Mapping[str, int], full: Mapping[str, int]) -> Need:
        """What is asked for; without a full set the minimum is all, without a minimum any team."""
        least = dict(minimum) or {ANY: 1}
        return Need(self.amounts(least), self.amounts(dict(full) or least))
