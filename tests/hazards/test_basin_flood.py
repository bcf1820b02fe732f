"""Rain from a table through a catchment to the village; a release and its notice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.clock import MS_PER_HOUR, NEVER
from sim.hazards.unit_hydrograph import Catchment, discharge_l_s
from sim.schema.problems import InputError

Make = Callable[..., Any]
HOUR = 6
RAIN = "minute,mm\n60,0\n120,30\n180,30\n240,0\n"
RATING = [[0, 0], [100, 4], [300, 8]]


def stream(**changes: Any) -> dict[str, Any]:
    """A level stream whose bank lies 4 m above its base: 100 m³/s fill it to the bank."""
    return {
        "id": "S",
        "course": [[0.0, 0.0, 100.0], [10_000.0, 0.0, 100.0]],
        "base_below_bank_m": 4,
        "reach_m": 500,
        "celerity_km_per_h": 10,
        "rating": RATING,
        "catchment": {"area_km2": 30, "lag_min": 60, "first_loss_mm": 0, "loss_mm_per_h": 0},
    } | changes


def section(*streams: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "kind": "basin_flood",
        "step_min": 10,
        "ensemble": {"members": 1},
        "rain": {"file": "rain.csv"},
        "forecasts": {"level_sd_m_at_24h": 0},
        "streams": list(streams) or [stream()],
    } | changes


@pytest.fixture
def valley(tmp_path: Path, make_geometry: Make, build: Make) -> Make:
    """A place at the head of the stream and a gauge there; ``RAIN`` unless another is given."""

    def built(spec: dict[str, Any], rain: str = RAIN) -> Any:
        (tmp_path / "rain.csv").write_text(rain, encoding="utf-8")
        where = make_geometry([(0.0, 0.0, 100.0)], None, None, [(0.0, 99.0, 100.0)])
        return build(spec, where, folder=tmp_path)

    return built


def test_rain_is_kept_and_placed(valley: Make) -> None:
    """30 mm between 60 and 120 min and 30 in the next hour: by step, 60 mm in all."""
    fallen = valley(section()).member(0).signals.rain_01mm[0]
    assert fallen.sum() == 600
    assert fallen[6:18].tolist() == [50] * 12 and not fallen[:6].any() and not fallen[18:].any()


def test_level_follows_discharge(valley: Make) -> None:
    """The gauge reads base + rating(discharge): the place is wet where that passes the bank."""
    member = valley(section()).member(0)
    rain = member.signals.rain_01mm[0].astype(np.int64)
    flow = discharge_l_s(Catchment(30, 60, 0, 0), rain, 600_000)
    stage = np.interp(flow / 1000, [0, 100, 300], [0, 4000, 8000])
    level = member.signals.observed(0)
    assert np.abs(level - (96_000 + stage)).max() <= 2
    above = member.place_levels[member.place_row[0]]
    assert int(above.max()) == pytest.approx(int(level.max()) - 100_000, abs=20)
    assert above.max() > 2000


def test_flood_comes_after_the_rain(valley: Make) -> None:
    """The crest stands a lag after the middle of the rain: 120 + 60 min, give or take 20."""
    level = valley(section()).member(0).signals.observed(0)
    assert abs(int(np.argmax(level)) * 10 - 180) <= 20


def released(**changes: Any) -> dict[str, Any]:
    """200 m³/s for four hours from hour 10, half an hour above the head; no rain in the section."""
    release = {
        "opens_min": 600,
        "flow": [[0, 0], [30, 200], [240, 200], [270, 0]],
        "travel_h": 0.5,
        "weight": 0.2,
        "notice": {"before_min": 120, "acknowledged_after_min": 20},
    } | changes
    return stream(catchment=None, release=release)


def test_release_by_hand(valley: Make) -> None:
    """200 m³/s stand 6 m above the base, 2 m above the bank, once the wave is there."""
    member = valley(section(released())).member(0)
    level = member.signals.observed(0)
    assert (level[: 10 * HOUR] == 96_000).all()
    assert level[13 * HOUR] == pytest.approx(102_000, abs=30)
    assert level[24 * HOUR] == pytest.approx(96_000, abs=50)


def test_notice_warns_when_acknowledged(valley: Make) -> None:
    """Sent at 8:00, acknowledged at 8:20: from then on the hour of the wave is known."""
    spec = section(released(), forecasts={"leads_h": [1], "level_sd_m_at_24h": 0})
    onset = valley(spec).member(0).signals.onset_forecast_ms
    assert (onset[: 8 * HOUR + 2] == NEVER).all()
    assert onset[8 * HOUR + 2] == 10 * MS_PER_HOUR + MS_PER_HOUR // 2


def test_notice_nobody_acknowledged(valley: Make) -> None:
    """Without an answer nothing is known but by the gauge and its forecast of an hour."""
    silent = {"before_min": 120, "acknowledged_share": 0}
    spec = section(released(notice=silent), forecasts={"leads_h": [1], "level_sd_m_at_24h": 0})
    onset = valley(spec).member(0).signals.onset_forecast_ms
    assert (onset[: 9 * HOUR] == NEVER).all()


def test_false_alarm_stays_in_its_bed(valley: Make) -> None:
    """It rains as foretold, the gates stay shut, the water stays within the bank."""
    ensemble = {"members": 2, "false_alarm_members": 2}
    both = stream(release=released()["release"])
    member = valley(section(both, ensemble=ensemble)).member(0)
    assert member.signals.rain_01mm[0].sum() == 600
    assert member.signals.observed(0).max() < 100_000
    assert (member.signals.onset_forecast_ms[11 * HOUR :] == NEVER).all()


def test_half_the_step_changes_little(valley: Make) -> None:
    """Crest and the moment of overflow move by less than 2 % when the step is halved."""
    crests, moments = [], []
    for step in (10, 5):
        level = valley(section(step_min=step)).member(0).signals.observed(0)
        crests.append(int(level.max()) - 96_000)
        k = int(np.argmax(level >= 100_000))
        part = (100_000 - int(level[k - 1])) / (int(level[k]) - int(level[k - 1]))
        moments.append((k - 1 + part) * step + step / 2)  # a step's value is its mean
    assert crests[1] == pytest.approx(crests[0], rel=0.02)
    assert moments[1] == pytest.approx(moments[0], rel=0.02)


@pytest.mark.parametrize(
    ("rain", "code"),
    [
        ("minute,rain\n60,1\n", "hazard.field_missing"),
        ("minute,mm\n60,-1\n", "hazard.out_of_range"),
        ("minute,mm\n60,nan\n", "hazard.out_of_range"),
        ("minute,mm\n60,1e9\n", "hazard.out_of_range"),
        ("minute,mm\n60,x\n", "hazard.not_a_number"),
        ("minute,mm\n60,1\n60,2\n", "hazard.minute_twice"),
        ("minute,mm,gauge\n60,1,Q\n", "hazard.rain_gauge"),
        ("minute,mm\n", "hazard.layer_empty"),
    ],
)
def test_wrong_tables(valley: Make, rain: str, code: str) -> None:
    """Missing column, negative, NaN, huge, words, doubled, unknown gauge, empty: named each."""
    with pytest.raises(InputError) as caught:
        valley(section(), rain)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_stream_needs_water() -> None:
    """A stream with neither catchment nor release is refused."""
    from sim.schema.hazard_basin import BasinStream

    with pytest.raises(ValueError, match="catchment"):
        BasinStream(**stream(catchment=None))
