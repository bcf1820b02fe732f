"""CSV files and sheets become rows of the schema, and every odd cell is named."""

from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from sim.io.columns import columns
from sim.io.csv_table import read_csv_table
from sim.io.headers import column_name, headings, label
from sim.io.raw_table import RawTable
from sim.io.tables import Table, read_table
from sim.io.xlsx_table import read_workbook
from sim.schema.problems import Problem
from sim.schema.tables import TABLES
from sim.texts.labels import CHOICES

Found = list[tuple[str, int | None, str | None, object, object]]


def csv_table(data: str | bytes, name: str = "zones") -> tuple[Table, list[Problem]]:
    raw = data.encode() if isinstance(data, str) else data
    return read_table(read_csv_table(raw, name, f"{name}.csv"))


def brief(problems: list[Problem]) -> Found:
    return [(item.code, item.row, item.field, item.found, item.allowed) for item in problems]


def workbook(rows: list[list[object]], name: str = "zones") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheets(data: bytes) -> tuple[list[RawTable], list[Problem]]:
    return read_workbook(data, "tables.xlsx", {name: name for name in TABLES} | {"说明": ""})


def xlsx_table(data: bytes) -> tuple[Table, list[Problem]]:
    tables, problems = sheets(data)
    assert problems == []
    return read_table(tables[0])


def test_chinese_and_english_headings_give_the_same_rows() -> None:
    """A planner may head his columns with the field names or with their Chinese labels."""
    english, _ = csv_table("id,name,township,priority\nA,甲,东乡,3\n")
    chinese, problems = csv_table("片区编号,片区 名称,乡镇,转移次序\nA,甲,东乡,3\n")
    assert problems == []
    assert chinese.rows == english.rows
    assert chinese.rows[0].model_dump()["priority"] == 3


@pytest.mark.parametrize("table", TABLES)
def test_labels_are_unambiguous(table: str) -> None:
    """No two columns of a table share a Chinese heading."""
    model = TABLES[table]
    labels = [label(model, name) for name in model.model_fields if label(model, name)]
    assert len(labels) == len(set(labels))
    assert set(headings(table).values()) == {column_name(model, n) for n in model.model_fields}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_delimiters_and_encodings_of_office_programs(delimiter: str, encoding: str) -> None:
    """Every usual way of saving a CSV gives the same rows; other encodings than UTF-8 are said."""
    text = delimiter.join(["id", "name"]) + "\r\n" + delimiter.join(["A", "甲村"]) + "\r\n"
    table, problems = csv_table(text.encode(encoding))
    assert [row.model_dump()["name"] for row in table.rows] == ["甲村"]
    expected = [] if encoding.startswith("utf-8") else ["file.encoding"]
    assert [item.code for item in problems] == expected
    assert all(item.severity == "warning" for item in problems)


@pytest.mark.parametrize("data", ["甲村é".encode("latin-1", "replace"), "甲村乙镇".encode()[:-1]])
def test_unknown_or_damaged_encodings_are_errors(data: bytes) -> None:
    """A name that might be decoded wrongly is never guessed."""
    _, problems = csv_table(b"id,name\nA," + data + b"\xff\n")
    assert brief(problems) == [("file.encoding_unknown", 2, None, None, "UTF-8")]


def test_rows_are_numbered_as_the_spreadsheet_does() -> None:
    """Blank lines count as rows, a cell with a line break is still one row."""
    table, problems = csv_table('\nid,name\n\nA,"甲\n村"\n\n,乙\n')
    assert table.numbers == (4,)
    assert brief(problems) == [("field.missing", 6, "id", None, None)]


SETTLEMENTS = "id,name,resident,share_coach,holiday_factor\n"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("a,b,-3,,", ("number.out_of_range", 2, "resident", "-3", "≥ 0")),
        ("a,b,,1.2,", ("number.out_of_range", 2, "share_coach", "1.2", "≤ 1")),
        ("a,b,12人,,", ("number.not_a_number", 2, "resident", "12人", None)),
        ("a,b,3.5,,", ("number.not_a_number", 2, "resident", "3.5", None)),
        ("a,b,,35%,", ("number.percent", 2, "share_coach", "35%", None)),
        ("a,b,,nan,", ("number.not_finite", 2, "share_coach", "nan", None)),
        ("a,b,,,inf", ("number.not_finite", 2, "holiday_factor", "inf", None)),
        ("a b,b,,,", ("text.characters", 2, "id", "a b", None)),
        (",b,,,", ("field.missing", 2, "id", None, None)),
        ("a,b,1,,,9", ("table.ragged", 2, None, 6, "≤ 5")),
    ],
)
def test_a_wrong_cell_is_named_with_row_and_column(cells: str, expected: object) -> None:
    """One wrong cell gives one problem: row, column, what stands there, what may."""
    table, problems = csv_table(SETTLEMENTS + cells + "\nok,ok,1,0.1,1\n", "settlements")
    assert brief(problems) == [expected]
    assert len(table.rows) == 1


