"""Draws docs/picture.png from a real run: who was out by when, before the roads closed, and how.

A Chinese font (Debian: ``apt-get install fonts-noto-cjk``), then
``yuyan run scenarios/yunling --out RUN`` and ``python docs/make_picture.py RUN``.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np

mpl.use("agg")
from matplotlib import font_manager
from matplotlib import pyplot as plt

from sim.clock import parse_clock_start
from sim.experiment.scored import ScoredRun, score_run
from sim.experiment.store import RunFolder
from sim.measures.intervals import mean_interval
from sim.measures.observed import GRID_MIN

FONTS = (
    "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "Microsoft YaHei",
    "Noto Sans CJK JP",
)  # fmt: skip
"""In this order; matplotlib sees only the first face of a collection, hence the last name."""
COLOURS = ("#b5483a", "#3b6ea5", "#8a6bb0", "#2e8b57", "#c98a1b")
WAYS = {
    "moved_by_bus": ("大巴中巴 coach", "#2e6da4"),
    "moved_by_ambulance": ("救护车 ambulance", "#7fb2dd"),
    "moved_by_car": ("自驾投亲 own car", "#5fa777"),
    "moved_on_foot": ("步行 on foot", "#a8d08d"),
    "safe_in_place": ("就近避险 in place", "#d9d2a6"),
    "unreached": ("未转也未受灾 not reached", "#e3e3e3"),
    "moved_by_boat": ("冲锋舟 boat", "#e0702f"),
    "stranded": ("被困 stranded", "#8b1a1a"),
}
LAST_H = 24
"""The clearance curves are drawn for the first day."""


def chinese_font() -> str:
    """The first font of the list that is installed; without one the labels would be boxes."""
    for file in font_manager.findSystemFonts():  # its own list may be older than the font
        if any(word in Path(file).name for word in ("CJK", "SourceHan", "wqy", "msyh")):
            font_manager.fontManager.addfont(file)
    known = {font.name for font in font_manager.fontManager.ttflist}
    for name in FONTS:
        if name in known:
            return name
    raise SystemExit(f"no Chinese font found, need one of: {', '.join(FONTS)}")


def names(scored: ScoredRun) -> dict[str, str]:
    """Plan id to the name planners gave it."""
    plans = scored.run.document["plans"]
    return {plan: plans[plan]["name"]["zh"] for plan in scored.tables}


def best(scored: ScoredRun) -> str:
    """The plan with the highest mean share out before the cut-off."""
    means = {
        plan: np.nanmean(table.of("out_before_cutoff_share"))
        for plan, table in scored.tables.items()
    }
    return max(means, key=lambda plan: (means[plan], plan))


def clearance(axes: Any, scored: ScoredRun) -> None:
    """People out against the clock: median and the band of nine nights in ten."""
    start = parse_clock_start(scored.run.document["scenario"]["clock_start"])
    with scored.run.results() as results:
        for (plan, name), colour in zip(names(scored).items(), COLOURS, strict=False):
            out = (
                results.curves(plan, scored.n)["out"] / scored.tables[plan].of("people_at_risk")[0]
            )
            shown = out[:, : LAST_H * 60 // GRID_MIN + 1] * 100
            hours = np.arange(shown.shape[1]) * GRID_MIN / 60
            low, middle, high = np.quantile(shown, (0.05, 0.5, 0.95), axis=0)
            if plan in (scored.baseline, best(scored)):
                axes.fill_between(hours, low, high, color=colour, alpha=0.14, linewidth=0)
            axes.plot(hours, middle, color=colour, linewidth=2, label=name)
    ticks = range(0, LAST_H + 1, 3)
    axes.set_xticks(list(ticks), [f"{start + timedelta(hours=h):%H}时" for h in ticks])
    axes.set(xlim=(0, LAST_H), ylim=(0, 100), ylabel="应转人员中已到安全处的 %")
    axes.set_title("转出过程：线是中位；带是九成预演（画出两个方案的）", loc="left")
    axes.legend(frameon=False, loc="upper left")
    axes.grid(alpha=0.25)


def before_cutoff(axes: Any, scored: ScoredRun) -> None:
    """The headline: share out before the road is cut, with the interval of its mean."""
    for row, (plan, name) in enumerate(names(scored).items()):
        known = scored.tables[plan].of("out_before_cutoff_share")
        known = known[~np.isnan(known)] * 100
        mean, interval = known.mean(), mean_interval(known)
        axes.barh(row, mean, color=COLOURS[row % len(COLOURS)], height=0.42)
        if interval is not None:
            error = [[mean - interval.low], [interval.high - mean]]
            axes.errorbar(mean, row, xerr=error, color="#222222", capsize=4, linewidth=1.4)
        axes.text(1, row - 0.38, f"{name}  {mean:.0f}%", va="center", fontsize=10)
    axes.set(
        xlim=(0, 100),
        ylim=(-0.7, len(scored.tables) - 0.6),
        xlabel="%（横线：均值的 95% 区间）",
        yticks=[],
    )
    axes.invert_yaxis()
    axes.set_title("提前安全转移率：断路之前已转出", loc="left")


def ways(axes: Any, scored: ScoredRun) -> None:
    """How everybody on the lists ended the night, mean persons per plan."""
    left = np.zeros(len(scored.tables))
    at_risk = scored.tables[scored.baseline].of("people_at_risk")[0]
    for measure, (label, colour) in WAYS.items():
        mean = np.array([np.nanmean(table.of(measure)) for table in scored.tables.values()])
        axes.barh(range(len(mean)), mean, left=left, color=colour, height=0.62, label=label)
        for row, (width, start) in enumerate(zip(mean, left, strict=True)):
            if width > 0.0055 * at_risk * len(f"{width:,.0f}"):
                dark = colour in ("#2e6da4", "#8b1a1a", "#e0702f")
                axes.text(start + width / 2, row, f"{width:,.0f}", ha="center", va="center",
                          fontsize=8, color="white" if dark else "#333333")  # fmt: skip
        left += mean
    axes.set_yticks(range(len(left)), list(names(scored).values()))
    axes.set(xlim=(0, left.max()))
    axes.invert_yaxis()
    axes.set_title("怎样离开：多坐大巴车走、少划冲锋舟救（人，各次平均）", loc="left")
    axes.legend(frameon=False, ncols=8, loc="upper center", bbox_to_anchor=(0.46, -0.09),
                fontsize=9, handlelength=1, columnspacing=1.1)  # fmt: skip


def draw(scored: ScoredRun, file: Path) -> None:
    """The whole picture."""
    mpl.rcParams.update({"font.family": chinese_font(), "font.size": 10.5})
    figure = plt.figure(figsize=(13, 8.6), dpi=90, layout="constrained")
    places = figure.subplot_mosaic([["clear", "cut"], ["ways", "ways"]], width_ratios=(1.55, 1))
    clearance(places["clear"], scored)
    before_cutoff(places["cut"], scored)
    ways(places["ways"], scored)
    for axes in places.values():
        axes.spines[["top", "right"]].set_visible(False)
    scenario = scored.run.document["scenario"]
    figure.suptitle(
        f"{scenario['name']['zh']}：{len(scored.tables)} 个方案，各预演 {scored.n} 次"
        f"（种子 {scored.run.document['seed']}）   模拟数据，不作灾情统计和问责依据",
        fontsize=12.5, x=0.01, ha="left",
    )  # fmt: skip
    figure.savefig(file, metadata={"Software": None})


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("python docs/make_picture.py RUN")
    draw(score_run(RunFolder.open(Path(sys.argv[1]))), Path(__file__).with_name("picture.png"))
