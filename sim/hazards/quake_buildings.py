"""Buildings a plan relies on after an earthquake: shelters and hospitals that may be unusable."""

from __future__ import annotations

import numpy as np

from sim.hazards.base import BoolArray, FloatArray, Geometry
from sim.hazards.ensemble import TWO_32, EnsembleDraws
from sim.hazards.river_checks import FILE, SECTION
from sim.hazards.shaking import share_at
from sim.schema.hazard_quake import NeededBuildings
from sim.schema.problems import InputError, Problem


class Needed:
    """The buildings of a section, by the rows of their places."""

    def __init__(self, groups: tuple[NeededBuildings, ...], geometry: Geometry) -> None:
        """
        Raises:
            InputError: a place does not exist.
        """
        self._groups, self._ids = groups, geometry.place_ids
        self._row = {name: row for row, name in enumerate(geometry.place_ids)}
        problems = [
            Problem("hazard.place_unknown", FILE, None, f"{SECTION}.needed.{i}.places", name)
            for i, group in enumerate(groups)
            for name in group.places
            if name not in self._row
        ]
        if problems:
            raise InputError(problems)

    def damaged(self, draws: EnsembleDraws, k: int, felt: FloatArray) -> BoolArray:
        """Which places cannot be used after the main shock of member ``k``, bool [n_places].

        Each building has a draw of its own, so a stronger shock damages at least the same ones.
        """
        out = np.zeros(len(self._ids), np.bool_)
        for group in self._groups:
            for name in group.places:
                row = self._row[name]
                share = float(share_at(group.unusable, felt[row : row + 1])[0])
                out[row] |= draws.free(k, f"hazard/needed/{name}") < share * TWO_32
        return out
