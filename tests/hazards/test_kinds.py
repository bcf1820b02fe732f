"""A new disaster is a new file: nothing outside a kind's own files asks which kind it is."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import get_args

import sim
from sim.hazards import KINDS
from sim.schema.hazard_kinds import HazardSpec

ROOT = Path(str(sim.__file__)).parents[1]
SHARED = ("hazard_kinds", "hazard_single", "hazard_detection")
"""Models that are of no kind of their own."""
IMPORTS = ("data_map.py",)
"""The page that shows a file of recorded water before it is taken into a scenario."""
NEUTRAL = {"none"}
"""Also an everyday word: a plan's rule may be called so."""


def files() -> list[Path]:
    """Every module that is no kind's own."""
    own = {"hazard_kinds.py"}
    return [
        file
        for room in ("sim", "dashboard")
        for file in sorted((ROOT / room).rglob("*.py"))
        if file.name not in IMPORTS and file.parent.name != "hazards" and not (
            file.parent.name == "schema" and (file.name.startswith("hazard") or file.name in own))
    ]  # fmt: skip


def specs() -> set[str]:
    """Names of the models of all kinds."""
    return {model.__name__ for model in get_args(get_args(HazardSpec)[0])} - {"NoHazardSpec"}


def of_one_kind(module: str, kinds: set[str]) -> bool:
    """Whether a module is the own file of a kind, or of a part of one."""
    room, _, name = module.rpartition(".")
    if room == "sim.schema":
        return name.startswith("hazard_") and name not in SHARED
    return room == "sim.hazards" and name in kinds


def asks(source: str, kinds: set[str]) -> list[int]:
    """Lines that compare something with the name of a kind or of its model, look it up by one, give
    it a name, call a method with one (``startswith``), or import the own file or model of a kind
    (``isinstance`` needs it)."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            named = {f"{module}.{alias.name}" for alias in node.names} | {module}
            models = {alias.name for alias in node.names} & specs()
            if models or any(of_one_kind(one, kinds) for one in named):
                lines.append(node.lineno)
        if isinstance(node, ast.Import) and any(of_one_kind(a.name, kinds) for a in node.names):
            lines.append(node.lineno)
        parts: list[ast.expr] = []
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant):
            parts = [node.value]
        if isinstance(node, ast.Compare):
            parts = [node.left, *node.comparators]
        elif isinstance(node, ast.MatchValue):
            parts = [node.value]
        elif isinstance(node, ast.Subscript):
            parts = [node.slice]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            parts = [one for one in node.args if isinstance(one, ast.Constant)]
        names = [leaf for part in parts for leaf in ast.walk(part)]
        wanted = kinds | specs()
        if any(isinstance(leaf, ast.Constant) and leaf.value in wanted for leaf in names):
            lines.append(getattr(node, "lineno", 0))
    return lines


def test_every_kind_has_its_builder_and_its_model() -> None:
    """The list of models and the list of builders name the same kinds."""
    models = get_args(get_args(HazardSpec)[0])
    named = {get_args(model.model_fields["kind"].annotation)[0] for model in models}
    assert named == set(KINDS)


def test_nobody_asks_which_kind_it_is() -> None:
    """No comparison with a kind's name outside its own files."""
    kinds = set(KINDS) - NEUTRAL
    found = [
        f"{file.relative_to(ROOT)}:{line}"
        for file in files()
        for line in asks(file.read_text(encoding="utf-8"), kinds)
    ]
    assert found == []


def test_a_question_would_be_found() -> None:
    """The test can fail."""
    source = 'def f(spec):\n    if spec.kind == "typhoon":\n        return 1\n'
    assert asks(source, {"typhoon"}) == [2]
    assert asks('def f(k):\n    return k in ("flood", "fire")\n', {"fire"}) == [2]
    assert asks('def f(s):\n    return TABLE["fire"] or s.kind.startswith("fire")\n', {"fire"}) == [
        2,
        2,
    ]
    assert asks("from sim.schema.hazard_quake import EarthquakeSpec\n", {"fire"}) == [1]
    assert asks("from sim.hazards.fire import build_fire\n", {"fire"}) == [1]
    assert asks("from sim.schema.hazard_detection import WatcherSpec\n", {"fire"}) == []
    assert asks("import sim.hazards.fire as f\n", {"fire"}) == [1]
    assert asks("from sim.hazards import fire\n", {"fire"}) == [1]
    assert asks("from sim.schema.hazard_single import TyphoonSpec\n", {"fire"}) == [1]
    assert asks("from sim.schema.hazard import RiverFloodSpec\n", {"fire"}) == [1]
    assert asks('MINE = "fire"\ndef f(s):\n    return s.kind == MINE\n', {"fire"}) == [1]
    assert asks('def f(s):\n    return type(s).__name__ == "TyphoonSpec"\n', {"fire"}) == [2]
