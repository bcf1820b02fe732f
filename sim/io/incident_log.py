"""A log of past incidents: one CSV file, every cell judged, every problem named."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime
from pathlib import Path
from typing import cast

from sim.io.csv_table import read_csv_table
from sim.io.tables import Table, read_table
from sim.schema.forces import IncidentLogRow, amounts_of
from sim.schema.problems import InputError, Problem

TABLE = "incident_log"


def read_incident_log(
    path: Path, places: Container[str], capabilities: Container[str]
) -> tuple[IncidentLogRow, ...]:
    """The lines of a log.

    Args:
        places: ids that a line may name. capabilities: what the teams can do.

    Raises:
        InputError: every problem of the file.
        OSError: the file cannot be read.
    """
    table, problems = read_table(read_csv_table(path.read_bytes(), TABLE, path.name))
    rows = cast("tuple[IncidentLogRow, ...]", table.rows)
    for number, row in zip(table.numbers, rows, strict=True):
        problems.extend(_problems(table, number, row, places, capabilities))
    if any(problem.severity == "error" for problem in problems):
        raise InputError(tuple(problems))
    return rows


def _problems(
    table: Table,
    number: int,
    row: IncidentLogRow,
    places: Container[str],
    capabilities: Container[str],
) -> list[Problem]:
    """What a line names that does not exist."""
    found = []
    try:
        datetime.fromisoformat(row.time)
    except ValueError:
        found.append(Problem("clock.start_invalid", table.file, number, "time", row.time))
    if row.place not in places:
        found.append(Problem("ref.unknown", table.file, number, "place", row.place))
    for name in amounts_of(row.needs):
        if name not in capabilities:
            found.append(Problem("ref.unknown", table.file, number, "needs", name))
    return found
