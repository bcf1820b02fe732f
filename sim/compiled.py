"""What compiled kernels share: types of what they read, how they are compiled, named tuples.

Arrays that belong together are handed to a kernel as one named tuple. Inside a tuple Numba tells
arrays for reading from arrays for writing exactly as the signature does; an array by itself may
be either where the signature only reads it.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numba import boolean, int8, int32, int64, types
from numpy.typing import NDArray

I8 = types.Array(int8, 1, "C", readonly=True)
I32 = types.Array(int32, 1, "C", readonly=True)
I64 = types.Array(int64, 1, "C", readonly=True)
BOOL = types.Array(boolean, 1, "C", readonly=True)
I32_2D = types.Array(int32, 2, "C", readonly=True)
I64_2D = types.Array(int64, 2, "C", readonly=True)
"""Arrays for reading; int64[::1] and the like are for writing."""

OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}

_Row = TypeVar("_Row", bound=np.generic)
_Rows = TypeVar("_Rows", bound=tuple[Any, ...])


def tuple_type(kind: type, *of: Any) -> Any:
    """The type of a named tuple in a signature; of: the types of its fields."""
    return types.BaseTuple.from_types(of, kind)  # type: ignore[no-untyped-call]


def for_reading(array: NDArray[_Row]) -> NDArray[_Row]:
    """The same array for a field that the kernel only reads; who writes the array, writes both."""
    view = array.view()
    view.flags.writeable = False
    return view


def sealed(rows: _Rows) -> _Rows:
    """The same named tuple, all its arrays for reading."""
    return type(rows)._make(  # type: ignore[attr-defined,no-any-return]
        for_reading(field) if isinstance(field, np.ndarray) else field for field in rows
    )
