"""When is the order given: triggers, consultations, authority, villages that act alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hamlet import Steps, Water, at_min, depot, go, hamlet, stop, village, zone
from kit import Played, Row

from sim.clock import MS_PER_MIN
from sim.log import Kind

GAUGES: list[Row] = [
    {"id": "G", "name": "水位站", "node": "v", "warning_level_m": 40, "guarantee_level_m": 41},
    {"id": "R", "name": "雨量站", "node": "v", "kind": "rain", "warning_level_m": 30},
]
RISING: Steps = [(0, 38_000), (50, 40_000), (100, 41_000), (150, 42_500)]


def ordered(folder: Path, rule: Row, water: Water, **when: Any) -> Played:
    """One zone with a level and a rain gauge; one rule that orders the move."""
    tiny = hamlet(gauges=GAUGES, zones=[zone(gauge="G", rain_gauge="R")])
    plan = {"when": {"rules": [{"action": "move", **rule}], **when}}
    return go(tiny, folder, plan, water)


@pytest.mark.parametrize(
    ("reaches", "minute", "seen_mm"),
    [("warning", 50, 40_000), ("guarantee", 100, 41_000), (42.0, 150, 42_500)],
)
def test_observed_level_fires_at_the_first_step_at_or_above_the_threshold(
    reaches: Any, minute: int, seen_mm: int, tmp_path: Path
) -> None:
    """Warning 40 m is seen at minute 50, guarantee 41 m at 100, 42 m (42.5 seen) at 150; the record
    holds the rule and the level seen."""
    rule = {"signal": "observed_level", "reaches": reaches}
    run = ordered(tmp_path, rule, Water(gauges={"G": RISING}))
    assert at_min(run, Kind.TRIGGER) == at_min(run, Kind.ORDER_MOVE) == [minute]
    record = run.log.of(Kind.TRIGGER)[0]
    assert (record["who"], record["place"], record["value"]) == (0, 0, seen_mm)


def test_a_level_that_is_never_reached_gives_no_order(tmp_path: Path) -> None:
    """A centimetre below the threshold is not the threshold."""
    run = ordered(
        tmp_path, {"signal": "observed_level", "reaches": 42.51}, Water(gauges={"G": RISING})
    )
    assert not len(run.log.of(Kind.TRIGGER)) and not len(run.log.of(Kind.ORDER_MOVE))


@pytest.mark.parametrize(("lead_h", "minute"), [(6, 30), (12, 10)])
def test_forecasts_count_up_to_the_lead_of_the_rule(
    lead_h: int, minute: int, tmp_path: Path
) -> None:
    """The 12-hour forecast shows 41 m at minute 10, the 6-hour forecast at 30: a rule that looks
    6 hours ahead does not read the longer one."""
    water = Water(
        gauges={"G": RISING},
        forecasts={("G", 6): [(0, 39_000), (30, 41_000)], ("G", 12): [(0, 39_000), (10, 41_000)]},
    )
    rule = {"signal": "forecast_level", "reaches": "guarantee", "lead_h": lead_h}
    assert at_min(ordered(tmp_path, rule, water), Kind.ORDER_MOVE) == [minute]


def test_a_forecast_rule_sees_the_water_that_is_already_there(tmp_path: Path) -> None:
    """Forecasts that miss the rise do not hide it: the level observed at minute 100 fires."""
    water = Water(gauges={"G": RISING}, forecasts={("G", 6): [(0, 38_000)]})
    rule = {"signal": "forecast_level", "reaches": "guarantee", "lead_h": 6}
    assert at_min(ordered(tmp_path, rule, water), Kind.ORDER_MOVE) == [100]


@pytest.mark.parametrize(
    ("signal", "reaches", "minute"),
    [("rain_1h", 30, 90), ("rain_1h", "warning", 90), ("rain_3h", 50, 110), ("rain_24h", 100, 160)],
)
def test_rain_fires_when_enough_has_fallen(
    signal: str, reaches: Any, minute: int, tmp_path: Path
) -> None:
    """10 mm fall in every 10 minutes from minute 60 on: 30 mm have fallen at 90 (the warning of the
    gauge is 30 mm too), 50 mm at 110, 100 mm at 160."""
    run = ordered(tmp_path, {"signal": signal, "reaches": reaches}, Water(rain={"R": [(60, 100)]}))
    assert at_min(run, Kind.ORDER_MOVE) == [minute]


def test_rain_older_than_the_window_does_not_count(tmp_path: Path) -> None:
    """10 mm per 10 minutes are at most 60 mm in an hour: 61 mm in one hour never come, in three
    hours they do, at minute 130 (70 mm)."""
    water = Water(rain={"R": [(60, 100)]})
    hour = ordered(tmp_path / "1", {"signal": "rain_1h", "reaches": 61}, water)
    three = ordered(tmp_path / "3", {"signal": "rain_3h", "reaches": 61}, water)
    assert at_min(hour, Kind.ORDER_MOVE) == []
    assert at_min(three, Kind.ORDER_MOVE) == [130]


def test_onset_forecast_fires_when_the_danger_is_expected_within_the_lead(tmp_path: Path) -> None:
    """Expected at minute 500 from the start, at 400 from minute 100 on: three hours ahead is
    reached at 220; the record says that 180 minutes are left."""
    run = ordered(
        tmp_path, {"signal": "onset_forecast", "lead_h": 3}, Water(onset=[(0, 500), (100, 400)])
    )
    assert at_min(run, Kind.ORDER_MOVE) == [220]
    assert run.log.of(Kind.TRIGGER)["value"].tolist() == [180 * MS_PER_MIN]


def test_an_onset_forecast_that_is_withdrawn_in_time_gives_no_order(tmp_path: Path) -> None:
    """A warning called off before the lead time is reached moves nobody."""
    water = Water(onset=[(0, 500), (300, 2**53 / MS_PER_MIN)])
    run = ordered(tmp_path, {"signal": "onset_forecast", "lead_h": 3}, water)
    assert at_min(run, Kind.ORDER_MOVE) == []


@pytest.mark.parametrize(("shift", "minute"), [(0, 60), (30, 90), (-20, 40), (-90, 0)])
def test_clock_rules_fire_at_their_time_and_a_what_if_moves_them(
    shift: int, minute: int, tmp_path: Path
) -> None:
    """09:00 is minute 60 of a run that starts at 08:00; shifted by half an hour it is 90; nothing
    is ordered before the beginning."""
    run = ordered(tmp_path, {"signal": "clock", "at": "09:00"}, Water(), shift_min=shift)
    assert at_min(run, Kind.ORDER_MOVE) == [minute]


def three_zones(folder: Path, when: Row, **more: Any) -> Played:
    """Zones A, B, C in townships 1, 1, 2, ordered at 08:00, 08:10 and 08:20."""
    places = {"A": "1", "B": "1", "C": "2"}
    tiny = hamlet(
        zones=[zone(z, township=t) for z, t in places.items()],
        settlements=[village("V" + z, zone=z) for z in places],
        assembly_points=[stop("P" + z, zone=z) for z in places],
        posts=[
            {"id": "K", "name": "县", "level": "county"},
            {"id": "T1", "name": "乡一", "level": "township", "township": "1"},
            {"id": "T2", "name": "乡二", "level": "township", "township": "2"},
        ],
        depots=[depot()],
    )
    rules = [
        {"signal": "clock", "at": at, "action": "move", "zones": [z]}
        for z, at in (("A", "08:00"), ("B", "08:10"), ("C", "08:20"))
    ]
    return go(tiny, folder, {"when": {"rules": rules, **when}, **more})


def test_triggers_during_a_consultation_are_handled_together_in_the_next(tmp_path: Path) -> None:
    """One county post, consultations of 30 minutes: A from 0 to 30; B (10) and C (20) came
    meanwhile and are ordered together at 60. Waits: 30, 50 and 40 minutes."""
    run = three_zones(tmp_path, {"consult_min": 30})
    assert at_min(run, Kind.ORDER_MOVE) == [30, 60, 60]
    assert run.log.of(Kind.ORDER_MOVE)["who"].tolist() == [0, 1, 2]
    assert run.log.of(Kind.CONSULTED)["value"].tolist() == [1, 2]
    waits = run.log.of(Kind.WAIT_CONSULT)
    assert (waits["value"] // MS_PER_MIN).tolist() == [30, 50, 40]


def test_what_comes_in_before_the_consultation_begins_belongs_to_it(tmp_path: Path) -> None:
    """Notice 15, consult 30, sign 5: A and B (10) are in the first, signed at 50; C (20) waits for
    the second, which begins at 50 and is signed at 100."""
    run = three_zones(tmp_path, {"pickup_min": 15, "consult_min": 30, "sign_min": 5})
    assert at_min(run, Kind.ORDER_MOVE) == [50, 50, 100]
    assert run.log.of(Kind.CONSULTED)["value"].tolist() == [2, 1]


def test_townships_consult_side_by_side(tmp_path: Path) -> None:
    """Township 1 orders A at 30 and B in its next consultation at 60; township 2 orders C at 50;
    the records name post and level."""
    run = three_zones(tmp_path, {"consult_min": 30}, authority={"orders_by": "township"})
    orders = run.log.of(Kind.ORDER_MOVE)
    assert at_min(run, Kind.ORDER_MOVE) == [30, 50, 60]
    assert orders["who"].tolist() == [0, 2, 1]
    assert orders["place"].tolist() == [1, 2, 1]
    assert set(orders["value"].tolist()) == {1}


def test_an_order_of_the_village_needs_no_call(tmp_path: Path) -> None:
    """Where villages order, nobody has to be called before the doors are knocked at."""
    plan = {"authority": {"orders_by": "village"}, "organise": {"broadcast": False}}
    run = go(hamlet({"tell.call_min": 10}), tmp_path, plan)
    assert run.log.of(Kind.ORDER_MOVE)["value"].tolist() == [2]
    assert not len(run.log.of(Kind.CALL))
    assert at_min(run, Kind.SWEEP) == [0]


def test_a_village_alone_acts_on_the_water_it_sees(tmp_path: Path) -> None:
    """The county orders at 300; with village_alone the village sees 41 m at 100, decides in ten
    minutes and goes at 110; the county's order is not given a second time."""
    rules = [{"signal": "clock", "at": "13:00", "action": "move"}]
    minutes: dict[bool, list[float]] = {}
    for alone in (False, True):
        plan = {"when": {"rules": rules}, "authority": {"village_alone": alone}}
        tiny = hamlet(gauges=GAUGES, zones=[zone(gauge="G")])
        run = go(tiny, tmp_path / str(alone), plan, Water(gauges={"G": RISING}))
        minutes[alone] = at_min(run, Kind.ORDER_MOVE)
    assert minutes == {False: [300], True: [110]}
    assert run.log.of(Kind.TRIGGER)["place"].tolist() == [-1]


