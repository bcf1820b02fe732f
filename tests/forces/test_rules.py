"""Dispatch rules on cases worked out by hand: five places along a road, minutes from its end."""

from __future__ import annotations

import pytest
from force_kit import MIN, call, line, player, sent

from sim.clock import NEVER
from sim.forces.coverage import Coverage
from sim.forces.incidents import Need
from sim.forces.rules import Batch, CoverKept, Nearest, OwnDistrict, Takes, Urgent
from sim.forces.units import UnitSpec

ROAD = line(0, 10, 20, 30, 40)
BOAT, MEDIC = (1, 0), (0, 1)


def one(post: int, district: int = -1, **more: int) -> UnitSpec:
    """A unit of a force with one capability."""
    return UnitSpec((1,), post, district=district, **more)


def test_the_four_calls_of_simopt() -> None:
    """Two units at two corners 40 min apart: responses 0, 0, 1 and 40 min, 10.25 in the mean;
    the last goes to the far unit, because it is free while the near one still works for 18."""
    played = player([one(0), one(4)], ROAD)
    calls = [call(0, 0, 0, 4), call(1, 1, 4, 2), call(2, 2, 4, 20), call(3, 5, 4, 1)]
    minutes = [i.response_ms / MIN for i in played.play(calls)]
    assert minutes == [0, 0, 1, 40]
    assert sum(minutes) / 4 == 10.25
    assert [d.offers for d in played.desk.decisions][-1] == ((40 * MIN, 0),)


def test_nearest_counts_units_on_their_way_back() -> None:
    """A unit 5 min into its way home can turn round: it is 5 min from where it came from."""
    played = player([one(0)], ROAD)
    found = played.play([call(0, 0, 2, 10), call(1, 35, 2, 1)])
    assert [i.response_ms / MIN for i in found] == [20, 5]


def test_without_recall_it_has_to_be_back_first() -> None:
    """The same unit, to be sent from its post only: home at 50, there again at 70."""
    played = player([one(0)], ROAD, recall=False)
    found = played.play([call(0, 0, 2, 10), call(1, 35, 2, 1)])
    assert [i.response_ms / MIN for i in found] == [20, 35]


def test_turnout_counts_at_a_post_only() -> None:
    """3 min to get ready at the post; none when it is let go on the road."""
    played = player([one(0, turnout_ms=3 * MIN)], ROAD)
    found = played.play([call(0, 0, 1, 10), call(1, 5, 1, 1)])
    assert [i.response_ms / MIN for i in found] == [13, 18]


def test_work_waits_for_the_quorum_and_not_for_the_full_set() -> None:
    """Two boats make the quorum, a medic is wanted too: boats there after 10 and 30 min, work
    begins at 30, the medic is there at 40, all leave at 50."""
    specs = [UnitSpec(BOAT, 1), UnitSpec(BOAT, 3), UnitSpec(MEDIC, 4)]
    incident = player(specs, ROAD).play([call(0, 0, 0, 20, need=Need((2, 0), (2, 1)))])[0]
    assert incident.first_on_site_ms == 10 * MIN
    assert incident.started_ms == 30 * MIN
    assert incident.full_ms == 40 * MIN
    assert incident.ended_ms == 50 * MIN


def test_cover_is_kept() -> None:
    """Both units are in time; the nearer one alone covers the town, so the other goes."""
    cover = Coverage.on_matrix([1, 1, 0, 0, 90], ROAD, 20 * MIN, 0.2)
    specs = [one(1), one(4)]
    near = player(specs, ROAD, Nearest())
    kept = player(specs, ROAD, CoverKept(Coverage.on_matrix([1, 1, 0, 0, 90], ROAD, 20 * MIN, 0.2)))
    calls = [call(0, 0, 3, 5)]
    near.play(calls)
    kept.play(calls)
    assert sent(near.desk) == [(0, 0, 1, "NEAREST")]
    assert sent(kept.desk) == [(0, 0, 0, "COVER_KEPT")]
    assert cover.losses([1, 4], [1, 4])[0] < cover.losses([1, 4], [1, 4])[1]


def test_nobody_in_time_is_nearest() -> None:
    """Where nobody can be in time, cover does not count: the nearest goes."""
    rule = CoverKept(Coverage.on_matrix([1, 1, 0, 0, 90], ROAD, 5 * MIN, 0.2))
    played = player([one(0), one(3)], ROAD, rule)
    played.play([call(0, 0, 2, 5)])
    assert sent(played.desk) == [(0, 0, 1, "NEAREST")]


def test_own_district_first_then_mutual_aid_after_approval() -> None:
    """The district's own unit goes although the neighbour is nearer; when it is busy the
    neighbour comes, 15 min of approval later."""
    specs = [one(0, district=1), one(3, district=2, aid_ms=15 * MIN)]
    played = player(specs, ROAD, OwnDistrict())
    found = played.play([call(0, 0, 3, 60, district=1), call(1, 1, 3, 5, district=1)])
    assert [row[2:] for row in sent(played.desk)] == [(0, "OWN_DISTRICT"), (1, "MUTUAL_AID")]
    assert [i.response_ms / MIN for i in found] == [30, 15]


