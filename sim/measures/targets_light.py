"""The light of a target: met, missed, undecided or impossible, by exact one-sided bounds.

A light says what the runs have shown, not what their average looks like: it turns to *met* only
when even the lower 95 % bound of the probability reaches the requirement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.measures.intervals import (
    Interval,
    exact_share,
    lower_bound,
    replications_to_decide,
    upper_bound,
)

Colour = Literal["met", "missed", "undecided", "impossible"]


@dataclass(frozen=True, slots=True)
class Light:
    """Judgement of one target.

    Attributes:
        colour: the light.
        n_judged: replications in which the target could be judged.
        n_met: those in which it was met.
        p_meet: share of judged replications that met it; None when none was judged.
        lower, upper: one-sided 95 % exact bounds, on which the colour rests.
        ci95: two-sided 95 % interval for display; None when none was judged.
        further_runs: runs likely still needed when undecided; None when decided, when nothing was
            judged, or when the probability lies too close to the requirement for any affordable N.
    """

    colour: Colour
    n_judged: int
    n_met: int
    p_meet: float | None
    lower: float
    upper: float
    ci95: Interval | None
    further_runs: int | None


def light(n_judged: int, n_met: int, required: float, impossible: bool = False) -> Light:
    """Judge a target by its counts.

    Args:
        n_judged: replications with an order or a hazard (a hazard without an order is missed).
        n_met: judged replications that met the target.
        required: probability asked for, in (0, 1].
        impossible: whether the physical limit alone misses the target.

    Raises:
        ValueError: counts do not fit together or required lies outside (0, 1].
    """
    if not 0.0 < required <= 1.0:
        raise ValueError(f"required(={required}) must lie in (0, 1]")
    lower, upper = lower_bound(n_met, n_judged), upper_bound(n_met, n_judged)
    colour = _colour(lower, upper, required, impossible)
    return Light(
        colour=colour,
        n_judged=n_judged,
        n_met=n_met,
        p_meet=n_met / n_judged if n_judged else None,
        lower=lower,
        upper=upper,
        ci95=exact_share(n_met, n_judged) if n_judged else None,
        further_runs=(
            replications_to_decide(n_met, n_judged, required) if colour == "undecided" else None
        ),
    )


def _colour(lower: float, upper: float, required: float, impossible: bool) -> Colour:
    if impossible:
        return "impossible"
    if lower >= required:
        return "met"
    return "missed" if upper < required else "undecided"
