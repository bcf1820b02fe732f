"""Keyed draws: randomness that depends on who and what, never on the order of events.

A draw is a function of (seed, replication, purpose, occurrence, entity key): a chain of
SplitMix64 finalisers (Steele, Lea and Flood 2014), of which the upper 32 bits count. Adding a bus,
a team or a step therefore leaves every other draw as it was, and two plans meet the same night.
Everything from the key to the drawn millisecond is integer arithmetic.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from sim.draws_tables import SHARE_UNIT, Compiled

Keys = NDArray[np.uint64]
Whole = NDArray[np.int64]

_MASK = (1 << 64) - 1
_STEP = 0x9E3779B97F4A7C15
_FIRST = 0xBF58476D1CE4E5B9
_SECOND = 0x94D049BB133111EB

WHOLE_REPLICATION = 0
"""Key of draws that belong to the replication itself and to no entity."""
SHARED = "/shared"
"""Suffix of the purpose under which the factor common to a replication is drawn."""


def stable_key(identifier: str) -> int:
    """64-bit key of an entity's id: the same in every process, run and year (BLAKE2b)."""
    return int.from_bytes(blake2b(identifier.encode(), digest_size=8).digest(), "little")


def stable_keys(identifiers: Sequence[str]) -> Keys:
    """Keys of many ids, uint64 in their order."""
    return np.array([stable_key(identifier) for identifier in identifiers], dtype=np.uint64)


def child_keys(parent_key: int, count: int) -> Keys:
    """Keys of a parent's children 0 … count−1 (households of a settlement), uint64.

    The SplitMix64 stream that starts at the parent's key; a further child changes no other key.
    """
    state = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(_STEP)
    state += np.uint64(parent_key)
    return _finalise(state)


def mix(word: int) -> int:
    """SplitMix64's finaliser after one step: the generator's output at state ``word``."""
    z = (word + _STEP) & _MASK
    z = ((z ^ (z >> 30)) * _FIRST) & _MASK
    z = ((z ^ (z >> 27)) * _SECOND) & _MASK
    return z ^ (z >> 31)


def _finalise(state: Keys) -> Keys:
    """The finaliser on an array, in place."""
    state ^= state >> np.uint64(30)
    state *= np.uint64(_FIRST)
    state ^= state >> np.uint64(27)
    state *= np.uint64(_SECOND)
    state ^= state >> np.uint64(31)
    return state


@lru_cache(maxsize=4096)
def _purpose_key(purpose: str) -> int:
    return stable_key(purpose)


def share_q32(share: float) -> int:
    """A probability as a threshold for 32-bit draws: 0 never, 1 always."""
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"share(={share}) must lie between 0 and 1")
    return int(share * (1 << 32) + 0.5)


