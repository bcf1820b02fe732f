"""Response targets 响应目标 of a plan, judged in one replication by a measure of the run.

A replication that does not know the measure (no incident, no supplies simulated, a kind of
disaster that cannot tell who was harmed) is not judged; a time that was not reached is missed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.schema.plan_targets import ResponseTarget


def response_measures(
    measures: Mapping[str, float], targets: Sequence[ResponseTarget]
) -> dict[str, float]:
    """``target:<id>`` 1 met, 0 missed, absent not judged; with ``:value``, the measure itself."""
    found: dict[str, float] = {}
    for target in targets:
        value = measures.get(target.measure)
        if value is not None:
            found[f"target:{target.id}"] = float(value <= target.at_most)
            found[f"target:{target.id}:value"] = value
    return found
