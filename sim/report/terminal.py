"""The report of a run in a terminal: the answer first, then tables that open down to detail."""

from __future__ import annotations

from rich.console import Console

from sim.experiment.scored import ScoredRun
from sim.report.answer import answer, notes
from sim.report.comparison_tables import ComparisonTables
from sim.report.page import Page
from sim.report.score_tables import ScoreTables
from sim.texts.report import Lang


class Terminal:
    """Prints a scored run to a console."""

    def __init__(self, scored: ScoredRun, console: Console, lang: Lang) -> None:
        self.page = Page(scored, console, lang)
        self.scores = ScoreTables(self.page)
        self.comparisons = ComparisonTables(self.page)

    def print_run(self) -> None:
        """Answer, scorecard, modes, targets, what decides between plans, reported numbers."""
        self.print_answer()
        self.page.console.print(self.scores.scores())
        self.page.console.print(self.scores.modes())
        self.scores.print_targets()
        self.comparisons.print_comparisons(whole=False)
        self.comparisons.print_observed()
        self.print_notes()

    def print_compare(self) -> None:
        """Scorecard, every compared measure, what the plans do differently, reported numbers."""
        self.page.console.print(self.scores.scores())
        self.comparisons.print_comparisons(whole=True)
        self.comparisons.print_differences()
        self.comparisons.print_observed()
        self.print_notes()

    def print_answer(self) -> None:
        """The answer in words."""
        page = self.page
        name = page.scored.run.document["scenario"]["name"]
        county = name["en"] if page.lang == "en" and name.get("en") else name["zh"]
        page.line(page.say("answer.title", name=county), "bold")
        for line in answer(page.scored, page.lang):
            page.line(line)
        page.line("")

    def print_notes(self) -> None:
        """What the intervals do not contain."""
        for line in notes(self.page.scored, self.page.lang):
            self.page.line(line, "dim")
