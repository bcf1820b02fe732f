"""Closed forms of an earthquake: intensity by distance, aftershocks, rubble in the street."""

from __future__ import annotations

import numpy as np

from sim.hazards.base import FloatArray
from sim.portable_math import exp, log
from sim.schema.hazard_quake import Aftershocks, Attenuation, BuildingClass, ByIntensity

LN10 = 2.302585092994046
NEAREST_KM = 1.0

PARALLEL = ((0, 2 / 3), (24, 2 / 3), (54, 0.5), (100, 0.5), (160, 0.4), (250, 0.3))
ACROSS = ((0, 0.5), (24, 0.5), (54, 0.3), (100, 0.25), (160, 0.2), (250, 0.15))
"""Width of rubble as a share of the height of the house, by its height (m): long side along the
road, and across it. GB 51143 as tabled in Advances in Civil Engineering 2020, 7034517."""

LANE_M = 4.0
"""A street with less left than one emergency lane is blocked (judgement; GB 51143)."""


def intensity(law: Attenuation, magnitude: float, distance_km: FloatArray) -> FloatArray:
    """Mean intensity at distances from the epicentre; never above the epicentral one."""
    away = np.maximum(np.asarray(distance_km, np.float64), NEAREST_KM)
    felt = law.a + law.b * magnitude - law.c * (log(away) / LN10)
    return np.minimum(felt, law.d + law.e * magnitude)


def share_at(table: ByIntensity, felt: FloatArray) -> FloatArray:
    """A share by intensity, interpolated; 0 below the first when that is 0."""
    at, share = np.array(table, np.float64).T
    return np.asarray(np.interp(felt, at, share))


def debris_width_m(height_m: float, setback_m: float = 0.0, parallel: bool = True) -> float:
    """How far rubble of one house reaches into the road (m)."""
    height, share = np.array(PARALLEL if parallel else ACROSS).T
    return max(height_m * float(np.interp(height_m, height, share)) - setback_m, 0.0)


def left_m(width_m: float, rubble_m: float) -> float:
    """What is left of a street."""
    return max(width_m - rubble_m, 0.0)


def aftershock_magnitudes(spec: Aftershocks, main: float, quantiles: FloatArray) -> FloatArray:
    """The first is the largest; each other lies below it by an exponential amount (mean lg e / b).

    ``quantiles`` are in (0, 1), one for each further shock.
    """
    largest = main - spec.largest_below
    below = -log(np.asarray(quantiles, np.float64)) / LN10 / spec.b_value
    return np.concatenate([[largest], largest - below])


def aftershock_hours(spec: Aftershocks, quantiles: FloatArray) -> FloatArray:
    """Hours after the main shock: c·((1 + T/c)^u − 1), the inverse of Omori's law with p = 1."""
    grown = log(np.array([1 + spec.within_h / spec.omori_c_h]))[0]
    return np.asarray(spec.omori_c_h * (exp(np.asarray(quantiles, np.float64) * grown) - 1))


def falling_share(buildings: tuple[BuildingClass, ...], felt: FloatArray) -> FloatArray:
    """Share of all houses that fall at an intensity."""
    return np.asarray(sum(one.share * share_at(one.falls, felt) for one in buildings))


def hurt_in_ruins(
    buildings: tuple[BuildingClass, ...], felt: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Shares hurt badly and lightly of the persons who get out of fallen houses, by intensity.

    The houses that fall are of all classes, in the shares in which they fall there.
    """
    fallen = [one.share * share_at(one.falls, felt) for one in buildings]
    every = np.maximum(sum(fallen), np.finfo(float).tiny)
    badly = sum(part * one.hurt_badly for part, one in zip(fallen, buildings, strict=True))
    lightly = sum(part * one.hurt_lightly for part, one in zip(fallen, buildings, strict=True))
    return np.asarray(badly / every), np.asarray(lightly / every)
