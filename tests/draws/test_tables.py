"""Integer tables: moments and quantiles against scipy, exact steps, clipped tails."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from scipy import stats

from sim.draws import Draws, child_keys
from sim.draws_tables import (
    CELLS,
    MixtureTable,
    QuantileTable,
    StepTable,
    compile_minutes,
    compile_number,
    compile_share,
    factor_table,
)
from sim.schema import distributions as d

SPREAD = np.log(3) / stats.norm.ppf(0.9)
CONTINUOUS = {
    "lognormal": (d.Lognormal(median=20, p90=60), stats.lognorm(SPREAD, scale=20)),
    "triangular": (d.Triangular(low=60, mode=90, high=180), stats.triang(0.25, 60, 120)),
    "peak at the left": (d.Triangular(low=1, mode=1, high=3), stats.triang(0, 1, 2)),
    "peak at the right": (d.Triangular(low=1, mode=3, high=3), stats.triang(1, 1, 2)),
    "uniform": (d.Uniform(low=5, high=15), stats.uniform(5, 10)),
    "exponential": (d.Exponential(mean=12), stats.expon(scale=12)),
    "rayleigh": (d.Rayleigh(sigma=60), stats.rayleigh(scale=60)),
    "weibull": (
        d.WeibullCdf(a=0.0085, b=1.2),
        stats.weibull_min(1.2, scale=(1 / 0.0085) ** (1 / 1.2)),
    ),
    "normal": (d.Normal(mean=50, sd=5), stats.norm(50, 5)),
    "cut normal": (
        d.Normal(mean=20, sd=10, low=15, high=24),
        stats.truncnorm(-0.5, 0.4, 20, 10),
    ),
    "normal cut at zero": (d.Normal(mean=2, sd=4), stats.truncnorm(-0.5, 2.5e6, 2, 4)),
    "upper tail": (d.Normal(mean=20, sd=10, low=55), stats.truncnorm(3.5, np.inf, 20, 10)),
    "lower tail": (d.Normal(mean=60, sd=10, high=25), stats.truncnorm(-6, -3.5, 60, 10)),
}


@pytest.mark.parametrize("name", CONTINUOUS)
def test_quantiles_agree_with_scipy(name: str) -> None:
    """Every inner grid quantile is scipy's, to the millisecond."""
    spec, reference = CONTINUOUS[name]
    table = compile_minutes(spec).table
    assert isinstance(table, QuantileTable)
    shares = np.arange(1, CELLS) / CELLS
    expected = np.floor(reference.ppf(shares) * 60_000 + 0.5)
    assert np.abs(table.quantiles[1:-1] - expected).max() <= 1
    assert (table.rises >= 0).all()


@pytest.mark.parametrize("name", CONTINUOUS)
def test_moments_agree_with_scipy(name: str) -> None:
    """The compiled mean and spread are the distribution's, but for the clipped tails."""
    spec, reference = CONTINUOUS[name]
    table = compile_minutes(spec).table
    every = table.at(np.arange(2**15, 2**32, 2**16, dtype=np.uint32)) / 60_000
    assert table.mean() / 60_000 == pytest.approx(reference.mean(), rel=2e-3)
    assert every.mean() == pytest.approx(table.mean() / 60_000, rel=1e-6)
    assert every.std() == pytest.approx(reference.std(), rel=2e-2)


@pytest.mark.parametrize("name", CONTINUOUS)
def test_tails_end_at_stated_quantiles(name: str) -> None:
    """Open ends stop at 1/8192 and 1 − 1/8192; closed ends at their limits."""
    spec, reference = CONTINUOUS[name]
    table = compile_minutes(spec).table
    bottom, top = reference.support()
    low = bottom if name not in ("lognormal", "lower tail", "normal") else reference.ppf(1 / 8192)
    high = top if np.isfinite(top) and top < 1e6 else reference.ppf(1 - 1 / 8192)
    assert table.at_one(0) == pytest.approx(low * 60_000, abs=1)
    assert table.least() == table.at_one(0)
    assert table.at_one(2**32 - 1) == pytest.approx(high * 60_000, abs=40)


