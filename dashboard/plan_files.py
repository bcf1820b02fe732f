"""Plans and scenarios on disk as the plan page changes them: own ones only, never by accident."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sim
from dashboard.plan_yaml import plan_text
from dashboard.settings import Settings
from sim.experiment.lock import FolderBusyError, folder_lock
from sim.experiment.store import replace_file
from sim.io.folder_plans import ENDINGS
from sim.io.scenario_folder import SCENARIO
from sim.io.yaml_strict import Yaml, YamlFile, read_yaml
from sim.schema.problems import InputError, Problem

_ID = re.compile(r"\w[\w.-]{0,59}")
_DEVICES = {"con", "prn", "aux", "nul", *(f"{n}{k}" for n in ("com", "lpt") for k in range(1, 10))}
"""Names that Windows keeps for itself."""
LEFT_BEHIND = ("*.py", "making", "__pycache__", ".*", "~$*")
"""What makes a shipped scenario is not part of a copy."""
FREE = "可自由修改"
COPIED = f"# 由预演复制，{FREE} | copied by Yuyan, change it as you like\n"
TRIES, WAIT_S = 40, 0.05


class ChangedError(RuntimeError):
    """Somebody else has written the plan since it was opened."""


class TakenError(RuntimeError):
    """There is a plan or a scenario of this name already."""


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


def id_fault(name: str) -> str | None:
    """Why a name cannot be the id of a plan or scenario (a key of words); None when it can.

    Ids become file names: letters of any script, digits, ``_``, ``-`` and ``.`` inside.
    """
    if not name:
        return "plans.id_empty"
    plain = name.casefold().partition(".")[0]
    if not _ID.fullmatch(name) or name.endswith((".", *ENDINGS)) or plain in _DEVICES:
        return "plans.id_bad"
    return None if len(name.encode()) <= 200 else "plans.id_bad"


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


def is_own(scenario: Path) -> bool:
    """Whether plans may be written here: it did not come with the program, and can be written.

    Beside the shipped scenarios own ones may lie (``yuyan ui`` started in the program's folder):
    those say in their first line that they may be changed.
    """
    shipped = Path(str(sim.__file__)).resolve().parent.parent / "scenarios"
    here = scenario.resolve()
    beside = here.parent in (shipped, shipped / "history")
    return (not beside or FREE in _first_line(here)) and _can_write(here)


def _first_line(scenario: Path) -> str:
    try:
        with (scenario / SCENARIO).open(encoding="utf-8", errors="replace") as file:
            return file.readline()
    except OSError:
        return ""


def _can_write(scenario: Path) -> bool:
    folder = scenario / "plans"
    try:
        folder.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".try"):
            return True
    except OSError:
        return False


def free_id(wanted: str, taken: Mapping[str, object] | set[str]) -> str:
    """The first of ``wanted_2``, ``wanted_3`` … that nobody has."""
    used = {one.casefold() for one in taken}
    number = 2
    while f"{wanted}_{number}".casefold() in used:
        number += 1
    return f"{wanted}_{number}"


def copy_scenario(settings: Settings, scenario: Path, name: str) -> Path:
    """An own copy of a scenario below ``scenarios/``; either whole or not there.

    Raises:
        TakenError: there is something of this name.
        OSError: it cannot be written.
    """
    _must_be_id(name)
    home = settings.home / "scenarios"
    home.mkdir(parents=True, exist_ok=True)
    target = home / name
    if _taken(home, name):
        raise TakenError(name)
    with tempfile.TemporaryDirectory(dir=home, prefix=".copy") as part:
        fresh = Path(part) / name
        shutil.copytree(scenario, fresh, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
        _say_that_it_is_free(fresh / SCENARIO)
        fresh.rename(target)
    return target


def _say_that_it_is_free(file: Path) -> None:
    text = file.read_text(encoding="utf-8-sig")
    first, _, rest = text.partition("\n")
    if FREE not in first:
        replace_file(file, COPIED + (rest if "make.py" in first else text))


def new_plan(scenario: Path, name: str, value: Mapping[str, Yaml], like: str = "") -> PlanOnDisk:
    """A new plan file, laid out like another one.

    Raises:
        TakenError: there is a plan of this name.
        OSError: it cannot be written.
    """
    _must_be_id(name)
    folder = scenario / "plans"
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.yaml"
    with _alone(folder):
        if _taken(folder, path.name) or name in plan_paths(scenario):
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


def _must_be_id(name: str) -> None:
    if id_fault(name) is not None:
        raise ValueError(f"{name!r} cannot be an id")


def _taken(folder: Path, name: str) -> bool:
    """Whether a name is used, also where upper and lower case are the same."""
    return any(one.name.casefold() == name.casefold() for one in folder.iterdir())


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
