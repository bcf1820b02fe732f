"""What a planner may write as an uncertain value, and what is refused with a reason."""

from __future__ import annotations

import typing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from sim.draws_tables import compile_minutes, compile_number, compile_share
from sim.schema import distributions as d

DURATION: TypeAdapter[Any] = TypeAdapter(d.DurationMin)
SHARE: TypeAdapter[Any] = TypeAdapter(d.Share)
NUMBER: TypeAdapter[Any] = TypeAdapter(d.Number)

GOOD = [
    {"dist": "constant", "value": 3},
    {"dist": "lognormal", "median": 20, "p90": 60, "per": "zone", "shared_p90_factor": 1.5},
    {"dist": "triangular", "low": 60, "mode": 90, "high": 180},
    {"dist": "triangular", "low": 5, "mode": 5, "high": 5},
    {"dist": "uniform", "low": 5, "high": 15},
    {"dist": "exponential", "mean": 10},
    {"dist": "rayleigh", "sigma": 60},
    {"dist": "weibull_cdf", "a": 0.0085, "b": 1.2},
    {"dist": "normal", "mean": 20, "sd": 5, "low": 1, "high": 40},
    {"dist": "empirical", "values": [1, 2, 2.5], "weights": [1, 0, 3]},
    {"dist": "table", "times": [0, 30, 60], "shares": [0.1, 0.5, 1]},
    {
        "dist": "mixture",
        "parts": [
            {"share": 0.85, "of": {"dist": "lognormal", "median": 20, "p90": 60}},
            {"share": 0.15, "of": 240},
        ],
    },
]


@pytest.mark.parametrize("raw", GOOD, ids=lambda raw: raw["dist"])
def test_good_durations_round_trip_and_compile(raw: dict[str, Any]) -> None:
    """Every documented form is read, written back the same, and can be drawn from."""
    spec = DURATION.validate_python(raw)
    assert DURATION.validate_python(spec.model_dump()) == spec
    assert DURATION.validate_json(spec.model_dump_json()) == spec
    compiled = compile_minutes(spec)
    assert 0 <= compiled.smallest <= compiled.table.at_one(2**32 - 1)


@pytest.mark.parametrize("raw", [30, 30.0, "30", " 30 "])
def test_a_plain_number_is_a_constant(raw: object) -> None:
    """A number, also as the text of a table cell, means that value always."""
    assert DURATION.validate_python(raw) == d.Constant(value=30)


def test_defaults_in_models() -> None:
    """A model's default is written with ``constant`` and stays frozen."""

    class Fleet(BaseModel):
        call_in_min: d.DurationMin = d.constant(90)

    assert Fleet().call_in_min == d.Constant(value=90)
    assert Fleet.model_validate({"call_in_min": 60}).call_in_min == d.Constant(value=60)


LOGNORMAL = {"dist": "lognormal", "median": 20, "p90": 60}
BAD = [
    ({**LOGNORMAL, "p90": 10}, "distribution.p90_not_above_median"),
    ({**LOGNORMAL, "median": 0}, "greater_than_equal"),
    ({**LOGNORMAL, "median": float("nan")}, "finite_number"),
    ({**LOGNORMAL, "p90": float("inf")}, "finite_number"),
    ({**LOGNORMAL, "p90": 1e9}, "less_than_equal"),
    ({**LOGNORMAL, "sd": 3}, "extra_forbidden"),
    ({**LOGNORMAL, "per": "village"}, "literal_error"),
    ({**LOGNORMAL, "shared_p90_factor": 0.5}, "greater_than_equal"),
    ({"dist": "lognormal", "median": 20}, "missing"),
    ({"dist": "gauss", "mean": 3}, "distribution.unknown_kind"),
    ({"median": 3}, "distribution.unknown_kind"),
    ({"dist": "triangular", "low": 5, "mode": 1, "high": 9}, "distribution.mode_outside"),
    ({"dist": "uniform", "low": 5, "high": 1}, "distribution.low_above_high"),
    ({"dist": "normal", "mean": 5, "sd": 1, "low": 99}, "distribution.cut_keeps_nothing"),
    ({"dist": "normal", "mean": 50, "sd": 1, "high": 9}, "distribution.cut_keeps_nothing"),
    ({"dist": "normal", "mean": 5, "sd": 1, "low": 6, "high": 6}, "distribution.low_above_high"),
    ({"dist": "empirical", "values": []}, "too_short"),
    ({"dist": "empirical", "values": [1], "weights": [1, 2]}, "distribution.lengths_differ"),
    ({"dist": "empirical", "values": [1], "weights": [0]}, "distribution.shares_sum"),
    ({"dist": "table", "times": [0, 9], "shares": [0.5]}, "distribution.lengths_differ"),
    ({"dist": "table", "times": [9, 0], "shares": [0.5, 1]}, "distribution.not_rising"),
    ({"dist": "table", "times": [0, 9], "shares": [0.7, 0.5]}, "distribution.not_rising"),
    ({"dist": "table", "times": [0, 9], "shares": [0.5, 0.9]}, "distribution.shares_sum"),
    ({"dist": "mixture", "parts": [{"share": 0.5, "of": 3}]}, "distribution.shares_sum"),
    (
        {"dist": "mixture", "parts": [{"share": 1, "of": {**LOGNORMAL, "per": "zone"}}]},
        "distribution.level_inside_mixture",
    ),
    (
        {
            "dist": "mixture",
            "parts": [{"share": 1, "of": {"dist": "mixture", "parts": [{"share": 1, "of": 3}]}}],
        },
        "distribution.unknown_kind",
    ),
    (True, "distribution.not_a_number"),
    (None, "model_type"),
    ("abc", "float_parsing"),
    (float("nan"), "finite_number"),
    (-3, "distribution.out_of_range"),
    ({"dist": "uniform", "low": -1, "high": 5}, "distribution.out_of_range"),
    ({"dist": "beta", "a": 2, "b": 3}, "distribution.kind_does_not_fit"),
]


