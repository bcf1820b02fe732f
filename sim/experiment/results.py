"""The numbers of a run in one SQLite file: safe against kill -9, readable with any tool.

Views for people: ``results`` (plan, replication, measure, value) and ``logs`` (plan, replication,
log_sha256, member). Below them names are stored once, because a county has thousands of names.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.experiment.player import Played

SCHEMA = """
CREATE TABLE IF NOT EXISTS names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS played (
    plan INTEGER NOT NULL, replication INTEGER NOT NULL, log_sha256 TEXT NOT NULL,
    member INTEGER NOT NULL, PRIMARY KEY (plan, replication)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cells (
    plan INTEGER NOT NULL, measure INTEGER NOT NULL, replication INTEGER NOT NULL,
    value REAL NOT NULL, PRIMARY KEY (plan, measure, replication)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS curves (
    plan INTEGER NOT NULL, curve INTEGER NOT NULL, replication INTEGER NOT NULL,
    people BLOB NOT NULL, PRIMARY KEY (plan, curve, replication)) WITHOUT ROWID;
CREATE VIEW IF NOT EXISTS results AS
    SELECT p.name AS plan, replication, m.name AS measure, value
    FROM cells JOIN names p ON p.id = cells.plan JOIN names m ON m.id = cells.measure;
CREATE VIEW IF NOT EXISTS logs AS
    SELECT names.name AS plan, replication, log_sha256, member
    FROM played JOIN names ON names.id = played.plan;
"""


class Results:
    """Open results of a run folder. Use as a context manager; one process writes at a time."""

    def __init__(self, path: Path, write: bool = False) -> None:
        mode = "rwc" if write else "rw"
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        self._db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=30)
        self._ids: dict[str, int] = {}
        if write:
            # WAL: a finished transaction survives the end of the process at any moment.
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(SCHEMA)
        self._ids.update(self._db.execute("SELECT name, id FROM names"))

    def __enter__(self) -> Results:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def close_whole(self) -> None:
        """Fold the write-ahead file into the one results file, which can then be copied alone.

        Left for later when somebody else is reading.
        """
        with suppress(sqlite3.OperationalError):
            self._db.execute("PRAGMA journal_mode=DELETE")

    def _id(self, name: str) -> int:
        if name not in self._ids:
            cursor = self._db.execute("INSERT INTO names (name) VALUES (?)", (name,))
            self._ids[name] = int(cursor.lastrowid or 0)
        return self._ids[name]

    def add(self, replication: Sequence[Played]) -> None:
        """Store all plans of one replication in one transaction: all of it or nothing.

        Raises:
            sqlite3.OperationalError: the disk is full or cannot be written; what was stored
                before stays readable.
        """
        known = dict(self._ids)
        self._db.execute("BEGIN IMMEDIATE")
        try:
            for played in replication:
                self._add_one(played)
            self._db.execute("COMMIT")
        except BaseException:
            self._ids = known
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def _add_one(self, played: Played) -> None:
        plan, number = self._id(played.plan), played.replication
        row = (plan, number, played.log_sha256, played.member)
        self._db.execute("INSERT INTO played VALUES (?, ?, ?, ?)", row)
        self._db.executemany(
            "INSERT INTO cells VALUES (?, ?, ?, ?)",
            [
                (plan, self._id(name), number, value)
                for name, value in played.measures.items()
                if value == value  # NaN means unknown, and unknown is absent
            ],
        )
        self._db.executemany(
            "INSERT INTO curves VALUES (?, ?, ?, ?)",
            [
                (plan, self._id(name), number, people.astype("<i8").tobytes())
                for name, people in played.curves.items()
            ],
        )

    def finished(self) -> dict[str, set[int]]:
        """Plan to the numbers of its finished replications."""
        found: dict[str, set[int]] = {}
        for plan, number in self._db.execute("SELECT plan, replication FROM logs"):
            found.setdefault(plan, set()).add(number)
        return found

    def hashes(self, plan: str, replications: Iterable[int]) -> list[str]:
        """``log_sha256`` of a plan's replications in the order asked for."""
        rows = self._db.execute(
            "SELECT replication, log_sha256 FROM played WHERE plan = ?", (self._ids.get(plan, -1),)
        )
        stored = {int(number): str(value) for number, value in rows}
        return [stored[number] for number in replications]

    def members(self, plan: str, n: int) -> NDArray[np.int64]:
        """Hazard member of a plan's replications 0 … n−1, int64[n], -1 where unknown."""
        found = np.full(n, -1, dtype=np.int64)
        rows = self._db.execute(
            "SELECT replication, member FROM played WHERE plan = ? AND replication < ?",
            (self._ids.get(plan, -1), n),
        )
        for number, member in rows:
            found[number] = member
        return found

    def column(self, plan: str, measure: str, n: int) -> NDArray[np.float64]:
        """Values of one measure in replications 0 … n−1, float64[n], NaN where absent."""
        values = np.full(n, np.nan)
        rows = self._db.execute(
            "SELECT replication, value FROM cells"
            " WHERE plan = ? AND measure = ? AND replication < ?",
            (self._ids.get(plan, -1), self._ids.get(measure, -1), n),
        )
        for number, value in rows:
            values[number] = value
        return values

    def measures(self, plan: str, n: int) -> dict[str, NDArray[np.float64]]:
        """Measure to its values in replications 0 … n−1, float64[n], NaN where absent."""
        plan_id = self._ids.get(plan, -1)
        names = {number: name for name, number in self._ids.items()}
        found: dict[str, NDArray[np.float64]] = {}
        rows = self._db.execute(
            "SELECT measure, replication, value FROM cells WHERE plan = ? AND replication < ?"
            " ORDER BY measure, replication",
            (plan_id, n),
        ).fetchall()
        for measure, number, value in rows:
            name = names[measure]
            if name not in found:
                found[name] = np.full(n, np.nan)
            found[name][number] = value
        return found

    def played(self, plan: str) -> list[Played]:
        """All finished replications of a plan, as they were added, by number."""
        plan_id, names = self._ids.get(plan, -1), {row: name for name, row in self._ids.items()}
        measures: dict[int, dict[str, float]] = {}
        curves: dict[int, dict[str, NDArray[np.int64]]] = {}
        cells = "SELECT replication, measure, value FROM cells WHERE plan = ?"
        for number, name, value in self._db.execute(cells, (plan_id,)):
            measures.setdefault(number, {})[names[name]] = value
        lines = "SELECT replication, curve, people FROM curves WHERE plan = ?"
        for number, name, people in self._db.execute(lines, (plan_id,)):
            line = np.frombuffer(people, dtype="<i8").astype(np.int64)
            curves.setdefault(number, {})[names[name]] = line
        rows = self._db.execute(
            "SELECT replication, member, log_sha256 FROM played WHERE plan = ?"
            " ORDER BY replication",
            (plan_id,),
        )
        return [
            Played(plan, number, member, digest, measures.get(number, {}), curves.get(number, {}))
            for number, member, digest in rows
        ]

    def curves(self, plan: str, n: int) -> dict[str, NDArray[np.int64]]:
        """Curve to people by replication and grid point, int64[n, points]."""
        names = {number: name for name, number in self._ids.items()}
        rows = self._db.execute(
            "SELECT curve, people FROM curves WHERE plan = ? AND replication < ?"
            " ORDER BY curve, replication",
            (self._ids.get(plan, -1), n),
        ).fetchall()
        stacked: dict[str, list[NDArray[np.int64]]] = {}
        for curve, people in rows:
            stacked.setdefault(names[curve], []).append(np.frombuffer(people, dtype="<i8"))
        return {name: np.stack(lines).astype(np.int64) for name, lines in stacked.items()}
