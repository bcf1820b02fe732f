"""The water of the shipped county, member by member: who gets wet, and how long after a warning."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_HOUR, parse_clock_start
from sim.hazards import Gauges, Geometry, Hazard, Member, RainGauges, Setting, build_hazard
from sim.io.crs import choose_work_crs, to_work
from sim.io.documents import read_scenario_yaml

YUNLING = Path(__file__).parents[2] / "scenarios" / "yunling"
NOT = 10**9
Row = dict[str, str]
Ints = NDArray[np.int64]


def rows_of(name: str) -> list[Row]:
    """Rows of a table as text."""
    with (YUNLING / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class County:
    """Homes in danger zones, then shelters, then transfer points; gauges; the ensemble."""

    homes: list[Row]
    n_shelters: int
    n_places: int
    gauge: Ints
    main: NDArray[np.bool_]
    spread_mm: Ints
    gauges: Gauges
    hazard: Hazard

    def first_wet(self, member: Member) -> Ints:
        """First step at which the lowest home of each settlement is wet; NOT where none is."""
        steps = np.full(len(self.homes), NOT)
        for i, spread in enumerate(self.spread_mm.tolist()):
            if member.place_row[i] >= 0:
                wet = member.place_levels[member.place_row[i]] + spread > 0
                steps[i] = int(np.argmax(wet)) if wet.any() else NOT
        return steps

    def reached(self, member: Member, limits_mm: Ints) -> Ints:
        """First step at which each settlement's gauge reaches a limit."""
        steps = np.full(len(limits_mm), NOT)
        for g, limit in enumerate(limits_mm.tolist()):
            seen = member.signals.observed(g) >= limit
            steps[g] = int(np.argmax(seen)) if seen.any() else NOT
        return np.asarray(steps[self.gauge])

    def peak_mm(self, member: Member) -> Ints:
        """Highest level above the ground of every place."""
        peak = np.full(self.n_places, -NOT)
        known = member.place_row >= 0
        peak[known] = member.place_levels[member.place_row[known]].max(axis=1)
        return peak


def _xy(rows: list[Row], work: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return to_work([float(r["x"]) for r in rows], [float(r["y"]) for r in rows], "EPSG:4490", work)


def _mm(rows: list[Row], column: str) -> Ints:
    return np.array([round(float(row[column]) * 1000) for row in rows], dtype=np.int64)


@cache
def county() -> County:
    """The shipped county without its roads."""
    spec, _, _ = read_scenario_yaml((YUNLING / "scenario.yaml").read_bytes(), "scenario.yaml")
    assert spec is not None
    work = choose_work_crs(115.2, 27.3)
    homes = [row for row in rows_of("settlements") if row["zone"]]
    shelters = rows_of("shelters")
    hubs = [row for row in rows_of("assembly_points") if row["id"].startswith("AT")]
    places = [*homes, *shelters, *hubs]
    level = [row for row in rows_of("gauges") if row["kind"] == "level"]
    rain = [row for row in rows_of("gauges") if row["kind"] == "rain"]
    (x, y), (gx, gy), (rx, ry) = (_xy(rows, work) for rows in (places, level, rain))
    gauges = Gauges(
        ids=tuple(row["id"] for row in level),
        x=gx,
        y=gy,
        river=tuple(row["river"] for row in level),
        chainage_m=np.full(len(level), -1, dtype=np.int64),
        warning_mm=_mm(level, "warning_level_m"),
        guarantee_mm=_mm(level, "guarantee_level_m"),
    )
    none, no_bridge = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_)
    geometry = Geometry(
        crs=work,
        place_ids=tuple(row["id"] for row in places),
        place_x=x,
        place_y=y,
        place_z_mm=_mm(places, "elevation_m"),
        sample_start=np.zeros(1, dtype=np.int64),
        sample_x=np.zeros(0),
        sample_y=np.zeros(0),
        sample_z_mm=none,
        edge_bridge=no_bridge,
        edge_low_water_bridge=no_bridge,
        edge_deck_mm=none,
        gauges=gauges,
        rain_gauges=RainGauges(tuple(row["id"] for row in rain), rx, ry),
    )
    start = parse_clock_start(spec.clock_start)
    setting = Setting(YUNLING, start, spec.horizon_min, "EPSG:4490")
    zones = {row["id"]: row for row in rows_of("zones")}
    of_zone = [zones[row["zone"]] for row in homes]
    row_of = {name: g for g, name in enumerate(gauges.ids)}
    return County(
        homes=homes,
        n_shelters=len(shelters),
        n_places=len(places),
        gauge=np.array([row_of[zone["gauge"]] for zone in of_zone]),
        main=np.array([zone["tag"] == "干流" for zone in of_zone]),
        spread_mm=_mm(homes, "elevation_spread_m"),
        gauges=gauges,
        hazard=build_hazard(spec.hazard, geometry, setting),
    )


