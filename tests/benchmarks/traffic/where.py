"""Where SUMO and we differ: hours of delay by link, with even headways in SUMO.

    python tests/benchmarks/traffic/where.py kampen|county [CARS]

A line per link with the largest difference: cars on it, what other links bring to the road that
they enter, and the hours that its cars stand on it in each simulator.
"""

from __future__ import annotations

import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import peer_sumo
from cases import Case, FloatArray
from county import county
from ours import TOP_SPEED, network_of, supply_of
from places import kampen
from steps import SHARED

from sim.roads.queues import Departures, Queues


def our_delay_h(case: Case) -> FloatArray:
    """Hours that cars stand at the exit of each link."""
    network, trips = network_of(case.roads), case.trips
    queues = Queues(network, supply_of(case.roads), trips.trees, [TOP_SPEED], with_use=True)
    queues.add(Departures(trips.depart_ms, case.origin, route=trips.tree))
    queues.advance(case.horizon_s * 1000)
    hours: FloatArray = queues.take_use()["delay_ms"] / 3.6e6
    return hours


def sumo_delay_h(case: Case) -> FloatArray:
    """Hours on each link beyond the free time, from SUMO's own edge data."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peer_sumo.write_network(case, folder)
        peer_sumo.write_types(case, folder, peer_sumo.EVEN_JAM)
        peer_sumo.write_trips(case, folder)
        types = folder / "types.add.xml"
        asked = '<edgeData id="e" file="edges.xml"/></additional>'
        types.write_text(types.read_text().replace("</additional>", asked))
        peer_sumo.run(peer_sumo.command(case), folder)
        spent = np.zeros(case.roads.n_links)
        for edge in ET.parse(folder / "edges.xml").getroot().iter("edge"):
            spent[int(edge.attrib["id"][1:])] = float(edge.attrib.get("sampledSeconds", 0)) / 3600
    driven = np.bincount(case.trips.route, minlength=case.roads.n_links)
    return spent - driven * case.roads.free_ms / 3.6e6


def main(which: str, cars: str = "") -> None:
    sizes = {"kampen": 10_000, "county": 150_000}
    n = int(cars or sizes[which])
    case = kampen(SHARED, n) if which == "kampen" else county(n)
    roads = case.roads
    driven = np.bincount(case.trips.route, minlength=roads.n_links)
    turns, flow = np.unique(peer_sumo.turns_of(case), axis=0, return_counts=True)
    ours, sumo = our_delay_h(case), sumo_delay_h(case)
    print(f"{case.name}: ours {ours.sum():.1f} h, SUMO {sumo.sum():.1f} h of delay on links")
    for link in np.argsort(ours - sumo)[:15].tolist():
        mine = np.flatnonzero(turns[:, 0] == link)
        if not len(mine):
            continue  # an exit
        into = int(turns[mine[flow[mine].argmax()], 1])
        others = int(flow[(turns[:, 1] == into) & (turns[:, 0] != link)].sum())
        print(
            f"  link {link}: {driven[link]} cars, {others} others enter the road ahead "
            f"({roads.capacity_s[into] * 3600:.0f}/h): ours {ours[link]:.1f} h, "
            f"SUMO {sumo[link]:.1f} h"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
