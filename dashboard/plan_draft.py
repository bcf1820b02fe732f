"""What a planner has changed and not saved yet: a small file per browser tab, so nothing is lost.

A tab carries the token of its draft in its address; a reload finds it there again. When a tab is
doubled, both start from the same draft, and the one that writes second gets a draft of its own.
"""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from dashboard.jobs import read_json
from dashboard.plan_files import PlanOnDisk
from dashboard.settings import Settings
from sim.experiment.store import replace_file
from sim.io.yaml_strict import Path as KeyPath
from sim.io.yaml_strict import Yaml

TOKEN = re.compile(r"[0-9a-f]{16}")
UNDO = 50


@dataclass
class Draft:
    """The plan as it stands in the page.

    Attributes:
        file: where it is kept while it differs from the plan on disk.
        plan: the plan it was opened from.
        writer: which session writes this file.
        generation: grows when the page must forget what its fields show.
        picked: how often a list was changed on the map: only its own field forgets.
    """

    file: Path
    plan: PlanOnDisk
    value: dict[str, Yaml]
    writer: str
    generation: int = 0
    picked: dict[KeyPath, int] = field(default_factory=dict)
    before: list[dict[str, Yaml]] = field(default_factory=list)

    @property
    def token(self) -> str:
        """Name of the draft in the address."""
        return self.file.stem

    @property
    def dirty(self) -> bool:
        """Whether something differs from the plan on disk."""
        return self.value != self.plan.source.value

    def put(self, path: KeyPath, value: Yaml, redraw: bool = False) -> None:
        """Set the entry at a path; missing sections on the way are made."""
        fresh = deepcopy(self.value)
        here: Any = fresh
        for part, inner in pairwise(path):
            if isinstance(here, dict) and not isinstance(here.get(part), (dict, list)):
                here[part] = [] if isinstance(inner, int) else {}
            here = here[part]
        here[path[-1]] = value
        self.replace(fresh, redraw)

    def drop(self, path: KeyPath, redraw: bool = False) -> None:
        """Take an entry out; nothing when it is not there."""
        fresh = deepcopy(self.value)
        here: Any = fresh
        for part in path[:-1]:
            if isinstance(here, dict) and part not in here:
                return
            here = here[part]
        if isinstance(here, dict):
            here.pop(path[-1], None)
        else:
            del here[path[-1]]
        self.replace(fresh, redraw)

    def replace(self, value: dict[str, Yaml], redraw: bool = True) -> None:
        """Take a whole new content; the present one can be had back."""
        if value == self.value:
            return
        self.before = [*self.before[1 - UNDO :], self.value]
        self._set(value, redraw)

    def undo(self) -> None:
        """Go back one step."""
        if self.before:
            self._set(self.before.pop(), True)

    def _set(self, value: dict[str, Yaml], redraw: bool) -> None:
        self.value = value
        self.generation += redraw
        self.keep()

    def keep(self) -> None:
        """Write the draft, or take its file away when nothing differs any more."""
        known = read_json(self.file)
        if known and known.get("writer") != self.writer:
            self.file = self.file.with_name(f"{secrets.token_hex(8)}.json")
        if not self.dirty:
            self.file.unlink(missing_ok=True)
            return
        self.file.parent.mkdir(parents=True, exist_ok=True)
        kept = {
            "path": str(self.plan.path.resolve()),
            "stamp": self.plan.stamp,
            "writer": self.writer,
            "at": time.time(),
            "value": self.value,
        }
        replace_file(self.file, json.dumps(kept, ensure_ascii=False))


@dataclass(frozen=True)
class Kept:
    """A draft on disk: which plan, when it was last changed."""

    file: Path
    path: Path
    at: float


def folder_of(settings: Settings) -> Path:
    """Where drafts are kept."""
    return settings.runs / ".drafts"


def begin(settings: Settings, plan: PlanOnDisk, writer: str) -> Draft:
    """A draft in which nothing is changed yet."""
    value = deepcopy(plan.source.value or {})
    return Draft(folder_of(settings) / f"{secrets.token_hex(8)}.json", plan, value, writer)


def resume(settings: Settings, token: str, plan: PlanOnDisk, writer: str) -> Draft | None:
    """The draft of this plan under a token from an address; None when there is none.

    The plan on disk may have changed since; then ``Draft.plan`` keeps the stamp of the old one, so
    that saving notices it.
    """
    if not TOKEN.fullmatch(token):
        return None
    file = folder_of(settings) / f"{token}.json"
    known = read_json(file)
    if known.get("path") != str(plan.path.resolve()) or not isinstance(known.get("value"), dict):
        return None
    opened = PlanOnDisk(plan.path, str(known.get("stamp")), plan.text, plan.source)
    draft = Draft(file, opened, known["value"], writer)
    replace_file(file, json.dumps({**known, "writer": writer}, ensure_ascii=False))
    return draft


def kept_drafts(settings: Settings) -> Iterator[Kept]:
    """Drafts on disk, the latest first."""
    folder = folder_of(settings)
    files = folder.glob("*.json") if folder.is_dir() else ()
    found = []
    for file in files:
        known = read_json(file)
        if TOKEN.fullmatch(file.stem) and isinstance(known.get("at"), float):
            found.append(Kept(file, Path(str(known.get("path"))), known["at"]))
    yield from sorted(found, key=lambda one: -one.at)
