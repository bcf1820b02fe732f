"""Shipped scenarios on the first page of an empty machine: each has a card, opens and runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.jobs import Jobs
from dashboard.preset_picture import picture_of
from dashboard.settings import Settings
from sim.texts.presets import PRESETS

APP = Path(__file__).resolve().parents[2] / "dashboard" / "app.py"


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """The first page of a machine on which nothing was ever rehearsed; nobody plays its jobs."""
    monkeypatch.setenv("YUYAN_HOME", str(tmp_path))
    monkeypatch.setenv("YUYAN_OPEN", "")
    monkeypatch.setattr(Jobs, "wake", lambda self: None)

    def opened(lang: str) -> AppTest:
        test = AppTest.from_file(str(APP), default_timeout=120)
        test.query_params["lang"] = lang
        return test.run()

    return opened


def shipped(home: Path) -> list[Path]:
    """Folders of the scenarios that come with the program."""
    return Settings(home, None).shipped_folders()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_shipped_scenario_has_a_card(
    empty: Callable[..., AppTest], tmp_path: Path, lang: str
) -> None:
    """Its line stands on the page, with a picture, a button that runs it and one that opens it."""
    page = empty(lang)
    assert not page.exception and not page.error
    text = " ".join(str(block.proto.body) for block in page.get("html"))
    keys = {button.key for button in page.button}
    folders = shipped(tmp_path)
    assert {"yunling", "yunling_fire", "zhuozhou_2023"} <= {folder.name for folder in folders}
    for folder in folders:
        assert {f"preset-run-{folder.name}", f"preset-open-{folder.name}"} <= keys
        assert picture_of(folder) and picture_of(folder) in text
    assert all(PRESETS[f.name][lang == "en"] in text for f in folders if f.name in PRESETS)


def test_a_card_runs_its_scenario(empty: Callable[..., AppTest], tmp_path: Path) -> None:
    """One click queues all its plans and turns to the runs."""
    page = empty("zh")
    page.button(key="preset-run-yunling_fire").click().run()
    assert not page.exception and not page.error
    (job,) = Jobs(tmp_path).all()
    assert Path(job.work.scenario).name == "yunling_fire"
    assert len(job.work.plans) == len(list((Path(job.work.scenario) / "plans").glob("*.yaml")))
    assert job.work.n == 30 and "start" in {button.key for button in page.button}


def test_a_card_opens_the_plans(empty: Callable[..., AppTest]) -> None:
    """The other button turns to the plan page with this scenario on it."""
    page = empty("zh")
    page.button(key="preset-open-yunling_park").click().run()
    assert not page.exception and not page.error
    assert page.query_params["scenario"] == "yunling_park"


def test_no_line_is_left_over(tmp_path: Path) -> None:
    """Every line belongs to a scenario that is shipped."""
    assert set(PRESETS) <= {folder.name for folder in shipped(tmp_path)}
