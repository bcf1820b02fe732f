"""scenario.yaml: clock, coordinate systems, the flood and its ensemble."""

from __future__ import annotations

from making.files import yaml_text
from making.rivers import River
from making.terrain import lonlat

CLOCK_START = "2025-06-19T14:00"
HORIZON_MIN = 3000
MAIN_RISE = {"dist": "uniform", "low": 0.4, "high": 0.8}
TRIBUTARY_RISE = {"dist": "uniform", "low": 1.5, "high": 3.0}


BACKGROUND = [
    *(0.02, 0.02, 0.02, 0.02, 0.03, 0.05, 0.12, 0.25, 0.25, 0.2, 0.2, 0.2),
    *(0.2, 0.2, 0.2, 0.2, 0.22, 0.28, 0.25, 0.18, 0.12, 0.08, 0.05, 0.03),
]
"""Share of a road's capacity that ordinary traffic takes, by hour (judgement)."""


def scenario_yaml(rivers: list[River], stress: bool) -> str:
    """The whole file as text."""
    zh, en = ("云岭县（虚构山区县）", "Yunling county (made up)")
    if stress:
        zh, en = zh + "——大巴压力情形", en + ", stress on the coaches"
    spec: dict[str, object] = {
        "name": {"zh": zh, "en": en},
        "clock_start": CLOCK_START,
        "horizon_min": HORIZON_MIN,
        "crs": {"tables": "EPSG:4490", "roads": "EPSG:4490", "hazard": "EPSG:4490"},
        "present": {"hour": "night", "holiday": False},
        "roads": {"kind": "roads", "snap_warn_m": 300, "snap_max_m": 1500},
        "hazard": _hazard(rivers),
        "traffic": {"background_by_hour": BACKGROUND, "shadow_share": 0.05},
        "sources": [
            "虚构县，数量级见 README.md；行为参数取自参数库，逐项注明来源和可信度",
        ],
        "assumptions": [
            "夜间暴雨，按夜间在村人口计算（present.hour: night）",
            "水面与最近河段齐平；不计堤防、内涝和山体滑坡",
            "社会车辆占用的通行能力按小时估计，夜里很少；名单外的户有 5% 跟着开车走"
            "（判断；美国核应急规划值 20%）",
        ],
    }
    return f"# 由 make.py 生成，勿手改 | written by make.py, do not edit\n{yaml_text(spec)}\n"


def _hazard(rivers: list[River]) -> dict[str, object]:
    return {
        "kind": "river_flood",
        "step_min": 10,
        "ensemble": {"seed": 7, "members": 40, "false_alarm_members": 12, "scatter": 0.2},
        "storm": {
            "peak_window_min": [360, 960],
            "night_share": 0.85,
            "night": ["22:00", "06:00"],
            "total_24h_mm": {"dist": "triangular", "low": 80, "mode": 150, "high": 320},
            "peak_hour_mm": {"dist": "triangular", "low": 40, "mode": 60, "high": 110},
            "length_h": {"dist": "uniform", "low": 12, "high": 22},
            "gauge_factor": {"dist": "triangular", "low": 0.7, "mode": 0.9, "high": 1.0},
            "gauge_shift_min": {"dist": "triangular", "low": -60, "mode": 0, "high": 60},
        },
        "forecasts": {
            "leads_h": [1, 3, 6, 12, 24],
            "every_min": 60,
            "level_sd_m_at_24h": 0.8,
            "timing_error_h_at_24h": {"dist": "triangular", "low": -2, "mode": 0.5, "high": 4},
            "rise_factor_at_24h": {"dist": "triangular", "low": 0.6, "mode": 0.95, "high": 1.3},
            "false_alarm_rise_factor": {
                "dist": "triangular", "low": 0.9, "mode": 1.2, "high": 1.6,
            },
        },
        "rivers": [_river(river) for river in rivers],
    }  # fmt: skip


def _river(river: River) -> dict[str, object]:
    return {
        "id": river.id,
        "name": {"zh": river.name, "en": river.en},
        **(_main() if river.main else _tributary()),
        "base_below_bank_m": river.bank_m,
        "reach_m": river.reach_m,
        "course": _course(river),
    }


def _main() -> dict[str, object]:
    return {
        "driven_by": "wave",
        "rise_m_per_h": MAIN_RISE,
        "peak_above_bank_m": {"dist": "triangular", "low": 0.2, "mode": 1.4, "high": 3.6},
        "false_alarm_peak_above_bank_m": {"dist": "uniform", "low": -2.4, "high": -0.3},
        "peak_after_rain_min": {"dist": "triangular", "low": 420, "mode": 540, "high": 720},
        "crest_min": {"dist": "uniform", "low": 60, "high": 180},
        "fall_half_min": {"dist": "uniform", "low": 720, "high": 1320},
        "celerity_km_per_h": 9,
    }


def _tributary() -> dict[str, object]:
    return {
        "driven_by": "rain",
        "loss_mm_per_h": 5,
        "rise_m_per_h": TRIBUTARY_RISE,
        "peak_above_bank_m": {"dist": "triangular", "low": 0.1, "mode": 1.1, "high": 3.2},
        "false_alarm_peak_above_bank_m": {"dist": "uniform", "low": -1.8, "high": -0.2},
        "peak_after_rain_min": {"dist": "triangular", "low": 40, "mode": 75, "high": 130},
        "crest_min": {"dist": "uniform", "low": 10, "high": 40},
        "fall_half_min": {"dist": "uniform", "low": 180, "high": 420},
        "celerity_km_per_h": 12,
    }


def _course(river: River) -> list[object]:
    last = len(river.s) - 1
    rows = sorted({*range(0, last, 2), last})
    points: list[object] = []
    for k in rows:
        lon, lat = lonlat(float(river.x[k]), float(river.y[k]))
        bank = float(river.water[k]) + river.bank_m
        points.append([_Decimal(f"{lon:.5f}"), _Decimal(f"{lat:.5f}"), _Decimal(f"{bank:.2f}")])
    return points


class _Decimal(float):
    """A number that is written as it was rounded."""

    def __new__(cls, text: str) -> _Decimal:
        number = super().__new__(cls, text)
        number.text = text
        return number

    text: str

    def __format__(self, _spec: str) -> str:
        return self.text
