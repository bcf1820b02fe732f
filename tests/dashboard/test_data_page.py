"""The data page without a browser: a county in, villages pasted, an area cleared."""

from __future__ import annotations

import csv
import io
import itertools
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.data_draft import Draft
from dashboard.data_worker import Request, answer, ask
from dashboard.ids import TakenError
from dashboard.scenario_copies import copy_scenario, is_own, stage
from dashboard.settings import SHIPPED
from dashboard.villages import (
    COLUMNS,
    Rows,
    append,
    filled,
    finished,
    judge,
)
from sim.cli import main
from sim.io.crs import wgs_to_gcj
from sim.io.scenario_folder import ScenarioFolder, load_scenario
from sim.io.template import write_template
from sim.schema.problems import InputError, Problem
from sim.schema.tables import SettlementRow

Open = Callable[..., AppTest]
HOSTILE = '<script>alert("1")</script>'
FORMULA = '=HYPERLINK("http://elsewhere","x")'


@pytest.fixture
def county(tmp_path: Path) -> dict[str, str]:
    """Roads in a grid, a village with a hostile name, a school: paths of the raw files."""
    spots = list(itertools.product(range(4), range(4)))
    nodes = [f"n{i}{j},{115 + i / 100},{30 + j / 100}" for i, j in spots]
    links = [
        (f"n{i}{j}", f"n{i + a}{j + b}")
        for (i, j), (a, b) in itertools.product(spots, ((1, 0), (0, 1)))
        if i + a < 4 and j + b < 4
    ]
    edges = [f"{u},{v},secondary" for u, v in [*links, *((v, u) for u, v in links)]]
    name = HOSTILE.replace('"', '""')
    people = [
        f'"{name}",115.011,30.011,300',
        f'"{FORMULA.replace(chr(34), chr(34) * 2)}",115.02,30.02,200',
    ]
    schools = ["school,一中,115.03,30.03,900"]
    for file, lines in (
        ("nodes", ["node_id,x,y", *nodes]),
        ("edges", ["u,v,highway", *edges]),
        ("people", ["name,lon,lat,population", *people]),
        ("shelters", ["kind,name,lon,lat,capacity", *schools]),
    ):
        (tmp_path / f"{file}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return {
        "people": str(tmp_path / "people.csv"),
        "shelters": str(tmp_path / "shelters.csv"),
        "roads": str(tmp_path / "edges.csv"),
    }


CRS = {"people": "EPSG:4326", "shelters": "EPSG:4326", "roads": "EPSG:4326"}


def test_a_county_is_made_by_a_process_of_its_own(county: dict[str, str], tmp_path: Path) -> None:
    """Numbers, map and assumptions come back; names meant to do harm are in the tables as text."""
    place = tmp_path / "work"
    found = ask(Request("raw", str(place / "河口"), county, CRS), place)
    assert found["made"] == "河口"
    assert (found["numbers"]["people"], found["numbers"]["places"]) == (500, 900)
    assert found["map"]["layers"]["settlements"]["names"] == [HOSTILE, FORMULA]
    assert len(found["assumptions"]) > 8 and found["defaults"]
    loaded = load_scenario(place / "河口")
    assert [row.name for row in loaded.tables["settlements"]] == [HOSTILE, FORMULA]  # type: ignore[attr-defined]


@pytest.mark.parametrize("left_out", [(), ("shelters",)])
def test_the_command_line_makes_the_same_folder(
    county: dict[str, str], tmp_path: Path, left_out: tuple[str, ...]
) -> None:
    """``yuyan new`` writes what the page writes, byte for byte, with and without shelters."""
    files = {name: path for name, path in county.items() if name not in left_out}
    crs = {name: CRS[name] for name in files}
    assert answer(Request("raw", str(tmp_path / "page" / "made"), files, crs))["made"] == "made"
    options = [part for name, path in files.items() for part in (f"--{name}", path)]
    options += [part for name in files for part in ("--crs", f"{name}={crs[name]}")]
    assert main(["new", str(tmp_path / "line" / "made"), *options]) == 0
    page, line = (
        {path.name: path.read_bytes() for path in (tmp_path / side / "made").rglob("*.*")}
        for side in ("page", "line")
    )
    assert page == line and len(page) > 5