def members(false_alarm: bool) -> list[Member]:
    """The members in which the danger comes, or does not."""
    hazard = county().hazard
    every = [hazard.member(k) for k in range(len(hazard.weights))]
    return [member for member in every if ("false alarm" in member.label) == false_alarm]


def test_false_alarms_reach_nobody() -> None:
    """In at least 10 of 40 members no home in any danger zone is ever wet."""
    calm = members(false_alarm=True)
    assert len(calm) >= 10
    for member in calm:
        assert (county().first_wet(member) == NOT).all(), member.label


def test_other_members_are_dangerous_in_very_different_degrees() -> None:
    """Every other member wets somebody; the worst wets nearly all zones, the least a few."""
    wet = [int((county().first_wet(m) < NOT).sum()) for m in members(false_alarm=False)]
    zones = len(county().homes)
    assert min(wet) > 0
    assert min(wet) < 0.25 * zones < 0.9 * zones < max(wet)


def test_lead_times() -> None:
    """Warning level to first homes wet: 6 to 14 h on the main river, 1 to 3 h on tributaries."""
    main, tributary = [], []
    for member in members(false_alarm=False):
        wet = county().first_wet(member)
        warned = county().reached(member, county().gauges.warning_mm)
        lead = (wet - warned) * county().hazard.step_ms / MS_PER_HOUR
        main.append(lead[county().main & (wet < NOT)])
        tributary.append(lead[~county().main & (wet < NOT)])
    river, stream = np.concatenate(main), np.concatenate(tributary)
    assert 6 <= np.median(river) <= 14
    assert np.quantile(river, 0.1) > 4.5 and np.quantile(river, 0.95) < 14
    assert np.quantile(stream, 0.05) >= 1 and np.quantile(stream, 0.95) <= 3.2


def test_the_guarantee_level_comes_before_the_water_in_homes() -> None:
    """Nobody's home is wet before the gauge of the zone shows the guarantee level."""
    early = total = 0
    for member in members(false_alarm=False):
        wet = county().first_wet(member)
        guarded = county().reached(member, county().gauges.guarantee_mm)
        early += int(((wet < NOT) & (guarded > wet)).sum())
        total += int((wet < NOT).sum())
    assert early <= 0.002 * total


def test_rates_of_rise() -> None:
    """Fastest hour: at most 0.8 m/h on the main river, up to 3 m/h on tributaries."""
    hour = MS_PER_HOUR // county().hazard.step_ms
    for member in members(false_alarm=False):
        for g, river in enumerate(county().gauges.river):
            level = member.signals.observed(g)
            fastest = int((level[hour:] - level[:-hour]).max())
            low, high = (350, 820) if river == "R0" else (1100, 3100)
            assert low <= fastest <= high, (member.label, county().gauges.ids[g], fastest)


def test_shelters_and_transfer_points_stay_dry() -> None:
    """No shelter and no township square is under water in any member."""
    for member in members(false_alarm=False):
        assert (county().peak_mm(member)[len(county().homes) :] <= 0).all(), member.label
