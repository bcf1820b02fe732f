"""Numbers as planners read them: whole people, percentages, clock times, minutes."""

from __future__ import annotations

import math
from datetime import datetime

from sim.clock import clock_text, minutes
from sim.measures.catalogue import info_of
from sim.measures.intervals import Interval
from sim.texts.report import Lang, label, say, unit_label

ON_THE_CLOCK = ("t50_clock_min", "t90_clock_min", "t100_clock_min", "order_clock_min")
"""Times counted from clock_start, shown as a clock time."""


def percent(share: float | None, lang: Lang) -> str:
    """A share as a percentage: one digit near 0 and 1, never 0 % or 100 % when it is neither."""
    if share is None or math.isnan(share):
        return say("word.unknown", lang)
    if share in (0.0, 1.0):
        return f"{share * 100:.0f}%"
    for digits in (0, 1, 2, 3) if 0.1 <= share <= 0.9 else (1, 2, 3):
        text = f"{share * 100:.{digits}f}"
        if float(text) not in (0.0, 100.0):
            return f"{text}%"
    return ">99.999%" if share > 0.5 else "<0.001%"


def points(difference: float) -> str:
    """A difference of shares in percentage points with its sign."""
    return f"{difference * 100:+.1f}".replace("+0.0", "0.0").replace("-0.0", "0.0")


def amount(value: float | None, lang: Lang) -> str:
    """A count or amount: whole from 10 on, one digit below."""
    if value is None or math.isnan(value):
        return say("word.unknown", lang)
    if math.isinf(value):
        return say("word.never", lang)
    return f"{value:,.0f}" if abs(value) >= 10 or value == round(value) else f"{value:.1f}"


def plain_minutes(value: float | None, lang: Lang) -> str:
    """Minutes, rounded up: a promise must not be shortened by rounding."""
    if value is None or math.isnan(value):
        return say("word.unknown", lang)
    return say("word.never", lang) if math.isinf(value) else f"{math.ceil(value - 1e-9):,}"


def clock(value: float | None, clock_start: datetime, lang: Lang) -> str:
    """Minutes from clock_start as a clock time: ``03:20 (+1)``, rounded up to the minute."""
    if value is None or math.isnan(value):
        return say("word.unknown", lang)
    if math.isinf(value):
        return say("word.never", lang)
    return clock_text(clock_start, minutes(math.ceil(value - 1e-9)))


def value_text(measure: str, value: float | None, clock_start: datetime, lang: Lang) -> str:
    """A value of a measure in its own form."""
    if measure in ON_THE_CLOCK:
        return clock(value, clock_start, lang)
    info = info_of(measure)
    if info.kind == "share":
        return percent(value, lang)
    return amount(value, lang)


def difference_text(measure: str, value: float | None, lang: Lang) -> str:
    """A difference of a measure with its sign and unit (percentage points for shares)."""
    if value is None or math.isnan(value) or math.isinf(value):
        return say("word.unknown", lang)
    if info_of(measure).kind == "share":
        return points(value)
    text = f"{value:+,.0f}" if abs(value) >= 10 else f"{value:+.1f}"
    return "0" if float(text.replace(",", "")) == 0 else text


def difference_unit(measure: str, lang: Lang) -> str:
    """Unit beside a difference."""
    if info_of(measure).kind == "share":
        return "百分点" if lang == "zh" else "points"
    return unit_label(info_of(measure).unit, lang)


def measured(measure: str, lang: Lang) -> str:
    """A measure with the unit of its values and differences: 断路时未转出（人）."""
    unit = difference_unit(measure, lang)
    if not unit:
        return label(measure, lang)
    return (
        f"{label(measure, lang)}（{unit}）" if lang == "zh" else f"{label(measure, lang)} ({unit})"
    )


def interval_text(measure: str, interval: Interval | None, lang: Lang) -> str:
    """``low～high`` of a difference."""
    if interval is None:
        return say("word.unknown", lang)
    if math.isinf(interval.low) or math.isinf(interval.high):
        return say("word.too_few", lang)
    low, high = (difference_text(measure, end, lang) for end in (interval.low, interval.high))
    return f"{low}～{high}" if lang == "zh" else f"{low} to {high}"


def share_interval(interval: Interval | None, lang: Lang) -> str:
    """``93%～97%`` of a share."""
    if interval is None:
        return say("word.unknown", lang)
    low, high = (percent(end, lang) for end in (interval.low, interval.high))
    return f"{low}～{high}" if lang == "zh" else f"{low} to {high}"
