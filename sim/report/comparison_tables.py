"""Plans side by side in a terminal: differences night by night, what was done differently."""

from __future__ import annotations

import math

from sim.experiment.compare import Comparison, what_differs
from sim.measures.catalogue import COMPARED
from sim.report.page import Page
from sim.report.words import difference_text, interval_text
from sim.texts.report import Lang, say


class ComparisonTables:
    """Tables of the comparison with the baseline and with what was reported."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.scored = page.scored
        self.lang = page.lang

    def print_comparisons(self, whole: bool) -> None:
        """A row per measure, a column per other plan; without ``whole`` only what decides."""
        others = [plan for plan in self.scored.scores if plan != self.scored.baseline]
        if not others:
            return
        baseline = self.page.name(self.scored.baseline)
        table = self.page.table("table.comparison", baseline=baseline)
        table.add_column(self.page.say("head.compared"), no_wrap=True)
        for plan in others:
            table.add_column(self.page.name(plan), overflow="fold")
        for measure in COMPARED if whole else DECISIVE:
            found = [self.scored.comparison(plan, measure) for plan in others]
            if any(one is not None and not _identical(one) for one in found):
                table.add_row(
                    self.page.measured(measure), *(self._comparison(one) for one in found)
                )
        self.page.console.print(table)
        for plan in others:
            verdicts = {o.result.verdict for o in self.scored.comparisons if o.plan == plan}
            if verdicts == {"indistinguishable"}:
                name = self.page.name(plan)
                self.page.line(self.page.say("verdict.all_tied", plan=name, baseline=baseline))

    def _comparison(self, one: Comparison | None) -> str:
        """``+18.5 (+9.3～+27.7)``, below it the verdict and in how many nights it was better."""
        return "\n".join(comparison_words(one, self.lang))

    def print_differences(self) -> None:
        """What the plans do differently from the baseline, entry by entry."""
        plans, baseline = self.scored.run.document["plans"], self.scored.baseline
        base_name = self.page.name(baseline)
        for plan in self.scored.scores:
            if plan == baseline:
                continue
            name = self.page.name(plan)
            found = what_differs(plans[plan], plans[baseline])
            if not found:
                line = self.page.say("differs.nothing", plan=name, baseline=base_name)
                self.page.line(line)
                continue
            table = self.page.table("table.differs", plan=name, baseline=base_name)
            for head in (self.page.say("head.entry"), name, base_name):
                table.add_column(head, overflow="fold")
            for one in found:
                table.add_row(one.field, self._written(one.plan), self._written(one.baseline))
            self.page.console.print(table)

    def _written(self, value: object) -> str:
        return self.page.say("word.not_written") if value is None else str(value)

    def print_observed(self) -> None:
        """What was reported beside the simulated band, when the scenario has observed.csv."""
        for plan, found in self.scored.observed.items():
            if not found:
                continue
            name = self.page.name(plan)
            table = self.page.table("table.observed", plan=name)
            for head in ("time", "what", "observed", "band", "inside"):
                table.add_column(self.page.say(f"head.{head}"))
            for one in found:
                kind, _, township = one.curve.partition(":")
                what = self.page.say(f"observed.{kind}")
                place = township or self.page.say("observed.whole")
                band = f"{one.p05:,.0f}～{one.p95:,.0f} ({one.p50:,.0f})"
                inside = self.page.say("word.yes" if one.inside else "word.no")
                table.add_row(one.time, f"{place} {what}", f"{one.observed:,}", band, inside)
            self.page.console.print(table)
            inside_count = sum(one.inside for one in found)
            line = self.page.say("observed.summary", plan=name, n=len(found), inside=inside_count)
            self.page.line(line)


def comparison_words(one: Comparison | None, lang: Lang) -> tuple[str, ...]:
    """The difference with its interval, and the verdict with in how many nights it was better."""
    if one is None:
        return (say("word.unknown", lang),)
    result, measure = one.result, one.measure
    verdict = say(f"verdict.{result.verdict}", lang)
    better = say("verdict.nights", lang, verdict=verdict, wins=result.wins, n=result.n)
    if result.diff_mean is None and result.ties > result.n / 2:
        return say("word.both_never", lang), better
    if result.diff_mean is None and math.isinf(result.diff_median):
        return say("word.one_never", lang), better
    mean, interval = result.diff_mean, result.ci95
    if mean is None or interval is None:
        mean, interval = result.diff_median, result.median_ci95
    bounds = interval_text(measure, interval, lang)
    return f"{difference_text(measure, mean, lang)} ({bounds})", better


def _identical(one: Comparison) -> bool:
    """Whether both plans had the same value in every night."""
    return one.result.ties == one.result.n and one.result.diff_mean == 0.0


DECISIVE = (
    *("out_before_cutoff_share", "rescued_share", "left_behind_at_cutoff", "caught_by_hazard"),
    *("harmed", "moved_by_boat", "t90_clock_min", "t90_margin_min"),
)
"""Measures a first look needs; ``yuyan compare`` shows all."""
