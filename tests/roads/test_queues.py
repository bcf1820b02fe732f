"""The traffic kernel on a few links, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from queue_kit import HOUR, SECOND, at_once, chain, open_roads, play, roads, supply

from sim.clock import NEVER
from sim.roads.queue_report import Counts, check, gridlock, standing
from sim.roads.queues import Departures, headway
from sim.roads.routing import ONE_Q16, Trip, Water

S = SECOND


def test_corridor_is_exact_to_a_tick() -> None:
    """Car k of N leaves a corridor of 3 links at k headways + 3 free-flow times, to the ms."""
    network = chain(3)
    queues = open_roads(network, supply(network))
    queues.add(at_once(100))
    ended = play(queues)
    assert ended.time_ms.tolist() == [2 * S * k + 300 * S for k in range(100)]


def test_fractions_of_a_tick_are_carried() -> None:
    """At 1,546 pcu/h the 1,547th car is served 1 h after the first one, not 1,546 rounded ticks."""
    network = chain(1)
    queues = open_roads(network, supply(network, pcu_h=1546))
    queues.add(at_once(1547))
    assert abs(int(play(queues).time_ms[-1]) - (HOUR + 100 * S)) <= 2


def test_narrowest_link_sets_the_pace() -> None:
    """With capacities 1800, 600, 1200 cars come 6 s apart, the last after N - 1 of them."""
    network = chain(3)
    queues = open_roads(network, supply(network, pcu_h=[1800, 600, 1200]))
    queues.add(at_once(50))
    assert play(queues).time_ms.tolist() == [6 * S * k + 300 * S for k in range(50)]


def test_fundamental_diagram() -> None:
    """Free-flow branch: density = flow / speed. Jammed branch: density = jam - flow / wave speed.

    1 km, 10 m/s, 150 places, wave 200 s (5 m/s): 900 cars an hour hold 25 places on the free
    branch and 150 - 200 s / 4 s = 100 places on the jammed one.
    """
    network = chain(2)
    free = open_roads(network, supply(network, pcu_h=[1800, 1800], storage=150, wave_s=200))
    free.add(Departures(np.arange(900) * 4 * S, 0))
    free.advance(1800 * S - 1)
    assert free.state.links["count"][0] == 25
    jam = open_roads(network, supply(network, pcu_h=[1800, 900], storage=150, wave_s=200))
    jam.add(at_once(1500))
    jam.advance(3000 * S)
    assert jam.state.links["count"][0] == 100
    jam.advance(4000 * S)
    assert jam.state.links["count"][0] == 100


def test_start_wave_runs_backwards() -> None:
    """Room made at the exit of a full link reaches its entry after the wave time, to the ms.

    Ten cars fill the second link while the third serves one car in 1,000 s. When the next one is
    let out there, the car that waits at the first link's exit enters 60 s later.
    """
    network = chain(3)
    held = supply(network, pcu_h=[3600, 3600, 3.6], storage=[100, 10, 100], wave_s=[0, 60, 0])
    queues = open_roads(network, held)
    rows = queues.add(at_once(20))
    queues.advance(1000 * S)
    on_second = [int(v) for v in rows if queues.vehicles["edge"][v] == 1]
    assert on_second == list(range(1, 11)) and queues.vehicles["status"][0] == Trip.ARRIVED
    before = int(queues.state.links["next_in"][2]) >> 10  # when the next one is let out
    queues.advance(before + 60 * S - 1)
    assert queues.vehicles["edge"][11] == 0 and queues.vehicles["edge"][1] == 2
    queues.advance(before + 60 * S)
    assert queues.vehicles["edge"][11] == 1


def test_tail_of_a_jam_runs_backwards_as_the_shock() -> None:
    """900 cars/h run into a jam that 450 cars/h leave: its tail moves at (450 - 900) / (125 - 25)
    = -4.5 km/h, so it takes 80 s for each link of 100 m (25 and 125 cars/km are the densities of
    the two flows at 36 km/h, 150 cars/km in standstill and a wave of 18 km/h)."""
    network = roads([(i, i + 1) for i in range(11)], length_m=100)
    pcu_h = [1800] * 10 + [450]
    queues = open_roads(network, supply(network, pcu_h=pcu_h, storage=15, wave_s=20))
    queues.add(Departures(np.arange(1000) * 4 * S, 0))
    full_at = np.zeros(10)
    while not full_at[2]:
        queues.advance(queues.now + S)
        held = queues.state.gates["waits_for"][:9] == np.arange(1, 10)
        full_at[1:][held & (full_at[1:] == 0)] = queues.now / S
    took = full_at[3] - full_at[9]
    assert abs(took - 6 * 80) <= 16  # two headways of the jam


def test_spillback_reaches_the_origin() -> None:
    """A slow exit fills the links behind it, then cars stand at home; nobody is lost."""
    network = chain(3)
    queues = open_roads(network, supply(network, pcu_h=[1800, 1800, 60], storage=20, wave_s=100))
    queues.add(at_once(100))
    queues.advance(1000 * S)  # at one car in 60 s, 100 s of wave keep 1 or 2 places on their way
    assert queues.state.links["count"].tolist()[:2] == [19, 18]
    counts = check(queues)
    assert counts.at_home == 100 - counts.on_links - counts.ended and counts.at_home > 40
    assert standing(queues).sum() > 80
    assert len(play(queues).row) + counts.ended == 100


def test_merge_shares_by_capacity() -> None:
    """Links of 1,800 and 900 pcu/h into one of 1,800: in the jam they get 2 : 1, to one car."""
    network = roads([(0, 2), (1, 2), (2, 3)])
    queues = open_roads(network, supply(network, pcu_h=[1800, 900, 1800]))
    a = queues.add(at_once(400, origin=0))
    queues.add(at_once(200, origin=1))
    row = play(queues).row
    for n in (30, 90, 300, 599):
        assert abs(int(np.isin(row[:n], a).sum()) - 2 * n / 3) <= 1


def test_equal_merge_takes_turns() -> None:
    """Two equal links into one alternate, car by car."""
    network = roads([(0, 2), (1, 2), (2, 3)])
    queues = open_roads(network, supply(network))
    a = queues.add(at_once(50, origin=0))
    queues.add(at_once(50, origin=1))
    from_a = np.isin(play(queues).row, a)
    assert (from_a[1:] != from_a[:-1]).all()


def test_those_who_set_out_take_turns_with_the_road() -> None:
    """Cars from houses along a jammed road get as much of it as the road behind: car by car."""
    network = chain(2)
    queues = open_roads(network, supply(network))
    queues.add(at_once(50, origin=0))
    houses = queues.add(Departures(np.full(50, 100 * S), 1))
    from_houses = np.isin(play(queues).row, houses)
    assert (from_houses[2:98] != from_houses[1:97]).all()


def test_roads_elsewhere_change_nothing() -> None:
    """A jam in a small network and in one of 30,000 links more (where rows are fetched ahead)."""
    arcs = [(0, 2), (1, 2), (2, 3), (3, 4)]
    told = []
    for others in (0, 30_000):
        network = roads(arcs + [(5, 6)] * others)
        held = supply(
            network, pcu_h=[1800, 900, 1800, 1200] + [1800] * others, storage=9, wave_s=10
        )
        queues = open_roads(network, held, targets=(4,))
        queues.add(
            Departures(np.arange(200) * 1500, np.arange(200) % 2, pcu=1 + np.arange(200) % 3)
        )
        told.append(play(queues))
        assert check(queues).ended == 200
    for small, large in zip(*told, strict=True):
        assert small.tolist() == large.tolist()


def test_unused_share_of_a_merge_goes_to_the_other() -> None:
    """Whoever is not there loses nothing for the others: a lone branch uses the whole road."""
    network = roads([(0, 2), (1, 2), (2, 3)])
    queues = open_roads(network, supply(network))
    queues.add(at_once(50, origin=0))
    ended = play(queues)
    assert ended.time_ms[-1] == 200 * S + 49 * 2 * S


def test_gridlock_ring_is_named_and_stands() -> None:
    """Four full links, each waiting for the next: a ring that nobody leaves, reported as such."""
    network = roads([(0, 1), (1, 2), (2, 3), (3, 0)])
    queues = open_roads(network, supply(network, storage=1), targets=(2, 3, 0, 1))
    queues.add(Departures(np.zeros(4, np.int64), np.arange(4), route=np.arange(4)))
    assert len(play(queues).row) == 0
    assert queues.next_time() == NEVER
    assert gridlock(queues) == [[0, 1, 2, 3]]
    assert check(queues) == Counts(0, 0, 4, 0)


def test_coach_gets_its_place_in_a_stream_of_cars() -> None:
    """A coach whose turn has come waits for two places, and no car takes the first of them."""
    network = roads([(0, 2), (1, 2), (2, 3), (3, 4)])
    queues = open_roads(
        network, supply(network, pcu_h=[900, 900, 1800, 60], storage=[99, 99, 4, 99])
    )
    queues.add(at_once(60, origin=0))
    queues.add(Departures([110 * S], 1, pcu=2, tag=7))
    order = play(queues).tag.tolist()
    assert order.index(7) <= 8


def test_ring_with_a_place_left_is_named() -> None:
    """Four links, each with one place left, which is too short for the coach that waits for it."""
    network = roads([(0, 1), (1, 2), (2, 3), (3, 0)])
    queues = open_roads(network, supply(network, storage=3), targets=(2, 3, 0, 1))
    queues.add(Departures(np.zeros(4, np.int64), np.arange(4), route=np.arange(4), pcu=2))
    assert len(play(queues).row) == 0 and gridlock(queues) == [[0, 1, 2, 3]]
    check(queues)


def test_ring_is_freed_when_one_driver_may_leave() -> None:
    """Another tree for one of the four opens the ring, and all come home."""
    network = roads([(0, 1), (1, 2), (2, 3), (3, 0)])
    queues = open_roads(network, supply(network, storage=1), targets=(2, 3, 0, 1, 1))
    queues.add(Departures(np.zeros(4, np.int64), np.arange(4), route=np.arange(4)))
    queues.advance(HOUR)
    queues.assign(np.array([0]), 4)  # the first one now wants to stop at node 1
    queues.rerouted()
    ended = play(queues)
    assert len(ended.row) == 4 and ended.time_ms[0] == HOUR and gridlock(queues) == []


def test_no_ring_is_seen_in_a_jam_that_moves() -> None:
    """A long queue before a slow road is no gridlock."""
    network = chain(3)
    queues = open_roads(network, supply(network, pcu_h=[1800, 1800, 60], storage=5))
    queues.add(at_once(50))
    queues.advance(HOUR // 4)
    assert gridlock(queues) == [] and standing(queues).sum() > 20


def test_bus_counts_twice() -> None:
    """Buses of 2 pcu come two headways apart, and 2 of them fill a link of 4 places."""
    network = chain(2)
    queues = open_roads(network, supply(network, pcu_h=[1800, 1800], storage=[4, 100]))
    queues.add(Departures(np.zeros(5, np.int64), 0, pcu=2))
    queues.advance(90 * S)
    assert queues.state.links["count"][0] == 4 and check(queues).at_home == 3
    assert np.diff(play(queues).time_ms).tolist() == [4 * S, 96 * S, 4 * S, 96 * S]


def test_one_vehicle_fits_on_the_shortest_link() -> None:
    """A bus passes a link with room for a single car, when the link is empty."""
    network = chain(3)
    queues = open_roads(network, supply(network, storage=[100, 1, 100]))
    queues.add(Departures(np.zeros(3, np.int64), 0, pcu=2))
    ended = play(queues)
    assert ended.time_ms.tolist() == [300 * S, 400 * S, 500 * S]


def test_nobody_overtakes() -> None:
    """A fast car behind a slow one leaves right behind it, one headway later."""
    network = chain(1)
    queues = open_roads(network, supply(network))
    queues.add(Departures([0, 10 * S], 0, speed_q16=[ONE_Q16 // 2, ONE_Q16]))
    ended = play(queues)
    assert ended.row.tolist() == [0, 1] and ended.time_ms.tolist() == [200 * S, 202 * S]


def test_same_tick_goes_by_row() -> None:
    """Of two links that are at a free merge in the same tick, the lower row goes first."""
    network = roads([(1, 2), (0, 2), (2, 3)])
    queues = open_roads(network, supply(network))
    queues.add(Departures([0, 0], [0, 1]))
    assert play(queues).row.tolist() == [1, 0]


@pytest.mark.parametrize("n", [3, 40, 300])
def test_a_busy_tick_goes_by_row_too(n: int) -> None:
    """Cars that set out in any order and arrive in the same tick do so by the row of their link."""
    network = roads([(1 + i, 0) for i in range(n)])
    queues = open_roads(network, supply(network), targets=(0,))
    order = np.random.default_rng(n).permutation(n)
    for i in order.tolist():
        queues.add(Departures([0], 1 + i, tag=i))
    ended = play(queues)
    assert set(ended.time_ms.tolist()) == {100 * S}
    assert ended.tag.tolist() == list(range(n))


def test_who_is_at_the_target_has_arrived() -> None:
    """A vehicle whose origin is its target ends at its departure; one without a way, too."""
    network = chain(2)
    queues = open_roads(network, supply(network), targets=(1,))
    queues.add(Departures([5 * S, 7 * S], [1, 2], tag=[70, 71]))
    ended = play(queues)
    assert ended.status.tolist() == [Trip.ARRIVED, Trip.NO_ROUTE]
    assert ended.time_ms.tolist() == [5 * S, 7 * S] and ended.tag.tolist() == [70, 71]
    assert ended.node.tolist() == [1, 2] and ended.edge.tolist() == [-1, -1]


def test_closed_link_hands_back_who_comes_and_who_waits() -> None:
    """Who is on it finishes, who waits for it is handed back at once, the rest when they come."""
    network = chain(2)
    queues = open_roads(network, supply(network, pcu_h=[1800, 180]))
    queues.add(at_once(3))
    queues.add(Departures([150 * S], 0))
    queues.advance(110 * S)  # the first one is on link 1, two wait for its slow entry
    queues.close([1])
    ended = play(queues)
    assert ended.row.tolist() == [1, 2, 0, 3]
    assert ended.status.tolist() == [Trip.BLOCKED, Trip.BLOCKED, Trip.ARRIVED, Trip.BLOCKED]
    assert ended.time_ms.tolist() == [110 * S, 112 * S, 200 * S, 250 * S]
    assert ended.node.tolist() == [1, 1, 2, 1] and ended.edge.tolist() == [1, 1, -1, 1]


def test_closing_at_the_origin() -> None:
    """Cars in line at home before a link that closes are handed back there, in their line."""
    network = chain(1)
    queues = open_roads(network, supply(network))
    queues.add(at_once(10))
    queues.advance(5 * S)
    queues.close([0])
    ended = queues.advance(5 * S)
    assert ended.row.tolist() == list(range(3, 10))
    assert set(ended.status.tolist()) == {Trip.BLOCKED} and set(ended.node.tolist()) == {0}
    assert len(play(queues).row) == 3


def test_flooded_while_full() -> None:
    """Water comes over a full link: those in line before it step aside when the line next moves."""
    network = chain(2)
    water = Water(np.array([0, -1], np.int32), np.array([[0, 400]], np.int32), 70 * S, 1000)
    held = supply(network, pcu_h=[3600, 60], storage=[2, 9], wave_s=30)
    queues = open_roads(network, held, water=water)
    queues.add(at_once(6))
    ended = play(queues)
    assert ended.row.tolist() == [2, 3, 4, 5, 0, 1]
    assert ended.time_ms.tolist() == [*[100 * S] * 4, 200 * S, 260 * S]
    assert ended.status.tolist() == [*[Trip.BLOCKED] * 4, Trip.ARRIVED, Trip.ARRIVED]


def test_closed_for_one_class_only() -> None:
    """A road closed to cars lets coaches through, and cars again when it is reopened."""
    network = chain(1)
    queues = open_roads(network, supply(network))
    queues.close([0], klasses=[0])
    queues.add(Departures([0, 0, 60 * S], 0, klass=[0, 1, 0]))
    assert queues.advance(30 * S).status.tolist() == [Trip.BLOCKED]
    queues.reopen([0], klasses=[0])
    ended = play(queues)
    assert ended.row.tolist() == [1, 2] and set(ended.status.tolist()) == {Trip.ARRIVED}


def test_another_tree_moves_those_who_wait() -> None:
    """A queue before a jammed link takes the way round as soon as its tree leads there."""
    network = roads([(0, 1), (1, 2), (1, 3), (3, 2)])
    queues = open_roads(network, supply(network, pcu_h=[1800, 2, 1800, 1800]), targets=(2,))
    queues.add(at_once(5))
    assert queues.advance(200 * S).row.tolist() == [0]
    queues.trees[0, 1] = 2
    queues.rerouted()
    ended = play(queues)
    assert ended.row.tolist() == [1, 2, 3, 4]
    assert ended.time_ms.tolist() == [400 * S + k * 2 * S for k in range(4)]


def test_capacity_may_change_under_way() -> None:
    """Police double the flow of a signal at a moment: headways before and after, none lost."""
    network = chain(1)
    queues = open_roads(network, supply(network, pcu_h=600))
    queues.add(at_once(20))
    queues.advance(30 * S)
    queues.set_supply([0], headway(1200))
    gaps = np.diff(play(queues).time_ms)
    assert gaps[-10:].tolist() == [3 * S] * 10 and sorted(set(gaps.tolist())) == [3 * S, 6 * S]


def test_lane_closed_and_opened_while_full() -> None:
    """Half the places: nobody is pushed out, nobody enters until there is room again."""
    network = chain(2)
    queues = open_roads(network, supply(network, pcu_h=[3600, 60], storage=[10, 99], wave_s=10))
    queues.add(at_once(30))
    queues.advance(100 * S)
    assert queues.state.links["count"][0] == 9  # one has gone on, its room is on its way
    queues.set_supply([0], headway(1800), storage_pcu=5)
    queues.advance(130 * S + 5 * 60 * S)
    assert queues.state.links["count"][0] == 5 and check(queues).at_home > 0
    queues.set_supply([0], headway(3600), storage_pcu=20)
    queues.advance(queues.now + 30 * S)
    assert queues.state.links["count"][0] >= 19
    check(queues)
    assert len(play(queues).row) > 0 and check(queues).ended == 30


def test_watched_vehicle_stops_the_clock() -> None:
    """``advance`` returns at the tick in which a watched vehicle ended, not later."""
    network = chain(1)
    queues = open_roads(network, supply(network))
    queues.add(Departures([0, 10 * S, 20 * S], 0, watched=[False, True, False]))
    ended = queues.advance(HOUR)
    assert queues.now == 110 * S and ended.row.tolist() == [0, 1]
    assert queues.next_time() == 120 * S
    assert queues.advance(HOUR).row.tolist() == [2] and queues.now == HOUR


def test_far_future_is_kept() -> None:
    """Departures beyond the calendar's 74 h come in their time, and next_time knows them."""
    network = chain(1)
    queues = open_roads(network, supply(network))
    late = 100 * HOUR + np.arange(3) * 2**28  # 74.6 h apart: the same bucket of the calendar
    queues.add(Departures(np.array([0, HOUR, *late[::-1]]), 0))
    assert queues.next_time() == 0
    assert play(queues, 50 * HOUR).time_ms.tolist() == [100 * S, HOUR + 100 * S]
    for time in late.tolist():
        assert queues.next_time() == time
        assert play(queues, time + HOUR).time_ms.tolist() == [time + 100 * S]
    assert queues.next_time() == NEVER


