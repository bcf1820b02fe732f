"""Queues played by the dispatch engine: calls drawn by key, waits as it finds them, intervals.

Inputs are drawn with floats (they are the experiment, not the engine); the engine counts in ms.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from sim.clock import MS_PER_HOUR
from sim.draws import Draws, child_keys
from sim.forces.field import Manner
from sim.forces.incidents import Call, Incident
from sim.forces.player import MatrixTravel, Player
from sim.forces.rules import Nearest
from sim.forces.units import UnitSpec

Floats = NDArray[np.float64]
Law = Callable[[Floats], Floats]
"""Service law with mean 1 as a quantile function."""


def uniform(seed: int, purpose: str, count: int) -> Floats:
    """Keyed uniform numbers between 0 and 1, never 0 or 1."""
    return (Draws(seed, 0).u32(purpose, child_keys(7, count)) + 0.5) / 2**32


def exponential(u: Floats) -> Floats:
    """Exponential, mean 1."""
    return -np.log1p(-u)


def ms(hours: Floats) -> list[int]:
    """Hours as whole ms."""
    rounded: list[int] = np.rint(hours * MS_PER_HOUR).astype(np.int64).tolist()
    return rounded


def poisson_ms(rate_per_h: float, count: int, seed: int) -> list[int]:
    """Moments of a Poisson stream."""
    return ms(np.cumsum(exponential(uniform(seed, "gap", count))) / rate_per_h)


def calls_of(at_ms: Sequence[int], work_ms: Sequence[int]) -> list[Call]:
    """Calls at one place."""
    return [Call(k, at, 0, work) for k, (at, work) in enumerate(zip(at_ms, work_ms, strict=True))]


def play(calls: Sequence[Call], units: int, manner: Manner | None = None) -> list[Incident]:
    """Calls at the very place where the units wait: nobody drives."""
    played = Player([UnitSpec((1,), 0)] * units, MatrixTravel([[0]]), manner or Manner(Nearest()))
    return played.play(calls)


def waits_h(incidents: Sequence[Incident]) -> Floats:
    """Hours from the call to the beginning of work."""
    return np.array([i.response_ms for i in incidents]) / MS_PER_HOUR


@dataclass(frozen=True)
class Estimate:
    """A mean with the half-width of its interval."""

    mean: float
    half: float

    def holds(self, value: float) -> bool:
        """Whether the interval contains a value."""
        return abs(self.mean - value) <= self.half


def estimate(
    series: Floats, cover: float = 0.95, batches: int = 30, controls: Sequence[Floats] = ()
) -> Estimate:
    """Mean of a series in time with an interval from batches; its first twentieth is left out.

    Controls are series that go with it and have mean 0, such as gaps and works less their means:
    what they explain of the batches' spread is taken off (control variates).
    """
    means = [_batch_means(what, batches) for what in (series, *controls)]
    return of_batches(means[0], cover, means[1:])


def of_batches(means: Floats, cover: float = 0.95, controls: Sequence[Floats] = ()) -> Estimate:
    """Mean and interval of independent means, by regression on the controls."""
    design = np.column_stack([np.ones(len(means)), *controls])
    fitted, *_ = np.linalg.lstsq(design, means, rcond=None)
    free = len(means) - design.shape[1]
    variance = float(((means - design @ fitted) ** 2).sum()) / free
    spread = (variance * float(np.linalg.inv(design.T @ design)[0, 0])) ** 0.5
    return Estimate(float(fitted[0]), float(student.ppf(0.5 + cover / 2, free)) * spread)


def _batch_means(series: Floats, batches: int) -> Floats:
    parts = np.array_split(series[len(series) // 20 :], batches)
    return np.array([part.mean() for part in parts])
