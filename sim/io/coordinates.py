"""The places of all tables as layers of coordinates, and the working system they are put into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.io.crs import choose_work_crs, is_metric, parse_crs, to_lonlat, to_work
from sim.io.crs_checks import Layer, check_coordinates
from sim.io.tables import Table
from sim.io.yaml_strict import YamlFile
from sim.schema.problems import Problem
from sim.schema.scenario import ScenarioSpec
from sim.schema.tables import PlaceRow

ALLOWED = "EPSG:<code>, CGCS2000, WGS-84, GCJ-02, BD-09"


@dataclass(frozen=True)
class PlaceLayer:
    """Rows of one table that have coordinates; ``index`` are their positions in the table."""

    table: str
    layer: Layer
    index: tuple[int, ...]

    def work(self, work_crs: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Positions in the working system (m)."""
        return to_work(self.layer.x, self.layer.y, self.layer.crs, work_crs)


def check_crs_names(spec: ScenarioSpec, source: YamlFile) -> list[Problem]:
    """Every coordinate system the scenario names exists."""
    problems = []
    for field in ("work", "tables", "roads", "hazard"):
        name = getattr(spec.crs, field)
        file, row, key = source.file, source.line(("crs", field)), f"crs.{field}"
        if not name or (field == "work" and name == "auto"):
            continue
        try:
            parse_crs(name)
            metric = field != "work" or is_metric(name)
        except ValueError:
            problems.append(Problem("crs.unknown", file, row, key, name, ALLOWED))
        else:
            if not metric:
                problems.append(Problem("crs.not_metric", file, row, key, name))
    return problems


def place_layers(tables: Mapping[str, Table], crs: str) -> tuple[list[PlaceLayer], list[Problem]]:
    """A layer per table of places, and what is wrong with single coordinates."""
    layers: list[PlaceLayer] = []
    problems: list[Problem] = []
    for name, table in tables.items():
        index = []
        for i, row in enumerate(table.rows):
            if not isinstance(row, PlaceRow):
                break
            if (row.x is None) != (row.y is None):
                empty = "x" if row.x is None else "y"
                problems.append(Problem("field.missing", table.file, table.numbers[i], empty))
            elif row.x is not None:
                index.append(i)
        if index:
            rows = [row for i in index if isinstance(row := table.rows[i], PlaceRow)]
            x = np.array([row.x for row in rows], dtype=np.float64)
            y = np.array([row.y for row in rows], dtype=np.float64)
            numbers = [table.numbers[i] for i in index]
            layer = Layer(x, y, crs, table.file, numbers)
            problems.extend(check_coordinates(layer))
            layers.append(PlaceLayer(name, layer, tuple(index)))
    return layers, problems


def working_crs(spec: ScenarioSpec, layers: list[PlaceLayer]) -> str:
    """The stated working system, else the metric one of the middle of all places; '' without any.

    Raises:
        ValueError: the middle lies where no metric system is defined.
    """
    if spec.crs.work != "auto":
        return parse_crs(spec.crs.work)
    if not layers:
        return ""
    x = np.concatenate([part.layer.x for part in layers])
    y = np.concatenate([part.layer.y for part in layers])
    lon, lat = to_lonlat(x, y, spec.crs.tables)
    return choose_work_crs(float(np.median(lon)), float(np.median(lat)))
