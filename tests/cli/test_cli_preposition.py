"""``yuyan optimize preposition`` from the command line."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from string import Formatter

import pytest
from openpyxl import load_workbook

import sim
from sim.cli import main
from sim.io.documents import read_plan_yaml
from sim.texts.preposition import PLACED

QUICK = ("-n", "2", "--nights", "1", "--budget", "8", "--workers", "1", "--no-keep")


def _command(folder: Path, *more: str) -> list[str]:
    return ["optimize", "preposition", str(folder), "--plan", "early", *QUICK, *more]


def test_preposition_in_words(tiny_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both languages name the placement, what it is compared with, and the doubt."""
    assert main(_command(tiny_folder)) == 0
    chinese = capsys.readouterr().out
    assert "现方案" in chinese and "新场次里的表现" in chinese and "不含资料和模型的误差" in chinese
    assert main(_command(tiny_folder, "--units", "coaches", "--lang", "en")) == 0
    assert "On fresh nights" in capsys.readouterr().out


def test_winner_as_json_excel_and_plan(
    tiny_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``--json`` is pure JSON; ``--save`` writes a valid plan with the winner's places and nothing
    else changed but its name; a second time the id is taken."""
    file = tmp_path / "posts.xlsx"
    more = ("--json", "--save", "placed", "--out", str(file))
    assert main(_command(tiny_folder, *more)) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"winner", "own", "seat"} <= {one["placement"] for one in found["standings"]}
    saved, _ = read_plan_yaml((tiny_folder / "plans" / "placed.yaml").read_bytes(), "placed")
    first, _ = read_plan_yaml((tiny_folder / "plans" / "early.yaml").read_bytes(), "early")
    assert saved is not None and first is not None
    own, winner = found["placements"]["own"], found["placements"]["winner"]
    moved = {unit: post for unit, post in winner.items() if post != own[unit]}
    assert saved.rescue is not None and first.rescue is not None
    assert saved.rescue.staged == {**first.rescue.staged, **moved}
    assert saved.model_copy(update={"rescue": first.rescue, "name": first.name}) == first
    assert len(load_workbook(file).worksheets) == 6
    assert main(_command(tiny_folder, *more)) == 2
    assert "placed" in capsys.readouterr().err


def test_wrong_questions(tiny_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Units, measures, posts and ids that do not exist are wrong input, said as such."""
    for option, value in (("--units", "ships"), ("--measure", "luck"), ("--posts", "nowhere")):
        assert main(_command(tiny_folder, option, value)) == 2
        assert value in capsys.readouterr().err
    assert main(_command(tiny_folder, "--save", "a/b")) == 2


def test_scenario_stays_untouched(tiny_folder: Path, tmp_path: Path) -> None:
    """Without ``--save`` no file of the scenario changes."""
    copy = tmp_path / "copy"
    shutil.copytree(tiny_folder, copy)
    assert main(_command(tiny_folder)) == 0
    for file in copy.rglob("*.*"):
        assert (tiny_folder / file.relative_to(copy)).read_bytes() == file.read_bytes()


def test_words_are_complete() -> None:
    """Chinese and English take the same values, and every text is used."""
    root = Path(str(sim.__file__)).parent
    files = ("report/preposition.py", "report/preposition_tables.py", "cli_preposition.py")
    code = "".join((root / file).read_text("utf-8") for file in files)
    for key, texts in PLACED.items():
        fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in texts]
        assert all(texts) and fields[0] == fields[1], key
        family, name = key.split(".")[0], key.split(".")[-1]
        used = f'"{key}"' in code or re.search(rf'f"{family}\.\{{', code) is not None
        assert used and (family != "column" or f'"{name}"' in code), key
