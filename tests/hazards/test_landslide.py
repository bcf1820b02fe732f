"""Slopes that fail when their rain is enough: when, whom they reach, who saw it coming."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.hazards import Geometry, Hazard, Member
from sim.hazards.debris import BLOCKED, NARROWED
from sim.schema.problems import InputError

Make = Any
STORM = {
    "peak_window_min": [600, 900], "total_24h_mm": 250, "peak_hour_mm": 60, "length_h": 14,
}  # fmt: skip


def slope(**changes: Any) -> dict[str, Any]:
    """A gully that comes down 500 m to the south over 100 m, with no chance in it."""
    return {
        "id": "H1", "course": [[1000, 500], [1000, 0]], "width_m": 100, "speed_m_s": 5,
        "local_factor": 1, "after_min": 0, "creep_h": 4, "buried_share": 0.5, "killed_share": 0.4,
    } | changes  # fmt: skip


def section(**changes: Any) -> dict[str, Any]:
    """A ``landslide`` section about that gully."""
    return {
        "kind": "landslide", "ensemble": {"members": 6, "false_alarm_members": 2},
        "storm": STORM, "slopes": [slope()],
    } | changes  # fmt: skip


def ground(make_geometry: Make) -> Geometry:
    """A home at the toe, one aside; a road that crosses the course 250 m down, and one far off."""
    places = [(1000.0, 0.0, 0.0), (1200.0, 0.0, 0.0)]
    roads = [[(900.0, 250.0, 0.0), (1000.0, 250.0, 0.0), (1100.0, 250.0, 0.0)],
             [(5000.0, 0.0, 0.0), (5100.0, 0.0, 0.0)]]  # fmt: skip
    return replace(make_geometry(places, roads), n_homes=2)


def members(hazard: Hazard) -> list[Member]:
    """All members."""
    return [hazard.member(k) for k in range(len(hazard.weights))]


def alarms(found: list[Member]) -> list[bool]:
    """Which are false alarms."""
    return ["false" in member.label for member in found]


def test_debris_cuts_the_road_before_it_buries_the_house(build: Make, make_geometry: Make) -> None:
    """Recorded at minute 300: at 5 m/s the road 250 m down is hit 50 s later, the house after
    100 s; the place aside and the road far off never."""
    hazard = build(section(slopes=[slope(recorded={"failed_min": 300})]), ground(make_geometry))
    for member, false_alarm in zip(members(hazard), alarms(members(hazard)), strict=True):
        blows = member.blows
        assert blows is not None
        if false_alarm:
            assert not member.edge_levels.any() and not len(blows.time_ms)
            continue
        assert blows.time_ms.tolist() == [300 * MS_PER_MIN + 100_000]
        assert blows.place.tolist() == [0]
        assert round(blows.killed_q32[0] / 2**32, 6) == 0.2
        assert round(blows.trapped_q32[0] / 2**32, 6) == 0.3
        edge = member.edge_levels[member.edge_row[0]]
        assert edge[29] == 0 and (edge[30:] == BLOCKED).all()
        assert member.edge_row[0] == member.edge_row[1] and (member.edge_row[2:] == -1).all()
        at_home = member.place_levels[member.place_row[0]]
        assert at_home[30] == BLOCKED and at_home[-1] == NARROWED and member.place_row[1] == -1


def test_a_road_is_cleared_after_its_time(build: Make, make_geometry: Make) -> None:
    """Six hours after the failure the road is free again."""
    one = slope(recorded={"failed_min": 300}, cleared_h=6)
    hazard = build(section(slopes=[one], ensemble={"members": 1}), ground(make_geometry))
    edge = hazard.member(0).edge_levels[hazard.member(0).edge_row[0]]
    assert edge[65] == BLOCKED and edge[66] == 0


def test_more_rain_fails_no_fewer_slopes(build: Make, make_geometry: Make) -> None:
    """A slope fails when its curve says so: never in drizzle, always in a cloudburst; wet ground
    fails no later than dry ground."""
    where = ground(make_geometry)

    def first(total: float, hour: float, **changes: Any) -> list[int]:
        storm = STORM | {"total_24h_mm": total, "peak_hour_mm": hour}
        made = section(storm=storm, slopes=[slope(**changes)], ensemble={"members": 4})
        blows = [member.blows for member in members(build(made, where))]
        return [int(b.time_ms[0]) if b is not None and len(b.time_ms) else NEVER for b in blows]

    assert set(first(20, 4)) == {NEVER}
    dry, wet = first(250, 60), first(250, 60, antecedent_mm=150)
    assert max(dry) < NEVER and all(a <= b for a, b in zip(wet, dry, strict=True))
    assert wet != dry


def test_zero_rain_gives_zero_harm(build: Make, make_geometry: Make) -> None:
    """Without rain nothing moves, exactly."""
    storm = STORM | {"total_24h_mm": 0, "peak_hour_mm": 0}
    hazard = build(section(storm=storm), ground(make_geometry))
    for member in members(hazard):
        assert member.blows is not None and not len(member.blows.time_ms)
        assert not member.edge_levels.any() and not member.place_levels.any()


@pytest.mark.parametrize("step_min", [5, 10, 30])
def test_the_moment_of_failure_is_not_one_of_the_step(
    build: Make, make_geometry: Make, tmp_path: Path, step_min: int
) -> None:
    """60 mm in the hour from minute 600 on, out of a table: Caine's 14.82 mm of an hour, 14.9 in
    tenths, have fallen at minute 614.9; the house is hit 100 s later, whatever the step."""
    (tmp_path / "rain.csv").write_text("minute,mm\n600,0\n660,60\n", encoding="utf-8")
    made = section(storm={"file": "rain.csv"}, step_min=step_min, ensemble={"members": 1})
    member = build(made, ground(make_geometry), folder=tmp_path).member(0)
    assert member.blows is not None
    assert member.blows.time_ms.tolist() == [round(614.9 * MS_PER_MIN) + 100_000]
    assert member.signals.rain_01mm[0].sum() == 600


def test_drawn_storms_fail_slopes_alike_at_every_step(build: Make, make_geometry: Make) -> None:
    """With thresholds that only some members cross: the same ones at the same millisecond."""
    where, found = ground(make_geometry), []
    part = slope(local_factor={"dist": "uniform", "low": 2, "high": 9})
    for step_min in (5, 10, 20):
        made = section(step_min=step_min, slopes=[part], ensemble={"members": 12})
        blows = [member.blows for member in members(build(made, where))]
        found.append([one.time_ms.tolist() for one in blows if one is not None])
    assert found[0] == found[1] == found[2]
    assert 0 < sum(map(len, found[0])) < 12


def test_a_road_is_shut_in_a_step_if_in_its_middle(build: Make, make_geometry: Make) -> None:
    """Down at minute 306, cleared at 426: steps from 310 to 420 are shut, the house from 300."""
    one = slope(recorded={"failed_min": 306}, cleared_h=2)
    member = build(section(slopes=[one], ensemble={"members": 1}), ground(make_geometry)).member(0)
    edge = member.edge_levels[member.edge_row[0]]
    assert np.flatnonzero(edge).tolist() == list(range(31, 43))
    assert member.place_levels[member.place_row[0]][30] == BLOCKED


def watched(**changes: Any) -> list[dict[str, Any]]:
    """A sensor on the slope that reports 20 min after it begins to creep."""
    return [{"id": "S", "at": [1000, 500], "radius_m": 50, "delay_min": 20} | changes]


def test_only_what_is_watched_is_foreseen(build: Make, make_geometry: Make) -> None:
    """From 20 min after the creeping begins, four hours before the failure; elsewhere never."""
    where = ground(make_geometry)
    fixed = [slope(recorded={"failed_min": 600})]
    one = {"members": 1}
    seen = build(section(slopes=fixed, watchers=watched(), ensemble=one), where).member(0)
    onset = seen.signals.onset_forecast_ms
    begins = 600 - 240 + 20
    assert (onset[: begins // 10] == NEVER).all()
    assert (onset[begins // 10 :] == 600 * MS_PER_MIN).all()
    for watchers in ([], watched(at=[9000, 0]), watched(share=0)):
        blind = build(section(slopes=fixed, watchers=watchers, ensemble=one), where).member(0)
        assert (blind.signals.onset_forecast_ms == NEVER).all()


def test_the_expected_failure_gets_better_as_it_comes_near(
    build: Make, make_geometry: Make
) -> None:
    """An error of 2 h at 24 h shrinks with the root of the lead and is gone at the failure."""
    made = section(
        slopes=[slope(recorded={"failed_min": 1800}, creep_h=24)], watchers=watched(delay_min=0),
        foreseen_error_h_at_24h=2, ensemble={"members": 1},
    )  # fmt: skip
    onset = build(made, ground(make_geometry)).member(0).signals.onset_forecast_ms
    error = onset[36:181] - 1800 * MS_PER_MIN
    assert error[0] == 2 * MS_PER_HOUR and error[-1] == 0 and (np.diff(error) <= 0).all()
    quarter = (1800 - 6 * 60) // 10 - 36
    assert error[quarter] == MS_PER_HOUR


def test_a_false_alarm_is_called_off(build: Make, make_geometry: Make) -> None:
    """The slope creeps, is reported, does not fail, and after three hours nobody expects it."""
    made = section(
        slopes=[slope(recorded={"failed_min": 600})], watchers=watched(),
        ensemble={"members": 1, "false_alarm_members": 1},
    )  # fmt: skip
    onset = build(made, ground(make_geometry)).member(0).signals.onset_forecast_ms
    assert (onset[38:78] == 600 * MS_PER_MIN).all() and (onset[78:] == NEVER).all()


def test_sensors_cry_wolf(build: Make, make_geometry: Make) -> None:
    """With false alarms stated, something is expected although no slope creeps."""
    made = section(
        storm=STORM | {"total_24h_mm": 0, "peak_hour_mm": 0},
        watchers=watched(false_per_day=12), ensemble={"members": 1},
    )  # fmt: skip
    onset = build(made, ground(make_geometry)).member(0).signals.onset_forecast_ms
    assert (onset < NEVER).any() and (onset == NEVER).any()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"slopes": [slope(rain_gauge="nobody")]}, "hazard.gauge_unknown"),
        ({"slopes": [slope(local_factor=-1)]}, "hazard.may_be"),
        ({"storm": STORM | {"total_24h_mm": 9000}}, "hazard.may_be"),
    ],
)
def test_wrong_slopes_are_named(
    build: Make, make_geometry: Make, changes: dict[str, Any], code: str
) -> None:
    """Every wrong number or gauge is an error of the section."""
    with pytest.raises(InputError) as error:
        build(section(**changes), ground(make_geometry))
    assert {p.code for p in error.value.problems} == {code}


def test_a_slope_above_nothing_is_mentioned(build: Make, make_geometry: Make) -> None:
    """A hazard point that reaches nobody stands in the wrong place, probably."""
    hazard = build(section(slopes=[slope(course=[[90_000, 0]])]), ground(make_geometry))
    assert [p.code for p in hazard.warnings] == ["hazard.slope_reaches_nothing"]
