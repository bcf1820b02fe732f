"""Storm tracks out of a table: ``track_id, time, lon, lat, slp`` as cut from IBTrACS."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from sim.io.csv_table import named_rows
from sim.io.layers import layer_path
from sim.io.text_files import decode
from sim.schema.problems import InputError, Problem

COLUMNS = ("track_id", "time", "lon", "lat", "slp")
LIMITS = {"lon": (-180.0, 360.0), "lat": (-90.0, 90.0), "slp": (850.0, 1030.0)}

KM_PER_DEGREE = 111.2
FASTEST_KM_H = 200
"""Storms that turn into lows of the middle latitudes reach about 120 km/h."""


@dataclass(frozen=True, slots=True)
class Fix:
    """The centre at a moment: UTC time, degrees, central pressure in hPa."""

    time: datetime
    lon: float
    lat: float
    pressure_hpa: float


def read_track(folder: Path, file: str, track_id: str) -> list[Fix]:
    """Fixes of one track by time; those without a pressure are left out.

    Raises:
        InputError: with every bad cell and missing column, or when the track has no two fixes.
    """
    text, notes = decode(layer_path(folder, file).read_bytes(), file)
    if text is None:
        raise InputError(notes)
    problems: list[Problem] = []
    found = {}
    for number, line in named_rows(text, file, COLUMNS, problems):
        if line.get("track_id") == track_id and line.get("slp"):
            fix = _fix(line, (file, number), problems)
            if fix is not None:
                found[fix.time] = fix
    if not problems and len(found) < 2:
        problems.append(Problem("hazard.track_unknown", file, None, "track_id", track_id))
    fixes = [found[time] for time in sorted(found)]
    if not problems:
        problems += _jumps(fixes, file)
    if problems:
        raise InputError(problems)
    return fixes


def _jumps(fixes: list[Fix], file: str) -> Iterator[Problem]:
    """Legs faster than any storm: a wrong sign, or two storms under one id."""
    for one, two in pairwise(fixes):
        east = (two.lon - one.lon + 180) % 360 - 180
        east *= math.cos(math.radians((one.lat + two.lat) / 2))
        km = KM_PER_DEGREE * math.hypot(east, two.lat - one.lat)
        pace = km / max((two.time - one.time).total_seconds() / 3600, 1e-9)
        if pace > FASTEST_KM_H:
            found, allowed = f"{two.time} {pace:.0f} km/h", f"≤ {FASTEST_KM_H}"
            yield Problem("hazard.track_jumps", file, None, "lon, lat", found, allowed)


def _fix(line: dict[str, str], at: tuple[str, int], problems: list[Problem]) -> Fix | None:
    """One line, or what is wrong with it into ``problems``."""
    file, number = at
    values = []
    for name, (low, high) in LIMITS.items():
        try:
            value = float(line.get(name, ""))
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            text = line.get(name, "")
            code = "hazard.not_a_number" if math.isnan(value) else "hazard.out_of_range"
            problems.append(Problem(code, file, number, name, text, f"{low:g}…{high:g}"))
        values.append(value)
    try:
        time = datetime.fromisoformat(line.get("time", ""))
    except ValueError:
        problems.append(Problem("hazard.not_a_time", file, number, "time", line.get("time", "")))
        return None
    if time.tzinfo is not None:
        time = time.astimezone(UTC).replace(tzinfo=None)
    return Fix(time, *values)
