"""A leak on a plain by hand: plume on roads, gas in houses, isolation, report, false alarms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.clock import MS_PER_MIN, NEVER
from sim.hazards.plume import indoors
from sim.schema.problems import InputError

Make = Callable[..., Any]
X0, Y0 = 500_000.0, 3_100_000.0


def section(**changes: Any) -> dict[str, Any]:
    """1 kg/s for an hour from minute 60, class D, 3 m/s from the west: VT17's plume."""
    return {
        "kind": "hazardous_release",
        "step_min": 5,
        "ensemble": {"members": 1},
        "gas": {
            "at": [X0, Y0],
            "substance": {"zh": "氯", "en": "chlorine"},
            "rate_kg_s": 1,
            "starts_min": 60,
            "lasts_min": 60,
        },
        "limits": {"harm_mg_m3": 5.8, "deadly_mg_m3": 58},
        "weather": [{"wind_m_s": 3, "wind_from_deg": 270, "stability": "D"}],
        "watchers": [{"id": "sensor", "delay_min": 10}],
    } | changes


@pytest.fixture
def plain(make_geometry: Make) -> Any:
    """A place 900 m downwind and one upwind; a road across the wind at 900 m, one by the plant."""
    places = [(X0 + 900, Y0, 0), (X0 - 900, Y0, 0)]
    across = [(X0 + 900, Y0 - 100 + 50 * i, 0) for i in range(5)]
    by_plant = [(X0 - 60 + 20 * i, Y0 + 50, 0) for i in range(3)]
    return make_geometry(places, [across, by_plant])


def on_axis(x: float) -> float:
    """mg/m³ on the axis of VT17's plume."""
    sy, sz = 0.08 * x / np.sqrt(1 + 1e-4 * x), 0.06 * x / np.sqrt(1 + 1.5e-3 * x)
    return float(1e6 / (np.pi * sy * sz * 3.0))


def test_road_by_hand(plain: Any, build: Make) -> None:
    """900 m at 3 m/s: there from minute 65 to 125, with the concentration of the closed form."""
    member = build(section(), plain).member(0)
    road = member.edge_levels[member.edge_row[0]]
    assert np.flatnonzero(road).tolist() == list(range(13, 25))
    assert road[13] / 100 == pytest.approx(on_axis(900.0), rel=1e-3)
    assert member.scale.harm_level == 580 and not member.scale.stops("car", int(road[13]))


def test_house_lags_and_keeps(plain: Any, build: Make) -> None:
    """Inside a closed house the gas rises to 1 − e^(−n t) of outside and stays when it has gone."""
    member = build(section(), plain).member(0)
    inside = member.place_levels[member.place_row[0]]
    road = member.edge_levels[member.edge_row[0]]
    top = road.max()
    assert inside.max() == pytest.approx(top * (1 - np.exp(-0.5)), rel=2e-3)
    assert inside[30] > 0 == road[30]
    assert inside[30] == indoors(road[None, :].astype(np.int64), 0.5, 300_000)[0, 30]
    assert member.place_row[1] == -1


def test_isolation_from_the_report_on(plain: Any, build: Make) -> None:
    """Reported at 70, closed at 85 until the release ends: nobody drives by the plant meanwhile."""
    member = build(section(isolation_m=100, isolated_after_min=15), plain).member(0)
    road = member.edge_levels[member.edge_row[2]]
    stopped = [member.scale.stops("coach", int(level)) for level in road]
    assert stopped[17:24] == [True] * 7 and not stopped[5] and not stopped[40]


def test_known_from_the_report_on(plain: Any, build: Make) -> None:
    """Before the report at minute 70 nothing is known; then the nearest place's hour is."""
    onset = build(section(), plain).member(0).signals.onset_forecast_ms
    assert (onset[:14] == NEVER).all() and (onset[14:] == 65 * MS_PER_MIN).all()


def test_false_alarm(plain: Any, build: Make) -> None:
    """Shut at once: reported, called off 45 min later, no gas anywhere."""
    ensemble = {"members": 2, "false_alarm_members": 2}
    member = build(section(ensemble=ensemble), plain).member(1)
    onset = member.signals.onset_forecast_ms
    assert onset[14] < NEVER and onset[22] < NEVER and (onset[23:] == NEVER).all()
    assert not member.edge_levels.any() and (member.place_row == -1).all()


def test_wind_shift_moves_the_plume(plain: Any, build: Make) -> None:
    """The wind turns at minute 90: from then on the other place gets the gas."""
    wind = section()["weather"]
    turned = [*wind, wind[0] | {"from_min": 90, "wind_from_deg": 90}]
    member = build(section(weather=turned), plain).member(0)
    there, back = (member.place_levels[member.place_row[row]] for row in (0, 1))
    assert int(np.argmax(there > 0)) * 5 == 65 and int(np.argmax(back > 0)) * 5 == 95


def test_members_turn_with_the_wind(plain: Any, build: Make) -> None:
    """With an uncertain wind some members miss the village; all repeat themselves."""
    changes = {
        "ensemble": {"members": 8},
        "wind_turn_deg": {"dist": "uniform", "low": -90, "high": 90},
    }
    one, two = (build(section(**changes), plain) for _ in range(2))
    highest = [int(one.member(k).edge_levels[one.member(k).edge_row[0]].max()) for k in range(8)]
    assert min(highest) < max(highest) / 100
    assert all((one.member(k).place_levels == two.member(k).place_levels).all() for k in range(8))


def test_half_the_step_changes_little(plain: Any, build: Make) -> None:
    """Highest level in the house changes by less than 2 % when the step is halved."""
    tops = []
    for step in (10, 5):
        member = build(section(step_min=step), plain).member(0)
        tops.append(int(member.place_levels.max()))
    assert tops[1] == pytest.approx(tops[0], rel=0.02)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"wind_factor": 0}, "hazard.may_be"),
        ({"gas": section()["gas"] | {"at": [X0 + 90_000, Y0]}}, "hazard.source_elsewhere"),
        ({"gas": section()["gas"] | {"rate_kg_s": -1}}, "hazard.may_be"),
    ],
)
def test_wrong_sections(plain: Any, build: Make, changes: dict[str, Any], code: str) -> None:
    """Impossible wind or rate, or a source far from everything: each has its error."""
    with pytest.raises(InputError) as caught:
        build(section(**changes), plain)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_limits_ascend() -> None:
    """A deadly limit below the harmful one is refused by the schema."""
    from sim.schema.hazard_gas import GasLimits

    with pytest.raises(ValueError, match="deadly_mg_m3"):
        GasLimits(harm_mg_m3=10, deadly_mg_m3=5)