@pytest.mark.parametrize(("raw", "code"), BAD, ids=[f"{i}-{b[1]}" for i, b in enumerate(BAD)])
def test_bad_durations_are_refused_with_a_code(raw: object, code: str) -> None:
    """Each slip gives its own code; the codes of this module say field, found and allowed."""
    with pytest.raises(ValidationError) as caught:
        DURATION.validate_python(raw)
    first = caught.value.errors()[0]
    assert first["type"] == code
    if code.startswith("distribution.") and code != "distribution.unknown_kind":
        assert set(first["ctx"]) == {"field", "found", "allowed"}


@pytest.mark.parametrize("raw", [1.2, -0.1, LOGNORMAL, {"dist": "uniform", "low": 0.5, "high": 2}])
def test_shares_lie_between_zero_and_one(raw: object) -> None:
    """What can exceed 1 is no share."""
    with pytest.raises(ValidationError):
        SHARE.validate_python(raw)


def test_numbers_may_be_negative() -> None:
    """An offset of a level may go both ways."""
    spec = NUMBER.validate_python({"dist": "uniform", "low": -2, "high": 2})
    assert compile_number(spec, 1000).smallest == -2000


KEYS = sorted({name for model in typing.get_args(d.AnyDistribution) for name in model.model_fields})
RAW = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner | st.sampled_from(d.KINDS),
            max_size=6,
        )
    ),
    max_leaves=12,
)


@given(RAW)
def test_nothing_crashes_the_validator(raw: object) -> None:
    """Whatever stands in a file is either accepted or refused by a validation error."""
    for adapter in (DURATION, SHARE, NUMBER):
        try:
            adapter.validate_python(raw)
        except ValidationError:
            continue


POSITIVE = st.floats(1e-9, 1e7)
SPECS = st.one_of(
    st.tuples(POSITIVE, POSITIVE)
    .filter(lambda t: t[0] != t[1])
    .map(lambda t: d.Lognormal(median=min(t), p90=max(t))),
    st.tuples(POSITIVE, POSITIVE, POSITIVE)
    .map(sorted)
    .map(lambda t: d.Triangular(low=t[0], mode=t[1], high=t[2])),
    st.tuples(st.floats(1e-30, 1e7), st.floats(0.1, 100)).map(
        lambda t: d.WeibullCdf(a=t[0], b=t[1])
    ),
    st.tuples(POSITIVE, POSITIVE).map(lambda t: d.Normal(mean=t[0], sd=t[1])),
    POSITIVE.map(lambda s: d.Rayleigh(sigma=s)),
    POSITIVE.map(lambda m: d.Exponential(mean=m)),
)


@given(SPECS)
def test_every_valid_duration_compiles_to_rising_finite_quantiles(spec: d.AnyDistribution) -> None:
    """No valid parameters overflow, warn, or give quantiles that fall or are negative."""
    table = compile_minutes(spec).table
    values = [table.at_one(u) for u in range(0, 2**32, 2**25)]
    assert values == sorted(values)
    assert values[0] >= 0
    assert values[-1] <= d.LARGEST * 60_000


@settings(max_examples=30)
@given(st.floats(0.01, 1e4), st.floats(0.01, 1e4))
def test_every_valid_beta_compiles(a: float, b: float) -> None:
    """Beta shares of every allowed shape rise within 0 and 1."""
    table = compile_share(d.Beta(a=a, b=b)).table
    values = [table.at_one(u) for u in range(0, 2**32, 2**25)]
    assert values == sorted(values)
    assert 0 <= values[0] <= values[-1] <= 1_000_000_000
