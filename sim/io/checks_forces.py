"""Emergencies, teams and supplies against each other: what nobody can do, what nothing supplies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sim.io.checked import Checked, as_warning
from sim.io.supply_standards import supply_standards
from sim.schema.base import Row
from sim.schema.forces import EmergencyRow, amounts_of
from sim.schema.problems import Problem
from sim.schema.tables import ItemRow, TeamRow

AMOUNTS = {"emergencies": ("needs", "full"), "teams": ("skills", "equipment")}
"""Columns that hold names with numbers, by table."""


def check_forces(folder: Checked) -> list[Problem]:
    """Errors for names given twice; notes for skills nobody has and items no standard knows."""
    problems = list(_twice(folder))
    problems += [as_warning(one) for one in (*_beyond_all_teams(folder), *_no_standard(folder))]
    return problems + [as_warning(one) for one in _nothing_to_send(folder)]


def _twice(folder: Checked) -> Iterator[Problem]:
    """``medical:1;medical:2``: one of them would be lost without a word."""
    for table, fields in AMOUNTS.items():
        for number, row in folder.rows(table, Row):
            for field in fields:
                text = str(getattr(row, field))
                names = Counter(item.split(":")[0] for item in text.split(";"))
                for name in [name for name, times in names.items() if times > 1]:
                    yield Problem("amounts.twice", folder.file(table), number, field, text, name)


def _beyond_all_teams(folder: Checked) -> Iterator[Problem]:
    """Incidents that all teams together cannot answer; nothing while a team cannot be read."""
    if not folder.complete("teams"):
        return
    have: Counter[str] = Counter()
    for _, team in folder.rows("teams", TeamRow):
        have.update(amounts_of(team.skills))
        if not team.skills and team.boats:
            have["boat"] += team.boats
    for number, row in folder.rows("emergencies", EmergencyRow):
        for field in AMOUNTS["emergencies"]:
            for name, wanted in amounts_of(getattr(row, field)).items():
                if wanted > have[name]:
                    found, allowed = f"{name}:{wanted}", f"{name}:{have[name]}"
                    file = folder.file("emergencies")
                    yield Problem("emergency.beyond_teams", file, number, field, found, allowed)


def _no_standard(folder: Checked) -> Iterator[Problem]:
    """An item known by another unit only: a slip that would keep it in the store."""
    known = supply_standards()
    told = set()
    for number, row in folder.rows("items", ItemRow):
        units = [unit for item, unit in known if item == row.name]
        if units and row.unit not in units and (row.name, row.unit) not in told:
            told.add((row.name, row.unit))
            found, file = f"{row.name}（{row.unit or '—'}）", folder.file("items")
            yield Problem("item.no_standard", file, number, "unit", found, ", ".join(units))


def _nothing_to_send(folder: Checked) -> Iterator[Problem]:
    """A plan that sends supplies of which the scenario has none."""
    if folder.ids("items") and folder.ids("stores"):
        return
    for plan in folder.plans.values():
        if plan.spec.supplies is not None:
            source = plan.source
            yield Problem("plan.no_supplies", source.file, source.line(("supplies",)), "supplies")