def test_every_problem_comes_back_at_once(county: dict[str, str], tmp_path: Path) -> None:
    """Two bad cells of one file are named with their rows; nothing is left behind."""
    bad = "name,lon,lat,population\na,115.01,30.01,-5\nb,115.02,30.02,many\n"
    Path(county["people"]).write_text(bad, encoding="utf-8")
    found = answer(Request("raw", str(tmp_path / "made"), county, CRS))
    assert [(p["code"], p["row"]) for p in found["problems"]] == [
        ("new.bad_number", 2),
        ("new.bad_number", 3),
    ]
    assert not (tmp_path / "made").exists()


def test_a_reader_that_dies_is_a_sentence(tmp_path: Path) -> None:
    """A fault inside the reading process ends in a problem, not in a dead page."""
    found = ask(Request("raw", str(tmp_path / "w" / "x"), {}, CRS), tmp_path / "w")
    assert [problem["code"] for problem in found["problems"]] == ["upload.reader_died"]


def filled_template(path: Path, population: object = 120) -> Path:
    """The template with one zone, two villages and a shelter filled in."""
    write_template(path)
    book = openpyxl.load_workbook(path)
    rows: dict[str, list[dict[str, object]]] = {
        "zones": [{"id": "Z1", "name": "河边"}],
        "settlements": [
            {
                "id": "V1",
                "name": "甲村",
                "zone": "Z1",
                "x": 115.01,
                "y": 30.01,
                "resident": population,
            },
            {"id": "V2", "name": "乙村", "zone": "Z1", "x": 115.02, "y": 30.02, "resident": 80},
        ],
        "assembly_points": [{"id": "A1", "name": "村委会", "zone": "Z1", "x": 115.01, "y": 30.012}],
        "shelters": [
            {"id": "S1", "name": "一中", "kind": "larger", "x": 115.03, "y": 30.03, "capacity": 500}
        ],
        "depots": [{"id": "D1", "name": "客运站", "x": 115.02, "y": 30.01}],
        "vehicles": [{"id": "C", "class": "coach", "seats": 50, "depot": "D1", "count": 2}],
        "posts": [{"id": "P0", "name": "县防指", "level": "county"}],
        "stations": [{"id": "ST", "name": "消防站", "x": 115.03, "y": 30.02}],
        "teams": [{"id": "T1", "name": "一队", "station": "ST", "boats": 2, "persons_per_trip": 6}],
    }
    for table, lines in rows.items():
        sheet = book[table]
        heads = [cell.value for cell in sheet[1]]
        for line, values in enumerate(lines, start=2):
            for name, value in values.items():
                sheet.cell(line, heads.index(name) + 1, value)
    book.save(path)
    return path


@pytest.mark.slow
def test_the_filled_template_becomes_a_scenario(county: dict[str, str], tmp_path: Path) -> None:
    """The workbook with roads beside it: accepted, with plans to compare."""
    book = filled_template(tmp_path / "我的表.xlsx")
    files = {"tables": [str(book)], "roads": county["roads"]}
    crs = {"tables": "EPSG:4490", "roads": "EPSG:4326"}
    found = answer(Request("tables", str(tmp_path / "made"), files, crs))
    assert found["made"] == "made", found["problems"]
    assert found["numbers"]["people"] == 200
    assert set(load_scenario(tmp_path / "made").plans) == {
        "order_0800", "order_1000", "order_1400",
    }  # fmt: skip


