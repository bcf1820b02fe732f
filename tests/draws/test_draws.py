"""Keyed draws: known answers, independence of order, uniformity."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.draws import (
    Draws,
    child_keys,
    mix,
    sample,
    sample_again,
    sample_one,
    share_q32,
    shares_q32,
    stable_key,
    stable_keys,
)
from sim.draws_tables import compile_minutes, compile_number, compile_share
from sim.schema.distributions import (
    Beta,
    Empirical,
    Lognormal,
    Mixture,
    Part,
    Table,
    Uniform,
)

WORD = st.integers(min_value=0, max_value=2**64 - 1)


def reference_splitmix64(seed: int, count: int) -> list[int]:
    """The published algorithm written a second time, on Python integers with a running state."""
    state, outputs = seed, []
    for _ in range(count):
        state = (state + 11400714819323198485) % 2**64
        z = state
        z = ((z ^ (z // 2**30)) * 13787848793156543929) % 2**64
        z = ((z ^ (z // 2**27)) * 10723151780598845931) % 2**64
        outputs.append(z ^ (z // 2**31))
    return outputs


def test_published_outputs_for_seed_zero() -> None:
    """The stream from 0 gives SplitMix64's published outputs."""
    published = [
        0xE220A8397B1DCDAF,
        0x6E789E6AA1B965F4,
        0x06C45D188009454F,
        0xF88BB8A8724C81EC,
        0x1B39896A51A8749B,
    ]
    assert child_keys(0, 5).tolist() == published
    assert reference_splitmix64(0, 5) == published
    assert mix(0) == published[0]


@given(WORD, st.integers(min_value=1, max_value=20))
def test_child_keys_are_the_stream_of_the_parent(parent: int, count: int) -> None:
    """Keys of children equal an independent SplitMix64, whatever the parent."""
    assert child_keys(parent, count).tolist() == reference_splitmix64(parent, count)


def test_stable_key_is_blake2b() -> None:
    """An id's key is what coreutils' ``b2sum -l 64`` prints for it, read little-endian."""
    assert stable_key("户-001") == 0xE04A3A292B663744
    assert stable_keys(["a", "户-001"])[1] == stable_key("户-001")


def test_known_draws() -> None:
    """Draws worked out with a second implementation; a change here changes every stored run."""
    keys = child_keys(stable_key("village-1"), 3)
    drawn = Draws(7, 3).u32("household/prepare", keys, 2)
    assert drawn.tolist() == [1411012990, 690992848, 2126502415]


@given(WORD, st.integers(0, 10**6), WORD, st.integers(0, 10**6))
def test_scalar_equals_vector(seed: int, replication: int, key: int, occurrence: int) -> None:
    """``one`` gives the number ``u32`` gives, for scalar and array occurrences."""
    draws = Draws(seed, replication)
    keys = np.array([key, 5], dtype=np.uint64)
    expected = draws.one("team/muster", key, occurrence)
    assert draws.u32("team/muster", keys, occurrence)[0] == expected
    several = np.array([occurrence, 0], dtype=np.int64)
    assert draws.u32("team/muster", keys, several)[0] == expected


def test_order_and_company_change_nothing() -> None:
    """A draw depends neither on who else is drawn, nor on the order, nor on what came before."""
    keys = child_keys(stable_key("village-1"), 500)
    fresh = Draws(1, 0).u32("a", keys)
    used = Draws(1, 0)
    used.u32("b", keys, 9)
    used.one("c", 4)
    assert np.array_equal(used.u32("a", keys), fresh)
    assert np.array_equal(used.u32("a", keys[::-1])[::-1], fresh)
    longer = child_keys(stable_key("village-1"), 900)
    assert np.array_equal(used.u32("a", longer)[:500], fresh)


