"""What the optimisers answered: the JSON they print, kept as files, read back by the pages."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.jobs import Work, read_json
from dashboard.settings import Settings
from dashboard.store import Stamp, stamp_of
from sim.io.scenario_folder import ScenarioFolder


@dataclass(frozen=True)
class Answer:
    """An answer on disk: the file, what the command printed, when (seconds since the epoch)."""

    file: Path
    document: dict[str, Any]
    at: float

    @property
    def plan(self) -> str:
        """The plan it is about; the optimiser of orders can be asked about several at once."""
        first = next(iter(self.document.get("plans", ())), self.document)
        return str(first.get("plan"))

    def holds(self, folder: ScenarioFolder) -> bool:
        """Whether scenario and plan still say what they said when it was worked out."""
        return bool(self.document.get("input_hash") == folder.input_hash)


def answer_folder(settings: Settings, scenario: Path) -> Path:
    """Where the answers about a scenario lie."""
    return settings.runs / ".answers" / scenario.name


def question(
    settings: Settings, folder: ScenarioFolder, options: tuple[str, ...], lang: str
) -> Work:
    """The job that asks an optimiser about the one plan that was read.

    Args:
        options: name of the optimiser, then how it is asked.
    """
    (plan,) = folder.plans
    asked = json.dumps([str(folder.path), folder.input_hash, plan, *options])
    digest = hashlib.sha256(asked.encode()).hexdigest()[:12]
    file = answer_folder(settings, folder.path) / f"{options[0]}-{plan}-{digest}.json"
    name = folder.spec.name
    return Work(
        "answer", str(folder.path), (plan,), 0, 0, str(file),
        {"zh": name.text("zh"), "en": name.text("en")}, lang, options=options,
    )  # fmt: skip


def answers_of(settings: Settings, scenario: Path, optimiser: str, plan: str) -> list[Answer]:
    """Answers about a plan, the newest first."""
    place = answer_folder(settings, scenario)
    files = place.glob(f"{optimiser}-{plan}-*.json") if place.is_dir() else ()
    found = (_answer(file, stamp_of(file)) for file in files)
    mine = [one for one in found if one.plan == plan]
    return sorted(mine, key=lambda one: one.at)[::-1]


@st.cache_data(max_entries=100, show_spinner=False)
def _answer(file: Path, stamp: Stamp) -> Answer:
    return Answer(file, read_json(file), stamp[0] / 1e9)
