"""Distributions compiled to integer tables, so that a draw is a look-up and never a formula.

A table maps a 32-bit draw to a whole number of the quantity's smallest unit (milliseconds for
durations, billionths for shares). Continuous distributions become 4,097 quantiles at equally
spaced shares with straight lines between them: 12 bits pick the cell, 20 bits the place in it.
Where a distribution has no smallest or largest value, its outermost quantile stands at half a
cell, 1/8192 or 1 − 1/8192: nobody is slower than that. Atoms (counts, lists of values) keep their
exact steps, and mixtures pick a part by the same draw. Tables come from ``portable_math``, whose
results are the same bits on every processor; the look-up is integer arithmetic.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from sim import portable_math
from sim.clock import MS_PER_MIN
from sim.draws_quantiles import CELLS, beta_steps, quantiles
from sim.schema import distributions as d

Draws32 = NDArray[np.uint32]
Whole = NDArray[np.int64]

SHARE_UNIT = 1_000_000_000
"""Shares are whole billionths."""
NUMBER_UNIT = 1_000_000
"""Other numbers are whole millionths unless the caller says otherwise."""
LEAST_MEDIAN_MIN = 0.1
"""A lognormal duration has a median above zero."""
FACTOR_UNIT = 1 << 32
"""Factors are Q32 fixed point."""
_LARGEST = (1 << 42) - 1  # a rise times a 20-bit place, or a value times a factor, fits in 63 bits


class LookUp(Protocol):
    """Maps 32-bit draws to whole numbers."""

    def at(self, draws: Draws32) -> Whole:
        """Value of each draw, int64, same shape."""

    def at_one(self, draw: int) -> int:
        """Value of one draw; the same as ``at``."""

    def mean(self) -> float:
        """Mean over all draws, in the table's unit."""

    def least(self) -> int:
        """The smallest value any draw can give."""


@dataclass(frozen=True, slots=True, eq=False)
class QuantileTable:
    """A continuous distribution: 4,097 quantiles, int64, never falling."""

    quantiles: Whole
    rises: Whole

    @staticmethod
    def of(quantiles: Whole) -> QuantileTable:
        return QuantileTable(quantiles, np.diff(quantiles))

    def at(self, draws: Draws32) -> Whole:
        cell = (draws >> np.uint32(20)).astype(np.intp)
        place = (draws & np.uint32(0xFFFFF)).astype(np.int64)
        place *= self.rises.take(cell)
        place += 1 << 19
        place >>= 20
        place += self.quantiles.take(cell)
        return place

    def at_one(self, draw: int) -> int:
        cell = draw >> 20
        rise = self.rises.item(cell) * (draw & 0xFFFFF)
        return int(self.quantiles.item(cell) + ((rise + 0x80000) >> 20))

    def mean(self) -> float:
        return float((self.quantiles[:-1] + self.quantiles[1:]).sum() / (2 * CELLS))

    def least(self) -> int:
        return int(self.quantiles[0])


