"""四、谁晚了: dangerous zones with who answers, who is last in the median and the worst night."""

from __future__ import annotations

import math

import numpy as np

from sim.clock import MS_PER_MIN
from sim.measures.delays import LINKS, Delays, Late, delays_of, late_list
from sim.report.blocks import Block, Grid, Heading, Text
from sim.report.book import Book
from sim.report.danger import DangerZone, danger_zones
from sim.report.one_page import missing
from sim.report.words import amount, clock, percent
from sim.texts.book import book_text
from sim.texts.report import Lang, say
from sim.world import World

ZONES, LATE = 20, 15


def late_chapter(book: Book, lang: Lang) -> list[Block]:
    """Of the best plan; what the scenario folder cannot tell any more is said."""
    plan = book.best
    blocks: list[Block] = [
        Heading(1, book_text("ch.late", lang)),
        Heading(2, book_text("sec.danger", lang)),
        _danger(book, plan, lang),
    ]
    for which in ("median", "worst"):
        blocks.append(Heading(2, book_text(f"sec.late_{which}", lang)))
        blocks += _night(book, plan, which, lang)
    return blocks


def _danger(book: Book, plan: str, lang: Lang) -> Block:
    zones = danger_zones(book, plan, ZONES)
    if zones is None:
        return Text(missing(book, lang) or book_text("danger.no_cut", lang))
    if not zones:
        return Text(book_text("danger.none", lang))
    keys = ("zone", "township", "people", "left", "cut", "order", "out", "answers")
    return Grid(
        book_text("sec.danger", lang),
        tuple(book_text(f"head.{key}", lang) for key in keys),
        tuple(_zone_row(book, zone, lang) for zone in zones),
        forms=("text", "text", "count", "number", "number", "number", "number", "text"),
        widths=(2.2, 1.4, 1, 1.5, 1, 1.4, 1.4, 3.4),
    )


def _zone_row(book: Book, zone: DangerZone, lang: Lang) -> tuple[str, ...]:
    times = [
        say("word.unknown", lang) if value is None else clock(value, book.clock_start, lang)
        for value in (zone.order_min, zone.out_min)
    ]
    comma = "、" if lang == "zh" else ", "
    return (
        zone.name,
        zone.township,
        f"{zone.people:,}",
        amount(zone.left_behind, lang),
        percent(zone.cut_share, lang),
        *times,
        comma.join(zone.answers) or book_text("danger.nobody", lang),
    )


def _night(book: Book, plan: str, which: str, lang: Lang) -> list[Block]:
    """Who was last in one kept replication, and where the time of everybody went."""
    log, world = book.log(plan, which), book.world
    if world is None:
        return [Text(missing(book, lang) or "")]
    if log is None or book.facts(plan, which) is None:
        return [Text(book_text("late.no_log", lang))]
    delays = delays_of(world, log)
    if not len(delays.party):
        return [Text(book_text("late.nobody", lang))]
    values = {"plan": book.name(plan, lang), "number": log.replication}
    return [
        Text(book_text("late.how", lang, **values)),
        _late_grid(book, late_list(world, delays, LATE), which, lang),
        _links_grid(world, delays, lang),
    ]


def _late_grid(book: Book, late: list[Late], which: str, lang: Lang) -> Grid:
    keys = ("village", "group", "persons", "counted", "costly", "minutes")
    rows = tuple(
        (
            one.village,
            _group(one.group, lang),
            f"{one.persons:,}",
            clock(one.registered_min, book.clock_start, lang),
            book_text(f"link.{one.costly_link}", lang),
            f"{math.ceil(one.costly_min - 1e-9):,}",
        )
        for one in late
    )
    return Grid(
        book_text(f"sec.late_{which}", lang),
        tuple(book_text(f"head.{key}", lang) for key in keys),
        rows,
        forms=("text", "text", "count", "number", "text", "number"),
        widths=(2.6, 2.4, 1, 1.6, 2.4, 1),
    )


def _group(name: str, lang: Lang) -> str:
    special = name.removeprefix("special_")
    text = book_text(f"group.{special}", lang)
    return text if special == name else book_text("group.special", lang, group=text)


def _links_grid(world: World, delays: Delays, lang: Lang) -> Grid:
    """Minutes per person by link, over everybody counted who was not fetched by boat."""
    persons = world.parties.size[delays.party].astype(np.int64)
    spent = (delays.links_ms * persons[:, None]).sum(axis=0) / MS_PER_MIN
    whole = float(spent.sum())
    rows = tuple(
        (
            book_text(f"link.{name}", lang),
            amount(float(minutes) / float(persons.sum()), lang),
            percent(float(minutes) / whole if whole else 0.0, lang),
        )
        for name, minutes in zip(LINKS, spent, strict=True)
    )
    return Grid(
        book_text("sec.links", lang),
        tuple(book_text(f"head.{key}", lang) for key in ("link", "person_mean", "link_share")),
        rows,
        forms=("text", "number", "number"),
        widths=(4, 2, 2),
    )
