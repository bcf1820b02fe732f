"""The placements on fresh nights as a chart: mean, interval, worst tenth, bound."""

from __future__ import annotations

from typing import Any

from dashboard.app_pages.preposition_asked import Asked
from dashboard.charts import CUT_COLOUR, INK, PLANS, Spec, draw

STEP = 46


def placements_chart(asked: Asked) -> None:
    """A row per placement: point and bar are mean and interval, the cross the worst tenth."""
    found, say, lang = asked.found, asked.frame.say, asked.frame.lang
    rows = [
        {"name": one["name"][lang], "mean": one["mean"], "low": one["ci95"][0],
         "high": one["ci95"][1], "cvar": one["cvar"]}
        for one in found["standings"]
        if one["mean"] is not None and None not in one["ci95"]
    ]  # fmt: skip
    if not rows:
        return
    title = str(found["measure_words"][lang])
    draw(_spec(rows, found["limit"], title), say("posts.chart", measure=title))


def _spec(rows: list[dict[str, Any]], limit: float | None, title: str) -> Spec:
    y = {"field": "name", "type": "nominal", "sort": [row["name"] for row in rows], "title": None,
         "axis": {"labelLimit": 260}}  # fmt: skip

    def x(field: str) -> Spec:
        return {"field": field, "type": "quantitative", "title": title, "scale": {"zero": True}}

    layers: list[Spec] = [
        {"mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.35, "color": PLANS[1]},
         "encoding": {"y": y, "x": x("low"), "x2": {"field": "high"}}},
        {"mark": {"type": "point", "filled": True, "size": 130, "opacity": 1, "color": PLANS[1]},
         "encoding": {"y": y, "x": x("mean")}},
        {"mark": {"type": "point", "shape": "cross", "filled": True, "size": 90, "opacity": 1,
                  "color": CUT_COLOUR},
         "encoding": {"y": y, "x": x("cvar")}},
    ]  # fmt: skip
    if limit is not None:
        layers.append(
            {"data": {"values": [{"limit": limit}]},
             "mark": {"type": "rule", "strokeDash": [5, 4], "strokeWidth": 2, "color": INK},
             "encoding": {"x": x("limit")}}
        )  # fmt: skip
    return {"height": {"step": STEP}, "data": {"values": rows}, "layer": layers}
