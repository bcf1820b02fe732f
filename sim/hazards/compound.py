"""Kind ``compound``: several dangers in one member, each built by its own kind.

The parts share members, steps and rain by their specification (``CompoundSpec``), so that the
storm that fills the stream of a member is the storm that brings its slopes down. Their levels come
as layers beside each other; every signal that a part gives is there; the danger is expected when
the first part expects it.

Honest limits: parts do not act on each other (debris dams no stream, a fire leaves no barer slope).
Where two parts bury people, all of them live and are dug out as the first of these parts says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

import numpy as np

from sim.hazards.base import Blows, Geometry, Hazard, Injuries, Layer, Member, Setting, Signals
from sim.hazards.field import Ensembled
from sim.hazards.river_checks import SECTION
from sim.schema.hazard_compound import CompoundSpec
from sim.schema.problems import InputError, Problem

Build = Callable[[Any, Geometry, Setting], Hazard]


def build_compound(
    spec: CompoundSpec, geometry: Geometry, setting: Setting, build: Build
) -> Ensembled:
    """The ensemble of a ``compound`` section; ``build`` makes the ensemble of a part.

    Raises:
        InputError: what the parts find, each under its own name.
    """
    hazards: list[Hazard] = []
    problems: list[Problem] = []
    for i, part in enumerate(spec.parts):
        try:
            hazards.append(build(part, geometry, setting))
        except InputError as error:
            problems += [_in_part(problem, i) for problem in error.problems]
    if problems:
        raise InputError(problems)
    notes = tuple(_in_part(note, i) for i, part in enumerate(hazards) for note in part.warnings)
    first = hazards[0]

    def member(k: int) -> Member:
        return joined([part.member(k) for part in hazards])

    return Ensembled((first.step_ms, first.n_steps), len(first.weights), member, notes)


def _in_part(problem: Problem, i: int) -> Problem:
    """The problem of a part, at the place in the file where the part stands."""
    if problem.field is None or not problem.field.startswith(f"{SECTION}."):
        return problem
    return replace(problem, field=f"{SECTION}.parts.{i}{problem.field.removeprefix(SECTION)}")


def joined(parts: Sequence[Member]) -> Member:
    """One member out of the members of the parts; the first keeps its place as the main one."""
    first, *others = parts
    further = chain.from_iterable((_own_layer(other), *other.more) for other in others)
    return replace(
        first,
        more=(*first.more, *further),
        signals=joined_signals([part.signals for part in parts]),
        blows=joined_blows([part.blows for part in parts if part.blows is not None]),
        measures={name: value for part in parts for name, value in part.measures.items()},
    )


def _own_layer(member: Member) -> Layer:
    rows = (member.edge_row, member.edge_levels, member.place_row, member.place_levels)
    return Layer(member.scale, *rows, member.place_harm)


def joined_signals(parts: Sequence[Signals]) -> Signals:
    """All that any part lets the duty officer see.

    A gauge shows the highest level a part gives it; rain is the same in all parts that have any;
    gusts are those of the first part that brings wind.
    """
    ahead = max(parts, key=lambda part: len(part.lead_steps))
    level = [part for part in parts if part.lead_steps == ahead.lead_steps]
    wet = max(parts, key=lambda part: len(part.rain_hours))
    alarms = chain.from_iterable(part.alarms for part in parts)
    return Signals(
        step_ms=ahead.step_ms,
        levels_mm=np.maximum.reduce([part.levels_mm for part in parts]),
        lead_steps=ahead.lead_steps,
        level_forecasts_mm=np.maximum.reduce([part.level_forecasts_mm for part in level]),
        rain_01mm=wet.rain_01mm,
        rain_hours=wet.rain_hours,
        rain_forecasts_01mm=wet.rain_forecasts_01mm,
        onset_forecast_ms=np.minimum.reduce([part.onset_forecast_ms for part in parts]),
        gusts=next((part.gusts for part in parts if part.gusts is not None), None),
        alarms=tuple(sorted(alarms, key=lambda alarm: (alarm.at_ms, alarm.watcher))),
        areas=tuple(chain.from_iterable(part.areas for part in parts)),
    )


def joined_blows(parts: Sequence[Blows]) -> Blows | None:
    """The blows of all parts, in the order of the parts."""
    if len(parts) < 2:
        return parts[0] if parts else None
    return replace(
        parts[0],
        time_ms=np.concatenate([part.time_ms for part in parts]),
        place=np.concatenate([part.place for part in parts]),
        killed_q32=np.concatenate([part.killed_q32 for part in parts]),
        trapped_q32=np.concatenate([part.trapped_q32 for part in parts]),
        injuries=_joined_injuries(parts),
    )


def _joined_injuries(parts: Sequence[Blows]) -> Injuries | None:
    """The injuries of all parts; parts that do not say hurt nobody."""
    first = next((part.injuries for part in parts if part.injuries is not None), None)
    if first is None:
        return None
    every = [part.injuries or _no_injuries(len(part.time_ms)) for part in parts]
    return Injuries(
        got_out_q32=np.concatenate([one.got_out_q32 for one in every]),
        in_ruins_q32=np.concatenate([one.in_ruins_q32 for one in every]),
        standing_q32=np.concatenate([one.standing_q32 for one in every]),
        dug_out_q32=first.dug_out_q32,
        carried_q32=first.carried_q32,
    )


def _no_injuries(n: int) -> Injuries:
    nobody = np.zeros((n, 2), np.int64)
    return Injuries(np.zeros(n, np.int64), nobody, nobody, 0, 0)
