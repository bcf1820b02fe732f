"""People from a table of points or cells: whole persons, then places of a zone together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.io.layers import FloatArray
from sim.io.new_points import NAMES, RawPoints
from sim.schema.problems import InputError, Problem
from sim.texts.new_scenario import Assumption

POPULATION = (
    "population", "pop", "people", "persons", "residents", "inhabitants", "evacuees",
    "人口", "常住人口", "人数",
)  # fmt: skip
SIGNIFICANT = 4
"""Digits to which a total of fractional cells is taken: they are estimates, not counts."""

ZONE_M = 1000.0
_ID = re.compile(r"[^\s,;]{1,60}")

Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class Homes:
    """Places where people live: unique ids, names, names of the town, whole persons, positions."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    towns: tuple[str, ...]
    persons: Int64
    lon: FloatArray
    lat: FloatArray
    node: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.ids)


def make_homes(points: RawPoints, total: int | None) -> tuple[Homes, list[Assumption]]:
    """Homes with whole persons; the rows' total, or the stated one, is met exactly.

    Raises:
        InputError: no population column, a bad number, or nobody at all.
    """
    given = points.amounts(POPULATION)
    if given is None:
        row, heads = points.table.header_row, ", ".join(POPULATION)
        problem = Problem("new.column_missing", points.file, row, POPULATION[0], None, heads)
        raise InputError([problem])
    given = np.nan_to_num(given)
    said, wanted = _total(given, total)
    if wanted <= 0 or given.sum() <= 0:
        raise InputError([Problem("new.nobody", points.file)])
    persons = whole_persons(given, wanted)
    keep = np.flatnonzero(persons > 0)
    if len(keep) < len(persons):
        said.append(Assumption("people_empty", {"n": len(persons) - len(keep)}))
    ids = _ids(points.texts(NAMES["id"]), len(points))
    towns = points.texts(NAMES["place"]) or [""] * len(points)
    names = points.texts(NAMES["name"]) or [""] * len(points)
    titles = [
        (name or f"{town} {code}".strip())[:80]
        for name, town, code in zip(names, towns, ids, strict=True)
    ]
    return Homes(
        ids=tuple(ids[i] for i in keep),
        names=tuple(titles[i] for i in keep),
        towns=tuple(towns[i] for i in keep),
        persons=persons[keep],
        lon=points.lon[keep],
        lat=points.lat[keep],
        node=tuple(points.node[i] for i in keep),
    ), said


def _total(given: FloatArray, total: int | None) -> tuple[list[Assumption], int]:
    """The total to be dealt, and how it was come by."""
    summed = float(given.sum())
    shown = f"{summed:,.1f}"
    if total is not None:
        return [Assumption("people_given", {"total": f"{total:,}", "sum": shown})], total
    if (given == np.rint(given)).all():
        exact = round(summed)
        return [Assumption("people_exact", {"total": f"{exact:,}"})], exact
    wanted = round(float(f"{summed:.{SIGNIFICANT}g}"))
    return [Assumption("people_rounded", {"total": f"{wanted:,}", "sum": shown})], wanted


def whole_persons(given: FloatArray, total: int) -> Int64:
    """Whole numbers in proportion to ``given`` that add up to ``total`` (largest remainder).

    Equal remainders go to the earlier row.
    """
    # millionths of a person decide, so that no rounding of a product does
    exact = np.rint(given * (total / float(given.sum())) * 1e6).astype(np.int64)
    whole = exact // 1_000_000
    order = np.lexsort((np.arange(len(given)), -(exact - whole * 1_000_000)))
    left = total - int(whole.sum())
    whole[order[: max(left, 0)]] += 1
    if left < 0:  # the rounding to millionths gave one too many
        fullest = np.argsort(-whole, kind="stable")[:-left]
        whole[fullest] -= 1
    return whole


def _ids(given: list[str] | None, count: int) -> list[str]:
    """The table's own ids where they can serve, else P0001, P0002, …"""
    if given and len(set(given)) == count and all(_ID.fullmatch(text) for text in given):
        return given
    width = max(4, len(str(count)))
    return [f"P{i + 1:0{width}d}" for i in range(count)]


@dataclass(frozen=True)
class ZonePlan:
    """Zones of homes: names, towns, and the zone of every home (-1: not on the to-move list)."""

    names: tuple[str, ...]
    towns: tuple[str, ...]
    of_home: Int64

    @property
    def ids(self) -> list[str]:
        """Z001, Z002, …"""
        width = max(3, len(str(len(self.names))))
        return [f"Z{i + 1:0{width}d}" for i in range(len(self.names))]

    def homes(self, zone: int) -> Int64:
        """Rows of the homes of a zone."""
        return np.flatnonzero(self.of_home == zone)


def grid_zones(homes: Homes, x: FloatArray, y: FloatArray, at_risk: NDArray[np.bool_]) -> ZonePlan:
    """Zones of the homes at risk: one town's homes within a square of about a kilometre.

    x, y: positions in metres.
    """
    keys = [
        (town, int(np.floor(east / ZONE_M)), int(np.floor(north / ZONE_M)))
        for town, east, north in zip(homes.towns, x.tolist(), y.tolist(), strict=True)
    ]
    return _zones([key if risk else None for key, risk in zip(keys, at_risk, strict=True)])


def node_zones(homes: Homes, at_risk: NDArray[np.bool_]) -> ZonePlan:
    """One zone per home, named after it."""
    rows = np.flatnonzero(at_risk)
    of_home = np.full(len(homes), -1, dtype=np.int64)
    of_home[rows] = np.arange(len(rows))
    names = tuple(homes.names[i] for i in rows)
    return ZonePlan(names, tuple(homes.towns[i] or homes.names[i] for i in rows), of_home)


def middle_of(homes: Homes, rows: Int64) -> tuple[float, float]:
    """Middle of the people of a zone (WGS 84)."""
    weight = homes.persons[rows].astype(np.float64)
    if np.isnan(homes.lon[rows]).any():
        return float("nan"), float("nan")
    return (
        float(np.average(homes.lon[rows], weights=weight)),
        float(np.average(homes.lat[rows], weights=weight)),
    )


def _zones(keys: Sequence[tuple[str, int, int] | None]) -> ZonePlan:
    wanted = sorted({key for key in keys if key is not None})
    row = {key: i for i, key in enumerate(wanted)}
    number: dict[str, int] = {}
    names = []
    for town, _, _ in wanted:
        number[town] = number.get(town, 0) + 1
        names.append(f"{town or '片区'} {number[town]}")
    of_home = np.array([-1 if key is None else row[key] for key in keys], dtype=np.int64)
    return ZonePlan(tuple(names), tuple(town for town, _, _ in wanted), of_home)
