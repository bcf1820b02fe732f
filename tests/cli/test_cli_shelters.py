"""``yuyan optimize shelters`` from the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Formatter

import pytest
from openpyxl import load_workbook

import sim
from sim.cli import main
from sim.texts.shelter_sites import SITES


def _command(folder: Path, *more: str) -> list[str]:
    return ["optimize", "shelters", str(folder), "--plan", "early", "-n", "2", *more]


def test_shelters_in_words(tiny_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both languages answer with the order of opening and the settlements left."""
    assert main(_command(tiny_folder)) == 0
    chinese = capsys.readouterr().out
    assert "启用次序" in chinese and "村村全覆盖" in chinese
    assert main(_command(tiny_folder, "--lang", "en")) == 0
    assert "Order of opening" in capsys.readouterr().out


def test_shelters_as_json_and_excel(
    tiny_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``--json`` is pure JSON; the workbook has the same curve and the same settlements."""
    file = tmp_path / "sites.xlsx"
    assert main(_command(tiny_folder, "--json", "--out", str(file))) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["share"] <= found["bound"] <= 1 and found["gap"] >= 0
    curve, villages = load_workbook(file).worksheets
    ids = [row[1] for row in curve.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert ids == found["chosen"]
    left = [one["id"] for one in found["settlements"] if not one["sure"]]
    shown = [row[0] for row in villages.iter_rows(min_row=4, values_only=True) if row[0]]
    assert shown[: len(left)] == left


def test_sites_not_yet_built(
    tiny_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file of sites is chosen from beside what stands; what stands is kept, and a site beside
    it cannot lower the share."""
    assert main(_command(tiny_folder, "--json")) == 0
    before = json.loads(capsys.readouterr().out)
    columns, standing = (tiny_folder / "shelters.csv").read_text("utf-8").splitlines()[:2]
    first = standing.split(",")[0]
    file = tmp_path / "new.csv"
    file.write_text(f"{columns}\n{standing.replace(first, 'NEW1', 1)}\n", "utf-8")
    assert main(_command(tiny_folder, "--json", "--build", str(file))) == 0
    after = json.loads(capsys.readouterr().out)
    assert first in after["kept"] and set(after["chosen"]) <= {"NEW1"}
    assert after["share"] >= before["share_all"] - 1e-9
    assert after["input_hash"] != before["input_hash"]
    file.write_text(f"{columns}\n{standing}\n", "utf-8")
    assert main(_command(tiny_folder, "--build", str(file))) == 2
    assert first in capsys.readouterr().err


def test_unknown_shelter(tiny_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An id that no shelter has is wrong input, and so is a file that is not there."""
    assert main(_command(tiny_folder, "--candidates", "NOBODY")) == 2
    assert "NOBODY" in capsys.readouterr().err
    assert main(_command(tiny_folder, "--build", "nowhere.csv")) == 2


def test_words_are_complete() -> None:
    """Chinese and English take the same values, and every text is used."""
    root = Path(str(sim.__file__)).parent
    code = "".join(
        (root / file).read_text("utf-8") for file in ("report/shelter_sites.py", "cli_shelters.py")
    )
    for key, texts in SITES.items():
        fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in texts]
        assert all(texts) and fields[0] == fields[1], key
        family, name = key.split(".")[0], key.split(".")[-1]
        built = rf'f"{family}\.\{{'
        used = f'"{key}"' in code or (re.search(built, code) and family in ("column", "lack"))
        assert used and (family != "column" or f'_column("{name}"' in code), key
