"""The line of incidents that still lack somebody."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from sim.forces.incidents import Incident, order_of

Order = tuple[int, int, int]


class Line:
    """The most urgent first, then the earliest; an incident that lost a unit has its old place."""

    def __init__(self) -> None:
        self._items: list[tuple[Order, Incident]] = []

    def __iter__(self) -> Iterator[Incident]:
        return (incident for _, incident in self._items)

    def __len__(self) -> int:
        return len(self._items)

    def look(self, incident: Incident) -> None:
        """An incident stands in the line while it lacks somebody, and only then."""
        k = bisect_left(self._items, (incident.order,))
        waits = k < len(self._items) and self._items[k][1] is incident
        lacks = incident.lacks_full and not incident.shut
        if lacks and not waits:
            self._items.insert(k, (incident.order, incident))
        elif waits and not lacks:
            del self._items[k]

    def changed(self, incident: Incident) -> None:
        """What an incident asks for, or how urgent it is, has changed."""
        order = order_of(incident.call)
        if order != incident.order:
            k = bisect_left(self._items, (incident.order,))
            if k < len(self._items) and self._items[k][1] is incident:
                del self._items[k]
            incident.order = order
        self.look(incident)

    def first(self, bits: int) -> Iterator[Incident]:
        """Whom a unit with these capabilities can help: every minimum before any full set."""
        items = self._items
        for _, incident in items:
            if bits & incident.lacks_minimum:
                yield incident
        for _, incident in items:
            if bits & incident.lacks_full:
                yield incident
