"""One inject of a drill: what is told to whom when, and what is expected of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.texts.drill import DRILL_WORDS, EXPECTED, INJECTS, ROLES
from sim.texts.labels import Label, both_filled


@dataclass(frozen=True)
class Role:
    """Who speaks or is spoken to: key of ``ROLES`` and, where it has one, a name."""

    key: str
    name: str | Label = ""

    def label(self) -> Label:
        """In both languages; a plain name is whatever planners wrote."""
        return both_filled(ROLES[self.key], {"name": self.name})


DIRECTOR = Role("director")


@dataclass(frozen=True)
class Inject:
    """What a drill director hands out.

    Attributes:
        at_ms: moment of the simulated night.
        kind: key of ``INJECTS``; values: what it says, texts in both languages as a Label.
        place: where it plays; zone: row of the zone whose times are asked for, -1 for the county.
        expected: key of ``EXPECTED``; owner: who acts, and is timed.
        action: key of the action times, empty where nothing is timed.
    """

    at_ms: int
    kind: str
    place: str | Label
    sender: Role
    receiver: Role
    expected: str
    values: Mapping[str, object] = field(default_factory=dict)
    zone: int = -1
    action: str = ""

    @property
    def owner(self) -> Role:
        """Who acts on it and is timed."""
        return self.receiver

    def text(self) -> Label:
        """The inject as it is read out, marked as a drill."""
        zh, en = both_filled(INJECTS[self.kind], self.values)
        return DRILL_WORDS["prefix"][0] + zh, DRILL_WORDS["prefix"][1] + en

    def expectation(self) -> Label:
        """What should happen."""
        return both_filled(EXPECTED[self.expected], self.values)
