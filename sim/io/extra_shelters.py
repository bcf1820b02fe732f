"""Shelters that do not stand yet: a file like shelters.csv, laid over a scenario folder."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from sim.io.csv_table import read_csv_table
from sim.io.scenario_folder import ScenarioFolder
from sim.io.tables import read_table
from sim.roads.network import Network
from sim.schema.problems import InputError, Problem
from sim.schema.tables import ShelterRow


def with_shelters(folder: ScenarioFolder, file: Path) -> tuple[ScenarioFolder, tuple[str, ...]]:
    """The folder as if the shelters of the file stood there too, and their ids.

    Raises:
        InputError: all problems of the file.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise InputError([Problem("file.missing", file.name)]) from error
    table, problems = read_table(read_csv_table(data, "shelters", file.name))
    standing = folder.tables.get("shelters", ())
    known = {getattr(row, "id", "") for row in standing}
    for row, number in zip(table.rows, table.numbers, strict=True):
        if not isinstance(row, ShelterRow):
            raise TypeError("a table of shelters has rows of shelters")
        if row.id in known:
            problems.append(Problem("id.duplicate", file.name, number, "id", row.id))
        known.add(row.id)
        placed = row.node or (isinstance(folder.roads, Network) and row.x is not None)
        if not placed:
            problems.append(Problem("place.nowhere", file.name, number, "x, y"))
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise InputError(errors)
    digest = hashlib.sha256(folder.input_hash.encode() + data).hexdigest()
    tables = {**folder.tables, "shelters": (*standing, *table.rows)}
    numbers = {**folder.rows, "shelters": (*folder.rows.get("shelters", ()), *table.numbers)}
    ids = tuple(row.id for row in table.rows if isinstance(row, ShelterRow))
    return replace(folder, tables=tables, rows=numbers, input_hash=digest), ids
