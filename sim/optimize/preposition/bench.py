"""The same nights for every placement: plays what is missing, remembers what was played."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from sim.experiment.executors import Crew, available_cores, open_crew
from sim.experiment.player import Played
from sim.optimize.preposition.player import PlacementPlayer

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]


class Bench:
    """Nights of one seed. ``runs`` counts what was played.

    What is known can still be asked for when the workers have gone.
    """

    def __init__(self, crew: Crew, seed: int, progress: Progress | None, budget: int) -> None:
        self.crew, self.seed, self.progress, self.budget = crew, seed, progress, budget
        self.runs = 0
        self._known: dict[tuple[str, int], Played] = {}

    def play(self, labels: Sequence[str], nights: Sequence[int]) -> None:
        """Make sure that all labels are played on all nights."""
        waiting: list[Future[list[Played]]] = []
        for night in nights:
            missing = tuple(
                label for label in dict.fromkeys(labels) if (label, night) not in self._known
            )
            if missing:
                waiting.append(self.crew.play([(night, missing)]))
        for future in waiting:
            for one in future.result():
                self._known[one.plan, one.replication] = one
                self.runs += 1
            if self.progress is not None:
                self.progress(min(self.runs, self.budget), self.budget)

    def of(self, label: str, nights: Sequence[int]) -> list[Played]:
        """What was played of a label, night by night."""
        self.play([label], nights)
        return [self._known[label, night] for night in nights]

    def values(self, label: str, nights: Sequence[int], measure: str) -> Floats:
        """A measure night by night, float64[nights]; NaN where a night does not have it."""
        found = [one.measures.get(measure, np.nan) for one in self.of(label, nights)]
        return np.array(found, dtype=np.float64)


@contextmanager
def open_bench(
    player: PlacementPlayer, workers: int, progress: Progress | None, budget: int
) -> Iterator[Bench]:
    """A bench with its workers (0: all cores)."""
    with open_crew(player, workers or available_cores()) as crew:
        yield Bench(crew, player.seed, progress, budget)
