"""A disaster of no size harms nobody, exactly, whatever its kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

Make = Callable[..., Any]
X0, Y0 = 500_000.0, 3_100_000.0
BOX = [[X0, Y0], [X0 + 1000, Y0], [X0 + 1000, Y0 + 1000], [X0, Y0 + 1000]]
COURSE = [[X0, Y0 + 500, 10.0], [X0 + 1000, Y0 + 500, 10.0]]
NO_SIZE: dict[str, dict[str, Any]] = {
    "dike_breach": {
        "area": BOX,
        "storage": [{"level_m": 5, "area_km2": 1}, {"level_m": 20, "area_km2": 1}],
        "opening": {"at": [X0, Y0 + 500], "begins_min": 60, "sill_m": 9, "width": [[0, 0]]},
        "outer": [[0, 15]],
        "front_m_per_h": 900,
    },
    "basin_flood": {
        "rain": {"file": "rain.csv"},
        "streams": [
            {
                "id": "S", "course": COURSE, "base_below_bank_m": 2, "reach_m": 900,
                "celerity_km_per_h": 9, "rating": [[0, 0], [100, 3]],
                "catchment": {"area_km2": 20, "lag_min": 60},
            }
        ],
    },
    "urban_waterlogging": {
        "rain": {"file": "rain.csv"},
        "hollows": [
            {
                "id": "U", "at": [X0 + 500, Y0 + 500], "reach_m": 200, "length_m": 90,
                "width_m": 15, "deepest_m": 4, "basin_ha": 3,
            }
        ],
    },
    "forest_fire": {
        "terrain": {"fuel": "fuel.asc", "elevation": "dem.asc", "factors": {"1": 1}},
        "ignition": [[X0 + 25, Y0 + 25]],
        "starts_min": 30,
        "weather": [{"wind_m_s": 6, "wind_from_deg": 225, "temperature_c": 30}],
        "rate_factor": 0,
        "smoke_m": 200,
        "spotting": {"share_at_10_m_s": 0},
        "watchers": [{"id": "public", "delay_min": 5}],
    },
    "hazardous_release": {
        "gas": {
            "at": [X0 + 400, Y0 + 500], "substance": {"zh": "氨"}, "rate_kg_s": 0,
            "starts_min": 30, "lasts_min": 60,
        },
        "limits": {"harm_mg_m3": 5, "deadly_mg_m3": 50},
        "weather": [{"wind_m_s": 2, "wind_from_deg": 270, "stability": "F"}],
        "watchers": [{"id": "public", "delay_min": 5}],
    },
}  # fmt: skip
NO_SIZE["compound"] = {
    "rain": {"file": "rain.csv"},
    "parts": [
        {"kind": "basin_flood", "streams": NO_SIZE["basin_flood"]["streams"]},
        {"kind": "urban_waterlogging", "hollows": NO_SIZE["urban_waterlogging"]["hollows"]},
        {"kind": "hazardous_release"} | NO_SIZE["hazardous_release"],
    ],
}
"""No width, no rain on streams or town, a fire that cannot spread and far away, an empty tank."""


@pytest.mark.parametrize("kind", NO_SIZE)
def test_no_size_no_harm(kind: str, tmp_path: Path, make_geometry: Make, build: Make) -> None:
    """Not one road and not one place is ever at a level that harms or hinders."""
    (tmp_path / "rain.csv").write_text("minute,mm\n60,0\n120,0\n", encoding="utf-8")
    head = f"ncols 20\nnrows 20\nxllcorner {X0}\nyllcorner {Y0}\ncellsize 50\n"
    for name, value in (("fuel.asc", "1 "), ("dem.asc", "9 ")):
        (tmp_path / name).write_text(head + value * 400 + "\n", encoding="ascii")
    road = [(X0 + 420 + 50 * i, Y0 + 500, 10.0) for i in range(8)]
    where = make_geometry([(X0 + 500, Y0 + 500, 10.0), (X0 + 700, Y0 + 500, 10.0)], [road])
    section = {"kind": kind, "ensemble": {"members": 3}} | NO_SIZE[kind]
    hazard = build(section, where, folder=tmp_path)
    for k in range(3):
        member = hazard.member(k)
        for part in (member, *member.more):
            assert not part.edge_levels.any()
            assert (part.place_levels <= 0).all() and np.isin(part.place_row, (-1, 0, 1)).all()
        its_own_cell = {"burnt_permille": 1000 / 400} if kind == "forest_fire" else {}
        assert member.measures == its_own_cell
