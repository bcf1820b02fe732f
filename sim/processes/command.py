"""何时转: signals cross triggers, a post consults, orders are signed; villages may act alone.

A post holds one consultation at a time. Triggers that fire meanwhile wait and are dealt with
together in the next one. Every reading of a signal uses steps up to now only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_HOUR, NEVER, NO_LEVEL, next_clock_time
from sim.engine import Engine
from sim.log import Kind
from sim.readings import GaugeLine
from sim.schema.plan_when import TriggerRule
from sim.state import Process, Run

Int64 = NDArray[np.int64]
LEVELS = ("county", "township", "village")


class Post:
    """A command post with its pending triggers."""

    def __init__(self, row: int, level: int, key: int) -> None:
        self.row, self.level, self.key = row, level, key
        self.pending: list[tuple[str, int, int]] = []
        self.busy = False
        self.consultations = 0


def begin(engine: Engine) -> None:
    """Schedule every trigger of the plan at the step at which its signal is seen."""
    run = engine.run
    posts = _Posts(run)
    for number, rule in enumerate(run.plan.spec.when.rules):
        zones = run.plan.rule_zones[number]
        times, values = trigger_times(run, rule, zones)
        for moment in np.unique(times[times < NEVER]):
            fired = times == moment
            due = max(0, int(moment) + run.plan.shift_ms)
            run.at(
                due,
                posts.fire,
                engine,
                number,
                zones[fired],
                values[fired],
            )
    if run.plan.authority.village_alone:
        _villages_watch(engine)


class _Posts:
    """The posts that give orders under this plan."""

    def __init__(self, run: Run) -> None:
        level = run.plan.authority.orders_by
        self.level = LEVELS.index(level)
        rows = [(i, p) for i, p in enumerate(run.world.posts) if p.level == level]
        self.by_township = {p.township: Post(i, self.level, i) for i, p in rows}
        everywhere = self.by_township.get("") or (
            next(iter(self.by_township.values())) if level == "county" and rows else None
        )
        self.default = everywhere or Post(-1, self.level, -1)
        self.run = run

    def of(self, zone: int) -> Post:
        if self.level == 0:
            return self.default
        return self.by_township.get(self.run.world.zones.rows[zone].township, self.default)

    def fire(self, engine: Engine, rule: int, zones: Int64, values: Int64) -> None:
        action = self.run.plan.spec.when.rules[rule].action
        for zone, value in zip(zones.tolist(), values.tolist(), strict=True):
            given = self.run.move_ms if action == "move" else self.run.prepare_ms
            if given[zone] <= self.run.now:
                continue
            self.run.log.add(self.run.now, Kind.TRIGGER, zone, rule, value)
            post = self.of(zone)
            post.pending.append((action, zone, self.run.now))
            if not post.busy:
                post.busy = True
                self.run.start(_consult(engine, post))


def _consult(engine: Engine, post: Post) -> Process:
    """Pick up, consult, sign — again as long as triggers are waiting."""
    run, plan = engine.run, engine.run.plan
    key = post.key + 1_000_000
    while post.pending:
        n = post.consultations
        post.consultations += 1
        yield run.timeout(run.draw("when/pickup", plan.pickup, key, n))
        handled, post.pending = post.pending, []
        yield run.timeout(run.draw("when/consult", plan.consult, key, n))
        yield run.timeout(run.draw("when/sign", plan.sign, key, n))
        run.log.add(run.now, Kind.CONSULTED, max(post.row, 0), -1, len(handled))
        for action, zone, since in handled:
            run.waited(Kind.WAIT_CONSULT, zone, post.row, since)
            give_order(engine, zone, action, post.level, post.row)
    post.busy = False


def give_order(engine: Engine, zone: int, action: str, level: int, post_row: int) -> None:
    """准备转移 or 立即转移 for a zone; the second includes the first. Given once."""
    run = engine.run
    if action == "prepare" and run.prepare_ms[zone] == NEVER and run.move_ms[zone] == NEVER:
        run.prepare_ms[zone] = run.now
        run.log.add(run.now, Kind.ORDER_PREPARE, zone, post_row, level)
        run.announce("prepare", zone)
        engine.callout.order(zone, "prepare", level)
    if action == "move" and run.move_ms[zone] == NEVER:
        run.move_ms[zone] = run.now
        run.order_level[zone] = level
        run.log.add(run.now, Kind.ORDER_MOVE, zone, post_row, level)
        run.announce("move", zone)
        run.announce("prepare", zone)
        engine.callout.order(zone, "move", level)


def _villages_watch(engine: Engine) -> None:
    """Each zone orders by itself when the water it sees reaches the stated level."""
    run = engine.run
    reaches = run.plan.spec.when.village_reaches
    rule = TriggerRule(signal="observed_level", reaches=reaches, action="move")
    zones = np.arange(len(run.world.zones.rows))
    times, values = trigger_times(run, rule, zones, by_eye=True)
    for zone in np.flatnonzero(times < NEVER).tolist():
        run.at(
            max(0, int(times[zone]) + run.plan.shift_ms),
            _start_alone,
            engine,
            zone,
            int(values[zone]),
        )


def _start_alone(engine: Engine, zone: int, value: int) -> None:
    engine.run.start(_decide_alone(engine, zone, value))


def _decide_alone(engine: Engine, zone: int, value: int) -> Process:
    run = engine.run
    if run.move_ms[zone] <= run.now:
        return
    run.log.add(run.now, Kind.TRIGGER, zone, -1, value)
    key = int(run.world.zones.keys[zone])
    yield run.timeout(run.draw("when/village", run.plan.village_decide, key))
    give_order(engine, zone, "move", LEVELS.index("village"), -1)


def trigger_times(
    run: Run, rule: TriggerRule, zones: Int64, by_eye: bool = False
) -> tuple[Int64, Int64]:
    """When a rule fires for each of its zones (ms, NEVER if it does not), and the value seen.

    ``by_eye``: somebody stands at the water, so that the troubles of its gauge do not count.
    """
    times = np.full(len(zones), NEVER, dtype=np.int64)
    values = np.zeros(len(zones), dtype=np.int64)
    if rule.signal == "clock":
        times[:] = next_clock_time(run.world.clock_start, rule.at or "00:00")
        return times, values
    if rule.signal == "onset_forecast":
        times[:], values[:] = _onset(run, rule.lead_h or 0.0)
        return times, values
    if rule.signal == "alarm":
        times[:], values[:] = _alarm(run, rule.watcher)
        return times, values
    if rule.signal.endswith("wind"):
        return _windy(run, rule, zones)
    if rule.signal == "announced_area":
        return _announced(run, rule.area or "", zones)
    known: dict[int, tuple[int, int]] = {}
    rows = run.world.zones.rain_gauge if rule.signal.startswith("rain") else run.world.zones.gauge
    for i, zone in enumerate(zones.tolist()):
        gauge = int(rows[zone])
        if gauge < 0:
            continue
        if gauge not in known:
            known[gauge] = _crossing(run, rule, gauge, by_eye)
        times[i], values[i] = known[gauge]
    return times, values


def _onset(run: Run, lead_h: float) -> tuple[int, int]:
    """First step at which the danger is expected within the lead time."""
    signals = run.view.member.signals
    step = run.world.hazard.step_ms
    expected = signals.onset_forecast_ms
    left = expected - np.arange(len(expected)) * step
    seen = (expected < NEVER) & (left <= round(lead_h * MS_PER_HOUR))
    if not seen.any():
        return NEVER, 0
    k = int(np.argmax(seen))
    return k * step, int(left[k])


def _alarm(run: Run, watcher: str) -> tuple[int, int]:
    """The first report of a watcher, or of any; what was seen is that there was one."""
    alarms = run.view.member.signals.alarms
    mine = [alarm.at_ms for alarm in alarms if watcher in ("", alarm.watcher)]
    return (min(mine), 1) if mine else (NEVER, 0)


def _announced(run: Run, code: str, zones: Int64) -> tuple[Int64, Int64]:
    """When an area is first announced in which somebody of each zone lives."""
    zone_of = run.world.homes.zone
    first = np.full(len(run.world.zones.rows), NEVER, np.int64)
    for area in run.view.member.signals.areas:
        if area.code == code:
            inside = zone_of[area.places[area.places < len(zone_of)]]
            first[inside] = np.minimum(first[inside], area.from_ms)
    times = first[zones]
    return times, (times < NEVER).astype(np.int64)


def _windy(run: Run, rule: TriggerRule, zones: Int64) -> tuple[Int64, Int64]:
    """When gusts in each zone are strong enough somewhere, or are expected to be."""
    times, values = np.full(len(zones), NEVER, np.int64), np.zeros(len(zones), np.int64)
    gusts, zone_of = run.view.member.signals.gusts, run.world.homes.zone
    if gusts is None:
        return times, values
    seen = gusts.observed if rule.signal == "observed_wind" else gusts.expected(rule.lead_h or 0)
    for i, zone in enumerate(zones.tolist()):
        strongest = seen[: len(zone_of)][zone_of == zone].max(axis=0, initial=0)
        times[i], values[i] = _first_reached(run, strongest, round(float(rule.reaches or 0) * 10))
    return times, values


def _first_reached(run: Run, series: NDArray[np.int32], threshold: int) -> tuple[int, int]:
    """First step (ms) at which a series is at or above a threshold, and its value then."""
    reached = series >= threshold
    if not reached.any():
        return NEVER, 0
    k = int(np.argmax(reached))
    return k * run.world.hazard.step_ms, int(series[k])


def _crossing(run: Run, rule: TriggerRule, gauge: int, by_eye: bool) -> tuple[int, int]:
    """When one gauge is known to be at or above the rule's threshold, and the value then.

    Forecasts come from elsewhere; what a gauge observes arrives as well as the gauge reports.
    """
    signals, step = run.view.member.signals, run.world.hazard.step_ms
    threshold = _threshold(run, rule, gauge)
    if threshold == NO_LEVEL:
        return NEVER, 0
    if rule.signal == "forecast_level":
        ahead = round((rule.lead_h or 0.0) * MS_PER_HOUR / step)
        return _first_reached(run, signals.forecast_peak(gauge, ahead), threshold)
    rain = rule.signal.startswith("rain")
    row = (run.world.rain_gauges if rain else run.world.level_gauges)[gauge]
    hours = int(rule.signal.removeprefix("rain_").removesuffix("h")) if rain else 0
    series = signals.rain(gauge, hours) if rain else signals.observed(gauge)
    if by_eye or not row.troubled:
        return _first_reached(run, series, threshold)
    line = GaugeLine(row, run.draws, step, run.world.horizon_ms)
    return line.told(series, line.lost_ms(signals, gauge)).first_at(threshold)


def _threshold(run: Run, rule: TriggerRule, gauge: int) -> int:
    """Threshold in the signal's unit: mm of level, or 0.1 mm of rain."""
    rain = rule.signal.startswith("rain")
    if isinstance(rule.reaches, float | int):
        return round(rule.reaches * (10 if rain else 1000))
    row = (run.world.rain_gauges if rain else run.world.level_gauges)[gauge]
    value = row.warning_level_m if rule.reaches == "warning" else row.guarantee_level_m
    return NO_LEVEL if value is None else round(value * (10 if rain else 1000))
