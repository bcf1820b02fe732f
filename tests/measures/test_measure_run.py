"""Measures of one run against answers worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from one_night import NIGHT, by_coach, ready, sheltered, told
from small_county import A2, E1, H1, HARM_MM, S1, V1, V2, Z1, County, Record, log_of

from sim.log import Kind
from sim.measures.measure import measure_run
from sim.roads.levels import WATER
from sim.states import Flag, Mode, State, Way

SPEC = SimpleNamespace(supplies=None, response_targets=())
NO_TARGETS: Any = SimpleNamespace(targets=(), target_zones=(), spec=SPEC)


def measured(records: list[Record], county: County | None = None) -> dict[str, float]:
    """Measures of a log in a county."""
    return measure_run((county or County()).world(), NO_TARGETS, log_of(records))


def test_every_measure_of_one_night() -> None:
    """Twenty persons, every number worked out by hand from one_night.py."""
    found = measured(NIGHT)
    assert found == pytest.approx(
        {
            # final: 0, 1 and 3 sheltered; 2 upstairs; 4 back at a dry home, 5 at a dry stop
            "people_at_risk": 20, "safe_out": 12, "safe_in_place": 2, "unreached": 6,
            "stranded": 0, "sheltered": 12, "with_relatives": 0,
            # mode: 4 is not out any more, 5 never was
            "moved_by_bus": 7, "moved_by_boat": 5, "moved_by_car": 0, "moved_on_foot": 0,
            "moved_by_ambulance": 0, "bus_share": 7 / 20, "boat_share": 5 / 20,
            # Z1 at its cut-off 180: 0, 1, 2 out (9 persons), 3 left behind; Z2 at the horizon: none
            "out_before_cutoff_share": 9 / 20, "left_behind_at_cutoff": 5,
            "refused": 5, "returned": 2, "rescued_share": 5 / 20,
            # the home of party 0 lies too high for the water
            "moved_unaffected": 4,
            # party 3 stands in the water from 200 to 260
            "caught_by_hazard": 5, "exposure_person_h": 5.0,
            # counted: 2 at 75, 6 at 150, 9 and 11 at 160, 16 at 310
            "t50_clock_min": 160, "t90_clock_min": math.inf, "t100_clock_min": math.inf,
            "order_clock_min": 60,
            # told after the own order: 5 (2), 10 (6), 20 (13), 30 (15), 40 (20): 18 are needed
            "told_t90_min": 40, "registered_t90_min": math.inf,
            # Z1 needs 13 of 14 counted: at 310; it is cut off at 180
            "t90_margin_min": -130,
            "wait_for_bus_mean_min": (4 * 20 + 3 * 25) / 7, "bus_seat_use": 0.7, "bus_waves": 1,
            "bus_km": 15.5, "shelter_overflow": 0,
            "boat_trips": 1, "incidents": 1, "incidents_unserved": 0,
            "stranded_person_h": 5 * 80 / 60,
            "first_team_on_site_p90_min": 50, "full_response_p90_min": 55,
            "zone:Z1:order_clock_min": 60, "zone:Z2:order_clock_min": 90,
            # nine in ten out: 13 of 14 at 300; in Z2 never 6 of 6
            "zone:Z1:out_clock_min": 300, "zone:Z2:out_clock_min": math.inf,
            "zone:Z1:out_before_cutoff_share": 9 / 14, "zone:Z2:out_before_cutoff_share": 0,
            "zone:Z1:t90_margin_min": -130,
        }
    )  # fmt: skip


def test_a_trip_over_land_is_no_trip_of_a_boat() -> None:
    """Who was dug out, or fetched where there is no water, came with the team, not in a boat."""
    dug = [(*r[:4], Mode.TEAM) if r[1] == Kind.OUT and r[4] == Mode.BOAT else r for r in NIGHT]
    found = measured(dug)
    assert found["moved_by_team"] == 5 and found["boat_trips"] == 0
    fetched = [r for r in NIGHT if r[0] <= 280]  # still under way when the night ends
    assert measured(fetched)["boat_trips"] == 1
    dry = County(scale=replace(WATER, is_water=False, door=HARM_MM))
    assert measured(fetched, dry)["boat_trips"] == 0


@pytest.mark.parametrize("fate", [Flag.RESCUED, Flag.HARMED])
def test_who_dies_under_rubble_needed_rescue_as_much_as_who_is_dug_out(fate: Flag) -> None:
    """Party 3 (five persons) is buried at 200; freed or dead at 230, the share is the same."""
    buried = [(200, Kind.FLAG, 3, V1, Flag.STRANDED), (230, Kind.FLAG, 3, V1, fate)]
    assert measured(buried)["rescued_share"] == 5 / 20


def test_a_quiet_night_has_no_times() -> None:
    """Neither order nor hazard: nobody moved, nothing is late; times are absent, shares are 0."""
    county = County(depths=(), cutoff_min=(None, None))
    found = measured([(50, Kind.KM, 0, A2, 1000)], county)
    assert found["unreached"] == found["people_at_risk"] == 20
    assert found["out_before_cutoff_share"] == 0 and found["caught_by_hazard"] == 0
    assert not [name for name in found if name.endswith("clock_min") or "t90" in name]
    assert "bus_seat_use" not in found and "wait_for_bus_mean_min" not in found


def test_water_without_an_order_is_not_reached() -> None:
    """A hazard and no order: times are infinite, the margin is minus infinity, who stays at home
    in the water is stranded and exposed as long as it stands there."""
    found = measured([(50, Kind.KM, 0, A2, 1000)])
    assert found["order_clock_min"] == found["t50_clock_min"] == math.inf
    assert found["t90_margin_min"] == -math.inf
    assert "told_t90_min" not in found
    # parties 1, 2 and 3 (10 persons) from 200 to 400; party 0 lies above the water
    assert found["stranded"] == found["caught_by_hazard"] == 10
    assert found["exposure_person_h"] == pytest.approx(10 * 200 / 60)
    assert found["zone:Z1:order_clock_min"] == math.inf
    assert "zone:Z2:order_clock_min" not in found


def test_water_rises_twice() -> None:
    """Exposure counts every wet spell, and only while the party is there (0:30 + 1:00 of 2:00)."""
    county = County(depths=((V1, 100, 130, 800), (V1, 200, 320, 800)))
    leave = [
        *told(1, V1, 250), *ready(1, V1, 260, State.DRIVING),
        (300, Kind.OUT, 1, E1, Mode.OWN_CAR), (300, Kind.STATE, 1, E1, State.EXITED),
        (300, Kind.REGISTERED, 1, E1, 0),
    ]  # fmt: skip
    upstairs = [
        (100.0, kind, party, V1, value)
        for party in (2, 3)
        for kind, value in (
            (Kind.STATE, State.SAFE_IN_PLACE), (Kind.OUT, Mode.IN_PLACE), (Kind.REGISTERED, 0),
        )
    ]  # fmt: skip
    found = measured([*leave, *upstairs], county)
    assert found["exposure_person_h"] == pytest.approx(3 * 1.5)
    assert found["caught_by_hazard"] == 3


def test_water_at_the_stop_and_at_the_shelter() -> None:
    """Waiting at a flooded assembly point and staying in a flooded shelter are exposure too."""
    county = County(depths=((A2, 300, 600, 600), (S1, 580, 600, 600)), cutoff_min=(None, None))
    found = measured(NIGHT, county)
    # party 5 at A2 for 300 min; parties 0, 1, 3 (12 persons) in S1 for 20 min
    assert found["exposure_person_h"] == pytest.approx(4 * 5 + 12 / 3)
    assert found["caught_by_hazard"] == 16
    assert found["stranded"] == 4  # party 5; who is sheltered and counted stays safe_out


def test_each_home_lies_at_its_own_height() -> None:
    """Homes 0.4 m higher and 0.3 m lower than their village are wet later and earlier: with the
    water at 0.3, 0.6, 1.0 m for an hour each, at the harm level of 0.5 m for 1, 3 and 2 hours."""
    county = County(
        size=(1, 10, 100),
        home=(V1, V1, V1),
        way=(Way.COACH,) * 3,
        offset_mm=(400, -300, 0),
        depths=((V1, 60, 120, 300), (V1, 120, 180, 600), (V1, 180, 240, 1000)),
    )
    found = measured([(50, Kind.KM, 0, A2, 1000)], county)
    assert found["exposure_person_h"] == pytest.approx(1 * 1 + 10 * 3 + 100 * 2)


def test_caught_on_the_road() -> None:
    """Water on the road: until the drive ends, or, in a stalled car, until the boat comes."""
    car = [*told(4, V2, 120), *ready(4, V2, 130, State.DRIVING)]
    through = [
        *car, (140, Kind.EXPOSED, 4, 7, 1), (155, Kind.EXPOSED_END, 4, E1, 0),
        (170, Kind.STATE, 4, E1, State.EXITED), (170, Kind.OUT, 4, E1, Mode.OWN_CAR),
        (170, Kind.REGISTERED, 4, E1, 0),
    ]  # fmt: skip
    dry = County(depths=((S1, 0, 600, 0),), cutoff_min=(None, None))
    assert measured(through, dry)["exposure_person_h"] == pytest.approx(2 * 15 / 60)
    stalled = [
        *car, (140, Kind.EXPOSED, 4, 7, 1), (140, Kind.FLAG, 4, V2, Flag.STRANDED),
        (140, Kind.INCIDENT, V2, V2, 2),
    ]  # fmt: skip
    found = measured(stalled, dry)
    assert found["exposure_person_h"] == pytest.approx(2 * 460 / 60)
    assert found["stranded"] == 2 and found["incidents_unserved"] == 1
    assert found["first_team_on_site_p90_min"] == math.inf
    fetched = [
        *stalled, (200, Kind.BOARDED, 4, V2, 0), (200, Kind.STATE, 4, V2, State.ABOARD_BOAT),
        (220, Kind.FLAG, 4, V2, Flag.RESCUED), (230, Kind.OUT, 4, E1, Mode.BOAT),
        (230, Kind.STATE, 4, E1, State.EXITED), (230, Kind.REGISTERED, 4, E1, 0),
    ]  # fmt: skip
    found = measured(fetched, dry)
    assert found["exposure_person_h"] == pytest.approx(2.0)
    assert found["incidents_unserved"] == 0 and found["first_team_on_site_p90_min"] == 60
    # water under a car whose people were fetched before catches nobody
    later = [r for r in fetched if r[1] != Kind.EXPOSED] + [(300, Kind.EXPOSED, 4, 7, 1)]
    assert measured(later, dry)["caught_by_hazard"] == 0


def test_returned_and_out_again_counts_as_out() -> None:
    """Who went back and came out again has a mode; at the moment between the two it has none."""
    again: list[Record] = [
        (470, Kind.STATE, 4, V2, State.PREPARING), (470, Kind.STATE, 4, V2, State.DRIVING),
        (500, Kind.STATE, 4, E1, State.WITH_RELATIVES), (500, Kind.OUT, 4, E1, Mode.OWN_CAR),
        (500, Kind.REGISTERED, 4, E1, 0),
    ]  # fmt: skip
    found = measured([*NIGHT, *again])
    assert found["moved_by_car"] == 2 and found["with_relatives"] == 2 and found["unreached"] == 4
    for cutoff, share in ((399, 2 / 6), (430, 0.0), (500, 2 / 6)):
        county = County(cutoff_min=(180, cutoff))
        zone = measured([*NIGHT, *again], county)["zone:Z2:out_before_cutoff_share"]
        assert zone == pytest.approx(share), cutoff


def test_people_without_a_place_stand_at_the_gate() -> None:
    """Overflow: no place anywhere; out of danger by coach, yet not counted, so not safe_out."""
    night = [
        record for record in NIGHT
        if not (record[2] == 1 and record[3] == S1 and record[0] >= 150)
    ]  # fmt: skip
    found = measured([*night, (145, Kind.NO_PLACE, 1, S1, 0)], County(capacity=(9, 0)))
    assert found["shelter_overflow"] == 3
    assert found["moved_by_bus"] == 7
    assert found["safe_out"] == 9 and found["unreached"] == 9


def test_who_found_a_place_after_all_is_no_overflow() -> None:
    """Turned away at one gate and sheltered later: not counted."""
    found = measured([*NIGHT, (145, Kind.NO_PLACE, 1, S1, 0)])
    assert found["shelter_overflow"] == 0 and found["safe_out"] == 12


def test_waiting_at_a_desk_is_no_overflow() -> None:
    """Whoever has a place and is only not counted yet at the horizon is no overflow."""
    night = [record for record in NIGHT if not (record[2] == 1 and record[0] >= 150)]
    found = measured(night)
    assert found["shelter_overflow"] == 0 and found["safe_out"] == 9


def test_matrix_of_minutes_knows_no_cut_off() -> None:
    """With a travel-time matrix and water nobody knows when roads are cut: absent, never 0."""
    found = measured(NIGHT, County(on_roads=False, cutoff_min=(None, None)))
    assert "out_before_cutoff_share" not in found and "left_behind_at_cutoff" not in found
    assert not [name for name in found if "margin" in name or name.endswith("cutoff_share")]
    quiet = measured(NIGHT, County(on_roads=False, cutoff_min=(None, None), depths=()))
    assert quiet["left_behind_at_cutoff"] == 0  # without any water no road is ever cut


def test_ambulance_is_no_bus() -> None:
    """Kilometres, seats, waves and waits are those of coaches and minibuses."""
    ambulance = [
        (100, Kind.LOADED, 2, V2, 1), (100, Kind.KM, 2, V2, 99_000),
        *told(5, V2, 100), *ready(5, V2, 101, State.AT_ASSEMBLY),
        (150, Kind.WAIT_BUS, 5, V2, 49), (150, Kind.BOARDED, 5, V2, 2),
        (150, Kind.STATE, 5, V2, State.ABOARD), (190, Kind.OUT, 5, S1, Mode.AMBULANCE),
        (191, Kind.STATE, 5, H1, State.AT_GATE), (195, Kind.STATE, 5, H1, State.IN_HOSPITAL),
        (195, Kind.REGISTERED, 5, H1, 0),
    ]  # fmt: skip
    night = [record for record in NIGHT if record[2] != 5 or record[1] == Kind.KM]
    ways = (Way.COACH, Way.COACH, Way.IN_PLACE, Way.COACH, Way.RELATIVES, Way.AMBULANCE)
    found = measured([*night, *ambulance], County(way=ways))
    assert found["bus_km"] == 15.5 and found["bus_waves"] == 1
    assert found["wait_for_bus_mean_min"] == pytest.approx(155 / 7)
    assert found["moved_by_ambulance"] == 4 and found["safe_out"] == 16


def test_blocked_under_way_is_stranded() -> None:
    """At the horizon aboard a vehicle with no road left, or driving and cut off: stranded; driving
    with a road ahead: unreached."""
    car = [*told(4, V2, 120), *ready(4, V2, 130, State.DRIVING)]
    dry = County(depths=(), cutoff_min=(None, None))
    assert measured(car, dry)["stranded"] == 0
    assert measured([*car, (150, Kind.FLAG, 4, V2, Flag.CUT_OFF)], dry)["stranded"] == 2
    riding = [
        *told(0, V1, 70), *ready(0, V1, 90, State.WALKING),
        *[r for r in by_coach(0, 95, 115) if r[0] < 140],
    ]  # fmt: skip
    assert measured(riding, dry)["stranded"] == 0
    blocked: Record = (300, Kind.VEHICLE, 0, S1, 8)
    assert measured([*riding, blocked], dry)["stranded"] == 4


def test_prepared_people_count_from_the_order() -> None:
    """Told and counted at 准备转移, before 立即转移: 0 minutes since the order, not negative."""
    early = [
        (10, Kind.ORDER_PREPARE, Z1, 0, 0), *told(0, V1, 20), *ready(0, V1, 30, State.WALKING),
        (40, Kind.STATE, 0, S1, State.AT_GATE), (40, Kind.OUT, 0, S1, Mode.ON_FOOT),
        *sheltered(0, 50), (60, Kind.ORDER_MOVE, Z1, 0, 0),
    ]  # fmt: skip
    county = County(size=(4,), home=(V1,), way=(Way.VILLAGE_SHELTER,), offset_mm=(0,))
    found = measured(early, county)
    assert found["told_t90_min"] == found["registered_t90_min"] == 0
    assert found["t90_clock_min"] == 50
