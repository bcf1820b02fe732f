"""What the numbers in a recorded file are: depths of water, or concentrations of a gas."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quantity:
    """A unit, and how its numbers become whole ones.

    Attributes:
        unit: as written in the file and in errors.
        per_unit: whole numbers per unit: 1000 for metres kept in millimetres.
        highest: the greatest believable whole number; beyond stands a slip of units.
        name: ``depth`` or ``gas``, the beginning of its own errors.
    """

    unit: str
    per_unit: float
    highest: int
    name: str

    @property
    def most(self) -> float:
        """The greatest believable number in its unit."""
        return self.highest / self.per_unit


DEEPEST_MM = 100_000
"""No flood over land is deeper than this."""
DEPTHS = {
    unit: Quantity(unit, per_unit, DEEPEST_MM, "depth")
    for unit, per_unit in (("m", 1000), ("cm", 10), ("mm", 1))
}
"""Depth of water by its unit, kept in millimetres."""

LEVELS_PER_MG_M3 = 100
MOST_MG_M3 = 10_000_000
"""Ten kilograms in a cubic metre: more than any gas at the pressure of the air weighs."""
LITRES_PER_MOL = 24.45
"""Volume of a mole of an ideal gas at 25 °C and 101.325 kPa (8.314 · 298.15 / 101.325)."""


def concentration(unit: str, molar_mass_g: float) -> Quantity:
    """Concentration in ``mg/m3`` or ``ppm`` (by volume), kept in hundredths of a mg/m³."""
    mg_m3 = molar_mass_g / LITRES_PER_MOL if unit == "ppm" else 1.0
    return Quantity(unit, LEVELS_PER_MG_M3 * mg_m3, LEVELS_PER_MG_M3 * MOST_MG_M3, "gas")
