"""Where the dashboard works: told by ``yuyan ui`` through the environment."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sim
from sim.io.scenario_folder import SCENARIO

HOME = "YUYAN_HOME"
"""Working folder: runs lie in ``runs/`` below it, own scenarios in ``scenarios/``."""
OPEN = "YUYAN_OPEN"
"""Scenario folder or run folder to open first; may be empty."""

FREE = "可自由修改"
"""Stands in the first line of an own scenario, wherever it lies."""
_ROOT = Path(str(sim.__file__)).resolve().parent.parent / "scenarios"
SHIPPED = (_ROOT, _ROOT / "history")


def is_shipped(scenario: Path) -> bool:
    """Whether a scenario came with the program.

    Beside the shipped scenarios own ones may lie (``yuyan ui`` started in the program's folder):
    those say in their first line that they may be changed.
    """
    here = scenario.resolve()
    return here.parent in SHIPPED and (here / SCENARIO).is_file() and FREE not in _first(here)


def _first(scenario: Path) -> str:
    try:
        with (scenario / SCENARIO).open(encoding="utf-8", errors="replace") as file:
            return file.readline()
    except OSError:
        return ""


@dataclass(frozen=True)
class Settings:
    """Folders of one dashboard; ``opened`` is the scenario or run named on the command line."""

    home: Path
    opened: Path | None

    @property
    def runs(self) -> Path:
        """Folder in which runs are kept, the same that ``yuyan run`` uses."""
        return self.home / "runs"

    def run_folders(self) -> Iterator[Path]:
        """Folders that hold a run, the opened one first."""
        if self.opened is not None and (self.opened / "run.json").is_file():
            yield self.opened
        if self.runs.is_dir():
            for folder in sorted(self.runs.iterdir()):
                if folder != self.opened and (folder / "run.json").is_file():
                    yield folder

    def scenario_folders(self) -> Iterator[Path]:
        """Scenarios a planner may play: the opened one, his own, those that come with Yuyan."""
        roots = dict.fromkeys((self.home / "scenarios", self.home, *SHIPPED))
        seen: set[Path] = set()
        opened = () if self.opened is None else (self.opened,)
        for folder in (*opened, *(f for root in roots for f in _children(root))):
            if (folder / "scenario.yaml").is_file() and folder.resolve() not in seen:
                seen.add(folder.resolve())
                yield folder

    def shipped_folders(self) -> list[Path]:
        """Scenarios that come with Yuyan; own ones that lie beside them are not among them."""
        shipped = (folder for root in SHIPPED for folder in _children(root))
        return [folder for folder in shipped if is_shipped(folder)]


def _children(root: Path) -> list[Path]:
    return sorted(root.iterdir()) if root.is_dir() else []


def settings_from_environment() -> Settings:
    """The folders ``yuyan ui`` named; the present folder when it named none."""
    opened = os.environ.get(OPEN, "")
    return Settings(
        Path(os.environ.get(HOME) or Path.cwd()).resolve(),
        Path(opened).resolve() if opened else None,
    )
