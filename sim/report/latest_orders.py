"""The latest orders in a terminal: the answer in words, the price of an hour, the tight zones."""

from __future__ import annotations

import math

from rich.console import Console
from rich.table import Table

from sim.measures.intervals import P95_MINIMUM
from sim.optimize.groups import GroupOrder
from sim.optimize.trigger import LatestOrders
from sim.optimize.zone_orders import ZoneOrder
from sim.report.latest_orders_zones import given_lead, lead_time, over_warning, tightest, zone_table
from sim.report.words import percent
from sim.texts.latest_orders import Lang, latest
from sim.texts.report import say
from sim.world import World

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
        first, last = question.shifts[0], f"{question.shifts[-1]:+d}"
        nights = {"n": found.n_drawn, "played": found.n_played}
        self._line(self._say("how", first=first, last=last, count=len(question.shifts), **nights))
        values = {"share": self._share(question.share), "required": f"{100 * question.required:g}%"}
        self._line(self._say("success", **values))
        for group in found.groups:
            self._print_group(group)
        self.console.print(self._shift_table())
        tagged = [group for group in found.groups if group.tag]
        for group in tagged or found.groups:
            self._print_zones(group, most)
        self._print_notes()

    def _print_group(self, group: GroupOrder) -> None:
        name = self._group(group)
        if group.status["found"] or group.status["not_enough"]:
            self._line(self._answer(group, name))
            self._print_level(group, name)
            self._print_hour(group, name)
        if group.status["not_enough"]:
            zones = [z for z in self._zones_of(group) if z.status == "not_enough"]
            longest = sorted(z.longest_lead_min for z in zones)[len(zones) // 2]
            self._line(
                self._say(
                    "group.not_enough", group=name, links=self._links(zones), zones=len(zones),
                    longest=given_lead(longest, self.lang),
                )
            )  # fmt: skip
        for status in ("never", "unseen"):
            if group.status[status]:
                count = group.status[status]
                self._line(self._say(f"group.{status}", group=name, zones=count))

    def _answer(self, group: GroupOrder, name: str) -> str:
        at = next(one for one in group.shifts if one.shift_min == 0)
        own = given_lead(group.plan_lead_min, self.lang)
        most = lead_time(group.most_min, self.lang)
        values = {"group": name, "own": own, "met": at.met, "n": at.n, "most": most}
        if math.isinf(group.typical_min):
            return self._say("group.none", **values)
        required = f"{100 * self.found.question.required:g}%"
        lead = lead_time(group.lead_min, self.lang)
        key = "group.sure_none" if math.isinf(group.lead_min) else "group.sure"
        sure = self._say(key, required=required, lead=lead)
        typical = lead_time(group.typical_min, self.lang)
        return self._say("group.answer", typical=typical, sure=sure, **values)

    def _print_level(self, group: GroupOrder, name: str) -> None:
        """Whether the gauges tell in time."""
        telling = group.n_gauged - group.n_silent
        if telling:
            against = over_warning(group.over_warning_m, self.lang)
            self._line(self._say("group.level", group=name, zones=telling, against=against))
        if group.n_silent:
            self._line(self._say("group.silent", group=name, zones=group.n_silent))

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

    def _print_zones(self, group: GroupOrder, most: int) -> None:
        zones = self._zones_of(group)
        shown = tightest(zones)[:most]
        if shown:
            values = {"group": self._group(group), "count": len(shown), "all": len(zones)}
            title = self._say("table.zones", **values)
            self.console.print(zone_table(self.world, shown, title, self.lang))

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

    def _print_notes(self) -> None:
        found = self.found
        lines = [self._say("what_if"), self._say("notes.limit")]
        if any(zone.status == "not_enough" for zone in found.zones):
            lines.append(self._say("notes.not_enough"))
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

    def _shift(self, shift_min: int) -> str:
        if shift_min == 0:
            return self._say("shift.own")
        key = "shift.early" if shift_min < 0 else "shift.late"
        return self._say(key, time=lead_time(abs(shift_min), self.lang))

    def _share(self, share: float) -> str:
        return self._say("share_all") if share == 1 else f"{100 * share:g}%"

    def _group(self, group: GroupOrder) -> str:
        return group.tag or self._say("group.all")

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
