"""Runs that documents are made from: one played whole, variants with parts missing."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.experiment.replicate import Request, run_experiment
from sim.experiment.scenario_player import identity_of, scenario_player
from sim.experiment.store import RunFolder
from sim.io.scenario_folder import load_scenario
from sim.report.book import Book

HOSTILE = {
    "河边组": '<script>alert("1")</script>',
    "溪口组": "=1+1 & $\\frac{1}{0$",
    "河边村支书": "@<img src=x onerror=alert(1)>",
}
"""Names of a scenario to what an attacker would call them (quoted for CSV below)."""

Change = Callable[[dict[str, str]], None]


def write_tiny(folder: Path, change: Change | None = None) -> Path:
    """The tiny scenario of tests/broken, its files changed before they are written."""
    place = Path(__file__).parent.parent / "broken" / "tiny.py"
    spec = importlib.util.spec_from_file_location("tiny_of_reports", place)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    files = dict(module.FILES)
    if change is not None:
        change(files)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def play_tiny(folder: Path, n: int = 3, change: Change | None = None) -> RunFolder:
    """The changed tiny scenario, every plan played n times."""
    loaded = load_scenario(write_tiny(folder / "tiny", change))
    player = scenario_player(loaded, 1)
    return run_experiment(player, identity_of(loaded, 1), Request(n, folder / "run", 1, None))


def hostile(files: dict[str, str]) -> None:
    """Names that are no names, and a reported night."""
    for name, bad in HOSTILE.items():
        quoted = '"' + bad.replace('"', '""') + '"'
        for table in ("settlements.csv", "organisers.csv"):
            files[table] = files[table].replace(f",{name},", f",{quoted},")
    files["observed.csv"] = "time,township,to_move,moved,in_shelters\n20:30,,170,60,20\n"


@pytest.fixture(scope="session")
def hostile_names() -> dict[str, str]:
    """Names of the tiny scenario to what ``whole_run`` calls them."""
    return HOSTILE


@pytest.fixture(scope="session")
def whole_run(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """Two plans, targets, cut-offs, a reported night, hostile names; three replications."""
    return play_tiny(tmp_path_factory.mktemp("whole"), change=hostile)


@pytest.fixture(scope="session")
def whole_book(whole_run: RunFolder) -> Book:
    """The run opened for documents."""
    return Book.open(whole_run.path)


@pytest.fixture(scope="session")
def bare_run(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """One plan without targets, no water anywhere, no teams, a single replication."""

    def change(files: dict[str, str]) -> None:
        del files["plans/early.yaml"]
        files["plans/late.yaml"] = files["plans/late.yaml"].split("targets:")[0]
        files["teams.csv"] = files["teams.csv"].splitlines()[0] + "\n"
        files["hazard/depths.csv"] = "place,minute,depth_m\nV1,240,0\nV1,300,0.02\n"

    return play_tiny(tmp_path_factory.mktemp("bare"), n=1, change=change)


@pytest.fixture(scope="session")
def unordered_run(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """Nobody ever orders anything and nobody leaves in time."""

    def change(files: dict[str, str]) -> None:
        del files["plans/early.yaml"]
        never = '{signal: observed_level, reaches: 999, action: move, tags: ["干流"]}'
        clock = '{signal: clock, at: "21:00", action: move}'
        files["plans/late.yaml"] = files["plans/late.yaml"].replace(clock, never)

    return play_tiny(tmp_path_factory.mktemp("unordered"), n=2, change=change)


@pytest.fixture(scope="session")
def supplied_run(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """Two stores with little water, and plans that send supplies."""

    def change(files: dict[str, str]) -> None:
        header, first, *_ = files["depots.csv"].splitlines()
        x, y = (first.split(",")[header.split(",").index(name)] for name in ("x", "y"))
        files["stores.csv"] = f"id,name,x,y,parent\nC,县库,{x},{y},\nT,镇库,{x},{y},C\n"
        files["items.csv"] = (
            "id,store,name,stock,unit\n1,C,饮用水,60,升\n2,T,饮用水,20,升\n3,T,棉被,40,床\n"
        )
        for name in [one for one in files if one.startswith("plans/")]:
            files[name] += "supplies: {approve_min: 5, threshold_h: 6, cover_h: 12}\n"

    return play_tiny(tmp_path_factory.mktemp("supplied"), n=2, change=change)