def test_every_part_of_the_key_counts() -> None:
    """Seed, replication, purpose, key and occurrence each give other draws."""
    base = Draws(1, 1).one("a", 1, 1)
    others = [
        Draws(2, 1).one("a", 1, 1),
        Draws(1, 2).one("a", 1, 1),
        Draws(1, 1).one("b", 1, 1),
        Draws(1, 1).one("a", 2, 1),
        Draws(1, 1).one("a", 1, 2),
    ]
    assert len({base, *others}) == 6


@pytest.mark.parametrize("make", ["children", "counting", "hashed"])
def test_uniform_whatever_the_keys(make: str) -> None:
    """Chi-square over 256 cells and Kolmogorov–Smirnov accept uniformity for all kinds of keys."""
    keys = {
        "children": child_keys(99, 65_536),
        "counting": np.arange(65_536, dtype=np.uint64),
        "hashed": stable_keys([f"household-{i}" for i in range(65_536)]),
    }[make]
    drawn = Draws(20, 4).u32("household/prepare", keys)
    cells = np.bincount(drawn >> np.uint32(24), minlength=256)
    assert 1e-4 < stats.chisquare(cells).pvalue < 1 - 1e-4
    low_bits = np.bincount(drawn & np.uint32(255), minlength=256)
    assert 1e-4 < stats.chisquare(low_bits).pvalue < 1 - 1e-4
    assert stats.kstest(drawn / 2**32, "uniform").pvalue > 1e-3


def _series() -> dict[str, np.ndarray]:
    keys = child_keys(5, 20_000)
    return {
        "base": Draws(1, 0).u32("a", keys),
        "purpose": Draws(1, 0).u32("b", keys),
        "occurrence": Draws(1, 0).u32("a", keys, 1),
        "occurrence 2": Draws(1, 0).u32("a", keys, 2),
        "replication": Draws(1, 1).u32("a", keys),
        "seed": Draws(2, 0).u32("a", keys),
        "other keys": Draws(1, 0).u32("a", child_keys(6, 20_000)),
    }


@pytest.mark.parametrize("pair", list(itertools.combinations(_series(), 2)))
def test_no_correlation_between_series(pair: tuple[str, str]) -> None:
    """Draws that differ in one part of the key are uncorrelated and jointly uniform."""
    series = _series()
    first, second = series[pair[0]] / 2**32, series[pair[1]] / 2**32
    assert abs(np.corrcoef(first, second)[0, 1]) < 4.5 / np.sqrt(20_000)
    joint = np.histogram2d(first, second, bins=16, range=((0, 1), (0, 1)))[0]
    assert stats.chisquare(joint.ravel()).pvalue > 1e-4


def test_neighbouring_keys_and_occurrences_are_uncorrelated() -> None:
    """Along a series (entity after entity, attempt after attempt) nothing repeats."""
    draws = Draws(1, 0)
    along_keys = draws.u32("a", child_keys(5, 20_000)) / 2**32
    same = np.full(20_000, 77, dtype=np.uint64)
    along_tries = draws.u32("a", same, np.arange(20_000)) / 2**32
    for series in (along_keys, along_tries):
        for lag in (1, 2, 7):
            assert abs(np.corrcoef(series[:-lag], series[lag:])[0, 1]) < 4.5 / np.sqrt(20_000)
    assert stats.kstest(along_tries, "uniform").pvalue > 1e-3


def test_one_changed_bit_of_the_key_flips_half_of_the_draw() -> None:
    """Avalanche: each of the 64 key bits flips each draw bit in about half of the cases."""
    keys = child_keys(1, 4_000)
    draws = Draws(3, 3)
    base = draws.u32("a", keys)
    for bit in range(64):
        changed = base ^ draws.u32("a", keys ^ np.uint64(1 << bit))
        flips = [np.mean((changed >> np.uint32(k)) & np.uint32(1)) for k in range(32)]
        assert min(flips) > 0.45 and max(flips) < 0.55


