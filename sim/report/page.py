"""A page in a terminal: the scored run, the language, and how lines and tables are made."""

from __future__ import annotations

from datetime import datetime

from rich.console import Console
from rich.table import Table

from sim.clock import parse_clock_start
from sim.experiment.scored import ScoredRun
from sim.report.words import measured
from sim.texts.report import Lang, say


class Page:
    """What every part of the terminal report needs."""

    def __init__(self, scored: ScoredRun, console: Console, lang: Lang) -> None:
        self.scored = scored
        self.console = console
        self.lang = lang
        start: datetime = parse_clock_start(scored.run.document["scenario"]["clock_start"])
        self.clock_start = start

    def name(self, plan: str) -> str:
        """A plan's name in the language of the page."""
        return self.scored.plan_name(plan, self.lang)

    def line(self, text: str, style: str = "") -> None:
        """Prose: never cut or broken here, the terminal or the reader's file does that."""
        self.console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)

    def say(self, key: str, **values: object) -> str:
        """A sentence in the language of the page."""
        return say(key, self.lang, **values)

    def measured(self, measure: str) -> str:
        """A measure with its unit."""
        return measured(measure, self.lang)

    def table(self, key: str, **values: object) -> Table:
        """An empty table with its title."""
        return Table(title=self.say(key, **values), title_justify="left", pad_edge=False)

    def by_plan(self, title: str, head: str) -> Table:
        """An empty table with a column per plan."""
        table = self.table(title)
        table.add_column(self.say(head), no_wrap=True)
        for plan in self.scored.scores:
            table.add_column(self.name(plan), overflow="fold")
        return table
