"""Who comes first 先救谁 where there are fewer units than incidents. Small, interchangeable keys.

A key is asked with an incident's call and the time of the unit that would be there first, ms; the
smallest goes first, and of equal ones the incident with the smallest number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sim.forces.incidents import Call, Incident
from sim.forces.rules import Offer

First = Callable[[Call, int], tuple[int, ...]]


def nearest(call: Call, reach_ms: int) -> tuple[int, ...]:
    """The shortest way."""
    return (reach_ms,)


def largest(call: Call, reach_ms: int) -> tuple[int, ...]:
    """The most people, then the shortest way."""
    return -call.persons, reach_ms


def worst(call: Call, reach_ms: int) -> tuple[int, ...]:
    """The most urgent, then the shortest way."""
    return call.priority, reach_ms


def earliest(call: Call, reach_ms: int) -> tuple[int, ...]:
    """Whoever called first."""
    return (call.at_ms,)


Asked = tuple[Incident, list[Offer]]


class Sharing:
    """Incidents that lack somebody, each with the free units that could go there."""

    def __init__(self, first: First, asked: Iterable[Asked]) -> None:
        self._first = first
        self._asked = {i.call.row: (_key(first, i, offers), i, offers) for i, offers in asked}

    def next(self) -> Asked | None:
        """The incident that comes first, and who could go; None when nobody is free or lacking."""
        if not self._asked:
            return None
        _, incident, offers = min(self._asked.values(), key=lambda ask: ask[0])
        return incident, offers

    def sent(self, unit: int, incident: Incident, offers: list[Offer]) -> None:
        """A unit has been sent to an incident, for which these could be sent besides."""
        for row, (_, other, before) in list(self._asked.items()):
            left = [offer for offer in before if offer[1] != unit]
            if not left:
                del self._asked[row]
            elif len(left) < len(before):
                self._asked[row] = _key(self._first, other, left), other, left
        self._asked.pop(incident.call.row, None)
        if offers:
            self._asked[incident.call.row] = _key(self._first, incident, offers), incident, offers


def key_of(first: First, incident: Incident, reach_ms: int) -> tuple[int, ...]:
    """What decides between incidents: the smaller goes first."""
    return *first(incident.call, reach_ms), incident.call.row


def _key(first: First, incident: Incident, offers: list[Offer]) -> tuple[int, ...]:
    return key_of(first, incident, min(offers)[0])
