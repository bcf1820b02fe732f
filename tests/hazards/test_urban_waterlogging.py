"""An underpass and a garage under a cloudburst from a table, by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.clock import MS_PER_MIN, NEVER
from sim.hazards.base import NO_WATER_MM
from sim.hazards.signals import Alarm
from sim.hazards.urban_waterlogging import hollow_of
from sim.schema.hazard_urban import HollowSpec, UrbanWaterSpec
from sim.schema.problems import InputError

Make = Callable[..., Any]
X0, Y0 = 500_000.0, 3_100_000.0
RAIN = "minute,mm\n60,0\n120,60\n"


def box(**changes: Any) -> dict[str, Any]:
    """A box of 50 × 20 m under 1 ha of sealed ground without pumps: 60 mm/h raise it 10 mm/min."""
    return {
        "id": "U1",
        "at": [X0, Y0],
        "reach_m": 30,
        "shape": "box",
        "length_m": 50,
        "width_m": 20,
        "deepest_m": 4,
        "basin_ha": 1,
        "runoff_share": 1,
        "drain_m3_s": 0,
    } | changes


def section(*hollows: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "kind": "urban_waterlogging",
        "step_min": 5,
        "ensemble": {"members": 1},
        "rain": {"file": "rain.csv"},
        "hollows": list(hollows) or [box()],
    } | changes


@pytest.fixture
def town(tmp_path: Path, make_geometry: Make, build: Make) -> Make:
    """A garage in the hollow, a house 100 m away, a street through both."""

    def built(spec: dict[str, Any], rain: str = RAIN) -> Any:
        (tmp_path / "rain.csv").write_text(rain, encoding="utf-8")
        street = [(X0 - 100 + 20 * i, Y0, 0.0) for i in range(11)]
        beside = [(X0 + 200 + 20 * i, Y0, 0.0) for i in range(3)]
        where = make_geometry([(X0, Y0, 0.0), (X0 + 100, Y0, 0.0)], [street, beside])
        return build(spec, where, folder=tmp_path)

    return built


def test_a_cellar_fills_below_a_dry_street(town: Make) -> None:
    """The cellar holds the same water as the hollow would, the street above it none."""
    member = town(section(box(below_street=True))).member(0)
    assert member.place_levels[member.place_row[0]][18] == 300
    assert (member.edge_row == -1).all()


def test_fills_by_hand(town: Make) -> None:
    """From minute 60 on the water rises 10 mm a minute: 300 mm, where cars stop, after half an
    hour, 600 mm at minute 120, and there it stays without pumps."""
    member = town(section()).member(0)
    road = member.edge_levels[member.edge_row[0]]
    assert road[12] == 0 and road[18] == 300 and road[24] == 600 and road[-1] == 600
    inside = member.place_levels[member.place_row[0]]
    assert inside[12] == NO_WATER_MM and inside[18] == 300
    assert member.place_row[1] == -1 and member.edge_row[2] == -1


def test_pumps_empty_it(town: Make) -> None:
    """Pumps of 0.1 m³/s take 6 mm a minute: 240 mm at the end of the rain, dry 40 min later."""
    member = town(section(box(drain_m3_s=0.1))).member(0)
    road = member.edge_levels[member.edge_row[0]]
    assert road[24] == 240 and road[31] == 30 and road[32] == 0


def test_nearest_hollow_counts(town: Make) -> None:
    """A point in reach of two hollows belongs to the nearer one."""
    other = box(id="U2", at=[X0 + 100, Y0], reach_m=90, basin_ha=2)
    member = town(section(box(), other)).member(0)
    here, there = (member.place_levels[member.place_row[row]] for row in (0, 1))
    assert here[24] == 600 and there[24] == 1200
    assert member.edge_levels[member.edge_row[0]][24] == 1200


def test_rain_is_seen_and_forecast(town: Make) -> None:
    """The gauge sees the table's rain; without an error the hour ahead is foreseen."""
    signals = town(section(forecasts={"rain_sd_share_at_24h": 0})).member(0).signals
    assert signals.rain(0, 1)[24] == 600 and signals.forecast_rain(0, 1)[12] == 600


