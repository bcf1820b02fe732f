"""One road from a station to a village under a slope that comes down; nothing by chance."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.forces.incidents import Stage
from sim.log import RunLog
from sim.plan import compile_plan
from sim.run import Watch, run_once
from sim.world import World

sys.path.insert(0, str(Path(__file__).parents[1] / "theory"))
from kit import EAST, NORTH, Tiny

DIG: dict[str, Any] = {
    "id": "ROAD", "name": "塌方断路", "arises": "road", "needs": "digger:1", "work_min": 30,
    "report_min": 5,
}  # fmt: skip
SEARCH: dict[str, Any] = {
    "id": "BURIED", "name": "被埋", "arises": "buried", "needs": "search:1", "work_min": 30,
    "report_min": 10,
}  # fmt: skip
NEXT_DAY = "+1 00:00"
DIGGERS = {"skills": "digger:1", "equipment": "digger:1", "vehicle_class": "truck"}
SEARCHERS = {"skills": "search:4"}
STORM = {"peak_window_min": [600, 900], "total_24h_mm": 250, "peak_hour_mm": 60, "length_h": 14}


def slope(name: str, x: float, toe: float = -100, **changes: Any) -> dict[str, Any]:
    """Comes down over the road x metres east of the station an hour after the beginning.

    toe: how far north of the road it comes to rest; a house stands 200 m north of it.
    """
    return {
        "id": name, "course": [[EAST + x, NORTH + 300], [EAST + x, NORTH + toe]], "width_m": 60,
        "speed_m_s": 100, "buried_share": 1, "killed_share": 0, "recorded": {"failed_min": 60},
    } | changes  # fmt: skip


def valley(
    folder: Path,
    teams: list[Mapping[str, Any]],
    kinds: list[Mapping[str, Any]],
    slopes: list[Mapping[str, Any]],
    queues: bool = False,
    order: str = NEXT_DAY,
    by_car: bool = False,
    **rescue: Any,
) -> World:
    """A station at 0 m, a village 200 m off at 6 km and one at 9 km, on one road at 60 km/h.

    order: when all are told to go; by_car: the far village drives to relatives at the station.
    """
    way = {"share_relatives": 1} if by_car else {"share_coach": 1}
    when = {"rules": [{"signal": "clock", "at": order, "action": "move"}]}
    at = [{"x": EAST + m, "y": NORTH} for m in (0, 3000, 6000, 9000)]
    tables: dict[str, Any] = {
        "nodes": [{"id": name, **xy} for name, xy in zip("abcd", at, strict=True)],
        "edges": [
            {"id": f"e{a}{b}", "from_node": a, "to_node": b, "speed_kmh": 60, "width_m": 7}
            for a, b in ("ab", "bc", "cd")
        ],
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [
            {
                "id": "V",
                "name": "村",
                "zone": "Z",
                "resident": 8,
                "share_coach": 1,
                **at[2],
                "y": NORTH + 200,
            },
            {"id": "W", "name": "里村", "zone": "Z", "resident": 8, **way, **at[3]},
        ],
        "assembly_points": [{"id": "P", "name": "集合点", "zone": "Z", **at[3]}],
        "shelters": [{"id": "S", "name": "安置点", "capacity": 900, "kind": "larger", **at[0]}],
        "exits": [{"id": "E", "name": "亲戚家", "kind": "relatives", **at[0]}],
        "stations": [{"id": "F", "name": "站", **at[0]}],
        "teams": [
            {"id": f"T{k}", "name": f"队{k}", "station": "F", "boats": 0, "ready_min": 3} | team
            for k, team in enumerate(teams)
        ],
    } | ({"emergencies": kinds} if kinds else {})
    hazard = {
        "kind": "landslide", "storm": STORM, "slopes": slopes, "lives_h": 20, "dig_min": 45,
        "ensemble": {"members": 1, "false_alarm_members": 0},
    }  # fmt: skip
    tiny = Tiny(tables=tables, hazard=hazard, horizon_min=2880, traffic={"queues": queues})
    return tiny.build(folder, {"go": {"when": when, "rescue": rescue}, "none": {"when": when}})


def night(world: World, plan: str = "go", watch: Watch | None = None) -> RunLog:
    """One replication."""
    return run_once(world, compile_plan(world, plan), 1, 0, watch)


def stages(log: RunLog, stage: Stage) -> dict[int, int]:
    """First time of a stage of every emergency."""
    from sim.log import Kind

    rows = log.of(Kind.EMERGENCY_STAGE)
    rows = rows[rows["value"] == stage][::-1]
    return dict(zip(rows["who"].tolist(), rows["t"].tolist(), strict=True))
