"""Solve every published location problem and write docs/benchmarks/location.md with the times.

    python tests/benchmarks/location/run.py [--out FILE]

Needs the folder shared beside the repository (YUYAN_SHARED). About two minutes; the OR-Library
networks beyond those of the tests are solved as well.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import scipy

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests" / "optimize"))

from location_cases import (  # noqa: E402
    CENTERS,
    MEDIANS,
    or_library,
    san_francisco,
    spopt_lattice,
    swain,
)

from sim.optimize.hypercube import Service, approximate, exact  # noqa: E402
from sim.optimize.location.center import least_radius  # noqa: E402
from sim.optimize.location.covering import fewest_sites, most_covered  # noqa: E402
from sim.optimize.location.expected import UnitType, most_expected  # noqa: E402
from sim.optimize.location.median import least_total  # noqa: E402
from sim.optimize.location.placement import Placement  # noqa: E402
from sim.optimize.location.served import least_served  # noqa: E402

LARGER = (12, 15, 16, 21, 26, 31, 35, 40)
Row = tuple[str, str, str, str]


def main(shared: Path, out: Path) -> None:
    """Solve, compare, write."""
    parts = [_head()]
    for title, rows in (
        ("OR-Library p-median", _or_library(shared, MEDIANS + LARGER, True)),
        ("OR-Library p-center", _or_library(shared, CENTERS + LARGER, False)),
        ("Swain, 55 nodes", _swain(shared)),
        ("San Francisco, 205 tracts, 16 stores, 5 km, 4 stores", _san_francisco(shared)),
        ("spopt's unit tests", _spopt(shared)),
        ("Hypercube: Larson and Odoni, three units", _hypercube(shared)),
    ):
        parts.append(f"## {title}\n\n| case | known | ours | seconds |\n| --- | --- | --- | --- |")
        parts.append("\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n")
        print(parts[-1], flush=True)
    out.write_text("\n".join(parts), encoding="utf-8")


def _head() -> str:
    return f"""# 选址模型：公开算例逐行核对 | Location models against published optima

Written by `python tests/benchmarks/location/run.py`; do not edit by hand. The same rows are tests:
`pytest -m real tests/optimize/test_location_benchmarks.py tests/optimize/test_hypercube.py`.

