"""The disaster of the world: its kind is given the places and roads it may reach."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.clock import NO_LEVEL, parse_clock_start
from sim.hazards import Gauges, Geometry, Hazard, RainGauges, Setting, build_hazard
from sim.io.scenario_folder import ScenarioFolder
from sim.places import Places
from sim.roads.network import Network
from sim.world_tables import Int64, gauges, work_xy


def hazard_of(folder: ScenarioFolder, places: Places) -> Hazard:
    """The disaster over the places and roads of the scenario.

    Raises:
        InputError: its files do not fit them.
    """
    spec = folder.spec
    setting = Setting(
        folder.path, parse_clock_start(spec.clock_start), spec.horizon_min, spec.crs.hazard
    )
    return build_hazard(spec.hazard, _geometry(folder, places), setting)


def _geometry(folder: ScenarioFolder, places: Places) -> Geometry:
    level, rain = gauges(folder, "level"), gauges(folder, "rain")
    (level_x, level_y), (rain_x, rain_y) = work_xy(folder, level), work_xy(folder, rain)
    roads = folder.roads
    empty = np.zeros(0)
    net = roads if isinstance(roads, Network) else None
    return Geometry(
        crs=folder.work_crs,
        place_ids=places.ids,
        place_x=places.x,
        place_y=places.y,
        place_z_mm=places.z_mm,
        sample_start=net.sample_start if net else np.zeros(1, dtype=np.int64),
        sample_x=net.sample_x if net else empty,
        sample_y=net.sample_y if net else empty,
        sample_z_mm=net.sample_z_mm if net else np.zeros(0, dtype=np.int64),
        edge_bridge=net.bridge if net else np.zeros(0, dtype=np.bool_),
        edge_low_water_bridge=net.low_water_bridge if net else np.zeros(0, dtype=np.bool_),
        edge_deck_mm=net.deck_mm if net else np.zeros(0, dtype=np.int64),
        gauges=Gauges(
            ids=tuple(g.id for g in level),
            x=level_x,
            y=level_y,
            river=tuple(g.river for g in level),
            chainage_m=np.full(len(level), -1, dtype=np.int64),
            warning_mm=_levels([g.warning_level_m for g in level]),
            guarantee_mm=_levels([g.guarantee_level_m for g in level]),
        ),
        rain_gauges=RainGauges(ids=tuple(g.id for g in rain), x=rain_x, y=rain_y),
        n_homes=sum(kind in ("settlements", "facilities") for kind in places.kinds),
        edge_width_mm=net.width_mm.astype(np.int64) if net else np.zeros(0, dtype=np.int64),
    )


def _levels(values: Sequence[float | None]) -> Int64:
    return np.array([NO_LEVEL if v is None else round(v * 1000) for v in values], dtype=np.int64)
