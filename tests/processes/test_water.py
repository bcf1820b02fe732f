"""Water at the door, at the stop, on the road: who goes up, who is stranded, who walks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hamlet import Steps, Water, at_min, depot, go, hamlet, on_roads, shelter, stop, village
from kit import Played, Row

from sim.clock import MS_PER_MIN
from sim.log import Kind
from sim.measures.conservation import check_log
from sim.states import Flag, Mode, State
from sim.traffic import PATIENCE_MS

NEVER_ORDERED: Row = {"rules": [{"signal": "clock", "at": "+2 00:00", "action": "move"}]}


def at_home(folder: Path, levels: Steps, **home: Any) -> Played:
    """Four persons without an order; the water at their village by hand."""
    tiny = hamlet(settlements=[village(**home)])
    return go(tiny, folder, {"when": NEVER_ORDERED}, Water(places={"V": levels}))


def test_without_a_floor_they_are_stranded_when_the_water_stops_them(tmp_path: Path) -> None:
    """499 mm at 60 let them go; 500 mm at 90 do not: one incident of four persons."""
    run = at_home(tmp_path, [(60, 499), (90, 500)])
    assert at_min(run, Kind.FLAG, Flag.STRANDED) == [90] * 4
    assert at_min(run, Kind.INCIDENT) == [90]


def test_with_a_safe_floor_they_go_up(tmp_path: Path) -> None:
    """Half of the houses have a safe floor: two are safe in place, two are stranded."""
    run = at_home(tmp_path, [(90, 800)], safe_upper_floor_share=0.5)
    assert at_min(run, Kind.OUT, Mode.IN_PLACE) == [90, 90]
    assert at_min(run, Kind.FLAG, Flag.STRANDED) == [90, 90]
    up = run.log.of(Kind.OUT)["who"]
    assert run.world.parties.safe_floor[up].all()


def test_higher_homes_are_reached_later(tmp_path: Path) -> None:
    """Homes lie within two metres above or below: each is reached at the first step at which the
    water stands half a metre above its own ground."""
    levels = [(10 * k, 100.0 * k) for k in range(30)]
    run = at_home(tmp_path, levels, persons=40, elevation_spread_m=2)
    flags = run.log.of(Kind.FLAG)
    for who, at in zip(flags["who"].tolist(), flags["t"].tolist(), strict=True):
        needed = 500 + int(run.world.parties.offset_mm[who])
        assert at == max(0, -(-needed // 100)) * 600_000
    # 2.5 m are needed at most and 2.9 m come
    assert sorted(flags["who"].tolist()) == list(range(40))


def ordered(folder: Path, prepare: float, water: Water, **tables: list[Row]) -> Played:
    """Ordered at 0; so long to prepare; the coach arrives at the stop at 10."""
    return go(hamlet({"prepare.prepare_min": prepare}, **tables), folder, water=water)


@pytest.mark.parametrize(("prepare", "saved"), [(59, 4), (60, 0), (90, 0)])
def test_who_is_ready_before_the_water_gets_away(
    prepare: float, saved: int, tmp_path: Path
) -> None:
    """The water is at the door at 60: ready at 59 is in time, at 60 it is not."""
    run = ordered(tmp_path, prepare, Water(places={"V": [(60, 900)]}))
    assert run.registered() == saved
    assert len(at_min(run, Kind.FLAG, Flag.STRANDED)) == 4 - saved
    assert len(run.log.of(Kind.READY)) == saved


def test_who_hears_of_the_order_after_the_water_is_not_told(tmp_path: Path) -> None:
    """The broadcast needs 70 minutes and the water comes at 60: nobody is told or decides."""
    tiny = hamlet({"tell.broadcast_delay_min": 70})
    run = go(tiny, tmp_path, {"fleet": {}, "organise": {"door_knocking": False}},
             Water(places={"V": [(60, 900)]}))  # fmt: skip
    assert not len(run.log.of(Kind.TOLD)) and not len(run.log.of(Kind.DECIDED))
    assert at_min(run, Kind.FLAG, Flag.STRANDED) == [60] * 4


def test_a_flooded_stop_strands_those_who_wait_there(tmp_path: Path) -> None:
    """No vehicle comes; the stop is deep at 30: all four are stranded at the stop, not at home."""
    run = ordered(tmp_path, 0, Water(places={"P": [(30, 600)]}), vehicles=[])
    flags = run.log.of(Kind.FLAG)
    flags = flags[flags["value"] == Flag.STRANDED]
    assert at_min(run, Kind.FLAG, Flag.STRANDED) == [30] * 4
    assert {run.world.places.ids[p] for p in flags["place"]} == {"P"}


def test_who_was_picked_up_before_is_not_at_the_flooded_stop(tmp_path: Path) -> None:
    """The coach took them at 10, the stop is deep at 20: nobody is stranded."""
    run = ordered(tmp_path, 0, Water(places={"P": [(20, 600)]}))
    assert run.registered() == 4 and not at_min(run, Kind.FLAG, Flag.STRANDED)


def test_later_comers_meet_the_water_at_the_stop(tmp_path: Path) -> None:
    """Two are there before the water (30), two who pack longer come at 45 and are stranded then."""
    slow = {"id": "G", "name": "慢", "persons_share": 0.5, "escorts": 0, "prep_factor": 3}
    run = ordered(tmp_path, 15, Water(places={"P": [(30, 600)]}), vehicles=[], groups=[slow])
    assert at_min(run, Kind.FLAG, Flag.STRANDED) == [30, 30, 45, 45]


def test_no_coach_is_sent_for_those_whom_the_water_has_taken(tmp_path: Path) -> None:
    """The fleet is called at 60; the stop went under at 30: nobody is sent there."""
    tiny = hamlet({"drive.mobilise_min": 60})
    run = go(tiny, tmp_path, water=Water(places={"P": [(30, 600)]}))
    assert not len(run.log.of(Kind.DISPATCH))


def test_a_flooded_stop_is_reported_no_more(tmp_path: Path) -> None:
    """The message reaches them at 45, the stop went under at 30: nobody is announced there any
    more, and no coach goes to fetch people who are not there."""
    tiny = hamlet({"tell.broadcast_delay_min": 45})
    run = go(tiny, tmp_path, {"fleet": {}, "organise": {"door_knocking": False}},
             Water(places={"P": [(30, 600)]}))  # fmt: skip
    assert len(run.log.of(Kind.DECIDED)) == 4
    assert not len(run.log.of(Kind.DISPATCH))


# -- own cars ---------------------------------------------------------------------------------

ROAD: list[Row] = [{"id": "a", "from_node": "v", "to_node": "m"},
                   {"id": "b", "from_node": "m", "to_node": "e"}]  # fmt: skip
BOTH, BACK = ("b", "b-"), ("a", "a-")


def by_car(
    folder: Path, levels: Steps, order: str = "08:00", willing: float = 300,
    places: Any = None, shelters: Any = (), **home: Any,
) -> Played:  # fmt: skip
    """Two families drive 10 km to m and 10 km to e; the second part is flooded by hand."""
    tiny = on_roads(
        {"v": 0, "m": 10_000, "e": 20_000}, ROAD, {"drive.own_car_willing_mm": willing},
        settlements=[village(persons=2, share_relatives=1, **home)],
        shelters=list(shelters), vehicles=[], depots=[depot(node="m")], assembly_points=[stop()],
        exits=[{"id": "E", "name": "亲戚家", "kind": "relatives", "node": "e"}],
    )  # fmt: skip
    when = {"rules": [{"signal": "clock", "at": order, "action": "move"}]}
    water = Water(edges=dict.fromkeys(BOTH, levels), places=places or {})
    return go(tiny, folder, {"when": when}, water)


def test_a_dry_road_takes_twenty_minutes(tmp_path: Path) -> None:
    """20 km at 60 km/h."""
    assert at_min(by_car(tmp_path, [(600, 900)]), Kind.OUT, Mode.OWN_CAR) == [20, 20]


def test_blocked_cars_wait_and_drive_on_when_the_road_is_free(tmp_path: Path) -> None:
    """Cars that left at 0 stand at m at 10 before 90 cm of water (from 0 on, not known yet at the
    start); the road is dry at 60, which they hear at 60: 10 minutes more, out at 70."""
    run = by_car(tmp_path, [(10, 900), (60, 0)])
    assert at_min(run, Kind.FLAG, Flag.CUT_OFF) == [10, 10]
    assert at_min(run, Kind.OUT, Mode.OWN_CAR) == [70, 70]
    assert {ms // 60_000 for ms in run.log.of(Kind.WAIT_ROAD)["value"].tolist()} == {50}


def test_blocked_cars_turn_back_when_their_patience_is_over(tmp_path: Path) -> None:
    """The road stays flooded: an hour after they came to it (10) they are at home again."""
    assert PATIENCE_MS == 60 * MS_PER_MIN
    run = by_car(tmp_path, [(10, 900)])
    rows = run.log.of(Kind.STATE)
    home = rows[(rows["value"] == State.AT_HOME)]
    assert (home["t"] // MS_PER_MIN).tolist() == [70, 70]
    assert not len(run.log.of(Kind.OUT))


def test_who_turns_back_and_has_a_safe_floor_goes_up(tmp_path: Path) -> None:
    """The same with safe upper floors: safe in place at 70."""
    run = by_car(tmp_path, [(10, 900)], safe_upper_floor_share=1)
    assert at_min(run, Kind.OUT, Mode.IN_PLACE) == [70, 70]


def test_who_cannot_turn_back_is_stranded(tmp_path: Path) -> None:
    """The home is under water since 60: they wait for help where they stand."""
    run = by_car(tmp_path, [(10, 900)], places={"V": [(60, 900)]})
    assert at_min(run, Kind.FLAG, Flag.STRANDED) == [70, 70]


def test_who_knows_that_the_road_is_cut_does_not_wait_on_it(tmp_path: Path) -> None:
    """The order comes at 60, the road is known to be flooded since 30: they are back at home with
    the next news of the cars, at 70, and not out while the water stands."""
    run = by_car(tmp_path, [(30, 900)], order="09:00")
    assert at_min(run, Kind.STATE, State.AT_HOME) == [70, 70]
    assert not len(run.log.of(Kind.OUT)) and not len(run.log.of(Kind.WAIT_ROAD))


def test_who_is_back_at_home_sets_out_again_when_the_road_is_free(tmp_path: Path) -> None:
    """Back at home at 70; the water is gone at 130, which the news says at 150: both drive 20 min
    and are out at 170. Nobody is counted twice."""
    run = by_car(tmp_path, [(30, 900), (130, 0)], order="09:00")
    assert at_min(run, Kind.STATE, State.DRIVING) == [60, 60, 150, 150]
    assert at_min(run, Kind.OUT, Mode.OWN_CAR) == [170, 170]
    check_log(run.world, run.log)


def test_who_turned_back_tries_again_as_often_as_the_road_opens(tmp_path: Path) -> None:
    """Back from the water at 70 as above. The road is dry from 80 to 100, told at 90; who leaves at
    90 is at the water that is back at 100, waits an hour and is at home at 160; the road is dry
    from 200, told at 210: out at 230."""
    run = by_car(tmp_path, [(10, 900), (80, 0), (100, 900), (200, 0)])
    assert at_min(run, Kind.STATE, State.AT_HOME) == [70, 70, 160, 160]
    assert at_min(run, Kind.OUT, Mode.OWN_CAR) == [230, 230]
    check_log(run.world, run.log)


def test_whose_home_is_flooded_meanwhile_does_not_set_out(tmp_path: Path) -> None:
    """Back at home at 70, the water is at the door at 100: they are stranded there, and the road
    that is free at 120 does not let them drive away from their roof."""
    run = by_car(tmp_path, [(10, 900), (120, 0)], places={"V": [(100, 900)]})
    assert at_min(run, Kind.FLAG, Flag.STRANDED) == [100, 100]
    assert not len(run.log.of(Kind.OUT))


def test_families_without_their_road_try_a_shelter_in_reach(tmp_path: Path) -> None:
    """The same with a larger shelter at m, before the water: they drive there instead."""
    run = by_car(tmp_path, [(30, 900)], order="09:00", shelters=[shelter(node="m")])
    assert run.persons_at("S") == 2
    assert set(run.log.of(Kind.OUT)["value"].tolist()) == {Mode.OWN_CAR}


@pytest.mark.parametrize(("willing", "stalls"), [(100, False), (600, True)])
def test_drivers_who_enter_deep_water_stall(willing: float, stalls: bool, tmp_path: Path) -> None:
    """40 cm stop a car. Who enters 10 cm at most waits before it; who would enter 60 cm stands in
    the water and becomes an incident."""
    run = by_car(tmp_path, [(10, 400)], willing=willing)
    assert (len(at_min(run, Kind.FLAG, Flag.STRANDED)) == 2) == stalls
    assert (len(at_min(run, Kind.FLAG, Flag.CUT_OFF)) == 2) != stalls


# -- zones cut off ----------------------------------------------------------------------------


def test_people_at_a_stop_whose_road_is_cut_are_flagged(tmp_path: Path) -> None:
    """No coach comes; the only road is under water at 60: the four at the stop are cut off."""
    tiny = on_roads(
        {"v": 0, "s": 10_000}, [{"id": "r", "from_node": "v", "to_node": "s", "width_m": 7,
                                 "coach_ok": True}],
        vehicles=[], depots=[],
    )  # fmt: skip
    deep = [(60, 900)]
    run = go(tiny, tmp_path, {}, Water(edges={"r": deep, "r-": deep}))
    assert at_min(run, Kind.FLAG, Flag.CUT_OFF) == [60] * 4


def test_patients_who_wait_at_home_are_stranded_there(tmp_path: Path) -> None:
    """Two of four must be carried and no ambulance comes: the water at 60 strands them at home."""
    lying = {"id": "G", "name": "卧床", "persons_share": 0.5, "escorts": 0, "needs": "ambulance"}
    run = ordered(tmp_path, 0, Water(places={"V": [(60, 900)]}), groups=[lying])
    flags = run.log.of(Kind.FLAG)
    stranded = flags[flags["value"] == Flag.STRANDED]
    assert sorted(stranded["who"].tolist()) == [0, 1]
    assert run.registered() == 2


def in_a_coach(folder: Path, behind: Steps, teams: Any = ()) -> Played:
    """Four persons leave v at 10 by a coach that stands before water at m, half way, from 20 on;
    behind it the water comes by hand."""
    stations = [{"id": "T", "name": "站", "node": "m"}] if teams else []
    tiny = on_roads(
        {"v": 0, "m": 10_000, "e": 20_000}, ROAD, None, 1440,
        settlements=[village()], assembly_points=[stop()], shelters=[shelter(node="e")],
        depots=[depot(node="m")], stations=stations, teams=list(teams),
    )  # fmt: skip
    ahead: Steps = [(10, 2000), (600, 0)]
    water = Water(edges=dict.fromkeys(BOTH, ahead) | dict.fromkeys(BACK, behind))
    return go(tiny, folder, {"fleet": {}, **({"rescue": {}} if teams else {})}, water)


def test_people_in_a_coach_with_water_on_all_sides_call_for_help(tmp_path: Path) -> None:
    """Known at 30 that the way back is cut too, and an hour later nobody can walk out either: one
    incident of four. The water goes at 600 and frees them; all are registered in the end."""
    run = in_a_coach(tmp_path, [(30, 2000), (600, 0)])
    assert at_min(run, Kind.WAIT_ROAD) == [30, 90]
    assert at_min(run, Kind.FLAG, Flag.STRANDED) == [90] * 4
    assert run.log.of(Kind.INCIDENT)["value"].tolist() == [1]
    assert at_min(run, Kind.FREED) == [600] * 4
    check_log(run.world, run.log)
    assert run.registered() == 4


def test_a_boat_fetches_them_where_the_coach_stands(tmp_path: Path) -> None:
    """With boats at m they are brought out of the water before it goes."""
    boats = [{"id": "B", "name": "艇队", "station": "T", "persons_per_trip": 4, "boats": 1}]
    run = in_a_coach(tmp_path, [(30, 2000)], boats)
    assert len(run.log.of(Kind.BOAT_TRIP)) == 1
    assert not len(run.log.of(Kind.FREED))
    check_log(run.world, run.log)


def test_people_in_a_coach_who_could_go_back_on_foot_do_not_call(tmp_path: Path) -> None:
    """The road behind stays dry: they wait in the coach, which goes on when the water is gone."""
    run = in_a_coach(tmp_path, [(30, 0)])
    assert not len(run.log.of(Kind.INCIDENT))
    assert at_min(run, Kind.OUT, Mode.COACH) == [610] * 4
