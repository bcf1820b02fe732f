"""Shelters that fail: worked out by hand to the minute, and nobody vanishes on the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit import EAST, NORTH, Played, Tiny, play, wet_from

from sim.clock import MS_PER_MIN
from sim.log import Cause, Kind, RunLog
from sim.measures.conservation import check_log
from sim.measures.measure import measure_run
from sim.processes.outages import Cut, merged
from sim.schema.problems import InputError
from sim.states import Flag

NO_POWER = {"id": "grid", "kind": "power", "shelters": ["A"], "after_min": 60}
PLAN = {"fleet": {}, "where": {}}


def hall(name: str, capacity: int = 10, kind: str = "larger", **more: Any) -> dict[str, Any]:
    """A shelter whose desks and bays hold nobody up."""
    fixed = {"id": name, "name": name, "kind": kind, "desks": 100, "bays": 100}
    return {**fixed, "capacity": capacity, **more}


def two_halls(room_b: int = 10, outages: list[dict[str, Any]] | None = None, **more: Any) -> Tiny:
    """Four persons and a coach at v; A is 10 minutes away, B 20 minutes beyond A, 40 from v.

    A copes two hours without power and one without water.
    """
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [
            {"id": "V", "name": "村", "node": "v", "zone": "Z", "resident": 4, "share_coach": 1}
        ],
        "assembly_points": [{"id": "P", "name": "集合点", "node": "v", "zone": "Z", "bays": 9}],
        "shelters": [
            hall("A", node="a", power_reserve_h=2, water_reserve_h=1), hall("B", room_b, node="b"),
        ],
        "depots": [{"id": "D", "name": "待命点", "node": "v"}],
        "vehicles": [{"id": "C", "class": "coach", "seats": 50, "depot": "D"}],
    }  # fmt: skip
    ways = [("v", "a", 10), ("v", "b", 40), ("a", "b", 20)]
    both = ways + [(b, a, m) for a, b, m in ways]
    fields = {"tables": tables, "minutes": both, "horizon_min": 1440, **more}
    return Tiny(outages=outages or [], **fields)


def minutes(log: RunLog, kind: Kind) -> list[float]:
    """Minutes of all records of a kind."""
    return [float(t) / MS_PER_MIN for t in log.of(kind)["t"]]


def played(tiny: Tiny, folder: Path, plan: dict[str, Any] | None = None, night: int = 0) -> Played:
    """One night of a plan with coaches unless another is given."""
    return play(tiny.build(folder, {"go": plan or PLAN}), "go", replication=night)


def test_power_fails_and_the_coach_moves_everybody_on(tmp_path: Path) -> None:
    """Power goes at 60; A copes until 180; people can leave at 210; the coach, which stands at A
    since 10, brings all four to B at 230. They were out and counted at 10, and stay so; two
    person-hours without power; 50 minutes until the last is elsewhere."""
    run = played(two_halls(outages=[NO_POWER]), tmp_path)
    assert minutes(run.log, Kind.OUTAGE) == [60]
    failed = run.log.of(Kind.SHELTER_FAILED)
    assert failed["t"].tolist() == [180 * MS_PER_MIN] and failed["value"].tolist() == [Cause.POWER]
    assert minutes(run.log, Kind.MOVED_ON) == [210] * 4
    assert minutes(run.log, Kind.OUT) == [10] * 4
    assert minutes(run.log, Kind.REGISTERED) == [10] * 4 + [230] * 4
    assert run.persons_at("B") == 4
    measures = measure_run(run.world, run.plan, run.log)
    assert (measures["moved_on"], measures["failed_shelter_person_h"]) == (4, 2)
    assert measures["moved_on_t90_min"] == 50
    assert (measures["t100_clock_min"], measures["moved_by_bus"], measures["sheltered"]) == (
        10,
        4,
        4,
    )
    assert measures["wait_for_bus_mean_min"] == 0


def test_for_whom_nothing_is_left_stays(tmp_path: Path) -> None:
    """B has room for three: the fourth stays in A without power until the end, 21 hours."""
    run = played(two_halls(3, [NO_POWER]), tmp_path)
    assert run.persons_at("B") == 3
    measures = measure_run(run.world, run.plan, run.log)
    assert (measures["moved_on"], measures["sheltered"]) == (3, 4)
    assert measures["failed_shelter_person_h"] == pytest.approx(3 * 0.5 + 21)
    assert measures["moved_on_t90_min"] == float("inf")


def test_mains_that_come_back_in_time_change_nothing(tmp_path: Path) -> None:
    """An outage of 119 minutes is over before the reserve of two hours: nobody moves; one of 130
    closes A for ten minutes, too short to gather."""
    for lasts, failed in ((119, []), (130, [180])):
        outage = {**NO_POWER, "lasts_min": lasts}
        run = played(two_halls(outages=[outage]), tmp_path / str(lasts))
        assert minutes(run.log, Kind.SHELTER_FAILED) == failed
        assert minutes(run.log, Kind.SHELTER_RESTORED) == ([190] if failed else [])
        assert not len(run.log.of(Kind.MOVED_ON))


def test_a_plan_may_leave_people_in_the_dark(tmp_path: Path) -> None:
    """Where the plan does not name lack of power as a cause, all stay and count."""
    plan = {**PLAN, "manage": {"move_on": {"causes": ["hazard", "water"]}}}
    run = played(two_halls(outages=[NO_POWER]), tmp_path, plan)
    assert not len(run.log.of(Kind.MOVED_ON)) and run.persons_at("A") == 4
    measures = measure_run(run.world, run.plan, run.log)
    assert measures["failed_shelter_person_h"] == 4 * 21


def test_a_coach_on_its_way_goes_on_to_the_next(tmp_path: Path) -> None:
    """A fails at 5 while the coach is on its way to it: it arrives at 10, is sent on, 30 at B."""
    outage = {**NO_POWER, "after_min": 0}
    tiny = two_halls(outages=[outage])
    tiny.tables["shelters"][0]["power_reserve_h"] = 5 / 60
    run = played(tiny, tmp_path)
    assert minutes(run.log, Kind.DIVERTED) == [10]
    assert (run.persons_at("A"), run.persons_at("B")) == (0, 4)
    assert minutes(run.log, Kind.REGISTERED) == [30] * 4


def test_rather_a_dark_hall_than_none(tmp_path: Path) -> None:
    """With no room in B the coach lets its people off at A although A has failed."""
    tiny = two_halls(0, [{**NO_POWER, "after_min": 0}])
    tiny.tables["shelters"][0]["power_reserve_h"] = 5 / 60
    run = played(tiny, tmp_path)
    assert run.persons_at("A") == 4 and not len(run.log.of(Kind.MOVED_ON))


def test_zero_outage_changes_nothing_exactly(tmp_path: Path) -> None:
    """Outages that never come, come after the end, or hit a shelter with enough reserve leave the
    log as it is without any, apart from the record that the mains failed."""
    plain = played(two_halls(), tmp_path / "plain").log
    for name, change in (("never", {"chance": 0}), ("late", {"after_min": 1441})):
        run = played(two_halls(outages=[{**NO_POWER, **change}]), tmp_path / name)
        assert run.log.sha256() == plain.sha256()
    tiny = two_halls(outages=[NO_POWER])
    tiny.tables["shelters"][0]["power_reserve_h"] = 500
    log = played(tiny, tmp_path / "reserve").log
    assert (log.records[log.records["kind"] != Kind.OUTAGE] == plain.records).all()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.fixed_dictionaries({
            "kind": st.sampled_from(["power", "water"]),
            "shelters": st.lists(st.sampled_from("AB"), min_size=1, max_size=2, unique=True),
            "after_min": st.integers(0, 400),
            "lasts_min": st.integers(1, 500),
        }),
        max_size=4,
    ),
    st.integers(0, 5),
    st.integers(0, 90),
)  # fmt: skip
def test_nobody_vanishes(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[dict[str, Any]], room: int, gather: int
) -> None:
    """Whatever fails when and comes back when: every rule of conservation holds, everybody is
    counted once, no hall holds more than it has places, and the same night gives the same log."""
    outages = [{**cut, "id": f"o{k}"} for k, cut in enumerate(cuts)]
    tiny = two_halls(room, outages)
    plan = {**PLAN, "manage": {"move_on": {"gather_min": gather}}}
    world = tiny.build(tmp_path_factory.mktemp("halls"), {"go": plan})
    one, two = play(world, "go"), play(world, "go")
    assert one.log.sha256() == two.log.sha256()
    check_log(world, one.log)
    measures = measure_run(world, one.plan, one.log)
    assert measures["safe_out"] == 4 == measures["people_at_risk"]
    assert minutes(one.log, Kind.OUT) == minutes(one.log, Kind.REGISTERED)[:4]


def test_two_cuts_at_one_time_are_one() -> None:
    """Cuts that overlap or touch are one; a gap keeps them apart."""
    assert merged([Cut(5, 9), Cut(0, 6), Cut(12, 13), Cut(9, 10)]) == [Cut(0, 10), Cut(12, 13)]


def test_what_lies_in_a_shelter_is_used_first(tmp_path: Path) -> None:
    """A holds 3 L of water, B none: from the first minute in A somebody drinks it, and nothing
    else is ever in stock there."""
    tiny = two_halls()
    tiny.tables["stores"] = [{"id": "S", "name": "库", "node": "v"}]
    tiny.tables["items"] = [
        {"id": "1", "store": "A", "name": "饮用水", "unit": "升", "stock": 3},
        {"id": "2", "store": "S", "name": "饮用水", "unit": "升", "stock": 0},
    ]
    run = played(tiny, tmp_path, {**PLAN, "supplies": {}})
    used = run.log.of(Kind.SUPPLY_USED)
    place = run.world.places.ids.index("A")
    assert set(used["place"].tolist()) == {place} and int(used["value"].sum()) == 3000


def test_slips_in_outages_are_named(tmp_path: Path) -> None:
    """A shelter, a township and a place that do not exist, and an id used twice: all at once."""
    bad = {**NO_POWER, "shelters": ["AA"], "townships": ["无"], "reached": "nowhere"}
    with pytest.raises(InputError) as caught:
        two_halls(outages=[NO_POWER, bad]).build(tmp_path, {"go": PLAN})
    found = {(p.code, p.field) for p in caught.value.problems if p.severity == "error"}
    assert found == {
        ("ref.unknown", "outages[2].shelters[1]"),
        ("ref.unknown", "outages[2].townships[1]"),
        ("ref.unknown", "outages[2].reached"),
        ("id.duplicate", "outages[2].id"),
    }


def test_power_goes_when_the_water_reaches_the_substation(tmp_path: Path) -> None:
    """The substation, a depot at 3 km, floods at 09:00; the two halls stand dry. Without any
    reserve A fails at 60; people are ready at 90 and walk the 1,300 m path to B at 1 m/s."""
    run = played(_on_a_road({"reached": "E"}), tmp_path)
    assert minutes(run.log, Kind.SHELTER_FAILED) == [60]
    assert minutes(run.log, Kind.MOVED_ON) == [90] * 4
    assert minutes(run.log, Kind.REGISTERED)[-1] == pytest.approx(90 + 1300 / 60, abs=0.01)
    assert run.persons_at("B") == 4


def test_a_flooded_shelter_waits_for_boats(tmp_path: Path) -> None:
    """A stands in 1 m of water from 09:00: all four come out to its door, ask for a boat, and one
    brings them to B; they are counted once, out by foot first, and rescued."""
    run = played(_on_a_road({"chance": 0, "reached": "E"}, flooded="A"), tmp_path, RESCUE)
    assert run.log.of(Kind.SHELTER_FAILED)["value"].tolist() == [Cause.HAZARD]
    flags = run.log.of(Kind.FLAG)
    assert (flags["value"] == Flag.STRANDED).sum() == 4 == (flags["value"] == Flag.RESCUED).sum()
    check_log(run.world, run.log)
    measures = measure_run(run.world, run.plan, run.log)
    assert (measures["caught_by_hazard"], measures["sheltered"]) == (4, 4)
    assert run.persons_at("B") == 4


RESCUE = {**PLAN, "rescue": {}}


def _on_a_road(outage: dict[str, Any], flooded: str = "E") -> Tiny:
    """A village beside hall A, B 1 km farther, a substation at 3 km, along one road; people walk.

    What is named lies in 1 m of water from 09:00.
    """

    def at(metres: float) -> dict[str, float]:
        return {"x": EAST + metres, "y": NORTH, "elevation_m": 0}

    nodes = [{"id": f"n{k}", "x": EAST + 1000 * k, "y": NORTH} for k in range(4)]
    edges = [
        {"id": f"e{k}", "from_node": f"n{k}", "to_node": f"n{k + 1}", "speed_kmh": 40}
        for k in range(3)
    ]
    where = {"E": 3000, "A": 0}[flooded]
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [
            {"id": "V", "name": "村", **at(500), "zone": "Z", "resident": 4,
             "share_village_shelter": 1, "village_shelter": "A"}
        ],
        "shelters": [
            hall("A", kind="village", power_reserve_h=0, **at(0)),
            hall("B", kind="village", power_reserve_h=99, **at(1000)),
        ],
        "depots": [{"id": "E", "name": "变电站", **at(3000)}],
        "stations": [{"id": "ST", "name": "站", **at(1000)}],
        "teams": [{"id": "T", "name": "艇", "station": "ST", "boats": 1, "persons_per_trip": 6}],
        "nodes": nodes, "edges": edges,
    }  # fmt: skip
    named = {"id": "o", "kind": "power", **outage}
    water = wet_from("09:00", where - 90, where + 90, 90)
    return Tiny(tables=tables, horizon_min=1440, outages=[named], **water)
