"""会议一页纸: eight questions, honest gaps, latest orders only from the same inputs."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.experiment.store import RunFolder
from sim.io.scenario_folder import load_scenario
from sim.report.book import Book
from sim.report.danger import danger_zones
from sim.report.latest_file import FILE, latest_orders_of
from sim.report.one_page import ORDER, headline, lacking_lines, one_page
from sim.texts.report import Lang


def _answers(book: Book, lang: Lang = "zh") -> dict[str, str]:
    return {one.key: "\n".join(one.answer) for one in one_page(book, lang)}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("run", ["whole_run", "bare_run", "unordered_run"])
def test_eight_answers(run: str, lang: Lang, request: pytest.FixtureRequest) -> None:
    """Every question has an answer in words, whatever is missing."""
    folder: RunFolder = request.getfixturevalue(run)
    book = Book.open(folder.path)
    page = one_page(book, lang)
    assert tuple(one.key for one in page) == ORDER
    for one in page:
        assert one.answer and all(line.strip() for line in one.answer), one.key
        assert not re.search(r"\b(nan|inf|None)\b|[{}]", " ".join(one.answer))
    assert headline(book, lang)


def test_headline_without_any_cut_off(bare_run: RunFolder) -> None:
    """Where no road is ever cut, nobody is said to be out before a cut-off."""
    lines = "\n".join(headline(Book.open(bare_run.path), "zh"))
    assert "没有一场断路" in lines and "断路前" not in lines


def test_left_behind_adds_up(whole_book: Book) -> None:
    """People left behind by all zones are the measure left_behind_at_cutoff of the plan."""
    for plan in whole_book.plans:
        zones = danger_zones(whole_book, plan, most=10_000)
        assert zones is not None
        mean = float(np.mean(whole_book.scored.tables[plan].of("left_behind_at_cutoff")))
        assert sum(zone.left_behind for zone in zones) == pytest.approx(mean, abs=1e-6)
        assert [z.left_behind for z in zones] == sorted(z.left_behind for z in zones)[::-1]


def test_those_in_charge_are_named(whole_book: Book, hostile_names: dict[str, str]) -> None:
    """The organiser of the village with most people stands first, then the deputy."""
    zones = danger_zones(whole_book, "late", most=10_000)
    assert zones is not None
    by_id = {zone.id: zone for zone in zones}
    assert by_id["ZA"].answers == (hostile_names["河边村支书"], "河边村主任")


def test_transfer_without_an_end(unordered_run: RunFolder, whole_book: Book) -> None:
    """Where nine in ten are never counted, the page says what became of the people instead."""
    assert "拒绝转移" in _answers(Book.open(unordered_run.path))["done"]
    assert "拒绝转移" not in _answers(whole_book)["done"]


def test_not_simulated_is_said(whole_book: Book) -> None:
    """Outages, and the latest order nobody has played, are named as not simulated."""
    answers = _answers(whole_book)
    assert "未模拟" in answers["outage"]
    assert "还没有推演" in answers["latest"]
    assert "没有推演" in answers["hour"]


def test_people_of_failed_shelters_are_told(
    whole_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many have to be moved on stands under power and network, where any had to."""
    measures = whole_book.score(whole_book.best).measures
    assert "再转移" not in _answers(whole_book)["outage"]
    monkeypatch.setitem(measures, "moved_on", replace(measures["moved_by_bus"], mean=41.6))
    assert "平均每次 42 人要再转移" in _answers(whole_book)["outage"]


def test_seats_of_coaches_say_nothing_of_ambulances(whole_book: Book) -> None:
    """The seats that suffice are named as those of coaches; ambulances stand apart, as people
    they bring out, also under a plan that leaves them at home."""
    assert whole_book.score("early").measures["moved_by_ambulance"].mean == 2
    for plan, persons in (("early", 2), ("late", 0)):
        coaches, ambulances, *_ = lacking_lines(whole_book, plan, "zh")
        assert coaches.startswith("大巴中巴") and "座位够" in coaches
        assert ambulances.startswith(f"救护车：平均每次送走 {persons} 人；")
        assert "未测算" in ambulances


def _latest(book: Book, **changes: Any) -> dict[str, Any]:
    """What ``yuyan optimize trigger --json`` prints, cut to what the page reads."""
    shifts = [
        {"shift_min": shift, "met": 1, "n": 2, "persons": 200.0, "persons_out": out}
        for shift, out in ((-60, 190.0), (0, 180.0), (60, 90.0))
    ]
    group = {
        "tag": "", "plan_lead_min": 75.0, "lead_typical_min": 100.4, "lead_min": None,
        "shifts": shifts,
    }  # fmt: skip
    zone = {"name": "河边", "latest_clock": "19:40", "may_wait_min": -25.0}
    plan = {
        "plan": book.best, "nights_played": 2, "required_probability": 0.95, "groups": [group],
        "zones": [zone],
    }  # fmt: skip
    document = {"input_hash": book.document["scenario"]["input_hash"], "plans": [plan]}
    return document | changes


def test_latest_orders_are_used(whole_run: RunFolder, tmp_path: Path) -> None:
    """An answer of the latest orders in the run folder fills two questions."""
    shutil.copytree(whole_run.path, tmp_path / "run")
    book = Book.open(tmp_path / "run")
    text = json.dumps(_latest(book), ensure_ascii=False)
    (tmp_path / "run" / FILE).write_text(text, encoding="utf-8")
    answers = _answers(book)
    assert "平常须在断路前 1 小时 41 分下令，要有 95% 把握试过的都不够" in answers["latest"]
    assert "在断路前 1 小时 15 分下令" in answers["latest"]
    assert "河边 19:40" in answers["latest"]
    assert "照现方案 90%，晚一小时 45%，早一小时 95.0%" in answers["hour"]
    assert "平均每场少出来 45 人" in answers["hour"]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"plans": 3}', '{"plans": [{"plan": "late"}]}', "{broken"],
)
def test_strange_latest_files(whole_run: RunFolder, tmp_path: Path, text: str) -> None:
    """A file of other inputs, or none at all, is no answer."""
    shutil.copytree(whole_run.path, tmp_path / "run")
    (tmp_path / "run" / FILE).write_text(text, encoding="utf-8")
    book = Book.open(tmp_path / "run")
    assert latest_orders_of(book, book.best) is None


def test_latest_orders_of_one_plan(whole_run: RunFolder, tmp_path: Path) -> None:
    """Played for one plan only, the scenario has another hash; it is still the same scenario."""
    shutil.copytree(whole_run.path, tmp_path / "run")
    book = Book.open(tmp_path / "run")
    alone = load_scenario(book.document["scenario"]["path"], [book.best]).input_hash
    assert alone != book.document["scenario"]["input_hash"]
    text = json.dumps(_latest(book, input_hash=alone))
    (tmp_path / "run" / FILE).write_text(text, encoding="utf-8")
    assert latest_orders_of(book, book.best) is not None


def test_latest_of_other_inputs(whole_run: RunFolder, tmp_path: Path) -> None:
    """Latest orders of a scenario that has changed since are not taken."""
    shutil.copytree(whole_run.path, tmp_path / "run")
    book = Book.open(tmp_path / "run")
    text = json.dumps(_latest(book, input_hash="0" * 64))
    (tmp_path / "run" / FILE).write_text(text, encoding="utf-8")
    assert latest_orders_of(book, book.best) is None
