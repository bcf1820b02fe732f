"""Where units should wait, as tables for screen and Excel."""

from __future__ import annotations

import numpy as np

from sim.measures.paired import Paired
from sim.optimize.preposition.find import Preposition
from sim.report.table import Cell, Column, Form, Table, both
from sim.roads.network import Network
from sim.texts.labels import MEASURES
from sim.texts.preposition import PLACED

ROADS_SHOWN = 10


def tables(found: Preposition) -> tuple[Table, ...]:
    """What moves, how the placements fare on fresh nights, what they take, paired differences,
    regret by member of the hazard, lost roads."""
    parts = (_moves, _standings, _costs, _paired, _regret, _roads)
    return tuple(part(found) for part in parts)


def _moves(found: Preposition) -> Table:
    """Units that wait elsewhere than under the plan."""
    setting = found.setting
    names, ids = setting.world.places.names, setting.world.places.ids
    to = setting.places(found.winner.placement)
    rows: list[tuple[Cell, ...]] = []
    for unit in setting.units:
        if to[unit.id] != unit.own:
            now, then = (f"{names[p]} {ids[p]}" for p in (unit.own, to[unit.id]))
            rows.append((unit.id, now, then, unit.capacity))
    columns = (
        _column("unit"), _column("from"), _column("to"), _column("capacity", "count", "persons")
    )  # fmt: skip
    return _table("moves", columns, rows)


def _standings(found: Preposition) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (both(PLACED[f"name.{one.name}"]), one.mean, one.interval.low, one.interval.high,
         one.cvar, one.regret_mean, one.regret_most)
        for one in found.verdict.standings
    ]  # fmt: skip
    numbers = ("mean", "low", "high", "cvar", "regret_mean", "regret_most")
    columns = (_column("placement"), *(_column(name, "number") for name in numbers))
    return _table("standings", columns, rows)


def _costs(found: Preposition) -> Table:
    """What it takes to wait there."""
    rows: list[tuple[Cell, ...]] = []
    for one in found.verdict.standings:
        takes = found.costs[one.name]
        name = both(PLACED[f"name.{one.name}"])
        rows.append((name, takes.away, takes.drive_h, takes.longest_min, one.standby_h))
    columns = (
        _column("placement"), _column("away", "count"), _column("drive_h", "number"),
        _column("longest", "number"), _column("standby", "number"),
    )  # fmt: skip
    return _table("costs", columns, rows)


def _regret(found: Preposition) -> Table:
    """How much worse than the best of those compared, in every member that came; the worst of the
    plan's own first."""
    verdict = found.verdict
    own = next(k for k, one in enumerate(verdict.standings) if one.name == "own")
    order = np.argsort(-verdict.regret[own], kind="stable").tolist()
    rows: list[tuple[Cell, ...]] = [
        (str(verdict.members[k]), verdict.times[k], *map(float, verdict.regret[:, k]))
        for k in order
    ]
    names = [
        Column(both(PLACED[f"name.{one.name}"]), "", "number", key=one.name)
        for one in verdict.standings
    ]
    return _table("regret", (_column("member"), _column("times", "count"), *names), rows)


def _paired(found: Preposition) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (both(PLACED[f"name.{name}"]), both(measure_words(measure)), *_difference(paired))
        for (name, measure), paired in found.verdict.paired.items()
    ]
    columns = (
        _column("against"), _column("measure"), _column("diff", "number"),
        _column("low", "number"), _column("high", "number"), _column("better_share", "share"),
        _column("verdict"),
    )  # fmt: skip
    return _table("paired", columns, rows)


def _difference(paired: Paired) -> tuple[Cell, ...]:
    """The mean difference, or nothing where a time was not reached and the pairs decide."""
    low, high = (None, None) if paired.ci95 is None else (paired.ci95.low, paired.ci95.high)
    verdict = both(PLACED[f"verdict.{paired.verdict}"])
    return paired.diff_mean, low, high, paired.p_better, verdict


def _roads(found: Preposition) -> Table:
    roads = found.setting.world.roads
    rows: list[tuple[Cell, ...]] = []
    if isinstance(roads, Network):
        rows = [
            (roads.edge_ids[lost.edge], roads.names[lost.edge], lost.minutes, lost.unreached)
            for lost in found.lost[:ROADS_SHOWN]
        ]
    columns = (
        _column("road"), _column("name"), _column("minutes", "number"),
        _column("unreached", "number", "persons"),
    )  # fmt: skip
    return _table("roads", columns, rows)


def measure_words(measure: str) -> tuple[str, str]:
    """What planners call a measure, in both languages."""
    return PLACED.get(f"measure.{measure}") or MEASURES.get(measure) or (measure, measure)


def _column(key: str, form: Form = "text", unit: str = "") -> Column:
    return Column(both(PLACED[f"column.{key}"]), unit, form, key=key)


def _table(key: str, columns: tuple[Column, ...], rows: list[tuple[Cell, ...]]) -> Table:
    return Table(key, both(PLACED[f"table.{key}"]), columns, tuple(rows))