def test_redispatch_on_the_way() -> None:
    """15 min after it left for something minor the unit turns round to a life in danger, 15 + 10
    min off; the minor incident gets it back after the work, and the clock goes on."""
    played = player([one(0)], ROAD, Urgent(Takes.UNDER_WAY))
    calls = [call(0, 0, 4, 10, priority=2), call(1, 15, 1, 30, priority=1)]
    minor, major = played.play(calls)
    assert major.first_on_site_ms == 40 * MIN
    assert minor.first_on_site_ms == (40 + 30 + 30) * MIN
    assert [row[3] for row in sent(played.desk)] == ["NEAREST", "REDISPATCHED", "NEAREST"]


def test_who_cannot_turn_round_drives_on_first() -> None:
    """The same, where nobody can turn on the way: 25 min to the end of the leg and 30 back."""
    played = player([one(0)], ROAD, Urgent(Takes.UNDER_WAY), turns=False)
    calls = [call(0, 0, 4, 10, priority=2), call(1, 15, 1, 30, priority=1)]
    _, major = played.play(calls)
    assert major.first_on_site_ms == (40 + 30) * MIN


def test_who_is_at_work_stays_unless_the_rule_says_so() -> None:
    """At work from 0 to 40 on something minor. Left alone, help is there at 40 min; with
    pre-emption at 10, and the 30 min of work that remain are done afterwards: ended at 55."""
    calls = [call(0, 0, 0, 40, priority=2), call(1, 10, 0, 15, priority=1)]
    stays = player([one(0)], ROAD, Urgent(Takes.UNDER_WAY)).play(calls)
    leaves = player([one(0)], ROAD, Urgent(Takes.AT_WORK)).play(calls)
    assert [i.first_on_site_ms / MIN for i in stays] == [0, 40]
    assert [i.first_on_site_ms / MIN for i in leaves] == [0, 10]
    assert [i.ended_ms / MIN for i in leaves] == [55, 25]


def test_a_small_gain_takes_nobody() -> None:
    """A unit under way would be 5 min sooner than a free one: not worth it from 6 min on."""
    calls = [call(0, 0, 3, 10, priority=2), call(1, 15, 2, 30, priority=1)]
    for gain, taken in ((4, "REDISPATCHED"), (6, "NEAREST")):
        played = player([one(0), one(1)], ROAD, Urgent(gain_ms=gain * MIN))
        played.play(calls)
        assert sent(played.desk)[1][3] == taken


def test_a_batch_is_matched_as_a_whole() -> None:
    """Calls at 20 and 0 within a batch of 5 min, units at 10 and 30: one after the other nearest
    sends 10 → 20 and 30 → 0, 40 min in all; together 30 → 20 and 10 → 0 take 20."""
    specs, calls = [one(1), one(3)], [call(0, 1, 2, 5), call(1, 2, 0, 5)]
    alone, batch = player(specs, ROAD, Nearest()), player(specs, ROAD, Batch(5 * MIN))
    alone.play(calls)
    batch.play(calls)
    assert [(d.unit, d.reach_ms / MIN) for d in alone.desk.decisions] == [(0, 10), (1, 30)]
    assert [(d.unit, d.reach_ms / MIN) for d in batch.desk.decisions] == [(1, 10), (0, 10)]
    assert {d.at_ms for d in batch.desk.decisions} == {5 * MIN}


@pytest.mark.parametrize("rule", [Nearest(), Batch(MIN)])
def test_half_a_quorum_each_does_not_last(rule: Nearest | Batch) -> None:
    """Two boats, two incidents that need both: one holds a boat each for a moment, then the
    earlier gets both and the later one waits; both are ended."""
    need, boats = Need((2,), (2,)), [one(0), one(4)]
    first, second = player(boats, ROAD, rule).play(
        [call(k, 0, 4 * k, 9, need=need) for k in (0, 1)]
    )
    assert first.ended_ms < second.started_ms < second.ended_ms < NEVER


def test_beyond_the_means_ties_nobody() -> None:
    """Three boats are asked for and the force has two: nobody is held, the next call is served."""
    played = player([one(0), one(4)], ROAD)
    found = played.play([call(0, 0, 2, 5, need=Need((3,), (3,))), call(1, 1, 0, 5)])
    assert found[0].first_sent_ms == NEVER and found[1].response_ms == 0


def test_turned_away_without_a_queue() -> None:
    """Where calls do not wait, one that finds nobody free is gone."""
    played = player([one(0)], ROAD, queue=False)
    found = played.play([call(0, 0, 0, 10), call(1, 5, 0, 10), call(2, 10, 0, 10)])
    assert [i.response_ms / MIN for i in found if i.response_ms < NEVER] == [0, 0]
    assert found[1].shut and found[1].ended_ms == NEVER


@pytest.mark.parametrize(
    ("minimum", "full"), [((0,), (1,)), ((2,), (1,)), ((1,), (1, 1)), ((-1,), (1,))]
)
def test_a_need_that_makes_no_sense(minimum: tuple[int, ...], full: tuple[int, ...]) -> None:
    """A quorum of nobody, above the full set or of other capabilities is refused."""
    with pytest.raises(ValueError):
        Need(minimum, full)


def test_calls_out_of_order_are_refused() -> None:
    """A log that goes back in time is no log."""
    with pytest.raises(ValueError, match="comes after"):
        player([one(0)], ROAD).play([call(0, 5, 0, 1), call(1, 4, 0, 1)])
