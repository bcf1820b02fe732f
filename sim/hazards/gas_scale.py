"""What the levels of a toxic gas mean: hundredths of a mg/m³, harmful and deadly by substance."""

from __future__ import annotations

from sim.io.quantity import LEVELS_PER_MG_M3
from sim.roads.levels import ClassRule, LevelScale
from sim.schema.hazard_gas import GasLimits

UG_PER_LEVEL = 1000 // LEVELS_PER_MG_M3
MOST = 2_000_000_000
"""Highest level that is told apart."""
_CLASSES = ("car", "minibus", "coach", "truck", "ambulance", "high_clearance", "on_foot")


def scale_of(limits: GasLimits) -> LevelScale:
    """The scale of a substance: harmful from its first limit on, deadly and shut from the second.

    Everybody is turned back from a road with a deadly concentration, whatever he drives.
    """
    harm = round(limits.harm_mg_m3 * LEVELS_PER_MG_M3)
    deadly = round(limits.deadly_mg_m3 * LEVELS_PER_MG_M3)
    return LevelScale(
        "gas",
        per_unit=LEVELS_PER_MG_M3,
        shown=(max(harm // 10, 1), max(harm // 3, 2), harm, deadly),
        harm=harm,
        door=deadly,
        rules={name: ClassRule(deadly) for name in _CLASSES},
        clings=True,
    )
