"""The hypercube model against published numbers and against Erlang's formulas."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.optimize.hypercube import (
    OverloadedError,
    Service,
    approximate,
    correction_factors,
    exact,
    workloads,
)


@pytest.fixture
def larson(shared_dir: Path) -> dict[str, Any]:
    """Larson and Odoni's three units, section 5.4."""
    file = shared_dir / "benchmarks" / "queues" / "hypercube_reference.json"
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["larson_odoni_3server"]
    return found


def _service(case: dict[str, Any], queue: Any = "waits") -> Service:
    rates = {k: v for k, v in case["class_rates_fitted"].items() if k.startswith("pref")}
    orders = [[int(unit) - 1 for unit in name.split()[1].split("-")] for name in rates]
    return Service(np.array(list(rates.values())), np.array(orders), np.ones(3), queue)


@pytest.mark.real
def test_larson_and_odoni_exact(larson: dict[str, Any]) -> None:
    """Published workloads .5574 .4734 .4693, all state probabilities and the chance to wait."""
    found, known = exact(_service(larson)), larson["computed_exact_solution_inf_queue"]
    assert found.busy.round(4).tolist() == larson["published"]["exact_workloads"]
    assert found.busy == pytest.approx(known["workloads"])
    assert found.all_busy == pytest.approx(known["P_wait"])
    assert found.states is not None
    for bits, chance in known["state_probs_bit_u_busy"].items():
        state = sum(1 << unit for unit, bit in enumerate(bits) if bit == "1")
        assert found.states[state] == pytest.approx(chance)
    lost, known = (
        exact(_service(larson, "lost")),
        larson["computed_exact_solution_zero_queue_COMPUTED"],
    )
    assert lost.busy == pytest.approx(known["workloads"])
    assert lost.all_busy == pytest.approx(known["P_loss"])
    assert lost.served_by.sum() == pytest.approx(1 - known["P_loss"])


@pytest.mark.real
def test_larson_and_odoni_approximate(larson: dict[str, Any]) -> None:
    """The third round of the approximation is the published one to a unit of the fourth digit;
    carried on, it stays within 2 % of the exact workloads."""
    third = approximate(_service(larson), iterations=3)
    assert third.busy.round(4).tolist() == larson["our_approximation_check"]["values"]
    assert third.busy == pytest.approx(larson["published"]["approx_workloads"], abs=1.01e-4)
    exactly = exact(_service(larson))
    assert approximate(_service(larson)).busy == pytest.approx(exactly.busy, rel=0.02)
    factors = correction_factors(_erlang(3, 1.5))
    assert factors.round(5).tolist() == larson["published"]["Q(3,1/2,j)"]


def _erlang(n: int, work: float) -> np.ndarray:
    weight = np.array([work**k / np.prod(np.arange(1.0, k + 1)) for k in range(n + 1)])
    weight[n] /= 1 - work / n
    return weight / weight.sum()


@pytest.mark.real
def test_all_rows_of_erlang(shared_dir: Path) -> None:
    """Whatever the preferences, like units wait as M/M/c and lose as Erlang's B: every row of the
    table with up to 10 units, exactly; with more, by the approximation, which uses the formula."""
    file = shared_dir / "benchmarks" / "queues" / "mmc_reference.csv"
    lines = [x for x in file.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    for row in csv.DictReader(lines):
        units, work = int(row["c"]), float(row["offered_load_a"])
        orders = np.array([np.roll(np.arange(units), k) for k in range(min(3, units))])
        rates = np.full(len(orders), work / len(orders))
        waits = workloads(Service(rates, orders, np.ones(units)))
        assert waits.all_busy == pytest.approx(float(row["erlangC_Pwait"]), abs=1e-10)
        lost = workloads(Service(rates, orders, np.ones(units), "lost"))
        assert lost.all_busy == pytest.approx(float(row["erlangB"]), abs=1e-10)


def test_one_unit_by_hand() -> None:
    """One unit, half as many calls as it can serve: busy half the time; a call waits with
    probability 1/2, or is lost with 1/3."""
    one = (np.array([0.2, 0.3]), np.zeros((2, 1), dtype=np.int64), np.ones(1))
    assert exact(Service(*one)).busy == pytest.approx([0.5])
    assert exact(Service(*one)).all_busy == pytest.approx(0.5)
    assert exact(Service(*one, "lost")).all_busy == pytest.approx(1 / 3)
    travel = exact(Service(*one)).mean_travel(np.array([[10.0, 20.0]]))
    assert travel == pytest.approx(0.4 * 10 + 0.6 * 20)


def test_more_work_than_units_is_an_error() -> None:
    """Where calls wait, a load of 1 or more is refused; where they are lost it is answered."""
    service = (np.array([3.0]), np.array([[0, 1]]), np.ones(2))
    with pytest.raises(OverloadedError, match=r"load\(=1\.500\)"):
        workloads(Service(*service))
    assert exact(Service(*service, "lost")).all_busy == pytest.approx(4.5 / 8.5)


def test_nobody_is_busier_than_always() -> None:
    """Near the limit, with one unit everybody's first choice, the approximation still gives shares
    of the time, and every call is served."""
    orders = np.tile(np.arange(28), (5, 1))
    found = approximate(Service(np.full(5, 27.16 / 5), orders, np.ones(28)))
    assert found.busy.max() <= 1 and found.busy.min() > 0.9
    assert found.served_by.sum() == pytest.approx(1)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000), st.integers(2, 5), st.floats(0.1, 0.9), st.booleans())
def test_work_is_conserved(seed: int, units: int, load: float, waits: bool) -> None:
    """Time busy is calls served over what a unit serves, unit by unit, and every call is served
    by somebody, waits, or is lost."""
    random = np.random.default_rng(seed)
    speed = random.uniform(0.5, 2.0, units)
    rates = random.uniform(0.1, 1.0, 6)
    rates *= load * speed.sum() / rates.sum()
    orders = np.array([random.permutation(units) for _ in rates])
    found = exact(Service(rates, orders, speed, "waits" if waits else "lost"))
    served = found.served_by.sum(axis=1) * rates.sum()
    assert found.busy == pytest.approx(served / speed)
    expected = np.ones(6) if waits else np.full(6, 1 - found.all_busy)
    assert found.served_by.sum(axis=0) == pytest.approx(expected * rates / rates.sum())
