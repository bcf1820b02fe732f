"""The latest orders in a terminal: the answer in words, the price of an hour, the tight zones."""

from __future__ import annotations

import math

from rich.console import Console
from rich.table import Table

from sim.measures.intervals import P95_MINIMUM
from sim.optimize.groups import GroupOrder
from sim.optimize.thresholds import Threshold
from sim.optimize.trigger import LatestOrders
from sim.optimize.zone_orders import ZoneOrder
from sim.report.words import percent
from sim.texts.latest_orders import Lang, latest
from sim.texts.report import say
from sim.world import World

NEXT_TO_NOTHING_M = 0.3
"""A rise below this is lost in waves and in the reading of the gauge."""
NEXT_TO_NOTHING_MM = 5.0
LINKS_NAMED = 2


class LatestReport:
    """Prints the answer for one plan."""

    def __init__(self, found: LatestOrders, world: World, console: Console, lang: Lang) -> None:
        self.found, self.world, self.console, self.lang = found, world, console, lang

    def print(self, most: int) -> None:
        """Everything; ``most`` zones in the table."""
        self._line(self._say("title", plan=self._plan_name()), "bold")
        found, question = self.found, self.found.question
        if not found.n_played:
            self._line(self._say("nothing", n=found.n_drawn))
            return
        shifts = question.shifts
        for line in (
            self._say(
                "how", first=shifts[0], last=f"{shifts[-1]:+d}", count=len(shifts),
                n=found.n_drawn, played=found.n_played,
            ),
            self._say(
                "success", share=self._share(question.share),
                required=percent(question.required, self.lang),
            ),
        ):  # fmt: skip
            self._line(line)
        for group in found.groups:
            self._print_group(group)
        self.console.print(self._shift_table())
        self.console.print(self._zone_table(most))
        self._print_notes()

    def _print_group(self, group: GroupOrder) -> None:
        name, own = self._group(group), self._own_row(group)
        if group.status["found"] or group.status["not_enough"]:
            at = group.shifts[own]
            self._line(
                self._say(
                    "group.answer", group=name, typical=self.time(group.typical_min),
                    lead=self.time(group.lead_min), own=self.time(group.plan_lead_min),
                    required=percent(self.found.question.required, self.lang), met=at.met, n=at.n,
                )
            )  # fmt: skip
            self._print_hour(group, name)
        if group.status["not_enough"]:
            zones = [z for z in self._zones_of(group) if z.status == "not_enough"]
            longest = sorted(z.longest_lead_min for z in zones)[len(zones) // 2]
            values = {"zones": len(zones), "longest": self.time(longest)}
            self._line(
                self._say("group.not_enough", group=name, links=self._links(zones), **values)
            )
        for status in ("never", "unseen"):
            if group.status[status]:
                count = group.status[status]
                self._line(self._say(f"group.{status}", group=name, zones=count))

    def _print_hour(self, group: GroupOrder, name: str) -> None:
        """The price of an hour, where the grid has it."""
        by_shift = {one.shift_min: one for one in group.shifts}
        if {-60, 60} <= by_shift.keys():
            now, later, sooner = (
                percent(by_shift[s].persons_out / max(1, by_shift[s].persons), self.lang)
                for s in (0, 60, -60)
            )
            self._line(self._say("group.hour", group=name, now=now, later=later, sooner=sooner))

    def _links(self, zones: list[ZoneOrder]) -> str:
        total: dict[str, float] = {}
        for zone in zones:
            for link, persons in zone.lacking.items():
                total[link] = total.get(link, 0.0) + persons
        whole = sum(total.values())
        worst = sorted(total, key=lambda link: -total[link])[:LINKS_NAMED]
        return "、".join(
            f"{self._say('link.' + link)} {percent(total[link] / whole, self.lang)}"
            for link in worst
        )

    def _shift_table(self) -> Table:
        table = Table(title=self._say("table.shifts"), title_justify="left", pad_edge=False)
        table.add_column(self._say("head.shift"))
        for group in self.found.groups:
            name = self._group(group)
            table.add_column(self._say("head.group_met", group=name), justify="right")
            table.add_column(self._say("head.group_people", group=name), justify="right")
        for k, shift in enumerate(self.found.question.shifts):
            cells = [self._shift(shift)]
            for group in self.found.groups:
                at = group.shifts[k]
                cells += [f"{at.met}/{at.n}"]
                cells += [percent(at.persons_out / at.persons, self.lang) if at.persons else ""]
            table.add_row(*cells)
        return table

    def _zone_table(self, most: int) -> Table:
        """Zones with an answer: the least slack against the plan's own orders first."""
        zones = [z for z in self.found.zones if z.status in ("found", "not_enough")]
        zones.sort(key=lambda z: (_or(z.may_wait_min, -math.inf), -_or(z.lead.min, 0), z.zone))
        shown = zones[:most]
        title = self._say("table.zones", count=len(shown), all=len(self.found.zones))
        table = Table(title=title, title_justify="left", pad_edge=False)
        for head in ("zone", "judged", "needed", "limit", "own", "met", "level", "rain", "note"):
            table.add_column(self._say(f"head.{head}"), overflow="fold")
        for zone in shown:
            table.add_row(*self._zone_cells(zone))
        return table

    def _zone_cells(self, zone: ZoneOrder) -> list[str]:
        row = self.world.zones.rows[zone.zone]
        about = "" if zone.lead.enough_nights else ("约" if self.lang == "zh" else "~")
        sure = self.time(zone.lead.min)
        own = next(one for one in zone.shifts if one.shift_min == 0)
        return [
            f"{row.township} {row.name}".strip(),
            str(zone.n_judged),
            f"{self.time(zone.lead.typical_min)} | {about if math.isfinite(zone.lead.min) else ''}"
            f"{sure}",
            self.time(zone.limit_min),
            self.time(zone.plan_lead_min),
            f"{own.met}/{own.n}",
            self._level(zone.level),
            self._rain(zone.rain),
            self._note(zone),
        ]

    def _level(self, level: Threshold | None) -> str:
        if level is None:
            return ""
        if math.isinf(level.safe):
            return self._say("level.none")
        if level.above_start < NEXT_TO_NOTHING_M:
            return self._say("level.flat")
        row = self.world.level_gauges[level.gauge]
        against = ""
        if row.warning_level_m is not None:
            d = math.floor(level.safe * 10) / 10 - row.warning_level_m
            key = "level.above" if d >= 0 else "level.below"
            against = self._say(key, d=f"{abs(d):.1f}")
        value = f"{math.floor(level.safe * 10) / 10:.1f}"  # rounded down: never too late
        return self._say("level", gauge=row.id, value=value, against=against)

    def _rain(self, rain: Threshold | None) -> str:
        if rain is None:
            return ""
        if math.isinf(rain.safe):
            return self._say("rain.none")
        if rain.safe < NEXT_TO_NOTHING_MM:
            return self._say("rain.dry")
        return self._say("rain", value=math.floor(rain.safe))

    def _note(self, zone: ZoneOrder) -> str:
        notes = []
        if zone.status == "not_enough":
            link = max(zone.lacking, key=lambda name: zone.lacking[name], default="decide")
            held = self._say(f"link.{link}")
            longest = self.time(zone.longest_lead_min)
            notes.append(self._say("note.not_enough", time=longest, link=held))
        elif math.isfinite(zone.may_wait_min):
            key = "note.wait" if zone.may_wait_min >= 0 else "note.sooner"
            notes.append(self._say(key, time=self.time(abs(zone.may_wait_min))))
        if zone.n_not_ordered:
            notes.append(self._say("note.unordered", n=zone.n_not_ordered))
        return "；".join(notes) if self.lang == "zh" else "; ".join(notes)

    def _print_notes(self) -> None:
        found = self.found
        lines = [self._say("what_if"), self._say("notes.limit")]
        most = max(zone.n_judged for zone in found.zones)
        if most < P95_MINIMUM:
            middle = sorted(z.n_judged for z in found.zones if z.n_judged)
            typical = middle[len(middle) // 2] if middle else 1
            n = math.ceil(P95_MINIMUM * found.n_drawn / typical / 10) * 10
            lines.append(self._say("notes.few", n=n))
        if math.isfinite(found.decide_min):
            lines.append(self._say("notes.decide", minutes=math.ceil(found.decide_min)))
        if found.question.share > 0.9:
            lines.append(self._say("notes.tail"))
        irregular = sum(zone.irregular for zone in found.zones)
        if irregular:
            lines.append(self._say("notes.irregular", n=irregular))
        for line in (*lines, say("note.intervals", self.lang), say("note.simulated", self.lang)):
            self._line(line, "dim")

    # -- words --------------------------------------------------------------------------------

    def time(self, value_min: float) -> str:
        """A lead time in hours and minutes, rounded up: an order must not be promised too late."""
        if math.isnan(value_min):
            return say("word.unknown", self.lang)
        if math.isinf(value_min):
            return self._say("not_enough_word")
        whole = math.ceil(value_min - 1e-9)
        if abs(whole) < 60:
            return self._say("duration_min", m=whole)
        return self._say("duration", h=whole // 60, m=whole % 60)

    def _shift(self, shift_min: int) -> str:
        if shift_min == 0:
            return self._say("shift.own")
        key = "shift.early" if shift_min < 0 else "shift.late"
        return self._say(key, time=self.time(abs(shift_min)))

    def _share(self, share: float) -> str:
        return self._say("share_all") if share == 1 else percent(share, self.lang)

    def _group(self, group: GroupOrder) -> str:
        return group.tag or self._say("group.all")

    def _own_row(self, group: GroupOrder) -> int:
        return [one.shift_min for one in group.shifts].index(0)

    def _zones_of(self, group: GroupOrder) -> list[ZoneOrder]:
        rows = self.world.zones.rows
        return [z for z in self.found.zones if not group.tag or rows[z.zone].tag == group.tag]

    def _plan_name(self) -> str:
        return self.world.folder.plans[self.found.plan_id].name.text(self.lang)

    def _say(self, key: str, **values: object) -> str:
        return latest(key, self.lang, **values)

    def _line(self, text: str, style: str = "") -> None:
        """Prose: never cut or broken here, the terminal or the reader's file does that."""
        self.console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)


def _or(value: float, instead: float) -> float:
    return value if math.isfinite(value) else instead
