"""What every page is given: the language, the folders, the run on show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.choice import choose, chosen
from dashboard.last_door import show_problems
from dashboard.parts import plain
from dashboard.settings import Settings
from dashboard.store import RunEntry, book_of
from sim.experiment.scored import ScoredRun
from sim.report.answer import best_plan, ranked_plans
from sim.report.book import Book
from sim.schema.problems import InputError
from sim.texts.dashboard import ui
from sim.texts.report import Lang


@dataclass(frozen=True)
class Frame:
    """Around every page; ``run`` is None as long as nothing has been rehearsed."""

    lang: Lang
    settings: Settings
    runs: Sequence[RunEntry]
    run: RunEntry | None

    def say(self, key: str, **values: object) -> str:
        """Words of a page in the reader's language."""
        return ui(key, self.lang, **values)

    def join(self, sentences: Iterable[str]) -> str:
        """Sentences one after another, as each language sets them."""
        return ("" if self.lang == "zh" else " ").join(sentences)

    def book(self) -> Book | None:
        """The run on show, opened; None after having told the reader why there is none."""
        if self.run is None:
            self._nothing_yet()
            return None
        try:
            return book_of(self.run)
        except InputError as error:
            st.info(self.say("not_finished"))
            if any(problem.code != "run.nothing_finished" for problem in error.problems):
                show_problems(error, self.lang)
            return None

    def _nothing_yet(self) -> None:
        st.subheader(self.say("empty.title"))
        st.write(self.say("empty.text"))
        if st.button(self.say("empty.button"), type="primary"):
            go_to("runs")

    def plan(self, scored: ScoredRun, key: str = "answer.of_plan") -> str:
        """The plan on show, chosen by the reader; the best one at first."""
        plans, best = list(scored.scores), best_plan(scored)
        plan = chosen("plan", plans, best)
        if len(plans) == 1:
            return plan

        def label(one: str) -> str:
            best_words = self.say("answer.best") if one == best else ""
            return plain(scored.plan_name(one, self.lang)) + best_words

        picked = st.segmented_control(
            self.say(key), plans, default=plan, format_func=label, key=f"plan-{self.run_key}"
        )
        plan = picked or plan
        choose("plan", plan)
        return plan

    def other(self, scored: ScoredRun) -> str:
        """A plan to set against the baseline: the one on show, or the best of the others."""
        others = [plan for plan in ranked_plans(scored) if plan != scored.baseline]
        others += [p for p in scored.scores if p not in others and p != scored.baseline]
        plan = chosen("plan", others, others[0])
        picked = st.segmented_control(
            self.say("plan.choose"),
            [one for one in scored.scores if one in others],
            default=plan,
            required=True,
            format_func=lambda one: plain(scored.plan_name(one, self.lang)),
            label_visibility="collapsed",
            key=f"other-{self.run_key}-{scored.baseline}",
        )
        choose("plan", picked or plan)
        return picked or plan

    @property
    def run_key(self) -> str:
        """Name of the run on show, empty without one."""
        return self.run.key if self.run else ""


def go_to(page: str) -> None:
    """Turn to another page."""
    st.session_state["go"] = page
    st.rerun()
