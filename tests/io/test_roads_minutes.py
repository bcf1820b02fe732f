"""Travel-time matrices: direct links only, absent stays absent."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.clock import MS_PER_MIN, NEVER
from sim.io.csv_table import read_csv_table
from sim.io.roads_minutes import MinutesReport, read_minutes
from sim.io.roads_read import read_roads
from sim.io.roads_ways import RoadFile
from sim.roads.minutes import MinutesMatrix, straight_line_matrix
from sim.schema.problems import InputError


def read(text: str) -> tuple[MinutesMatrix, MinutesReport]:
    """Matrix of a table as text."""
    return read_minutes(read_csv_table(text.encode(), "minutes", "minutes.csv"))


def test_links_are_direct_and_directed() -> None:
    """Only what is listed exists: no way back, no way through a third place, 0 to oneself."""
    matrix, report = read("from_node,to_node,minutes\n10,2,1.5\n2,1,20\n10,1,90\n")
    assert matrix.node_ids == ("1", "2", "10")
    row = matrix.row
    assert matrix.ms[row["10"], row["2"]] == 90_000
    assert matrix.ms[row["10"], row["1"]] == 90 * MS_PER_MIN  # not 21.5 by way of 2
    assert matrix.ms[row["2"], row["10"]] == NEVER
    assert (np.diag(matrix.ms) == 0).all()
    assert (report.links, report.missing) == (3, 3)


def test_order_of_rows_does_not_matter() -> None:
    """The same links in another order are the same matrix."""
    one, _ = read("from_node,to_node,minutes\nA,B,3\nB,C,4\n")
    two, _ = read("from_node,to_node,minutes\nB,C,4\nA,B,3\n")
    assert one.node_ids == two.node_ids and (one.ms == two.ms).all()


def test_square_sheet() -> None:
    """A square with names on both sides is read as rows → columns; blanks are missing links."""
    matrix, report = read(",A,B,C\nA,0,5,\nB,6,0,7\nC,,8,0\n")
    assert matrix.ms[0].tolist() == [0, 5 * MS_PER_MIN, NEVER]
    assert matrix.ms[1, 2] == 7 * MS_PER_MIN and report.missing == 2
    with pytest.raises(InputError) as caught:
        read(",A,B,C\nA,0,5,1\nB,6,0,7\nD,1,8,0\n")
    assert caught.value.problems[0].code == "minutes.not_square"


def test_mistakes_have_rows() -> None:
    """A link given twice and a negative time are errors in their rows."""
    with pytest.raises(InputError) as caught:
        read("from_node,to_node,minutes\nA,B,3\nA,B,4\nB,A,-1\n")
    shown = [(p.code, p.row) for p in caught.value.problems]
    assert sorted(shown) == [("minutes.duplicate", 3), ("number.out_of_range", 4)]
    with pytest.raises(InputError):
        read("from_node,to_node,minutes\n")


def test_straight_line_estimate() -> None:
    """3 km at 30 km/h with detour 1.6 are 9.6 minutes, and the matrix says it is an estimate."""
    xy = np.array([[0.0, 0.0], [3000.0, 0.0]])
    matrix = straight_line_matrix(("A", "B"), xy, speed_kmh=30)
    assert matrix.estimated and matrix.ms.tolist() == [[0, 576_000], [576_000, 0]]


@pytest.mark.real
def test_xingguo_matrix(shared_dir: Path) -> None:
    """Xingguo: 48 nodes, 1,122 directed links; villages and shelters are linked both ways."""
    path = shared_dir / "data" / "xingguo_2019_bus" / "travel_time_min.csv"
    matrix, report = read_roads(path, RoadFile(path.name, "EPSG:4326", ""))
    assert isinstance(matrix, MinutesMatrix) and isinstance(report, MinutesReport)
    assert (matrix.n_nodes, report.links) == (48, 1122)
    row = matrix.row
    assert matrix.ms[row["1"], row["23"]] == 90 * MS_PER_MIN
    assert matrix.ms[row["1"], row["2"]] == NEVER
    assert (matrix.ms[row["48"], : row["23"]] < NEVER).all()
