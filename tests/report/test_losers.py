"""Who loses by a plan, and regret: worked out by hand on a run of three nights."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.measures.result_table import ResultTable
from sim.report.losers import zone_changes
from sim.report.regret import regrets

SHARE = "out_before_cutoff_share"


def table(plan: str, **columns: list[float]) -> ResultTable:
    """Results of a plan; ``Z1__x`` stands for ``zone:Z1:x``."""
    values = {
        (f"zone:{name.split('__')[0]}:{name.split('__')[1]}" if "__" in name else name): np.array(
            column, dtype=np.float64
        )
        for name, column in columns.items()
    }
    n = len(next(iter(values.values())))
    return ResultTable(plan, n, values, np.zeros(n, dtype=np.int64), ("",) * n)


@dataclass
class Run:
    """As much of a scored run as the two functions read."""

    tables: dict[str, ResultTable]
    baseline: str = "base"
    run: Any = field(
        default_factory=lambda: SimpleNamespace(
            document={"scenario": {"zones": [["Z1", "河边"], ["Z2", "溪口"], ["Z3", "坡上"]]}}
        )
    )


def test_zones_are_listed_from_the_greatest_loss_up() -> None:
    """A zone 10 points worse every night comes before one 20 points better; equals are left out."""
    run = Run(
        {
            "base": table(
                "base",
                Z1__out_before_cutoff_share=[0.9, 0.8, 0.7],
                Z2__out_before_cutoff_share=[0.1, 0.2, 0.3],
                Z3__out_before_cutoff_share=[0.5, 0.5, 0.5],
            ),
            "new": table(
                "new",
                Z1__out_before_cutoff_share=[0.8, 0.7, 0.6],
                Z2__out_before_cutoff_share=[0.3, 0.4, 0.5],
                Z3__out_before_cutoff_share=[0.5, 0.5, 0.5],
            ),
        }
    )
    found = zone_changes(run, "new")  # type: ignore[arg-type]
    assert [(one.name, one.result.verdict) for one in found] == [
        ("河边", "worse"),
        ("溪口", "better"),
    ]
    assert found[0].result.diff_mean == pytest.approx(-0.1)
    assert (found[0].baseline_share, found[0].share) == pytest.approx((0.8, 0.7))


def test_zones_without_a_cut_off_give_no_list() -> None:
    """Where the scenario knows no cut-off nobody can be said to lose."""
    run = Run({"base": table("base", x=[1.0]), "new": table("new", x=[1.0])})
    assert zone_changes(run, "new") == []  # type: ignore[arg-type]


def test_regret_is_taken_night_by_night_against_the_best() -> None:
    """Two plans that are best in turn both regret; the mean, the worst and the wins by hand."""
    run = Run({"base": table("base", **{SHARE: [0.9, 0.5, 0.4]}),
               "new": table("new", **{SHARE: [0.7, 0.6, 0.4]})})  # fmt: skip
    base, new = regrets(run, SHARE)  # type: ignore[arg-type]
    assert (base.plan, base.n) == ("base", 3)
    assert (base.mean, base.most) == pytest.approx((0.1 / 3, 0.1))
    assert (new.mean, new.most) == pytest.approx((0.2 / 3, 0.2))
    assert (base.best_share, new.best_share) == pytest.approx((2 / 3, 2 / 3))


def test_lower_is_better_for_times_and_never_is_left_out() -> None:
    """A night in which one plan never ends is left out for both; else the earlier has none."""
    never = float("inf")
    run = Run({"base": table("base", t90_clock_min=[100.0, 200.0, never]),
               "new": table("new", t90_clock_min=[130.0, 180.0, 50.0])})  # fmt: skip
    base, new = regrets(run, "t90_clock_min")  # type: ignore[arg-type]
    assert (base.n, base.mean, new.mean) == (2, 10.0, 15.0)


def test_what_is_neither_good_nor_bad_is_not_regretted() -> None:
    """People by coach are no aim in themselves; nor is there regret with a single plan."""
    run = Run({"base": table("base", moved_by_bus=[1.0]), "new": table("new", moved_by_bus=[2.0])})
    assert regrets(run, "moved_by_bus") == []  # type: ignore[arg-type]
    alone = Run({"base": table("base", **{SHARE: [0.5]})})
    assert regrets(alone, SHARE) == []  # type: ignore[arg-type]
