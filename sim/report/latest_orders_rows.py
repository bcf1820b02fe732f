"""The latest orders as rows for a file and as JSON."""

from __future__ import annotations

import csv
import math
from datetime import datetime
from typing import Any, TextIO

from sim.clock import clock_text, minutes
from sim.optimize.trigger import LatestOrders
from sim.optimize.zone_orders import AtShift, ZoneOrder
from sim.texts.latest_orders import Lang, column_names, latest, status_word
from sim.world import World

Row = dict[str, Any]


def number(value: float, digits: int = 1) -> float | None:
    """A number for JSON; None for unknown and infinite."""
    return round(value, digits) + 0.0 if math.isfinite(value) else None  # no "-0.0"


def clock(value_min: float, start: datetime) -> str | None:
    """Clock time of minutes from the start, rounded down: a latest time must not be lengthened."""
    if not math.isfinite(value_min):
        return None
    return clock_text(start, minutes(math.floor(value_min + 1e-9)))


def zone_row(world: World, zone: ZoneOrder) -> Row:
    """A zone as values under the keys of ``texts.latest_orders.COLUMNS``."""
    row, own = world.zones.rows[zone.zone], _own(zone)
    found: Row = {
        "zone": row.id,
        "name": row.name,
        "township": row.township,
        "tag": row.tag,
        "status": zone.status,
        "nights_hit": zone.n_judged,
        "nights_not_ordered": zone.n_not_ordered,
        "cut_share": number(zone.cut_share, 3),
        "deadline_clock": clock(zone.deadline_min, world.clock_start),
        "lead_typical_min": number(zone.lead.typical_min),
        "lead_min": number(zone.lead.min),
        "lead_low_min": number(zone.lead.interval.low),
        "lead_high_min": number(zone.lead.interval.high),
        "lead_played_min": number(zone.lead.played_min),
        "lead_most_typical_min": number(zone.lead_most.typical_min),
        "lead_most_min": number(zone.lead_most.min),
        "lead_all_min": number(zone.lead_all.min),
        "limit_min": number(zone.limit_min),
        "latest_clock": clock(zone.latest_clock_min, world.clock_start),
        "may_wait_min": number(zone.may_wait_min),
        "plan_lead_min": number(zone.plan_lead_min),
        "plan_met": own.met,
        "plan_met_lower": number(own.low, 3),
        "longest_lead_min": number(zone.longest_lead_min),
        "held_up_at": max(zone.lacking, key=lambda link: zone.lacking[link], default=None),
    }
    return found | _level(world, zone) | _rain(world, zone)


def _own(zone: ZoneOrder) -> AtShift:
    return next(one for one in zone.shifts if one.shift_min == 0)


def _level(world: World, zone: ZoneOrder) -> Row:
    level = zone.level
    return {
        "gauge": world.level_gauges[level.gauge].id if level else None,
        "level_m": number(level.safe, 2) if level else None,
        "level_typical_m": number(level.typical, 2) if level else None,
        "level_rise_m": number(level.above_start, 2) if level else None,
        "level_m_per_h": number(level.per_hour, 2) if level else None,
        "level_false_alarm_share": number(level.false_alarm_share, 3) if level else None,
    }


def _rain(world: World, zone: ZoneOrder) -> Row:
    rain = zone.rain
    return {
        "rain_gauge": world.rain_gauges[rain.gauge].id if rain else None,
        "rain_3h_mm": number(rain.safe) if rain else None,
        "rain_3h_typical_mm": number(rain.typical) if rain else None,
        "rain_false_alarm_share": number(rain.false_alarm_share, 3) if rain else None,
    }


def write_zones(found: LatestOrders, world: World, lang: Lang, file: TextIO) -> None:
    """All zones as CSV; headings and codes in the reader's language."""
    names = column_names(lang)
    writer = csv.writer(file)
    writer.writerow(names.values())
    for zone in found.zones:
        row = zone_row(world, zone)
        row["status"] = status_word(row["status"], lang)
        if row["held_up_at"]:
            row["held_up_at"] = latest(f"link.{row['held_up_at']}", lang)
        writer.writerow("" if row[key] is None else row[key] for key in names)


def as_document(found: LatestOrders, world: World) -> dict[str, Any]:
    """One plan of the object that ``--json`` prints; infinite and unknown numbers are null."""
    question = found.question
    return {
        "plan": found.plan_id,
        "nights_drawn": found.n_drawn,
        "nights_played": found.n_played,
        "shifts_min": list(question.shifts),
        "share": question.share,
        "required_probability": question.required,
        "trigger_to_order_min": number(found.decide_min),
        "groups": [
            {
                "tag": group.tag,
                "zones": group.n_zones,
                "status": dict(group.status),
                "lead_typical_min": number(group.typical_min),
                "lead_most_typical_min": number(group.most_min),
                "lead_min": number(group.lead_min),
                "lead_p90_min": number(group.lead_p90_min),
                "plan_lead_min": number(group.plan_lead_min),
                "zones_with_gauge": group.n_gauged,
                "zones_gauge_silent": group.n_silent,
                "level_over_warning_m": number(group.over_warning_m, 2),
                "shifts": [vars(one) for one in group.shifts],
            }
            for group in found.groups
        ],
        "zones": [
            zone_row(world, zone)
            | {
                "held_up": {link: round(n, 2) for link, n in zone.lacking.items()},
                "shifts": [_shift(one, world.clock_start) for one in zone.shifts],
            }
            for zone in found.zones
        ],
        "log_sha256": found.log_sha256,
    }


def _shift(one: AtShift, start: datetime) -> Row:
    return {
        "shift_min": one.shift_min,
        "order_clock": clock(one.order_min, start),
        "lead_min": number(one.lead_min),
        "met": one.met,
        "n": one.n,
        "lower95": number(one.low, 3),
        "upper95": number(one.high, 3),
    }
