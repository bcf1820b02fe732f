"""Clearance curves: told, left, out, registered against the clock, with bands and cut-offs."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from sim.measures.curves import NAMES
from sim.report.blocks import Picture
from sim.report.book import Book
from sim.report.cutoffs import people_cut_off
from sim.report.figures.look import (
    LINES,
    PLANS,
    Floats,
    as_png,
    band,
    clock_axis,
    hours_of,
    last_change_h,
    legend_above,
    new_figure,
    tidy,
)
from sim.texts.book import book_text
from sim.texts.report import Lang

COLOURS = {"told": "#b7791f", "left": "#805ad5", "out": "#2b6cb0", "registered": "#2f855a"}
CUT = "#c53030"


def clearance(book: Book, plan: str, lang: Lang) -> Picture | None:
    """The four curves of a plan with bands, and how many people are cut off by when.

    None when the run has no curves (an old run) or nobody is at risk.
    """
    shares = _shares(book, plan)
    if not shares:
        return None
    figure = new_figure(15.5, 10.5)
    panels = figure.subplots(2, 2, sharex=True, sharey=True).flat
    cut = people_cut_off(book)
    last_h = last_change_h([np.median(values, axis=0) for values in shares.values()])
    for number, (axes, (name, values)) in enumerate(zip(panels, shares.items(), strict=False)):
        if cut is not None:
            _draw(axes, cut * (100.0 / _people(book, plan)), CUT, book_text("curve.cut", lang))
        _draw(axes, values, COLOURS[name], book_text(f"curve.{name}", lang))
        _finish(axes, book, last_h, lang)
        axes.legend(frameon=False, fontsize=8, ncols=2, loc="lower left", bbox_to_anchor=(0, 1.0))
        axes.label_outer()
        axes.set_xlabel(book_text("axis.clock", lang) if number > 1 else "", fontsize=8)
        axes.set_ylabel(book_text("axis.people", lang) if number % 2 == 0 else "", fontsize=8)
    reading = book_text("clearance.reading", lang)
    if cut is None and book.scenario_missing is not None:
        reading = f"{reading} {book_text('clearance.no_cut', lang)}"
    caption = book_text("clearance.caption", lang, plan=book.name(plan, lang))
    return Picture(f"clearance-{plan}", as_png(figure), caption, reading)


def _draw(axes: Axes, values: Floats, colour: str, name: str) -> None:
    """Median and band of one curve; the cut-offs dotted, so that they differ in print."""
    low, middle, high = band(values)
    hours, style = hours_of(len(middle)), ":" if colour == CUT else "-"
    axes.fill_between(hours, low, high, color=colour, alpha=0.14, linewidth=0)
    axes.plot(hours, middle, color=colour, linewidth=1.8, linestyle=style, label=name)


def all_plans(book: Book, lang: Lang) -> Picture | None:
    """People out against the clock, a line per plan; bands for the baseline and the best plan."""
    if len(book.plans) < 2:
        return None
    figure = new_figure(15.5, 7.6)
    axes = figure.subplots()
    drawn = []
    for row, plan in enumerate(book.plans):
        out = _shares(book, plan).get("out")
        if out is None:
            continue
        low, middle, high = band(out)
        hours, colour = hours_of(len(middle)), PLANS[row % len(PLANS)]
        if plan in (book.scored.baseline, book.best):
            axes.fill_between(hours, low, high, color=colour, alpha=0.12, linewidth=0)
        style = LINES[row % len(LINES)]
        name = book.name(plan, lang)
        axes.plot(hours, middle, color=colour, linestyle=style, linewidth=1.8, label=name)
        drawn.append(middle)
    if not drawn:
        return None
    _finish(axes, book, last_change_h(drawn), lang)
    legend_above(figure, axes)
    caption, reading = (book_text(f"plans.{part}", lang) for part in ("caption", "reading"))
    return Picture("plans", as_png(figure), caption, reading)


def _people(book: Book, plan: str) -> float:
    found = book.score(plan).measures.get("people_at_risk")
    return found.p50 if found is not None else 0.0


def _shares(book: Book, plan: str) -> dict[str, Floats]:
    """The curves in per cent of the people at risk."""
    people, curves = _people(book, plan), book.curves(plan)
    if not people:
        return {}
    return {name: curves[name] * (100.0 / people) for name in NAMES if name in curves}


def _finish(axes: Axes, book: Book, last_h: float, lang: Lang) -> None:
    tidy(axes)
    clock_axis(axes, book.clock_start, last_h, lang)
    axes.set_ylim(0, 100)
    axes.set_ylabel(book_text("axis.people", lang), fontsize=8)
