"""Places of the links: how many there are may change while vehicles stand on them."""

from __future__ import annotations

import numpy as np

from sim.roads.network import Int32Array
from sim.roads.queue_rows import NOW, State


class Places:
    """Keeps the places of all links in one array, with room for links that get more."""

    def __init__(self, storage_pcu: Int32Array) -> None:
        self._most = storage_pcu.astype(np.int64)
        self._used = int(self._most.sum())

    def resize(self, state: State, e: int, storage: int) -> State:
        """Link e has another number of places (pcu) from now on.

        Those on their way to the entry stay on their way, those that come with another lane are
        there at once. Returns the state, with a longer array of places if need be.

        Raises:
            ValueError: a link holds 1 to 32,767.
        """
        link, slots = state.links[e], state.slots
        if storage == link["storage"]:
            return state
        if not 1 <= storage <= 32_767:
            raise ValueError(f"storage_pcu(={storage}) must be 1 to 32767")
        old, base, count = int(link["storage"]), int(link["slot_base"]), int(link["count"])
        coming = slots[base + (int(link["slot"]) + np.arange(old - count)) % old]
        free = np.full(max(0, storage - count), state.calendar[NOW], dtype=np.int32)
        free[: len(coming)] = coming[: len(free)]
        if storage > self._most[e]:
            state = self._longer(state, storage)
            base, self._most[e] = self._used - storage, storage
            link["slot_base"] = base
        places = base + (count + np.arange(len(free))) % storage
        state.slots[places] = np.maximum.accumulate(free)
        link["storage"], link["slot"] = storage, count % storage
        return state

    def _longer(self, state: State, n: int) -> State:
        """So many places more, at the end of the array."""
        begin, slots = self._used, state.slots
        self._used += n
        if self._used <= len(slots):
            return state
        grown = np.zeros(max(self._used, len(slots) * 5 // 4), dtype=np.int32)
        grown[:begin] = slots[:begin]
        return state._replace(slots=grown)
