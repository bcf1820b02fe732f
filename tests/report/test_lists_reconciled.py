"""The workbook as a reader opens it: its totals are sums of its rows and numbers of the run."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from sim.experiment.scored import run_json
from sim.experiment.store import RunFolder
from sim.report.book import Book
from sim.report.excel import sheets, write_xlsx
from sim.report.excel_sheet import HEAD_ROW
from sim.texts.list_results import RESULTS
from sim.texts.lists import COLUMNS

Cells = dict[str, Any]
Opened = dict[str, tuple[list[Cells], list[Cells]]]


@pytest.fixture(scope="module")
def opened(whole_book: Book, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """The workbook of the run that was played whole."""
    return read_back(whole_book, tmp_path_factory.mktemp("xlsx") / "run.xlsx")


@pytest.fixture(scope="module")
def supplied(supplied_run: RunFolder, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """The workbook of a run with two stores."""
    book = Book.open(supplied_run.path)
    return read_back(book, tmp_path_factory.mktemp("xlsx") / "supplied.xlsx")


def read_back(book: Book, path: Path) -> Opened:
    """Rows and totals of every sheet by key of its table, read back from the file."""
    write_xlsx(book, path, "zh")
    opened = openpyxl.load_workbook(BytesIO(path.read_bytes()))
    found: Opened = {}
    for table, sheet in zip(sheets(book), opened.worksheets, strict=True):
        rows = list(_rows(sheet, [column.key for column in table.columns]))
        at = len(table.rows)
        assert len(rows) == at + len(table.totals)
        found.setdefault(table.key, (rows[:at], rows[at:]))
    return found


def _rows(sheet: Worksheet, keys: list[str]) -> Iterator[Cells]:
    for row in sheet.iter_rows(min_row=HEAD_ROW + 1, max_col=len(keys), values_only=True):
        yield dict(zip(keys, row, strict=True))


def same(cell: Any, number: float | None) -> bool:
    """Whether a cell is the number (JSON gives six digits), or words where JSON has none."""
    if number is None:
        return cell in ("未达到", "—")
    return bool(cell == pytest.approx(number, rel=1e-5))


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("opened", {"tasks", "dispatch", "shelters", "special", "supplies_townships"}),
        ("supplied", {"supplies_townships", "supply_balance", "deployment"}),
    ],
)
def test_every_total_is_the_sum_of_its_rows(
    run: str, expected: set[str], request: pytest.FixtureRequest
) -> None:
    """Of every sheet with totals, in the file as it is opened; of supplies, item by item."""
    book: Opened = request.getfixturevalue(run)
    with_totals = {key: of for key, of in book.items() if of[1]}
    assert expected <= set(with_totals)
    for key, (rows, totals) in with_totals.items():
        for total in totals:
            alike = [row for row in rows if item_of(row) == item_of(total)]
            sums = {name: value for name, value in total.items() if isinstance(value, int | float)}
            assert sums
            for name, value in sums.items():
                each = [row[name] for row in alike if isinstance(row[name], int | float)]
                assert sum(each) == pytest.approx(value), (key, name)


def item_of(row: Cells) -> tuple[Any, Any]:
    """Item and unit of a row of goods; the same for all rows of other tables."""
    return row.get("item"), row.get("item_unit")


def test_supplies_agree_between_the_sheets(supplied: Opened) -> None:
    """物资缺口表, 分乡镇物资缺口表, 物资收支表 and 安置点接收表 as opened, item by item."""
    short = {item_of(row): row for row in supplied["supplies"][0]}
    towns = {item_of(row): row for row in supplied["supplies_townships"][1]}
    balance = {item_of(row): row for row in supplied["supply_balance"][1]}
    at_shelters = [row for row in supplied["supply_balance"][0] if row["supply_level"] == "安置点"]
    hospital = sum(row["arrived"] for row in supplied["reception"][0] if row["kind"] == "医院")
    people = supplied["shelters"][1][0]["received"] - hospital
    assert balance and people > 0
    for kind, total in balance.items():
        assert short[kind]["stock"] == total["at_start"]
        assert short[kind]["stock_county"] + short[kind]["stock_town"] == short[kind]["stock"]
        assert towns[kind]["lacked_person_h"] == pytest.approx(total["lacked_person_h"])
        got = sum(row["received_goods"] for row in at_shelters if item_of(row) == kind)
        assert towns[kind]["received_goods"] == pytest.approx(got)
    for row in towns.values():
        assert row["persons_in_shelters"] == people
    assert all(row["agrees"] == "是" for row in supplied["checks"][0])


def test_totals_are_those_of_the_replication(whole_book: Book, opened: Opened) -> None:
    """Trips and people of 派车单, 安置点接收表, 特殊群体一对一表 against the stored results."""
    plan = whole_book.best
    number = whole_book.replication(plan, "median")
    values = whole_book.scored.tables[plan].values
    run = {name: float(column[number]) for name, column in values.items()}
    totals = {key: sums[0] for key, (_, sums) in opened.items() if sums}
    assert totals["tasks"]["persons"] == run["people_at_risk"] > 0
    ridden = run["moved_by_bus"] + run["moved_by_ambulance"]
    assert totals["dispatch"]["delivered"] == ridden > 0
    trips = {(row["vehicle"], row["trip"]) for row in opened["dispatch"][0] if row["delivered"]}
    assert len(trips) >= run["bus_waves"]
    hospital = sum(row["arrived"] for row in opened["reception"][0] if row["kind"] == "医院")
    assert totals["shelters"]["received"] == run["sheltered"] + hospital
    assert totals["special"]["size"] == totals["tasks"]["special"] > 0


def test_progress_ends_where_the_townships_end(whole_book: Book, opened: Opened) -> None:
    """整点进度表: with every replication the same at the start, and townships sum to the county."""
    county, towns = opened["progress"][0], opened["progress_townships"][0]
    last = max(row["clock"] for row in towns)
    counted = sum(row["counted"] for row in towns if row["clock"] == last)
    lowest, highest = county[-1]["counted_p10"], county[-1]["counted_p90"]
    assert lowest <= counted <= highest
    people = sum(row["persons"] for row in towns if row["clock"] == last)
    assert people == whole_book.score(whole_book.best).measures["people_at_risk"].p50


def test_targets_and_comparisons_equal_json(whole_book: Book, opened: Opened) -> None:
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
        assert row["counted_from"] in ("下令", "断路或灾情到（之前为负）", "情景开始")
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
