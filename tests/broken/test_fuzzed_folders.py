"""Whatever stands in the files, the loader answers with a scenario or with InputError."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.io.scenario_folder import load_scenario
from sim.plan import compile_plan
from sim.schema.problems import InputError
from sim.texts.errors import render
from sim.world_build import build_world
from sim.world_checks import check_world

QUICK = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
NAMES = (
    "scenario.yaml", "plans/early.yaml", "zones.csv", "settlements.csv", "vehicles.csv",
    "shelters.csv", "assembly_points.csv", "nodes.csv", "edges.csv", "gauges.csv", "groups.csv",
    "hazard/depths.csv", "observed.csv", "tables.xlsx",
)  # fmt: skip
TOKENS = (
    "", " ", "-1", "0", "1e9", "1e308", "nan", "NaN", "inf", "-inf", "true", "否", "V1", "ZA", "A2",
    "=1+1", "20:30", '"', "'", ",", ";", "\t", "\n", "\r", "\x00", "\x0b", "\u2028", "\ufeff", "٣",
    "1" * 400, "[", "{", "- ", ": ", "&a ", "*a", "!!x ", "|", ">", "%", "@", "`", "~", "null",
    "0x1F", "0o7", "1_000", "+1 03:00", "99:99", "🛶", "\ud800".encode("utf-8", "replace").decode(),
)  # fmt: skip


def load(folder: Path) -> None:
    """What `check` does: load, build the world and the plans, print whatever is wrong."""
    try:
        loaded = load_scenario(folder)
        problems = loaded.warnings
        world = build_world(loaded)
        for plan in loaded.plans:
            compile_plan(world, plan)
        check_world(world)
    except InputError as error:
        assert error.problems
        problems = error.problems
    for problem in problems:
        assert render(problem, "zh") and render(problem, "en")


@pytest.fixture
def fresh(tiny_folder: Path, tmp_path: Path) -> Path:
    """A second folder that every example fills anew from the tiny scenario."""
    return tmp_path / "changed"


def copy(tiny_folder: Path, fresh: Path) -> Path:
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(tiny_folder, fresh)
    return fresh


@QUICK
@given(name=st.sampled_from(NAMES), data=st.binary(max_size=400))
def test_random_bytes(tiny_folder: Path, fresh: Path, name: str, data: bytes) -> None:
    """Any file replaced by random bytes."""
    folder = copy(tiny_folder, fresh)
    (folder / name).write_bytes(data)
    load(folder)


@QUICK
@given(
    name=st.sampled_from(NAMES[:-1]),
    token=st.sampled_from(TOKENS),
    at=st.floats(0, 1),
    cut=st.integers(0, 6),
)
def test_a_token_pasted_anywhere(
    tiny_folder: Path, fresh: Path, name: str, token: str, at: float, cut: int
) -> None:
    """A wrong token pasted over a few characters anywhere in any file."""
    folder = copy(tiny_folder, fresh)
    path = folder / name
    text = path.read_text(encoding="utf-8") if path.exists() else "time,moved\n20:30,5\n"
    position = int(at * len(text))
    changed = text[:position] + token + text[position + cut :]
    path.write_bytes(changed.encode("utf-8", "replace"))
    load(folder)


@QUICK
@given(
    name=st.sampled_from([name for name in NAMES if name.endswith(".csv")]),
    row=st.integers(0, 6),
    column=st.integers(0, 25),
    cell=st.one_of(st.sampled_from(TOKENS), st.text(max_size=12)),
)
def test_one_cell_changed(
    tiny_folder: Path, fresh: Path, name: str, row: int, column: int, cell: str
) -> None:
    """One cell of any table replaced by any text."""
    folder = copy(tiny_folder, fresh)
    path = folder / name
    if not path.exists():
        return
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    cells = rows[row % len(rows)]
    cells[column % len(cells)] = cell
    path.write_bytes("\n".join(",".join(part) for part in rows).encode("utf-8", "replace"))
    load(folder)


@QUICK
@given(name=st.sampled_from(NAMES[:2]), line=st.integers(0, 40), action=st.integers(0, 3))
def test_yaml_lines_moved(
    tiny_folder: Path, fresh: Path, name: str, line: int, action: int
) -> None:
    """A line of a YAML file left out, doubled, indented or moved to the end."""
    folder = copy(tiny_folder, fresh)
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    chosen = lines.pop(line % len(lines))
    if action == 1:
        lines[line % len(lines) : line % len(lines)] = [chosen, chosen]
    elif action == 2:
        lines.insert(line % len(lines), "  " + chosen)
    elif action == 3:
        lines.append(chosen)
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    load(folder)
