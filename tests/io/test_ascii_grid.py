"""ESRI ASCII grids: read, placed, and every slip named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.io.ascii_grid import read_grid
from sim.schema.problems import InputError

HEAD = "ncols 3\nnrows 2\nxllcorner 100\nyllcorner 50\ncellsize 10\nNODATA_value -9999\n"


def read(folder: Path, text: str) -> object:
    (folder / "g.asc").write_text(text, encoding="utf-8")
    return read_grid(folder, "g.asc")


def test_rows_run_south(tmp_path: Path) -> None:
    """The first row is the north; no data is unknown; cells are found by position."""
    (tmp_path / "g.asc").write_text(HEAD + "1 2 3\n4 -9999 6\n", encoding="utf-8")
    grid = read_grid(tmp_path, "g.asc")
    assert grid.values[0].tolist() == [1, 2, 3] and np.isnan(grid.values[1, 1])
    x, y = np.array([105.0, 129.0, 99.0, np.nan]), np.array([69.0, 51.0, 60.0, 60.0])
    assert grid.cells(x, y).tolist() == [0, 5, -1, -1]
    assert grid.like(grid)


def test_centres_and_case(tmp_path: Path) -> None:
    """The position may be that of the first cell's centre, keys in any case."""
    text = "NCOLS 1\nNROWS 1\nXLLCENTER 5\nYLLCENTER 5\nCELLSIZE 10\n7\n"
    (tmp_path / "g.asc").write_text(text, encoding="utf-8")
    grid = read_grid(tmp_path, "g.asc")
    assert (grid.left, grid.top) == (0, 10) and grid.values[0, 0] == 7


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEAD + "1 2 3\n4 5\n", "hazard.grid_count"),
        (HEAD + "1 2 3\n4 5 x\n", "hazard.not_a_number"),
        (HEAD + "1 2 3\n4 5 inf\n", "hazard.not_a_number"),
        (HEAD.replace("cellsize 10", "size 10") + "1 2 3 4 5 6\n", "hazard.grid_head"),
        (HEAD.replace("xllcorner", "x") + "1 2 3 4 5 6\n", "hazard.grid_head"),
        (HEAD.replace("ncols 3", "ncols nan") + "1 2 3 4 5 6\n", "hazard.grid_head"),
        (HEAD.replace("ncols 3", "ncols inf") + "1 2 3 4 5 6\n", "hazard.grid_head"),
        (HEAD.replace("xllcorner 100", "xllcorner nan") + "1 2 3 4 5 6\n", "hazard.grid_head"),
        (HEAD.replace("ncols 3", "ncols 9000000") + "1\n", "hazard.grid_size"),
        (HEAD.replace("cellsize 10", "cellsize 0") + "1 2 3 4 5 6\n", "hazard.grid_size"),
        ("火" + HEAD, "hazard.grid_text"),
        ("", "hazard.grid_head"),
    ],
)
def test_wrong_grids(tmp_path: Path, text: str, code: str) -> None:
    """Missing lines, wrong counts, words for numbers, impossible sizes: each has its error."""
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert caught.value.problems[0].code == code
