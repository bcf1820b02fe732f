"""What the cross checks look at: everything one folder holds, with where it stands."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

from sim.io.coordinates import PlaceLayer
from sim.io.folder_plans import PlanFile
from sim.io.folder_roads import Roads
from sim.io.tables import Table
from sim.io.yaml_strict import Path, YamlFile, dotted
from sim.schema.base import Row
from sim.schema.problems import Problem, Severity
from sim.schema.scenario import ScenarioSpec
from sim.schema.tables import VehicleRow, ZoneRow

T = TypeVar("T", bound=Row)


@dataclass(frozen=True)
class Checked:
    """A folder under examination; ``roads`` is None while they could not be read."""

    spec: ScenarioSpec
    source: YamlFile
    tables: dict[str, Table]
    plans: dict[str, PlanFile]
    roads: Roads | None
    work_crs: str
    layers: list[PlaceLayer]

    def rows(self, table: str, model: type[T]) -> Iterator[tuple[int, T]]:
        """(spreadsheet row, row) of a table; nothing when it is not given."""
        given = self.tables.get(table)
        if given is not None:
            yield from zip(given.numbers, cast("tuple[T, ...]", given.rows), strict=True)

    def ids(self, table: str) -> frozenset[str]:
        """Every id of a table, in rows with errors too."""
        given = self.tables.get(table)
        return given.ids if given is not None else frozenset()

    def complete(self, table: str) -> bool:
        """Whether every row of a table could be used."""
        given = self.tables.get(table)
        return given is None or len(given.ids) <= len(given.rows)

    def file(self, table: str) -> str:
        """What the planner calls a table."""
        given = self.tables.get(table)
        return given.file if given is not None else f"{table}.csv"

    @cached_property
    def zones(self) -> tuple[ZoneRow, ...]:
        """All zones."""
        return tuple(row for _, row in self.rows("zones", ZoneRow))

    @cached_property
    def vehicle_ids(self) -> frozenset[str]:
        """Ids of all vehicles, numbered copies ``id-1`` … ``id-n`` instead of their row's id."""
        named = [name for _, row in self.rows("vehicles", VehicleRow) for name in copies(row)]
        wrong = self.ids("vehicles") - {row.id for _, row in self.rows("vehicles", VehicleRow)}
        return frozenset(named) | wrong


def copies(row: VehicleRow) -> list[str]:
    """The vehicles of a row by id."""
    return [row.id] if row.count == 1 else [f"{row.id}-{k}" for k in range(1, row.count + 1)]


def near(name: str, known: Iterable[str]) -> str | None:
    """Known ids that look like a misspelt one."""
    return ", ".join(difflib.get_close_matches(name, sorted(known), n=2, cutoff=0.5)) or None


def noted(
    source: YamlFile, path: Path, code: str, found: object = None, allowed: object = None
) -> Problem:
    """An error at a key of a YAML file, with its line."""
    return Problem(code, source.file, source.line(path), dotted(path) or None, found, allowed)


def as_warning(problem: Problem) -> Problem:
    """The same as a note."""
    return with_severity(problem, "warning")


def with_severity(problem: Problem, severity: Severity) -> Problem:
    """The same problem, stopping the work or not."""
    return Problem(
        problem.code, problem.file, problem.row, problem.field,
        problem.found, problem.allowed, severity,
    )  # fmt: skip
