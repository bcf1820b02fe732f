"""Trace-driven mode: a log of past incidents is played again, and its times are compared.

What the log knows (when, where, how long on site) is taken from it; what the engine decides (which
team, and so how long until somebody is there) is its own. Agreement therefore speaks for teams,
posts, travel times and rule together, and for nothing that stands in the log itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from sim.clock import NEVER, minutes, to_minutes
from sim.forces.capabilities import Capabilities
from sim.forces.field import Manner
from sim.forces.incidents import Call
from sim.forces.player import Player
from sim.forces.travel import Travel
from sim.forces.units import UnitSpec
from sim.schema.forces import IncidentLogRow, amounts_of

Int64 = NDArray[np.int64]
NEAR_MS = minutes(2)
"""Simulated and recorded response that lie this close count as the same in the summary."""


@dataclass(frozen=True)
class Trace:
    """A log as calls, in order of time, and what is recorded of each.

    Attributes:
        ids: of the log. calls: row k is line k of the log in order of time.
        recorded_ms: response, NEVER where the log does not say. team: its id, empty if unknown.
    """

    ids: tuple[str, ...]
    calls: tuple[Call, ...]
    recorded_ms: Int64
    team: tuple[str, ...]


def make_trace(
    rows: Sequence[IncidentLogRow], node: Mapping[str, int], capabilities: Capabilities
) -> Trace:
    """Calls from the lines of a log; time runs from the first of them.

    Args:
        node: id of a place → its road node.
    """
    ordered = sorted(rows, key=lambda row: _moment(row))  # stable: lines of one minute keep order
    begin = _moment(ordered[0]) if ordered else datetime.min
    calls = tuple(
        Call(
            k,
            round((_moment(row) - begin).total_seconds()) * 1000,
            node[row.place],
            minutes(row.work_min),
            capabilities.need(amounts_of(row.needs), {}),
            row.priority,
        )
        for k, row in enumerate(ordered)
    )
    recorded = [NEVER if r.response_min is None else minutes(r.response_min) for r in ordered]
    ids, team = tuple(r.id for r in ordered), tuple(r.team for r in ordered)
    return Trace(ids, calls, np.array(recorded, dtype=np.int64), team)


def _moment(row: IncidentLogRow) -> datetime:
    return datetime.fromisoformat(row.time)


@dataclass(frozen=True)
class Replayed:
    """Simulated beside recorded, a row per call of the trace.

    Attributes:
        simulated_ms: response, NEVER where nobody came. team: id of the team that was there first.
    """

    trace: Trace
    simulated_ms: Int64
    team: tuple[str, ...]

    @property
    def both(self) -> NDArray[np.bool_]:
        """Calls for which there are two times to compare."""
        return (self.simulated_ms < NEVER) & (self.trace.recorded_ms < NEVER)

    @property
    def difference_ms(self) -> Int64:
        """Simulated less recorded, of the calls that have both."""
        return (self.simulated_ms - self.trace.recorded_ms)[self.both]

    def summary(self) -> dict[str, float]:
        """Figures in minutes and shares; without a single pair only the counts.

        bias_min with its 95 % interval takes calls as independent, which calls of one busy hour
        are not. ks: largest distance between the two distributions (0 the same, 1 apart).
        """
        found = {
            "calls": float(len(self.simulated_ms)),
            "compared": float(self.both.sum()),
            "not_reached": float((self.simulated_ms == NEVER).sum()),
        }
        if not self.both.any():
            return found
        recorded = np.sort(self.trace.recorded_ms[self.both])
        simulated = np.sort(self.simulated_ms[self.both])
        for name, times in (("recorded", recorded), ("simulated", simulated)):
            found[f"{name}_mean_min"] = to_minutes(times.mean())
            found[f"{name}_p50_min"] = to_minutes(_quantile(times, 0.5))
            found[f"{name}_p90_min"] = to_minutes(_quantile(times, 0.9))
        apart = self.difference_ms
        found["bias_min"] = to_minutes(apart.mean())
        if len(apart) > 1:
            half = student.ppf(0.975, len(apart) - 1) * apart.std(ddof=1) / len(apart) ** 0.5
            found["bias_half_min"] = to_minutes(half)
        found["mean_apart_min"] = to_minutes(np.abs(apart).mean())
        found["within_2_min_share"] = float((np.abs(apart) <= NEAR_MS).mean())
        found["ks"] = _apart(recorded, simulated)
        named = [(a, b) for a, b in zip(self.trace.team, self.team, strict=True) if a]
        if named:
            found["same_team_share"] = sum(a == b for a, b in named) / len(named)
        return found

    def deciles(self) -> list[tuple[float, float, float]]:
        """Both distributions: share of the calls, recorded and simulated minutes within which so
        many were reached; of the calls that have both, none without them."""
        recorded = np.sort(self.trace.recorded_ms[self.both])
        simulated = np.sort(self.simulated_ms[self.both])
        if not len(recorded):
            return []
        shares = [k / 10 for k in range(1, 11)]
        return [
            (s, to_minutes(_quantile(recorded, s)), to_minutes(_quantile(simulated, s)))
            for s in shares
        ]


def _quantile(ordered: Int64, share: float) -> int:
    return int(ordered[int(np.ceil(share * len(ordered))) - 1])


def _apart(first: Int64, second: Int64) -> float:
    """Kolmogorov's distance of two samples in order."""
    at = np.concatenate([first, second])
    a = np.searchsorted(first, at, "right") / len(first)
    b = np.searchsorted(second, at, "right") / len(second)
    return float(np.abs(a - b).max())


def replay(
    trace: Trace, teams: Sequence[tuple[str, UnitSpec]], travel: Travel, manner: Manner
) -> Replayed:
    """Play a trace with teams (id and what it is) that all stand at their posts at first."""
    player = Player([spec for _, spec in teams], travel, manner)
    incidents = player.play(trace.calls)
    first = [""] * len(incidents)
    there = [NEVER] * len(incidents)
    for decision in player.desk.decisions:
        row, moment = decision.incident, decision.at_ms + decision.reach_ms
        if incidents[row].first_on_site_ms == moment < there[row]:
            first[row], there[row] = teams[decision.unit][0], moment
    response = np.array([i.response_ms for i in incidents], dtype=np.int64)
    return Replayed(trace, response, tuple(first))
