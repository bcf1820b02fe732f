"""Turns measurements into docs/benchmarks/traffic.md."""

from __future__ import annotations

from statistics import mean
from typing import Any

from goals import goals
from steps import LONG
from tables import Found, seconds, table, times
from words import ABOUT, CASES, DIFFERENCES, FAST, HEAD, SCALE, TRAPS

MEASURED = ("Yuyan", "uxsim", "SUMO meso, even", "SUMO meso", "SimPy agents")


def agreement(found: Found) -> str:
    """Figures of every player on every case, and how far ours are from them."""
    rows = []
    for case in found.cases:
        ours = found.get(case, "Yuyan")
        for player in MEASURED:
            row = found.get(case, player)
            if row is None or ours is None:
                continue
            a, b = ours.figures, row.figures
            off = [
                "" if row is ours else f"{(mine / other - 1) * 100:+.2f} %"
                for mine, other in ((a.total_h, b.total_h), (a.t90_s, b.t90_s))
            ]
            rows.append(
                (
                    case if row is ours else "",
                    player,
                    f"{b.arrived:,}",
                    f"{b.total_h:,.1f}",
                    off[0],
                    f"{b.t90_s:,.0f}",
                    off[1],
                    f"{b.clearance_s:,.0f}",
                )
            )
    head = ("case", "", "arrived", "hours", "ours off", "T90 s", "ours off", "clear s")
    return table(head, rows)


def speed(found: Found) -> str:
    """Seconds of every player on every case, and the ratio to ours."""
    rows = []
    for case in found.cases:
        ours = found.get(case, "Yuyan")
        assert ours is not None
        each = ours.run_s / ours.traversals * 1e9
        rows.append((case, f"{ours.traversals:,}", "Yuyan", seconds(ours.run_s), f"{each:.0f} ns"))
        for row in found.cases[case]:
            if row.player == "Yuyan":
                continue
            spent = row.run_s + row.search_s if "search" in row.player else row.run_s
            rows.append(("", "", row.player, seconds(spent), times(spent / ours.run_s)))
    return table(("case", "links driven", "", "CPU s", "per link, or by ours"), rows)


def own_choice(found: Found) -> str:
    """uxsim's example with drivers' own choice, seed by seed."""
    own = found.data["own_choice"]
    rows = [
        (
            name,
            ", ".join(f"{h:,.0f}" for h in own[f"{key}_h"]),
            f"{mean(own[f'{key}_h']):,.0f}",
            seconds(own[f"{key}_s"]),
            f"{own[f'{key}_links']:,}",
        )
        for name, key in (("uxsim, as its authors run it", "uxsim"), ("Yuyan", "yuyan"))
    ]
    replayed = ", ".join(f"{h:,.0f}" for h in own["fixed_h"])
    rows.append(("uxsim replaying one seed's routes", replayed, f"{mean(own['fixed_h']):,.0f}"))
    width = max(len(row) for row in rows)
    full = [(*row, *("",) * (width - len(row))) for row in rows]
    return table(("", "hours by seed", "mean", "CPU s", "links driven"), full)


def scale(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    """Growth on the Auckland network, where it was measured."""
    if not rows:
        return ()
    head = (
        "people", "cars", "links driven", "CPU s", "ns a link", "own MiB", "resident MiB",
        "arrived", "time by free time", "last, h",
    )  # fmt: skip
    lines = [
        (
            f"{row['people']:,}",
            f"{row['cars']:,}",
            f"{row['driven']:,}",
            f"{row['s']:.3f}",
            f"{row['s'] / row['driven'] * 1e9:.0f}",
            f"{row['own_mib']:.1f}",
            f"{row['resident_mib']:.0f}",
            f"{row['arrived'] / row['cars'] * 100:.1f} %",
            f"{row['late']:.2f}",
            f"{row['clear_h']:.1f}",
        )
        for row in rows
    ]
    return ("## Scale: Auckland\n", SCALE, table(head, lines))


def written(data: dict[str, Any]) -> str:
    """The page."""
    found = Found(data)
    names = ", ".join(f"{name} {number}" for name, number in data["versions"].items())
    quick = "" if set(LONG) <= set(data) else "\n**The largest cases are missing.**\n"
    return "\n".join(
        (
            HEAD, quick, f"Measured on a 2-core x86-64 machine with {names}.", ABOUT,
            "## Goals\n", goals(found), "## What makes the kernel fast\n", FAST,
            "## Cases\n", CASES, "## Agreement\n", agreement(found), DIFFERENCES,
            "### Drivers who choose: uxsim's own example\n", own_choice(found),
            "## Seconds\n", speed(found), TRAPS, *scale(data.get("auckland", [])),
        )
    )  # fmt: skip
