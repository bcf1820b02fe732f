"""Parties from tables: exact sums, sizes, escorts, ways out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hamlet import hamlet, stop, village, zone
from hypothesis import given
from hypothesis import strategies as st
from kit import BEHAVIOUR, Row

from sim.draws import Draws, stable_key
from sim.people.parties import (
    Parties,
    PartyTables,
    household_sizes,
    largest_remainder,
    people_present,
)
from sim.schema.scenario import Behaviour, Present
from sim.schema.tables import FacilityRow, GroupRow, SettlementRow
from sim.states import Way

BY_NIGHT, BY_DAY = False, True


def made(
    home: Row, groups: list[Row] | None = None, facilities: list[Row] | None = None,
    by_day: bool = BY_DAY, holiday: bool = False, largest: int = 60,
) -> Parties:  # fmt: skip
    """Parties of one settlement V of zone Z and some facilities."""
    behaviour = Behaviour.model_validate(_whole())
    tables = PartyTables(Present(holiday=holiday), by_day, behaviour, largest)
    settlement = SettlementRow.model_validate({"id": "V", "name": "村", "zone": "Z", **home})
    rows = [GroupRow.model_validate({"name": g["id"], **g}) for g in groups or []]
    houses = [
        FacilityRow.model_validate({"name": f["id"], "kind": "camp", "zone": "Z", **f})
        for f in facilities or []
    ]
    return tables.build([settlement], rows, houses)


def _whole() -> Row:
    return {**BEHAVIOUR, "household_size": 2.5}


# -- largest remainder ------------------------------------------------------------------------


def test_largest_remainder_by_hand() -> None:
    """10 by 1/3 each is 4, 3, 3 (ties to the earlier); 7 by 50/30/20 % is 3.5, 2.1, 1.4: the one
    left goes to the largest rest."""
    assert largest_remainder(10, [1, 1, 1]) == [4, 3, 3]
    assert largest_remainder(7, [0.5, 0.3, 0.2]) == [4, 2, 1]
    assert largest_remainder(5, [0, 1, 0]) == [0, 5, 0]
    assert largest_remainder(3, [0, 0]) == [0, 0]


@given(st.integers(0, 100_000), st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_largest_remainder_gives_everybody_exactly_once(total: int, shares: list[float]) -> None:
    """The parts add up, and each is within one person of its exact share."""
    parts = largest_remainder(total, shares)
    if sum(shares) <= 1e-300:
        return
    assert sum(parts) == total
    for part, share in zip(parts, shares, strict=True):
        assert abs(part - total * share / sum(shares)) < 1 + 1e-6


# -- households -------------------------------------------------------------------------------


@given(st.integers(0, 4000), st.floats(1, 6), st.text(min_size=1, max_size=8))
def test_household_sizes_add_up_and_none_is_empty(persons: int, mean: float, name: str) -> None:
    """Whatever the mean: exactly the persons, in about persons / mean households."""
    sizes = household_sizes(persons, mean, Draws(0, 0), stable_key(name))
    assert int(sizes.sum()) == persons
    assert (sizes >= 1).all()
    assert len(sizes) == (max(1, round(persons / mean)) if persons else 0)


@given(
    persons=st.integers(0, 600), old=st.floats(0, 0.4), lying=st.floats(0, 0.2),
    escorts=st.integers(0, 4), occupants=st.integers(0, 300), party=st.integers(1, 60),
    chairs=st.floats(0, 0.5), beds=st.floats(0, 0.5), largest=st.integers(1, 60),
)  # fmt: skip
def test_nobody_is_lost_between_the_tables_and_the_parties(
    persons: int, old: float, lying: float, escorts: int, occupants: int, party: int,
    chairs: float, beds: float, largest: int,
) -> None:  # fmt: skip
    """Groups, escorts, households and facilities add up to the people of the tables."""
    groups = [
        {"id": "O", "persons_share": old, "escorts": escorts},
        {"id": "B", "persons_share": lying, "escorts": escorts, "needs": "ambulance"},
    ]
    camp = {
        "id": "F", "occupants_day": occupants, "occupants_night": 0, "party_size": party,
        "wheelchair_share": chairs, "ambulance_share": beds,
    }  # fmt: skip
    parties = made({"resident": persons, "share_coach": 1}, groups, [camp], largest=largest)
    at_home, in_camp = (parties.size[parties.home == h].sum() for h in (0, 1))
    assert (at_home, in_camp) == (persons, occupants)
    assert (parties.size >= 1).all()
    assert parties.size[parties.home == 1].max(initial=0) <= max(1, min(party, largest))
    assert len(np.unique(parties.key)) == len(parties)


def test_special_persons_travel_with_their_escorts(tmp_path: Path) -> None:
    """100 persons, 4 % bedridden with one escort, 10 % old and alone: four parties of two for the
    ambulance, ten of one, 82 others in households; pace and preparation are those of the group."""
    groups = [
        {"id": "B", "persons_share": 0.04, "escorts": 1, "needs": "ambulance", "prep_factor": 2},
        {"id": "O", "persons_share": 0.1, "escorts": 0, "walk_mps": 0.5},
    ]
    parties = made({"resident": 100, "share_coach": 1}, groups)
    special = parties.special
    assert parties.size[special].tolist() == [2] * 4 + [1] * 10
    assert parties.way[special].tolist() == [Way.AMBULANCE] * 4 + [Way.COACH] * 10
    assert parties.walk_mm_s[special].tolist() == [1100] * 4 + [500] * 10
    assert parties.prep_q16[special].tolist() == [131072] * 4 + [65536] * 10
    assert parties.size[~special].sum() == 82
    assert set(parties.walk_mm_s[~special].tolist()) == {1000}


def test_a_group_of_one_settlement_is_not_elsewhere() -> None:
    """A group named for another village has nobody here."""
    groups = [{"id": "O", "persons_share": 0.5, "escorts": 0, "settlement": "W"}]
    assert not made({"resident": 40, "share_coach": 1}, groups).special.any()


# -- ways out ---------------------------------------------------------------------------------


def ways(parties: Parties) -> list[int]:
    """Parties per way out: in place, relatives, village shelter, coach, ambulance."""
    return np.bincount(parties.way, minlength=len(Way)).tolist()


ONES: Row = {"resident": 100, "household_size": 1}


def test_ways_are_dealt_exactly_by_the_shares() -> None:
    """35 % stay (all houses have a safe floor), 40 % relatives, 12 % on foot, 13 % by coach."""
    shares = {
        "share_in_place": 0.35, "share_relatives": 0.4, "share_village_shelter": 0.12,
        "share_coach": 0.13, "safe_upper_floor_share": 1,
    }  # fmt: skip
    assert ways(made(ONES | shares)) == [35, 40, 12, 13, 0]


def test_who_has_no_safe_floor_does_not_stay() -> None:
    """60 % would stay and 25 % of the houses have a floor: those 25 stay, 35 more take the coach;
    with high ground near by all 60 stay."""
    shares = {"share_in_place": 0.6, "share_coach": 0.4, "safe_upper_floor_share": 0.25}
    parties = made(ONES | shares)
    assert ways(parties) == [25, 0, 0, 75, 0]
    assert parties.safe_floor[parties.way == Way.IN_PLACE].all()
    assert ways(made(ONES | shares | {"high_ground_min": 10})) == [60, 0, 0, 40, 0]


def test_without_any_share_the_library_decides() -> None:
    """The kit's library sends everybody by coach; one share given leaves nothing to the library."""
    assert ways(made(ONES)) == [0, 0, 0, 100, 0]
    assert ways(made(ONES | {"share_relatives": 1})) == [0, 100, 0, 0, 0]