def test_a_village_alone_does_nothing_when_the_order_came_before(tmp_path: Path) -> None:
    """Ordered at 08:00 by the county: one order, one trigger."""
    tiny = hamlet(gauges=GAUGES, zones=[zone(gauge="G")])
    plan = {"authority": {"village_alone": True}}
    run = go(tiny, tmp_path, plan, Water(gauges={"G": RISING}))
    assert at_min(run, Kind.ORDER_MOVE) == [0] and len(run.log.of(Kind.TRIGGER)) == 1


def test_move_includes_prepare_and_each_is_given_once(tmp_path: Path) -> None:
    """Prepare at 30, move at 60; a second move at 90 and a prepare at 120 change nothing."""
    rules = [
        {"signal": "clock", "at": at, "action": action}
        for at, action in (
            ("08:30", "prepare"), ("09:00", "move"), ("09:30", "move"), ("10:00", "prepare"),
        )
    ]  # fmt: skip
    run = go(hamlet(), tmp_path, {"when": {"rules": rules}})
    assert at_min(run, Kind.ORDER_PREPARE) == [30]
    assert at_min(run, Kind.ORDER_MOVE) == [60]


def test_rules_speak_to_the_zones_of_their_tag(tmp_path: Path) -> None:
    """A rule for the tag 干流 orders that zone only."""
    tiny = hamlet(
        zones=[zone("A", tag="干流"), zone("B", tag="支流")],
        settlements=[village("VA", zone="A"), village("VB", zone="B")],
        assembly_points=[stop("PA", zone="A"), stop("PB", zone="B")],
    )
    rule = {"signal": "clock", "at": "08:10", "action": "move", "tags": ["支流"]}
    run = go(tiny, tmp_path, {"when": {"rules": [rule]}})
    assert run.log.of(Kind.ORDER_MOVE)["who"].tolist() == [1]
