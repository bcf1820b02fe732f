"""请定三件事: which plan, who orders and on what, and the gap that hurts most."""

from __future__ import annotations

from sim.measures.paired import Paired, compare
from sim.measures.scorecard import TargetScore
from sim.report.answer import HEADLINE, ranked_plans
from sim.report.book import Book
from sim.report.words import clock, points
from sim.texts.book import book_text
from sim.texts.report import Lang

WORST_FIRST = ("impossible", "missed", "undecided", "met")


def decisions(book: Book, plan: str, lang: Lang) -> list[str]:
    """Three decisions that the run itself puts on the table."""
    lines = (_which_plan(book, plan, lang), _who_orders(book, plan, lang), _gap(book, plan, lang))
    return [f"{number}. {line}" for number, line in enumerate(lines, start=1)]


def _which_plan(book: Book, plan: str, lang: Lang) -> str:
    """The best plan against the next best; a draw is said as a draw."""
    ranked = ranked_plans(book.scored)
    name = book.name(plan, lang)
    others = [one for one in ranked if one != plan]
    if not others or plan not in ranked:
        return book_text("decide.plan_only", lang, plan=name)
    other = others[0]
    gain = _gain(book, plan, other)
    if gain is None or gain.ci95 is None:
        return book_text("decide.plan_only", lang, plan=name)
    if gain.verdict == "worse":  # another plan was asked for than the best
        return _which_plan(book, other, lang)
    real = gain.verdict == "better"
    numbers = (gain.diff_mean or 0.0, gain.ci95.low, gain.ci95.high)
    more, low, high = (points(x).lstrip("+") if real else points(x) for x in numbers)
    values = {"points": more, "low": low, "high": high, "other": book.name(other, lang)}
    key = "decide.plan_better" if real else "decide.plan_tied"
    return book_text(key, lang, plan=name, **values)


def _gain(book: Book, plan: str, other: str) -> Paired | None:
    """Share out before the cut-off, night by night."""
    tables = book.scored.tables
    return compare(tables[plan].of(HEADLINE), tables[other].of(HEADLINE), "higher")


def _who_orders(book: Book, plan: str, lang: Lang) -> str:
    order = book.score(plan).measures.get("order_clock_min")
    if order is None or order.p50 == float("inf"):
        return book_text("decide.order_unknown", lang)
    alone = book.document["plans"][plan].get("authority", {}).get("village_alone", False)
    level = book_text("decide.village_may" if alone else "decide.village_may_not", lang)
    return book_text(
        "decide.order", lang, p50=clock(order.p50, book.clock_start, lang), level=level
    )


def _gap(book: Book, plan: str, lang: Lang) -> str:
    """Vehicles lacking, else the worst target, else the people in charge."""
    targets = sorted(
        (t for t in book.score(plan).targets if t.light.n_judged),
        key=lambda t: WORST_FIRST.index(t.light.colour),
    )
    short = [t for t in targets if t.vehicles_short]
    if short:
        worst = max(short, key=lambda t: t.vehicles_short or 0)
        name = _target(worst, lang)
        return book_text("decide.vehicles", lang, target=name, n=worst.vehicles_short)
    if targets and targets[0].light.colour == "impossible":
        return book_text("decide.impossible", lang, target=_target(targets[0], lang))
    if targets and targets[0].light.colour == "missed":
        lamp = targets[0].light
        counts = {"met": lamp.n_met, "judged": lamp.n_judged}
        return book_text("decide.missed", lang, target=_target(targets[0], lang), **counts)
    return book_text("decide.people", lang)


def _target(target: TargetScore, lang: Lang) -> str:
    return target.text["en"] if lang == "en" and target.text.get("en") else target.text["zh"]
