"""The nights of a search on disk: what was played once is not played again, whatever ended it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sim.experiment.identity import code_sha256
from sim.experiment.lock import folder_lock
from sim.experiment.player import Played
from sim.experiment.results import Results
from sim.optimize.preposition.setting import Setting

ANSWERS = Path("runs") / ".answers"
"""Below the present folder; the pages keep their answers there too."""


class KeptNights:
    """Nights kept in one file, by scene and number."""

    def __init__(self, results: Results | None) -> None:
        self._results = results
        self._read: dict[str, dict[int, Played]] = {}

    def find(self, scene: str, night: int) -> Played | None:
        """What was played before, in this search or an earlier one."""
        if scene not in self._read:
            some = self._results.played(scene) if self._results is not None else []
            self._read[scene] = {one.replication: one for one in some}
        return self._read[scene].get(night)

    def keep(self, played: Played) -> None:
        """Remember a night.

        Raises:
            sqlite3.OperationalError: the disk is full or cannot be written.
        """
        self._read.setdefault(played.plan, {})[played.replication] = played
        if self._results is not None:
            self._results.add([played])


@contextmanager
def kept_nights(folder: Path | None) -> Iterator[KeptNights]:
    """The nights in a folder, which is made and held for this process; None keeps nothing.

    Raises:
        FolderBusyError: another search of the same question is under way.
        OSError, sqlite3.Error: the folder cannot be written.
    """
    if folder is None:
        yield KeptNights(None)
        return
    folder.mkdir(parents=True, exist_ok=True)
    with folder_lock(folder), Results(folder / "nights.sqlite", write=True) as results:
        yield KeptNights(results)


def folder_of(setting: Setting, seed: int, root: Path = ANSWERS) -> Path:
    """Where the nights of a question lie: named after all that decides what is played."""
    ids = setting.world.places.ids
    said = [
        setting.world.folder.input_hash, setting.plan.spec.model_dump_json(), seed,
        setting.kind.name, [unit.id for unit in setting.units],
        [ids[place] for place in setting.posts.places], code_sha256(), _own_code(),
    ]  # fmt: skip
    digest = hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]
    name = f"nights-{setting.plan.id}-{setting.kind.name}-{digest}"
    return root / setting.world.folder.path.name / name


@cache
def _own_code() -> str:
    """Hash over the code that turns a night into numbers here."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
