"""The numbers of one plan over its replications, as every statistic wants them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class ResultTable:
    """All finished replications of one plan, 0 … n−1.

    Attributes:
        values: measure to float64[n]: +inf not reached, NaN unknown in that replication.
        members: hazard member of every replication, int64[n], -1 unknown.
        log_sha256: hash of every replication's log.
    """

    plan: str
    n: int
    values: Mapping[str, NDArray[np.float64]]
    members: NDArray[np.int64]
    log_sha256: tuple[str, ...]

    def of(self, measure: str) -> NDArray[np.float64]:
        """Values of a measure, float64[n]; all NaN when no replication knows it."""
        found = self.values.get(measure)
        return np.full(self.n, np.nan) if found is None else found


def hash_of_hashes(hashes: Sequence[str]) -> str:
    """SHA-256 over hashes in the order given."""
    return hashlib.sha256("".join(hashes).encode("ascii")).hexdigest()
