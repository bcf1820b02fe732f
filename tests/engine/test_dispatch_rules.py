"""What every dispatch rule chooses, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.dispatch_rules import FixedPairs, Offer, make_rule

H = 3_600_000


def offer(**columns: list[int]) -> Offer:
    """Three stops, 30, 10 and 20 minutes away; every column may be given."""
    base = {
        "pickup": [4, 6, 8],
        "drive_ms": [30, 10, 20],
        "persons": [5, 5, 5],
        "to_shelter_ms": [40, 40, 40],
        "slack_ms": [9 * H, 9 * H, 9 * H],
        "zone": [0, 1, 2],
    }
    return Offer(**{name: np.array(value) for name, value in (base | columns).items()})


@pytest.mark.parametrize(
    ("rule", "columns", "row"),
    [
        ("nearest", {}, 1),
        ("nearest", {"drive_ms": [10, 30, 10]}, 0),
        ("largest", {"persons": [9, 5, 12]}, 2),
        ("largest", {"persons": [9, 5, 9]}, 2),
        ("largest", {"persons": [9, 9, 9], "drive_ms": [10, 10, 10]}, 0),
        ("farthest", {"to_shelter_ms": [70, 40, 60]}, 0),
        ("farthest", {"to_shelter_ms": [60, 40, 60]}, 2),
        ("slack", {"slack_ms": [5 * H, 7 * H, 6 * H]}, 0),
        ("schedule", {}, 1),
        ("fixed", {}, 1),
    ],
)
def test_choices_by_hand(rule: str, columns: dict[str, list[int]], row: int) -> None:
    """Nearest: least drive, the lower row of equals. Largest: most persons, the nearer of equals.
    Farthest: longest way to a shelter, the nearer of equals. Slack: the road that is cut first."""
    assert make_rule(rule, {}).choose("C", offer(**columns)) == row


def test_slack_counts_by_the_hour_and_the_nearest_of_an_hour_comes_first() -> None:
    """2 h 50 and 2 h 10 are the same hour: the nearer one (row 1) goes first although the other is
    more urgent by minutes; 1 h 59 is an hour before."""
    same = [2 * H + 600_000, 2 * H + 3_000_000, 8 * H]
    assert make_rule("slack", {}).choose("C", offer(slack_ms=same)) == 1
    sooner = [2 * H - 60_000, 2 * H + 3_000_000, 8 * H]
    assert make_rule("slack", {}).choose("C", offer(slack_ms=sooner)) == 0


def test_slack_leaves_for_last_what_cannot_be_reached_in_time() -> None:
    """A stop whose road is cut before the coach is there gives way to all others; with nothing
    else it is tried all the same."""
    rule = make_rule("slack", {})
    assert rule.choose("C", offer(slack_ms=[-H, 20 * H, 30 * H])) == 1
    assert rule.choose("C", offer(slack_ms=[-H, -H, -H])) == 1


def test_fixed_pairs_serve_their_own_zone_first() -> None:
    """A coach bound to zone 0 goes there although it is the farthest; when its zone is done it
    helps the nearest; a coach that is bound to none does so at once."""
    rule = FixedPairs({"C": 0})
    assert rule.choose("C", offer()) == 0
    assert rule.choose("C", offer(zone=[3, 1, 2])) == 1
    assert rule.choose("D", offer()) == 1


def test_fixed_pairs_take_the_nearest_stop_of_their_zone() -> None:
    """Two stops in the zone: the nearer one."""
    assert FixedPairs({"C": 5}).choose("C", offer(zone=[5, 1, 5])) == 2


def test_unknown_rules_do_not_exist() -> None:
    """The schema allows only the rules there are."""
    with pytest.raises(KeyError):
        make_rule("luck", {})