@pytest.mark.parametrize(("a", "b"), [(2, 38), (0.5, 0.5), (5, 1), (300, 200), (0.05, 3), (1, 1)])
def test_beta_shares_agree_with_scipy(a: float, b: float) -> None:
    """Beta quantiles are scipy's to a billionth, and run from 0 to 1."""
    table = compile_share(d.Beta(a=a, b=b)).table
    assert isinstance(table, QuantileTable)
    expected = np.floor(stats.beta.ppf(np.arange(1, CELLS) / CELLS, a, b) * 1e9 + 0.5)
    assert np.abs(table.quantiles[1:-1] - expected).max() <= 1
    assert (table.quantiles[0], table.quantiles[-1]) == (0, 1_000_000_000)


@pytest.mark.parametrize("mean", [0.01, 1.0, 3.7, 40.0, 500.0])
def test_poisson_counts_have_exact_shares(mean: float) -> None:
    """The draw passes from one count to the next where the cumulative share says, to 2^-31."""
    table = compile_number(d.Poisson(mean=mean), 1).table
    assert isinstance(table, StepTable)
    reference = stats.poisson.cdf(table.values[:-1], mean)
    assert np.abs(np.array(table.steps) / 2**32 - reference).max() < 2**-31
    assert table.mean() == pytest.approx(mean, rel=1e-6, abs=1e-9)
    middle = table.steps[int(mean)]
    for draw in (0, middle - 1, middle, 2**32 - 1):
        as_array = table.at(np.array([draw], dtype=np.uint32))
        assert as_array[0] == table.at_one(draw)


def test_empirical_values_by_hand() -> None:
    """Values 1, 2, 4 with weights 1, 0, 3: the first quarter of the draws gives 1, the rest 4."""
    table = compile_minutes(d.Empirical(values=(1, 2, 4), weights=(1, 0, 3))).table
    assert [table.at_one(u) for u in (0, 2**30 - 1, 2**30, 2**32 - 1)] == [
        60_000, 60_000, 240_000, 240_000,
    ]  # fmt: skip
    assert table.mean() == 195_000
    assert table.least() == 60_000


def test_user_curve_by_hand() -> None:
    """A tenth at once, nobody between 30 and 60 min, all gone by 90."""
    spec = d.Table(times=(0, 30, 60, 90), shares=(0.1, 0.5, 0.5, 1.0))
    table = compile_minutes(spec).table
    minutes = [table.at_one(round(share * 2**32)) / 60_000 for share in (0.05, 0.3, 0.75)]
    assert minutes == pytest.approx([0, 15, 75], abs=0.02)
    every = table.at(np.arange(0, 2**32, 2**14, dtype=np.uint32)) / 60_000
    assert np.mean((every > 30.1) & (every < 59.9)) < 1 / CELLS
    assert every.max() <= 90


def test_mixture_draws_each_part_by_its_share() -> None:
    """0.85 quick and 0.15 slow: shares, means and values are those of the parts."""
    quick, slow = d.Lognormal(median=20, p90=60), d.Constant(value=200)
    spec = d.Mixture(parts=(d.Part(share=0.85, of=quick), d.Part(share=0.15, of=slow)))
    table = compile_minutes(spec).table
    assert isinstance(table, MixtureTable)
    every = np.arange(0, 2**32, 2**14, dtype=np.uint32)
    values = table.at(every)
    assert np.mean(values == 12_000_000) == pytest.approx(0.15, abs=1e-4)
    mean = 0.85 * compile_minutes(quick).table.mean() + 0.15 * 12_000_000
    assert table.mean() == pytest.approx(mean, rel=1e-6)
    assert values.mean() == pytest.approx(mean, rel=1e-3)
    sampled = every[:: 2**10]
    assert [table.at_one(int(u)) for u in sampled] == table.at(sampled).tolist()


