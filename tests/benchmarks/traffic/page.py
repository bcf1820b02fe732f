"""Turns measurements into docs/benchmarks/traffic.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import mean, median
from typing import Any

from measure import Played, from_json
from steps import LONG, PLANS
from words import ABOUT, CASES, DIFFERENCES, FAST, HEAD, SCALE, TRAPS

MEASURED = ("Yuyan", "uxsim", "SUMO meso, even", "SUMO meso", "SimPy agents")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def seconds(value: float) -> str:
    """Seconds with three digits."""
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.3g}" if value >= 0.001 else f"{value:.4f}"


def times(value: float) -> str:
    """A ratio: 3.4x, 62x, 1,240x."""
    return f"{value:,.0f}×" if value >= 10 else f"{value:.1f}×"


class Found:
    """The measurements, by case and player."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.cases = {name: from_json(data[name]) for name in PLANS if name in data}

    def get(self, case: str, player: str) -> Played | None:
        """One line; uxsim without its search can be read from the run with it."""
        rows = {row.player: row for row in self.cases.get(case, [])}
        if player == "uxsim":
            return rows.get(player) or rows.get("uxsim with its search")
        return rows.get(player)

    def ratio(self, case: str, player: str, mine: str = "Yuyan", search: bool = False) -> float:
        """Seconds of a peer by ours; nan where one of them was not measured."""
        a, b = self.get(case, player), self.get(case, mine)
        if a is None or b is None:
            return float("nan")
        return (a.run_s + (a.search_s if search else 0.0)) / b.run_s


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
            lines = [(row.player, row.run_s)]
            if row.player == "uxsim with its search":
                lines = [("uxsim", row.run_s), (row.player, row.run_s + row.search_s)]
                if any(other.player == "uxsim" for other in found.cases[case]):
                    del lines[0]
            rows += [("", "", who, seconds(s), times(s / ours.run_s)) for who, s in lines]
    return table(("case", "links driven", "", "CPU s", "per link, or by ours"), rows)


def verdict(met: bool | None) -> str:
    return {True: "yes", False: "**no**", None: "–"}[met]


def at_least(value: float, goal: float) -> tuple[str, str]:
    """A ratio and whether it reaches the goal; nan was not measured."""
    if value != value:
        return "not measured", verdict(None)
    return times(value), verdict(value >= goal)


def g1(found: Found) -> list[tuple[str, ...]]:
    rows = found.data["county, all"]
    cpu, own = min(r["cpu_s"] for r in rows), max(r["own_mib"] for r in rows)
    first = rows[0]["resident_mib"]
    met = cpu <= 3 and own <= 250 and first <= 600
    text = f"{cpu:.2f} s CPU, {own:.0f} MiB own state, {first:.0f} MiB resident"
    goal = "≤ 3 s CPU, ≤ 250 MiB own, ≤ 600 MiB resident"
    return [("G1 yardstick county", goal, text, verdict(met))]


def g3(found: Found) -> list[tuple[str, ...]]:
    value = found.ratio("county", "SimPy agents")
    return [("G3 SimPy agents, county, cars only", "≥ 100×", *at_least(value, 100))]


def g4(found: Found) -> list[tuple[str, ...]]:
    rows = []
    for player in ("SUMO meso", "SUMO meso, even"):
        value = found.ratio("county", player, "Yuyan, cold")
        rows.append((f"G4 {player}, county, both cold", "≥ 30×", *at_least(value, 30)))
        warm = at_least(found.ratio("county", player), 0)[0]
        rows.append((f"G4 {player}, county, ours without start-up", "told beside", warm, "–"))
    light, sumo = found.get("g2k, light", "Yuyan"), found.get("g2k, light", "SUMO meso, even")
    if light and sumo:
        off = light.figures.clearance_s / sumo.figures.clearance_s - 1
        figure = f"{off * 100:+.2f} %"
        rows.append(("G4 clearance in free flow (g2k, light)", "within 3 %", figure,
                     verdict(abs(off) <= 0.03)))  # fmt: skip
    for player in ("SUMO meso", "SUMO meso, even"):
        value = found.ratio("g2k, jammed", player)
        rows.append((f"G4 {player}, g2k jammed", "≥ 1,000×", *at_least(value, 1000)))
    return rows


