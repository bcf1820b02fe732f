"""How all figures look: size, colours that survive a black-and-white printer, clock axes."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.measures.observed import GRID_MIN
from sim.report.figures.font import use_chinese_font
from sim.texts.book import book_text
from sim.texts.report import Lang

PLANS = ("#4a5568", "#2b6cb0", "#805ad5", "#2f855a", "#c05621", "#b83280", "#718096")
"""A colour per plan, in the order of the run."""
LINES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1)), (0, (1, 1)), (0, (3, 1)))
"""A dash per plan: two plans differ in print as well."""
DPI = 180
CM = 1 / 2.54
HOUR_MIN = 60
LETTER_CM, KEY_CM = 0.285, 1.25
"""A Chinese letter of the legend at 8 points, and the line or patch before each text."""
Floats = NDArray[np.floating[Any]]


def new_figure(wide_cm: float, high_cm: float) -> Figure:
    """An empty figure with the font and size of our documents."""
    use_chinese_font()
    figure = Figure(figsize=(wide_cm * CM, high_cm * CM), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def as_png(figure: Figure) -> bytes:
    """The figure as PNG, the same bytes every time."""
    file = io.BytesIO()
    with warnings.catch_warnings():
        # A rare character outside both fonts is drawn as a box; that must not end a report.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def tidy(axes: Axes) -> None:
    """No frame above and at the right, a light grid."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(alpha=0.25, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=8)


def legend_above(figure: Figure, axes: Axes) -> None:
    """The legend over the whole width above the axes, in as many columns as its texts allow."""
    handles, names = axes.get_legend_handles_labels()
    wide_cm = figure.get_figwidth() / CM - 1.0
    longest_cm = max((letters(name) * LETTER_CM for name in names), default=0.0)
    columns = max(1, min(len(names), int(wide_cm // (longest_cm + KEY_CM))))
    figure.legend(
        handles, names, loc="outside upper left", ncols=columns, frameon=False, fontsize=8,
        borderaxespad=0.2, columnspacing=1.2,
    )  # fmt: skip


def letters(text: str) -> float:
    """Length of a text in Chinese letters; a Latin one counts a little more than half."""
    return sum(1.0 if ord(letter) > 0x2E80 else 0.56 for letter in text)


def hours_of(points: int) -> Floats:
    """Hours from clock_start of the grid of the curves."""
    return np.arange(points) * (GRID_MIN / HOUR_MIN)


def clock_axis(axes: Axes, start: datetime, last_h: float, lang: Lang) -> None:
    """Ticks as clock times, every three hours or wider, with the day where a new one begins."""
    step = next(h for h in (1, 2, 3, 6, 12, 24, 48, 10_000) if last_h / h <= 9)
    ticks = np.arange(0, last_h + 1e-9, step)
    labels = []
    for hour in ticks:
        moment = start + timedelta(hours=float(hour))
        new_day = hour == 0 or moment.hour < step
        day = f"{moment.month}/{moment.day}" if new_day else ""
        labels.append(f"{moment:%H:%M}\n{day}" if day else f"{moment:%H:%M}")
    axes.set_xticks(ticks, labels)
    axes.set_xlim(0, last_h)
    axes.set_xlabel(book_text("axis.clock", lang), fontsize=8)


def last_change_h(lines: Sequence[Floats]) -> float:
    """Hours until which something still happens on any of these curves, with some room."""
    last = 2.0
    for line in lines:
        moved = np.flatnonzero(np.abs(np.diff(line)) > 0.005 * max(1e-9, float(np.max(line))))
        if moved.size:
            last = max(last, (int(moved[-1]) + 2) * GRID_MIN / HOUR_MIN)
    return float(np.ceil(last))


def band(values: Floats) -> tuple[Floats, Floats, Floats]:
    """P5, P50 and P95 over replications at every grid point; values float64[n, points]."""
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95), axis=0)
    return low, middle, high
