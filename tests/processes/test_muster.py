"""A site musters: upwind of what is announced, counted before it leaves, the missing looked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hamlet import Water, depot, flooded, on_roads, shelter, stop
from kit import Played, Row, play, village

from sim.clock import MS_PER_MIN
from sim.log import Kind
from sim.schema.problems import InputError
from sim.states import State

NODES: Mapping[str, float] = {"d": 0, "q": 4400, "f": 5000, "p": 5300, "s": 9000}
"""The site F lies 300 m from the stop P and 600 m from the stop Q on the other side."""
EDGES: list[Row] = [
    {"id": f"{a}{b}", "from_node": a, "to_node": b, "length_m": abs(NODES[a] - NODES[b])}
    for one in ("dq", "qf", "fp", "ps") for a, b in (one, one[::-1])
]  # fmt: skip
PARTIES = 12
SITE = {"id": "F", "name": "夜班", "node": "f", "zone": "Z", "kind": "site", "ready_min": 0,
        "occupants_day": 5 * PARTIES, "occupants_night": 5 * PARTIES, "party_size": 5}  # fmt: skip
SEARCH = {"id": "M", "name": "点名不到", "arises": "missing", "needs": "search:1",
          "report_min": 5, "work_min": 15}  # fmt: skip
TEAM = {"id": "T", "name": "救援队", "station": "K", "skills": "search:1", "ready_min": 2}
MUSTER = {"facility": "F", "points": ["P", "Q"], "roll_call_min": 10}
HASTY = MUSTER | {"latest_min": 2, "roll_call_min": 1}


def night(folder: Path, muster: Row | None, water: Water | None = None, **more: Any) -> Played:
    """The site is ordered out at 08:00; no bus ever comes, so that who is counted waits."""
    tables = {
        "settlements": [village(persons=1, node="p")], "facilities": [SITE],
        "assembly_points": [stop("P", "p"), stop("Q", "q")], "shelters": [shelter()],
        "depots": [depot()], "stations": [{"id": "K", "name": "站", "node": "d"}],
    } | more  # fmt: skip
    tiny = on_roads(NODES, EDGES, **tables)
    rules = [{"signal": "clock", "at": "08:00", "action": "move"}]
    manage = {} if muster is None else {"manage": {"muster": [muster]}}
    plan = {"when": {"rules": rules}, "rescue": {}, **manage}
    world = tiny.build(folder, {"go": plan})
    return play(flooded(world, water or Water()), "go")


def came(run: Played) -> dict[int, tuple[str, int]]:
    """Where and when the parties of the site are at a stop."""
    rows, homes = run.log.of(Kind.STATE), run.world.parties.home
    site = [row.id for row in run.world.homes.rows].index("F")
    return {
        int(row["who"]): (run.world.places.ids[row["place"]], int(row["t"]))
        for row in rows
        if row["value"] == State.AT_ASSEMBLY and homes[row["who"]] == site
    }


@pytest.mark.parametrize(
    ("muster", "minute"),
    [(None, 6.5), (MUSTER, 16.5), (MUSTER | {"latest_min": 2}, 12), (HASTY, 6.5)],
)
def test_everybody_waits_for_the_end_of_the_roll_call(
    muster: Row | None, minute: float, tmp_path: Path
) -> None:
    """300 m with 30 % of detour are 6.5 minutes at 1 m/s: there at 6.5, counted at 16.5. With two
    minutes of patience the call begins at 2 and ends at 12, or, when it takes one, before anybody
    is there: then everybody is counted as he comes."""
    assert set(came(night(tmp_path, muster)).values()) == {("P", round(minute * MS_PER_MIN))}


@pytest.mark.parametrize(
    ("inside", "since", "stop_id", "minute"),
    [(("P",), 0, "Q", 23), (("P", "Q"), 0, "P", 16.5), (("P",), 10, "P", 16.5)],
)
def test_it_gathers_outside_the_announced_area(
    inside: tuple[str, ...], since: int, stop_id: str, minute: float, tmp_path: Path
) -> None:
    """P lies in the area that holds: all go to Q, 13 minutes away. Where both lie in it the nearer
    one is taken; nobody knows of an area that is announced ten minutes later."""
    run = night(tmp_path, MUSTER, Water(areas=(("protective", since, inside),)))
    assert set(came(run).values()) == {(stop_id, round(minute * MS_PER_MIN))}


@pytest.mark.parametrize("searched", [True, False])
def test_the_missing_are_looked_for(searched: bool, tmp_path: Path) -> None:
    """Some parties are missing: known at the end of the roll call, told five minutes later, looked
    for by the team for fifteen each; they come after that. Without a kind of emergency for it
    nobody looks, and they stay."""
    more: dict[str, Any] = {"emergencies": [SEARCH], "teams": [TEAM]} if searched else {}
    run = night(tmp_path, MUSTER | {"missing_share": 0.4}, **more)
    there = came(run)
    ends = round(16.5 * MS_PER_MIN)
    late = {party: t for party, (_, t) in there.items() if t > ends}
    reported = run.log.of(Kind.EMERGENCY)["t"].tolist()
    if not searched:
        assert not late and not reported and 0 < PARTIES - len(there) < PARTIES
        return
    assert len(there) == PARTIES and 0 < len(late) < PARTIES
    assert reported == [ends + 5 * MS_PER_MIN] * len(late)
    assert min(late.values()) >= reported[0] + (2 + 15) * MS_PER_MIN
    assert max(late.values()) >= reported[0] + (2 + 15 * len(late)) * MS_PER_MIN


def test_unknown_sites_and_points_are_errors(tmp_path: Path) -> None:
    """Both are named with what was found."""
    with pytest.raises(InputError) as caught:
        night(tmp_path, {"facility": "G", "points": ["P", "R"]})
    found = {(problem.code, problem.found) for problem in caught.value.problems}
    assert {("ref.unknown", "G"), ("ref.unknown", "R")} <= found