def test_what_spreadsheets_do_to_values_is_undone() -> None:
    """Full-width digits, 12.0 for a count, codes as numbers, 是/否: read as meant."""
    table, problems = csv_table("id,name,resident\n１,甲,１２\n2,乙,12.0\n", "settlements")
    assert problems == []
    assert [row.model_dump()["resident"] for row in table.rows] == [12, 12]
    teams, problems = csv_table("id,name,station,night_ok\nT,队,S,否\n", "teams")
    assert problems == []
    assert teams.rows[0].model_dump()["night_ok"] is False
    _, problems = csv_table("id,name,station,night_ok\nT,队,S,maybe\n", "teams")
    assert [item.code for item in problems] == ["choice.not_yes_no"]


def test_chinese_words_for_choices() -> None:
    """大巴 is a coach; a word that fits another column is still refused."""
    table, problems = csv_table("id,class,seats,depot,contract\nA,大巴,40,D,协议\n", "vehicles")
    assert problems == []
    row = table.rows[0].model_dump(by_alias=True)
    assert (row["class"], row["contract"]) == ("coach", "contracted")
    _, problems = csv_table("id,class,seats,depot\nA,学校,40,D\n", "vehicles")
    assert [(item.code, item.found) for item in problems] == [("choice.unknown", "学校")]


@pytest.mark.parametrize("table", TABLES)
def test_every_choice_has_a_chinese_word(table: str) -> None:
    """Planners who do not read English can fill in every list; no word means two values."""
    for column in columns(table):
        if column.choices and column.choices != ("true", "false"):
            words = [CHOICES[value][0] for value in column.choices]
            assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id,name,naem\nA,b,\n", ("table.column_unknown", 1, "naem", None, "name")),
        ("id,name,片区名称\nA,b,c\n", ("table.column_twice", 1, "片区名称", None, None)),
        ("id\nA\n", ("table.column_missing", 1, "name", None, None)),
        ("id,,name\nA,b,c\n", ("table.column_unnamed", 1, "2", None, None)),
        ("id,name\nA,甲\0\n", ("file.binary", None, None, "NUL", None)),
        ('id,name\nA,"b"c\n', ("table.quotes", 2, None, "',' expected after '\"'", None)),
        ("", ("file.empty", None, None, None, None)),
        ("id,name\n", ("table.empty", None, None, None, None)),
    ],
)
def test_header_and_file_problems(text: str, expected: object) -> None:
    """A wrong header is one problem of the file, not one per row."""
    assert brief(csv_table(text)[1]) == [expected]


def test_foreign_header_says_what_is_expected() -> None:
    """A table with no known column is one problem that lists the columns."""
    _, problems = csv_table("foo,bar\n1,2\n")
    assert [item.code for item in problems if item.field is None] == ["table.header_unknown"]


def test_workbook_gives_the_same_rows_as_csv() -> None:
    """Text "044000" stays text, numbers stored as text are numbers, times of day become text."""
    data = workbook(
        [["编号", "片区名称", "priority"], [None], ["044000", "甲", "7"], [12.0, "乙", 8]]
    )
    data = data.replace("编号".encode(), "编号".encode())
    table, problems = xlsx_table(workbook([["id", "name", "priority"], ["044000", "甲", "7"]]))
    assert problems == []
    assert [(row.model_dump()["id"], row.model_dump()["priority"]) for row in table.rows] == [
        ("044000", 7)
    ]
    tables, _ = sheets(workbook([["time", "moved"], [datetime.time(20, 30), 5]], "observed"))
    observed, problems = read_table(tables[0])
    assert problems == []
    assert observed.rows[0].model_dump()["time"] == "20:30"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("=1+1", "xlsx.formula"),
        (ArrayFormula("C2", "=SUM(A1:A2)"), "xlsx.formula"),
        (datetime.datetime(2025, 6, 18), "xlsx.date"),
        ("#REF!", "xlsx.error_cell"),
    ],
)
def test_cells_that_show_something_else_than_they_hold(cell: object, code: str) -> None:
    """Formulas, error values and dates are named with their row and column."""
    _, problems = xlsx_table(workbook([["id", "name", "priority"], ["A", "甲", cell]]))
    assert [(item.code, item.row, item.field) for item in problems] == [(code, 2, "priority")]


