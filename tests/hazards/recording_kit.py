"""Recordings in files small enough to work out by hand, of whatever quantity: metres, mg/m³."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from rasterio import Affine

X0, Y0 = 500_000.0, 3_100_000.0
"""Western edge and middle of every raster, in metres of EPSG:4549."""


def tiff(folder: Path, name: str, cells: Any, **changes: Any) -> str:
    """Two rows of three cells of 100 m; the places lie in the three cells of the upper row."""
    data = np.array(cells, np.float64)
    profile: dict[str, Any] = {
        "driver": "GTiff", "height": 2, "width": 3, "count": 1, "dtype": "float64",
        "crs": "EPSG:4549", "transform": Affine(100, 0, X0, 0, -100, Y0 + 100), "nodata": -9999.0,
    } | changes  # fmt: skip
    with rasterio.open(folder / name, "w", **profile) as dataset:
        dataset.write(data, 1)
    return name


def area(folder: Path, side_m: float, x: float = X0, **properties: Any) -> dict[str, Any]:
    """One rectangle of the first row, so many metres wide, with its value and minutes."""
    east = x + side_m
    ring = [[x, Y0], [east, Y0], [east, Y0 + 100], [x, Y0 + 100], [x, Y0]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "geometry": shape, "properties": properties}
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}}
    text = json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]})
    (folder / "p.geojson").write_text(text, encoding="utf-8")
    return {"form": "polygons", "file": "p.geojson"}


def table(folder: Path, column: str, *rows: str) -> dict[str, Any]:
    """A table of places: id, minute, value."""
    text = "\n".join([f"place,minute,{column}", *rows]) + "\n"
    (folder / "t.csv").write_text(text, "utf-8")
    return {"form": "places", "file": "t.csv"}
