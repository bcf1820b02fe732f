"""The scorecard in a terminal: a column per plan."""

from __future__ import annotations

import math

from rich.table import Table

from sim.measures.catalogue import HEADLINES
from sim.measures.intervals import quantile
from sim.measures.scorecard import PlanScore, TargetScore
from sim.report.page import Page
from sim.report.words import ON_THE_CLOCK, percent, share_interval, value_text
from sim.texts.report import label

TIMES = ("order_clock_min", "t50_clock_min", "t90_clock_min", "t100_clock_min", "t90_margin_min")
PEOPLE = (
    *("moved_by_bus", "moved_by_ambulance", "moved_by_car", "moved_on_foot", "moved_by_boat"),
    *("moved_by_team", "safe_in_place", "unreached", "stranded"),
    *("moved_on", "harmed", "hurt_badly", "hurt_lightly"),
)


class ScoreTables:
    """Tables of what every plan achieved."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.scored = page.scored
        self.lang = page.lang
        self._scores = list(page.scored.scores.values())

    def scores(self) -> Table:
        """A column per plan: headline shares with intervals, times as typical | nine in ten."""
        table = self.page.by_plan("table.scores", "head.measure")
        for measure in HEADLINES:
            what = self.page.say("head.mean_ci", what=label(measure, self.lang))
            table.add_row(what, *(self._share(s, measure) for s in self._scores))
        for measure in TIMES:
            if any(measure in score.measures for score in self._scores):
                on_clock = measure in ON_THE_CLOCK
                name = label(measure, self.lang) if on_clock else self.page.measured(measure)
                what = self.page.say("head.p50_p90", what=name)
                table.add_row(what, *(self._time(score, measure) for score in self._scores))
        places = (score.worst_place[1] if score.worst_place else "" for score in self._scores)
        table.add_row(self.page.say("head.worst_place"), *places)
        return table

    def _share(self, score: PlanScore, measure: str) -> str:
        found = score.measures.get(measure)
        if found is None:
            return self.page.say("word.unknown")
        mean = percent(found.mean, self.lang)
        return f"{mean} ({share_interval(found.ci95, self.lang)})" if found.ci95 else mean

    def _time(self, score: PlanScore, measure: str) -> str:
        """Typical and bad case; where little time left is the bad side, nine in ten have more."""
        found = score.measures.get(measure)
        if found is None:
            return self.page.say("word.unknown")
        bad = self._low_decile(score.plan, measure) if measure == "t90_margin_min" else found.p90
        if found.p50 == bad == math.inf:
            return self.page.say("word.never")
        typical = value_text(measure, found.p50, self.page.clock_start, self.lang)
        return f"{typical} | {value_text(measure, bad, self.page.clock_start, self.lang)}"

    def _low_decile(self, plan: str, measure: str) -> float:
        values = self.scored.tables[plan].of(measure)
        return quantile(values[values == values], 0.1)

    def modes(self) -> Table:
        """A column per plan: how many people left by which means, and who did not."""
        table = self.page.by_plan("table.modes", "head.measure")
        for measure in PEOPLE:
            found = [score.measures.get(measure) for score in self._scores]
            if any(found):
                cells = (f"{s.mean:,.0f}" if s and s.mean is not None else "—" for s in found)
                table.add_row(label(measure, self.lang), *cells)
        return table

    def print_targets(self) -> None:
        """A row per target, a column per plan: its light and how often it was in time."""
        plans = {plan: {t.id: t for t in s.targets} for plan, s in self.scored.scores.items()}
        ids = list(dict.fromkeys(key for targets in plans.values() for key in targets))
        if not ids:
            return
        table = self.page.by_plan("table.targets", "head.target")
        for key in ids:
            first = next(targets[key] for targets in plans.values() if key in targets)
            text = first.text["en"] if self.lang == "en" and first.text.get("en") else None
            cells = [self._light(targets.get(key)) for targets in plans.values()]
            table.add_row(text or first.text["zh"], *cells)
        self.page.console.print(table)

    def _light(self, target: TargetScore | None) -> str:
        if target is None:
            return self.page.say("word.unknown")
        lamp = target.light
        colour = self.page.say(f"target.{lamp.colour}")
        return self.page.say("target.cell", light=colour, met=lamp.n_met, judged=lamp.n_judged)
