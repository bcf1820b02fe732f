"""The workbook as a reader opens it: its totals are sums of its rows and numbers of the run."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from sim.experiment.scored import run_json
from sim.report.book import Book
from sim.report.excel import sheets, write_xlsx
from sim.report.excel_sheet import HEAD_ROW
from sim.texts.list_results import RESULTS
from sim.texts.lists import COLUMNS

Cells = dict[str, Any]


@pytest.fixture(scope="module")
def opened(
    whole_book: Book, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[list[Cells], Cells]]:
    """Rows and totals of every sheet by key of its table, read back from the file."""
    path = tmp_path_factory.mktemp("xlsx") / "run.xlsx"
    write_xlsx(whole_book, path, "zh")
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()))
    found = {}
    for table, sheet in zip(sheets(whole_book), book.worksheets, strict=True):
        rows = list(_rows(sheet, [column.key for column in table.columns]))
        total = rows.pop() if table.total else {}
        assert len(rows) == len(table.rows)
        found.setdefault(table.key, (rows, total))
    return found


def _rows(sheet: Worksheet, keys: list[str]) -> Iterator[Cells]:
    for row in sheet.iter_rows(min_row=HEAD_ROW + 1, max_col=len(keys), values_only=True):
        yield dict(zip(keys, row, strict=True))


def same(cell: Any, number: float | None) -> bool:
    """Whether a cell is the number (JSON gives six digits), or words where JSON has none."""
    if number is None:
        return cell in ("未达到", "—")
    return bool(cell == pytest.approx(number, rel=1e-5))


def test_every_total_is_the_sum_of_its_rows(
    opened: dict[str, tuple[list[Cells], Cells]],
) -> None:
    """Of every sheet with totals, in the file as it is opened."""
    with_totals = {key: (rows, total) for key, (rows, total) in opened.items() if total}
    assert {"tasks", "dispatch", "shelters", "special"} <= set(with_totals)
    for key, (rows, total) in with_totals.items():
        sums = {name: value for name, value in total.items() if isinstance(value, int | float)}
        assert sums
        for name, value in sums.items():
            each = [row[name] for row in rows if isinstance(row[name], int | float)]
            assert sum(each) == value, (key, name)


def test_totals_are_those_of_the_replication(
    whole_book: Book, opened: dict[str, tuple[list[Cells], Cells]]
) -> None:
    """Trips and people of 派车单, 安置点接收表, 特殊群体一对一表 against the stored results."""
    plan = whole_book.best
    number = whole_book.replication(plan, "median")
    values = whole_book.scored.tables[plan].values
    run = {name: float(column[number]) for name, column in values.items()}
    totals = {key: total for key, (_, total) in opened.items()}
    assert totals["tasks"]["persons"] == run["people_at_risk"] > 0
    ridden = run["moved_by_bus"] + run["moved_by_ambulance"]
    assert totals["dispatch"]["delivered"] == ridden > 0
    trips = {(row["vehicle"], row["trip"]) for row in opened["dispatch"][0] if row["delivered"]}
    assert len(trips) >= run["bus_waves"]
    hospital = sum(row["arrived"] for row in opened["reception"][0] if row["kind"] == "医院")
    assert totals["shelters"]["received"] == run["sheltered"] + hospital
    assert totals["special"]["size"] == totals["tasks"]["special"] > 0


def test_progress_ends_where_the_townships_end(
    whole_book: Book, opened: dict[str, tuple[list[Cells], Cells]]
) -> None:
    """整点进度表: with every replication the same at the start, and townships sum to the county."""
    county, towns = opened["progress"][0], opened["progress_townships"][0]
    last = max(row["clock"] for row in towns)
    counted = sum(row["counted"] for row in towns if row["clock"] == last)
    lowest, highest = county[-1]["counted_p10"], county[-1]["counted_p90"]
    assert lowest <= counted <= highest
    people = sum(row["persons"] for row in towns if row["clock"] == last)
    assert people == whole_book.score(whole_book.best).measures["people_at_risk"].p50


def test_targets_and_comparisons_equal_json(
    whole_book: Book, opened: dict[str, tuple[list[Cells], Cells]]
) -> None:
    """时限目标 and 方案对比 as opened hold the numbers of ``--json``, row by row."""
    found = run_json(whole_book.scored)
    targets = [target for plan in found["plans"] for target in plan["targets"]]
    rows = opened["targets"][0]
    assert len(rows) == len(targets) > 0
    for row, target in zip(rows, targets, strict=True):
        assert row["target_name"] == target["text"]["zh"]
        assert row["judged"] == target["n_judged"]
        assert row["met"] == round(target["p_meet"] * target["n_judged"])
        assert row["required"] == target["required_probability"]
        assert same(row["time_p90"], target["p90"])
        assert row["counted_from"] in ("下令", "断路或来水（之前为负）", "情景开始")
    compared = {(one["plan"], one["measure"]): one for one in found["comparisons"]}
    rows = opened["comparisons"][0]
    by_name = {whole_book.name(plan, "zh"): plan for plan in whole_book.plans}
    assert len(rows) == len(compared) > 0
    for row in rows:
        one = compared[by_name[row["plan"]], row["measure_key"]]
        assert same(row["difference"], one["diff_mean"])
        assert same(row["better"], one["p_better"])


def test_no_column_has_two_meanings() -> None:
    """A key names one column: of a list, or of results."""
    assert not set(COLUMNS) & set(RESULTS)
