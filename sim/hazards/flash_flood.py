"""Kind ``flash_flood``: mountain streams that answer to their own rain within hours.

The same valley, waves and forecasts as a river flood; every stream is driven by rain.
"""

from __future__ import annotations

from sim.hazards.base import Geometry, Setting
from sim.hazards.river_flood import RiverFlood, build_river_flood
from sim.schema.hazard import FlashFloodSpec, River, RiverFloodSpec


def build_flash_flood(spec: FlashFloodSpec, geometry: Geometry, setting: Setting) -> RiverFlood:
    """The ensemble of a ``flash_flood`` section.

    Raises:
        InputError: as for ``river_flood``.
    """
    rivers = tuple(
        River(driven_by="rain", **stream.model_dump(exclude_unset=True)) for stream in spec.streams
    )
    same = RiverFloodSpec(
        kind="river_flood",
        rivers=rivers,
        step_min=spec.step_min,
        ensemble=spec.ensemble,
        storm=spec.storm,
        forecasts=spec.forecasts,
    )
    return build_river_flood(same, geometry, setting)
