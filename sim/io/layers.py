"""What raster and polygon layers share: finding the file, and bringing points to its system."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from sim.io.crs import SHIFTED, parse_crs, to_work
from sim.schema.problems import InputError, Problem

FloatArray = NDArray[np.float64]


def layer_path(folder: Path, file: str) -> Path:
    """The layer's path inside the scenario folder.

    Raises:
        InputError: the file lies outside the folder or does not exist.
    """
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise InputError([Problem("file.outside", file)])
    if not path.is_file():
        raise InputError([Problem("file.missing", file)])
    return path


def layer_crs(own: str | None, stated: str, file: str) -> tuple[str, list[Problem]]:
    """The system of a layer: its own (WKT or EPSG), else the one the scenario states.

    Shifted Chinese systems cannot be written into a layer; where the scenario states one, it wins
    over a longitude and latitude system in the file.

    Raises:
        InputError: neither is known, or the stated one does not exist.
    """
    try:
        named = parse_crs(stated) if stated else ""
        system = CRS.from_user_input(own) if own else None
    except (ValueError, CRSError) as error:
        raise InputError([Problem("hazard.crs_unknown", file, found=str(error))]) from error
    if system is None:
        if not named:
            raise InputError([Problem("hazard.crs_missing", file, allowed="crs.hazard: EPSG:…")])
        return named, []
    if named in SHIFTED and system.is_geographic:
        return named, []
    if named and (named in SHIFTED or not _same(system, CRS.from_user_input(named))):
        found = system.name
        return str(own), [
            Problem("hazard.crs_differs", file, None, "crs", stated, found, "warning")
        ]
    return str(own), []


def _same(first: CRS, second: CRS) -> bool:
    if first.to_epsg() is not None and first.to_epsg() == second.to_epsg():
        return True
    return bool(first.equals(second, ignore_axis_order=True))


def points_in(
    x: FloatArray, y: FloatArray, work_crs: str, layer: str
) -> tuple[FloatArray, FloatArray]:
    """Points of the working system in the system of a layer, not rounded."""
    change = Transformer.from_crs(
        CRS.from_user_input(work_crs), CRS.from_user_input(layer), always_xy=True
    )
    layer_x, layer_y = change.transform(x, y)
    return np.asarray(layer_x, np.float64), np.asarray(layer_y, np.float64)


def points_out(
    x: FloatArray, y: FloatArray, layer: str, work_crs: str
) -> tuple[FloatArray, FloatArray]:
    """Points of a layer in the working system, rounded to 1 cm."""
    if layer in SHIFTED:
        return to_work(x, y, layer, work_crs)
    change = Transformer.from_crs(
        CRS.from_user_input(layer), CRS.from_user_input(work_crs), always_xy=True
    )
    work_x, work_y = change.transform(x, y)
    return np.round(np.asarray(work_x), 2), np.round(np.asarray(work_y), 2)
