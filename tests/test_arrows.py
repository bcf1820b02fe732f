"""The house: imports run one way, downwards through the rooms of docs/architecture.md."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent

ROOMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("dashboard", ("dashboard",)),
    ("cli", ("sim.cli", "sim.cli_*")),
    ("report", ("sim.report",)),
    ("drill", ("sim.drill",)),
    ("optimize", ("sim.optimize",)),
    ("experiment", ("sim.experiment",)),
    ("measures", ("sim.measures",)),
    ("bounds", ("sim.bounds",)),
    ("run", ("sim.run",)),
    ("processes", ("sim.processes",)),
    (
        "engine",
        (
            *("sim.engine", "sim.traffic", "sim.queued_*", "sim.free_flow", "sim.cars"),
            *("sim.pickups", "sim.bays", "sim.dispatch_rules", "sim.muster"),
        ),
    ),
    ("state", ("sim.state",)),
    ("plan", ("sim.plan", "sim.planning", "sim.member_view", "sim.strikes", "sim.readings")),
    ("world", ("sim.world", "sim.world_*", "sim.places")),
    ("forces", ("sim.forces",)),
    ("hazards", ("sim.hazards",)),
    ("people", ("sim.people",)),
    ("io", ("sim.io",)),
    ("roads", ("sim.roads",)),
    ("texts", ("sim.texts",)),
    ("log", ("sim.log", "sim.states")),
    ("draws", ("sim.draws", "sim.draws_*")),
    ("schema", ("sim.schema",)),
    ("clock", ("sim.clock", "sim.portable_math", "sim.plain_enum", "sim.compiled")),
)
"""Rooms from top to bottom; a module may import from its own room and from those below."""

UPWARDS = {
    ("sim.engine", "sim.processes"): "names the parts of a run for the type checker only",
    ("sim.world", "sim.planning"): "World.statics builds the shared tables when first asked",
    ("sim.people.columns", "sim.state"): "names the run whose columns it fills, for types only",
    ("sim.people.journeys", "sim.engine"): "sends people off inside a run; called by processes",
    ("sim.people.journeys", "sim.cars"): "hands whoever leaves to traffic.submit (law 10)",
}
"""Every arrow that points upwards, with the reason why it may; nothing else may."""

HEAVY = ("pandas", "matplotlib", "streamlit", "networkx", "pydeck", "docx", "distributed")


class Arrow(NamedTuple):
    """One import: who imports what, and in which line."""

    module: str
    imported: str
    line: int


@cache
def modules() -> dict[str, Path]:
    """Every module of both packages with its file."""
    found = {}
    for package in ("sim", "dashboard"):
        for file in sorted((ROOT / package).rglob("*.py")):
            parts = file.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


def arrows(module: str, source: str) -> Iterator[Arrow]:
    """All imports of a module, also those inside functions and for types only."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield Arrow(module, name.name, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{module}: relative import"
            for name in node.names:
                # "from sim import clock" takes a module; "from sim.clock import NEVER" does not.
                whole = f"{node.module}.{name.name}"
                yield Arrow(module, whole if whole in modules() else node.module, node.lineno)


@cache
def room_of(module: str) -> int:
    """Row of the room a module belongs to, counted from the top."""
    for row, (_, patterns) in enumerate(ROOMS):
        for pattern in patterns:
            stem = pattern.removesuffix("*")
            if module == stem or module.startswith(stem if pattern != stem else f"{stem}."):
                return row
    raise AssertionError(f"{module} stands in no room of the house: add it to ROOMS")


def all_arrows() -> list[Arrow]:
    """Every import in both packages."""
    return [
        arrow
        for module, file in modules().items()
        for arrow in arrows(module, file.read_text(encoding="utf-8"))
    ]


def own(name: str) -> bool:
    """Whether a name belongs to this project; the packages' version files belong to no room."""
    return name.split(".")[0] in ("sim", "dashboard") and name != "sim"


def upward(arrow: Arrow) -> bool:
    """Whether an arrow points from a lower room to a higher one."""
    return own(arrow.imported) and room_of(arrow.imported) < room_of(arrow.module)


def excuse(arrow: Arrow) -> tuple[str, str] | None:
    """The stated exception that covers an arrow."""
    for module, target in UPWARDS:
        inside = arrow.imported == target or arrow.imported.startswith(f"{target}.")
        if arrow.module == module and inside:
            return module, target
    return None


def test_imports_run_downwards() -> None:
    """No module imports from a room above its own, but for the exceptions that are stated."""
    wrong = [
        f"{arrow.module}:{arrow.line} imports {arrow.imported}"
        for arrow in all_arrows()
        if own(arrow.module) and upward(arrow) and excuse(arrow) is None
    ]
    assert wrong == []


def test_every_exception_is_needed() -> None:
    """An exception that no import uses any more must be struck out."""
    used = {excuse(arrow) for arrow in all_arrows() if own(arrow.module) and upward(arrow)}
    assert set(UPWARDS) <= used


def test_sim_knows_no_dashboard() -> None:
    """No module of sim names the dashboard or Streamlit, not even inside a function."""
    wrong = [
        arrow
        for arrow in all_arrows()
        if arrow.module.split(".")[0] == "sim"
        and arrow.imported.split(".")[0] in ("dashboard", "streamlit")
    ]
    assert wrong == []


def test_an_upward_import_is_noticed() -> None:
    """The test can fail: a clock that reads the measures is an upward arrow."""
    found = list(arrows("sim.clock", "def f():\n    from sim.measures import people\n"))
    assert [arrow.imported for arrow in found] == ["sim.measures.people"]
    assert upward(found[0]) and excuse(found[0]) is None


@pytest.mark.parametrize("module", ["sim.cli", "sim.cli_run", "sim.experiment.scenario_player"])
def test_workers_stay_light(module: str) -> None:
    """Neither the command line nor a worker loads packages that only screens and tests need."""
    code = f"import {module}, sys; print(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert set(done.stdout.split()).isdisjoint(HEAVY)


def test_the_documentation_shows_this_house() -> None:
    """docs/architecture.md names every room, in this order."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    house = text.split("```")[1]
    shown = [line.split()[0] for line in house.strip().splitlines() if line[0] != " "]
    assert shown == [name for name, _ in ROOMS]
