"""The same nights for every placement: plays what is missing, remembers what was played."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.experiment.executors import Crew, available_cores, open_crew
from sim.experiment.player import Played
from sim.optimize.preposition.nights_kept import KeptNights, kept_nights
from sim.optimize.preposition.player import PlacementPlayer

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]


class Bench:
    """All nights of one question, played by the same workers from beginning to end.

    Attributes:
        runs: scenes times nights asked for so far, each counted once, kept or not, so that a
            search that goes on takes the same way. played: those of them that had to be played.
        wanted: how many ``runs`` are expected in all.
    """

    def __init__(
        self, crew: Crew, kept: KeptNights, progress: Progress | None, wanted: int
    ) -> None:
        self.crew, self.kept, self.progress, self.wanted = crew, kept, progress, wanted
        self.runs = self.played = 0
        self._known: dict[tuple[str, int], Played] = {}

    def play(self, scenes: Sequence[str], nights: Sequence[int]) -> None:
        """Make sure that all scenes are played on all nights.

        All scenes of a night are played by one worker, for which its roads are known then.
        """
        waiting: list[Future[list[Played]]] = []
        left = 0
        for night in nights:
            missing = []
            for scene in dict.fromkeys(scenes):
                if (scene, night) in self._known:
                    continue
                self.runs += 1
                found = self.kept.find(scene, night)
                if found is None:
                    missing.append(scene)
                else:
                    self._known[scene, night] = found
            if missing:
                waiting.append(self.crew.play([(night, tuple(missing))]))
                left += len(missing)
        for future in as_completed(waiting):
            for one in future.result():
                self._known[one.plan, one.replication] = one
                self.kept.keep(one)
                self.played, left = self.played + 1, left - 1
            if self.progress is not None:
                self.progress(min(self.runs - left, self.wanted), self.wanted)

    def of(self, scene: str, nights: Sequence[int]) -> list[Played]:
        """What was played of a scene, night by night."""
        self.play([scene], nights)
        return [self._known[scene, night] for night in nights]

    def values(self, scene: str, nights: Sequence[int], measure: str) -> Floats:
        """A measure night by night, float64[nights]; NaN where a night does not have it."""
        found = [one.measures.get(measure, np.nan) for one in self.of(scene, nights)]
        return np.array(found, dtype=np.float64)


@contextmanager
def open_bench(
    player: PlacementPlayer, how: tuple[int, Path | None, Progress | None, int]
) -> Iterator[Bench]:
    """A bench with its workers.

    Args:
        how: workers (0: all cores), folder in which nights are kept, whom to tell, runs wanted.

    Raises:
        FolderBusyError, OSError, sqlite3.Error: see ``kept_nights``.
    """
    workers, folder, progress, wanted = how
    with (
        open_crew(player, workers or available_cores()) as crew,
        kept_nights(folder) as kept,
    ):
        yield Bench(crew, kept, progress, wanted)
