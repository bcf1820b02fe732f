"""Who loses by a better plan: zone by zone, night by night against the baseline.

A plan that is better for the county may be worse for some villages; the meeting must know which.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.experiment.scored import ScoredRun
from sim.measures.paired import Paired, compare

MEASURE = "out_before_cutoff_share"


@dataclass(frozen=True)
class ZoneChange:
    """One zone under a plan and under the baseline.

    Attributes:
        share, baseline_share: mean share of its people out before the cut-off.
        result: the difference of the two, pair by pair.
    """

    id: str
    name: str
    share: float
    baseline_share: float
    result: Paired


def zone_changes(scored: ScoredRun, plan: str) -> list[ZoneChange]:
    """Every zone whose share differs from the baseline's, the greatest loss first.

    ``scored`` says what the baseline is. Zones that are alike in every night are left out; empty
    where the scenario gives no cut-off.
    """
    ours, theirs = scored.tables[plan], scored.tables[scored.baseline]
    found = []
    for zone, name in scored.run.document["scenario"].get("zones", []):
        key = f"zone:{zone}:{MEASURE}"
        if key not in ours.values or key not in theirs.values:
            continue
        result = compare(ours.values[key], theirs.values[key], "higher")
        if result is None or result.ties == result.n:
            continue
        share, before = float(ours.values[key].mean()), float(theirs.values[key].mean())
        found.append(ZoneChange(str(zone), str(name), share, before, result))
    return sorted(found, key=lambda one: (one.result.diff_mean or 0.0, one.id))