def test_use_of_a_link() -> None:
    """What left the links, and how long it stood there: 10 cars, 4 s more for each at link 1."""
    network = chain(2)
    queues = open_roads(network, supply(network, pcu_h=[1800, 600]))
    queues.add(at_once(10))
    play(queues)
    use = queues.take_use()
    assert use["vehicles"].tolist() == [10, 10] and use["pcu"].tolist() == [10, 10]
    assert use["delay_ms"].tolist() == [4 * S * sum(range(10)), 0]
    assert queues.take_use()["pcu"].sum() == 0


@pytest.mark.parametrize(
    "cars",
    [
        Departures([-1], 0),
        Departures([2**31], 0),
        Departures([0], 0, pcu=9),
        Departures([0], 0, route=1),
        Departures([0], 7),
        Departures([0], 0, klass=2),
    ],
)
def test_impossible_departures_are_refused(cars: Departures) -> None:
    """A time before now or too late, too large a vehicle, an unknown route, node or class."""
    network = chain(1)
    queues = open_roads(network, supply(network))
    with pytest.raises(ValueError, match="must be"):
        queues.add(cars)
    assert queues.n_vehicles == 0


def test_a_road_that_carries_nothing_is_closed_instead() -> None:
    """Capacities below 2 pcu/h are refused."""
    with pytest.raises(ValueError, match="at least 2"):
        headway([1800, 1.9])


def test_more_room_for_many_links_at_once() -> None:
    """Contraflow: links get more places than they ever had, in several steps; the line moves on."""
    network = chain(40)
    queues = open_roads(network, supply(network, storage=3, wave_s=10))
    queues.add(at_once(400))
    queues.advance(HOUR)
    for places in (6, 12, 7, 30):
        queues.set_supply(np.arange(40), headway(3600), np.full(40, places))
        check(queues)
        queues.advance(queues.now + 600 * S)
    assert (queues.state.links["storage"] == 30).all()
    play(queues)
    assert check(queues).ended == 400


def test_columns_of_another_network_are_refused() -> None:
    """A supply must have a row for each link."""
    with pytest.raises(ValueError, match="headway_q10 has 2 rows, must be 3"):
        open_roads(chain(3), supply(chain(2)))


def test_no_going_back() -> None:
    """The kernel does not play a time that has passed."""
    network = chain(1)
    queues = open_roads(network, supply(network))
    queues.advance(10)
    with pytest.raises(ValueError, match="until_ms"):
        queues.advance(9)
