"""Outages 中断 and what else closes shelters: when each one fails in this night, and why.

A cut of the mains hits the shelters of an area from a moment on, or from when the hazard reaches
the place it comes from. A shelter runs on its own reserve, full at the beginning of every outage;
it fails when that has run out before the mains are back. It fails for good when the hazard comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_HOUR, NEVER
from sim.draws import share_q32, stable_key
from sim.draws_tables import compile_minutes
from sim.engine import Engine
from sim.log import Cause, Kind
from sim.member_view import first_times
from sim.roads.defaults import read_defaults
from sim.schema.outages import Outage
from sim.schema.tables import ShelterRow
from sim.state import Run

CAUSES = {"hazard": Cause.HAZARD, "power": Cause.POWER, "water": Cause.WATER}


class Failure(NamedTuple):
    """A shelter cannot be used from a moment on, until another (ms, NEVER for good).

    cut_ms: when the mains failed, or the hazard came.
    """

    at_ms: int
    shelter: int
    cause: Cause
    until_ms: int
    cut_ms: int


class Cut(NamedTuple):
    """Mains that are off from one moment to another (ms)."""

    begin_ms: int
    end_ms: int


def failures_of(run: Run) -> list[Failure]:
    """Every failure of a shelter in this night that begins in time, in order of time."""
    found = [*_by_hazard(run), *_by_outages(run)]
    return sorted(failure for failure in found if failure.at_ms <= run.world.horizon_ms)


def cuts_of(run: Run) -> dict[tuple[int, Cause], list[Cut]]:
    """When which shelter is cut off from which mains, in order of time; none overlap."""
    found: dict[tuple[int, Cause], list[Cut]] = {}
    for outage in run.world.spec.outages:
        cut = _drawn(run, outage)
        if cut is not None:
            for shelter in hit_by(outage, run.world.shelters):
                found.setdefault((shelter, CAUSES[outage.kind]), []).append(cut)
    return {key: merged(cuts) for key, cuts in sorted(found.items())}


def hit_by(outage: Outage, shelters: Sequence[ShelterRow]) -> list[int]:
    """Rows of the shelters in the area of an outage."""
    everywhere = not outage.shelters and not outage.townships
    return [
        k
        for k, row in enumerate(shelters)
        if everywhere or row.id in outage.shelters or row.township in outage.townships
    ]


def merged(cuts: Iterable[Cut]) -> list[Cut]:
    """Mains that are off twice at one time are off once."""
    found: list[Cut] = []
    for cut in sorted(cuts):
        if found and cut.begin_ms <= found[-1].end_ms:
            found[-1] = Cut(found[-1].begin_ms, max(found[-1].end_ms, cut.end_ms))
        else:
            found.append(cut)
    return found


def reserve_ms(row: ShelterRow, cause: Cause) -> int:
    """For how long a shelter copes without mains."""
    name = f"{cause.name.lower()}_reserve_h"
    given: float | None = getattr(row, name)
    return round((read_defaults("shelters.csv")[name] if given is None else given) * MS_PER_HOUR)


def _drawn(run: Run, outage: Outage) -> Cut | None:
    """The outage in this night; None when it does not come."""
    key = stable_key(f"outage:{outage.id}")
    if not run.draws.chance_one("outage/happens", key, share_q32(outage.chance)):
        return None
    begin = 0
    if outage.reached:
        begin = int(run.view.place_wet_ms[run.world.places.ids.index(outage.reached)])
        if begin >= NEVER:
            return None
    begin += run.draw("outage/after", compile_minutes(outage.after_min), key)
    return Cut(begin, begin + run.draw("outage/lasts", compile_minutes(outage.lasts_min), key))


def _by_outages(run: Run) -> Iterable[Failure]:
    for (shelter, cause), cuts in cuts_of(run).items():
        row = run.world.shelters[shelter]
        for cut in cuts:
            at = cut.begin_ms + reserve_ms(row, cause)
            if at < cut.end_ms:
                yield Failure(at, shelter, cause, cut.end_ms, cut.begin_ms)


def _by_hazard(run: Run) -> Iterable[Failure]:
    """Shelters that the plan opens and the hazard reaches."""
    reached = reached_ms(run)
    for shelter in np.flatnonzero(run.plan.open_shelters & (reached < NEVER)).tolist():
        at = int(reached[shelter])
        yield Failure(at, shelter, Cause.HAZARD, NEVER, at)


def reached_ms(run: Run) -> NDArray[np.int64]:
    """When the hazard closes each shelter, int64[n]: at the harm level, or at the plan's depth."""
    first = run.world.shelter_place
    places = np.arange(first, first + len(run.world.shelters))
    reached: NDArray[np.int64] = run.view.place_wet_ms[places].copy()
    depth = run.plan.manage.move_on.at_depth_m
    if depth is not None:
        limit = np.full(len(places), round(depth * 1000), dtype=np.int64)
        reached = np.minimum(reached, _first_ms(run, places, limit, water_only=True))
    return reached


def blocked_ms(run: Run, shelter: int) -> int:
    """When the hazard stops people from leaving a shelter by themselves; NEVER if it does not."""
    place = np.array([run.world.shelter_place + shelter])
    return int(_first_ms(run, place, None, water_only=False)[0])


def _first_ms(
    run: Run, places: NDArray[np.int64], limit: NDArray[np.int64] | None, water_only: bool
) -> NDArray[np.int64]:
    """First time any layer is at a limit at some places; without one, at its door level."""
    found = np.full(len(places), NEVER, dtype=np.int64)
    for layer in run.view.layers:
        there = np.flatnonzero(layer.place_row[places] >= 0)
        if not len(there) or (water_only and not layer.scale.is_water):
            continue
        levels = layer.place_levels[layer.place_row[places[there]]]
        door = np.full(len(there), layer.scale.door_level, dtype=np.int64)
        mine = door if limit is None else limit[there]
        first = first_times(levels, mine, run.world.hazard.step_ms)
        found[there] = np.minimum(found[there], first)
    return found


def begin(engine: Engine) -> None:
    """Work out which shelters fail in this night, and write down when their mains are cut."""
    run = engine.run
    engine.failures = failures_of(run)
    for (shelter, cause), cuts in cuts_of(run).items() if run.world.spec.outages else ():
        for cut in cuts:
            if cut.begin_ms <= run.world.horizon_ms:
                run.at(cut.begin_ms, _say, engine, shelter, cause)


def _say(engine: Engine, shelter: int, cause: Cause) -> None:
    run = engine.run
    place = run.world.shelter_place + shelter
    run.log.add(run.now, Kind.OUTAGE, shelter, place, int(cause))
