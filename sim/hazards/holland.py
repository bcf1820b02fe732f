"""Closed forms of a typhoon: wind and rain by distance, the storm's own motion, surge and tide."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.hazards.base import FloatArray
from sim.portable_math import exp, log

EARTH_TURNS = 7.292e-5
PA_PER_HPA = 100.0
TIDE_H = 12.42
_SIN = (1.0, -1 / 6, 1 / 120, -1 / 5040, 1 / 362880, -1 / 39916800, 1 / 6227020800)


@dataclass(frozen=True, slots=True)
class Vortex:
    """A storm's size and shape: R max (km), B, density (kg/m³), Coriolis parameter (1/s)."""

    radius_km: float
    shape_b: float
    air_kg_m3: float = 1.15
    coriolis: float = 0.0


def sine(angle: FloatArray) -> FloatArray:
    """Sine by its series after folding: the same digits on every processor."""
    turns = np.asarray(angle, np.float64) / (2 * np.pi)
    x = (turns - np.rint(turns)) * 2 * np.pi
    x = np.where(x > np.pi / 2, np.pi - x, np.where(x < -np.pi / 2, -np.pi - x, x))
    result = np.zeros_like(x)
    for factor in reversed(_SIN):
        result = result * x * x + factor
    return np.asarray(result * x)


def coriolis(latitude_deg: float) -> float:
    """2 Ω sin φ (1/s)."""
    return 2 * EARTH_TURNS * float(sine(np.array([latitude_deg * np.pi / 180]))[0])


def wind_m_s(vortex: Vortex, deficit_hpa: FloatArray, away_km: FloatArray) -> FloatArray:
    """Gradient wind of Holland (1980) at distances from the centre.

    V = √(B Δp/ρ (Rm/r)^B e^(−(Rm/r)^B) + (r f/2)²) − r f/2
    """
    away = np.maximum(np.asarray(away_km, np.float64), 0.1)
    power = exp(np.clip(vortex.shape_b * log(vortex.radius_km / away), -50.0, 50.0))
    held = deficit_hpa * PA_PER_HPA * vortex.shape_b / vortex.air_kg_m3
    turn = away * 1000 * vortex.coriolis / 2
    swirl = held * power * exp(-np.minimum(power, 700.0))
    return np.asarray(np.sqrt(swirl + turn * turn) - turn)


def rain_mm_h(most: float, ring_km: float, fades_km: float, away_km: FloatArray) -> FloatArray:
    """Rain by distance: from a third at the centre up to the ring, then falling off."""
    away = np.asarray(away_km, np.float64)
    inside = most * (1 / 3 + 2 / 3 * away / ring_km)
    outside = most * exp(-np.minimum(np.maximum(away - ring_km, 0.0) / fades_km, 700.0))
    return np.asarray(np.where(away < ring_km, inside, outside))


def tide_m(amplitude_m: float, hours_from_high: FloatArray) -> FloatArray:
    """Height of a half-day tide."""
    angle = np.asarray(hours_from_high, np.float64) / TIDE_H * 2 * np.pi + np.pi / 2
    return amplitude_m * sine(angle)
