"""Every row of the published location problems: the known optimum is found and proven."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from location_cases import (
    CENTERS,
    MEDIANS,
    or_library,
    san_francisco,
    spopt_lattice,
    swain,
)

from sim.optimize.location.center import least_radius
from sim.optimize.location.covering import fewest_sites, most_covered
from sim.optimize.location.expected import UnitType, most_expected
from sim.optimize.location.median import least_total
from sim.optimize.location.served import least_served

pytestmark = pytest.mark.real


@pytest.mark.parametrize("number", MEDIANS)
def test_or_library_medians(number: int, shared_dir: Path) -> None:
    """The published p-median optimum, proven, and the sites have that total."""
    distance, n_sites, optimum, _ = or_library(shared_dir, number)
    found = least_total(distance, n_sites)
    assert found.value == optimum and found.gap == 0
    assert len(set(found.sites)) == n_sites
    assert distance[:, list(found.sites)].min(axis=1).sum() == optimum


@pytest.mark.parametrize("number", CENTERS)
def test_or_library_centers(number: int, shared_dir: Path) -> None:
    """The published p-center optimum, proven, and the sites reach everybody within it."""
    distance, n_sites, _, optimum = or_library(shared_dir, number)
    found = least_radius(distance, n_sites)
    assert found.value == optimum and found.gap == 0
    assert len(set(found.sites)) == n_sites
    assert distance[:, list(found.sites)].min(axis=1).max() == optimum


def test_swain_covering(shared_dir: Path) -> None:
    """All 7 set covers and all 14 maximal covers of Swain's network."""
    case = swain(shared_dir)
    for radius, fewest in case.expected["LSCP_min_facilities"].items():
        assert fewest_sites(case.distance <= float(radius)).value == fewest
    for row in case.expected["MCLP"]:
        found = most_covered(case.distance <= row["S"], case.weights, row["p"])
        assert found.value == row["covered"] and found.gap < 1e-9


def test_swain_median_and_center(shared_dir: Path) -> None:
    """All p-medians (weights times distance) and p-centers of Swain's network."""
    case = swain(shared_dir)
    for row in case.expected["p_median"]:
        found = least_total(case.distance * case.weights[:, None], row["p"])
        assert found.value == pytest.approx(row["weighted_distance"], abs=5e-5)
        assert [site + 1 for site in found.sites] == sorted(row["sites"])
    for row in case.expected["p_center"]:
        assert least_radius(case.distance, row["p"]).value == pytest.approx(row["radius"], abs=5e-7)


def test_swain_expected_cover(shared_dir: Path) -> None:
    """All 18 rows of the expected cover with busy units, several of which may share a node."""
    case = swain(shared_dir)
    for row in case.expected["MEXCLP"]:
        units = UnitType(case.distance <= row["S"], row["p"], at_most=row["p"])
        found = most_expected([units], case.weights, row["q"])
        assert found.value == pytest.approx(row["expected_covered"], abs=0.006)
        assert found.bound == pytest.approx(found.value, rel=1e-9)


def test_san_francisco(shared_dir: Path) -> None:
    """The four answers of spopt's notebook on 205 tracts and 16 stores (5 km, 4 stores)."""
    case = san_francisco(shared_dir)
    known = case.expected
    near = case.distance <= 5000
    assert fewest_sites(near).value == known["LSCP_min_facilities"]
    cover = most_covered(near, case.weights, 4)
    assert cover.value == known["MCLP_covered_population"]
    covered = near[:, list(cover.sites)].any(axis=1)
    assert 100 * np.mean(covered) == pytest.approx(known["MCLP_perc_clients_covered"])
    median = least_total(case.distance * case.weights[:, None], 4)
    assert median.value == pytest.approx(known["p_median_objective"], rel=1e-12)
    mean = median.value / case.weights.sum()
    assert mean == pytest.approx(known["p_median_mean_dist"], rel=1e-9)
    assert least_radius(case.distance, 4).value == pytest.approx(known["p_center_minmax"], abs=1e-6)


def test_spopt_unit_tests(shared_dir: Path) -> None:
    """The values of spopt's own unit tests: p-median and p-center with two of five sites standing
    already, and the p-median whose sites serve one client each."""
    known = san_francisco(shared_dir).expected["spopt_unit_test_values"]
    distance, weights = spopt_lattice()
    median = least_total(distance * weights[:, None], 3, fixed=(3, 4))
    assert median.sites == (1, 3, 4) and median.gap == 0
    assert median.value == pytest.approx(known["test_pmedian preselected"]["objective"], rel=1e-12)
    mean = median.value / weights.sum()
    assert mean == pytest.approx(known["test_pmedian preselected"]["mean"], rel=1e-12)
    center = least_radius(distance, 3, fixed=(3, 4))
    assert center.value == pytest.approx(known["test_pcenter preselected"], abs=5e-8)
    clients, sites = np.array([[0.5, 1], [1.5, 1]]), np.array([[1, 1], [0, 2], [2, 0]])
    away = np.linalg.norm(clients[:, None] - sites[None], axis=2)
    served = least_served(away, np.ones(2), np.ones(3), 2)
    assert served.value / 2 == pytest.approx(known["knearest mean"], rel=1e-12)