@pytest.mark.slow
def test_errors_of_the_workbook_name_sheet_and_row(tmp_path: Path) -> None:
    """A formula and a wrong cell of the template are named where they stand."""
    book = filled_template(tmp_path / "t.xlsx", "=A1*2")
    crs = {"tables": "EPSG:4490"}
    found = answer(Request("tables", str(tmp_path / "made"), {"tables": [str(book)]}, crs))
    assert ("xlsx.formula", "tables.xlsx/settlements", 2) in [
        (p["code"], p["file"], p["row"]) for p in found["problems"]
    ]


@pytest.mark.slow
def test_a_workbook_with_links_to_others_asks_nobody(tmp_path: Path) -> None:
    """A part that names a workbook elsewhere is not followed; its cells are formulas, so errors."""
    book = filled_template(tmp_path / "t.xlsx", "=[1]Sheet1!A1")
    data = io.BytesIO(book.read_bytes())
    with zipfile.ZipFile(data, "a") as parts:
        parts.writestr(
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            '<Relationships><Relationship Id="r" Target="http://elsewhere/x.xlsx" '
            'TargetMode="External"/></Relationships>',
        )
    book.write_bytes(data.getvalue())
    crs = {"tables": "EPSG:4490"}
    found = answer(Request("tables", str(tmp_path / "made"), {"tables": [str(book)]}, crs))
    assert "xlsx.formula" in [p["code"] for p in found["problems"]]


@pytest.fixture
def tiny(home: Path) -> ScenarioFolder:
    """The tiny county of the dashboard's tests."""
    return load_scenario(home / "scenarios" / "tiny")


def village(**values: str) -> dict[str, str]:
    """One pasted row that is good unless told otherwise."""
    row = {"name": "新村", "zone": "ZA", "x": "115.0110", "y": "29.9980", "resident": "30"}
    row["elevation_m"] = "42"
    return {**dict.fromkeys(COLUMNS, ""), **row, **values}


def test_ten_villages_are_appended_and_can_be_read(tiny: ScenarioFolder, tmp_path: Path) -> None:
    """Ten rows get ids of their own, zones by name, and every check of ``yuyan check``."""
    rows = [village(name=f"新村{k}", zone="溪口" if k % 2 else "ZA") for k in range(10)]
    assert [
        p for p in judge(tiny, tmp_path, rows, "EPSG:4490", "表") if p.severity == "error"
    ] == []
    copy = stage(tiny.path, tmp_path / "own")
    append(copy, finished(rows, tiny, "EPSG:4490"))
    found = load_scenario(copy).tables["settlements"]
    assert len(found) == len(tiny.tables["settlements"]) + 10
    assert [row.zone for row in found[-2:]] == ["ZA", "ZB"]  # type: ignore[attr-defined]
    assert [row.id for row in found[-10:]] == [f"N{k:02d}" for k in range(1, 11)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"resident": "-3"}, "number.out_of_range", "resident"),
        ({"resident": "三十"}, "number.not_a_number", "resident"),
        ({"zone": "没有"}, "ref.unknown", "zone"),
        ({"name": ""}, "field.missing", "name"),
        ({"id": "V1"}, "id.duplicate", "id"),
        ({"x": "29.9980", "y": "115.0110"}, "crs.swapped", "x, y"),
        ({"x": "117.5"}, "crs.far_from_roads", "x, y"),
    ],
)
def test_a_bad_row_is_named_as_the_pasted_table_counts(
    tiny: ScenarioFolder, tmp_path: Path, change: dict[str, str], code: str, field: str
) -> None:
    """The second pasted row is row 2 of the pasted table, whatever stands above in the file."""
    found = judge(tiny, tmp_path, [village(), village(**change)], "EPSG:4490", "表")
    errors = [(p.file, p.row, p.field) for p in found if p.severity == "error" and p.code == code]
    assert errors == [("表", 2, field)], found


