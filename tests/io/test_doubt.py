"""Optimistic and pessimistic inputs: doubtful values move, to the right side, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.io.doubt import doubts, with_inputs
from sim.io.scenario_folder import load_scenario
from sim.schema.distributions import Lognormal, Triangular


def test_every_value_in_doubt_exists_and_has_two_sides(tiny_folder: Path) -> None:
    """Each row names a behaviour value and moves it one way on one side, the other on the other."""
    behaviour = load_scenario(tiny_folder).spec.behaviour.model_dump()
    for doubt in doubts():
        section, key = doubt.name.split(".")
        assert key in behaviour[section]
        assert (doubt.optimistic - 1) * (doubt.pessimistic - 1) < 0
        assert doubt.source and doubt.confidence


def test_a_share_moves_by_those_who_do_not_comply(tiny_folder: Path) -> None:
    """With the refusals of a first visit 0.6 times as many, 0.75 / 0.86 / 0.94 by hand."""
    base = load_scenario(tiny_folder).spec.behaviour
    visit = Triangular(low=0.75, mode=0.86, high=0.94, per="replication")
    base = base.model_copy(
        update={"decide": base.decide.model_copy(update={"comply_visit": visit})}
    )
    moved = with_inputs(base, "optimistic").decide.comply_visit
    assert isinstance(moved, Triangular) and moved.per == "replication"
    assert (moved.low, moved.mode, moved.high) == pytest.approx((0.85, 0.916, 0.964))


def test_a_duration_is_stretched_as_a_whole(tiny_folder: Path) -> None:
    """Median and P90 of picking people up by boat both 1.4 times as long."""
    base = load_scenario(tiny_folder).spec.behaviour
    pickup = Lognormal(median=5, p90=10)
    base = base.model_copy(update={"fetch": base.fetch.model_copy(update={"pickup_min": pickup})})
    moved = with_inputs(base, "pessimistic").fetch.pickup_min
    assert isinstance(moved, Lognormal)
    assert (moved.median, moved.p90) == pytest.approx((7, 14))


@pytest.mark.parametrize(
    ("distribution", "mean"),
    [
        ({"dist": "beta", "a": 2, "b": 38}, lambda d: d.a / (d.a + d.b)),
        ({"dist": "empirical", "values": [0.0, 0.1]}, lambda d: sum(d.values) / 2),
        ({"dist": "uniform", "low": 0.0, "high": 0.1}, lambda d: (d.low + d.high) / 2),
        (0.05, lambda d: d.value),
    ],
)
def test_kinds_of_distributions_move_alike(
    tiny_folder: Path, distribution: object, mean: object
) -> None:
    """A mean of 0.05 is 0.24 when what it lacks to 1 is 0.8 times as much, whatever the kind."""
    content = load_scenario(tiny_folder).spec.behaviour.model_dump()
    content["decide"]["comply_broadcast"] = distribution
    behaviour = type(load_scenario(tiny_folder).spec.behaviour).model_validate(content)
    moved = with_inputs(behaviour, "optimistic").decide.comply_broadcast
    assert callable(mean) and mean(moved) == pytest.approx(0.24)


def test_base_inputs_are_what_was_written(tiny_folder: Path) -> None:
    """Base inputs keep content and hash; the sides have hashes of their own and the same tables."""
    base = load_scenario(tiny_folder)
    sides = [load_scenario(tiny_folder, inputs=side) for side in ("optimistic", "pessimistic")]
    assert load_scenario(tiny_folder, inputs="base").input_hash == base.input_hash
    assert len({base.input_hash, *(side.input_hash for side in sides)}) == 3
    for side in sides:
        assert side.tables == base.tables
        assert side.spec.hazard == base.spec.hazard and side.spec.behaviour != base.spec.behaviour
