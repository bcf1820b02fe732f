"""The roads of a scenario folder, whatever form they have: one door for all importers."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from sim.io.csv_table import LARGEST_BYTES, read_csv_table
from sim.io.raw_table import RawTable
from sim.io.roads_minutes import MinutesReport, read_minutes
from sim.io.roads_osm import OSM_ENDINGS, read_osm
from sim.io.roads_tables import read_road_tables
from sim.io.roads_vector import VECTOR_ENDINGS, read_vector
from sim.io.roads_ways import ImportReport, RoadFile
from sim.roads.minutes import MinutesMatrix
from sim.roads.network import Network
from sim.schema.problems import InputError, Problem

TABLE_ENDINGS = (".csv", ".csv.gz")
FORMATS = (
    "roads.osm(.pbf), roads.gpkg, roads.geojson, roads.shp, nodes.csv + edges.csv(.gz), minutes.csv"
)


def find_roads(folder: Path) -> Path:
    """The road file of a scenario folder: roads.*, edges.csv(.gz) or minutes.csv.

    Raises:
        InputError: there is none, or more than one.
    """
    names = [f"roads{ending}" for ending in (*OSM_ENDINGS, *VECTOR_ENDINGS)]
    names += [f"{stem}{ending}" for stem in ("edges", "minutes") for ending in TABLE_ENDINGS]
    found = [folder / name for name in names if (folder / name).is_file()]
    if not found:
        raise InputError([Problem("roads.missing", folder.name, allowed=FORMATS)])
    if len(found) > 1:
        several = ", ".join(path.name for path in found)
        raise InputError([Problem("roads.several", folder.name, found=several)])
    return found[0]


def read_roads(
    path: Path, source: RoadFile, foreign: bool = False
) -> tuple[Network, ImportReport] | tuple[MinutesMatrix, MinutesReport]:
    """Network or matrix of a file, recognised by its name.

    edges.csv is read with the nodes.csv beside it; a table with minutes in its name is a matrix.
    foreign: the file comes from elsewhere, see read_road_tables.

    Raises:
        InputError: every problem found.
    """
    name = path.name.lower()
    if name.endswith(OSM_ENDINGS):
        return read_osm(path, source)
    if name.endswith(VECTOR_ENDINGS):
        return read_vector(path, source)
    if not name.endswith(TABLE_ENDINGS):
        raise InputError([Problem("roads.unknown_format", source.file, allowed=FORMATS)])
    if "edges" not in name:
        return read_minutes(_table(path, "minutes"))
    beside = [path.with_name(f"nodes{ending}") for ending in TABLE_ENDINGS]
    nodes = next((other for other in beside if other.is_file()), None)
    if nodes is None:
        raise InputError([Problem("file.missing", "nodes.csv")])
    return read_road_tables(_table(nodes, "nodes"), _table(path, "edges"), source, foreign)


def _table(path: Path, name: str) -> RawTable:
    """A CSV table, unpacked if need be; never more than the allowed size.

    Raises:
        InputError: the file cannot be read or unpacked.
    """
    try:
        if path.suffix != ".gz":
            return read_csv_table(path.read_bytes(), name, path.name)
        with gzip.open(path) as packed:
            return read_csv_table(packed.read(LARGEST_BYTES + 1), name, path.name)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError([Problem("file.unreadable", path.name, found=str(error))]) from error
