"""Answers about time: the latest order, when everybody is out, the price of an hour."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from sim.measures.summary import Summary
from sim.report.book import Book
from sim.report.latest_file import latest_orders_of
from sim.report.words import amount, clock, percent
from sim.texts.book import book_text
from sim.texts.report import Lang

TIGHT = 3
"""Zones named that run out of time first."""


def latest_lines(book: Book, plan: str, lang: Lang) -> list[str]:
    """The latest order where it was played; else what the plan's own order leaves in hand."""
    found = latest_orders_of(book, plan)
    lines = [] if found is None else latest_groups(found, lang)
    if not lines:
        lines = [book_text("latest.not_played", lang)]
    order = book.score(plan).measures.get("order_clock_min")
    if order is not None:
        p50, p90 = (clock(value, book.clock_start, lang) for value in (order.p50, order.p90))
        lines.append(book_text("latest.own_order", lang, p50=p50, p90=p90))
    margin = book.score(plan).measures.get("t90_margin_min")
    if margin is not None:
        low = book.low_decile(plan, "t90_margin_min")
        if math.isinf(margin.p50):
            return [*lines, book_text("latest.margin_never", lang)]
        p50, p10 = (_in_hand(value, lang) for value in (margin.p50, low))
        lines.append(book_text("latest.margin", lang, p50=p50, p10=p10))
    return lines


def done_lines(book: Book, plan: str, lang: Lang) -> list[str]:
    """When nine in ten and when all are counted; never is said as never."""
    lines = []
    for key, measure in (("t90", "t90_clock_min"), ("t100", "t100_clock_min")):
        found = book.score(plan).measures.get(measure)
        if found is None:
            continue
        p50, p90 = (clock(value, book.clock_start, lang) for value in (found.p50, found.p90))
        reached = percent(found.reached_share, lang)
        case = _how_often(found)
        lines.append(book_text(f"done.{key}{case}", lang, p50=p50, p90=p90, reached=reached))
    if not lines:
        return [book_text("done.unknown", lang)]
    return [*lines, *_without_an_end(book, plan, lang)]


def _without_an_end(book: Book, plan: str, lang: Lang) -> list[str]:
    """Where nine in ten are often never counted: the first half, and what became of the rest."""
    measures = book.score(plan).measures
    t90, half = measures.get("t90_clock_min"), measures.get("t50_clock_min")
    if t90 is None or not math.isinf(t90.p90):
        return []
    lines = []
    if half is not None and not math.isinf(half.p90):
        p50, p90 = (clock(value, book.clock_start, lang) for value in (half.p50, half.p90))
        lines.append(book_text("done.half", lang, p50=p50, p90=p90))
    found = [measures.get(name) for name in ("safe_out", "safe_in_place", "refused")]
    texts = [amount(one.mean, lang) for one in found if one is not None]
    if len(texts) == len(found):
        values = dict(zip(("safe", "in_place", "refused"), texts, strict=True))
        lines.append(book_text("done.rest", lang, **values))
    return lines


def _how_often(found: Summary) -> str:
    """Which sentence fits: nine nights of ten, more than half, fewer, or not one."""
    if not math.isinf(found.p90):
        return ""
    if found.reached_share == 0:
        return "_nowhere"
    return "_few" if math.isinf(found.p50) else "_never"


def hour_lines(book: Book, plan: str, lang: Lang) -> list[str]:
    """What an hour later costs, where the orders of the plan were moved by an hour."""
    found = latest_orders_of(book, plan)
    lines = []
    if found is None:
        return [book_text("hour.not_played", lang)]
    for group in _groups(found):
        by_shift = {one["shift_min"]: one for one in group["shifts"]}
        if not {-60, 0, 60} <= by_shift.keys() or not by_shift[0]["persons"]:
            continue
        now, later, sooner = (
            percent(by_shift[s]["persons_out"] / by_shift[s]["persons"], lang) for s in (0, 60, -60)
        )
        lost = by_shift[0]["persons_out"] - by_shift[60]["persons_out"]
        lines.append(
            book_text(
                "hour.group",
                lang,
                group=group["tag"] or book_text("latest.all", lang),
                now=now,
                later=later,
                sooner=sooner,
                people=f"{lost / found['nights_played']:,.0f}",
            )
        )
    return lines or [book_text("hour.not_played", lang)]


def _groups(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Tagged groups of zones; all zones together where none is tagged."""
    groups = list(found["groups"])
    return [group for group in groups if group["tag"]] or groups


def latest_groups(found: Mapping[str, Any], lang: Lang) -> list[str]:
    """How early every group of zones needs its order, and the zones that run out of time first."""
    lines = []
    for group in _groups(found):
        if group["plan_lead_min"] is None:
            continue
        lines.append(_latest_group(found, group, lang))
    zones = [z for z in found["zones"] if z["latest_clock"] and z["may_wait_min"] is not None]
    zones.sort(key=lambda zone: zone["may_wait_min"])
    if zones:
        comma = "、" if lang == "zh" else ", "
        named = comma.join(f"{zone['name']} {zone['latest_clock']}" for zone in zones[:TIGHT])
        lines.append(book_text("latest.tight", lang, list=named))
    return lines


def _latest_group(found: Mapping[str, Any], group: Mapping[str, Any], lang: Lang) -> str:
    """How early the order of a group of zones is needed, beside how early the plan gives it."""
    own = group["plan_lead_min"]
    given = "latest.own_early" if own >= 0 else "latest.own_late"
    values = {
        "group": group["tag"] or book_text("latest.all", lang),
        "own": book_text(given, lang, time=_lead(abs(own), lang)),
    }
    if group["lead_typical_min"] is None:
        earliest = -min(one["shift_min"] for one in group["shifts"])
        return book_text("latest.group_never", lang, earliest=earliest, **values)
    sure = group["lead_min"]
    return book_text(
        "latest.group",
        lang,
        typical=_lead(group["lead_typical_min"], lang),
        required=f"{100 * found['required_probability']:g}%",
        sure=book_text("latest.not_sure", lang)
        if sure is None
        else book_text("latest.sure", lang, time=_lead(sure, lang)),
        **values,
    )


def _lead(minutes: float, lang: Lang) -> str:
    """Hours and minutes, rounded up: a lead must not be promised too short."""
    whole = math.ceil(minutes - 1e-9)
    if whole < 60:
        return book_text("latest.minutes", lang, minutes=whole)
    return book_text("latest.hours", lang, hours=whole // 60, minutes=whole % 60)


def _in_hand(minutes: float, lang: Lang) -> str:
    """Time between nine in ten counted and the cut-off, in words."""
    if math.isinf(minutes):
        return book_text("latest.never", lang)
    if minutes >= 0:
        return book_text("latest.before", lang, minutes=f"{math.floor(minutes + 1e-9):,}")
    return book_text("latest.after", lang, minutes=f"{math.ceil(-minutes - 1e-9):,}")
