"""What planners read of the latest orders: words, tables and rows."""

from __future__ import annotations

import io
import json
import math
import string
from datetime import datetime
from pathlib import Path
from typing import Literal

import pytest
from order_cases import by_matrix, search
from rich.console import Console

from sim.optimize.trigger import Question
from sim.report.latest_orders import LatestReport
from sim.report.latest_orders_rows import as_document, clock, number, zone_row
from sim.report.latest_orders_zones import given_lead, lead_time, tightest
from sim.texts.latest_orders import COLUMNS, LATEST

QUESTION = Question(replications=1, shifts_min=(-60, 0, 60))


def printed(tmp_path: Path, drive_min: int, lang: Literal["zh", "en"]) -> str:
    """The whole report of the tiny county."""
    world, found = search(by_matrix(drive_min), tmp_path, QUESTION)
    console = Console(file=io.StringIO(), width=200)
    LatestReport(found, world, console, lang).print(5)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ("假设推演", "35分", "0:35", "还可晚 1:25", "不会断路")),
        ("en", ("what-if", "35 min", "0:35", "may wait 1:25", "neither cut off")),
    ],
)
def test_report_says_lead_slack_and_what_if(
    lang: Literal["zh", "en"], words: tuple[str, ...], tmp_path: Path
) -> None:
    """35 minutes of road, 120 given: the lead needed, the 85 to spare, the zone never cut off and
    the caveat stand in the report of either language."""
    text = printed(tmp_path, 35, lang)
    assert [word for word in words if word not in text] == []


def test_report_says_what_is_lacking(tmp_path: Path) -> None:
    """Where no order is early enough the report says how early was tried and who held them up."""
    text = printed(tmp_path, 200, "zh")
    assert "试到最早也来不及" in text and "提前 3:00 也不够：卡在路上" in text
    assert "看水位来不及" not in text, "the tiny county has no gauge to read"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.2, "1分"),
        (59.0, "59分"),
        (59.1, "1小时00分"),
        (61, "1小时01分"),
        (math.inf, "比试过的更早"),
    ],
)
def test_lead_times_are_rounded_up(value: float, text: str) -> None:
    """A lead is never promised shorter than it is."""
    assert lead_time(value, "zh") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(61.9, "提前 1小时01分 "), (-27.0, "在断路后 27分 才"), (-90, "在断路后 1小时30分 才")],
)
def test_orders_after_the_cut_off_are_called_so(value: float, text: str) -> None:
    """A lead that was given is rounded down, and a negative one is said in words."""
    assert given_lead(value, "zh") == text


def test_clocks_are_rounded_down_and_unknown_numbers_are_null() -> None:
    """A latest clock time is never promised later than it is; JSON knows no infinity."""
    start = datetime(2025, 6, 18, 8)
    assert clock(119.9, start) == "09:59"
    assert clock(math.inf, start) is None
    assert number(math.nan) is None and number(-math.inf) is None and number(1.25, 1) == 1.2


def test_rows_have_every_column_and_json_has_no_infinity(tmp_path: Path) -> None:
    """A zone gives a value for every column of the file, and the document is strict JSON."""
    world, found = search(by_matrix(200), tmp_path, QUESTION)
    for zone in found.zones:
        assert zone_row(world, zone).keys() == {key for key, _, _ in COLUMNS}
    text = json.dumps(as_document(found, world), allow_nan=False)
    assert json.loads(text)["zones"][0]["status"] == "not_enough"


def test_zones_that_no_order_saves_come_first(tmp_path: Path) -> None:
    """Only zones with an answer are listed."""
    _, found = search(by_matrix(35), tmp_path, QUESTION)
    assert [zone.zone for zone in tightest(found.zones)] == [0]


def test_both_languages_take_the_same_values() -> None:
    """Every sentence has the same places to fill in in Chinese and English."""

    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert {key for key, (zh, en) in LATEST.items() if places(zh) != places(en)} == set()