# -- who is there -----------------------------------------------------------------------------


_COUNTED = {"registered": 90, "resident": 70, "present_day": 40, "present_night": 65}


@pytest.mark.parametrize(
    ("columns", "holiday", "by_day", "persons"),
    [
        (_COUNTED, False, True, 40),
        (_COUNTED, False, False, 65),
        ({"registered": 90, "resident": 70}, False, True, 70),
        ({"registered": 90}, False, False, 90),
        ({"resident": 70, "holiday_factor": 1.5, "outsiders": 10}, True, True, 115),
        ({"resident": 70, "holiday_factor": 1.5, "outsiders": 10}, False, True, 80),
        ({"outsiders": 12}, False, True, 12),
    ],
)  # fmt: skip
def test_people_present_by_hour_and_day(
    columns: Row, holiday: bool, by_day: bool, persons: int
) -> None:
    """The hour's own number, else residents, else those registered; a factor on holidays for the
    people of the place, not for outsiders."""
    row = SettlementRow.model_validate({"id": "V", "name": "村", **columns})
    assert people_present(row, Present(holiday=holiday), by_day) == persons


@pytest.mark.parametrize(
    ("by_day", "holiday", "persons"), [(True, False, 30), (False, False, 50), (True, True, 5)]
)
def test_facilities_by_hour_and_holiday(by_day: bool, holiday: bool, persons: int) -> None:
    """A school by day, a dormitory at night, hardly anybody on a holiday."""
    house = {"id": "F", "occupants_day": 30, "occupants_night": 50, "occupants_holiday": 5}
    parties = made({"resident": 1}, facilities=[house], by_day=by_day, holiday=holiday)
    assert parties.size[parties.facility].sum() == persons