def test_known_when_a_camera_sees_it(town: Make) -> None:
    """270 mm at minute 90 (the step after): known at once without watchers, else after the camera's
    ten minutes, and never where no camera looks."""
    camera = {"id": "cam", "at": [X0, Y0], "radius_m": 50, "delay_min": 10}
    at_once = town(section()).member(0).signals.onset_forecast_ms
    seen = town(section(watchers=[camera])).member(0).signals.onset_forecast_ms
    blind = town(section(watchers=[camera | {"share": 0}])).member(0).signals.onset_forecast_ms
    assert (at_once[:18] == NEVER).all() and (at_once[18:] == 90 * MS_PER_MIN).all()
    assert (seen[:20] == NEVER).all() and (seen[20:] == 90 * MS_PER_MIN).all()
    assert (blind == NEVER).all()


def test_false_reports_of_water_are_believed_until_looked_into(town: Make) -> None:
    """A sensor that cries wolf: alarms in a night on which nothing fills, each believed for half an
    hour; the true report of a camera beside it is an alarm too."""
    wolf = {"id": "w", "at": [X0, Y0], "radius_m": 50, "delay_min": 5, "share": 0,
            "false_per_day": 24, "checked_after_min": 30}  # fmt: skip
    camera = {"id": "cam", "at": [X0, Y0], "radius_m": 50, "delay_min": 10}
    dry = {"members": 1, "false_alarm_members": 1}
    signals = town(section(watchers=[wolf, camera], ensemble=dry)).member(0).signals
    assert signals.alarms and {alarm.watcher for alarm in signals.alarms} == {"w"}
    first = signals.alarms[0].at_ms
    believed = -(-first // signals.step_ms)
    assert signals.onset_forecast_ms[believed] == first + 30 * MS_PER_MIN
    wet = town(section(watchers=[wolf, camera])).member(0).signals
    assert Alarm("cam", 100 * MS_PER_MIN) in wet.alarms


def test_false_alarm(town: Make) -> None:
    """It rains as foretold, and nothing stands in the underpass."""
    member = town(section(ensemble={"members": 2, "false_alarm_members": 2})).member(0)
    assert member.signals.rain_01mm[0].sum() == 600 and not member.edge_levels.any()


def test_members_differ(town: Make) -> None:
    """Rain and drains differ between members; the same one repeats."""
    rain = {"file": "rain.csv", "factor": {"dist": "uniform", "low": 0.5, "high": 1.8}}
    spec = section(ensemble={"members": 6}, rain=rain)
    one, two = town(spec), town(spec)
    tops = [int(one.member(k).edge_levels.max()) for k in range(6)]
    assert max(tops) > 1.5 * min(tops) > 0
    assert tops == [int(two.member(k).edge_levels.max()) for k in range(6)]


def test_half_the_step_changes_little(town: Make) -> None:
    """A wedge with pumps: the depth at minute 120 changes by less than 2 % with half the step."""
    dip = box(shape="wedge", drain_m3_s=0.02)
    depth = [int(town(section(dip, step_min=step)).member(0).edge_levels.max()) for step in (10, 5)]
    assert depth[1] == pytest.approx(depth[0], rel=0.02)


def test_shapes() -> None:
    """A full wedge holds half of the box about it."""
    wedge = hollow_of(HollowSpec.model_validate(box(shape="wedge")), 10**6)
    full = hollow_of(HollowSpec.model_validate(box()), 10**6)
    assert wedge.volume_l[-1] * 2 == full.volume_l[-1] == 4_000_000


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"hollows": [box(at=[X0 + 9000, Y0])]}, "hazard.never_wet"),
        ({"drain_factor": -1}, "hazard.may_be"),
        ({"rain": {"file": "none.csv"}}, "file.missing"),
    ],
)
def test_wrong_sections(town: Make, changes: dict[str, Any], code: str) -> None:
    """Hollows elsewhere, impossible drains, a missing table: each has its error."""
    with pytest.raises(InputError) as caught:
        town(section(**changes))
    assert caught.value.problems[-1].code == code


def test_ids_differ() -> None:
    """Two hollows of one id are refused."""
    with pytest.raises(ValueError, match="ids"):
        UrbanWaterSpec.model_validate(section(box(), box()))
