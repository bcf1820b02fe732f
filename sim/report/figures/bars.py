"""Bars and dots: how people left, target lights with their bounds, paired differences."""

from __future__ import annotations

from textwrap import wrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.experiment.compare import Comparison
from sim.measures.scorecard import TargetScore
from sim.report.blocks import Picture
from sim.report.book import Book
from sim.report.figures.look import as_png, legend_above, letters, new_figure, tidy
from sim.texts.book import book_text
from sim.texts.report import Lang, label, say

WAYS = {
    "moved_by_bus": "#2b6cb0",
    "moved_by_ambulance": "#90cdf4",
    "moved_by_car": "#68a47b",
    "moved_on_foot": "#b5d6a3",
    "safe_in_place": "#ddd6a8",
    "unreached": "#e6e6e6",
    "moved_by_boat": "#dd6b20",
    "moved_by_team": "#c05621",
    "stranded": "#822727",
}
"""Every way out and every way not to be out; together they are the people at risk."""
DARK = ("#2b6cb0", "#822727", "#dd6b20", "#c05621")
LIGHTS = {"met": "#2f855a", "missed": "#c53030", "undecided": "#b7791f", "impossible": "#822727"}
VERDICTS = {"better": "#2f855a", "worse": "#c53030", "indistinguishable": "#718096"}
COMPARED = (("out_before_cutoff_share", 100.0, "axis.points"),
            ("moved_by_boat", 1.0, "axis.persons_less"))  # fmt: skip


def modes(book: Book, lang: Lang) -> Picture | None:
    """How everybody on the lists ended, mean persons per plan, as one bar each."""
    scores = [book.score(plan) for plan in book.plans]
    known = [name for name in WAYS if any(name in score.measures for score in scores)]
    means = {
        name: np.array([getattr(s.measures.get(name), "mean", None) or 0.0 for s in scores])
        for name in known
    }
    means = {name: mean for name, mean in means.items() if mean.any()}
    if not means:
        return None
    rows = len(scores)
    figure = new_figure(15.5, 2.6 + 0.95 * rows)
    axes = figure.subplots()
    left = np.zeros(rows)
    whole = max(float(column) for column in sum(means.values(), np.zeros(rows)))
    for name, mean in means.items():
        colour = WAYS[name]
        axes.barh(range(rows), mean, left=left, color=colour, height=0.66, label=label(name, lang))
        for row in range(rows):
            text = f"{mean[row]:,.0f}"
            if mean[row] > 0.016 * whole * len(text):
                axes.text(
                    left[row] + mean[row] / 2, row, text, ha="center", va="center", fontsize=7,
                    color="white" if colour in DARK else "#222222",
                )  # fmt: skip
        left = left + mean
    tidy(axes)
    axes.grid(axis="y", visible=False)
    _name_rows(axes, [book.name(plan, lang) for plan in book.plans])
    axes.set_xlim(0, whole)
    axes.set_xlabel(book_text("axis.persons", lang), fontsize=8)
    legend_above(figure, axes)
    key = "modes" if "moved_by_boat" in means else "modes_dry"
    return _picture(key, figure, lang)


def lights(book: Book, plan: str, lang: Lang) -> Picture | None:
    """Chance of every target with its bounds, beside the chance that is required."""
    targets = [t for t in book.score(plan).targets if t.light.n_judged]
    if not targets:
        return None
    figure = new_figure(15.5, 2.0 + 0.9 * len(targets))
    axes = figure.subplots()
    for row, target in enumerate(targets):
        lamp, colour = target.light, LIGHTS[target.light.colour]
        axes.plot([100 * lamp.lower, 100 * lamp.upper], [row, row], color=colour, linewidth=3)
        met = 100 * lamp.n_met / lamp.n_judged
        axes.plot(met, row, "o", color=colour, markersize=7, clip_on=False)
        required = 100 * target.required
        axes.plot([required] * 2, [row - 0.34, row + 0.34], color="#222222", linewidth=1.6)
        text = say(f"target.{lamp.colour}", lang)
        axes.text(103, row, text, va="center", fontsize=8, color=colour)
    tidy(axes)
    _name_rows(axes, [target_name(target, lang) for target in targets])
    axes.set_xlim(0, 100)
    axes.set_ylim(len(targets) - 0.5, -0.5)
    axes.set_xlabel(book_text("axis.chance", lang), fontsize=8)
    return _picture(f"lights-{plan}", figure, lang, plan=book.name(plan, lang))


def differences(book: Book, lang: Lang) -> Picture | None:
    """Mean paired differences from the baseline with intervals; a panel per measure."""
    others = [plan for plan in book.plans if plan != book.scored.baseline]
    panels = [
        (measure, factor, axis, [book.scored.comparison(plan, measure) for plan in others])
        for measure, factor, axis in COMPARED
    ]
    panels = [panel for panel in panels if any(_has_mean(one) for one in panel[3])]
    if not others or not panels:
        return None
    figure = new_figure(15.5, 2.2 + 0.85 * len(others))
    row_of_axes = figure.subplots(1, len(panels), sharey=True, squeeze=False)[0]
    for axes, (measure, factor, axis, found) in zip(row_of_axes, panels, strict=True):
        for row, one in enumerate(found):
            if one is not None and _has_mean(one):
                _draw(axes, row, one, factor)
        axes.axvline(0, color="#222222", linewidth=1)
        tidy(axes)
        axes.set_title(label(measure, lang), fontsize=9, loc="left")
        axes.set_xlabel(book_text(axis, lang), fontsize=8)
    first = row_of_axes[0]
    _name_rows(first, [book.name(plan, lang) for plan in others])
    first.set_ylim(len(others) - 0.5, -0.5)
    baseline = book.name(book.scored.baseline, lang)
    return _picture("differences", figure, lang, baseline=baseline)


def target_name(target: TargetScore, lang: Lang) -> str:
    """What a target is called."""
    return target.text["en"] if lang == "en" and target.text.get("en") else target.text["zh"]


def _has_mean(one: Comparison | None) -> bool:
    return one is not None and one.result.diff_mean is not None and one.result.ci95 is not None


def _draw(axes: Axes, row: int, one: Comparison, factor: float) -> None:
    result, colour = one.result, VERDICTS[one.result.verdict]
    if result.diff_mean is None or result.ci95 is None:
        return
    ends = [factor * result.ci95.low, factor * result.ci95.high]
    axes.plot(ends, [row, row], color=colour, linewidth=3)
    axes.plot(factor * result.diff_mean, row, "o", color=colour, markersize=7)


def _name_rows(axes: Axes, names: list[str]) -> None:
    axes.set_yticks(range(len(names)), [_short(name) for name in names], fontsize=8)
    axes.invert_yaxis()


def _short(name: str, most: int = 14) -> str:
    """A long name on two lines, cut after the second."""
    if letters(name) <= most:
        return name
    latin = all(ord(letter) < 0x2E80 for letter in name)
    lines = wrap(name, 2 * most) if latin else [name[:most], name[most:]]
    second = " ".join(lines[1:])
    whole = letters(second) <= most + 1
    return f"{lines[0]}\n{second if whole else second[: most - 1] + '…'}"


def _picture(key: str, figure: Figure, lang: Lang, **values: object) -> Picture:
    family = key.split("-")[0]
    caption = book_text(f"{family}.caption", lang, **values)
    return Picture(key, as_png(figure), caption, book_text(f"{family}.reading", lang))
