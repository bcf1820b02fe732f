"""A run is a folder: ``run.json``, ``results.sqlite``, ``events/`` and ``status.json``.

Small files are written by replacement, numbers one transaction per replication, so that killing
the process at any moment leaves a folder from which the same command goes on.
"""

from __future__ import annotations

import json
import os
import time
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from sim.experiment.identity import Identity, as_json, machine
from sim.experiment.results import Results
from sim.log import RECORD, RunLog
from sim.measures.result_table import ResultTable
from sim.schema.problems import InputError, Problem

FORMAT = 1


def replace_file(path: Path, text: str) -> None:
    """Write a small file so that at every moment either the old or the new one is there.

    Raises:
        OSError: the disk is full or cannot be written; the old file is still there.
    """
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with fresh.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


class RunFolder:
    """One run on disk. ``document`` is the content of run.json as last read or written."""

    def __init__(self, path: Path, document: dict[str, Any]) -> None:
        self.path = path
        self.document = document

    @classmethod
    def open(cls, path: Path) -> RunFolder:
        """An existing run, for reading.

        Raises:
            InputError: the folder is no run, or its run.json cannot be read.
        """
        file = path / "run.json"
        try:
            document = json.loads(file.read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError) as error:
            raise InputError([Problem("run.not_a_run", str(path))]) from error
        except ValueError as error:
            raise InputError([Problem("run.unreadable", str(file))]) from error
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise InputError([Problem("run.unreadable", str(file))])
        return cls(path, document)

    @classmethod
    def begin(cls, path: Path, identity: Identity) -> RunFolder:
        """A new run, or the one that is there if it is the same one.

        Plans not played so far are added to it.

        Raises:
            InputError: the folder holds something else, or a run with other inputs, another
                seed or another version of the program.
        """
        if (path / "run.json").exists():
            run = cls.open(path)
            run._check_same(identity)
            run.document["plans"].update(identity.plans)
            run.document["scenario"]["path"] = str(identity.path)
            return run
        if any(not item.name.startswith(("lock", "run.json.")) for item in path.iterdir()):
            raise InputError([Problem("run.folder_not_empty", str(path))])
        return cls(path, _new_document(identity))

    def _check_same(self, identity: Identity) -> None:
        problems = []
        file = str(self.path / "run.json")
        before = self.document
        if before["scenario"]["input_hash"] != identity.input_hash:
            changed = _changed(before["inputs"], identity.files)
            plans, ours = ", ".join(before["plans"]), ", ".join(identity.plans)
            code = "run.input_changed" if changed or plans == ours else "run.other_plans"
            problems.append(Problem(code, file, found=changed or ours, allowed=plans))
        for plan, content in identity.plans.items():
            if plan in before["plans"] and before["plans"][plan] != content:
                problems.append(Problem("run.plan_changed", file, field=plan))
        if before["seed"] != identity.seed:
            problems.append(
                Problem("run.other_seed", file, found=identity.seed, allowed=before["seed"])
            )
        if before["versions"]["code"] != identity.versions["code"]:
            problems.append(Problem("run.other_program", file, found=before["versions"]["yuyan"]))
        if problems:
            raise InputError(problems)

    def write(self, **changes: Any) -> None:
        """Change entries of run.json and write it by replacement."""
        self.document.update(changes)
        self.document["updated"] = time.strftime("%Y-%m-%dT%H:%M:%S%z")
        replace_file(self.path / "run.json", as_json(self.document))

    def write_status(self, **status: Any) -> None:
        """Replace status.json, which a dashboard may poll."""
        replace_file(self.path / "status.json", as_json(status))

    def results(self, write: bool = False) -> Results:
        """The numbers of the run, opened."""
        return Results(self.path / "results.sqlite", write)

    @property
    def plans(self) -> tuple[str, ...]:
        """Plan ids in the order in which they were first asked for."""
        return tuple(self.document["plans"])

    def n_finished(self) -> int:
        """Number n so that replications 0 … n−1 are finished for every plan.

        Replications finished beyond a gap wait for the gap to be filled: which ones finish first
        is not random, and a report must not be drawn from them.
        """
        if not (self.path / "results.sqlite").exists():
            return 0
        with self.results() as results:
            finished = results.finished()
        common = set.intersection(*(finished.get(plan, set()) for plan in self.plans))
        return next(k for k in range(len(common) + 1) if k not in common)

    def table(self, plan: str, n: int | None = None) -> ResultTable:
        """Results of a plan in replications 0 … n−1 (all that are finished)."""
        n = self.n_finished() if n is None else n
        with self.results() as results:
            values = results.measures(plan, n)
            hashes = tuple(results.hashes(plan, range(n)))
            return ResultTable(plan, n, values, results.members(plan, n), hashes)

    def event_file(self, plan: str, replication: int) -> Path:
        """Where the log of a kept replication lies."""
        return self.path / "events" / f"{plan}-{replication:05d}.npz"

    def keep_log(self, plan: str, log: RunLog) -> None:
        """Keep a full log, compressed."""
        file = self.event_file(plan, log.replication)
        file.parent.mkdir(exist_ok=True)
        fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
        try:
            with fresh.open("wb") as stream:
                np.savez_compressed(
                    stream, records=log.records, member=log.member, replication=log.replication
                )
            fresh.replace(file)
        finally:
            fresh.unlink(missing_ok=True)

    def log(self, plan: str, replication: int) -> RunLog | None:
        """A kept log; None when this replication was not kept or its file is damaged."""
        try:
            file = self.event_file(plan, replication)
            with file.open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
                records = kept["records"].astype(RECORD)
                return RunLog(records, int(kept["member"]), int(kept["replication"]))
        except (FileNotFoundError, ValueError, KeyError, EOFError, BadZipFile, zlib.error):
            return None


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Names of the files that are new, gone or different."""
    return ", ".join(
        name for name in sorted({*before, *after}) if before.get(name) != after.get(name)
    )


def _new_document(identity: Identity) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "status": "running",
        "scenario": {
            "id": identity.scenario,
            "path": str(identity.path),
            "input_hash": identity.input_hash,
            **identity.about,
        },
        "seed": identity.seed,
        "replications": 0,
        "finished": 0,
        "kept": {},
        "log_sha256": None,
        "inputs": dict(identity.files),
        "plans": dict(identity.plans),
        "versions": dict(identity.versions),
        "machine": machine(0),
        "created": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "updated": "",
    }
