"""What the tests of the forces share: a desk played on a small matrix, and an auditor."""

from __future__ import annotations

from collections.abc import Sequence

from sim.clock import NEVER
from sim.forces.desk import Desk
from sim.forces.field import Manner
from sim.forces.incidents import Call, Incident
from sim.forces.player import MatrixTravel, Player
from sim.forces.rules import Nearest, Rule
from sim.forces.units import Status, Unit, UnitSpec

MIN = 60_000


def line(*minutes: int) -> list[list[int]]:
    """Times in ms between places along one straight road, at these minutes from its beginning."""
    return [[abs(a - b) * MIN for b in minutes] for a in minutes]


def player(
    specs: Sequence[UnitSpec], times: list[list[int]], rule: Rule | None = None, **manner: object
) -> Player:
    """A player that is audited after every event."""
    given = Manner(rule or Nearest(), **manner)  # type: ignore[arg-type]
    return Player(specs, MatrixTravel(times), given, Audit())


def sent(desk: Desk) -> list[tuple[float, int, int, str]]:
    """Decisions as (minute, incident, unit, reason)."""
    return [(d.at_ms / MIN, d.incident, d.unit, d.reason.name) for d in desk.decisions]


class Audit:
    """Looks at the whole desk after every event, and at what must never run backwards."""

    def __init__(self) -> None:
        self.now = -NEVER
        self.remaining: dict[int, int] = {}

    def __call__(self, desk: Desk, now: int) -> None:
        assert now >= self.now, "the clock ran backwards"
        self.now = now
        for unit in desk.units:
            check_unit(desk, unit)
        for incident in desk.incidents.values():
            check_incident(desk, incident)
            left = incident.remaining_ms
            assert 0 <= left <= self.remaining.get(incident.call.row, left), "work came back"
            self.remaining[incident.call.row] = left
            times = (incident.first_sent_ms, incident.first_on_site_ms, incident.started_ms)
            assert list(times) == sorted(times) and incident.call.at_ms <= times[0]
            assert incident.ended_ms == NEVER or incident.ended_ms >= incident.started_ms
        check_line(desk, now)


def check_unit(desk: Desk, unit: Unit) -> None:
    """A unit has one status, and its incident knows of it exactly when it has one."""
    holders = [i for i in desk.incidents.values() if unit.row in i.units]
    assert holders == ([] if unit.incident is None else [unit.incident])
    assert (unit.incident is not None) == (unit.status in (Status.TO_SITE, Status.ON_SITE))
    if unit.status == Status.ON_SITE:
        assert unit.node == unit.target == holders[0].call.place
        assert holders[0].units[unit.row]


def check_incident(desk: Desk, incident: Incident) -> None:
    """What comes and what is there is the sum of its units; nobody works without the quorum."""
    for have, rows in (
        (incident.coming, list(incident.units)),
        (incident.there, [row for row, there in incident.units.items() if there]),
    ):
        gives = [desk.units[row].spec.gives for row in rows]
        assert have == [sum(g[k] for g in gives) for k in range(len(have))]
    assert incident.at_work == (incident.quorum() and not incident.shut)
    if incident.shut:
        assert not incident.units


def check_line(desk: Desk, now: int) -> None:
    """Who lacks somebody waits in order, and nobody who could help stands idle."""
    waiting = [i for i in desk.incidents.values() if i.lacks_full and not i.shut]
    assert list(desk.open) == sorted(waiting, key=lambda i: i.order)
    if desk.rule.every_ms:
        return
    for unit in desk.units:
        idle = unit.status is Status.FREE
        for incident in waiting if idle else ():
            times = desk.travel.to(incident.call.place, now)[unit.kind]
            assert not unit.bits & incident.lacks_full or times[unit.node] >= NEVER


def call(row: int, at_min: float, place: int, work_min: float, **more: object) -> Call:
    """A call in minutes."""
    return Call(row, round(at_min * MIN), place, round(work_min * MIN), **more)  # type: ignore[arg-type]
