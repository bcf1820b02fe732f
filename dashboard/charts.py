"""Charts as Vega-Lite specifications: Streamlit carries Vega itself, so nothing is fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from sim.measures.observed import GRID_MIN

Spec = dict[str, Any]
Row = dict[str, Any]
PLANS = ("#4a5568", "#2b6cb0", "#805ad5", "#2f855a", "#c05621", "#b83280", "#718096")
DASHES = ((1, 0), (8, 4), (10, 3, 2, 3), (2, 3), (12, 4), (4, 2), (6, 2, 2, 2))
"""A colour and a dash per plan, those of the printed figures: two plans differ on any printer."""
CUT_COLOUR, SEEN = "#c53030", "#111111"
INK = "#3c4854"
_UPRIGHT: Spec = {"axis": {"titleAngle": 0, "titleAlign": "right", "titleY": -6}}
_CLOCK = "utcFormat(datum.value, utchours(datum.value) == 0 ? '%m-%d %H:%M' : '%H:%M')"


def draw(spec: Spec, words: str) -> None:
    """Put a chart on the page; ``words`` say what it shows to whoever cannot see it."""
    st.vega_lite_chart(spec={**_LOOK, **spec}, width="stretch", theme=None, alt=words)


def draw_picking(spec: Spec, key: str, param: str, on_pick: Callable[[], None], words: str) -> None:
    """Put a chart on the page in which things are picked: ``param`` holds what is chosen."""
    st.vega_lite_chart(
        spec={**_LOOK, **spec},
        key=key,
        theme=None,
        alt=words,
        width="content",
        on_select=on_pick,
        selection_mode=[param],
    )


_LOOK: Spec = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "config": {
        "font": "Microsoft YaHei, PingFang SC, Noto Sans CJK SC, sans-serif",
        "axis": {"labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal",
                 "labelColor": INK, "titleColor": INK, "gridColor": "#e3e8ee"},
        "view": {"stroke": None},
    },
}  # fmt: skip


def epoch_ms(start: datetime, minute: float) -> int:
    """A wall clock of the scenario as Vega counts time (no time zone is meant)."""
    moment = start.replace(tzinfo=UTC) + timedelta(minutes=minute)
    return int(moment.timestamp() * 1000)


def band_rows(lines: NDArray[np.int64], start: datetime, name: str, last: int) -> Iterable[Row]:
    """P5, P50, P95 at every grid point up to ``last``; persons by replication, int64[n, points]."""
    low, middle, high = np.quantile(lines, (0.05, 0.5, 0.95), axis=0)
    for point in range(min(last + 1, lines.shape[1])):
        yield {
            "t": epoch_ms(start, point * GRID_MIN),
            "name": name,
            "low": round(float(low[point]), 1),
            "mid": round(float(middle[point]), 1),
            "high": round(float(high[point]), 1),
        }


def last_change(lines: Iterable[NDArray[np.int64]]) -> int:
    """Grid point after which no median moves any more, with a little room behind it."""
    last = 1
    for one in lines:
        middle = np.quantile(one, 0.95, axis=0)
        moving = np.flatnonzero(np.diff(middle) > 0)
        last = max(last, int(moving[-1]) + 3 if moving.size else 1)
    return last


class Stroke(NamedTuple):
    """How a line is drawn, on screen and in the legend above it."""

    name: str
    colour: str
    dash: tuple[int, ...]


def stroke_of_plan(row: int, name: str) -> Stroke:
    """The stroke of a plan by its place in the run, the same whichever plans are drawn."""
    return Stroke(name, PLANS[row % len(PLANS)], DASHES[row % len(DASHES)])


def stroke_of_cut_off(name: str) -> Stroke:
    """The stroke of the people whose road is cut."""
    return Stroke(name, CUT_COLOUR, (2, 4))


def curves(
    rows: Sequence[Row],
    strokes: Sequence[Stroke],
    words: Mapping[str, str],
    observed: Sequence[Row] = (),
) -> Spec:
    """Bands and medians against the clock.

    Args:
        rows: from ``band_rows``, under the names of the strokes.
        words: labels ``people``, ``clock``, ``typical``, ``low``, ``high``, ``observed``.
        observed: reported numbers ``{"t": …, "seen": …, "clock": …, "what": …}``.
    """
    known = [stroke.name for stroke in strokes]
    colours, dashes = [s.colour for s in strokes], [list(s.dash) for s in strokes]
    x = {
        "field": "t",
        "type": "temporal",
        "scale": {"type": "utc"},
        "title": words["clock"],
        "axis": {
            "labelExpr": _CLOCK,
            "tickCount": 12,
            "labelOverlap": True,
        },
    }
    colour = {
        "field": "name",
        "type": "nominal",
        "scale": {"domain": known, "range": colours},
        "legend": None,
    }
    layers: list[Spec] = [
        {
            "mark": {"type": "area", "opacity": 0.13},
            "encoding": {
                "y": {"field": "low", "type": "quantitative", "title": words["people"], **_UPRIGHT},
                "y2": {"field": "high"},
                "fill": colour,
            },
        },
        {
            "mark": {"type": "line", "strokeWidth": 2.4},
            "encoding": {
                "y": {"field": "mid", "type": "quantitative"},
                "stroke": colour,
                "strokeDash": {
                    "field": "name",
                    "type": "nominal",
                    "scale": {"domain": known, "range": dashes},
                    "legend": None,
                },
            },
        },
        _reader(words),
    ]
    if observed:
        layers.append(_observed(list(observed), words))
    return {
        "height": 380,
        "encoding": {"x": x},
        "layer": [{"data": {"values": list(rows)}, **layer} for layer in layers],
    }


def _reader(words: Mapping[str, str]) -> Spec:
    """A point under the mouse that reads out the numbers."""
    fields = ("name", "mid", "low", "high")
    titles = ("", words["typical"], words["low"], words["high"])
    tips: list[Spec] = [
        {"field": "t", "type": "temporal", "format": "%m-%d %H:%M", "title": words["clock"]}
        | {"timeUnit": "utcyearmonthdatehoursminutes"}
    ]
    for name, title in zip(fields, titles, strict=True):
        kind: Spec = {"type": "nominal"} if name == "name" else {"type": "quantitative"}
        number = {} if name == "name" else {"format": ",.0f"}
        tips.append({"field": name, "title": title, **kind, **number})
    near = {"type": "point", "nearest": True, "on": "pointerover", "encodings": ["x"]}
    return {
        "params": [{"name": "near", "select": {**near, "clear": "pointerout"}}],
        "mark": {"type": "point", "size": 60, "filled": True, "color": INK},
        "encoding": {
            "y": {"field": "mid", "type": "quantitative"},
            "opacity": {"condition": {"param": "near", "empty": False, "value": 1}, "value": 0},
            "tooltip": tips,
        },
    }


def _observed(rows: list[Row], words: Mapping[str, str]) -> Spec:
    return {
        "data": {"values": rows},
        "mark": {
            "type": "point",
            "shape": "diamond",
            "size": 90,
            "filled": True,
            "color": SEEN,
        },
        "encoding": {
            "y": {"field": "seen", "type": "quantitative"},
            "tooltip": [
                {"field": "clock", "title": words["clock"]},
                {"field": "what", "title": words["observed"]},
                {"field": "seen", "title": words["people"], "format": ",.0f"},
            ],
        },
    }


def strips(values: Sequence[Row], names: Sequence[str], title: str, share: bool) -> Spec:
    """Every replication as a tick, a row per plan, the median as a large point."""
    axis = {"format": ".0%"} if share else {"format": ",.0f"}
    y = {"field": "name", "type": "nominal", "sort": list(names), "title": None}
    x = {"field": "value", "type": "quantitative", "title": title, "axis": axis,
         "scale": {"zero": False}}  # fmt: skip
    return {
        "height": {"step": 42},
        "encoding": {"y": {**y, "axis": {"labelLimit": 260}}, "x": x},
        "layer": [
            {"data": {"values": list(values)},
             "mark": {"type": "tick", "thickness": 2, "size": 24, "opacity": 0.5,
                      "color": PLANS[1]}},
            {"data": {"values": list(values)},
             "mark": {"type": "point", "size": 130, "filled": True, "color": CUT_COLOUR},
             "encoding": {"x": {**x, "aggregate": "median"}}},
        ],
    }  # fmt: skip