def shares_q32(billionths: Whole) -> Whole:
    """Shares drawn in billionths as thresholds for ``Draws.chance``."""
    return ((billionths << 32) + SHARE_UNIT // 2) // SHARE_UNIT


class Draws:
    """All randomness of one replication.

    A purpose says what is drawn (``"household/prepare"``); a key says for whom (``stable_key``,
    ``child_keys``); an occurrence counts attempts or trips of the same entity.
    """

    __slots__ = ("_base", "_starts", "replication", "seed")

    def __init__(self, seed: int, replication: int) -> None:
        if not (0 <= seed <= _MASK and 0 <= replication <= _MASK):
            raise ValueError(f"seed(={seed}) and replication(={replication}) must be ≥ 0, < 2^64")
        self.seed = seed
        self.replication = replication
        self._base = mix(mix(seed) ^ replication)
        self._starts: dict[str, int] = {}

    def _start(self, purpose: str) -> int:
        """Chain up to and with the purpose, remembered per purpose."""
        start = self._starts.get(purpose)
        if start is None:
            start = self._starts[purpose] = mix(self._base ^ _purpose_key(purpose))
        return start

    def u32(self, purpose: str, keys: Keys, occurrence: int | Whole = 0) -> NDArray[np.uint32]:
        """Uniform 32-bit draws, one per key; ``occurrence`` is one number or one per key."""
        start = self._start(purpose)
        state: Keys
        if isinstance(occurrence, np.ndarray):
            before = occurrence.astype(np.uint64) ^ np.uint64(start)
            before += np.uint64(_STEP)
            state = _finalise(before) ^ keys
        else:
            state = keys ^ np.uint64(mix(start ^ occurrence))
        state += np.uint64(_STEP)
        return (_finalise(state) >> np.uint64(32)).astype(np.uint32)

    def one(self, purpose: str, key: int, occurrence: int = 0) -> int:
        """One 32-bit draw: the same number as ``u32`` gives for this key."""
        return mix(mix(self._start(purpose) ^ occurrence) ^ key) >> 32

    def duration_ms(
        self, purpose: str, keys: Keys, compiled: Compiled, occurrence: int | Whole = 0
    ) -> Whole:
        """Durations in whole ms, one per key, whatever the level of the distribution.

        Use ``sample`` where ``per`` and a shared factor count.
        """
        if compiled.one_value is not None:
            return np.full(keys.shape, compiled.one_value, dtype=np.int64)
        return compiled.table.at(self.u32(purpose, keys, occurrence))

    def share(
        self, purpose: str, keys: Keys, compiled: Compiled, occurrence: int | Whole = 0
    ) -> Whole:
        """Shares in whole billionths, one per key; compiled by ``compile_share``."""
        return self.duration_ms(purpose, keys, compiled, occurrence)

    def chance(
        self, purpose: str, keys: Keys, share: int | Whole, occurrence: int | Whole = 0
    ) -> NDArray[np.bool_]:
        """Whether it happens, one answer per key; ``share`` of 2^32 (``share_q32``)."""
        return np.asarray(self.u32(purpose, keys, occurrence).astype(np.int64) < share)

    def chance_one(self, purpose: str, key: int, share: int, occurrence: int = 0) -> bool:
        """One answer; the same as ``chance`` gives for this key."""
        return self.one(purpose, key, occurrence) < share

    def weighted(self, purpose: str, weights: Sequence[int] | Whole) -> int:
        """Index of one member, drawn by whole-number weights (the hazard member of a run).

        Raises:
            ValueError: a weight is negative or all are 0.
        """
        running = list(accumulate(int(weight) for weight in weights))
        if not running or running[-1] <= 0 or any(int(weight) < 0 for weight in weights):
            raise ValueError("weights must be ≥ 0 and not all 0")
        wanted = (self.one(purpose, WHOLE_REPLICATION) * running[-1]) >> 32
        return bisect_right(running, wanted)


def sample(
    draws: Draws, purpose: str, compiled: Compiled, entity_keys: Keys, zone_keys: Keys | int
) -> Whole:
    """First-occurrence values of many entities at the level their distribution asks for.

    Args:
        entity_keys: uint64, one per entity.
        zone_keys: zone key of each entity, or one key when all live in one zone.

    Returns:
        int64 in the compiled unit (ms, billionths …), one per entity.
    """
    return sample_again(draws, purpose, compiled, (entity_keys, zone_keys), 0)


def sample_again(
    draws: Draws,
    purpose: str,
    compiled: Compiled,
    keys: tuple[Keys, Keys | int],
    occurrence: int | Whole,
) -> Whole:
    """Like ``sample`` for a later attempt or trip; ``keys`` are (entity_keys, zone_keys)."""
    entity_keys, zone_keys = keys
    if compiled.one_value is not None:
        return np.full(entity_keys.shape, compiled.one_value, dtype=np.int64)
    if compiled.per == "entity":
        level_keys: Keys | int = entity_keys
    else:
        level_keys = zone_keys if compiled.per == "zone" else WHOLE_REPLICATION
    if isinstance(level_keys, np.ndarray) or isinstance(occurrence, np.ndarray):
        wide = np.broadcast_to(np.asarray(level_keys, dtype=np.uint64), entity_keys.shape)
        values = compiled.table.at(draws.u32(purpose, wide, occurrence))
    else:
        value = compiled.table.at_one(draws.one(purpose, int(level_keys), occurrence))
        values = np.full(entity_keys.shape, value, dtype=np.int64)
    if compiled.factor is None:
        return values
    factor = compiled.factor.at_one(draws.one(purpose + SHARED, WHOLE_REPLICATION))
    # v·f / 2^32 in two halves, because the full product needs 85 bits.
    values = ((values >> 20) * factor + (((values & 0xFFFFF) * factor) >> 20) + 0x800) >> 12
    return np.clip(values, compiled.low, compiled.high)


def sample_one(
    draws: Draws, purpose: str, compiled: Compiled, keys: tuple[int, int], occurrence: int = 0
) -> int:
    """One value for a single vehicle, team or post; ``keys`` are (entity_key, zone_key).

    The same number as ``sample`` gives for this entity.
    """
    if compiled.one_value is not None:
        return compiled.one_value
    if compiled.per == "entity":
        key = keys[0]
    else:
        key = keys[1] if compiled.per == "zone" else WHOLE_REPLICATION
    value = compiled.table.at_one(draws.one(purpose, key, occurrence))
    if compiled.factor is None:
        return value
    factor = compiled.factor.at_one(draws.one(purpose + SHARED, WHOLE_REPLICATION))
    value = ((value >> 20) * factor + (((value & 0xFFFFF) * factor) >> 20) + 0x800) >> 12
    return min(max(value, compiled.low), compiled.high)
