"""Scenario folders broken in the ways planners (and attackers) break them.

Each case changes the tiny valid scenario in one way and states every error it must give: code,
file, spreadsheet row or line, column or key. Both languages must have words for it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from sim.io.scenario_folder import load_scenario
from sim.schema.problems import InputError, Problem
from sim.texts.errors import render

Where = tuple[str, str, int | None, str | None]
Change = Callable[[Path], None]


def edit(file: str, old: str, new: str) -> Change:
    """Replace one passage that must be there."""

    def change(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {file}"
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def append(file: str, text: str) -> Change:
    def change(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as stream:
            stream.write(text)

    return change


def write(file: str, content: str | bytes) -> Change:
    def change(folder: Path) -> None:
        data = content.encode() if isinstance(content, str) else content
        (folder / file).write_bytes(data)

    return change


def remove(*files: str) -> Change:
    def change(folder: Path) -> None:
        for file in files:
            (folder / file).unlink()

    return change


def both(*changes: Change) -> Change:
    def change(folder: Path) -> None:
        for one in changes:
            one(folder)

    return change


def link(file: str, target: str) -> Change:
    def change(folder: Path) -> None:
        (folder / file).unlink()
        (folder / file).symlink_to(target)

    return change


def folder_instead(file: str) -> Change:
    def change(folder: Path) -> None:
        (folder / file).unlink()
        (folder / file).mkdir()

    return change


def recode(file: str, encoding: str) -> Change:
    def change(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_bytes(text.encode(encoding))

    return change


def as_workbook(table: str, alter: Callable[[openpyxl.Workbook], None] | None = None) -> Change:
    """Move one table from its CSV file to tables.xlsx, then alter the workbook."""

    def change(folder: Path) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = table
        for line in (folder / f"{table}.csv").read_text(encoding="utf-8").splitlines():
            sheet.append(line.split(","))
        (folder / f"{table}.csv").unlink()
        if alter is not None:
            alter(book)
        book.save(folder / "tables.xlsx")

    return change


def set_cell(table: str, cell: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    def alter(book: openpyxl.Workbook) -> None:
        book[table][cell] = value

    return alter


def merge(table: str, area: str) -> Callable[[openpyxl.Workbook], None]:
    def alter(book: openpyxl.Workbook) -> None:
        book[table].merge_cells(area)

    return alter


def huge_workbook(folder: Path) -> None:
    """A small zip that unpacks to 100 MB."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 100_000_000)
    (folder / "zones.csv").unlink()
    (folder / "tables.xlsx").write_bytes(stream.getvalue())


ALIAS_BOMB = "a0: &a0 [x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 9)
)
S, P, L = "scenario.yaml", "plans/early.yaml", "plans/late.yaml"

