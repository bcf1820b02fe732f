"""Plans on disk as the plan page changes them: never by accident."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dashboard.ids import TakenError, is_taken, must_be_id
from dashboard.plan_yaml import plan_text
from sim.experiment.lock import FolderBusyError, folder_lock
from sim.experiment.store import replace_file
from sim.io.folder_plans import ENDINGS
from sim.io.yaml_strict import Yaml, YamlFile, read_yaml
from sim.schema.problems import InputError, Problem

TRIES, WAIT_S = 40, 0.05


class ChangedError(RuntimeError):
    """Somebody else has written the plan since it was opened."""


@dataclass(frozen=True)
class PlanOnDisk:
    """A plan file as it was read.

    Attributes:
        stamp: SHA-256 of its bytes; another one means that somebody wrote it.
        source: its content, and what the strict reader found.
    """

    path: Path
    stamp: str
    text: str
    source: YamlFile

    @property
    def id(self) -> str:
        """Name of the plan."""
        return self.path.stem

    @property
    def usable(self) -> bool:
        """Whether the page can change it: what it cannot read it must not write."""
        return self.source.value is not None and not self.source.problems


def plan_paths(scenario: Path) -> dict[str, Path]:
    """Plan files of a scenario by id, sorted; links that lead out of it are left out."""
    folder, found = scenario / "plans", {}
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            inside = path.resolve().is_relative_to(scenario.resolve())
            if path.suffix in ENDINGS and not path.name.startswith((".", "~$")) and inside:
                found.setdefault(path.stem, path)
    return found


def read_plan(path: Path) -> PlanOnDisk:
    """A plan as it stands on disk.

    Raises:
        InputError: it cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        problem = Problem("file.unreadable", f"plans/{path.name}", found=error.strerror)
        raise InputError([problem]) from error
    text = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    source = read_yaml(data, f"plans/{path.name}")
    return PlanOnDisk(path, hashlib.sha256(data).hexdigest(), text, source)


def new_plan(scenario: Path, name: str, value: Mapping[str, Yaml], like: str = "") -> PlanOnDisk:
    """A new plan file, laid out like another one.

    Raises:
        TakenError: there is a plan of this name.
        OSError: it cannot be written.
    """
    must_be_id(name)
    folder = scenario / "plans"
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.yaml"
    with _alone(folder):
        if is_taken(folder, path.name) or name in plan_paths(scenario):
            raise TakenError(name)
        replace_file(path, plan_text(value, like))
    return read_plan(path)


def save_plan(old: PlanOnDisk, value: Mapping[str, Yaml], force: bool = False) -> PlanOnDisk:
    """Write a changed plan over the one it was opened from.

    Raises:
        ChangedError: the file is not the one that was opened (unless forced).
        OSError: it cannot be written; the old file is still there.
    """
    with _alone(old.path.parent):
        now = read_plan(old.path) if old.path.exists() else None
        if not force and (now is None or now.stamp != old.stamp):
            raise ChangedError(old.id)
        replace_file(old.path, plan_text(value, now.text if now and now.usable else old.text))
    return read_plan(old.path)


def remove_plan(old: PlanOnDisk) -> Path:
    """Take a plan off the list; its file is kept in a hidden folder, where it lies now.

    Raises:
        OSError: it cannot be moved.
    """
    kept = old.path.parent / ".removed"
    kept.mkdir(exist_ok=True)
    with _alone(old.path.parent):
        target = kept / f"{old.id}-{time.strftime('%Y%m%d-%H%M%S')}-{old.stamp[:6]}.yaml"
        old.path.replace(target)
    return target


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Between looking and writing nobody else writes plans of this folder."""
    mine = folder / ".writing"
    mine.mkdir(exist_ok=True)
    for attempt in range(TRIES):
        try:
            with folder_lock(mine):
                yield
                return
        except FolderBusyError:
            if attempt == TRIES - 1:
                raise
            time.sleep(WAIT_S)
