"""Whatever is called and whoever there is: the laws of the desk, by Hypothesis."""

from __future__ import annotations

from dataclasses import replace

from force_kit import MIN, Audit, player
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clock import NEVER
from sim.forces.coverage import Coverage
from sim.forces.field import Manner
from sim.forces.first import earliest, largest, nearest, worst
from sim.forces.incidents import Call, Incident, Need
from sim.forces.player import MatrixTravel, Player
from sim.forces.relocation import ComplianceTable, Dmexclp, PriorityList, Relocation, Stays
from sim.forces.rules import Batch, CoverKept, Nearest, OwnDistrict, Rule, Takes, Urgent
from sim.forces.units import Status, Unit, UnitSpec

NODES, KINDS = 5, 3
FIRST = st.sampled_from([nearest, largest, worst, earliest])
AMOUNTS = st.lists(st.integers(0, 2), min_size=KINDS, max_size=KINDS)


@st.composite
def needs(draw: st.DrawFn) -> Need:
    """A quorum and a full set of up to three capabilities."""
    minimum = draw(AMOUNTS.filter(any))
    more = draw(AMOUNTS)
    return Need(tuple(minimum), tuple(a + b for a, b in zip(minimum, more, strict=True)))


@st.composite
def forces(draw: st.DrawFn) -> list[UnitSpec]:
    """Units of different skills at different posts."""
    return [
        UnitSpec(
            tuple(draw(AMOUNTS.filter(any))),
            draw(st.integers(0, NODES - 1)),
            district=draw(st.integers(-1, 1)),
            turnout_ms=draw(st.integers(0, 2)) * MIN,
            aid_ms=draw(st.integers(0, 30)) * MIN,
        )
        for _ in range(draw(st.integers(1, 6)))
    ]


@st.composite
def nights(draw: st.DrawFn) -> list[Call]:
    """Calls in order of time; often several at one moment."""
    steps = draw(st.lists(st.integers(0, 12), min_size=1, max_size=14))
    calls, at = [], 0
    for row, step in enumerate(steps):
        at += step * MIN // 2
        place, work = draw(st.integers(0, NODES - 1)), draw(st.integers(0, 20)) * MIN
        priority, district = draw(st.integers(0, 2)), draw(st.integers(-1, 1))
        persons = draw(st.integers(0, 9))
        calls.append(Call(row, at, place, work, draw(needs()), priority, district, persons))
    return calls


@st.composite
def roads(draw: st.DrawFn) -> list[list[int]]:
    """Minutes between places, in any manner: one-way, without triangle law, a few cut off."""
    minutes = st.one_of(st.integers(0, 30), st.just(-1))
    rows = [[draw(minutes) for _ in range(NODES)] for _ in range(NODES)]
    return [
        [0 if i == j else NEVER if rows[i][j] < 0 else rows[i][j] * MIN for j in range(NODES)]
        for i in range(NODES)
    ]


def rules(times: list[list[int]]) -> st.SearchStrategy[Rule]:
    """All rules."""
    cover = Coverage.on_matrix([3, 1, 4, 1, 5], times, 8 * MIN, 0.3)
    return st.sampled_from(
        [
            *(Nearest(), OwnDistrict(), CoverKept(cover), Batch(3 * MIN)),
            *(Urgent(), Urgent(Takes.AT_WORK), Urgent(Takes.AT_WORK, 5 * MIN)),
        ]
    )


def relocations(times: list[list[int]]) -> st.SearchStrategy[Relocation | None]:
    """All ways to wait."""
    cover = Coverage.on_matrix([3, 1, 4, 1, 5], times, 8 * MIN, 0.3)
    table = ComplianceTable({1: [2], 2: [0, 3], 3: [0, 2, 4], 4: [0, 1, 2, 4]}, MatrixTravel(times))
    return st.sampled_from([None, table, PriorityList([1, 3, 3]), Dmexclp(cover, range(NODES))])


