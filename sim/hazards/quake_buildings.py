"""Buildings a plan relies on after an earthquake: shelters and hospitals that may be unusable."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.clock import NEVER
from sim.hazards.base import Geometry, IntArray
from sim.hazards.ensemble import TWO_32, EnsembleDraws
from sim.hazards.quake_blows import Shock
from sim.hazards.river_checks import FILE, SECTION
from sim.hazards.shaking import share_at
from sim.schema.hazard_quake import Aftershocks, NeededBuildings
from sim.schema.problems import InputError, Problem


class Needed:
    """The buildings of a section, by the rows of their places."""

    def __init__(
        self, groups: tuple[NeededBuildings, ...], later: Aftershocks, geometry: Geometry
    ) -> None:
        """
        Raises:
            InputError: a place does not exist.
        """
        self._groups, self._later, self._ids = groups, later, geometry.place_ids
        self._row = {name: row for row, name in enumerate(geometry.place_ids)}
        problems = [
            Problem("hazard.place_unknown", FILE, None, f"{SECTION}.needed.{i}.places", name)
            for i, group in enumerate(groups)
            for name in group.places
            if name not in self._row
        ]
        if problems:
            raise InputError(problems)

    def damaged_ms(self, draws: EnsembleDraws, k: int, shocks: Sequence[Shock]) -> IntArray:
        """From when on each place cannot be used in member ``k``, int64 [n_places]; NEVER.

        Each building has a draw of its own for the main shock, so a stronger one damages at least
        the same ones, and another for every aftershock that finds it standing: shaken once, it
        is a degree or so weaker.
        """
        out = np.full(len(self._ids), NEVER, np.int64)
        for number, shock in enumerate(shocks):
            weaker = self._later.weaker_by if number else 0.0
            factor = self._later.damaged_factor if number else 1.0
            for group in self._groups:
                for name in group.places:
                    row = self._row[name]
                    share = factor * float(
                        share_at(group.unusable, shock.felt[row : row + 1] + weaker)[0]
                    )
                    drawn = f"hazard/needed/{name}" + (f"/{number}" if number else "")
                    if draws.free(k, drawn) < share * TWO_32:
                        out[row] = min(int(out[row]), shock.at_ms)
        return out