def test_chance_meets_its_share() -> None:
    """The share that happens is the stated one; 0 is never and 1 is always."""
    draws, keys = Draws(1, 1), child_keys(5, 40_000)
    hit = draws.chance("p", keys, share_q32(0.3))
    assert abs(hit.mean() - 0.3) < 4.5 * np.sqrt(0.3 * 0.7 / 40_000)
    assert not draws.chance("p", keys, share_q32(0.0)).any()
    assert draws.chance("p", keys, share_q32(1.0)).all()
    assert draws.chance_one("p", int(keys[7]), share_q32(0.3)) == bool(hit[7])
    per_entity = shares_q32(np.repeat(np.array([0, 1_000_000_000]), 20_000))
    assert draws.chance("p", keys, per_entity).tolist() == [False] * 20_000 + [True] * 20_000


def test_larger_shares_keep_those_who_complied() -> None:
    """Raising a share adds people and loses none: the same night in both plans."""
    draws, keys = Draws(1, 1), child_keys(5, 5_000)
    few, many = draws.chance("p", keys, share_q32(0.6)), draws.chance("p", keys, share_q32(0.8))
    assert not (few & ~many).any()
    assert many.sum() > few.sum()


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_outside_zero_and_one_is_refused(share: float) -> None:
    """A probability that is none is an error, not a clipped number."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        share_q32(share)


def test_hazard_member_by_weight() -> None:
    """Over many replications members come up as their weights say; weight 0 never."""
    weights = [5, 0, 3, 2]
    picked = [Draws(11, r).weighted("hazard/member", weights) for r in range(4_000)]
    counts = np.bincount(picked, minlength=4)
    assert counts[1] == 0
    assert stats.chisquare(counts[[0, 2, 3]], [2000, 1200, 800]).pvalue > 1e-3
    assert Draws(11, 5).weighted("hazard/member", np.array(weights)) == picked[5]


@pytest.mark.parametrize("weights", [[], [0, 0], [3, -1]])
def test_weights_that_are_none_are_refused(weights: list[int]) -> None:
    """Nothing to choose from is an error."""
    with pytest.raises(ValueError, match="weights"):
        Draws(1, 1).weighted("hazard/member", weights)


@pytest.mark.parametrize(("seed", "replication"), [(-1, 0), (0, -1), (2**64, 0)])
def test_seeds_that_do_not_fit_are_refused(seed: int, replication: int) -> None:
    """A seed is a whole number below 2^64; others would silently coincide."""
    with pytest.raises(ValueError, match="seed"):
        Draws(seed, replication)


LEVELS = {
    "entity": Lognormal(median=20, p90=60),
    "zone": Lognormal(median=20, p90=60, per="zone"),
    "replication": Lognormal(median=20, p90=60, per="replication"),
    "factor": Lognormal(median=20, p90=60, shared_p90_factor=1.5),
    "zone factor": Lognormal(median=20, p90=60, per="zone", shared_p90_factor=2),
    "mixture": Mixture(
        parts=(
            Part(share=0.85, of=Lognormal(median=20, p90=60)),
            Part(share=0.15, of=Uniform(low=100, high=300)),
        )
    ),
}


@pytest.mark.parametrize("name", LEVELS)
def test_sample_one_equals_sample(name: str) -> None:
    """A single vehicle's value is the value the vector gives at its row, at every level."""
    draws, keys = Draws(4, 2), child_keys(8, 60)
    zones = np.repeat(child_keys(9, 6), 10)
    compiled = compile_minutes(LEVELS[name])
    for occurrence in (0, 3):
        many = sample_again(draws, "bus/call-in", compiled, (keys, zones), occurrence)
        ones = [
            sample_one(draws, "bus/call-in", compiled, (int(k), int(z)), occurrence)
            for k, z in zip(keys, zones, strict=True)
        ]
        assert many.tolist() == ones


