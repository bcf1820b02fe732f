"""A run to show: the tiny county with two plans, a reported night and names meant to do harm."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sim.cli import main

APP = Path(__file__).resolve().parents[2] / "dashboard" / "app.py"
HOSTILE = '<script>alert("1")</script>'


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with one scenario and one run of it, made by the command line."""
    place = APP.parents[1] / "tests" / "broken" / "tiny.py"
    spec = importlib.util.spec_from_file_location("tiny_for_dashboard", place)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    folder: Path = tmp_path_factory.mktemp("home")
    scenario: Path = module.build_tiny(folder / "scenarios" / "tiny")
    villages = scenario / "settlements.csv"
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    text = villages.read_text(encoding="utf-8").replace(",河边组,", f",{quoted},")
    villages.write_text(text, encoding="utf-8")
    zones = scenario / "zones.csv"
    text = zones.read_text(encoding="utf-8").replace(",河边,", f",{quoted},")
    zones.write_text(text, encoding="utf-8")
    (scenario / "observed.csv").write_text(
        "time,township,to_move,moved,in_shelters\n20:00,,173,60,20\n22:00,小河乡,173,120,40\n",
        encoding="utf-8",
    )
    run = folder / "runs" / "tiny-run"
    options = ["-n", "6", "--workers", "1", "--out", str(run)]
    assert main(["run", str(scenario), *options]) == 0
    return folder


@pytest.fixture
def open_page(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Opens a page of the dashboard as a browser would, with choices in the address."""
    monkeypatch.setenv("YUYAN_HOME", str(home))
    monkeypatch.setenv("YUYAN_OPEN", "")

    def opened(page: str, **address: str) -> AppTest:
        test = AppTest.from_file(str(APP), default_timeout=120)
        for name, value in address.items():
            test.query_params[name] = value
        test.session_state["go"] = page
        return test.run()

    return opened
