"""The desk 调度席: takes calls, sends units, waits for the quorum, lets them go.

The desk has no clock and no roads. It is told what happens (``report``, ``arrived``, ``finished``,
``available`` …) and says what is to be done through a ``Field``: a plain agenda on a matrix of
times, or a run with its roads. After every call no unit that could help stands by idle.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from sim.clock import NEVER
from sim.forces.incidents import Call, Incident, Stage
from sim.forces.rules import Reason
from sim.forces.sending import Sending
from sim.forces.units import Status, Unit


class Desk(Sending):
    """Units and open incidents of one force, told of what happens."""

    def report(self, call: Call, now: int) -> Incident:
        """A call comes in: send who can be sent, or let it wait."""
        incident = self.note(call, now)
        if not (incident.shut or self.rule.every_ms):
            self._share_out(now)
            self._fill(incident, now)
            if not self.manner.queue and incident.lacks_minimum:
                self._let_go(incident, now)
                self._shut(incident, Stage.TURNED_AWAY, now)
            self.open.look(incident)
            self._settle(now)
        return incident

    def note(self, call: Call, now: int) -> Incident:
        """A call comes in; nobody is sent before the next review.

        Raises:
            ValueError: units are shared out by another order than the line's, and this call cannot
                be begun by one unit: two such could wait for each other's units for ever.
        """
        if self.manner.first is not None and sum(call.need.minimum) > 1:
            raise ValueError(f"minimum(={call.need.minimum}) must be one unit")
        incident = self.incidents[call.row] = Incident(call)
        self.field.incident_changed(incident, Stage.REPORTED, now)
        if any(m > f for m, f in zip_longest(call.need.minimum, self._force, fillvalue=0)):
            # nobody is tied to an incident that the whole force could not begin
            self._shut(incident, Stage.BEYOND_MEANS, now)
        self.open.look(incident)
        return incident

    def update(self, incident: Incident, call: Call) -> None:
        """What an incident asks for, or how urgent it is, is another; its place is the same.

        Nobody is sent before the next review."""
        incident.call = call
        incident.recount()
        self.open.changed(incident)

    def call_off(self, incident: Incident, now: int) -> None:
        """Nobody needs help there any more: whoever is meant for it is let go."""
        if not incident.shut:
            incident.since_ms = NEVER
            self._shut(incident, Stage.CALLED_OFF, now)
            self._let_go(incident, now)

    def arrived(self, unit: Unit, trip: int, now: int) -> None:
        """A unit has reached its target (an outdated leg says nothing)."""
        if trip != unit.trip:
            return
        unit.stand(unit.target)
        incident = unit.incident
        if incident is None:
            self._free(unit, now)
            return
        if incident.first_on_site_ms == NEVER:
            found = self.field.finds(unit, incident, now)
            if found is not None:
                self.amend(incident, found, now)
                if unit.incident is not incident or unit.target != unit.node:
                    return
        self._set(unit, Status.ON_SITE, now)
        incident.units[unit.row] = True
        for k, amount in enumerate(unit.spec.gives):
            incident.there[k] += amount
        if incident.first_on_site_ms == NEVER:
            incident.first_on_site_ms = now
            self.field.incident_changed(incident, Stage.FIRST_ON_SITE, now)
        if not incident.at_work and incident.quorum():
            self._begin(incident, now)
        if incident.full_ms == NEVER and incident.complete():
            incident.full_ms = now
            self.field.incident_changed(incident, Stage.FULL, now)

    def finished(self, incident: Incident, turn: int, now: int) -> None:
        """Work is done (an outdated turn says nothing): everybody is let go."""
        if turn != incident.turn or not incident.at_work:
            return
        incident.remaining_ms, incident.since_ms, incident.ended_ms = 0, NEVER, now
        self._shut(incident, Stage.ENDED, now)
        self._let_go(incident, now)

    def amend(self, incident: Incident, call: Call, now: int) -> None:
        """A report was wrong, or its place is reached from elsewhere now: who is meant for it
        goes there, and what it asks for is asked anew. Not while work goes on."""
        moved = call.place != incident.call.place
        self.update(incident, call)
        times = self.travel.to(call.place, now)
        for row in list(incident.units) if moved else ():
            unit = self.units[row]
            if unit.reach_ms(times[unit.kind], now) >= NEVER:
                self._take_off(unit, now)
                self._release(unit, now)
                continue
            if incident.units[row]:
                self._leaves_site(incident, unit)
            unit.go(call.place, times[unit.kind], now)
            self._set(unit, Status.TO_SITE, now)
            self.field.drive(unit, now)
        incident.recount()
        self._robbed.append(incident)
        self._settle(now)

    def available(self, unit: Unit, node: int, now: int) -> None:
        """A unit that was away can be had again, at a node."""
        unit.stand(node)
        self._release(unit, now)

    def available_together(self, units: Sequence[tuple[Unit, int]], now: int) -> None:
        """Units that were away can be had again from this moment on, each at a node: whom to send
        is chosen among all of them."""
        for unit, node in units:
            unit.stand(node)
            self._set(unit, Status.FREE, now)
        if not self.rule.every_ms:
            self.review(now)
        for unit, node in units:
            if unit.status is Status.FREE and (post := self._post(unit, now)) != node:
                self._to_post(unit, post, now)

    def withdraw(self, unit: Unit, node: int, now: int) -> None:
        """A unit at a node cannot be had any more: end of shift, a breakdown, no way on."""
        incident = unit.incident
        if incident is not None:
            self._take_off(unit, now)
        unit.stand(node)
        self._set(unit, Status.AWAY, now)
        if incident is not None:
            self._robbed.append(incident)
            self._settle(now)

    def meets(self, unit: Unit, incident: Incident, now: int) -> bool:
        """A unit that was stopped on its way stands before an incident: whether it stays to help.

        Whoever is still on the way there and no longer needed is let go.
        """
        asked = any(unit.bits & bit for _, _, bit in incident.call.need.most)
        if incident.shut or not (asked and (incident.lacks_full or not incident.anybody_there)):
            return False
        coming = [self.units[row] for row, there in incident.units.items() if not there]
        self._send(incident, unit.row, Reason.IN_ITS_WAY, [(0, unit.row)], now)
        for other in coming:
            gives, most = other.spec.gives, incident.call.need.most
            if all(incident.coming[k] - gives[k] >= amount for k, amount, _ in most):
                self._take_off(other, now)
                self._release(other, now)
        self.open.look(incident)
        self._settle(now)
        return True

    def assign_post(self, unit: Unit, post: int, now: int) -> None:
        """From now on a unit waits at another post; when it is free it goes there at once."""
        unit.post = post
        if unit.status in (Status.FREE, Status.TO_POST):
            self._to_post(unit, post, now)

    def review(self, now: int) -> None:
        """Look at all open incidents again: roads have changed, or a batch is due."""
        if self.rule.every_ms:
            self._match(now)
            return
        self._share_out(now)
        shared = self.manner.first is not None and not self.rule.takes
        for incident in () if shared else list(self.open):
            self._fill(incident, now)
            self.open.look(incident)
        self._settle(now)
