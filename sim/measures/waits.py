"""How long people who were cut off waited until they were fetched or the water let them go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_HOUR, NEVER
from sim.log import Kind
from sim.measures.facts import Facts
from sim.states import Flag

Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class Waits:
    """A row per time a party was cut off: int64 each; end is when it was fetched, when the water
    fell, or when it got out by itself, the horizon where none of these happened; reached says
    whether one did."""

    party: Int64
    place: Int64
    start_ms: Int64
    end_ms: Int64
    reached: NDArray[np.bool_]


def stranded_waits(facts: Facts) -> Waits:
    """Every wait from the call for help to safety."""
    flags = facts.of(Kind.FLAG)
    called = flags[flags["value"] == Flag.STRANDED]
    over = (flags[flags["value"] == Flag.RESCUED], facts.of(Kind.OUT), facts.of(Kind.FREED))
    who = np.concatenate([rows["who"] for rows in over]).astype(np.int64)
    ends = np.sort((who << 32) | np.concatenate([rows["t"] for rows in over]))
    party, start = called["who"].astype(np.int64), called["t"].astype(np.int64)
    found = np.append(ends, np.int64(NEVER) << 8)[np.searchsorted(ends, (party << 32) | start)]
    reached = found >> 32 == party
    end = np.where(reached, found & ((1 << 32) - 1), facts.horizon_ms)
    return Waits(party, called["place"].astype(np.int64), start, end, reached)


def stranded_person_h(facts: Facts) -> float:
    """Person-hours that people cut off waited for safety, up to the horizon."""
    waits = stranded_waits(facts)
    length = waits.end_ms - waits.start_ms
    return int((facts.size[waits.party] * length).sum()) / MS_PER_HOUR
