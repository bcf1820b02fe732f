"""Water let out of a reservoir: the gates, the way down the valley, and who was told.

The released discharge is routed by Muskingum's method, which keeps volume and delays the flood by
K per reach. A release is the one flood whose beginning somebody decides: villages learn of it by a
notice, which counts from the moment it is acknowledged; one that nobody acknowledges warns nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.clock import MS_PER_HOUR, NEVER
from sim.hazards.base import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Gates:
    """Discharge in l/s by time, int64; ``at_ms`` ascends, straight lines between, ends held."""

    at_ms: IntArray
    discharge_l_s: IntArray

    def over(self, times_ms: IntArray) -> IntArray:
        """Discharge at the given moments."""
        return np.rint(np.interp(times_ms, self.at_ms, self.discharge_l_s)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice of release: sent, acknowledged (NEVER: by nobody), and when the gates open."""

    sent_ms: int
    acknowledged_ms: int
    opens_ms: int

    @property
    def lead_ms(self) -> int:
        """Time between knowing and the gates; 0 where it came too late or not at all."""
        return max(self.opens_ms - self.acknowledged_ms, 0)

    def expected_ms(self, now_ms: IntArray, travel_ms: int) -> IntArray:
        """When the water is expected at a place ``travel_ms`` below the dam, by moment of asking.

        NEVER before the notice is acknowledged. Once the water is there everybody sees it.
        """
        comes = self.opens_ms + travel_ms
        known = (now_ms >= self.acknowledged_ms) | (now_ms >= comes)
        return np.where(known, comes, NEVER)


def muskingum(inflow_l_s: IntArray, travel_h: float, weight: float, step_ms: int) -> IntArray:
    """Outflow of a valley by Muskingum's method, int64 [n_steps] in l/s.

    The valley is cut into as many reaches as keep the method stable (2 K X ≤ step), each with the
    travel time K = travel_h / reaches and the weight X (0 a lake, 0.5 no flattening).

    Raises:
        ValueError: the weight does not lie between 0 and 0.5, or the travel time is not above 0.
    """
    if not 0 <= weight <= 0.5:
        raise ValueError(f"weight(={weight}) must lie between 0 and 0.5")
    if travel_h <= 0:
        raise ValueError(f"travel_h(={travel_h}) must be > 0")
    step_h = step_ms / MS_PER_HOUR
    reaches = max(int(np.ceil(travel_h * 2 * weight / step_h)), 1)
    k = travel_h / reaches
    flow = inflow_l_s.astype(np.float64)
    # A shorter inner step keeps the last coefficient at 0 or above: Δt ≤ 2K(1 − X).
    inner = max(int(np.ceil(step_h / (2 * k * (1 - weight)))), 1)
    for _ in range(reaches):
        flow = _reach(flow, k, weight, (step_h, inner))
    return np.asarray(np.rint(flow), np.int64)


def _reach(inflow: FloatArray, k: float, weight: float, step: tuple[float, int]) -> FloatArray:
    step_h, inner = step
    dt = step_h / inner
    bottom = 2 * k * (1 - weight) + dt
    first = (dt - 2 * k * weight) / bottom
    second = (dt + 2 * k * weight) / bottom
    third = (2 * k * (1 - weight) - dt) / bottom
    out = np.empty(len(inflow))
    out[0] = now = inflow[0]
    for i in range(1, len(inflow)):
        for part in range(inner):
            before = inflow[i - 1] + (inflow[i] - inflow[i - 1]) * part / inner
            after = inflow[i - 1] + (inflow[i] - inflow[i - 1]) * (part + 1) / inner
            now = first * after + second * before + third * now
        out[i] = now
    return out
