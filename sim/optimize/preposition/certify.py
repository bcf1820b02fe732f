"""The verdict on fresh nights: paired differences, the bad nights, the regret."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.measures.catalogue import info_of
from sim.measures.intervals import Interval, mean_interval
from sim.measures.paired import Paired, compare
from sim.optimize.preposition.bench import Bench
from sim.optimize.preposition.waits import WAITS

Floats = NDArray[np.float64]
Int64 = NDArray[np.int64]

WORST_SHARE = 0.1
"""CVaR is the mean of this share of the nights, the worst ones."""
SHOWN = (
    "stranded_person_h", "emergency_wait_h", "supplies_short_person_h", "standby_h",
    "first_team_on_site_p90_min",
    "full_response_p90_min", "stranded", "harmed", "left_behind_at_cutoff",
    "out_before_cutoff_share",
    "exposure_person_h", "wait_for_bus_mean_min", "t90_clock_min",
)  # fmt: skip
"""Measures compared besides the one that was searched for, where a run has them."""


@dataclass(frozen=True)
class Standing:
    """A placement over the fresh nights, in the measure searched for.

    Attributes:
        mean, interval: with its 95 % t interval; cvar: mean of the worst tenth of the nights;
            in the measure's own numbers, whichever way is better.
        standby_h: mean hours that people and vehicles stood by.
        regret_mean, regret_most: how much worse than the best of those compared, member by
            member of the hazard; regret_member: in which member most.
    """

    name: str
    mean: float
    interval: Interval
    cvar: float
    regret_mean: float
    regret_most: float
    regret_member: int
    standby_h: float


@dataclass(frozen=True)
class Verdict:
    """nights: how many; standings: of every placement compared; paired: winner minus another
    placement, by its name and measure; regret: float64[placements, members that came], how much
    worse than the best of those compared; members: which, and times: how often each came."""

    nights: int
    standings: tuple[Standing, ...]
    paired: Mapping[tuple[str, str], Paired]
    regret: Floats
    members: tuple[int, ...]
    times: tuple[int, ...]


def certify(
    bench: Bench, labels: Mapping[str, str], nights: Sequence[int], measure: str
) -> Verdict:
    """Play all labels (name → label, "winner" among them) on fresh nights and compare.

    A time that was not reached counts as infinite: it tells who was better, and has no mean.
    """
    bench.play(list(labels.values()), nights)
    members = np.array([one.member for one in bench.of(labels["winner"], nights)])
    sign = -1.0 if info_of(measure).better == "higher" else 1.0
    values = [bench.values(label, nights, measure) for label in labels.values()]
    losses = np.stack([sign * np.nan_to_num(one, nan=0.0, posinf=np.inf) for one in values])
    by_member = _by_member(losses, members)
    regret = by_member - by_member.min(axis=0)
    some, times = np.unique(members, return_counts=True)
    standings = [
        _standing(
            (name, float(bench.values(label, nights, "standby_h").mean())), (losses[k], sign),
            regret[k], some,
        )
        for k, (name, label) in enumerate(labels.items())
    ]  # fmt: skip
    paired = {}
    for name, label in labels.items():
        for one in dict.fromkeys((measure, *SHOWN)):
            found = _paired(bench, (labels["winner"], label), nights, one)
            if name != "winner" and found is not None:
                paired[name, one] = found
    came = tuple(some.tolist()), tuple(times.tolist())
    return Verdict(len(nights), tuple(standings), paired, np.nan_to_num(regret), *came)


def _by_member(losses: Floats, members: Int64) -> Floats:
    """Mean per hazard member, float64[placements, members that came]."""
    some = np.unique(members)
    return np.stack([losses[:, members == member].mean(axis=1) for member in some], axis=1)


def _standing(
    of: tuple[str, float], measured: tuple[Floats, float], regret: Floats, members: Int64
) -> Standing:
    """Of: name and hours stood by; measured: losses and their sign."""
    (name, hours), (losses, sign) = of, measured
    worst = np.sort(losses)[::-1][: max(1, round(WORST_SHARE * len(losses)))]
    known = np.nan_to_num(regret, nan=0.0, posinf=np.inf)  # ∞ beside ∞ is no regret
    return Standing(
        name, float(sign * losses.mean()), mean_interval(sign * losses),
        float(sign * worst.mean()), float(known.mean()), float(known.max()),
        int(members[int(np.argmax(known))]), hours,
    )  # fmt: skip


def _paired(
    bench: Bench, labels: tuple[str, str], nights: Sequence[int], measure: str
) -> Paired | None:
    """Winner minus another; None where no night has the measure or it is neither good nor bad."""
    better = "lower" if measure in (*WAITS, "standby_h") else info_of(measure).better
    if better is None:
        return None
    ours, other = (bench.values(label, nights, measure) for label in labels)
    return compare(ours, other, better)