def test_levels_share_their_value() -> None:
    """``per: zone`` gives one value per zone, ``per: replication`` one for all."""
    draws, keys = Draws(4, 2), child_keys(8, 60)
    zones = np.repeat(child_keys(9, 6), 10)
    by_zone = sample(draws, "x", compile_minutes(LEVELS["zone"]), keys, zones)
    assert len(set(by_zone.tolist())) == 6
    assert (by_zone.reshape(6, 10) == by_zone[::10, None]).all()
    assert len(set(sample(draws, "x", compile_minutes(LEVELS["replication"]), keys, zones))) == 1
    assert len(set(sample(draws, "x", compile_minutes(LEVELS["entity"]), keys, zones))) == 60


def test_shared_factor_moves_whole_replications() -> None:
    """With a shared factor the means of replications spread; without they all agree."""
    keys = child_keys(8, 4_000)
    means = {
        name: [
            sample(Draws(1, r), "prepare", compile_minutes(LEVELS[name]), keys, 0).mean()
            for r in range(200)
        ]
        for name in ("entity", "factor")
    }
    assert np.std(means["entity"]) / np.mean(means["entity"]) < 0.03
    ratio = np.array(means["factor"]) / np.mean(means["entity"])
    assert abs(np.median(ratio) - 1) < 0.1
    assert abs(np.quantile(ratio, 0.9) - 1.5) < 0.2


def test_factor_arithmetic_is_exact() -> None:
    """Value × Q32 factor, shifted in two halves, equals the exact product rounded half up."""
    compiled = compile_minutes(Uniform(low=0, high=1e7, shared_p90_factor=5))
    plain = compile_minutes(Uniform(low=0, high=1e7))
    assert compiled.factor is not None
    keys = child_keys(3, 2_000)
    for replication in range(20):
        draws = Draws(9, replication)
        factor = compiled.factor.at_one(draws.one("x/shared", 0))
        for value, got in zip(
            sample(draws, "x", plain, keys, 0).tolist(),
            sample(draws, "x", compiled, keys, 0).tolist(),
            strict=True,
        ):
            exact = min((value * factor + 2**31) >> 32, compiled.high)
            assert abs(got - exact) <= 1


def test_the_largest_numbers_do_not_overflow() -> None:
    """From −4.3 to 4.3 million in millionths, one steep step, times the largest factor: exact."""
    spec = Empirical(values=(-4.3e6, 4.3e6), shared_p90_factor=5)
    compiled = compile_number(spec)
    assert compiled.factor is not None
    steep = Table(times=(0, 1e-9, 4.3e6), shares=(0, 0.9999, 1))
    keys = child_keys(3, 50)
    for replication in range(300):
        draws = Draws(9, replication)
        factor = compiled.factor.at_one(draws.one("x/shared", 0))
        for got in set(sample(draws, "x", compiled, keys, 0).tolist()):
            exact = 4_300_000_000_000 * factor >> 32
            assert abs(abs(got) - min(exact, compiled.high)) <= 1
    top = compile_number(steep.model_copy(update={"per": "zone"})).table.at_one(2**32 - 1)
    assert 4_299_990_000_000 < top <= 4_300_000_000_000


def test_shares_stay_shares() -> None:
    """A shared factor cannot push a share over 1."""
    compiled = compile_share(Beta(a=8, b=2, shared_p90_factor=3))
    drawn = sample(Draws(1, 4), "comply", compiled, child_keys(3, 1_000), 0)
    assert drawn.min() >= 0
    assert drawn.max() <= 1_000_000_000


def test_constants_need_no_draw() -> None:
    """A plain number comes back unchanged, in every form of drawing."""
    draws, keys, compiled = Draws(1, 1), child_keys(1, 5), compile_minutes(12.5)
    assert sample(draws, "x", compiled, keys, 0).tolist() == [750_000] * 5
    assert sample_one(draws, "x", compiled, (3, 4), 7) == 750_000
    assert draws.duration_ms("x", keys, compiled).tolist() == [750_000] * 5
