"""The workbook: numbers of the run, text that stays text, sheets that can be read and printed."""

from __future__ import annotations

import math
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from sim.experiment.store import RunFolder
from sim.report.book import Book
from sim.report.excel import sheets, write_xlsx
from sim.report.excel_sheet import HEAD_ROW, write_tables
from sim.report.table import Cell, Column, Share, Table, both
from sim.texts.report import Lang

LANGS: tuple[Lang, ...] = ("zh", "en")
HOSTILE = ("=1+1", "+86", "-1", "@SUM(A1)", "\t=2", '=HYPERLINK("x")', "a\x00b\x0bc", "<b>&</b>")


def reopened(path: Path) -> Workbook:
    """A workbook read from its bytes, so that no file stays open."""
    return openpyxl.load_workbook(BytesIO(path.read_bytes()))


@pytest.fixture(scope="module", params=LANGS)
def workbook(
    request: pytest.FixtureRequest, whole_book: Book, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Lang, Workbook]:
    """The run's workbook, written and opened again."""
    lang: Lang = request.param
    path = tmp_path_factory.mktemp("xlsx") / "run.xlsx"
    write_xlsx(whole_book, path, lang)
    return lang, reopened(path)


def written(rows: list[tuple[Cell, ...]], columns: list[Column], path: Path) -> Workbook:
    """A workbook of one table, opened again."""
    table = Table("t", both(("表/一:二", "table")), tuple(columns), tuple(rows))
    write_tables([table, table], path, "zh")
    return reopened(path)


def test_no_formula_anywhere(workbook: tuple[Lang, Workbook]) -> None:
    """With hostile names in the scenario, no cell of any sheet is a formula."""
    _, book = workbook
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds and "e" not in kinds


def test_hostile_names_are_there(
    workbook: tuple[Lang, Workbook], hostile_names: dict[str, str]
) -> None:
    """The names themselves are shown letter by letter."""
    _, book = workbook
    texts = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert hostile_names["河边组"] in texts and hostile_names["溪口组"] in texts


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str, tmp_path: Path) -> None:
    """Whatever a text begins with, it is a string; characters no sheet can hold are replaced."""
    book = written([(text,)], [Column(both(("名", "name")))], tmp_path / "t.xlsx")
    cell = book.worksheets[0].cell(HEAD_ROW + 1, 1)
    shown = text.replace("\x00", "�").replace("\x0b", "�")
    assert cell.data_type == "s" and cell.value == shown
    assert bool(cell.quotePrefix) == text.startswith(("=", "+", "-", "@", "\t"))


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    """Counts, shares and moments are numbers with a format; unknown and never are words."""
    forms = ("count", "share", "clock", "number", "number", "count")
    columns = [Column(both((form, form)), form=form) for form in forms]  # type: ignore[arg-type]
    moment = datetime(2025, 6, 19, 3, 20)
    cells: tuple[Cell, ...] = (1204, 0.5, moment, Share(0.25), math.inf, None)
    sheet = written([cells], columns, tmp_path / "t.xlsx").worksheets[0]
    row = [sheet.cell(HEAD_ROW + 1, i + 1) for i in range(len(cells))]
    assert [cell.value for cell in row] == [1204, 0.5, moment, 0.25, "未达到", "—"]
    assert "%" in row[1].number_format and "%" in row[3].number_format
    assert "hh:mm" in row[2].number_format


def test_sheets_can_be_read(workbook: tuple[Lang, Workbook]) -> None:
    """Heads with units stay in sight, columns have widths, pages are wide and repeat the heads."""
    lang, book = workbook
    for sheet in book:
        assert sheet.freeze_panes == f"B{HEAD_ROW + 1}"
        assert sheet.print_title_rows == f"$1:${HEAD_ROW}"
        assert sheet.page_setup.orientation == "landscape"
        assert all(7 <= sheet.column_dimensions[c].width <= 60 for c in ("A", "B"))
    tasks = book["任务分解表" if lang == "zh" else "Who does what by when"]
    heads = [str(cell.value) for cell in tasks[HEAD_ROW]]
    assert ("应转人数\n（人）" if lang == "zh" else "people at risk\n(persons)") in heads


def test_every_page_of_a_drill_says_so(workbook: tuple[Lang, Workbook]) -> None:
    """The header of both inject lists carries the mark, and so does every inject."""
    lang, book = workbook
    mark = "演练" if lang == "zh" else "DRILL"
    names = [name for name in book.sheetnames if name.startswith(("演练导调单", "Inject list"))]
    assert len(names) == 2
    for name in names:
        sheet = book[name]
        assert mark in sheet.oddHeader.center.text
        column = [str(cell.value) for cell in sheet[HEAD_ROW]].index(
            "导调内容" if lang == "zh" else "inject"
        )
        texts = [row[column].value for row in sheet.iter_rows(min_row=HEAD_ROW + 1)]
        assert texts and all(str(text).startswith(("【演练】", "[DRILL]")) for text in texts)


def test_all_checks_agree(workbook: tuple[Lang, Workbook]) -> None:
    """The sheet that proves the totals says yes in every row."""
    lang, book = workbook
    sheet = book["核对" if lang == "zh" else "Checks"]
    verdicts = [row[3].value for row in sheet.iter_rows(min_row=HEAD_ROW + 1)]
    assert verdicts and set(verdicts) == {"是" if lang == "zh" else "yes"}


def test_columns_are_explained(whole_book: Book) -> None:
    """The last sheet says in both languages what every column of the others means."""
    tables = sheets(whole_book)
    explained = tables[-1]
    assert explained.key == "columns"
    assert len(explained.rows) == sum(len(table.columns) for table in tables[1:-1])
    assert all(row[2][lang] for row in explained.rows for lang in LANGS)  # type: ignore[index,call-overload]


def test_titles_make_sheet_names(tmp_path: Path) -> None:
    """Characters sheets forbid are replaced, and equal titles get numbers."""
    book = written([("x",)], [Column(both(("名", "name")))], tmp_path / "t.xlsx")
    assert book.sheetnames == ["表·一·二", "表·一·二 2"]


def test_scenario_gone(whole_run: RunFolder, tmp_path: Path) -> None:
    """Without the scenario folder the results are there, and the cover says why lists are not."""
    run = RunFolder.open(whole_run.path)
    run.document["scenario"]["path"] = str(tmp_path / "gone")
    book = Book.open(whole_run.path)
    book.document["scenario"]["path"] = str(tmp_path / "gone")
    keys = [table.key for table in sheets(book)]
    assert "measures" in keys and "tasks" not in keys and "injects" not in keys
    cover = sheets(book)[0]
    assert any("工作表未写" in str(row[1]) for row in cover.rows)
    write_xlsx(book, tmp_path / "gone.xlsx", "zh")


def test_nothing_to_write(tmp_path: Path) -> None:
    """A workbook without tables is still one that opens."""
    write_tables([], tmp_path / "t.xlsx", "en")
    assert len(reopened(tmp_path / "t.xlsx").sheetnames) == 1
