"""A straight river on a plain, written so that every level can be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter

from sim.clock import NO_LEVEL
from sim.hazards import Gauges, Geometry, Hazard, RainGauges, Setting, build_hazard
from sim.schema.hazard_kinds import HazardSpec

WORK = "EPSG:4549"
LENGTH_M = 40_000.0
BANK_M = 100.0


def river(**changes: Any) -> dict[str, Any]:
    """A level river along the x axis; the water before the flood lies 4 m below its bank."""
    return {
        "id": "R",
        "course": [[0.0, 0.0, BANK_M], [LENGTH_M, 0.0, BANK_M]],
        "base_below_bank_m": 4,
        "reach_m": 1000,
        "celerity_km_per_h": 8,
        "rise_m_per_h": {"dist": "uniform", "low": 0.4, "high": 0.8},
        "peak_above_bank_m": {"dist": "uniform", "low": 0.5, "high": 2.5},
        "false_alarm_peak_above_bank_m": {"dist": "uniform", "low": -1.5, "high": -0.2},
        "peak_after_rain_min": {"dist": "uniform", "low": 300, "high": 600},
        "crest_min": 60,
        "fall_half_min": 300,
    } | changes


def flood(rivers: list[dict[str, Any]] | None = None, **changes: Any) -> dict[str, Any]:
    """A ``river_flood`` section about the river above."""
    return {
        "kind": "river_flood",
        "step_min": 10,
        "ensemble": {"seed": 5, "members": 20, "false_alarm_members": 6},
        "storm": {
            "peak_window_min": [600, 1500],
            "total_24h_mm": {"dist": "triangular", "low": 80, "mode": 170, "high": 320},
            "peak_hour_mm": {"dist": "triangular", "low": 40, "mode": 65, "high": 110},
            "length_h": {"dist": "uniform", "low": 12, "high": 20},
        },
        "forecasts": {"level_sd_m_at_24h": 0.6},
        "rivers": rivers or [river()],
    } | changes


def geometry(
    places: list[tuple[float, float, float]],
    roads: list[list[tuple[float, float, float]]] | None = None,
    decks: list[float | None] | None = None,
    gauges_at: list[tuple[float, float, float]] | None = None,
) -> Geometry:
    """Places (x, y, z in m), two-way roads (samples x, y, z), gauges (x, warning, guarantee)."""
    at = np.array(places, dtype=np.float64).reshape(-1, 3)
    edges, edge_deck = [], []
    for i, road in enumerate(roads or []):
        deck = decks[i] if decks else None
        edges += [road, road[::-1]]
        edge_deck += [NO_LEVEL if deck is None else round(deck * 1000)] * 2
    samples = np.array([s for e in edges for s in e], dtype=np.float64).reshape(-1, 3)
    start = np.concatenate([[0], np.cumsum([len(e) for e in edges])]).astype(np.int64)
    known = np.array(gauges_at or [], dtype=np.float64).reshape(-1, 3)
    n = len(known)
    return Geometry(
        crs=WORK,
        place_ids=tuple(f"P{i}" for i in range(len(at))),
        place_x=at[:, 0],
        place_y=at[:, 1],
        place_z_mm=np.rint(at[:, 2] * 1000).astype(np.int64),
        sample_start=start,
        sample_x=samples[:, 0],
        sample_y=samples[:, 1],
        sample_z_mm=np.rint(samples[:, 2] * 1000).astype(np.int64),
        edge_bridge=np.array(edge_deck, np.int64) != NO_LEVEL,
        edge_low_water_bridge=np.zeros(len(edges), np.bool_),
        edge_deck_mm=np.array(edge_deck, np.int64),
        gauges=Gauges(
            ids=tuple(f"G{i}" for i in range(n)),
            x=known[:, 0],
            y=np.zeros(n),
            river=("",) * n,
            chainage_m=np.full(n, -1),
            warning_mm=np.rint(known[:, 1] * 1000).astype(np.int64),
            guarantee_mm=np.rint(known[:, 2] * 1000).astype(np.int64),
        ),
        rain_gauges=RainGauges(("N",), np.array([0.0]), np.array([0.0])),
    )


def built(section: dict[str, Any], where: Geometry, **setting: Any) -> Hazard:
    """The ensemble of a section as a planner writes it."""
    spec: HazardSpec = TypeAdapter(HazardSpec).validate_python(section)
    given = {
        "folder": Path(),
        "clock_start": datetime(2025, 6, 18, 8),
        "horizon_min": 2880,
        "crs": WORK,
    } | setting
    return build_hazard(spec, where, Setting(**given))


@pytest.fixture
def make_river() -> Callable[..., dict[str, Any]]:
    return river


@pytest.fixture
def make_flood() -> Callable[..., dict[str, Any]]:
    return flood


@pytest.fixture
def make_geometry() -> Callable[..., Geometry]:
    return geometry


@pytest.fixture
def build() -> Callable[..., Hazard]:
    return built