def test_mixture_leaves_out_empty_parts() -> None:
    """A part with share 0 is never drawn and does not count as the smallest value."""
    spec = d.Mixture(
        parts=(
            d.Part(share=0, of=d.Constant(value=1)),
            d.Part(share=1, of=d.Constant(value=9)),
        )
    )
    compiled = compile_minutes(spec)
    assert {compiled.table.at_one(u) for u in (0, 1, 2**31, 2**32 - 1)} == {540_000}
    assert compiled.smallest == 540_000


@pytest.mark.parametrize("name", CONTINUOUS)
def test_vector_equals_scalar_look_up(name: str) -> None:
    """``at`` and ``at_one`` agree for every cell and place."""
    table = compile_minutes(CONTINUOUS[name][0]).table
    draws = Draws(1, 1).u32("any", child_keys(1, 2_000))
    assert table.at(draws).tolist() == [table.at_one(int(u)) for u in draws]


def test_larger_draws_give_larger_values() -> None:
    """Look-ups never fall, so a longer distribution means longer times for everyone."""
    draws = np.arange(0, 2**32, 65_521, dtype=np.uint32)
    short = compile_minutes(d.Lognormal(median=20, p90=60)).table.at(draws)
    longer = compile_minutes(d.Lognormal(median=30, p90=90)).table.at(draws)
    assert (np.diff(short) >= 0).all()
    assert (longer >= short).all()


def test_factor_has_median_one() -> None:
    """The shared factor's median is exactly 1 and its P90 the stated number."""
    table = factor_table(1.5)
    assert table.at_one(1 << 31) == 1 << 32
    assert table.at_one(round(0.9 * 2**32)) / 2**32 == pytest.approx(1.5, rel=1e-6)


def test_units_and_limits() -> None:
    """The same number in minutes, shares and millimetres; a constant is known as such."""
    assert compile_minutes(1.5).one_value == 90_000
    assert compile_share(0.25).one_value == 250_000_000
    assert compile_number(-0.3, 1000).one_value == -300
    assert compile_minutes(d.Uniform(low=1, high=3)).one_value is None
    assert compile_minutes(d.Uniform(low=1, high=3)).median == 120_000


def test_numbers_that_do_not_fit_are_refused() -> None:
    """Millions in billionths would overflow; that is an error of the caller."""
    with pytest.raises(ValueError, match="do not fit"):
        compile_number(d.Constant(value=1e6), 10**9)


def test_smallest_is_a_bound_of_all_draws() -> None:
    """No draw falls below ``smallest``, with a shared factor too."""
    spec = d.Uniform(low=10, high=20, shared_p90_factor=2)
    compiled = compile_minutes(spec)
    assert compiled.factor is not None
    assert 0 < compiled.smallest <= compiled.table.least() * compiled.factor.at_one(0) / 2**32


def test_tables_are_the_same_bits_on_every_processor() -> None:
    """SHA-256 of tables of every kind; the stored value was also found with AVX and FMA off."""
    digest = hashlib.sha256()
    for name in sorted(CONTINUOUS):
        table = compile_minutes(CONTINUOUS[name][0]).table
        assert isinstance(table, QuantileTable)
        digest.update(table.quantiles.astype("<i8").tobytes())
    for a, b in ((2, 38), (0.5, 0.5), (300, 200)):
        beta = compile_share(d.Beta(a=a, b=b)).table
        assert isinstance(beta, QuantileTable)
        digest.update(beta.quantiles.astype("<i8").tobytes())
    counts = compile_number(d.Poisson(mean=40), 1).table
    assert isinstance(counts, StepTable)
    digest.update(counts.below.astype("<u8").tobytes())
    digest.update(factor_table(1.5).quantiles.astype("<i8").tobytes())
    assert digest.hexdigest() == "ef7b8e98b8dfa81a0020cc5561244f6d33a8fb312f9a3fea4be21ee63ac753c9"