CASES: dict[str, tuple[Change, list[Where]]] = {
    # files
    "missing scenario.yaml": (remove(S), [("file.missing", S, None, None)]),
    "missing table": (
        remove("zones.csv"),
        [
            ("ref.unknown", "assembly_points.csv", 2, "zone"),
            ("ref.unknown", "assembly_points.csv", 3, "zone"),
            ("ref.unknown", "facilities.csv", 2, "zone"),
            ("ref.unknown", P, 6, "when.rules[2].tags[1]"),
            ("ref.unknown", "settlements.csv", 2, "zone"),
            ("ref.unknown", "settlements.csv", 3, "zone"),
            ("table.missing", "zones.csv", None, None),
        ],
    ),
    "missing nodes.csv": (remove("nodes.csv"), [("file.missing", "nodes.csv", None, None)]),
    "missing hazard file": (
        remove("hazard/depths.csv"),
        [("file.missing", "hazard/depths.csv", None, None)],
    ),
    "hazard file outside the folder": (
        edit(S, "hazard/depths.csv", "../../secret.csv"),
        [("file.outside", "../../secret.csv", None, None)],
    ),
    "link that leads out of the folder": (
        link("zones.csv", "/etc/hostname"),
        [
            ("file.outside", "zones.csv", None, None),
            ("ref.unknown", "assembly_points.csv", 2, "zone"),
            ("ref.unknown", "assembly_points.csv", 3, "zone"),
            ("ref.unknown", "facilities.csv", 2, "zone"),
            ("ref.unknown", P, 6, "when.rules[2].tags[1]"),
            ("ref.unknown", "settlements.csv", 2, "zone"),
            ("ref.unknown", "settlements.csv", 3, "zone"),
            ("table.missing", "zones.csv", None, None),
        ],
    ),
    "folder instead of a file": (
        folder_instead("groups.csv"),
        [("file.not_a_file", "groups.csv", None, None)],
    ),
    "empty file": (write("groups.csv", b""), [("file.empty", "groups.csv", None, None)]),
    "binary file": (
        write("groups.csv", b"id,name\n\x00\x01\x02\xff"),
        [("file.binary", "groups.csv", None, None)],
    ),
    "unknown encoding": (
        write("groups.csv", "id,name,persons_share\nG,caf\u00e9,0.1\n".encode("latin-1")),
        [("file.encoding_unknown", "groups.csv", 2, None)],
    ),
    "required table without rows": (
        write("settlements.csv", "id,name\n"),
        [
            ("ref.unknown", "groups.csv", 3, "settlement"),
            ("table.no_rows", "settlements.csv", None, None),
        ],
    ),
    # headers and cells
    "wrong header": (
        edit("shelters.csv", "capacity", "capacitty"),
        [
            ("table.column_missing", "shelters.csv", 1, "capacity"),
            ("table.column_unknown", "shelters.csv", 1, "capacitty"),
        ],
    ),
    "foreign header": (
        write("groups.csv", "foo,bar\n1,2\n"),
        [
            ("table.header_unknown", "groups.csv", 1, None),
        ],
    ),
    "negative people": (
        edit("settlements.csv", "42,150,120", "42,150,-3"),
        [("number.out_of_range", "settlements.csv", 2, "resident")],
    ),
    "words for a number": (
        edit("settlements.csv", "42,150,120", "42,约150,120"),
        [("number.not_a_number", "settlements.csv", 2, "registered")],
    ),
    "not a number, not finite": (
        both(
            edit("settlements.csv", "115.0104", "nan"),
            edit("shelters.csv", "30.0001", "1e999"),
        ),
        [
            ("number.not_finite", "settlements.csv", 2, "x"),
            ("number.not_finite", "shelters.csv", 2, "y"),
        ],
    ),
    "share in per cent": (
        edit("settlements.csv", "0.2,0.3,0.1,0.4", "20%,0.3,0.1,0.4"),
        [("number.percent", "settlements.csv", 2, "share_in_place")],
    ),
    "shares that do not sum": (
        edit("settlements.csv", "0.2,0.3,0.1,0.4", "0.2,0.3,0.1,0.1"),
        [("shares.sum", "settlements.csv", 2, "share_*")],
    ),
    "row with too many cells": (
        append("organisers.csv", "O3,x,0.5,0.5,extra\n"),
        [("table.ragged", "organisers.csv", 4, None)],
    ),
    "unbalanced quotes": (
        append("organisers.csv", '"O3,x,0.5,0.5\n'),
        [("table.quotes", "organisers.csv", 4, None)],
    ),
    "unknown choice": (
        edit("vehicles.csv", "C1,coach", "C1,bus"),
        [("choice.unknown", "vehicles.csv", 2, "class")],
    ),
    "no head-count": (
        append("settlements.csv", "V4,无人,,,ZA,115.011,29.9954,,,,,,,,,,,,,,,,\n"),
        [
            (
                "people.unknown",
                "settlements.csv",
                5,
                "registered, resident, present_day, present_night",
            )
        ],
    ),
    # ids and references
    "duplicate ids": (
        append("organisers.csv", "O1,又一人,0.5,0.5\n"),
        [("id.duplicate", "organisers.csv", 4, "id")],
    ),
    "duplicate numbered copies": (
        append("vehicles.csv", "M-2,minibus,18,0,D1,1\n"),
        [("id.duplicate", "vehicles.csv", 5, "id")],
    ),
    "settlement and facility with one id": (
        edit("facilities.csv", "F1,", "V1,"),
        [("id.shared", "facilities.csv", 2, "id")],
    ),
    "unknown shelter": (
        edit("settlements.csv", ",A1,S2,E1", ",A1,S9,E1"),
        [("ref.unknown", "settlements.csv", 2, "village_shelter")],
    ),
    "unknown organiser, zone and depot": (
        both(
            edit("settlements.csv", "O1,O2,4", "O7,O2,4"),
            edit("assembly_points.csv", "溪口晒场,ZB", "溪口晒场,ZC"),
            edit("vehicles.csv", "40,0,D1", "40,0,D2"),
        ),
        [
            ("ref.unknown", "assembly_points.csv", 3, "zone"),
            ("ref.unknown", "settlements.csv", 2, "organiser"),
            ("ref.unknown", "vehicles.csv", 2, "depot"),
            ("zone.no_assembly_point", "settlements.csv", 3, "assembly_point"),
        ],
    ),
    "posts in a circle": (
        edit("posts.csv", "county,,,2", "county,P1,,2"),
        [("ref.circle", "posts.csv", 2, "parent"), ("ref.circle", "posts.csv", 3, "parent")],
    ),
    "coach share without an assembly point": (
        edit("assembly_points.csv", "A2,溪口晒场,ZB,115.0200,29.9961,1\n", ""),
        [
            ("ref.unknown", P, 15, "fleet.staged.M-1"),
            ("zone.no_assembly_point", "settlements.csv", 3, "assembly_point"),
        ],
    ),
    "rain gauge as water-level gauge": (
        edit("zones.csv", "支流,G1", "支流,R1"),
        [("ref.wrong_kind", "zones.csv", 3, "gauge")],
    ),
    # coordinates and roads
    "swapped coordinates": (
        edit("shelters.csv", "115.0299,30.0001", "30.0001,115.0299"),
        [("crs.swapped", "shelters.csv", 2, "x, y")],
    ),
    "metres declared as degrees": (
        edit("shelters.csv", "115.0299,30.0001", "502885.1,3320123.4"),
        [("crs.metres_not_degrees", "shelters.csv", 2, "x, y")],
    ),
    "degrees declared as metres": (
        edit(S, "tables: EPSG:4490", "tables: EPSG:4547"),
        [
            ("crs.degrees_not_metres", f"{table}.csv", row, "x, y")
            for table, rows in (
                ("assembly_points", 2),
                ("depots", 1),
                ("exits", 1),
                ("facilities", 1),
                ("gauges", 2),
                ("settlements", 3),
                ("shelters", 3),
                ("stations", 1),
            )
            for row in range(2, 2 + rows)
        ],
    ),
    "unknown coordinate system": (
        edit(S, "tables: EPSG:4490", "tables: 北京54"),
        [("crs.unknown", S, 4, "crs.tables")],
    ),
    "working system in degrees": (
        edit(S, "crs: {", "crs: {work: EPSG:4326, "),
        [("crs.not_metric", S, 4, "crs.work")],
    ),
    "one point in another county": (
        edit("settlements.csv", "115.0104,29.9952", "117.0104,29.9952"),
        [("crs.far_from_roads", "settlements.csv", 2, "x, y")],
    ),
    "place too far from any road": (
        edit("settlements.csv", "115.0104,29.9952", "115.0104,29.9452"),
        [("snap.too_far", "settlements.csv", 2, "x, y")],
    ),
    "disconnected village": (
        edit("edges.csv", "e25,n2,n5,false", "e25,n2,n5,true"),
        [("place.cut_off", "assembly_points.csv", 2, "x, y")],
    ),
    "edge to an unknown node": (
        edit("edges.csv", "e36,n3,n6", "e36,n3,n9"),
        [("roads.unknown_node", "edges.csv", 6, "to_node")],
    ),
    "half a coordinate": (
        edit("shelters.csv", "115.0299,30.0001", "115.0299,"),
        [("field.missing", "shelters.csv", 2, "y")],
    ),
    # workbook
    "formula cell": (
        as_workbook("vehicles", set_cell("vehicles", "C2", "=20+20")),
        [("xlsx.formula", "tables.xlsx/vehicles", 2, "seats")],
    ),
    "error cell": (
        as_workbook("vehicles", set_cell("vehicles", "C2", "#DIV/0!")),
        [("xlsx.error_cell", "tables.xlsx/vehicles", 2, "seats")],
    ),
    "merged cells": (
        as_workbook("depots", merge("depots", "C2:D2")),
        [
            ("field.missing", "tables.xlsx/depots", 2, "y"),
            ("xlsx.merged", "tables.xlsx/depots", 2, "C2:D2"),
        ],
    ),
    "old or locked workbook": (
        write("tables.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 512),
        [("xlsx.old_or_locked", "tables.xlsx", None, None)],
    ),
    "huge workbook": (
        huge_workbook,
        [
            ("ref.unknown", "assembly_points.csv", 2, "zone"),
            ("ref.unknown", "assembly_points.csv", 3, "zone"),
            ("ref.unknown", "facilities.csv", 2, "zone"),
            ("ref.unknown", P, 6, "when.rules[2].tags[1]"),
            ("ref.unknown", "settlements.csv", 2, "zone"),
            ("ref.unknown", "settlements.csv", 3, "zone"),
            ("table.missing", "zones.csv", None, None),
            ("xlsx.bomb", "tables.xlsx", None, None),
        ],
    ),
    "same table twice": (
        both(as_workbook("depots"), write("depots.csv", "id,name,x,y\nD1,站,115.0101,30.0001\n")),
        [("table.twice", "tables.xlsx/depots", None, None)],
    ),
    # scenario.yaml
    "YAML alias bomb": (
        write(S, ALIAS_BOMB),
        [("yaml.anchor", S, 1, "a0")]
        + [("yaml.anchor", S, i, f"a{i - 1}") for i in range(2, 10)]
        + [("yaml.alias", S, i, f"a{i - 1}[{k}]") for i in range(2, 10) for k in range(1, 10)],
    ),
    "clock time unquoted": (
        edit(S, 'starts_at: "18:00"', "starts_at: 18:00"),
        [("yaml.quote_clock", S, 11, "hazard.data.starts_at")],
    ),
    "clock time as a number": (
        edit(P, 'at: "17:00"', "at: 1700"),
        [("text.quote", P, 5, "when.rules[1].at")],
    ),
    "impossible clock time": (
        edit(P, 'at: "17:00"', 'at: "27:00"'),
        [("clock.invalid", P, 5, "when.rules[1].at")],
    ),
    "unknown key": (
        edit(S, "horizon_min: 1440", "horizon_min: 1440\nhorizont: 3"),
        [("field.unknown", S, 4, "horizont")],
    ),
    "duplicate key": (
        append(S, "horizon_min: 60\n"),
        [("yaml.duplicate_key", S, 15, "horizon_min")],
    ),
    "negative duration": (
        append(S, "behaviour: {tell: {call_min: -2}}\n"),
        [("distribution.out_of_range", S, 15, "behaviour.tell.call_min")],
    ),
    "P90 below the median": (
        append(S, "behaviour: {tell: {call_min: {dist: lognormal, median: 9, p90: 3}}}\n"),
        [("distribution.p90_not_above_median", S, 15, "behaviour.tell.call_min.p90")],
    ),
    "unknown distribution": (
        append(S, "behaviour: {tell: {call_min: {dist: gauss, mean: 9}}}\n"),
        [("distribution.unknown_kind", S, 15, "behaviour.tell.call_min.dist")],
    ),
    "unknown hazard": (
        edit(S, "kind: recorded_depth", "kind: meteor"),
        [("choice.unknown", S, 6, "hazard.kind")],
    ),
    "broken YAML": (append(S, "a: [1\n"), [("yaml.syntax", S, 16, None)]),
    # plans
    "plan without rules": (
        edit(L, 'rules:\n    - {signal: clock, at: "21:00", action: move}\n', "rules: []\n"),
        [("list.too_short", L, 3, "when.rules")],
    ),
    "plan without a when": (write(L, "name: {zh: 空}\n"), [("field.missing", L, 1, "when")]),
    "two plans of one id": (
        write("plans/early.yml", "name: {zh: x}\n"),
        [("plan.id_twice", "plans/early.yml", None, None)],
    ),
    "plan stages an unknown vehicle": (
        edit(P, "M-1: A2", "M-3: A9"),
        [
            ("ref.unknown", P, 15, "fleet.staged.M-3"),
            ("ref.unknown", P, 15, "fleet.staged.M-3"),
        ],
    ),
    "rule that selects no zone": (
        edit(P, "tags: [干流]", "tags: [干流], zones: [ZB]"),
        [("rule.selects_nothing", P, 6, "when.rules[2]")],
    ),
    "rule on a signal nobody measures": (
        edit(L, 'signal: clock, at: "21:00"', "signal: rain_1h, reaches: 30, zones: [ZB]"),
        [("rule.no_signal", L, 4, "when.rules[1]")],
    ),
    "two targets of one id": (
        append(P, '  - {id: T90, name: {zh: x}, milestone: told, deadline: {clock: "20:00"}}\n'),
        [("id.duplicate", P, 27, "targets[2].id")],
    ),
    "two deadlines in one": (
        edit(L, "after_order_min: 180", 'after_order_min: 180, clock: "23:00"'),
        [("target.one_deadline", L, 15, "targets[1].deadline")],
    ),
    "rule fixed without pairs": (
        edit(P, "rule: nearest\nrescue", "rule: fixed\nrescue"),
        [("plan.rule_needs", P, 16, "fleet.rule")],
    ),
}


def problems_of(folder: Path) -> tuple[Problem, ...]:
    """All problems of a folder that cannot be loaded."""
    with pytest.raises(InputError) as caught:
        load_scenario(folder)
    return caught.value.problems


def where(problems: tuple[Problem, ...], severity: str) -> list[Where]:
    return [(p.code, p.file, p.row, p.field) for p in problems if p.severity == severity]


@pytest.mark.parametrize("case", CASES)
def test_every_error_is_named_with_file_row_and_field(case: str, tiny_folder: Path) -> None:
    """A broken folder gives exactly the stated errors, each with words in both languages."""
    change, expected = CASES[case]
    change(tiny_folder)
    problems = problems_of(tiny_folder)
    found = where(problems, "error")
    if case == "YAML alias bomb":  # long lists are cut, see limits
        found = [item for item in found if item[0].startswith("yaml.")]
        assert len(found) == len(expected)
    assert sorted(found, key=str) == sorted(expected, key=str)
    for problem in problems:
        for line in (render(problem, "zh"), render(problem, "en")):
            assert line.startswith(problem.file) and "{" not in line and "\n" not in line


def test_the_tiny_scenario_is_sound(tiny_folder: Path) -> None:
    """Unbroken, it loads, and only says what the late plan does not do."""
    folder = load_scenario(tiny_folder)
    assert where(folder.warnings, "error") == []
    assert [(p.code, p.file) for p in folder.warnings] == [("plan.left_out", L)]
    assert sorted(folder.plans) == ["early", "late"]
    assert folder.work_crs == "EPSG:4547"


HARMLESS: dict[str, tuple[Change, list[Where]]] = {
    "GBK": (recode("settlements.csv", "gbk"), [("file.encoding", "settlements.csv", None, None)]),
    "UTF-8 with BOM": (recode("settlements.csv", "utf-8-sig"), []),
    "UTF-16": (recode("zones.csv", "utf-16"), [("file.encoding", "zones.csv", None, None)]),
    "unknown CSV": (
        write("shelter.csv", "id\n"),
        [("file.unknown", "shelter.csv", None, None)],
    ),
    "workbook instead of CSV": (as_workbook("vehicles"), []),
    "optional table without rows": (
        write("groups.csv", "id,name,persons_share\n"),
        [("table.empty", "groups.csv", None, None)],
    ),
    "no ways out given": (
        both(
            edit("settlements.csv", "0.2,0.3,0.1,0.4", ",,,"),
            edit("settlements.csv", "0,0.4,0,0.6", ",,,"),
        ),
        [("shares.unset", "settlements.csv", None, "share_*")],
    ),
    "more people at home than live there": (
        edit("settlements.csv", "150,120,90,115", "150,120,90,400"),
        [("people.more_present", "settlements.csv", 2, "present_night")],
    ),
    "nobody is upstairs without a floor": (
        edit("settlements.csv", "0.4,0.5,A1", "0.4,0.1,A1"),
        [("shares.no_safe_floor", "settlements.csv", 2, "share_in_place")],
    ),
    "shelter without places": (
        edit("shelters.csv", "90,300,2,2", "90,0,2,2"),
        [("shelter.no_places", "shelters.csv", 2, "capacity")],
    ),
    "road too narrow for buses": (
        edit("edges.csv", "20,1,3.5,", "20,1,1.8,"),
        [("place.no_bus_road", "assembly_points.csv", 3, "x, y")],
    ),
    "road marked unfit for coaches": (
        edit("edges.csv", "20,1,3.5,,", "20,1,3.5,false,"),
        [("place.no_coach_road", "assembly_points.csv", 3, "x, y")],
    ),
    "assembly point of another zone": (
        edit("settlements.csv", ",A1,S2,E1", ",A2,S2,E1"),
        [("ref.other_zone", "settlements.csv", 2, "assembly_point")],
    ),
    "zone nobody orders": (
        edit(L, "action: move}", "action: move, zones: [ZA]}"),
        [("plan.never_ordered", L, 3, "when.rules")],
    ),
    "section nobody plays": (
        append(P, "command: {rice: 3}\n"),
        [("plan.not_simulated", P, 27, "command")],
    ),
    "clock time after the end": (
        edit(P, 'at: "22:00"', 'at: "+2 22:00"'),
        [("clock.beyond_horizon", P, 20, "controls.closures[1].at")],
    ),
    "nobody to carry the bedridden": (
        both(
            edit("vehicles.csv", "AMB,ambulance,2,1,D1,1\n", ""),
            edit("shelters.csv", "H1,县医院,hospital", "H1,县医院,larger"),
        ),
        [
            ("places.no_hospital", "shelters.csv", None, "kind"),
            ("places.no_ambulance", "vehicles.csv", None, "class"),
        ],
    ),
    "no roads": (
        remove("nodes.csv", "edges.csv"),
        [("roads.estimated", "roads.*", None, None)],
    ),
    "no plans": (
        remove("plans/early.yaml", "plans/late.yaml"),
        [("plan.none", "plans", None, None)],
    ),
}


@pytest.mark.parametrize("case", HARMLESS)
def test_what_can_be_used_is_used_and_said(case: str, tiny_folder: Path) -> None:
    """These folders load; exactly the stated notes are added."""
    change, expected = HARMLESS[case]
    change(tiny_folder)
    folder = load_scenario(tiny_folder)
    left_out = ("plan.left_out", L, None, None)
    found = [item for item in where(folder.warnings, "warning") if item != left_out]
    assert found == expected
    for problem in folder.warnings:
        assert render(problem, "zh") != render(problem, "en")


def test_semicolons_and_chinese_headings_change_nothing(tiny_folder: Path) -> None:
    """The same table with semicolons and Chinese headings gives the same rows."""
    plain = load_scenario(tiny_folder).tables["depots"]
    text = "编号;名称;经度或东坐标;纬度或北坐标\nD1;客运站;115.0101;30.0001\n"
    (tiny_folder / "depots.csv").write_text(text, encoding="utf-8")
    assert load_scenario(tiny_folder).tables["depots"] == plain


def test_gcj02_declared_as_cgcs2000(tiny_folder: Path) -> None:
    """Points taken from a Chinese web map but declared as CGCS2000 are suspected."""
    from sim.io.crs import wgs_to_gcj

    for name in ("settlements", "assembly_points", "shelters", "depots", "exits", "stations"):
        path = tiny_folder / f"{name}.csv"
        head, *rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
        x, y = head.index("x"), head.index("y")
        for row in rows:
            lon, lat = wgs_to_gcj([float(row[x])], [float(row[y])])
            row[x], row[y] = f"{lon[0]:.6f}", f"{lat[0]:.6f}"
        path.write_text("\n".join(",".join(row) for row in [head, *rows]), encoding="utf-8")
    found = [p for p in load_scenario(tiny_folder).warnings if p.code == "crs.looks_like_gcj02"]
    assert [(p.file, p.field) for p in found] == [("scenario.yaml", "crs")]


def test_not_a_folder(tmp_path: Path) -> None:
    """A path that leads nowhere is one clear problem."""
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "nowhere", tmp_path / "file"):
        assert where(problems_of(path), "error") == [("file.not_a_folder", path.name, None, None)]


def test_plans_can_be_chosen(tiny_folder: Path) -> None:
    """Only the plans asked for are read; unknown names and paths are refused."""
    assert list(load_scenario(tiny_folder, plans=["late"]).plans) == ["late"]
    for name in ("../early", "plans/early", "nope"):
        with pytest.raises(InputError) as caught:
            load_scenario(tiny_folder, plans=[name])
        assert where(caught.value.problems, "error") == [("plan.unknown", "plans", None, None)]


def test_long_lists_are_cut_with_their_number(tiny_folder: Path) -> None:
    """After 20 problems of a kind in one column the rest is counted, not listed."""
    rows = "".join(f"O{i},x,2,0.5\n" for i in range(10, 60))
    append("organisers.csv", rows)(tiny_folder)
    problems = problems_of(tiny_folder)
    assert len(problems) < 30
    more = [p for p in problems if p.code == "problems.more"]
    assert [(p.file, p.field, p.found, p.severity) for p in more] == [
        ("organisers.csv", "answer_day", 30, "error")
    ]
