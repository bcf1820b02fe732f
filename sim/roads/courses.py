"""The courses of roads: how long they are, and points along them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
Int32Array = NDArray[np.int32]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

SAMPLE_SPACING_M = 50.0
"""Largest distance between two sample points of an edge (metres)."""


@dataclass(frozen=True)
class Polylines:
    """Course of every edge: vertices start[e] to start[e+1] of x, y (m), first to last node."""

    start: IntArray
    x: FloatArray
    y: FloatArray


def course_length_mm(lines: Polylines) -> IntArray:
    """Length of every course, int64 in mm."""
    begin, end, _ = _chainage(lines)
    length: IntArray = np.round((end - begin) * 1000).astype(np.int64)
    return length


def _chainage(lines: Polylines) -> tuple[FloatArray, FloatArray, FloatArray]:
    """One chainage (m) over all courses in a row: where each begins and ends, and per vertex."""
    step = np.hypot(np.diff(lines.x, prepend=lines.x[:1]), np.diff(lines.y, prepend=lines.y[:1]))
    first = lines.start[:-1]
    step[first] = 1.0  # a metre between courses keeps the chainages of all edges apart
    chainage = np.cumsum(step)
    return chainage[first], chainage[lines.start[1:] - 1], chainage


def sample_courses(lines: Polylines) -> tuple[IntArray, FloatArray, FloatArray, FloatArray]:
    """Points along every course: first row of each (CSR), x, y (m, to 1 cm), share of the way."""
    begin, end, chainage = _chainage(lines)
    length = end - begin
    # a hair below, so that 100.0 m plus rounding noise stays two pieces
    pieces = np.maximum(np.ceil(length / SAMPLE_SPACING_M - 1e-6), 1).astype(np.int64)
    start = starts(pieces + 1)
    edge = np.repeat(np.arange(len(pieces)), pieces + 1)
    share = (np.arange(start[-1]) - start[edge]) / pieces[edge]
    at = np.minimum(begin[edge] + share * length[edge], end[edge])
    x = np.round(np.interp(at, chainage, lines.x), 2)
    y = np.round(np.interp(at, chainage, lines.y), 2)
    return start, x, y, share


def starts(counts: NDArray[Any]) -> IntArray:
    """Row at which each group begins when groups of these sizes stand one after another."""
    start = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=start[1:])
    return start
