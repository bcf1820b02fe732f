"""``yunling_gully``: the valley of ``flash`` with its slopes: one storm floods and brings down.

Water and debris are two parts of one hazard; the rain that fills a stream in a member is the rain
that its slopes fail in.
"""

from __future__ import annotations

from typing import Any

from around import flash
from around.district import District, moved
from around.flash import VILLAGE_MAY, X0, Y0, rain
from around.plan_parts import Rule, expected, plan_text

SLOPES = (
    ("DZ1", "黄柏头滑坡", ((-2000.0, 5080.0), (-2300.0, 4990.0)), 150.0, 0.2),
    ("DZ2", "石桥边坡", ((-1300.0, 2300.0), (-1750.0, 2250.0)), 120.0, 0.1),
    ("DZ3", "沟口上边坡", ((-2700.0, 700.0), (-2750.0, 150.0)), 130.0, 0.1),
    ("DZ4", "水碓后山", ((-3700.0, 700.0), (-4200.0, 350.0)), 140.0, 0.15),
)
"""Hazard points: id, name, the way down, width and share of the houses buried."""


def district() -> District:
    """The same valley, villages and means."""
    return flash.district()


def grids() -> dict[str, str]:
    """No table: the storm is drawn, so that it can be the same for both parts."""
    return {}


def _slope(id_: str, name: str, course: Any, width: float, buried: float) -> dict[str, Any]:
    return {
        "id": id_, "name": {"zh": name}, "width_m": width, "speed_m_s": 7,
        "course": [[x, y] for x, y in moved(course, (X0, Y0))],
        "local_factor": {"dist": "triangular", "low": 1.2, "mode": 3.0, "high": 6.0},
        "antecedent_mm": {"dist": "uniform", "low": 30, "high": 140},
        "after_min": {"dist": "triangular", "low": 10, "mode": 60, "high": 240},
        "buried_share": buried, "killed_share": 0.3, "cleared_h": 9,
        "creep_h": {"dist": "uniform", "low": 0.5, "high": 4},
    }  # fmt: skip


def scenario() -> dict[str, Any]:
    """scenario.yaml."""
    parts: list[dict[str, Any]] = [
        {"kind": "basin_flood", "streams": flash.rivers()},
        {
            "kind": "landslide", "slopes": [_slope(*slope) for slope in SLOPES],
            "watchers": [
                {"id": "patrol", "name": {"zh": "群测群防", "en": "patrols"}, "share": 0.5,
                 "looks_every_min": 60,
                 "delay_min": {"dist": "triangular", "low": 10, "mode": 20, "high": 60}},
            ],
            "foreseen_error_h_at_24h": {"dist": "uniform", "low": -6, "high": 6},
        },
    ]  # fmt: skip
    return flash.scenario() | {
        "name": {"zh": "清溪沟山洪加滑坡（虚构）", "en": "Flood and slides in Qingxi (made up)"},
        "hazard": {
            "kind": "compound",
            "step_min": 5,
            "ensemble": {"seed": 10, "members": 32, "false_alarm_members": 8},
            "rain": {
                "peak_window_min": [150, 330],
                "total_24h_mm": {"dist": "triangular", "low": 90, "mode": 140, "high": 240},
                "peak_hour_mm": {"dist": "triangular", "low": 35, "mode": 55, "high": 95},
                "length_h": {"dist": "uniform", "low": 7, "high": 11},
            },
            "parts": parts,
        },
        "assumptions": [
            "同一场雨：哪一种来法里溪水大，那一种来法里坡也更容易垮",
            "滑坡不堵河、洪水不掏坡脚；滑坡阻断 9 小时后抢通",
        ],
    }


def plans() -> dict[str, str]:
    """For the water only, for water and slopes together, or the slopes' villages first."""
    seen: list[Rule] = [
        {"signal": "observed_level", "reaches": "warning", "action": "prepare"},
        {"signal": "observed_level", "reaches": "guarantee", "action": "move"},
    ]
    by_rain = [
        rain(1, 20, "prepare"),
        rain(3, 45, "move"),
        rain(1, 35, "move"),
        expected(2, "move"),
    ]
    return {
        "a_gauge": plan_text(
            ("只盯水位", "Watching the water only"), "水位到警戒准备，到保证水位会商下令。", seen,
        ),
        "b_rain": plan_text(
            ("看雨量全转", "Everybody on rain"),
            "1小时20毫米准备，1小时35或3小时45毫米下令；预计2小时内来水或失稳也下令。", by_rain,
        ),
        "c_side_first": plan_text(
            ("支沟一下大雨就转，乡里定", "Side gully on the first heavy rain"),
            "1小时10毫米支沟先转（路最先断），其余同看雨量全转；乡里几分钟定下。",
            [rain(1, 10, "move", "支沟"), *by_rain], **VILLAGE_MAY,
        ),
    }  # fmt: skip