@settings(max_examples=150, deadline=None)
@given(st.data(), forces(), nights(), roads())
def test_the_laws_hold_after_every_event(
    data: st.DataObject, specs: list[UnitSpec], calls: list[Call], times: list[list[int]]
) -> None:
    """No unit in two places, none lost, no work without quorum, no work undone, nobody idle who
    could help: after every single event, under every rule and every relocation."""
    manner = Manner(
        data.draw(rules(times)),
        data.draw(relocations(times)),
        recall=data.draw(st.booleans()),
        turns=data.draw(st.booleans()),
    )
    played = Player(specs, MatrixTravel(times), manner, Audit())
    incidents = played.play(calls, 10_000 * MIN)
    assert len(incidents) == len(calls)
    for decision in played.desk.decisions:
        assert (decision.reach_ms, decision.unit) in decision.offers


@settings(max_examples=100, deadline=None)
@given(st.data(), forces(), nights(), roads())
def test_everybody_within_the_means_is_helped(
    data: st.DataObject, specs: list[UnitSpec], calls: list[Call], times: list[list[int]]
) -> None:
    """On roads that lead everywhere nobody waits for each other for ever: every incident that the
    force could begin at all is ended, and all units are back at a post."""
    times = [[min(ms, 60 * MIN) for ms in row] for row in times]
    manner = Manner(data.draw(rules(times)), recall=data.draw(st.booleans()))
    played = Player(specs, MatrixTravel(times), manner, Audit())
    force = [sum(spec.gives[k] for spec in specs) for k in range(KINDS)]
    for incident in played.play(calls):
        minimum = incident.call.need.minimum
        possible = all(m <= f for m, f in zip(minimum, force, strict=True))
        assert (incident.ended_ms < NEVER) == possible
    assert all(unit.status is Status.FREE for unit in played.desk.units)


@settings(max_examples=60, deadline=None)
@given(forces(), nights(), roads(), st.sampled_from([Takes.UNDER_WAY, Takes.AT_WORK]))
def test_a_call_changes_nothing_before_it(
    specs: list[UnitSpec], calls: list[Call], times: list[list[int]], takes: Takes
) -> None:
    """No foresight: without the last call every decision before it is the same."""
    last = calls[-1].at_ms
    whole, part = (player(specs, times, Urgent(takes)) for _ in range(2))
    whole.play(calls)
    part.play(calls[:-1])
    before = [[d for d in p.desk.decisions if d.at_ms < last] for p in (whole, part)]
    assert before[0] == before[1]


@settings(max_examples=60, deadline=None)
@given(forces(), nights(), roads())
def test_later_is_only_later(
    specs: list[UnitSpec], calls: list[Call], times: list[list[int]]
) -> None:
    """A night that begins an hour later is the same night an hour later."""
    hour = 60 * MIN
    first, second = (player(specs, times, Urgent()) for _ in range(2))
    first.play(calls)
    second.play([replace(call, at_ms=call.at_ms + hour) for call in calls])
    moved = [d._replace(at_ms=d.at_ms + hour) for d in first.desk.decisions]
    assert moved == second.desk.decisions


class Mistaken(Player):
    """Some calls name the wrong place; the first unit there finds out."""

    def __init__(self, *given: object, right: dict[int, int]) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self.right = dict(right)

    def finds(self, unit: Unit, incident: Incident, now: int) -> Call | None:
        """The place where help is needed, once."""
        place = self.right.pop(incident.call.row, None)
        return None if place is None else replace(incident.call, place=place)


@settings(max_examples=120, deadline=None)
@given(st.data(), forces(), nights(), roads())
def test_the_laws_hold_when_reports_are_wrong(
    data: st.DataObject, specs: list[UnitSpec], calls: list[Call], times: list[list[int]]
) -> None:
    """Calls that name a wrong place: no unit in two places, none lost, no work without quorum, the
    clock and what is left of the work never run backwards; who is on site is at the right place."""
    right = {
        call.row: data.draw(st.integers(0, NODES - 1)) for call in calls if data.draw(st.booleans())
    }
    takes = data.draw(st.sampled_from([Takes.NOBODY, Takes.UNDER_WAY, Takes.AT_WORK]))
    rule: Rule = Nearest() if takes is Takes.NOBODY else Urgent(takes)
    manner = Manner(rule, turns=data.draw(st.booleans()))
    played = Mistaken(specs, MatrixTravel(times), manner, Audit(), right=right)
    for incident in played.play(calls, 10_000 * MIN):
        if incident.first_on_site_ms < NEVER and incident.call.row in right:
            assert incident.call.place == right[incident.call.row]