@dataclass(frozen=True, slots=True, eq=False)
class StepTable:
    """A distribution with atoms: ``values[i]`` while the draw is below ``below[i]`` (of 2^32)."""

    values: Whole
    below: NDArray[np.uint64]
    steps: tuple[int, ...]

    @staticmethod
    def of(values: Whole, weights: list[int]) -> StepTable:
        total, running, steps = sum(weights), 0, []
        for weight in weights[:-1]:
            running += weight
            steps.append((2 * running * FACTOR_UNIT + total) // (2 * total))
        return StepTable(values, np.array(steps, dtype=np.uint64), tuple(steps))

    def at(self, draws: Draws32) -> Whole:
        if not self.steps:
            return np.full(draws.shape, self.values[0], dtype=np.int64)
        found = np.searchsorted(self.below, draws.astype(np.uint64), side="right")
        return self.values.take(found)

    def at_one(self, draw: int) -> int:
        return int(self.values.item(bisect_right(self.steps, draw)))

    def mean(self) -> float:
        edges = np.array((0, *self.steps, FACTOR_UNIT), dtype=np.float64)
        return float((self.values * np.diff(edges)).sum() / FACTOR_UNIT)

    def least(self) -> int:
        drawn = np.diff(np.array((0, *self.steps, FACTOR_UNIT), dtype=np.int64)) > 0
        return int(self.values[drawn].min())


@dataclass(frozen=True, slots=True, eq=False)
class MixtureTable:
    """Parts side by side on the 32-bit line; the place inside a part is the draw of that part."""

    parts: tuple[LookUp, ...]
    starts: tuple[int, ...]
    widths: tuple[int, ...]

    def at(self, draws: Draws32) -> Whole:
        result = np.empty(draws.shape, dtype=np.int64)
        wide = draws.astype(np.uint64)
        for part, start, width in zip(self.parts, self.starts, self.widths, strict=True):
            chosen = (wide >= start) & (wide < start + width)
            inside = ((wide[chosen] - np.uint64(start)) << np.uint64(32)) // np.uint64(width)
            result[chosen] = part.at(inside.astype(np.uint32))
        return result

    def at_one(self, draw: int) -> int:
        k = bisect_right(self.starts, draw) - 1
        return self.parts[k].at_one(((draw - self.starts[k]) << 32) // self.widths[k])

    def mean(self) -> float:
        weighted = zip(self.parts, self.widths, strict=True)
        return sum(part.mean() * width for part, width in weighted) / FACTOR_UNIT

    def least(self) -> int:
        return min(part.least() for part in self.parts)


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A distribution ready to draw from.

    Attributes:
        table: look-up in the quantity's unit.
        per: level at which one value is drawn.
        factor: Q32 look-up of the factor common to a whole replication, or None.
        low, high: limits of the quantity in its unit, held after the factor.
        one_value: the value itself when nothing is random, else None.
    """

    table: LookUp
    per: d.Level
    factor: QuantileTable | None
    low: int
    high: int
    one_value: int | None

    @property
    def median(self) -> int:
        """Middle value in the quantity's unit, e.g. for a nominal timetable."""
        return self.table.at_one(1 << 31)

    @property
    def smallest(self) -> int:
        """No draw is smaller, shared factor included; for physical bounds."""
        least = self.table.least()
        factor = FACTOR_UNIT if self.factor is None else self.factor.least()
        return max(self.low, min(least, (least * factor) >> 32))


def compile_minutes(spec: d.AnyDistribution | float) -> Compiled:
    """A duration in minutes, drawn in whole milliseconds, never negative."""
    return _compiled(spec, MS_PER_MIN, 0.0, d.LARGEST)


def median_minutes(median: float, p90: float | None) -> Compiled:
    """A duration by its median and P90 in minutes; constant without a P90."""
    if p90 is None:
        return compile_minutes(median)
    return compile_minutes(d.Lognormal(median=max(median, LEAST_MEDIAN_MIN), p90=p90))


def compile_share(spec: d.AnyDistribution | float) -> Compiled:
    """A share, drawn in whole billionths, within 0 and 1 also after a shared factor."""
    return _compiled(spec, SHARE_UNIT, 0.0, 1.0)


def compile_number(spec: d.AnyDistribution | float, unit: int = NUMBER_UNIT) -> Compiled:
    """Any other number, drawn in whole ``1/unit``: 1 for counts, 1000 for metres in millimetres.

    Raises:
        ValueError: the values do not fit into 42 bits in this unit.
    """
    return _compiled(spec, unit, -d.LARGEST, d.LARGEST)


def _compiled(spec: d.AnyDistribution | float, unit: int, low: float, high: float) -> Compiled:
    model = d.constant(spec) if isinstance(spec, (int, float)) else spec
    table = _table(model, unit, low, high)
    spread = model.shared_p90_factor
    factor = None if spread is None or spread == 1.0 else factor_table(spread)
    fixed = isinstance(model, d.Constant) and factor is None
    limits = max(-_LARGEST, round(low * unit)), min(_LARGEST, round(high * unit))
    one_value = table.at_one(0) if fixed else None
    return Compiled(table, model.per, factor, *limits, one_value)


@lru_cache(maxsize=64)
def factor_table(p90: float) -> QuantileTable:
    """Lognormal factor with median 1 and this P90, Q32."""
    return cast(QuantileTable, _table(d.Lognormal(median=1.0, p90=p90), FACTOR_UNIT, 0.0, 1e4))


@lru_cache(maxsize=512)
def _table(spec: d.AnyDistribution, unit: int, low: float, high: float) -> LookUp:
    """The look-up of one distribution; cached, because specifications are frozen."""
    if isinstance(spec, d.Mixture):
        return _mixture(spec, unit, low, high)
    if isinstance(spec, d.Poisson):
        return _poisson(spec.mean, unit)
    if isinstance(spec, d.Constant):
        return StepTable.of(_whole(np.array([spec.value]), unit, low, high), [1])
    if isinstance(spec, d.Empirical):
        weights = [_whole_weight(w) for w in spec.weights or (1.0,) * len(spec.values)]
        return StepTable.of(_whole(np.array(spec.values), unit, low, high), weights)
    if isinstance(spec, d.Beta):
        return QuantileTable.of(beta_steps(spec, unit))
    return QuantileTable.of(_whole(quantiles(spec, low, high), unit, low, high))


def _whole(values: NDArray[np.float64], unit: int, low: float, high: float) -> Whole:
    """Values in whole units, rounded half up, within the limits of the quantity."""
    scaled = np.floor(np.clip(values, low, high) * unit + 0.5)
    if float(np.abs(scaled).max()) > _LARGEST:
        raise ValueError(f"values up to {np.abs(values).max():g} do not fit in steps of 1/{unit}")
    return scaled.astype(np.int64)


def _whole_weight(weight: float) -> int:
    """A weight as an exact fraction of 2^40, so that its running sums are exact."""
    return int(weight * (1 << 40) + 0.5)


def _mixture(spec: d.Mixture, unit: int, low: float, high: float) -> MixtureTable:
    weights = [_whole_weight(part.share) for part in spec.parts]
    edges = (0, *StepTable.of(np.zeros(len(weights), dtype=np.int64), weights).steps, FACTOR_UNIT)
    kept = [k for k in range(len(weights)) if edges[k + 1] > edges[k]]
    return MixtureTable(
        tuple(_table(spec.parts[k].of, unit, low, high) for k in kept),
        tuple(edges[k] for k in kept),
        tuple(edges[k + 1] - edges[k] for k in kept),
    )


def _poisson(mean: float, unit: int) -> StepTable:
    """Counts up to ten standard deviations and 20 above the mean, beyond any 32-bit draw."""
    chances = [float(portable_math.exp(np.array([-mean]))[0])]
    for count in range(1, int(mean + 10.0 * math.sqrt(mean)) + 20):
        chances.append(chances[-1] * mean / count)
    values = np.arange(len(chances), dtype=np.int64) * unit
    weights = [int(c * (1 << 60) + 0.5) for c in chances]
    return StepTable.of(values, weights)
