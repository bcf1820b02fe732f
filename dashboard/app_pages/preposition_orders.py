"""何时转: the latest order of every zone, as ``yuyan optimize trigger`` finds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import parts
from dashboard.app_pages.preposition_asked import Asked, amount, download
from dashboard.charts import Spec, draw, stroke_of_plan
from sim.report.one_page_times import latest_groups
from sim.texts.latest_orders import column_names, status_word

NIGHTS = 40
COLUMNS = (
    "name", "township", "status", "nights_hit", "deadline_clock", "lead_typical_min", "lead_min",
    "plan_lead_min", "latest_clock", "may_wait_min",
)  # fmt: skip
NUMBERS = ("lead_typical_min", "lead_min", "plan_lead_min", "may_wait_min")
WHOLE = ("nights_hit",)


def ask_orders(asked: Asked) -> tuple[str, ...]:
    """How many nights; the options of ``yuyan optimize trigger``."""
    say = asked.frame.say
    left, middle, right = st.columns([1, 1, 2], vertical_alignment="bottom")
    nights = left.number_input(
        say("orders.nights"), 1, 100_000, NIGHTS, help=say("orders.nights_help"),
        key="orders-nights",
    )  # fmt: skip
    people = middle.number_input(
        say("orders.share"), 1, 100, 95, help=say("orders.share_help"), key="orders-share"
    )
    right.caption(say("orders.cost"))
    return ("trigger", "-n", str(int(nights)), "--share", f"{people / 100:g}")


def show_orders(asked: Asked) -> None:
    """The answer: in words, people out against earlier and later orders, every zone."""
    say, lang = asked.frame.say, asked.frame.lang
    (found,) = asked.found["plans"]
    if not found["nights_played"]:
        st.info(say("orders.nothing", n=found["nights_drawn"]))
        return
    lines = [*latest_groups(found, lang), asked.found["what_if"][lang]]
    body = "".join(parts.text("p", one) for one in lines[:-1])
    parts.show(parts.element("div", body + parts.text("p", lines[-1], "yy-small"), "yy-hero"))
    download(asked)
    parts.show(parts.section(say("orders.chart"), say("orders.chart_tip")))
    draw(_chart(asked, found), say("orders.chart"))
    parts.show(
        parts.section(say("orders.zones"), say("orders.zones_tip")), _zones(asked, found["zones"])
    )


def _chart(asked: Asked, found: Mapping[str, Any]) -> Spec:
    """Share of people out before the cut-off, by how much all orders were moved."""
    say = asked.frame.say
    groups = [one for one in found["groups"] if one["tag"]] or found["groups"]
    rows = [
        {"shift": at["shift_min"], "name": group["tag"] or say("orders.everybody"),
         "value": 100 * at["persons_out"] / at["persons"]}
        for group in groups
        for at in group["shifts"]
        if at["persons"]
    ]  # fmt: skip
    names = list(dict.fromkeys(str(row["name"]) for row in rows))
    strokes = [stroke_of_plan(row, name) for row, name in enumerate(names, start=1)]
    colours = {"domain": names, "range": [one.colour for one in strokes]}
    dashes = {"domain": names, "range": [list(one.dash) for one in strokes]}
    style = {"field": "name", "type": "nominal", "title": None}
    return {
        "height": 300,
        "data": {"values": rows},
        "mark": {"type": "line", "point": True, "strokeWidth": 2.4},
        "encoding": {
            "x": {"field": "shift", "type": "quantitative", "title": say("orders.axis_shift")},
            "y": {"field": "value", "type": "quantitative", "title": say("orders.axis_share"),
                  "scale": {"domain": [0, 100]}},
            "color": {**style, "scale": colours, "legend": {"orient": "bottom"}},
            "strokeDash": {**style, "scale": dashes},
        },
    }  # fmt: skip


def _zones(asked: Asked, zones: list[Mapping[str, Any]]) -> str:
    """Every zone that can be cut off, the tightest first."""
    lang = asked.frame.lang
    names = column_names(lang)
    known = [one for one in zones if one["status"] in ("found", "not_enough")]
    known.sort(key=lambda one: (one["status"] != "not_enough", one["may_wait_min"] or 0.0))
    rows = [[_cell(one, column, asked) for column in COLUMNS] for one in known]
    at = [COLUMNS.index(one) for one in (*WHOLE, *NUMBERS)]
    return parts.table([names[one] for one in COLUMNS], rows, at, "yy-tall")


def _cell(zone: Mapping[str, Any], column: str, asked: Asked) -> str:
    value = zone[column]
    if column == "status":
        return status_word(value, asked.frame.lang)
    if column in NUMBERS:
        return amount(value, 0)
    return "—" if value is None else str(value)