def test_villages_without_a_height_take_a_neighbours(tiny: ScenarioFolder, tmp_path: Path) -> None:
    """A row without a height gets its nearest village's, and it is said; a pasted one stays."""
    near = tiny.tables["settlements"][1]
    assert isinstance(near, SettlementRow) and near.x is not None
    here = {"x": str(near.x + 0.0001), "y": str(near.y)}
    pasted = [village(**here, elevation_m=""), village(**here, elevation_m="123.4")]
    made = finished(pasted, tiny, "EPSG:4490")
    assert [row["elevation_m"] for row in made] == [f"{near.elevation_m:.2f}", "123.4"]
    notes = [
        problem
        for problem in judge(tiny, tmp_path / "try", pasted, "EPSG:4490", "表")
        if problem.code == "paste.height"
    ]
    assert [(p.found, p.allowed, p.severity) for p in notes] == [(1, "10", "warning")]


def test_what_the_hazard_asks_for_is_found_before_a_run(
    tiny: ScenarioFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What only building the hazard can find out stands beside the pasted rows."""
    wanted = Problem("river_flood.elevation_missing", "scenario.yaml", None, "elevation_m", "N01")

    def refuse(folder: ScenarioFolder) -> None:
        assert len(folder.tables["settlements"]) == len(tiny.tables["settlements"]) + 1
        raise InputError([wanted])

    monkeypatch.setattr("dashboard.villages.build_world", refuse)
    assert judge(tiny, tmp_path / "try", [village()], "EPSG:4490", "表") == [wanted]


def test_positions_are_set_right(tiny: ScenarioFolder) -> None:
    """A point taken from a Chinese web map lands where the same point in CGCS2000 does."""
    lon, lat = wgs_to_gcj(115.011, 29.998)
    (row,) = finished([village(x=f"{lon:.9f}", y=f"{lat:.9f}")], tiny, "GCJ-02")
    assert abs(float(row["x"]) - 115.011) < 1e-6 and abs(float(row["y"]) - 29.998) < 1e-6


def test_formulas_and_scripts_stay_text(tiny: ScenarioFolder, tmp_path: Path) -> None:
    """A formula is noted and kept as the text it is, in CSV and in a workbook."""
    rows: Rows = [village(name=FORMULA), village(name=HOSTILE)]
    found = judge(tiny, tmp_path, rows, "EPSG:4490", "表")
    about_rows = [(p.code, p.row, p.severity) for p in found if p.file == "表"]
    assert about_rows == [("paste.formula", 1, "warning")]
    place = tmp_path / "book"
    place.mkdir()
    book = openpyxl.Workbook()
    book.create_sheet("settlements").append(["id", "name", "zone", "x", "y", "resident"])
    book["settlements"].append(["V1", "甲村", "ZA", 115.01, 30.01, 120])
    book.save(place / "tables.xlsx")
    append(place, finished(rows, tiny, "EPSG:4490"))
    sheet = openpyxl.load_workbook(place / "tables.xlsx")["settlements"]
    assert [(c.value, c.data_type) for c in sheet["B"][2:4]] == [(FORMULA, "s"), (HOSTILE, "s")]
    with (tmp_path / "tiny" / "settlements.csv").open(encoding="utf-8") as file:
        assert [row["name"] for row in csv.DictReader(file)][-2:] == [FORMULA, HOSTILE]


def test_empty_rows_do_not_count() -> None:
    """Rows of the empty table and cells without value are nothing."""
    assert filled([dict.fromkeys(COLUMNS, ""), {"name": None}, {"name": " a "}]) == [
        {**dict.fromkeys(COLUMNS, ""), "name": "a"}
    ]


def test_an_own_copy_is_whole_and_no_name_is_taken_twice(
    tiny: ScenarioFolder, tmp_path: Path
) -> None:
    """The copy reads like the original, is the planner's own, and is never written over."""
    copy = copy_scenario(tmp_path, tiny.path, "我的乡")
    made, first = load_scenario(copy), tiny.spec.name
    assert made.tables == tiny.tables
    assert made.spec.model_copy(update={"name": first}) == tiny.spec
    assert made.spec.name.zh == f"{first.zh}（副本）"
    assert made.spec.name.text("en") == f"{first.text('en')} (copy)"
    assert is_own(copy) and not is_own(SHIPPED[0] / "yunling")
    for name, error in (("我的乡", TakenError), ("../x", ValueError)):
        with pytest.raises(error):
            copy_scenario(tmp_path, tiny.path, name)
    assert [path.name for path in (tmp_path / "scenarios").iterdir()] == ["我的乡"]


def test_a_link_is_not_copied(tiny: ScenarioFolder, tmp_path: Path) -> None:
    """A copy holds plain files only."""
    source = stage(tiny.path, tmp_path / "a")
    (source / "evil.csv").symlink_to("/etc/passwd")
    copy = stage(source, tmp_path / "b")
    assert not (copy / "evil.csv").exists() and (copy / "zones.csv").is_file()


@pytest.mark.parametrize("part", ["import", "villages", "area"])
def test_each_part_opens(open_page: Open, part: str) -> None:
    """No part of the page ends in a fault, in both languages."""
    for lang in ("zh", "en"):
        page = open_page("data", part=part, lang=lang)
        assert not page.exception and [error.value for error in page.error] == []


@pytest.mark.parametrize("part", ["villages", "area"])
def test_a_part_begins_with_the_scenario_of_the_plan_page(open_page: Open, part: str) -> None:
    """Until another one is picked here, which then stays when the plan page goes on."""
    shown = {}
    for name in ("yunling_fire", "yunling_quake"):
        page = open_page("data", part=part, scenario=name)
        box = next(one for one in page.selectbox if str(one.key).startswith(f"{part}-source"))
        shown[name] = Path(str(box.value)).name
    assert shown == {name: name for name in shown}
    other = next(one for one in box.options if one.endswith("yunling_park"))
    box.select(other).run()
    load = page.query_params["load"]
    page = open_page("data", part=part, scenario="yunling_fire", load=load)
    box = next(one for one in page.selectbox if str(one.key).startswith(f"{part}-source"))
    assert Path(str(box.value)).name == "yunling_park"


def test_what_was_sent_is_there_after_a_reload(home: Path, open_page: Open) -> None:
    """The address names the draft: its files stand on the page, under their names as text."""
    draft = Draft.at(home, "")
    draft.add("people", f"{HOSTILE}.csv", b"name,lon,lat,population\n")
    draft.keep(name="坎彭")
    page = open_page("data", load=draft.token)
    shown = "\n".join(str(block.proto.body) for block in page.get("html"))
    assert draft.files("people")[0].name in shown and HOSTILE not in shown
    assert page.text_input[0].value == "坎彭"


def test_nothing_chosen_is_said_at_once(home: Path, open_page: Open) -> None:
    """A missing name, a missing system, both in one list; nothing is made."""
    draft = Draft.at(home, "")
    draft.add("people", "p.csv", b"name,lon,lat,population\n")
    page = open_page("data", load=draft.token)
    page.button(key="import-check").click().run()
    shown = "\n".join(code.value for code in page.code)
    assert "名称只能用" in shown and "p.csv：还没有选坐标系" in shown


def test_two_tabs_have_drafts_of_their_own(home: Path, open_page: Open) -> None:
    """A second tab does not see, and cannot spoil, what the first one prepares."""
    one, two = open_page("data"), open_page("data")
    tokens = ["".join(page.query_params["load"]) for page in (one, two)]
    assert tokens[0] != tokens[1]
    one.text_input[0].set_value("甲县").run()
    two.text_input[0].set_value("乙县").run()
    assert [Draft.at(home, token).values()["name"] for token in tokens] == ["甲县", "乙县"]
