"""The page is safe and alone: names stay text, nothing is fetched, nothing is written as HTML."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from replay_kit import Replayed, replayed

from sim.report.replay.html import PAGE, SCRIPTS, as_script, replay_html
from sim.report.replay.pack import changes, pack, unpack

HOSTILE = "</script><script>window.broken=1</script><img src=x onerror=window.broken=1>&'\""


def test_arrays_come_back_as_they_went() -> None:
    """Packing loses nothing, and refuses what would not fit."""
    values = np.array([0, 1, 65_535])
    assert (unpack(pack(values, "u2")) == values).all()
    with pytest.raises(ValueError, match="do not fit u1"):
        pack([256], "u1")
    with pytest.raises(ValueError, match="do not fit u4"):
        pack([-1], "u4")


def test_changes_say_the_whole_step_function() -> None:
    """From the changes every row can be written again."""
    values = np.array([[0, 0, 2, 2, 1], [3, 3, 3, 3, 3]])
    start, step, value = changes(values)
    again = np.zeros_like(values)
    for row in range(2):
        for k in range(int(start[row]), int(start[row + 1])):
            again[row, step[k] :] = value[k]
    assert (again == values).all()
    assert len(step) == 4


def test_no_script_writes_html_or_calls_out() -> None:
    """Text is set as textContent only; no address, no request, no code from strings."""
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|new Function|"
        r"https?:|fetch\(|XMLHttpRequest|WebSocket|import\(|\bsrc\s*=\s*[^\"]|localStorage"
    )
    for file in PAGE.iterdir():
        text = file.read_text(encoding="utf-8")
        if file.suffix in (".js", ".css"):
            assert not re.search(forbidden, text), file.name
            assert not re.search(r"url\(|@import", text), file.name


def test_the_component_loads_every_script_of_the_page() -> None:
    """index.html names the same scripts in the same order, and the bridge last."""
    index = (PAGE / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<script src="([^"]+)">', index) == [*SCRIPTS, "bridge.js"]


def test_names_cannot_end_the_script_they_stand_in() -> None:
    """Whatever a name contains, the data element holds it as JSON and nothing more."""
    text = as_script({"name": HOSTILE + "\u2028"})
    assert "<" not in text and ">" not in text and "\u2028" not in text
    assert json.loads(text) == {"name": HOSTILE + "\u2028"}


def test_hostile_names_stay_inside_the_data(tiny_folder: Path) -> None:
    """A village, a shelter and a team named like code appear nowhere but in the JSON."""
    rename(tiny_folder)
    night = replayed(tiny_folder, plan_of(tiny_folder))
    page = replay_html(night.map, [night.night])
    assert "window.broken" in page
    assert "<img" not in page
    assert page.count("</script>") == 3


def test_a_page_says_that_it_is_a_sketch(yunling_night: Replayed) -> None:
    """内部示意图 stands in the words of the page, and its policy lets nothing in."""
    page = replay_html(yunling_night.map, [yunling_night.night])
    assert "内部示意图" in page
    assert "default-src 'none'" in page


def test_the_data_are_small(yunling_night: Replayed) -> None:
    """A county's night of fifty hours stays under three megabytes."""
    assert len(json.dumps(yunling_night.night, ensure_ascii=False)) < 3_000_000


def plan_of(folder: Path) -> str:
    """The first plan of a scenario folder."""
    return sorted(file.stem for file in (folder / "plans").iterdir())[0]


def rename(folder: Path) -> None:
    """Give places of the tiny scenario names that look like code."""
    for table, name in (("settlements.csv", "河边组"), ("shelters.csv", None)):
        file = folder / table
        text = file.read_text(encoding="utf-8-sig")
        quoted = '"' + HOSTILE.replace('"', '""') + '"'
        old = name or text.splitlines()[1].split(",")[1]
        file.write_text(text.replace(f",{old},", f",{quoted},", 1), encoding="utf-8")
