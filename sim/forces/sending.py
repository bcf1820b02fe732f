"""What a desk does with its units: sends them, lets them go, and keeps the line in order.

``sim.forces.desk`` says what it is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.clock import NEVER
from sim.forces.field import Decision, Field, Manner
from sim.forces.first import Sharing, key_of
from sim.forces.incidents import Incident, Stage
from sim.forces.line import Line
from sim.forces.offers import Search, delay_ms
from sim.forces.rules import Ask, Offer, Reason
from sim.forces.travel import Travel
from sim.forces.units import Status, Unit, UnitSpec

HAD = (Status.FREE, Status.TO_POST)


class Sending:
    """Units and open incidents of one force."""

    def __init__(
        self, specs: Sequence[UnitSpec], travel: Travel, manner: Manner, field: Field
    ) -> None:
        self.units = [Unit(row, spec) for row, spec in enumerate(specs)]
        self.travel, self.manner, self.field = travel, manner, field
        self.rule = manner.rule
        self.search = Search(self.units, manner.recall, manner.rule.takes)
        for unit in self.units:
            unit.turns = manner.turns
        self.incidents: dict[int, Incident] = {}
        self.open = Line()
        self.decisions: list[Decision] = []
        self._robbed: list[Incident] = []
        self._force = [sum(column) for column in zip(*(s.gives for s in specs), strict=True)]

    # -- sending ------------------------------------------------------------------------------

    def _fill(self, incident: Incident, now: int) -> None:
        """Send units one by one while somebody is lacking and somebody can be had."""
        times, call = self.travel.to(incident.call.place, now), incident.call
        while incident.lacks_minimum and not incident.shut:
            offers = self.search.with_takes(incident, times, now)
            if offers:
                self._decide(incident, offers, now)
            elif not self._regroup(incident, now):
                break
        while incident.lacks_full and not incident.shut:
            offers = self.search.free(call, incident.lacks_full, times, now)
            if not offers:
                return
            self._decide(incident, offers, now)

    def _share_out(self, now: int) -> None:
        """Send free units, the incident that comes first next, where the manner knows of one."""
        first = self.manner.first
        if first is None or all(unit.status not in HAD for unit in self.units):
            return
        sharing = Sharing(first, self._asks(now))
        while found := sharing.next():
            incident, offers = found
            unit = self._decide(incident, offers, now)
            self.open.look(incident)
            sharing.sent(unit, incident, self._offers(incident, now))

    def _decide(self, incident: Incident, offers: list[Offer], now: int) -> int:
        """Send the unit that the rule chooses; its row."""
        choice = self.rule.decide([Ask(incident.call, offers)], self.units)[0]
        self._send(incident, choice.unit, choice.reason, offers, now)
        return choice.unit

    def _regroup(self, incident: Incident, now: int) -> bool:
        """Take the nearest unit of later incidents that cannot begin yet, if there is one."""
        times = self.travel.to(incident.call.place, now)
        offers = self.search.stranded(incident, times, now)
        if offers:
            self._send(incident, min(offers)[1], Reason.REGROUPED, offers, now)
        return bool(offers)

    def _send(
        self, incident: Incident, row: int, reason: Reason, offers: Sequence[Offer], now: int
    ) -> None:
        """One unit goes to one incident; the decision is kept with all its candidates."""
        unit, call = self.units[row], incident.call
        reach = next(ms for ms, candidate in offers if candidate == row)
        self.decisions.append(Decision(now, call.row, row, reason, reach, tuple(offers)))
        delay = delay_ms(unit, call)
        other = unit.incident
        if other is not None:
            self._take_off(unit, now)
            self._robbed.append(other)
        times = self.travel.to(call.place, now)[unit.kind]
        unit.go(call.place, times, now, delay)
        unit.incident, incident.units[row] = incident, False
        for k, amount in enumerate(unit.spec.gives):
            incident.coming[k] += amount
        incident.recount()
        self._set(unit, Status.TO_SITE, now)
        if incident.first_sent_ms == NEVER:
            incident.first_sent_ms = now
            self.field.incident_changed(incident, Stage.FIRST_SENT, now)
        self.field.drive(unit, now)
        self._relocate(now)

    def _match(self, now: int) -> None:
        """Batches: match open incidents with free units until nothing more can be done."""
        while asked := self._asks(now):
            asks = [Ask(incident.call, offers) for incident, offers in asked]
            for k, unit, reason in self.rule.decide(asks, self.units):
                incident, offers = asked[k]
                self._send(incident, unit, reason, offers, now)
                self.open.look(incident)
        for incident in list(self.open):
            while incident.lacks_minimum and self._regroup(incident, now):
                pass
            self.open.look(incident)
        self._settle(now)

    def _asks(self, now: int) -> list[tuple[Incident, list[Offer]]]:
        """Open incidents for which somebody is free; the minimum before the full set."""
        asked = []
        for incident in self.open:
            if offers := self._offers(incident, now):
                asked.append((incident, offers))
        return asked

    def _offers(self, incident: Incident, now: int) -> list[Offer]:
        """Free units for what the minimum lacks, else for what the full set lacks."""
        times, call = self.travel.to(incident.call.place, now), incident.call
        offers = self.search.free(call, incident.lacks_minimum, times, now)
        return offers or self.search.free(call, incident.lacks_full, times, now)

    # -- on site and afterwards ---------------------------------------------------------------

    @staticmethod
    def _leaves_site(incident: Incident, unit: Unit) -> None:
        incident.units[unit.row] = False
        for k, amount in enumerate(unit.spec.gives):
            incident.there[k] -= amount

    def _begin(self, incident: Incident, now: int) -> None:
        first = incident.started_ms == NEVER
        if first:
            incident.started_ms = now
        incident.since_ms, incident.turn = now, incident.turn + 1
        self.field.incident_changed(incident, Stage.STARTED if first else Stage.RESUMED, now)
        self.field.work(incident, now)

    def _take_off(self, unit: Unit, now: int) -> None:
        """A unit leaves its incident; work stops where the quorum goes with it."""
        incident = unit.incident
        assert incident is not None
        on_site = incident.units.pop(unit.row)
        unit.incident = None
        for k, amount in enumerate(unit.spec.gives):
            incident.coming[k] -= amount
            if on_site:
                incident.there[k] -= amount
        incident.recount()
        if incident.at_work and not incident.quorum():
            incident.remaining_ms -= now - incident.since_ms
            incident.since_ms = NEVER
            self.field.incident_changed(incident, Stage.PAUSED, now)

    def _let_go(self, incident: Incident, now: int) -> None:
        for row in list(incident.units):
            unit = self.units[row]
            self._take_off(unit, now)
            if self.field.keeps(unit, incident, now):
                self._set(unit, Status.AWAY, now)
            else:
                self._release(unit, now)

    def _release(self, unit: Unit, now: int) -> None:
        """A unit has nothing to do: on to who waits, or to a post."""
        if self.manner.recall:
            unit.status = Status.TO_POST
            if self._serve(unit, now):
                return
        self._to_post(unit, self._post(unit, now), now)

    def _post(self, unit: Unit, now: int) -> int:
        relocation = self.manner.relocation
        return unit.post if relocation is None else relocation.post(unit, self.units, now)

    def _to_post(self, unit: Unit, post: int, now: int) -> None:
        """To its post; where no road leads there, it ends its leg and waits there."""
        unit.post = post
        if unit.target == post and now >= unit.expected_ms:
            if unit.node != post:
                unit.stand(post)  # let go at the moment of its arrival, before that was told
            self._free(unit, now)
        elif self._moved(unit, post, now):
            return
        elif unit.set_out_ms < now < unit.expected_ms:
            self._set(unit, Status.TO_POST, now)
        else:
            unit.stand(unit.target if now >= unit.expected_ms else unit.node)
            self._free(unit, now)

    def _moved(self, unit: Unit, post: int, now: int) -> bool:
        """Send a unit to a post if a road leads there."""
        times = self.travel.to(post, now)[unit.kind]
        if unit.reach_ms(times, now) >= NEVER:
            return False
        unit.go(post, times, now)
        self._set(unit, Status.TO_POST, now)
        self.field.drive(unit, now)
        return True

    def _free(self, unit: Unit, now: int) -> None:
        self._set(unit, Status.FREE, now)
        if not self._serve(unit, now):
            self._relocate(now)

    def _serve(self, unit: Unit, now: int) -> bool:
        """Send a unit that can be had to the first who waits for it."""
        if self.rule.every_ms or not len(self.open):
            return False
        reached, first = self._reached(unit, now), self.manner.first
        if first is None:
            found = next(reached, None)
        else:
            found = min(reached, key=lambda r: key_of(first, *r), default=None)
        if found is None:
            return False
        incident, reach = found
        self._decide(incident, [(reach, unit.row)], now)
        self.open.look(incident)
        return True

    def _reached(self, unit: Unit, now: int) -> Iterator[tuple[Incident, int]]:
        """Whom a unit can help and get to, in the order of the line, and how soon."""
        for incident in self.open.first(unit.bits):
            times = self.travel.to(incident.call.place, now)[unit.kind]
            reach = unit.reach_ms(times, now) + delay_ms(unit, incident.call)
            if reach < NEVER:
                yield incident, reach

    def _relocate(self, now: int) -> None:
        relocation = self.manner.relocation
        if relocation is None:
            return
        for row, post in relocation.moves(self.units, now):
            if self._moved(self.units[row], post, now):
                self.units[row].post = post

    # -- the line -----------------------------------------------------------------------------

    def _settle(self, now: int) -> None:
        """Incidents from which units were taken look for others, at their old place in the line."""
        while self._robbed:
            incident = self._robbed.pop(0)
            if not incident.shut and not self.rule.every_ms:
                self._fill(incident, now)
            self.open.look(incident)

    def _shut(self, incident: Incident, stage: Stage, now: int) -> None:
        incident.shut = True
        self.open.look(incident)
        self.field.incident_changed(incident, stage, now)

    def _set(self, unit: Unit, status: Status, now: int) -> None:
        unit.status = status
        self.field.unit_changed(unit, now)
