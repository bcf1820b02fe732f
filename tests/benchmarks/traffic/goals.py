"""The speed goals, each with its figure."""

from __future__ import annotations

from statistics import mean, median

from tables import Found, table, times

Lines = list[tuple[str, ...]]
"""Goal, wanted, measured, reached."""


def verdict(met: bool | None) -> str:
    return {True: "yes", False: "**no**", None: "–"}[met]


def at_least(value: float, goal: float) -> tuple[str, str]:
    """A ratio and whether it reaches the goal; nan was not measured."""
    if value != value:
        return "not measured", verdict(None)
    return times(value), verdict(value >= goal)


def g1(found: Found) -> Lines:
    rows = found.data["county, all"]
    cpu, own = min(r["cpu_s"] for r in rows), max(r["own_mib"] for r in rows)
    first = rows[0]["resident_mib"]
    met = cpu <= 3 and own <= 250 and first <= 600
    text = f"{cpu:.2f} s CPU, {own:.0f} MiB own state, {first:.0f} MiB resident"
    goal = "≤ 3 s CPU, ≤ 250 MiB own, ≤ 600 MiB resident"
    return [("G1 yardstick county", goal, text, verdict(met))]


def g3(found: Found) -> Lines:
    value = found.ratio("county", "SimPy agents")
    return [("G3 SimPy agents, county, cars only", "≥ 100×", *at_least(value, 100))]


def g4(found: Found) -> Lines:
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


def g5(found: Found) -> Lines:
    own = found.data["own_choice"]
    theirs, mine = own["uxsim_links"] / own["uxsim_s"], own["yuyan_links"] / own["yuyan_s"]
    off = mean(own["yuyan_h"]) / mean(own["uxsim_h"]) - 1
    rows: Lines = [
        (
            "G5 uxsim's own grid, links per second",
            "≥ 3×, hours within 10 %",
            f"{times(mine / theirs)}, hours {off * 100:+.1f} %",
            verdict(mine / theirs >= 3 and abs(off) <= 0.1),
        )
    ]
    pairs = (
        ("g2k", "uxsim", 100),
        ("g20k, light", "uxsim", 1000),
        ("g20k", "uxsim, platoons of 5", 1000),
    )
    for case, player, goal in pairs:
        value = found.ratio(case, player)
        name = f"G5 {case}, {player}, same routes, no search"
        rows.append((name, f"≥ {goal:,}×", *at_least(value, goal)))
        searching = f"{player}, with its search" if "," in player else f"{player} with its search"
        value = found.ratio(case, searching, search=True)
        rows.append((f"G5 {case}, {searching}", "told beside", at_least(value, 0)[0], "–"))
    return rows


def g6(found: Found) -> Lines:
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


def g7(found: Found) -> Lines:
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


def g8(found: Found) -> Lines:
    spent = [r["cpu_s"] for r in found.data["town"]]
    return [
        (
            "G8 town: 2k links, 20k cars, 50 buses",
            "≤ 0.1 s each, 30 in < 3 s",
            f"{median(spent):.3f} s each, 30 in {sum(spent):.2f} s",
            verdict(median(spent) <= 0.1 and sum(spent) < 3),
        )
    ]


def g9(found: Found) -> Lines:
    off = []
    for case in ("g2k, light", "g2k", "g2k, jammed", "g20k, light"):
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
        (
            "G9 never below a bound",
            "never",
            "a test: tests/bounds/test_road_bounds_of_runs.py",
            "yes",
        ),
    ]


def goals(found: Found) -> str:
    parts = (g1, g3, g4, g5)
    rows = [row for part in parts for row in part(found)]
    rows += [*g6(found), *g7(found), *g8(found), *g9(found)]
    return table(("goal", "wanted", "measured", "reached"), rows)
