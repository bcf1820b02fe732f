"""Where free units wait: coverage and relocation worked out by hand on a road of five places."""

from __future__ import annotations

import pytest
from force_kit import MIN, call, line, player

from sim.clock import NEVER
from sim.forces.coverage import Coverage
from sim.forces.player import MatrixTravel
from sim.forces.relocation import ComplianceTable, Dmexclp, PriorityList
from sim.forces.units import Status, UnitSpec

ROAD = line(0, 10, 20, 30, 40)
HALF = Coverage.on_matrix([10, 20, 30, 40, 50], ROAD, 10 * MIN, 0.5)
"""A unit covers its place and its neighbours; it cannot be had half of the time."""

ONE = 1 << 20


def unit(post: int) -> UnitSpec:
    """A unit of a force with one capability."""
    return UnitSpec((1,), post)


def test_expected_coverage() -> None:
    """One unit at 1 covers 10 + 20 + 30 half of the time; a second one there adds a quarter of
    them; two at 1 and 3 share place 2, of which three quarters are covered."""
    assert HALF.covered([]) == 0
    assert HALF.covered([1]) == 60 * ONE // 2
    assert HALF.covered([1, 1]) == 60 * ONE * 3 // 4
    assert HALF.covered([1, 3]) == (10 + 20 + 40 + 50) * ONE // 2 + 30 * ONE * 3 // 4


def test_gains_and_losses_are_differences_of_coverage() -> None:
    """What one more unit adds, and what one fewer costs, for every place."""
    held = [1, 3, 3]
    for place, gain in enumerate(HALF.gains(held, range(5))):
        assert gain == HALF.covered([*held, place]) - HALF.covered(held)
    assert HALF.losses(held, [1])[0] == HALF.covered(held) - HALF.covered([3, 3])
    assert HALF.losses(held, [3])[0] == HALF.covered(held) - HALF.covered([1, 3])


@pytest.mark.parametrize("busy", [-0.1, 1.0])
def test_a_share_that_makes_no_sense(busy: float) -> None:
    """A unit that can never be had covers nothing; the share is refused."""
    with pytest.raises(ValueError, match="busy"):
        Coverage.on_matrix([1], [[0]], 1, busy)


def test_dmexclp_goes_where_it_adds_most() -> None:
    """Let go at 0, with 3 held: another unit at 3 adds a quarter of 120, at 1 half of 10 + 20 and
    a quarter of 30, which is 22.5: it goes to 3 all the same."""
    played = player([unit(0), unit(3)], ROAD, relocation=Dmexclp(HALF, range(5)))
    played.play([call(0, 0, 0, 5)])
    assert [u.target for u in played.desk.units] == [3, 3]
    assert HALF.gains([3], [1, 3]) == [int(22.5 * ONE), 30 * ONE]


def test_priority_list() -> None:
    """The list wants 2, then 4: one let go goes to 2, the next to 4, a third back to its own."""
    played = player([unit(0)] * 3, ROAD, relocation=PriorityList([2, 4]))
    played.play([call(k, 0, 0, 5 + k) for k in range(3)])
    assert [u.target for u in played.desk.units] == [2, 4, 0]


def test_compliance_table() -> None:
    """With two free units posts 1 and 3 are held, with one only post 2. When one of two is sent,
    the other moves from 3 to 2; when it is back, both stand at 1 and 3 again."""
    table = ComplianceTable({1: [2], 2: [1, 3]}, MatrixTravel(ROAD))
    played = player([unit(1), unit(3)], ROAD, relocation=table)
    calls = [call(0, 0, 0, 60)]
    played.play(calls, 30 * MIN)
    assert played.desk.units[1].status is Status.FREE and played.desk.units[1].node == 2
    played.run(300 * MIN)
    assert [u.node for u in played.desk.units] == [1, 3]


def test_compliance_moves_as_little_as_possible() -> None:
    """Units at 0 and 4, posts 1 and 3: each goes to the nearer one, 20 min in all and not 60."""
    table = ComplianceTable({2: [3, 1]}, MatrixTravel(ROAD))
    played = player([unit(0), unit(4), unit(2)], ROAD, relocation=table)
    played.play([call(0, 0, 2, 500)], 60 * MIN)
    assert [u.node for u in played.desk.units[:2]] == [1, 3]


def test_a_table_of_the_wrong_length_is_refused() -> None:
    """Two posts for three units is a slip."""
    with pytest.raises(ValueError, match="posts for 3 units"):
        ComplianceTable({3: [1, 2]}, MatrixTravel(ROAD))


def test_cut_off_from_its_post_it_waits_where_it_is() -> None:
    """There is a way out and none back: the unit stays at the site, and answers from there."""
    times = [[0, 10 * MIN], [NEVER, 0]]
    played = player([unit(0)], times)
    found = played.play([call(0, 0, 1, 5), call(1, 60, 1, 5), call(2, 90, 0, 5)])
    assert [i.response_ms for i in found] == [10 * MIN, 0, NEVER]
    assert played.desk.units[0].node == 1


def test_roads_that_reopen_are_seen_at_the_next_review() -> None:
    """Nobody can get there at first; when the roads have changed the desk looks again."""
    shut, clear = [[0, NEVER], [NEVER, 0]], [[0, 10 * MIN], [10 * MIN, 0]]
    played = player([unit(0)], shut)
    found = played.play([call(0, 0, 1, 5)], 30 * MIN)
    played.desk.travel = MatrixTravel(clear)
    played.desk.review(30 * MIN)
    played.run(200 * MIN)
    assert found[0].first_on_site_ms == 40 * MIN
