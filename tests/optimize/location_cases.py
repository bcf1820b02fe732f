"""Published location problems, read from the folder shared beside the repository."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MEDIANS = (1, 2, 5, 6, 10, 11)
CENTERS = (1, 2, 5, 6, 10, 11, 16)


@dataclass(frozen=True)
class Sites:
    """distance: float64[demands, sites]; weights: float64[demands]; expected: known answers."""

    distance: NDArray[np.float64]
    weights: NDArray[np.float64]
    expected: dict[str, Any]


def or_library(shared: Path, number: int) -> tuple[NDArray[np.float64], int, int, int]:
    """All distances of an OR-Library network, n sites, optimal p-median and p-center."""
    folder = shared / "benchmarks" / "location" / "orlib_pmed"
    numbers = [int(word) for word in (folder / f"pmed{number}.txt").read_text().split()]
    n, n_edges, n_sites = numbers[:3]
    distance = np.full((n, n), np.inf)
    np.fill_diagonal(distance, 0.0)
    for k in range(n_edges):
        i, j, length = numbers[3 + 3 * k : 6 + 3 * k]
        distance[i - 1, j - 1] = distance[j - 1, i - 1] = length  # the last of doubles counts
    for k in range(n):
        np.minimum(distance, distance[:, k, None] + distance[None, k], out=distance)
    name = f"pmed{number}"
    median, center = _optima(folder / "pmedopt.txt"), _optima(folder / "kcenteropt.txt")
    return distance, n_sites, median[name], center[name]


def _optima(file: Path) -> dict[str, int]:
    rows = [line.split() for line in file.read_text().splitlines()]
    return {row[0]: int(row[1]) for row in rows if len(row) == 2 and row[0].startswith("pmed")}


def swain(shared: Path) -> Sites:
    """Swain's 55 nodes, each a demand and a site."""
    folder = shared / "benchmarks" / "location" / "swain55"
    lines = (folder / "swain55.csv").read_text(encoding="utf-8").splitlines()
    rows = [[float(cell) for cell in line.split(",")] for line in lines if line[0].isdigit()]
    table = np.array(rows)
    away = table[:, None, 1:3] - table[None, :, 1:3]
    expected = json.loads((folder / "swain55_reference_optima_computed.json").read_text("utf-8"))
    return Sites(np.sqrt((away**2).sum(axis=2)), table[:, 3], expected)


def san_francisco(shared: Path) -> Sites:
    """205 census tracts and 16 stores; weights are persons."""
    folder = shared / "benchmarks" / "location" / "sf_stores_spopt"
    name = "SF_network_distance_candidateStore_16_censusTract_205_new.csv"
    with (folder / name).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    tracts = {row["DestinationName"]: float(row["demand"]) for row in rows}
    stores = sorted({row["name"] for row in rows}, key=lambda text: int(text.split("_")[1]))
    tract, store = list(tracts), {text: j for j, text in enumerate(stores)}
    at = {text: i for i, text in enumerate(tract)}
    distance = np.full((len(tract), len(stores)), np.inf)
    for row in rows:
        distance[at[row["DestinationName"]], store[row["name"]]] = float(row["distance"])
    expected = json.loads((folder / "spopt_results.json").read_text(encoding="utf-8"))
    return Sites(distance, np.array([tracts[text] for text in tract]), expected)


def lattice_points(number: int, random: np.random.RandomState) -> NDArray[np.float64]:
    """Points that spopt's unit tests draw: within 0.2 of the streets of a 10 × 10 lattice, each
    moved to the nearest street; float64[number, 2]. The old generator is theirs."""
    found: list[tuple[float, float]] = []
    while len(found) < number:
        x, y = random.uniform(-0.2, 10.2), random.uniform(-0.2, 10.2)
        on_row = (min(max(x, 0.0), 10.0), float(round(min(max(y, 0.0), 10.0))))
        on_column = (float(round(min(max(x, 0.0), 10.0))), min(max(y, 0.0), 10.0))
        away, nearest = min((np.hypot(x - at[0], y - at[1]), at) for at in (on_column, on_row))
        if away <= 0.2:
            found.append(nearest)
    return np.array(found)


def spopt_lattice() -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Straight distances from 100 clients to 5 sites and the clients' weights, as spopt's tests
    have them: seeds 5 and 6, the weights drawn after the sites."""
    clients = lattice_points(100, np.random.RandomState(5))
    random = np.random.RandomState(6)
    sites = lattice_points(5, random)
    weights = random.randint(1, 12, 100)
    away = clients[:, None] - sites[None]
    return np.hypot(away[..., 0], away[..., 1]), weights.astype(np.int64)
