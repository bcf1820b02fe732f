"""Who could be sent to an incident, and how long each would take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.clock import NEVER
from sim.forces.incidents import Call, Incident
from sim.forces.rules import Offer, Takes
from sim.forces.units import Status, Unit

Times = Sequence[Sequence[int]]
"""For every vehicle class the times from every node to one place."""

# looked up once: the loop over all units asks for little else
_FREE, _TO_POST, _TO_SITE = Status.FREE, Status.TO_POST, Status.TO_SITE


@dataclass(frozen=True)
class Search:
    """Looks through the units of a force.

    Attributes:
        recall: units on their way to a post count. takes: from whom units may be taken.
    """

    units: Sequence[Unit]
    recall: bool
    takes: Takes

    def free(self, call: Call, wanted: int, times: Times, now: int) -> list[Offer]:
        """Units that bring any of some capabilities (bits) and have nothing else to do."""
        recall, offers = self.recall, []
        for unit in self.units:
            if not unit.bits & wanted:
                continue
            if unit.status is _FREE:  # stands still: most are, so no question is asked twice
                reach = times[unit.kind][unit.node] + unit.turnout_ms
            elif recall and unit.status is _TO_POST:
                reach = unit.reach_ms(times[unit.kind], now)
            else:
                continue
            if unit.aid_ms:
                reach += aid_ms(unit, call)
            if reach < NEVER:
                offers.append((reach, unit.row))
        return offers

    def with_takes(self, incident: Incident, times: Times, now: int) -> list[Offer]:
        """For what the minimum lacks: free units, and those meant for something less urgent."""
        call = incident.call
        offers = self.free(call, incident.lacks_minimum, times, now)
        for unit in self.units if self.takes else ():
            other = unit.incident
            if other is None or other.call.priority <= call.priority:
                continue
            if self.takes == Takes.AT_WORK or unit.status is _TO_SITE:
                self._add(offers, unit, incident, times, now)
        return offers

    def stranded(self, incident: Incident, times: Times, now: int) -> list[Offer]:
        """Units of later incidents that cannot begin yet.

        Without them two incidents could hold half a quorum each and wait for each other for ever.
        """
        offers: list[Offer] = []
        for unit in self.units:
            other = unit.incident
            if other is None or other.at_work or not other.lacks_minimum:
                continue
            if other.order > incident.order:
                self._add(offers, unit, incident, times, now)
        return offers

    def _add(
        self, offers: list[Offer], unit: Unit, incident: Incident, times: Times, now: int
    ) -> None:
        if unit.bits & incident.lacks_minimum:
            reach = unit.reach_ms(times[unit.kind], now) + aid_ms(unit, incident.call)
            if reach < NEVER:
                offers.append((reach, unit.row))


def aid_ms(unit: Unit, call: Call) -> int:
    """Approval that a unit needs before it goes to another district than its own."""
    own = unit.spec.district
    return unit.aid_ms if own >= 0 and call.district not in (-1, own) else 0


def delay_ms(unit: Unit, call: Call) -> int:
    """From the order to the wheels turning: turnout at a post, and approval."""
    return (unit.turnout_ms if unit.status is _FREE else 0) + aid_ms(unit, call)
