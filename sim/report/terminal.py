"""The scorecard and the comparison as tables in a terminal."""

from __future__ import annotations

import math
from datetime import datetime

from rich.console import Console
from rich.table import Table

from sim.clock import parse_clock_start
from sim.experiment.compare import Comparison, what_differs
from sim.experiment.scored import ScoredRun
from sim.measures.catalogue import COMPARED, HEADLINES
from sim.measures.scorecard import PlanScore, TargetScore
from sim.report.answer import answer, notes, plan_name
from sim.report.words import (
    ON_THE_CLOCK,
    difference_text,
    difference_unit,
    interval_text,
    percent,
    share_interval,
    value_text,
)
from sim.texts.report import Lang, label, say

TIMES = ("order_clock_min", "t50_clock_min", "t90_clock_min", "t100_clock_min", "t90_margin_min")
PEOPLE = (
    *("moved_by_bus", "moved_by_ambulance", "moved_by_car", "moved_on_foot", "moved_by_boat"),
    *("safe_in_place", "unreached", "stranded"),
)


class Terminal:
    """Prints a scored run to a console."""

    def __init__(self, scored: ScoredRun, console: Console, lang: Lang) -> None:
        self.scored = scored
        self.console = console
        self.lang = lang
        self._scores = list(scored.scores.values())
        start: datetime = parse_clock_start(scored.run.document["scenario"]["clock_start"])
        self.clock_start = start

    def print_run(self) -> None:
        """Answer, scorecard, modes, comparison, reported numbers, notes."""
        self.print_answer()
        self.console.print(self.scores())
        self.console.print(self.modes())
        self.print_targets()
        self.print_comparisons(whole=False)
        self.print_observed()
        self.print_notes()

    def print_compare(self) -> None:
        """Scorecard, every compared measure, what the plans do differently, notes."""
        self.console.print(self.scores())
        self.print_comparisons(whole=True)
        self.print_differences()
        self.print_observed()
        self.print_notes()

    def print_answer(self) -> None:
        """The answer in words."""
        name = self.scored.run.document["scenario"]["name"]
        county = name["en"] if self.lang == "en" and name.get("en") else name["zh"]
        self._line(self._say("answer.title", name=county), "bold")
        for line in answer(self.scored, self.lang):
            self._line(line)
        self._line("")

    def print_notes(self) -> None:
        """What the intervals do not contain, and where the results are."""
        for line in notes(self.scored, self.lang):
            self._line(line, "dim")

    def scores(self) -> Table:
        """A column per plan: headline shares with intervals, times as typical | nine in ten."""
        table = self._by_plan("table.scores", "head.measure")
        for measure in HEADLINES:
            what = self._say("head.mean_ci", what=label(measure, self.lang))
            table.add_row(what, *(self._share(s, measure) for s in self._scores))
        for measure in TIMES:
            if any(measure in score.measures for score in self._scores):
                on_clock = measure in ON_THE_CLOCK
                name = label(measure, self.lang) if on_clock else self._measured(measure)
                what = self._say("head.p50_p90", what=name)
                table.add_row(what, *(self._time(score, measure) for score in self._scores))
        places = (score.worst_place[1] if score.worst_place else "" for score in self._scores)
        table.add_row(self._say("head.worst_place"), *places)
        return table

    def _share(self, score: PlanScore, measure: str) -> str:
        found = score.measures.get(measure)
        if found is None:
            return self._say("word.unknown")
        mean = percent(found.mean, self.lang)
        return f"{mean} ({share_interval(found.ci95, self.lang)})" if found.ci95 else mean

    def _time(self, score: PlanScore, measure: str) -> str:
        """Typical and bad case; where little time left is the bad side, nine in ten have more."""
        found = score.measures.get(measure)
        if found is None:
            return self._say("word.unknown")
        bad = self._low_decile(score.plan, measure) if measure == "t90_margin_min" else found.p90
        if found.p50 == bad == math.inf:
            return self._say("word.never")
        typical = value_text(measure, found.p50, self.clock_start, self.lang)
        return f"{typical} | {value_text(measure, bad, self.clock_start, self.lang)}"

    def _low_decile(self, plan: str, measure: str) -> float:
        from sim.measures.intervals import quantile

        values = self.scored.tables[plan].of(measure)
        return quantile(values[values == values], 0.1)

    def modes(self) -> Table:
        """A column per plan: how many people left by which means, and who did not."""
        table = self._by_plan("table.modes", "head.measure")
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
        table = self._by_plan("table.targets", "head.target")
        for key in ids:
            first = next(targets[key] for targets in plans.values() if key in targets)
            text = first.text["en"] if self.lang == "en" and first.text.get("en") else None
            cells = [self._light(targets.get(key)) for targets in plans.values()]
            table.add_row(text or first.text["zh"], *cells)
        self.console.print(table)

    def _light(self, target: TargetScore | None) -> str:
        if target is None:
            return self._say("word.unknown")
        lamp = target.light
        colour = self._say(f"target.{lamp.colour}")
        return self._say("target.cell", light=colour, met=lamp.n_met, judged=lamp.n_judged)

    def print_comparisons(self, whole: bool) -> None:
        """A row per measure, a column per other plan; without ``whole`` only what decides."""
        others = [plan for plan in self.scored.scores if plan != self.scored.baseline]
        if not others:
            return
        baseline = plan_name(self.scored, self.scored.baseline, self.lang)
        table = self._table("table.comparison", baseline=baseline)
        table.add_column(self._say("head.compared"), no_wrap=True)
        for plan in others:
            table.add_column(plan_name(self.scored, plan, self.lang), overflow="fold")
        for measure in COMPARED if whole else DECISIVE:
            found = [self.scored.comparison(plan, measure) for plan in others]
            if any(one is not None and not _identical(one) for one in found):
                table.add_row(self._measured(measure), *(self._comparison(one) for one in found))
        self.console.print(table)
        for plan in others:
            verdicts = {o.result.verdict for o in self.scored.comparisons if o.plan == plan}
            if verdicts == {"indistinguishable"}:
                name = plan_name(self.scored, plan, self.lang)
                self._line(self._say("verdict.all_tied", plan=name, baseline=baseline))

    def _measured(self, measure: str) -> str:
        unit = difference_unit(measure, self.lang)
        return f"{label(measure, self.lang)} ({unit})" if unit else label(measure, self.lang)

    def _comparison(self, one: Comparison | None) -> str:
        """``+18.5 (+9.3～+27.7)``, below it the verdict and in how many nights it was better."""
        if one is None:
            return self._say("word.unknown")
        result, measure = one.result, one.measure
        verdict = self._say(f"verdict.{result.verdict}")
        better = self._say("verdict.nights", verdict=verdict, wins=result.wins, n=result.n)
        if result.diff_mean is None and result.ties > result.n / 2:
            return f"{self._say('word.both_never')}\n{better}"
        if result.diff_mean is None and math.isinf(result.diff_median):
            return f"{self._say('word.one_never')}\n{better}"
        mean, interval = result.diff_mean, result.ci95
        if mean is None or interval is None:
            mean, interval = result.diff_median, result.median_ci95
        bounds = interval_text(measure, interval, self.lang)
        return f"{difference_text(measure, mean, self.lang)} ({bounds})\n{better}"

    def print_differences(self) -> None:
        """What the plans do differently from the baseline, entry by entry."""
        plans, baseline = self.scored.run.document["plans"], self.scored.baseline
        base_name = plan_name(self.scored, baseline, self.lang)
        for plan in self.scored.scores:
            if plan == baseline:
                continue
            name = plan_name(self.scored, plan, self.lang)
            found = what_differs(plans[plan], plans[baseline])
            if not found:
                line = self._say("differs.nothing", plan=name, baseline=base_name)
                self._line(line)
                continue
            table = self._table("table.differs", plan=name, baseline=base_name)
            for head in (self._say("head.entry"), name, base_name):
                table.add_column(head, overflow="fold")
            for one in found:
                table.add_row(one.field, self._written(one.plan), self._written(one.baseline))
            self.console.print(table)

    def _written(self, value: object) -> str:
        return self._say("word.not_written") if value is None else str(value)

    def print_observed(self) -> None:
        """What was reported beside the simulated band, when the scenario has observed.csv."""
        for plan, found in self.scored.observed.items():
            if not found:
                continue
            name = plan_name(self.scored, plan, self.lang)
            table = self._table("table.observed", plan=name)
            for head in ("time", "what", "observed", "band", "inside"):
                table.add_column(self._say(f"head.{head}"))
            for one in found:
                kind, _, township = one.curve.partition(":")
                what = self._say(f"observed.{kind}")
                place = township or self._say("observed.whole")
                band = f"{one.p05:,.0f}～{one.p95:,.0f} ({one.p50:,.0f})"
                inside = self._say("word.yes" if one.inside else "word.no")
                table.add_row(one.time, f"{place} {what}", f"{one.observed:,}", band, inside)
            self.console.print(table)
            inside_count = sum(one.inside for one in found)
            line = self._say("observed.summary", plan=name, n=len(found), inside=inside_count)
            self._line(line)

    def _line(self, text: str, style: str = "") -> None:
        """Prose: never cut or broken here, the terminal or the reader's file does that."""
        self.console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)

    def _say(self, key: str, **values: object) -> str:
        return say(key, self.lang, **values)

    def _by_plan(self, title: str, head: str) -> Table:
        """A table with a column per plan."""
        table = self._table(title)
        table.add_column(self._say(head), no_wrap=True)
        for plan in self.scored.scores:
            table.add_column(plan_name(self.scored, plan, self.lang), overflow="fold")
        return table

    def _table(self, key: str, **values: object) -> Table:
        return Table(title=self._say(key, **values), title_justify="left", pad_edge=False)


def _identical(one: Comparison) -> bool:
    """Whether both plans had the same value in every night."""
    return one.result.ties == one.result.n and one.result.diff_mean == 0.0


DECISIVE = (
    *("out_before_cutoff_share", "rescued_share", "left_behind_at_cutoff", "caught_by_hazard"),
    *("moved_by_boat", "t90_clock_min", "t90_margin_min"),
)
"""Measures a first look needs; ``yuyan compare`` shows all."""