Measured on a 2-core {platform.machine()} machine shared with other work, Python \
{platform.python_version()}, numpy {np.__version__}, scipy {scipy.__version__} (HiGHS). Seconds are
wall time of one call, reading left out; "proven" means that bound and value agree. p-center is a
binary search over the distances with set covers by HiGHS; p-median is branch and bound with
Lagrangian bounds; covers and expected covers are given to HiGHS as they are. Networks beyond those
asked for by the tests are marked *. The points of spopt's unit tests are drawn again from their
seeds.
"""


def _timed(solve: Callable[[], Placement]) -> tuple[Placement, str]:
    begin = time.perf_counter()
    found = solve()
    return found, f"{time.perf_counter() - begin:.2f}"


def _or_library(shared: Path, numbers: tuple[int, ...], median: bool) -> Iterator[Row]:
    asked = MEDIANS if median else CENTERS
    for number in sorted(set(numbers)):
        distance, n_sites, total, radius = or_library(shared, number)
        solver = least_total if median else least_radius
        found, took = _timed(lambda d=distance, n=n_sites, s=solver: s(d, n))  # type: ignore[misc]
        known = total if median else radius
        star = "" if number in asked else "*"
        name = f"pmed{number}{star} ({len(distance)} nodes, {n_sites} sites)"
        proven = ", proven" if found.gap == 0 else f", gap {found.gap:.2%}"
        wrong = "" if found.value == known else " **differs**"
        yield name, str(known), f"{found.value:.0f}{proven}{wrong}", took


def _row(name: str, known: float, solve: Callable[[], Placement]) -> Row:
    found, took = _timed(solve)
    wrong = "" if abs(found.value - known) <= 1e-6 * abs(known) + 0.005 else " **differs**"
    return name, f"{known:,.6g}", f"{found.value:,.6g}{wrong}", took


def _swain(shared: Path) -> Iterator[Row]:
    case = swain(shared)
    weighted = case.distance * case.weights[:, None]
    for radius, fewest in case.expected["LSCP_min_facilities"].items():
        near = case.distance <= float(radius)
        yield _row(f"LSCP S={radius}", fewest, lambda c=near: fewest_sites(c))  # type: ignore[misc]
    for row in case.expected["MCLP"]:
        near, p = case.distance <= row["S"], row["p"]
        name = f"MCLP S={row['S']} p={p}"
        yield _row(name, row["covered"], lambda c=near, p=p: most_covered(c, case.weights, p))  # type: ignore[misc]
    for row in case.expected["p_median"]:
        name, p = f"p-median p={row['p']}", row["p"]
        yield _row(name, row["weighted_distance"], lambda p=p: least_total(weighted, p))  # type: ignore[misc]
    for row in case.expected["p_center"]:
        name, p = f"p-center p={row['p']}", row["p"]
        yield _row(name, row["radius"], lambda p=p: least_radius(case.distance, p))  # type: ignore[misc]
    for row in case.expected["MEXCLP"]:
        units = UnitType(case.distance <= row["S"], row["p"], at_most=row["p"])
        begin = time.perf_counter()
        value = most_expected([units], case.weights, row["q"]).value
        wrong = "" if abs(value - row["expected_covered"]) <= 0.006 else " **differs**"
        name = f"MEXCLP S={row['S']} p={row['p']} q={row['q']}"
        took = f"{time.perf_counter() - begin:.2f}"
        yield name, str(row["expected_covered"]), f"{value:.2f}{wrong}", took


def _san_francisco(shared: Path) -> Iterator[Row]:
    case = san_francisco(shared)
    near, known = case.distance <= 5000, case.expected
    weighted = case.distance * case.weights[:, None]
    yield _row("LSCP", known["LSCP_min_facilities"], lambda: fewest_sites(near))
    people = known["MCLP_covered_population"]
    yield _row("MCLP", people, lambda: most_covered(near, case.weights, 4))
    yield _row("p-median", known["p_median_objective"], lambda: least_total(weighted, 4))
    yield _row("p-center", known["p_center_minmax"], lambda: least_radius(case.distance, 4))


def _spopt(shared: Path) -> Iterator[Row]:
    known = san_francisco(shared).expected["spopt_unit_test_values"]
    distance, weights = spopt_lattice()
    weighted = distance * weights[:, None]
    total, radius = (
        known["test_pmedian preselected"]["objective"],
        known["test_pcenter preselected"],
    )
    yield _row("p-median p=3, two stand", total, lambda: least_total(weighted, 3, (3, 4)))
    yield _row("p-center p=3, two stand", radius, lambda: least_radius(distance, 3, (3, 4)))
    clients, sites = np.array([[0.5, 1], [1.5, 1]]), np.array([[1, 1], [0, 2], [2, 0]])
    away = np.linalg.norm(clients[:, None] - sites[None], axis=2)
    both = 2 * known["knearest mean"]
    yield _row("p-median with room", both, lambda: least_served(away, np.ones(2), np.ones(3), 2))


def _hypercube(shared: Path) -> Iterator[Row]:
    file = shared / "benchmarks" / "queues" / "hypercube_reference.json"
    case = json.loads(file.read_text(encoding="utf-8"))["larson_odoni_3server"]
    rates = {k: v for k, v in case["class_rates_fitted"].items() if k.startswith("pref")}
    orders = np.array([[int(u) - 1 for u in name.split()[1].split("-")] for name in rates])
    service = Service(np.array(list(rates.values())), orders, np.ones(3))
    lost = Service(service.rates, orders, np.ones(3), "lost")
    known = case["published"]
    zero = case["computed_exact_solution_zero_queue_COMPUTED"]
    for name, expected, answer in (
        ("exact, calls wait", known["exact_workloads"], lambda: exact(service).busy),
        ("exact, calls lost", zero["workloads"], lambda: exact(lost).busy),
        (
            "approximation, 3 rounds",
            known["approx_workloads"],
            lambda: approximate(service, 3).busy,
        ),
    ):
        begin = time.perf_counter()
        busy = answer()
        took = f"{time.perf_counter() - begin:.3f}"
        yield name, _four(expected), _four(busy), took


def _four(values: object) -> str:
    return " ".join(f"{value:.4f}" for value in np.asarray(values).tolist())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks" / "location.md")
    folder = os.environ.get("YUYAN_SHARED")
    main(Path(folder) if folder else ROOT.parent / "shared", parser.parse_args().out)
