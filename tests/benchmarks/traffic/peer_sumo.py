"""Peer: SUMO's mesoscopic mode, from the Python package eclipse-sumo, as a program of its own.

A link's length is what just holds its storage, its speed what gives its free time, and capacity
is set link by link: in meso a link lets a car go every tau + car space / speed, so the free-flow
tau of the link's type is its headway less that. All lanes of a link are one queue (SUMO would
split them by turns). ``jam`` scales the headways of jammed segments: SUMO's own ratios, or 1 for
links that discharge a queue at capacity as ours do.
"""

from __future__ import annotations

import importlib.util
import os
import resource
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from cases import CAR_SPACE_M, NEVER, Case, FloatArray, IntArray, Outcome


@dataclass(frozen=True)
class Jam:
    """Headways free-jam, jam-free and jam-jam in units of free-free."""

    fj: float = 1.0
    jf: float = 1.73 / 1.13
    jj: float = 1.4 / 1.13


WHOLE_M = 10_000.0
"""Segments so long that links stay whole."""

SUMO_JAM = Jam()
EVEN_JAM = Jam(1.0, 1.0, 1.0)


def lengths(case: Case) -> FloatArray:
    """Length at which a link holds its storage and not one car more."""
    roads = case.roads
    return (roads.storage + 0.1) * CAR_SPACE_M / roads.lanes


def taus(case: Case) -> FloatArray:
    """Free-free headway of every link without the car's own length, in seconds."""
    roads = case.roads
    speed = lengths(case) * 1000.0 / roads.free_ms
    return np.maximum(roads.lanes / roads.capacity_s - CAR_SPACE_M / speed, 0.05)


def write_network(case: Case, folder: Path) -> None:
    """Nodes and edges for netconvert; the net has no inner junction links."""
    roads, length_m = case.roads, lengths(case)
    speed = length_m * 1000.0 / roads.free_ms
    kinds = np.round(taus(case), 3)
    with (folder / "n.nod.xml").open("w") as out:
        out.write("<nodes>\n")
        for i in range(roads.n_nodes):
            out.write(f'<node id="n{i}" x="{roads.x[i]:.2f}" y="{roads.y[i]:.2f}"/>\n')
        out.write("</nodes>\n")
    with (folder / "n.edg.xml").open("w") as out:
        out.write("<edges>\n")
        for i in range(roads.n_links):
            out.write(
                f'<edge id="l{i}" from="n{roads.start[i]}" to="n{roads.end[i]}" '
                f'length="{length_m[i]:.2f}" speed="{speed[i]:.4f}" '
                f'numLanes="{roads.lanes[i]}" type="t{kinds[i]}"/>\n'
            )
        out.write("</edges>\n")
    turns = np.unique(turns_of(case), axis=0)
    with (folder / "n.con.xml").open("w") as out:
        out.write("<connections>\n")
        for a, b in turns.tolist():
            out.write(f'<connection from="l{a}" to="l{b}" fromLane="0" toLane="0"/>\n')
        out.write("</connections>\n")
    run(
        [
            program("netconvert"),
            "-n", "n.nod.xml", "-e", "n.edg.xml", "-x", "n.con.xml", "-o", "n.net.xml",
            "--no-internal-links", "--junctions.corner-detail", "0",
            "--offset.disable-normalization", "--no-warnings",
        ],
        folder,
    )  # fmt: skip


def turns_of(case: Case) -> IntArray:
    """Every pair of links that some car drives one after the other: netconvert leaves some out."""
    trips = case.trips
    inside = np.ones(len(trips.route), bool)
    inside[trips.route_start[1:] - 1] = False
    first = np.flatnonzero(inside)
    return np.column_stack([trips.route[first], trips.route[first + 1]])


def write_types(case: Case, folder: Path, jam: Jam) -> None:
    """Headways by link type."""
    with (folder / "types.add.xml").open("w") as out:
        out.write("<additional>\n")
        for tau in np.unique(np.round(taus(case), 3)).tolist():
            out.write(
                f'<type id="t{tau}"><meso tauff="{tau:.3f}" taufj="{tau * jam.fj:.3f}" '
                f'taujf="{tau * jam.jf:.3f}" taujj="{tau * jam.jj:.3f}"/></type>\n'
            )
        out.write("</additional>\n")


def write_trips(case: Case, folder: Path) -> None:
    """Every car with its fixed route; all drive at the link's speed."""
    with (folder / "n.rou.xml").open("w") as out:
        out.write('<routes>\n<vType id="car" length="5" minGap="2.5" tau="1" ')
        out.write('speedFactor="1" speedDev="0" sigma="0" maxSpeed="70"/>\n')
        for car, depart_ms in enumerate(case.trips.depart_ms.tolist()):
            edges = " ".join(f"l{link}" for link in case.trips.of(car).tolist())
            out.write(
                f'<vehicle id="{car}" type="car" depart="{depart_ms / 1000:.3f}" '
                f'departSpeed="max"><route edges="{edges}"/></vehicle>\n'
            )
        out.write("</routes>\n")


def program(name: str) -> str:
    """Full path of a program of the package."""
    return str(home() / "bin" / name)


def home() -> Path:
    """The package's folder, found without importing it: that would change PROJ for all of us."""
    spec = importlib.util.find_spec("sumo")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("eclipse-sumo")
    return Path(spec.origin).parent


def run(asked: list[str], folder: Path) -> None:
    """One of its programs to the end, in its own surroundings."""
    own = {**os.environ, "SUMO_HOME": str(home())}
    done = subprocess.run(asked, cwd=folder, env=own, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])


def child_cpu_s() -> float:
    """CPU seconds of all finished child processes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def read_arrivals(case: Case, folder: Path) -> IntArray:
    """Arrival of every car from SUMO's trip output."""
    arrive = np.full(case.trips.n, NEVER, np.int64)
    for _, item in ET.iterparse(folder / "trips.xml"):
        if item.tag == "tripinfo":
            arrive[int(item.attrib["id"])] = round(float(item.attrib["arrival"]) * 1000)
            item.clear()
    return arrive


def command(case: Case, segment_m: float = WHOLE_M) -> list[str]:
    """How SUMO is started in the folder with its files."""
    return [
        program("sumo"), "--mesosim", "-n", "n.net.xml", "-r", "n.rou.xml",
        "-a", "types.add.xml", "--tripinfo-output", "trips.xml",
        "--meso-edgelength", str(segment_m), "--time-to-teleport", "-1",
        "--meso-multi-queue", "false", "--max-depart-delay", "-1",
        "--no-step-log", "--no-warnings", "--xml-validation", "never",
    ]  # fmt: skip


def play(case: Case, jam: Jam = SUMO_JAM, segment_m: float = WHOLE_M) -> Outcome:
    """The case on its fixed routes, cold: a process that reads the network and runs.

    segment_m: longest piece SUMO cuts a link into; the default leaves links whole, as ours are.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        c0 = child_cpu_s()
        write_network(case, folder)
        write_types(case, folder, jam)
        write_trips(case, folder)
        c1 = child_cpu_s()
        asked = command(case, segment_m)
        run(asked, folder)
        c2 = child_cpu_s()
        return Outcome(read_arrivals(case, folder), c1 - c0, c2 - c1)
