"""何时转 in a terminal and as JSON: the latest order of every zone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from sim.measures.intervals import P95_MINIMUM
from sim.optimize.groups import GroupOrder
from sim.optimize.thresholds import Threshold
from sim.optimize.trigger import LatestOrders
from sim.optimize.zone_orders import ZoneOrder
from sim.report.words import clock, percent
from sim.texts.report import Lang
from sim.texts.report_orders import order_word
from sim.world import World

SHOWN = 15
"""Zones in the table of a terminal."""


class OrdersTerminal:
    """Prints the answer for one plan."""

    def __init__(self, world: World, found: LatestOrders, lang: Lang) -> None:
        self.world, self.found, self.lang = world, found, lang

    def print(self, console: Console, plan_name: str) -> None:
        """Title, question, groups, the tightest zones, what to keep in mind."""
        for line in self._lines(plan_name):
            console.print(line, markup=False, highlight=False, soft_wrap=True)
        if any(zone.n_judged for zone in self.found.zones):
            console.print(self.table())
        for key in ("what_if", *(("few",) if self._few() else ())):
            console.print(self._say(key), style="dim", markup=False, soft_wrap=True)

    def _few(self) -> bool:
        return any(0 < zone.lead.n < P95_MINIMUM for zone in self.found.zones)

    def _lines(self, plan_name: str) -> list[str]:
        found, asked = self.found, self.found.question
        shifts = "、".join(f"{shift:+d}" for shift in asked.shifts)
        name = self.world.spec.name.text(self.lang)
        lines = [
            self._say("title", name=name, plan=plan_name),
            self._say("played", drawn=found.n_drawn, played=found.n_played, shifts=shifts),
            self._say(
                "asked",
                share=percent(asked.share, self.lang),
                required=percent(asked.required, self.lang),
            ),
        ]
        for group in found.groups:
            lines += self._group(group)
        return lines

    def _group(self, group: GroupOrder) -> list[str]:
        shifts = "，".join(f"{at.shift_min:+d}: {at.met}/{at.n}" for at in group.shifts)
        counts: dict[str, object] = {
            "found": group.status.get("found", 0),
            "not_enough": group.status.get("not_enough", 0),
            "never": group.status.get("never", 0),
            "unseen": group.status.get("unseen", 0),
        }
        return [
            self._say(
                "group.lead",
                group=group.tag or self._say("group.all"),
                n=group.n_zones,
                half=self._minutes(group.lead_min),
                most=self._minutes(group.lead_p90_min),
                own=self._minutes(group.plan_lead_min),
            ),
            self._say("group.counts", **counts),
            self._say("group.shifts", list=shifts),
        ]

    def table(self) -> Table:
        """The zones whose orders may wait least."""
        zones = tightest(self.found.zones)[:SHOWN]
        title = self._say("table", n=len(zones), all=len(self.found.zones))
        table = Table(title=title, title_justify="left", pad_edge=False)
        heads = ("zone", "nights", "latest", "lead", "own", "wait", "level", "rain", "limit")
        for head in (*heads, "lacking"):
            table.add_column(self._say(f"head.{head}"))
        for zone in zones:
            table.add_row(*self._row(zone))
        return table

    def _row(self, zone: ZoneOrder) -> tuple[str, ...]:
        missed = zone.status == "not_enough"
        start = self.world.clock_start
        latest = clock(_whole_before(zone.latest_clock_min), start, self.lang)
        return (
            self.world.zones.rows[zone.zone].name,
            str(zone.n_judged),
            self._say("status.not_enough") if missed else latest,
            self._minutes(zone.lead.min),
            self._minutes(zone.plan_lead_min),
            self._minutes(_whole_before(zone.may_wait_min)),
            self._threshold(zone.level, "m", 2),
            self._threshold(zone.rain, "mm", 0),
            self._minutes(zone.limit_min),
            self._links(zone.lacking),
        )

    def _minutes(self, value: float) -> str:
        """Minutes rounded up; a lead must not be shortened by rounding."""
        if math.isnan(value):
            return self._say("unknown")
        if math.isinf(value):
            return self._say("too_early")
        return self._say("minutes", n=f"{math.ceil(value - 1e-9):,}")

    def _threshold(self, found: Threshold | None, unit: str, digits: int) -> str:
        if found is None or math.isnan(found.safe):
            return self._say("unknown")
        if math.isinf(found.safe) or found.above_start <= 0:
            return self._say("not_announced")
        return f"{found.safe:.{digits}f} {unit}"

    def _links(self, lacking: dict[str, float]) -> str:
        """The two links in which most people were stuck."""
        most = sorted(lacking, key=lambda link: -lacking[link])[:2]
        return "、".join(self._say(f"link.{link}") for link in most)

    def _say(self, key: str, **values: object) -> str:
        return order_word(key, self.lang, **values)


def _whole_before(minutes: float) -> float:
    """A latest moment must not move later by rounding."""
    return float(math.floor(minutes)) if math.isfinite(minutes) else minutes


def tightest(zones: Sequence[ZoneOrder]) -> list[ZoneOrder]:
    """Zones that are hit, those whose orders may wait least first; ties by row."""
    hit = [zone for zone in zones if zone.n_judged and zone.status != "never"]

    def urgency(zone: ZoneOrder) -> tuple[float, int]:
        wait = zone.may_wait_min
        return (-math.inf if math.isnan(wait) else wait), zone.zone

    return sorted(hit, key=urgency)


def orders_json(world: World, found: LatestOrders) -> dict[str, Any]:
    """The whole answer for ``--json``; rows become ids, infinite and unknown numbers null."""
    document: dict[str, Any] = _plain(found)
    document["scenario"] = world.folder.id
    for zone in document["zones"]:
        zone["zone"] = world.zones.rows[int(zone["zone"])].id
    return document


def _plain(value: Any) -> Any:
    """Dataclasses, arrays and numbers as JSON values."""
    if is_dataclass(value) and not isinstance(value, type):
        return {key: _plain(inner) for key, inner in asdict(value).items()}
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [_plain(inner) for inner in value]
    if isinstance(value, float | np.floating):
        return round(float(value), 4) if math.isfinite(value) else None
    return int(value) if isinstance(value, np.integer) else value
