"""The dispatcher counts the seats that are already under way to a pick-up point."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kit import Tiny, play

from sim.log import Kind


def village(persons: int, buses: int) -> Tiny:
    """One village 30 minutes from the depot; its people are told one by one over 20 minutes."""
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [
            {"id": "V", "name": "村", "node": "a", "zone": "Z", "resident": persons,
             "share_coach": 1}
        ],
        "assembly_points": [{"id": "A", "name": "集合点", "node": "a", "zone": "Z"}],
        "shelters": [
            {"id": "S", "name": "安置点", "node": "s", "capacity": 1000, "bays": 9, "desks": 9}
        ],
        "depots": [{"id": "D", "name": "待命点", "node": "d"}],
        "vehicles": [{"id": "C", "class": "coach", "seats": 45, "depot": "D", "count": buses}],
    }  # fmt: skip
    links = [("d", "a", 30), ("a", "s", 20), ("s", "a", 20)]
    told = {"tell.broadcast_delay_min": {"dist": "uniform", "low": 0, "high": 20}}
    return Tiny(tables=tables, minutes=links, behaviour=told)


def test_people_reported_while_a_coach_with_room_is_coming_need_no_second_one(
    tmp_path: Path,
) -> None:
    """40 persons reported one after another while the first of five coaches drives there ride
    with it: one vehicle is sent, not five."""
    world = village(persons=40, buses=5).build(tmp_path, {"go": {"fleet": {}}})
    run = play(world, "go")
    assert run.registered() == 40
    assert len(run.log.of(Kind.DISPATCH)) == 1
    assert run.log.of(Kind.LOADED)["value"].tolist() == [40]


def test_a_second_coach_goes_when_the_seats_under_way_are_promised(tmp_path: Path) -> None:
    """60 persons need two coaches of 45, and no more are sent."""
    world = village(persons=60, buses=5).build(tmp_path, {"go": {"fleet": {}}})
    run = play(world, "go")
    assert run.registered() == 60
    assert len(run.log.of(Kind.DISPATCH)) == 2
