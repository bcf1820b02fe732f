"""Reports that come late or wrong, and patients who cannot wait."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from earth_kit import stages
from hypothesis import given, settings
from hypothesis import strategies as st
from test_forces_run import HEART, MEDICS, county, play

from sim.clock import MS_PER_MIN, NEVER
from sim.draws import share_q32
from sim.forces.incidents import Stage
from sim.log import Kind
from sim.measures.facts import Facts
from sim.measures.rescue import rescue_measures
from sim.processes.survival import curve, endures_ms

RARE = HEART | {"per_day": 12, "full": ""}


def test_a_wrong_place_costs_the_way_back(tmp_path: Path) -> None:
    """Always told from the other village: the team stands there first, and is on site 20 min
    later than it would have been; work begins at the right place only."""
    world = county(tmp_path, [RARE | {"wrong_place_share": 1}], MEDICS)
    log = play(world)
    found = log.of(Kind.REPORT_WRONG)
    reported, there = stages(log, Stage.REPORTED), stages(log, Stage.FIRST_ON_SITE)
    assert len(there) >= 2 and len(found) >= len(there)
    for number, moment in there.items():
        wrong = int(found["t"][found["who"] == number][0])
        assert moment - wrong == 20 * MS_PER_MIN
        assert wrong - reported[number] in (3 * MS_PER_MIN, 23 * MS_PER_MIN)


def test_the_first_team_finds_that_more_are_needed(tmp_path: Path) -> None:
    """Told as one medic, two are wanted: the second is sent when the first has looked, and the
    full set is there later than with the right number."""
    kind = HEART | {"per_day": 8}
    right = play(county(tmp_path / "a", [kind], MEDICS))
    small = play(county(tmp_path / "b", [kind | {"wrong_number_share": 1}], MEDICS))
    assert right.of(Kind.EMERGENCY).tobytes() == small.of(Kind.EMERGENCY).tobytes()
    full, late = stages(right, Stage.FULL), stages(small, Stage.FULL)
    first = stages(small, Stage.FIRST_ON_SITE)
    assert len(late) >= 2
    assert all(late[k] > first[k] for k in late)
    assert sum(late.values()) > sum(full[k] for k in late)


def test_late_reports_are_keyed(tmp_path: Path) -> None:
    """A report takes its drawn time, the same under every plan."""
    late = RARE | {"report_min": 10, "report_p90_min": 60}
    world = county(tmp_path / "a", [late], MEDICS)
    told = play(world).of(Kind.EMERGENCY)
    assert told.tobytes() == play(world, "none").of(Kind.EMERGENCY).tobytes()
    at_once = play(county(tmp_path / "b", [RARE], MEDICS)).of(Kind.EMERGENCY)
    assert told["t"].sum() > at_once["t"][: len(told)].sum()


def test_who_waits_too_long_is_lost(tmp_path: Path) -> None:
    """Heart arrests: nobody comes, and 67 of 100 are lost within 12.2 min; a medic next door saves
    some of them."""
    kind = HEART | {"survival": "cardiac_arrest", "full": "", "per_day": 300}
    lost = []
    for plan in ("go", "none"):
        world = county(tmp_path / plan, [kind], MEDICS * 8)
        log = play(world, plan)
        n, gone = len(log.of(Kind.EMERGENCY)), log.of(Kind.PATIENT_LOST)
        lost += [len(gone) / n]
        waited = gone["t"] - log.of(Kind.EMERGENCY)["t"][gone["who"]]
        assert n > 40 and (waited <= 12.2 * MS_PER_MIN).all()
        found = rescue_measures(Facts(world, log))
        assert found["died_waiting"] == len(gone)
    assert lost[0] < lost[1]
    assert abs(lost[1] - 0.67) < 4 * np.sqrt(0.67 * 0.33 / 40)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["cardiac_arrest", "severe_injury", "acute_illness"]), st.data())
def test_worse_luck_never_lives_longer(name: str, data: st.DataObject) -> None:
    """A greater draw endures no less; the share lost by each point is the curve's own."""
    low, high = sorted(data.draw(st.lists(st.integers(0, 2**32 - 1), min_size=2, max_size=2)))
    assert endures_ms(name, low) <= endures_ms(name, high)
    share, moment = data.draw(st.sampled_from(curve(name)))
    assert share == 0 or endures_ms(name, share - 1) <= moment
    assert endures_ms(name, share) >= moment
    assert endures_ms(name, share_q32(1.0) - 1) == NEVER