def g5(found: Found) -> list[tuple[str, ...]]:
    own = found.data["own_choice"]
    theirs, mine = own["uxsim_links"] / own["uxsim_s"], own["yuyan_links"] / own["yuyan_s"]
    off = mean(own["yuyan_h"]) / mean(own["uxsim_h"]) - 1
    rows: list[tuple[str, ...]] = [
        (
            "G5 uxsim's own grid, links per second",
            "≥ 3×, hours within 10 %",
            f"{times(mine / theirs)}, hours {off * 100:+.1f} %",
            verdict(mine / theirs >= 3 and abs(off) <= 0.1),
        )
    ]
    for case, goal in (("g2k", 100), ("g20k", 1000)):
        value = found.ratio(case, "uxsim")
        rows.append((f"G5 {case}, same routes, no search", f"≥ {goal:,}×", *at_least(value, goal)))
        value = found.ratio(case, "uxsim with its search", search=True)
        rows.append((f"G5 {case}, with uxsim's route search", "told beside",
                     at_least(value, 0)[0], "–"))  # fmt: skip
    return rows


def g6(found: Found) -> list[tuple[str, ...]]:
    took = found.data["repair"]
    ratio = took["rebuild_s"] / took["repair_s"]
    return [
        (
            "G6 repair of 100 trees, 5 closed links of 107k",
            "≤ 10 ms, ≥ 30×",
            f"{took['repair_s'] * 1000:.1f} ms, {times(ratio)} faster than rebuilding",
            verdict(took["repair_s"] <= 0.01 and ratio >= 30),
        )
    ]


def g7(found: Found) -> list[tuple[str, ...]]:
    rows = found.data["county, all"]
    each = min(r["control_s"] / r["steps"] for r in rows) * 1e6
    share = min(r["control_s"] / r["cpu_s"] for r in rows)
    return [
        (
            "G7 control layer, county",
            "≤ 10 µs a SimPy step, ≤ 35 % of the run",
            f"{each:.1f} µs, {share * 100:.0f} % ({rows[0]['steps']:,} steps)",
            verdict(each <= 10 and share <= 0.35),
        )
    ]


def g8(found: Found) -> list[tuple[str, ...]]:
    spent = [r["cpu_s"] for r in found.data["town"]]
    return [
        (
            "G8 town: 2k links, 20k cars, 50 buses",
            "≤ 0.1 s each, 30 in < 3 s",
            f"{median(spent):.3f} s each, 30 in {sum(spent):.2f} s",
            verdict(median(spent) <= 0.1 and sum(spent) < 3),
        )
    ]


def g9(found: Found) -> list[tuple[str, ...]]:
    off = []
    for case in ("g2k, light", "g2k", "g2k, jammed", "g20k"):
        ours, peer = found.get(case, "Yuyan"), found.get(case, "uxsim")
        if ours and peer:
            pairs = zip(vars(ours.figures).values(), vars(peer.figures).values(), strict=True)
            off.append(max(abs(a / b - 1) for a, b in pairs))
    ticks = found.data["ticks_off"]
    return [
        ("G9 corridor against its formula", "exact to a tick", f"{ticks} ms", verdict(ticks == 0)),
        (
            "G9 grids against uxsim, deltan = 1",
            "within 0.5 %",
            f"{max(off) * 100:.2f} % at most",
            verdict(max(off) <= 0.005),
        ),
        ("G9 never below a bound", "never", "a test: tests/roads/test_peers.py", "yes"),
    ]


def goals(found: Found) -> str:
    parts = (g1, g3, g4, g5)
    rows = [row for part in parts for row in part(found)]
    rows += [*g6(found), *g7(found), *g8(found), *g9(found)]
    return table(("goal", "wanted", "measured", "reached"), rows)


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
