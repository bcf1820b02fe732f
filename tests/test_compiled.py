"""Named tuples of arrays for compiled kernels."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from numba import int64, njit, typeof

from sim.compiled import I64, sealed, tuple_type


class Pair(NamedTuple):
    """An array and a number."""

    values: np.ndarray
    number: int


def test_a_sealed_tuple_sees_the_same_numbers_and_cannot_be_written() -> None:
    """The sealed array shows what is written to the open one, and refuses to be written."""
    given = Pair(np.zeros(3, dtype=np.int64), 7)
    shut = sealed(given)
    given.values[1] = 5
    assert shut.values.tolist() == [0, 5, 0] and shut.number == 7
    with pytest.raises(ValueError, match="read-only"):
        shut.values[0] = 1


def test_a_kernel_takes_the_tuple_its_signature_names() -> None:
    """tuple_type is what Numba sees in a sealed tuple; one that may be written is refused."""
    kind = tuple_type(Pair, I64, int64)
    given = Pair(np.arange(4), 3)
    assert typeof(sealed(given)) == kind

    @njit(int64(kind))
    def total(pair):  # type: ignore[no-untyped-def]
        return pair.values.sum() * pair.number

    assert total(sealed(given)) == 18
    with pytest.raises(TypeError, match="No matching definition"):
        total(given)
