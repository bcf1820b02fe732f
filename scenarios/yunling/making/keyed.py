"""Keyed draws: every random number of the county is a hash of what it is for.

No generator with a state, so adding a village changes no other village. Only integer hashing and
exact IEEE operations (+ - * / sqrt) are used anywhere in this folder: the same files come out on
every processor and with every Python or numpy version.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

SEED = 20250619
T = TypeVar("T")


def share(*key: object) -> float:
    """A number in [0, 1) that belongs to the key."""
    text = "|".join(str(part) for part in (SEED, *key))
    digest = blake2b(text.encode(), digest_size=6).digest()
    return int.from_bytes(digest, "big") / 2.0**48


def between(low: float, high: float, *key: object) -> float:
    """A number in [low, high)."""
    return low + (high - low) * share(*key)


def whole(low: int, high: int, *key: object) -> int:
    """A whole number from low to high, both included."""
    return low + int((high - low + 1) * share(*key))


def pick(items: Sequence[T], *key: object) -> T:
    """One of the items."""
    return items[int(len(items) * share(*key))]


def noise(x_m: float, y_m: float, cell_m: float, name: str) -> float:
    """Smooth noise between -1 and 1: random values on a grid, eased between its corners."""
    u, v = x_m / cell_m, y_m / cell_m
    i, j = int(u // 1), int(v // 1)
    fu, fv = u - i, v - j
    fu, fv = fu * fu * (3 - 2 * fu), fv * fv * (3 - 2 * fv)
    low = share(name, i, j) * (1 - fu) + share(name, i + 1, j) * fu
    high = share(name, i, j + 1) * (1 - fu) + share(name, i + 1, j + 1) * fu
    return 2 * (low * (1 - fv) + high * fv) - 1


def split(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights that add up to total (largest remainder)."""
    scale = total / sum(weights)
    parts = [int(w * scale) for w in weights]
    by_rest = sorted(range(len(parts)), key=lambda k: (parts[k] - weights[k] * scale, k))
    for k in by_rest[: total - sum(parts)]:
        parts[k] += 1
    return parts