def test_merged_cells_are_refused() -> None:
    """Only the first cell of a merged area has a value; the planner is asked to split it."""
    book = openpyxl.load_workbook(io.BytesIO(workbook([["id", "name"], ["A", "甲"], ["B", "甲"]])))
    book["zones"].merge_cells("B2:B3")
    stream = io.BytesIO()
    book.save(stream)
    _, problems = xlsx_table(stream.getvalue())
    assert ("xlsx.merged", 2, "B2:B3") in [(i.code, i.row, i.field) for i in problems]


def test_unknown_sheets_are_a_warning_and_explanations_are_skipped() -> None:
    """A sheet with another name is said; the template's own explanation sheet is not."""
    book = openpyxl.load_workbook(io.BytesIO(workbook([["id", "name"], ["A", "甲"]])))
    book.create_sheet("Tabelle1").append(["x"])
    book.create_sheet("说明").append(["x"])
    stream = io.BytesIO()
    book.save(stream)
    tables, problems = sheets(stream.getvalue())
    assert [table.name for table in tables] == ["zones"]
    assert [(i.code, i.file, i.severity) for i in problems] == [
        ("table.unknown", "tables.xlsx/Tabelle1", "warning")
    ]


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"not a zip", "xlsx.unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "xlsx.old_or_locked"),
        (_zip({"readme.txt": b"hello"}), "xlsx.unreadable"),
        (_zip({"xl/worksheets/sheet1.xml": b"\0" * 20_000_000}), "xlsx.bomb"),
        (_zip({"xl/workbook.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
         "xlsx.unreadable"),
        (workbook([["id", "name"], ["A", "b"]])[:-200], "xlsx.unreadable"),
    ],
)  # fmt: skip
def test_damaged_and_hostile_workbooks(data: bytes, code: str) -> None:
    """Truncated, foreign, password-protected or exploding files are one problem each."""
    tables, problems = sheets(data)
    assert tables == []
    assert [item.code for item in problems] == [code]


def test_too_long_a_sheet_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the row limit reading stops with one problem."""
    monkeypatch.setattr("sim.io.csv_table.MOST_ROWS", 3)
    _, problems = csv_table("id,name\n" + "".join(f"Z{i},n\n" for i in range(9)))
    assert [(item.code, item.row) for item in problems] == [("table.too_long", 5)]


def test_sparse_and_wide_sheets() -> None:
    """A value far below is read with its row; a value far to the right is refused."""
    book = openpyxl.load_workbook(io.BytesIO(workbook([["id", "name"], ["A", "甲"]])))
    book["zones"]["A300000"], book["zones"]["B300000"] = "Z", "乙"
    stream = io.BytesIO()
    book.save(stream)
    table, problems = xlsx_table(stream.getvalue())
    assert problems == []
    assert table.numbers == (2, 300_000)
    book["zones"]["XFD3"] = "x"
    stream = io.BytesIO()
    book.save(stream)
    _, problems = xlsx_table(stream.getvalue())
    assert [(item.code, item.row) for item in problems] == [("table.too_wide", 3)]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(sorted(TABLES)))
def test_no_bytes_make_the_csv_reader_raise(data: bytes, name: str) -> None:
    """Arbitrary bytes under any table name are rows or problems, never an exception."""
    table, problems = csv_table(data, name)
    assert table.rows or problems or not data.strip()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(st.text(max_size=8), max_size=5), max_size=5), st.sampled_from(sorted(TABLES))
)
def test_no_cells_make_the_csv_reader_raise(rows: list[list[str]], name: str) -> None:
    """Rows of arbitrary texts under a right header are rows or problems."""
    header = ",".join(list(headings(name).values())[:4])
    csv_table(header + "\n" + "\n".join(",".join(row) for row in rows), name)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 5000), st.integers(0, 255))
def test_no_damaged_byte_makes_the_workbook_reader_raise(position: int, byte: int) -> None:
    """One changed byte in a workbook gives tables or problems."""
    data = bytearray(workbook([["id", "name"], ["A", "甲"]]))
    data[position % len(data)] = byte
    tables, problems = sheets(bytes(data))
    for table in tables:
        read_table(table)
    assert tables or problems
