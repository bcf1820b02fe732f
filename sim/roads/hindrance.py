"""What all layers of a member do together to every vehicle class, on every edge and step.

The worst layer counts. A member with water alone hands its own levels on, untouched: then every
class reads the same rows. Otherwise each class has rows of its own, because wind stops a coach
where a car still drives, and deep water the other way round.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from sim.roads.levels import LevelScale
from sim.roads.network import Int32Array, IntArray
from sim.roads.passability import VehicleClass
from sim.roads.routing import Water


class EdgeLayer(Protocol):
    """Levels of one kind on the edges; see ``sim.hazards.base.Layer``."""

    @property
    def scale(self) -> LevelScale:
        """What the levels mean."""

    @property
    def edge_row(self) -> Int32Array:
        """Row of every edge in the levels, -1 for never any."""

    @property
    def edge_levels(self) -> Int32Array:
        """Levels, int32[n_rows, n_steps]."""


class Hindrance:
    """The water that each class meets on the edges of one member.

    Attributes:
        edge_row: int32[n_edges], row of every edge, common to all classes; -1 for never any.
        levels: int32[n_rows, n_steps]; somebody on the edge is exposed from ``harm`` on.
    """

    def __init__(self, layers: Sequence[EdgeLayer], step_ms: int) -> None:
        self._layers, self._step_ms = layers, step_ms
        first = layers[0]
        self.harm = first.scale.harm_level
        self.plain = len(layers) == 1 and first.scale.is_water
        if len(layers) == 1:
            self.edge_row, self._rows = first.edge_row, np.arange(len(first.edge_levels))[:, None]
        else:
            self.edge_row, self._rows = _common_rows([layer.edge_row for layer in layers])
        every = np.arange(len(self._rows))
        self.levels = first.edge_levels if len(layers) == 1 else self._harmful(every)
        self.levels = np.ascontiguousarray(self.levels)
        self._handed_out: dict[str, tuple[Water, VehicleClass]] = {}

    def of(self, vehicle: VehicleClass) -> Water:
        """The water a class meets."""
        known = self._handed_out.get(vehicle.name)
        if known is not None:
            return known[0]
        hinder = None if self.plain else self._worst(vehicle, np.arange(len(self.levels)))
        water = Water(self.edge_row, self.levels, self._step_ms, self.harm, hinder)
        self._handed_out[vehicle.name] = water, vehicle
        return water

    def of_all(self, vehicles: Sequence[VehicleClass]) -> Water:
        """The water of several classes, one block of rows each, in their order."""
        if self.plain:
            return self.of(vehicles[0])
        blocks = np.concatenate([self.of(vehicle).hindrance for vehicle in vehicles])
        return Water(self.edge_row, self.levels, self._step_ms, self.harm, blocks)

    def clear(self, code: str, edges: IntArray, steps: slice) -> IntArray:
        """Take away what layers of a scale have put on edges for some steps; the rows changed.

        Levels and the water handed out are changed in place: only for who owns the layers' levels.
        """
        for layer in self._layers:
            if layer.scale.code == code:
                mine = np.unique(layer.edge_row[edges])
                layer.edge_levels[mine[mine >= 0], steps] = 0
        rows = np.unique(self.edge_row[edges]).astype(np.int64)
        rows = rows[rows >= 0]
        if len(self._layers) > 1:
            self.levels[rows] = self._harmful(rows)
        for water, vehicle in self._handed_out.values():
            water.hindrance[rows] = self._worst(vehicle, rows)
        return rows

    def _worst(self, vehicle: VehicleClass, rows: IntArray) -> Int32Array:
        """Some rows of the worst layer for a class."""
        worst = np.zeros((len(rows), self.levels.shape[1]), dtype=np.int32)
        for number, layer in enumerate(self._layers):
            theirs = self._rows[rows, number]
            mine = theirs >= 0
            levels = layer.edge_levels[theirs[mine]]
            worst[mine] = np.maximum(worst[mine], layer.scale.hindrance_mm(levels, vehicle))
        return worst

    def _harmful(self, rows: IntArray) -> Int32Array:
        """Some rows of the first layer, at its harm level at least where another layer harms."""
        first = self._layers[0].edge_levels
        found = np.zeros((len(rows), first.shape[1]), dtype=np.int32)
        for number, layer in enumerate(self._layers):
            theirs = self._rows[rows, number]
            mine = theirs >= 0
            levels = layer.edge_levels[theirs[mine]]
            if number:
                levels = np.where(levels >= layer.scale.harm_level, self.harm, 0)
            found[mine] = np.maximum(found[mine], levels)
        return found


def _common_rows(rows: Sequence[Int32Array]) -> tuple[Int32Array, np.ndarray]:
    """One row per set of rows that occurs together: row of each edge, and the rows of each set."""
    columns = np.stack(rows, axis=1).astype(np.int64)
    sets, number = np.unique(columns, axis=0, return_inverse=True)
    some = (sets >= 0).any(axis=1)
    place = np.where(some, np.cumsum(some) - 1, -1).astype(np.int32)
    return place[number.reshape(-1)], sets[some]