def test_facility_parties_by_hand() -> None:
    """47 persons, 10 % lying, 20 % in wheelchairs, groups of 12: five and nine single persons (4.7
    and 9.4 rounded), 33 others as 12, 12, 9; no group larger than the smallest bus."""
    home = {
        "id": "F", "occupants_day": 47, "occupants_night": 0, "party_size": 12,
        "ambulance_share": 0.1, "wheelchair_share": 0.2, "ready_min": 7.5,
    }  # fmt: skip
    parties = made({"resident": 0}, facilities=[home])
    assert parties.size.tolist() == [1] * 14 + [12, 12, 9]
    assert parties.needs.tolist() == [2] * 5 + [1] * 9 + [0] * 3
    assert set(parties.ready_ms.tolist()) == {450_000}
    small = made({"resident": 0}, facilities=[home], largest=8)
    assert small.size[14:].tolist() == [8, 8, 8, 8, 1]


def test_people_without_a_zone_are_not_on_the_list(tmp_path: Path) -> None:
    """A settlement outside every zone has no parties; the number at risk is that of the others."""
    tiny = hamlet(
        zones=[zone()], settlements=[village(), village("W", 30, zone="")],
        assembly_points=[stop()],
    )  # fmt: skip
    world = tiny.build(tmp_path, {"go": {}})
    assert world.people_at_risk == 4 and set(world.parties.home.tolist()) == {0}


def test_a_further_settlement_changes_nobody_else(tmp_path: Path) -> None:
    """Keys are those of the village and not of the row: sizes, ways and offsets of V stay when
    another village is listed before it."""
    home = village(persons=200, elevation_spread_m=3, share_relatives=0.5, share_coach=0.5)
    exits: list[Row] = [{"id": "E", "name": "外县", "node": "s"}]
    one = hamlet(settlements=[home], exits=exits).build(tmp_path / "1", {"go": {}}).parties
    two = hamlet(settlements=[village("A", 50), home], exits=exits)
    both = two.build(tmp_path / "2", {"go": {}}).parties
    mine = both.home == 1
    for column in ("key", "size", "way", "offset_mm", "needs"):
        assert np.array_equal(getattr(one, column), getattr(both, column)[mine]), column
