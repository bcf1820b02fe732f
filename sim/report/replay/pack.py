"""Arrays on their way to the page: little-endian bytes in base64, with the name of their type."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Packed = dict[str, str]
NAMES = {"u1": "u8", "u2": "u16", "u4": "u32", "i2": "i16", "i4": "i32", "f4": "f32"}
"""numpy's name of a type to the page's name of its typed array."""


def pack(values: ArrayLike, kind: str) -> Packed:
    """A column as text.

    Args:
        values: whole numbers (or floats for ``f4``).
        kind: key of NAMES.

    Raises:
        ValueError: a value does not fit the type.
    """
    given = np.asarray(values)
    column = given.astype("<" + kind)
    if kind != "f4" and len(given) and (column.astype(np.int64) != given.astype(np.int64)).any():
        raise ValueError(f"values {given.min()} to {given.max()} do not fit {kind}")
    return {"type": NAMES[kind], "data": base64.b64encode(column.tobytes()).decode("ascii")}


def unpack(packed: Packed) -> NDArray[Any]:
    """The column again, as the page reads it (for tests and for checks)."""
    kind = next(ours for ours, theirs in NAMES.items() if theirs == packed["type"])
    return np.frombuffer(base64.b64decode(packed["data"]), dtype="<" + kind)


def narrowest(largest: int) -> str:
    """The smallest unsigned type that holds 0 to ``largest``."""
    return "u1" if largest < 1 << 8 else "u2" if largest < 1 << 16 else "u4"


def changes(values: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[Any]]:
    """Rows of a step function as the steps at which they change.

    Args:
        values: [n_rows, n_steps].

    Returns:
        start int64[n_rows + 1], and step and value of every change; every row begins at step 0.
    """
    n_rows, n_steps = values.shape
    changed = np.ones((n_rows, n_steps), dtype=np.bool_)
    changed[:, 1:] = values[:, 1:] != values[:, :-1]
    start = np.zeros(n_rows + 1, dtype=np.int64)
    np.cumsum(changed.sum(axis=1), out=start[1:])
    row, step = np.nonzero(changed)
    return start, step.astype(np.int64), values[row, step]
