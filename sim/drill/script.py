"""The inject list of a drill: what stands out in a simulated night, in order, on two clocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sim.clock import MS_PER_MIN
from sim.drill.inject import DIRECTOR, Inject, Role
from sim.drill.opening import failed_calls, orders, start
from sim.drill.rescue import headcounts, incidents, no_way, returns
from sim.drill.scene import Scene
from sim.drill.shelters import failed_shelters, full_shelters
from sim.drill.signals import triggers
from sim.drill.transfer import blocked, broken, crowds, cutoffs, no_shows, patients, refusals
from sim.measures.facts import Facts
from sim.plan import Plan
from sim.texts.drill import DRILL_WORDS

PARTS = (
    triggers, orders, failed_calls, patients, no_shows, crowds, cutoffs, blocked, broken,
    refusals, incidents, no_way, full_shelters, failed_shelters, returns, headcounts,
)  # fmt: skip
LEAST_MIN, MOST_MIN = 2, 15
"""Between two injects at least two minutes, to read and answer; a long lull is cut to fifteen."""

COUNTED = "headcount_county"
AFTER_MS = 10 * MS_PER_MIN


@dataclass(frozen=True)
class Timed:
    """An inject with its number and its minute on the drill's own clock."""

    number: int
    minute: int
    inject: Inject


def script(facts: Facts, plan: Plan, drill_min: int = 180) -> tuple[Timed, ...]:
    """The injects of one replication, from the start of the drill to its end.

    Args:
        drill_min: how long the drill should take. Lulls of the night are cut first; when the
            injects need more at two minutes each, the drill takes that long.
    """
    scene = Scene(facts, plan)
    found = sorted((inject for part in PARTS for inject in part(scene)), key=lambda one: one.at_ms)
    found = _counted_last(found)
    first = found[0].at_ms if found else 0
    last = found[-1].at_ms if found else facts.horizon_ms
    end = min(last + AFTER_MS, facts.horizon_ms)
    closing = Inject(
        end, "end", DRILL_WORDS["whole_county"], DIRECTOR, Role("all"), "review",
        {"clock": scene.clock(end)},
    )  # fmt: skip
    injects = [start(scene, first), *found, closing]
    minutes = drill_minutes([one.at_ms for one in injects], drill_min)
    return tuple(
        Timed(number, minute, inject)
        for number, (minute, inject) in enumerate(zip(minutes, injects, strict=True), start=1)
    )


def _counted_last(found: list[Inject]) -> list[Inject]:
    """The county is counted when nothing else is left to happen: with it a drill ends."""
    others = [one for one in found if one.kind != COUNTED]
    latest = others[-1].at_ms if others else 0
    moved = [replace(one, at_ms=max(one.at_ms, latest)) for one in found if one.kind == COUNTED]
    return [*others, *moved]


def drill_minutes(moments_ms: Sequence[int], drill_min: int) -> list[int]:
    """Minutes of the drill's clock for moments of the night, in order.

    Gaps are scaled so that all fit, none below ``LEAST_MIN`` nor above ``MOST_MIN``; equal
    moments still stand two minutes apart, because somebody must read them.
    """
    gaps = [(after - before) / MS_PER_MIN for before, after in pairwise(moments_ms)]
    low, high = 0.0, 1.0
    if _needed(gaps, 1.0) <= drill_min:
        low = 1.0  # there is time for every gap as it was
    for _ in range(40 if low < 1.0 else 0):
        factor = (low + high) / 2
        low, high = (factor, high) if _needed(gaps, factor) <= drill_min else (low, factor)
    minutes = [0]
    for gap in gaps:
        minutes.append(minutes[-1] + _cut(gap * low))
    return minutes


def _needed(gaps: Sequence[float], factor: float) -> int:
    return sum(_cut(gap * factor) for gap in gaps)


def _cut(minutes: float) -> int:
    return int(min(max(minutes, LEAST_MIN), MOST_MIN))
