"""Real tracks under the typhoon's wind: Lekima (2019) and In-Fa (2021) where and when they came."""

from __future__ import annotations

import gzip
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter

from sim.clock import MS_PER_HOUR
from sim.hazards import Geometry, Setting, build_hazard
from sim.io.crs import to_work
from sim.io.track_table import read_track
from sim.schema.hazard_kinds import HazardSpec

pytestmark = pytest.mark.real
DATA = Path(__file__).parents[3] / "shared" / "data" / "typhoon_tracks"
WORK = "EPSG:4549"
LANDFALLS = {
    # place, and hour of landfall in China time, from public bulletins (to be checked)
    "lekima": ("2019214N15134", (121.5, 28.4), datetime(2019, 8, 10, 1, 45)),
    "in-fa": ("2021197N17135", (122.3, 29.9), datetime(2021, 7, 25, 12, 30)),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the whole table of tracks, unpacked."""
    with gzip.open(DATA / "ibtracs_wmo_near_china_2005_2024.csv.gz", "rt") as packed:
        (tmp_path / "tracks.csv").write_text(packed.read())
    return tmp_path


def places(at: list[tuple[float, float]]) -> Geometry:
    """Homes at some longitudes and latitudes, no roads."""
    lon, lat = np.array(at).T
    x, y = to_work(lon, lat, "EPSG:4326", WORK)
    none = np.zeros(0)
    return Geometry(
        WORK, tuple(f"P{i}" for i in range(len(at))), x, y, np.full(len(at), 5_000),
        np.zeros(1, np.int64), none, none, np.zeros(0, np.int64), np.zeros(0, np.bool_),
        np.zeros(0, np.bool_), np.zeros(0, np.int64), n_homes=len(at),
    )  # fmt: skip


@pytest.mark.parametrize("name", LANDFALLS)
def test_it_blows_hardest_when_it_came(name: str, folder: Path) -> None:
    """Without error of the track: hurricane gusts at the landfall within four hours of its hour,
    and less than half of them 300 km to the west."""
    track_id, (lon, lat), landfall = LANDFALLS[name]
    start = landfall - timedelta(hours=36)
    section: dict[str, Any] = {
        "kind": "typhoon", "ensemble": {"members": 1}, "aside_km_at_24h": 0, "late_h_at_24h": 0,
        "depth_factor": 1, "wind": {"radius_km": 40, "shape_b": 1.2},
        "track": {"form": "file", "file": "tracks.csv", "track_id": track_id},
    }  # fmt: skip
    spec: HazardSpec = TypeAdapter(HazardSpec).validate_python(section)
    hazard = build_hazard(
        spec, places([(lon, lat), (lon - 3, lat)]), Setting(folder, start, 4320, WORK)
    )
    gust = hazard.member(0).place_levels
    hour = int(np.argmax(gust[0])) * hazard.step_ms / MS_PER_HOUR
    assert abs(hour - 36) <= 4
    assert 250 <= gust[0].max() <= 700 and gust[1, int(np.argmax(gust[0]))] < gust[0].max() / 2


def test_every_track_of_the_table_can_be_read(folder: Path) -> None:
    """Each has fixes in order of time; those without two pressures say so."""
    ids = {line.split(",")[0] for line in (folder / "tracks.csv").read_text().splitlines()[1:]}
    fixes = read_track(folder, "tracks.csv", "2019214N15134")
    assert len(ids) == 219 and min(fix.pressure_hpa for fix in fixes) == 925
    assert all(a.time < b.time for a, b in pairwise(fixes))
