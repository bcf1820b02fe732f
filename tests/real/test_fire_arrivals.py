"""The Surf Coast fire read as arrival times: how much burnt, and which zones it touched when."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from sim.io.arrivals import read_arrivals
from sim.io.layers import points_out


@pytest.mark.real
def test_surf_coast_touches_22_zones(shared_dir: Path, tmp_path: Path) -> None:
    """5,499 of 13,101 cells burn within 10 h; 22 of 186 zones are touched, at 0 to 9.7 h."""
    folder = shared_dir / "data" / "surf_coast_fire"
    table = tmp_path / "fire.csv"
    table.write_bytes(gzip.decompress((folder / "fire_arrival_epsg32754.csv.gz").read_bytes()))
    came, unburnt = read_arrivals(tmp_path, "fire.csv", ("x", "y", "hour_burnt"), "h")
    assert (len(came.x), unburnt) == (5499, 13_101 - 5499)
    hours = came.at_ms / 3_600_000
    assert hours.max() <= 10
    zones = json.loads((folder / "zones-epsg4326.geojson").read_text(encoding="utf-8"))["features"]
    first = []
    for zone in zones:
        shape = shapely.transform(
            shapely.geometry.shape(zone["geometry"]),
            lambda xy: np.column_stack(points_out(xy[:, 0], xy[:, 1], "EPSG:4326", "EPSG:32754")),
        )
        inside = shapely.intersects_xy(shapely.make_valid(shape), came.x, came.y)
        if inside.any():
            first.append(float(hours[inside].min()))
    assert len(zones) == 186 and len(first) == 22
    assert min(first) < 0.1 and max(first) == pytest.approx(9.7, abs=0.05)
