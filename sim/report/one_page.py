"""会议一页纸: the eight questions of the head of the bureau, each answered in a few lines.

What the run cannot answer is said in plain words; nothing is made up. The page on screen, the
first page of the Word report and of the HTML file show these same lines.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sim.measures.targets_light import Colour
from sim.report.answer import HEADLINE
from sim.report.book import Book
from sim.report.danger import danger_zones
from sim.report.fetched import speaks_of_boats
from sim.report.one_page_decide import decisions
from sim.report.one_page_times import done_lines, hour_lines, latest_lines
from sim.report.words import amount, percent, plain_minutes
from sim.texts.book import book_text
from sim.texts.report import Lang, say

ORDER = ("latest", "done", "danger", "lacking", "hour", "outage", "decide", "trust")
"""The questions in the order in which they are asked."""
LIGHTS: tuple[Colour, ...] = ("met", "undecided", "missed", "impossible")


@dataclass(frozen=True)
class Question:
    """One question with its answer; the first line is the answer itself."""

    key: str
    question: str
    answer: tuple[str, ...]


def one_page(book: Book, lang: Lang, plan: str | None = None) -> tuple[Question, ...]:
    """All eight questions about one plan; the best one unless another is asked for."""
    chosen = plan or book.best
    answers = {
        "latest": latest_lines,
        "done": done_lines,
        "danger": danger_lines,
        "lacking": lacking_lines,
        "hour": hour_lines,
        "outage": outage_lines,
        "decide": decisions,
        "trust": trust_lines,
    }
    return tuple(
        Question(key, _asked(book, key, lang), tuple(answers[key](book, chosen, lang)))
        for key in ORDER
    )


def _asked(book: Book, key: str, lang: Lang) -> str:
    """A question in words; nobody asks for boats in a fire."""
    dry = key == "lacking" and not speaks_of_boats(book.scored)
    return book_text("q.lacking_dry" if dry else f"q.{key}", lang)


def headline(book: Book, lang: Lang, plan: str | None = None) -> list[str]:
    """What stands above the questions: what was played, and the answer in one sentence."""
    chosen = plan or book.best
    score = book.score(chosen)
    people, out = score.measures.get("people_at_risk"), score.measures.get(HEADLINE)
    rescued = score.measures.get("rescued_share")
    lines = [
        book_text(
            "page.played",
            lang,
            name=book.title(lang),
            plans=len(book.plans),
            n=book.scored.n,
            people=amount(people.p50 if people else None, lang),
        )
    ]
    if out is not None:
        low = book.low_decile(chosen, HEADLINE)
        lines.append(
            book_text(
                "page.headline" if "t90_margin_min" in score.measures else "page.headline_dry",
                lang,
                share=percent(out.mean, lang),
                low=percent(low, lang),
                rescued=percent(rescued.mean if rescued else None, lang),
            )
        )
    counts = Counter(target.light.colour for target in score.targets)
    if counts:
        comma = "、" if lang == "zh" else ", "
        listed = comma.join(
            book_text("page.light", lang, light=say(f"target.{colour}", lang), n=counts[colour])
            for colour in LIGHTS
            if counts[colour]
        )
        lines.append(book_text("page.lights", lang, all=len(score.targets), list=listed))
    return lines


def danger_lines(book: Book, plan: str, lang: Lang) -> list[str]:
    """The ten zones that leave most people behind, with who answers for them."""
    zones = danger_zones(book, plan)
    if zones is None:
        return [missing(book, lang) or book_text("danger.no_cut", lang)]
    if not zones:
        return [book_text("danger.none", lang)]
    comma = "、" if lang == "zh" else ", "
    lines = [book_text("danger.head", lang)]
    lines += [
        book_text(
            "danger.line",
            lang,
            number=number,
            name=zone.name,
            township=zone.township or "—",
            people=f"{zone.people:,}",
            left=amount(zone.left_behind, lang),
            answers=comma.join(zone.answers[:2]) or book_text("danger.nobody", lang),
        )
        for number, zone in enumerate(zones, start=1)
    ]
    return lines


def missing(book: Book, lang: Lang) -> str | None:
    """Why the scenario cannot be asked; None when it can."""
    why = book.scenario_missing
    return None if why is None else book_text(f"missing.{why}", lang)


def lacking_lines(book: Book, plan: str, lang: Lang) -> list[str]:
    """Coaches by the physical limit; ambulances, boats or teams and people as far as the run
    shows."""
    return [
        _coaches(book, plan, lang),
        *_ambulances(book, plan, lang),
        _help(book, plan, lang),
        _people(book, plan, lang),
    ]


def _coaches(book: Book, plan: str, lang: Lang) -> str:
    """The physical limit knows the seats of coaches and minibuses only."""
    targets = [t for t in book.score(plan).targets if t.vehicles_short is not None]
    if not targets:
        return book_text("lack.vehicles_unknown", lang)
    worst = max(targets, key=lambda t: t.vehicles_short or 0)
    if not worst.vehicles_short:
        return book_text("lack.vehicles_enough", lang)
    name = worst.text["en"] if lang == "en" and worst.text.get("en") else worst.text["zh"]
    return book_text("lack.vehicles", lang, target=name, n=worst.vehicles_short)


def _ambulances(book: Book, plan: str, lang: Lang) -> list[str]:
    """Said where any plan of the run brings somebody out by ambulance."""
    moved = {one: book.score(one).measures.get("moved_by_ambulance") for one in book.plans}
    mine = moved[plan]
    if mine is None or not any(one and one.mean for one in moved.values()):
        return []
    return [book_text("lack.ambulances", lang, persons=amount(mine.mean, lang))]


def _help(book: Book, plan: str, lang: Lang) -> str:
    measures = book.score(plan).measures
    found = [measures.get(name) for name in ("incidents", "incidents_unserved", "stranded")]
    if any(one is None for one in found):
        return book_text("lack.help_unknown", lang)
    incidents, unserved, stranded = (amount(one.mean, lang) if one else "" for one in found)
    values = {"incidents": incidents, "unserved": unserved, "stranded": stranded}
    key = "lack.boats" if speaks_of_boats(book.scored) else "lack.teams"
    return book_text(key, lang, **values)


def _people(book: Book, plan: str, lang: Lang) -> str:
    told = book.score(plan).measures.get("told_t90_min")
    if told is None:
        return book_text("lack.people_unknown", lang)
    if told.p90 == float("inf"):
        return book_text("lack.people_never", lang)
    return book_text("lack.people", lang, minutes=plain_minutes(told.p90, lang))


def outage_lines(book: Book, plan: str, lang: Lang) -> list[str]:
    """Posts and phones without network or power are not simulated; shelters and roads are."""
    lines = [book_text("outage.not_simulated", lang)]
    if (moved := book.score(plan).measures.get("moved_on")) and moved.mean:
        lines.append(book_text("outage.shelters", lang, people=round(moved.mean)))
    table = book.scored.tables[plan]
    if "t90_margin_min" in table.values:
        cut = float((table.of("t90_margin_min") == table.of("t90_margin_min")).mean())
        lines.append(book_text("outage.roads", lang, cut=percent(cut, lang)))
    return lines


def trust_lines(book: Book, plan: str, lang: Lang) -> list[str]:
    """Replications and seed, the real night where there is one, the cases."""
    lines = [book_text("trust.runs", lang, n=book.scored.n, seed=book.document["seed"])]
    found = book.scored.observed.get(plan, ())
    if found:
        inside = sum(one.inside for one in found)
        values = {"n": len(found), "inside": inside, "plan": book.name(plan, lang)}
        lines.append(book_text("trust.observed", lang, **values))
    else:
        lines.append(book_text("trust.no_observed", lang))
    return [*lines, book_text("trust.cases", lang)]
