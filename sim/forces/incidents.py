"""Incidents 险情: what is asked for, and what has become of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from sim.clock import NEVER
from sim.plain_enum import plain_members

Amounts = tuple[int, ...]
"""So many of every capability, in the order of the force's list of capabilities."""


Wanted = tuple[tuple[int, int, int], ...]
"""Number, amount and bit of every capability that is asked for at all."""


def _wanted(amounts: Amounts) -> Wanted:
    return tuple((k, amount, 1 << k) for k, amount in enumerate(amounts) if amount)


@dataclass(frozen=True, slots=True)
class Need:
    """What an incident asks for: work begins with the minimum; the full set is wanted.

    Attributes:
        minimum: amounts on site before anybody may begin (the quorum).
        full: amounts wanted in all, never below the minimum.
        least, most: the two again without what is not asked for, as the desk reads them.

    Raises:
        ValueError: the two disagree, or nothing is asked for.
    """

    minimum: Amounts
    full: Amounts
    least: Wanted = field(init=False, repr=False, compare=False)
    most: Wanted = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "least", _wanted(self.minimum))
        object.__setattr__(self, "most", _wanted(self.full))
        pairs = list(zip(self.minimum, self.full, strict=True))
        if any(low < 0 or high < low for low, high in pairs) or not any(self.minimum):
            raise ValueError(f"minimum(={self.minimum}) must be > 0 and ≤ full(={self.full})")


ONE = Need((1,), (1,))
"""One unit of a force that knows one capability only."""


@dataclass(frozen=True, slots=True)
class Call:
    """One incident as it is reported.

    Attributes:
        row: its number. place: node where help is needed. at_ms: when it is reported.
        work_ms: how long the minimum on site takes. priority: the smaller the more urgent.
        district: where it belongs, -1 for nowhere. persons: who wait for help, 0 where not known.
    """

    row: int
    at_ms: int
    place: int
    work_ms: int
    need: Need = ONE
    priority: int = 0
    district: int = -1
    persons: int = 0


@plain_members
class Stage(IntEnum):
    """What has just become of an incident."""

    REPORTED = 0
    FIRST_SENT = 1
    FIRST_ON_SITE = 2
    STARTED = 3
    PAUSED = 4
    RESUMED = 5
    FULL = 6
    ENDED = 7
    TURNED_AWAY = 8
    BEYOND_MEANS = 9
    CALLED_OFF = 10  # nobody needs help any more, and nobody had come


class Incident:
    """An incident that goes on. Times in ms, NEVER where not happened.

    ``coming`` is what its units bring that are sent or there, ``there`` what is on site.
    ``lacks_minimum`` and ``lacks_full`` are bits of the capabilities that nobody brings yet.
    """

    __slots__ = (
        *("call", "order", "units", "coming", "there", "lacks_minimum", "lacks_full"),
        *("remaining_ms", "since_ms", "turn", "shut"),
        *("first_sent_ms", "first_on_site_ms", "started_ms", "full_ms", "ended_ms"),
    )

    def __init__(self, call: Call) -> None:
        self.call = call
        self.order = order_of(call)
        self.units: dict[int, bool] = {}  # row → on site
        self.coming = [0] * len(call.need.full)
        self.there = [0] * len(call.need.full)
        self.remaining_ms = call.work_ms
        self.since_ms = NEVER  # work goes on since; NEVER while nobody works
        self.turn = 0  # counts beginnings of work, so that an outdated end is known as such
        self.shut = False
        self.first_sent_ms = self.first_on_site_ms = NEVER
        self.started_ms = self.full_ms = self.ended_ms = NEVER
        self.recount()

    def recount(self) -> None:
        """Work out anew what nobody brings yet."""
        need = self.call.need
        self.lacks_minimum = _short(self.coming, need.least)
        self.lacks_full = _short(self.coming, need.most)

    @property
    def at_work(self) -> bool:
        """Whether work goes on now."""
        return self.since_ms < NEVER

    @property
    def anybody_there(self) -> bool:
        """Whether a unit is on site."""
        return any(self.units.values())

    def quorum(self) -> bool:
        """Whether the minimum is on site."""
        return not _short(self.there, self.call.need.least)

    def complete(self) -> bool:
        """Whether the full set is on site."""
        return not _short(self.there, self.call.need.most)

    @property
    def response_ms(self) -> int:
        """From the report to the first unit on site; NEVER without."""
        first = self.first_on_site_ms
        return first - self.call.at_ms if first < NEVER else NEVER


def order_of(call: Call) -> tuple[int, int, int]:
    """Place in the line: the most urgent first, then the earliest."""
    return call.priority, call.at_ms, call.row


def _short(have: list[int], wanted: Wanted) -> int:
    """Bits of the capabilities of which there are too few."""
    bits = 0
    for k, amount, bit in wanted:
        if have[k] < amount:
            bits |= bit
    return bits
