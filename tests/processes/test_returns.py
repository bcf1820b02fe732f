"""Going back for livestock and property, and guards that prevent it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hamlet import EAST, NORTH, Water, at_min, go, hamlet, on_roads, shelter, village
from kit import Played, Row

from sim.log import Kind
from sim.states import Flag, State

BACK = {"returns.share": 1, "returns.after_min": 60, "returns.stay_min": 30}


def on_foot(folder: Path, order: str = "08:00", water: Water | None = None, **plan: Any) -> Played:
    """One person ten minutes on foot from the shelter, who goes back after an hour.

    The path is 1.3 times 600 m, the pace 1.3 m/s.
    """
    tiny = hamlet(
        BACK | {"prepare.walk_mps": 1.3},
        horizon_min=2880,
        settlements=[village(persons=1, share_village_shelter=1, x=EAST, y=NORTH)],
        shelters=[shelter(kind="village", x=EAST + 600, y=NORTH)],
    )
    when = {"rules": [{"signal": "clock", "at": order, "action": "move"}]}
    return go(tiny, folder, {"when": when, **plan}, water)


def states(run: Played) -> list[tuple[float, State]]:
    """Minute and state of the first party, in order."""
    rows = run.log.of(Kind.STATE)
    rows = rows[rows["who"] == 0]
    return [(float(r["t"]) / 60_000, State(int(r["value"]))) for r in rows]


def test_who_goes_back_is_away_for_way_stay_and_way(tmp_path: Path) -> None:
    """Sheltered at 10, leaves at 70, home at 80, leaves home at 110, sheltered again at 120."""
    run = on_foot(tmp_path)
    assert states(run)[-6:] == [
        (70, State.WALKING), (80, State.AT_HOME), (110, State.PREPARING), (110, State.WALKING),
        (120, State.AT_GATE), (120, State.SHELTERED),
    ]  # fmt: skip
    assert at_min(run, Kind.FLAG, Flag.RETURNED) == [70]
    assert at_min(run, Kind.REGISTERED) == [10, 120]


def test_guards_keep_everybody(tmp_path: Path) -> None:
    """With guards nobody goes back."""
    run = on_foot(tmp_path, manage={"guards": True})
    assert states(run)[-1] == (10, State.SHELTERED)
    assert not len(run.log.of(Kind.FLAG))


def test_nobody_goes_back_twice(tmp_path: Path) -> None:
    """In two days there is one return."""
    assert len(at_min(on_foot(tmp_path), Kind.FLAG, Flag.RETURNED)) == 1


@pytest.mark.parametrize(
    ("order", "leaves"),
    [
        ("17:40", 9 * 60 + 40 + 70),
        ("18:00", 21 * 60 + 30),
        ("+1 03:00", 21 * 60 + 30),
        ("+1 04:50", 22 * 60),
        ("+1 06:30", 23 * 60 + 40),
    ],
)
def test_they_leave_by_daylight_from_dawn_on(order: str, leaves: int, tmp_path: Path) -> None:
    """70 minutes after the order it is 18:50: still day. 19:10 and 04:10 are night: they leave at
    dawn, 05:30. 06:00 and 07:40 are after dawn: they leave then."""
    run = on_foot(tmp_path, order)
    assert at_min(run, Kind.FLAG, Flag.RETURNED) == [leaves]


def test_who_is_at_home_when_the_water_comes_is_stranded(tmp_path: Path) -> None:
    """Home at 80 for half an hour; the water is at the door at 90."""
    run = on_foot(tmp_path, water=Water(places={"V": [(90, 800)]}))
    assert at_min(run, Kind.FLAG, Flag.STRANDED) == [90]
    assert at_min(run, Kind.INCIDENT) == [90]


def test_who_arrives_after_the_water_is_stranded_at_once(tmp_path: Path) -> None:
    """On the way from 70 to 80; the village is under water from 80 on."""
    run = on_foot(tmp_path, water=Water(places={"V": [(80, 800)]}))
    assert at_min(run, Kind.FLAG, Flag.STRANDED) == [80]


def test_nobody_goes_back_into_water(tmp_path: Path) -> None:
    """The home is under water from 50 on, and they know: nobody sets out at 70."""
    run = on_foot(tmp_path, water=Water(places={"V": [(50, 800)]}))
    assert not len(run.log.of(Kind.FLAG)) and states(run)[-1][1] == State.SHELTERED


def by_car(folder: Path) -> Played:
    """One family twenty minutes by car from its relatives."""
    tiny = hamlet(
        BACK, ways=[("v", "e", 20), ("e", "v", 20), ("d", "v", 10), ("v", "s", 20)],
        settlements=[village(persons=1, share_relatives=1)],
        exits=[{"id": "E", "name": "亲戚家", "kind": "relatives", "node": "e"}],
    )  # fmt: skip
    return go(tiny, folder, {})


def test_families_at_relatives_drive_back_and_forth(tmp_path: Path) -> None:
    """At the relatives' at 20; off at 80, home at 100, off at 130, there again at 150."""
    run = by_car(tmp_path)
    assert states(run)[-5:] == [
        (80, State.DRIVING), (100, State.AT_HOME), (130, State.PREPARING), (130, State.DRIVING),
        (150, State.WITH_RELATIVES),
    ]  # fmt: skip


GROUP: Row = {"id": "G", "name": "独居", "persons_share": 0.5, "escorts": 0}


def test_special_groups_and_coach_riders_do_not_go_back(tmp_path: Path) -> None:
    """Two of four walkers are special: the other two go back. Of coach riders nobody does."""
    foot = hamlet(
        BACK, groups=[GROUP], shelters=[shelter(node="v", kind="village")],
        settlements=[village(persons=4, share_village_shelter=1)],
    )  # fmt: skip
    run = go(foot, tmp_path / "foot", {})
    flags = run.log.of(Kind.FLAG)
    assert sorted(flags["who"][flags["value"] == Flag.RETURNED].tolist()) == [2, 3]
    coach = go(hamlet(BACK), tmp_path / "coach")
    assert coach.registered() == 4 and not len(coach.log.of(Kind.FLAG))


def test_a_family_turned_back_and_back_again_at_home_meets_the_water_once(tmp_path: Path) -> None:
    """No road to the relatives: on foot to the village shelter at 10, home again from 90 on. The
    water is at the door from 120 to 240: they are stranded, not also upstairs like a family that
    has turned back and stayed at home; when it is gone they walk out again."""
    tiny = on_roads(
        {"v": 0, "h": 600, "e": 6_000},
        [{"id": "r", "from_node": "v", "to_node": "e"}],
        BACK | {"returns.stay_min": 600, "prepare.walk_mps": 1.3},
        settlements=[village(persons=1, share_relatives=1, safe_upper_floor_share=1)],
        exits=[{"id": "E", "name": "亲戚家", "kind": "relatives", "node": "e"}],
        shelters=[shelter("H", "h", kind="village")], vehicles=[], depots=[],
    )  # fmt: skip
    deep = [(0, 2_000)]
    water = Water(places={"V": [(120, 800), (240, 0)]}, edges={"r": deep, "r-": deep})
    run = go(tiny, tmp_path, {}, water)
    assert states(run)[-9:] == [
        (10, State.WALKING), (20, State.AT_GATE), (20, State.SHELTERED), (80, State.WALKING),
        (90, State.AT_HOME), (240, State.PREPARING), (240, State.WALKING), (250, State.AT_GATE),
        (250, State.SHELTERED),
    ]  # fmt: skip
    assert at_min(run, Kind.FLAG, Flag.STRANDED) == [120]
