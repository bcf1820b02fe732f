"""A fire's ground laid over places and roads: grids read, lines drawn, what lies near flames."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from pyproj import CRS

from sim.clock import MS_PER_HOUR, NEVER
from sim.hazards.base import FloatArray, Geometry, IntArray, Setting
from sim.hazards.field import Ground, ground_of
from sim.hazards.fire_spread import FireGround
from sim.io.ascii_grid import TextGrid, read_grid
from sim.io.layers import points_in
from sim.schema.hazard_fire import FireTerrain
from sim.schema.problems import InputError, Problem

LOWEST_M, HIGHEST_M = -500, 9000
"""Heights of land, as in the tables of places; beyond them stands a slip of units or nodata."""


@dataclass(frozen=True, slots=True)
class FireMap:
    """Grid and points of one scenario.

    Attributes:
        crs: system of the grids, projected.
        grid: the cells.
        burning: fuel and elevation.
        ground: places and road samples; ``cell`` int64 [n_points], their cells, −1 outside.
    """

    crs: str
    grid: TextGrid
    burning: FireGround
    ground: Ground
    cell: IntArray
    warnings: tuple[Problem, ...]

    @property
    def inside(self) -> IntArray:
        """Points that lie on the grid, ascending."""
        return np.flatnonzero(self.cell >= 0)


def lay_out(terrain: FireTerrain, geometry: Geometry, setting: Setting) -> FireMap:
    """Read the grids and find the cell of every place and road sample.

    Raises:
        InputError: grids unreadable, different or in degrees, fuel numbers without a factor, cells
            without a height or with an impossible one, or no place and no road on the grid.
    """
    crs = setting.crs or geometry.crs
    if CRS.from_user_input(crs).is_geographic:
        crs = geometry.crs
    fuel = read_grid(setting.folder, terrain.fuel)
    elevation = read_grid(setting.folder, terrain.elevation)
    if not fuel.like(elevation):
        raise InputError([Problem("hazard.grids_differ", terrain.elevation, found=terrain.fuel)])
    factor = _factors(terrain, fuel)
    _must_be_heights(terrain.elevation, elevation.values[factor > 0])
    ground = ground_of(geometry)
    cell = fuel.cells(*points_in(ground.x, ground.y, geometry.crs, crs))
    outside = int((cell < 0).sum())
    if outside == len(cell):
        raise InputError([Problem("hazard.raster_elsewhere", terrain.fuel, found=_extent(fuel))])
    notes = []
    if outside:
        found = f"{outside} / {len(cell)}"
        notes.append(
            Problem("hazard.raster_part", terrain.fuel, None, None, found, None, "warning")
        )
    burning = FireGround(fuel.cell, factor, np.nan_to_num(elevation.values))
    return FireMap(crs, fuel, burning, ground, cell, tuple(notes))


def _must_be_heights(file: str, heights_m: FloatArray) -> None:
    """Refuse cells that burn without a height, or with one that no place on land has."""
    unknown = int(np.isnan(heights_m).sum())
    if unknown:
        raise InputError([Problem("hazard.raster_nodata", file, None, None, unknown)])
    wrong = heights_m[(heights_m < LOWEST_M) | (heights_m > HIGHEST_M)]
    if len(wrong):
        allowed = f"{LOWEST_M} … {HIGHEST_M} m"
        raise InputError(
            [Problem("hazard.out_of_range", file, None, None, f"{wrong[0]:g}", allowed)]
        )


def cells_at(
    fire: FireMap, x: FloatArray, y: FloatArray, geometry: Geometry, field: str
) -> IntArray:
    """Cells of points in the working system.

    Raises:
        InputError: a point lies outside the grid.
    """
    cell = fire.grid.cells(*points_in(x, y, geometry.crs, fire.crs))
    if (cell < 0).any():
        raise InputError([Problem("hazard.off_grid", "scenario.yaml", field=field)])
    return cell


def drawn(fire: FireMap, x: FloatArray, y: FloatArray) -> tuple[IntArray, FloatArray]:
    """Cells along a line (grid coordinates), joined side by side, and how far along each lies (m).

    Parts of the line outside the grid are left out.
    """
    step = np.hypot(np.diff(x), np.diff(y))
    total = float(step.sum())
    n = max(int(np.ceil(total / fire.grid.cell * 8)), 1)
    along = np.linspace(0.0, total, n + 1)
    chain = np.concatenate([[0.0], np.cumsum(step)])
    cell = fire.grid.cells(np.interp(along, chain, x), np.interp(along, chain, y))
    cols = fire.grid.values.shape[1]
    kept = cell >= 0
    cell, along = cell[kept], along[kept]
    corner = np.flatnonzero(
        (np.diff(cell // cols) != 0) & (np.diff(cell % cols) != 0)
    )  # a diagonal step would let fire slip through
    side = cell[corner] // cols * cols + cell[corner + 1] % cols
    return np.concatenate([cell, side]), np.concatenate([along, along[corner]])


def closed_from(
    shape: tuple[int, int], lines: list[tuple[IntArray, FloatArray, int, float]]
) -> IntArray:
    """From when fire cannot enter each cell, int64 [rows, cols].

    ``lines`` are (cells, metres along, begin in ms, metres per hour); a pace of 0 is a line that
    is there from the begin on.
    """
    closed = np.full(shape[0] * shape[1], NEVER, np.int64)
    for cells, along, begin, pace in lines:
        if begin >= NEVER:
            continue
        done = np.rint(along / pace * MS_PER_HOUR).astype(np.int64) if pace > 0 else 0
        np.minimum.at(closed, cells, begin + done)
    return closed.reshape(shape)


def offsets(grid: TextGrid, reach_m: float, toward: FloatArray | None = None) -> IntArray:
    """Cells within reach as int64 [n, 2] (row, col) steps; with ``toward`` (row, col unit vector)
    only those against it within 30°, whose smoke the wind brings here."""
    n = int(reach_m / grid.cell)
    row, col = np.mgrid[-n : n + 1, -n : n + 1]
    near = row * row + col * col <= (reach_m / grid.cell) ** 2
    if toward is not None:
        against = -(row * toward[0] + col * toward[1])
        near &= (against > 0) & (4 * against**2 >= 3 * (row * row + col * col))
    return np.column_stack([row[near], col[near]]).astype(np.int64)


def first_and_last(arrival: IntArray, cell: IntArray, steps: IntArray) -> tuple[IntArray, IntArray]:
    """Earliest and latest arrival among the cells around each cell; (NEVER, −1) if none burns."""
    rows, cols = arrival.shape
    first = np.full(len(cell), NEVER, np.int64)
    last = np.full(len(cell), -1, np.int64)
    for down, right in steps.tolist():
        row, col = cell // cols + down, cell % cols + right
        inside = (row >= 0) & (row < rows) & (col >= 0) & (col < cols)
        at = np.full(len(cell), NEVER, np.int64)
        at[inside] = arrival[row[inside], col[inside]]
        first = np.minimum(first, at)
        last = np.maximum(last, np.where(at < NEVER, at, -1))
    return first, last


def _factors(terrain: FireTerrain, fuel: TextGrid) -> FloatArray:
    """Kφ of every cell; where the grid has no data nothing burns."""
    known = {float(number): factor for number, factor in terrain.factors.items()}
    present = np.unique(fuel.values[~np.isnan(fuel.values)])
    missing = [f"{number:g}" for number in present.tolist() if number not in known]
    if missing:
        found, allowed = ", ".join(missing[:8]), ", ".join(terrain.factors)
        raise InputError([Problem("hazard.fuel_unknown", terrain.fuel, None, None, found, allowed)])
    factor = np.zeros(fuel.values.shape)
    for number, value in known.items():
        factor[fuel.values == number] = value
    return factor


def _extent(grid: TextGrid) -> str:
    rows, cols = grid.values.shape
    right, bottom = grid.left + cols * grid.cell, grid.top - rows * grid.cell
    return f"x {grid.left:.6g}…{right:.6g}, y {bottom:.6g}…{grid.top:.6g}"
