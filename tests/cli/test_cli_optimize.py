"""``yuyan optimize trigger`` from the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from sim.cli import main

COMMAND = ("--plan", "early", "-n", "8", "--shifts", "-60,0,60", "--workers", "1")


def test_latest_orders_in_words(tiny_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both zones get a latest order, in both languages, with what the what-if does not know."""
    assert main(["optimize", "trigger", str(tiny_folder), *COMMAND]) == 0
    chinese = capsys.readouterr().out
    assert "最迟何时下令" in chinese and "河边" in chinese and "溪口" in chinese
    assert main(["optimize", "trigger", str(tiny_folder), *COMMAND, "--lang", "en"]) == 0
    assert "the latest order" in capsys.readouterr().out


def test_latest_orders_as_json(tiny_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--json`` is pure JSON with zones by id, and the answer does not depend on the workers."""
    found = []
    for workers in ("1", "2"):
        command = ["optimize", "trigger", str(tiny_folder), *COMMAND[:-1], workers, "--json"]
        assert main(command) == 0
        found.append(json.loads(capsys.readouterr().out))
    assert found[0] == found[1]
    zones = found[0]["plans"][0]["zones"]
    assert [zone["zone"] for zone in zones] == ["ZA", "ZB"]
    assert {at["shift_min"] for at in zones[0]["shifts"]} == {-60, 0, 60}


def test_latest_orders_as_a_file(tiny_folder: Path, tmp_path: Path) -> None:
    """``--out`` writes a line per zone under headings of the reader's language, for Excel."""
    for lang, heading in (("zh", "片区编号"), ("en", "zone id")):
        file = tmp_path / f"{lang}.csv"
        start = ["optimize", "trigger", str(tiny_folder), *COMMAND]
        assert main([*start, "--out", str(file), "--lang", lang]) == 0
        with file.open(encoding="utf-8-sig", newline="") as text:
            rows = list(csv.DictReader(text))
        assert [row[heading] for row in rows] == ["ZA", "ZB"]


def test_shifts_must_be_minutes(tiny_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Shifts that are no whole minutes, and an unknown plan, are wrong input."""
    start = ["optimize", "trigger", str(tiny_folder)]
    assert main([*start, "--plan", "early", "--shifts", "soon"]) == 2
    assert "soon" in capsys.readouterr().err
    assert main([*start, "--plan", "nobody", "-n", "1"]) == 2
