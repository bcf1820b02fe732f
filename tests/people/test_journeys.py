"""Own ways out: upstairs, high ground, by car, on foot, to the stop, waiting for an ambulance."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hamlet import EAST, NORTH, Water, at_min, depot, go, hamlet, on_roads, shelter, stop, village
from kit import Played, Row

from sim.log import Kind
from sim.states import Mode, State

EXITS: dict[str, Row] = {
    "relatives": {"id": "E", "name": "亲戚家", "kind": "relatives", "node": "s"},
    "exit": {"id": "E", "name": "县界", "kind": "exit", "node": "s"},
}


def alone(folder: Path, behaviour: Row | None = None, exits: Any = (), **home: Any) -> Played:
    """Four persons who need no vehicle; ready after 15 minutes."""
    tiny = hamlet(
        {"prepare.prepare_min": 15, **(behaviour or {})}, settlements=[village(**home)],
        exits=list(exits), vehicles=[], depots=[],
    )  # fmt: skip
    return go(tiny, folder, {})


def states(run: Played, party: int = 0) -> list[tuple[float, State]]:
    """Minute and state of a party."""
    rows = run.log.of(Kind.STATE)
    rows = rows[rows["who"] == party]
    return [(float(r["t"]) / 60_000, State(int(r["value"]))) for r in rows]


def test_upstairs_takes_its_own_time(tmp_path: Path) -> None:
    """Staying in a house with a safe floor: up after 5 minutes, not after packing."""
    run = alone(tmp_path, {"prepare.upstairs_min": 5}, share_in_place=1, safe_upper_floor_share=1)
    assert states(run) == [(0, State.PREPARING), (5, State.SAFE_IN_PLACE)]
    assert at_min(run, Kind.OUT, Mode.IN_PLACE) == at_min(run, Kind.REGISTERED) == [5] * 4


def test_high_ground_is_walked_to(tmp_path: Path) -> None:
    """Packed after 15, on high ground 12 minutes later."""
    run = alone(tmp_path, share_in_place=1, high_ground_min=12)
    assert states(run)[1:] == [(15, State.WALKING), (27, State.SAFE_IN_PLACE)]


@pytest.mark.parametrize(
    ("kind", "state"), [("relatives", State.WITH_RELATIVES), ("exit", State.EXITED)]
)
def test_by_car_to_relatives_or_out_of_the_county(kind: str, state: State, tmp_path: Path) -> None:
    """15 minutes of packing, 20 of road."""
    run = alone(tmp_path, exits=[EXITS[kind]], share_relatives=1)
    assert states(run)[1:] == [(15, State.DRIVING), (35, state)]
    assert at_min(run, Kind.OUT, Mode.OWN_CAR) == [35] * 4


def test_a_slow_day_makes_the_drive_longer(tmp_path: Path) -> None:
    """At half speed 20 minutes are 40."""
    slow = {"drive.road_speed_factor": 0.5}
    run = alone(tmp_path, slow, [EXITS["exit"]], share_relatives=1)
    assert at_min(run, Kind.OUT) == [55] * 4


def test_with_nowhere_to_go_they_stay_at_home(tmp_path: Path) -> None:
    """No relatives and no exit are given: ready, but nobody leaves."""
    run = alone(tmp_path, share_relatives=1)
    assert len(run.log.of(Kind.READY)) == 4
    assert states(run) == [(0, State.PREPARING)] and not len(run.log.of(Kind.OUT))


def on_foot(folder: Path, group: Row | None = None, **columns: Any) -> Played:
    """A village shelter 600 m away as the crow flies, a stop 300 m; pace 1.3 m/s."""
    tiny = hamlet(
        {"prepare.walk_mps": 1.3}, settlements=[village(x=EAST, y=NORTH, **columns)],
        assembly_points=[stop(x=EAST + 300, y=NORTH)],
        shelters=[shelter(), shelter("H", "v", kind="village", x=EAST, y=NORTH + 600)],
        groups=[group] if group else [],
    )  # fmt: skip
    return go(tiny, folder)


def test_on_foot_to_the_village_shelter(tmp_path: Path) -> None:
    """1.3 times 600 m at 1.3 m/s are ten minutes."""
    run = on_foot(tmp_path, share_village_shelter=1)
    assert states(run)[1:] == [
        (0, State.WALKING), (10, State.AT_GATE), (10, State.SHELTERED)
    ]  # fmt: skip
    assert run.persons_at("H") == 4


def test_to_the_stop_and_into_the_coach(tmp_path: Path) -> None:
    """Five minutes to the stop, the coach comes at 10, the shelter is 20 minutes away."""
    run = on_foot(tmp_path)
    assert states(run)[1:] == [
        (0, State.WALKING), (5, State.AT_ASSEMBLY), (10, State.ABOARD), (30, State.AT_GATE),
        (30, State.SHELTERED),
    ]  # fmt: skip
    assert {ms // 60_000 for ms in run.log.of(Kind.WAIT_BUS)["value"].tolist()} == {5}


def test_slow_walkers_take_longer(tmp_path: Path) -> None:
    """Two of four walk at 0.65 m/s: twenty minutes instead of ten."""
    slow = {"id": "G", "name": "慢", "persons_share": 0.5, "escorts": 0, "walk_mps": 0.65}
    run = on_foot(tmp_path, slow, share_village_shelter=1)
    assert at_min(run, Kind.REGISTERED) == [10, 10, 20, 20]


def test_patients_wait_at_home_for_the_ambulance(tmp_path: Path) -> None:
    """Never walking: from home to the ambulance (at 10) to the hospital."""
    lying = {"id": "G", "name": "卧床", "persons_share": 1, "escorts": 0, "needs": "ambulance"}
    tiny = hamlet(
        groups=[lying], shelters=[shelter(), shelter("H", kind="hospital")],
        vehicles=[{"id": "A", "class": "ambulance", "seats": 4, "depot": "D"}],
    )  # fmt: skip
    run = go(tiny, tmp_path)
    assert [state for _, state in states(run)] == [
        State.PREPARING, State.AT_ASSEMBLY, State.ABOARD, State.AT_GATE, State.IN_HOSPITAL,
    ]  # fmt: skip
    assert {run.world.places.ids[p] for p in run.log.of(Kind.BOARDED)["place"]} == {"V"}
    assert at_min(run, Kind.OUT, Mode.AMBULANCE) == [30] * 4


def late_message(folder: Path, **home: Any) -> Played:
    """The loudspeaker is heard after 100 minutes; cadres are at the door at 20; everybody goes on
    either. The water never comes."""
    tiny = on_roads(
        {"v": 0, "s": 6_000},
        [{"id": "r", "from_node": "v", "to_node": "s", "width_m": 7, "coach_ok": True}],
        {"tell.broadcast_delay_min": 100, "tell.organiser_start_min": 20,
         "prepare.prepare_min": 10},
        settlements=[village(cadres=9, **home)], depots=[depot(node="v")],
        exits=[EXITS["exit"]], shelters=[shelter(), shelter("H", "v", kind="village")],
    )  # fmt: skip
    return go(tiny, folder, {"fleet": {}, "organise": {}})


@pytest.mark.parametrize(
    ("home", "out"),
    [
        ({"share_coach": 1}, 36),
        ({"share_relatives": 1}, 36),
        ({"share_village_shelter": 1}, 30),
        ({"share_in_place": 1, "high_ground_min": 4}, 34),
    ],
)
def test_a_visit_before_a_late_message_counts(home: Row, out: float, tmp_path: Path) -> None:
    """Told at the door at 20, they go then and not at 100: packed at 30, and six minutes of road,
    none on foot, or four to high ground; nobody goes twice."""
    run = late_message(tmp_path, **home)
    assert at_min(run, Kind.DECIDED) == [20] * 4
    assert run.log.of(Kind.DECIDED)["value"].tolist() == [1] * 4
    assert at_min(run, Kind.OUT) == [out] * 4
    assert len(run.log.of(Kind.REGISTERED)) == 4


def test_a_called_off_plan_leaves_no_demand(tmp_path: Path) -> None:
    """The reports of 100 are withdrawn with the plans: one coach is sent, at 20, and none later."""
    run = late_message(tmp_path, share_coach=1)
    assert at_min(run, Kind.DISPATCH) == [20]


def test_who_will_be_overtaken_is_counted_until_then(tmp_path: Path) -> None:
    """All four pack for 60 minutes and the water comes at 30: nobody knows that at 0, so a coach is
    sent; at 30 the demand is gone, and no other one follows."""
    tiny = hamlet({"prepare.prepare_min": 60})
    run = go(tiny, tmp_path, {"fleet": {}}, Water(places={"V": [(30, 900)]}))
    sent = at_min(run, Kind.DISPATCH)
    assert sent[0] == 0 and max(sent) <= 30
    assert run.registered() == 0
