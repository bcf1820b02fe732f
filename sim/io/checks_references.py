"""Ids: unique where they must be, and every reference to one leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from sim.io.checked import Checked, copies, near
from sim.schema.base import Row
from sim.schema.problems import Problem
from sim.schema.tables import (
    AssemblyPointRow,
    GaugeRow,
    PostRow,
    SettlementRow,
    ShelterRow,
    VehicleRow,
    ZoneRow,
)

REFERENCES: tuple[tuple[str, str, str], ...] = (
    ("zones", "gauge", "gauges"),
    ("zones", "rain_gauge", "gauges"),
    ("settlements", "zone", "zones"),
    ("settlements", "assembly_point", "assembly_points"),
    ("settlements", "village_shelter", "shelters"),
    ("settlements", "relatives_to", "exits"),
    ("settlements", "organiser", "organisers"),
    ("settlements", "deputy", "organisers"),
    ("groups", "settlement", "settlements"),
    ("facilities", "zone", "zones"),
    ("posts", "parent", "posts"),
    ("assembly_points", "zone", "zones"),
    ("assembly_points", "transfer_to", "assembly_points"),
    ("vehicles", "depot", "depots"),
    ("teams", "station", "stations"),
    ("items", "store", "stores"),
    ("stores", "parent", "stores"),
)
"""Table, column, table in which the id must stand."""


def check_references(folder: Checked) -> list[Problem]:
    """Duplicate ids, references into nothing, references to the wrong kind, circles."""
    return [
        *_duplicates(folder),
        *_unknown(folder),
        *_wrong_kind(folder),
        *_circles(folder, "posts", "parent"),
        *_circles(folder, "assembly_points", "transfer_to"),
        *_circles(folder, "stores", "parent"),
    ]


def _duplicates(folder: Checked) -> Iterator[Problem]:
    for table, given in folder.tables.items():
        first: dict[str, int] = {}
        for number, row in zip(given.numbers, given.rows, strict=True):
            for name in copies(row) if isinstance(row, VehicleRow) else _own_id(row):
                if name in first:
                    yield Problem("id.duplicate", given.file, number, "id", name, first[name])
                    break
                first[name] = number
        if table == "facilities":  # both are homes of people, told apart by id alone
            for number, row in zip(given.numbers, given.rows, strict=True):
                for name in _own_id(row):
                    if name in folder.ids("settlements"):
                        other = folder.file("settlements")
                        yield Problem("id.shared", given.file, number, "id", name, other)


def _own_id(row: Row) -> list[str]:
    name = getattr(row, "id", None)
    return [name] if isinstance(name, str) else []


def _unknown(folder: Checked) -> Iterator[Problem]:
    for table, field, target in REFERENCES:
        known = folder.ids(target)
        if table == "items":
            known |= folder.ids("shelters")  # what lies in a shelter from the start
        for number, row in folder.rows(table, Row):
            name = str(getattr(row, field))
            if name and name not in known:
                allowed = near(name, known) or folder.file(target)
                yield Problem("ref.unknown", folder.file(table), number, field, name, allowed)


def _wrong_kind(folder: Checked) -> Iterator[Problem]:
    gauges = {row.id: row.kind for _, row in folder.rows("gauges", GaugeRow)}
    for number, zone in folder.rows("zones", ZoneRow):
        for field, kind in (("gauge", "level"), ("rain_gauge", "rain")):
            name = getattr(zone, field)
            if gauges.get(name, kind) != kind:
                file = folder.file("zones")
                yield Problem(
                    "ref.wrong_kind", file, number, field, f"{name}: {gauges[name]}", kind
                )
    zone_of = {row.id: row.zone for _, row in folder.rows("assembly_points", AssemblyPointRow)}
    kind_of = {row.id: row.kind for _, row in folder.rows("shelters", ShelterRow)}
    file = folder.file("settlements")
    for number, home in folder.rows("settlements", SettlementRow):
        other = zone_of.get(home.assembly_point)
        if other is not None and other != home.zone:
            yield Problem(
                "ref.other_zone", file, number, "assembly_point", f"{home.assembly_point}: {other}",
                home.zone or None, "warning",
            )  # fmt: skip
        if kind_of.get(home.village_shelter) == "hospital":
            found = f"{home.village_shelter}: hospital"
            yield Problem("ref.wrong_kind", file, number, "village_shelter", found, "village")


def _circles(folder: Checked, table: str, field: str) -> Iterator[Problem]:
    """Rows from which following ``field`` never ends."""
    step = {row.id: getattr(row, field) for _, row in folder.rows(table, _with_id(table))}
    for number, row in folder.rows(table, _with_id(table)):
        seen = [row.id]
        while (following := step.get(seen[-1], "")) and following not in seen:
            seen.append(following)
        if following == row.id:
            found = " → ".join([*seen, following])
            yield Problem("ref.circle", folder.file(table), number, field, found)


def _with_id(table: str) -> type[PostRow] | type[AssemblyPointRow]:
    return PostRow if table == "posts" else AssemblyPointRow
