"""Several dangers in one member: the same storm, the parts' own levels, all that anybody sees."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from sim.clock import NO_LEVEL
from sim.hazards import Geometry, Hazard, Layer, Member
from sim.schema.hazard_kinds import HazardSpec
from sim.schema.problems import InputError

Make = Any
STORM = {
    "peak_window_min": [600, 900], "peak_hour_mm": 60, "length_h": 14,
    "total_24h_mm": {"dist": "uniform", "low": 120, "high": 260},
}  # fmt: skip
STREAM = {
    "kind": "basin_flood",
    "streams": [{
        "id": "S", "course": [[0, 500, 10.0], [2000, 500, 10.0]], "base_below_bank_m": 2,
        "reach_m": 400, "celerity_km_per_h": 9, "rating": [[0, 0], [100, 4]],
        "catchment": {"area_km2": 20, "lag_min": 60},
    }],
}  # fmt: skip
SLOPES = {
    "kind": "landslide",
    "slopes": [{"id": "H", "course": [[1000, 2500], [1000, 2000]], "width_m": 100,
                "local_factor": 1, "after_min": 30}],
    "watchers": [{"id": "W", "delay_min": 5}],
}  # fmt: skip
ALONE = {"ensemble": {"members": 6, "false_alarm_members": 2, "seed": 3}}
BOTH = {"kind": "compound", **ALONE, "rain": STORM, "parts": [STREAM, SLOPES]}


def where(make_geometry: Make) -> Geometry:
    """A home by the stream, one below the slope; a road past each."""
    places = [(1000.0, 500.0, 10.0), (1000.0, 2000.0, 30.0)]
    roads = [[(900.0, 500.0, 10.0), (1100.0, 500.0, 10.0)],
             [(900.0, 2100.0, 30.0), (1000.0, 2100.0, 30.0)]]  # fmt: skip
    made: Geometry = make_geometry(places, roads, None, [(1000.0, 9.0, 10.0)])
    gauges = replace(made.gauges, y=np.array([500.0]))
    return replace(made, n_homes=2, gauges=gauges)


def members(hazard: Hazard) -> list[Member]:
    """All members."""
    return [hazard.member(k) for k in range(len(hazard.weights))]


def same(layer: Layer | Member, other: Layer | Member) -> bool:
    """Whether two carry the same levels at the same places and roads, of the same scale."""
    return layer.scale == other.scale and all(
        np.array_equal(getattr(layer, name), getattr(other, name))
        for name in ("edge_row", "edge_levels", "place_row", "place_levels")
    )


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_each_part_is_as_it_is_alone(build: Make, make_geometry: Make, order: Any) -> None:
    """Stream and slopes have the levels and blows they would have by themselves under the same
    storm, whichever is named first; the first is the main one."""
    given = [STREAM | {"rain": STORM}, SLOPES | {"storm": STORM}]
    here = where(make_geometry)
    alone = [members(build(given[i] | ALONE, here)) for i in order]
    both = members(build(BOTH | {"parts": [BOTH["parts"][i] for i in order]}, here))
    for main, other, joined in zip(*alone, both, strict=True):
        assert same(joined, main) and len(joined.more) == 1 and same(joined.more[0], other)
        slides = main if main.blows is not None else other
        assert joined.blows is not None and slides.blows is not None
        for name in ("time_ms", "place", "killed_q32", "trapped_q32"):
            assert np.array_equal(getattr(joined.blows, name), getattr(slides.blows, name))
        assert joined.label == main.label == other.label


def test_one_storm_fills_the_stream_and_brings_the_slope_down(
    build: Make, make_geometry: Make
) -> None:
    """Both parts are told the very same rain, although they look back over different times; the
    home by the stream is wet, debris reaches the one below the slope, in no false alarm."""
    here = where(make_geometry)
    rains = [
        members(build(part | ALONE, here))
        for part in (STREAM | {"rain": STORM}, SLOPES | {"storm": STORM})
    ]
    for stream, slopes in zip(*rains, strict=True):
        assert np.array_equal(stream.signals.rain_01mm, slopes.signals.rain_01mm)
        assert stream.signals.rain_01mm.sum() >= 1200
    hit = []
    for member in members(build(BOTH, here)):
        wet = member.place_row[0] >= 0 and member.place_levels[member.place_row[0]].max() > 500
        slid = bool(member.more[0].edge_levels.any())
        assert not ("false alarm" in member.label and (wet or slid))
        hit.append(wet and slid)
    assert any(hit)


def test_all_signals_are_there(build: Make, make_geometry: Make) -> None:
    """Gauge and its forecasts from the stream, the alarm of the slope's watcher, rain, and the
    sooner of two expected moments."""
    here = where(make_geometry)
    parts = [STREAM | {"rain": STORM} | ALONE, SLOPES | {"storm": STORM} | ALONE]
    alone = [members(build(part, here)) for part in parts]
    for stream, slopes, both in zip(*alone, members(build(BOTH, here)), strict=True):
        seen = both.signals
        assert (seen.levels_mm > NO_LEVEL).all()
        assert np.array_equal(seen.levels_mm, stream.signals.levels_mm)
        assert np.array_equal(seen.level_forecasts_mm, stream.signals.level_forecasts_mm)
        assert seen.alarms == slopes.signals.alarms
        first = np.minimum(stream.signals.onset_forecast_ms, slopes.signals.onset_forecast_ms)
        assert np.array_equal(seen.onset_forecast_ms, first)


def test_what_belongs_to_the_whole_is_not_for_a_part() -> None:
    """A part with members or a step of its own is refused, as is a compound within a compound."""
    read = TypeAdapter(HazardSpec).validate_python
    read(BOTH)
    for change in ({"ensemble": {"members": 5}}, {"step_min": 30}):
        with pytest.raises(ValidationError, match="belongs to the whole"):
            read(BOTH | {"parts": [STREAM | change, SLOPES]})
    with pytest.raises(ValidationError):
        read(BOTH | {"parts": [STREAM, BOTH]})
    with pytest.raises(ValidationError, match="rain"):
        read({key: value for key, value in BOTH.items() if key != "rain"})


def test_an_error_says_in_which_part(build: Make, make_geometry: Make) -> None:
    """The field of a problem leads to the part that has it."""
    wrong = SLOPES | {"slopes": [SLOPES["slopes"][0] | {"rain_gauge": "none"}]}
    with pytest.raises(InputError) as error:
        build(BOTH | {"parts": [STREAM, wrong]}, where(make_geometry))
    assert [p.field for p in error.value.problems] == ["hazard.parts.1.slopes.0.rain_gauge"]
