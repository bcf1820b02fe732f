"""The real night: reported numbers over the simulated band of a plan."""

from __future__ import annotations

from sim.report.blocks import Picture
from sim.report.book import Book
from sim.report.figures.look import as_png, band, clock_axis, hours_of, new_figure, tidy
from sim.texts.book import book_text
from sim.texts.report import Lang, say

BAND, DOT = "#2b6cb0", "#c53030"
PANELS = 4
"""Curves drawn at most: the county first, then townships as the reports name them."""


def observed(book: Book, plan: str, lang: Lang) -> Picture | None:
    """A panel per reported curve; None when nothing was reported."""
    found = book.scored.observed.get(plan, ())
    curves = list(dict.fromkeys(one.curve for one in found))[:PANELS]
    known = book.curves(plan)
    curves = [name for name in curves if name in known]
    if not curves:
        return None
    rows = (len(curves) + 1) // 2
    figure = new_figure(15.5, 1.2 + 5.4 * rows)
    axes_list = figure.subplots(rows, min(2, len(curves)), squeeze=False).flat
    titles = []
    for axes, name in zip(axes_list, curves, strict=False):
        low, middle, high = band(known[name] * 1.0)
        hours = hours_of(len(middle))
        axes.fill_between(hours, low, high, color=BAND, alpha=0.15, linewidth=0)
        axes.plot(hours, middle, color=BAND, linewidth=1.8)
        mine = [one for one in found if one.curve == name]
        axes.plot([one.minute / 60 for one in mine], [one.observed for one in mine], "o", color=DOT)
        tidy(axes)
        last = max([one.minute / 60 for one in mine] + [2.0]) * 1.3
        clock_axis(axes, book.clock_start, min(last, float(hours[-1])), lang)
        axes.set_ylim(bottom=0)
        kind, _, township = name.partition(":")
        title = f"{township or say('observed.whole', lang)} {say(f'observed.{kind}', lang)}"
        axes.set_title(title, fontsize=9, loc="left")
        titles.append(title)
    for axes in list(axes_list):
        axes.set_visible(False)
    comma = "、" if lang == "zh" else ", "
    caption = book_text("observed.caption", lang, what=comma.join(titles))
    reading = book_text("observed.reading", lang, plan=book.name(plan, lang))
    return Picture(f"observed-{plan}", as_png(figure), caption, reading)
