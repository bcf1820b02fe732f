"""A run opened once for everything that is drawn, printed or listed from it.

What lies in the run folder (numbers, curves, kept logs) is always there. What needs the scenario
folder again (names of organisers, cut-off times, who is late) is None when that folder has gone
or has changed since; ``scenario_missing`` says which, and pages say so instead of guessing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sim.clock import parse_clock_start
from sim.experiment.again import scenario_of
from sim.experiment.identity import code_sha256, file_hashes
from sim.experiment.scored import ScoredRun, score_run
from sim.experiment.store import RunFolder
from sim.io.scenario_folder import ScenarioFolder
from sim.log import RunLog
from sim.measures.facts import Facts
from sim.measures.intervals import quantile
from sim.measures.measure import read_log
from sim.measures.people import ConservationError
from sim.measures.scorecard import PlanScore
from sim.plan import Plan, compile_plan
from sim.report.answer import best_plan
from sim.schema.problems import InputError
from sim.texts.report import Lang
from sim.world import World
from sim.world_build import build_world

Int64 = NDArray[np.int64]
Missing = Literal["gone", "changed", "program", "broken"]
"""``program``: the files are the same, but the program reads them differently by now."""


class Book:
    """One scored run with its scenario, read when first asked for and then remembered."""

    def __init__(self, scored: ScoredRun, beside: Sequence[Book] = ()) -> None:
        """``beside``: runs of the same plans with optimistic and pessimistic inputs."""
        self.scored = scored
        self.beside = tuple(beside)
        self.run: RunFolder = scored.run
        self.document: dict[str, Any] = scored.run.document
        self._missing: Missing | None = None
        self._curves: dict[str, dict[str, Int64]] = {}
        self._facts: dict[tuple[str, int], Facts | None] = {}
        self._plans: dict[str, Plan] = {}

    @classmethod
    def open(cls, path: Path, baseline: str | None = None, beside: Sequence[Path] = ()) -> Book:
        """Read a run folder and judge it; ``beside``: folders of runs to set beside it.

        Raises:
            InputError: no run there, nothing finished, or no such baseline.
        """
        others = [cls.open(other) for other in beside]
        return cls(score_run(RunFolder.open(path), baseline), others)

    @property
    def plans(self) -> tuple[str, ...]:
        """Plan ids in the order of the run."""
        return tuple(self.scored.scores)

    @cached_property
    def best(self) -> str:
        """The plan with most people out before the cut-off; the one documents open with."""
        return best_plan(self.scored)

    @cached_property
    def clock_start(self) -> datetime:
        """Wall clock at minute 0."""
        return parse_clock_start(self.document["scenario"]["clock_start"])

    @property
    def same_program(self) -> bool:
        """Whether the run was played by the very program that now reads it."""
        return bool(self.document["versions"].get("code") == code_sha256())

    def title(self, lang: Lang) -> str:
        """Name of the scenario."""
        name = self.document["scenario"]["name"]
        return str(name["en"] if lang == "en" and name.get("en") else name["zh"])

    def name(self, plan: str, lang: Lang) -> str:
        """Name of a plan."""
        return self.scored.plan_name(plan, lang)

    def score(self, plan: str) -> PlanScore:
        """Scorecard of a plan."""
        return self.scored.scores[plan]

    def low_decile(self, plan: str, measure: str) -> float:
        """The value that nine replications in ten reach at least, where more is better."""
        values = self.scored.tables[plan].of(measure)
        return quantile(values[~np.isnan(values)], 0.1)

    def moment(self, minute: float) -> datetime:
        """Minutes from clock_start on the wall clock."""
        return self.clock_start + timedelta(minutes=minute)

    def curves(self, plan: str) -> dict[str, Int64]:
        """People against the clock by name (told, left, out, registered …), int64[n, points]."""
        if plan not in self._curves:
            with self.run.results() as results:
                self._curves[plan] = results.curves(plan, self.scored.n)
        return self._curves[plan]

    @cached_property
    def folder(self) -> ScenarioFolder | None:
        """The scenario as it was played; None when its folder has gone or says something else."""
        scenario = self.document["scenario"]
        path = Path(scenario["path"])
        if not path.is_dir():
            self._missing = "gone"
            return None
        try:
            folder = scenario_of(self.document)
        except InputError:
            self._missing = "broken"
            return None
        if folder.input_hash != scenario["input_hash"]:
            same_files = file_hashes(path) == self.document["inputs"]
            self._missing = "program" if same_files else "changed"
            return None
        return folder

    @cached_property
    def world(self) -> World | None:
        """The world of the run; None as ``folder``."""
        if self.folder is None:
            return None
        try:
            return build_world(self.folder)
        except InputError:
            self._missing = "broken"
            return None

    @property
    def scenario_missing(self) -> Missing | None:
        """Why the scenario cannot be read again: its folder has gone, changed, or is broken."""
        return None if self.world is not None else self._missing

    def plan(self, plan: str) -> Plan | None:
        """A plan compiled in the world of the run; None as ``folder``."""
        if self.world is None:
            return None
        if plan not in self._plans:
            self._plans[plan] = compile_plan(self.world, plan)
        return self._plans[plan]

    def replication(self, plan: str, which: str | int) -> int | None:
        """Number of the ``median`` or ``worst`` replication; None when nothing was ranked."""
        if isinstance(which, int):
            return which
        score = self.score(plan)
        return score.median if which == "median" else score.worst

    def log(self, plan: str, which: str | int) -> RunLog | None:
        """A kept log whose hash is the stored one; None when it was not kept or is damaged."""
        number = self.replication(plan, which)
        log = None if number is None else self.run.log(plan, number)
        if log is None or log.replication >= self.scored.n:
            return None
        known = self.scored.tables[plan].log_sha256[log.replication]
        return log if log.sha256() == known else None

    def facts(self, plan: str, which: str | int) -> Facts | None:
        """What a kept log says about every party; None without the log or the scenario."""
        number = self.replication(plan, which)
        if number is None:
            return None
        if (plan, number) not in self._facts:
            self._facts[plan, number] = self._read(plan, number)
        return self._facts[plan, number]

    def _read(self, plan: str, number: int) -> Facts | None:
        log = self.log(plan, number)
        if log is None or self.world is None:
            return None
        try:
            return read_log(self.world, log)
        except ConservationError:  # written by another version of the program
            self._missing = "program"
            return None
