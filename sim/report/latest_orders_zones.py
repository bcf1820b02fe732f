"""The table of the tightest zones: lead needed and given, and what to look at."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.table import Table

from sim.optimize.thresholds import Threshold
from sim.optimize.zone_orders import AtShift, ZoneOrder
from sim.report.words import percent
from sim.texts.latest_orders import Lang, latest
from sim.texts.report import say
from sim.world import World

HEADS = ("zone", "judged", "needed", "limit", "own", "met", "level", "rain", "note")


def lead_time(value_min: float, lang: Lang) -> str:
    """A lead time ≥ 0 in hours and minutes, rounded up: it must not be promised too short."""
    if math.isnan(value_min):
        return say("word.unknown", lang)
    if math.isinf(value_min):
        return latest("not_enough_word", lang)
    whole = math.ceil(value_min - 1e-9)
    if whole < 60:
        return latest("duration_min", lang, m=whole)
    return latest("duration", lang, h=whole // 60, m=whole % 60)


def given_lead(value_min: float, lang: Lang) -> str:
    """When orders really came: before the cut-off (rounded down), or after it."""
    if not math.isfinite(value_min):
        return lead_time(value_min, lang)
    key = "given.before" if value_min >= 0 else "given.after"
    return latest(key, lang, time=lead_time(math.floor(abs(value_min)), lang))


def own_orders(zone: ZoneOrder) -> AtShift:
    """How a zone fared under the plan's own orders."""
    return next(one for one in zone.shifts if one.shift_min == 0)


def zone_table(world: World, zones: Sequence[ZoneOrder], title: str, lang: Lang) -> Table:
    """A line per zone in the order given."""
    table = Table(title=title, title_justify="left", pad_edge=False)
    for head in HEADS:
        table.add_column(latest(f"head.{head}", lang), overflow="fold")
    line = _Line(world, lang)
    for zone in zones:
        table.add_row(*line.cells(zone))
    return table


def tightest(zones: Sequence[ZoneOrder]) -> list[ZoneOrder]:
    """Zones with an answer; those that no order saves first, then by what the plan has to spare.

    Of equal ones those come first whose people the plan brings out in fewer nights; then by row.
    """

    def urgency(zone: ZoneOrder) -> tuple[float, float, int]:
        spare = zone.may_wait_min
        own = own_orders(zone)
        return (-math.inf if math.isnan(spare) else spare), own.met / own.n, zone.zone

    return sorted((z for z in zones if z.status in ("found", "not_enough")), key=urgency)


def over_warning(metres: float, lang: Lang) -> str:
    """A level above or below the warning level, rounded down to decimetres."""
    d = math.floor(metres * 10 + 1e-6) / 10
    return latest("level.above" if d >= 0 else "level.below", lang, d=f"{abs(d):.1f}")


class _Line:
    """A line of the table."""

    def __init__(self, world: World, lang: Lang) -> None:
        self.world, self.lang = world, lang

    def cells(self, zone: ZoneOrder) -> list[str]:
        """One text per head."""
        row, own = self.world.zones.rows[zone.zone], own_orders(zone)
        return [
            f"{row.township} {row.name}".strip(),
            str(zone.n_judged),
            self._needed(zone),
            self._time(zone.limit_min),
            self._time(zone.plan_lead_min),
            f"{own.met}/{own.n} ({percent(own.low, self.lang)}～{percent(own.high, self.lang)})",
            self._level(zone.level),
            self._rain(zone.rain),
            self._note(zone),
        ]

    def _needed(self, zone: ZoneOrder) -> str:
        """Usual lead and the one with the required probability, marked where nights are few."""
        lead = zone.lead
        if math.isinf(lead.typical_min):
            return self._time(lead.typical_min)
        marked = math.isfinite(lead.min) and not lead.enough_nights
        sure = (self._say("about") if marked else "") + self._time(lead.min)
        return f"{self._time(lead.typical_min)} | {sure}"

    def _level(self, level: Threshold | None) -> str:
        if level is None:
            return ""
        if math.isinf(level.safe):
            return self._say("level.none")
        if not level.announces:
            return self._say("level.flat")
        row = self.world.level_gauges[level.gauge]
        metres = math.floor(level.safe * 10) / 10  # rounded down: never too late
        known = row.warning_level_m is not None
        against = over_warning(metres - (row.warning_level_m or 0.0), self.lang) if known else ""
        return self._say("level", gauge=row.id, value=f"{metres:.1f}", against=against)

    def _rain(self, rain: Threshold | None) -> str:
        if rain is None:
            return ""
        if math.isinf(rain.safe):
            return self._say("rain.none")
        if not rain.announces:
            return self._say("rain.dry")
        return self._say("rain", value=math.floor(rain.safe))

    def _note(self, zone: ZoneOrder) -> str:
        notes = []
        if zone.status == "not_enough":
            link = max(zone.lacking, key=lambda name: zone.lacking[name], default="decide")
            held, longest = self._say(f"link.{link}"), self._time(zone.longest_lead_min)
            key = "note.not_enough" if zone.longest_lead_min > 0 else "note.too_late"
            notes.append(self._say(key, time=longest, link=held))
        elif math.isfinite(zone.may_wait_min):
            key = "note.wait" if zone.may_wait_min >= 0 else "note.sooner"
            notes.append(self._say(key, time=self._time(abs(zone.may_wait_min))))
        if zone.n_not_ordered:
            notes.append(self._say("note.unordered", n=zone.n_not_ordered))
        return "；".join(notes) if self.lang == "zh" else "; ".join(notes)

    def _time(self, value_min: float) -> str:
        """Hours and minutes as in a timetable; the column says so."""
        if not math.isfinite(value_min):
            return lead_time(value_min, self.lang)
        whole = math.ceil(value_min - 1e-9)
        return f"{'-' if whole < 0 else ''}{abs(whole) // 60}:{abs(whole) % 60:02d}"

    def _say(self, key: str, **values: object) -> str:
        return latest(key, self.lang, **values)