def test_who_is_let_go_at_the_moment_of_arrival_stands_there() -> None:
    """Two units come from 0 to 1 at one moment; the first learns that help is needed at 2, where no
    road leads. The second, not yet told that it has arrived, stands at 1, its post, and not at 0,
    from where it could answer the last call."""
    specs = [UnitSpec((1, 0, 0), 0), UnitSpec((0, 1, 0), 1)]
    times = [[0 if (a, b) in {(1, 3), (3, 0), (0, 1)} or a == b else NEVER for b in range(5)]
             for a in range(5)]  # fmt: skip
    one, both = Need((0, 1, 0), (0, 1, 0)), Need((0, 1, 0), (1, 1, 0))
    calls = [Call(0, 0, 3, MIN, one), Call(1, 0, 0, 0, both), Call(2, 0, 1, 0, both)]
    calls.append(Call(3, 0, 0, 0, one))
    played = Mistaken(specs, MatrixTravel(times), Manner(Nearest()), Audit(), right={2: 2})
    played.play(calls, 10 * MIN)
    assert [unit.node for unit in played.desk.units] == [1, 1]


class Fickle(Player):
    """After some events an incident is called off, or asks for something else more urgently."""

    def __init__(self, *given: object, changes: st.DataObject) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self.changes, self.called_off = changes, set[int]()

    def _after(self, now: int) -> None:
        desk, draw = self.desk, self.changes.draw
        incidents = [i for i in desk.incidents.values() if not i.shut and not i.at_work]
        if incidents and draw(st.integers(0, 3)) == 0:
            incident = draw(st.sampled_from(incidents))
            if draw(st.booleans()):
                self.called_off.add(incident.call.row)
                desk.call_off(incident, now)
            else:
                urgency = draw(st.integers(0, 2))
                desk.update(incident, replace(incident.call, priority=urgency, persons=1))
                desk.review(now)
        super()._after(now)


@settings(max_examples=150, deadline=None)
@given(st.data(), forces(), nights(), roads())
def test_the_laws_hold_when_incidents_change(
    data: st.DataObject, specs: list[UnitSpec], calls: list[Call], times: list[list[int]]
) -> None:
    """Incidents called off before work begins, or more urgent than they were: the laws hold after
    every event, and nobody is bound to what was called off."""
    manner = Manner(data.draw(rules(times)), turns=data.draw(st.booleans()))
    _fickle(data, specs, calls, (times, manner))


@settings(max_examples=150, deadline=None)
@given(st.data(), forces(), nights(), roads())
def test_the_laws_hold_for_every_order(
    data: st.DataObject, specs: list[UnitSpec], calls: list[Call], times: list[list[int]]
) -> None:
    """Boats: any one unit may begin, more are wanted, and the nearest, the largest, the worst or
    the earliest incident comes first: the laws hold after every event, under every rule."""
    specs = [replace(spec, gives=(1,)) for spec in specs]
    wanted = [data.draw(st.integers(1, 3)) for _ in calls]
    boats = [replace(c, need=Need((1,), (n,))) for c, n in zip(calls, wanted, strict=True)]
    manner = Manner(data.draw(rules(times)), Stays(), turns=False, first=data.draw(FIRST))
    _fickle(data, specs, boats, (times, manner))


def _fickle(
    data: st.DataObject, specs: list[UnitSpec], calls: list[Call],
    how: tuple[list[list[int]], Manner],
) -> None:  # fmt: skip
    times, manner = how
    played = Fickle(specs, MatrixTravel(times), manner, Audit(), changes=data)
    for incident in played.play(calls, 10_000 * MIN):
        if incident.call.row in played.called_off:
            assert incident.shut and incident.ended_ms == NEVER
