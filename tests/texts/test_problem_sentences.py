"""Every problem has a sentence in both languages, and it prints as house.md says."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
import sim.texts
from sim.schema.problems import Problem
from sim.texts.errors import catalogue, render

NOT_CODES = (".csv", ".py", ".yaml", ".xlsx", ".json", ".geojson")
KEYS = {"crs.work", "crs.tables", "crs.roads", "crs.hazard"}
"""Keys of scenario.yaml that look like codes."""

CALLS = {"Problem", "BadCell", "noted", "_note", "_marked", "_problem", "problem", "_refuse"}
"""Functions of any room that take a code among their arguments."""


def used_codes() -> dict[str, str]:
    """Every literal problem code in the source → the file where it stands.

    In the rooms of input every text that looks like a code counts; elsewhere the arguments of the
    functions that make problems.
    """
    groups = "|".join(sorted({code.split(".")[0] for code in catalogue()}))
    code = re.compile(rf"({groups})\.[a-z0-9_]+")
    codes: dict[str, str] = {}
    root = Path(sim.__path__[0])
    for path in sorted(root.rglob("*.py")):
        room = path.relative_to(root).parts[0]
        if room == "texts":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            texts = [node] if room in ("io", "schema") else _arguments(node)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem":
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant):
                    codes[str(first.value)] = path.name
            for text in texts:
                value = text.value if isinstance(text, ast.Constant) else None
                if isinstance(value, str) and code.fullmatch(value):
                    codes[value] = path.name
    return {
        code: file
        for code, file in codes.items()
        if code not in KEYS and not code.endswith(NOT_CODES)
    }


def _arguments(node: ast.AST) -> list[ast.expr]:
    if not isinstance(node, ast.Call):
        return []
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    return [*node.args, *[word.value for word in node.keywords]] if name in CALLS else []


def test_every_code_used_has_sentences() -> None:
    """No problem in the program is without words."""
    assert len(used_codes()) > 80
    assert {code: file for code, file in used_codes().items() if code not in catalogue()} == {}


def test_no_code_has_two_sentences() -> None:
    """Two rooms never word the same problem differently."""
    seen: dict[str, str] = {}
    for module in pkgutil.iter_modules(sim.texts.__path__, "sim.texts."):
        if module.name.split(".")[-1].startswith("errors_"):
            for code in importlib.import_module(module.name).ERRORS:
                assert seen.setdefault(code, module.name) == module.name


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_both_languages_speak_of_the_same_things(code: str) -> None:
    """Chinese and English show the same values, and each is written in its language."""
    zh, en = catalogue()[code]
    fields = [
        {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (zh, en)
    ]
    assert fields[0] == fields[1] <= {"found", "allowed", "field"}
    assert any("\u4e00" <= c <= "\u9fa5" for c in zh)
    assert not any("\u4e00" <= c <= "\u9fa5" for c in en)


def test_sentence_of_the_house() -> None:
    """The example of house.md, word for word."""
    problem = Problem("number.out_of_range", "settlements.csv", 7, "population", -3, "≥ 0")
    assert render(problem, "zh") == "settlements.csv 第 7 行 population：得到 -3，应 ≥ 0"
    assert render(problem, "en") == "settlements.csv row 7 population: found -3, allowed ≥ 0"


def test_lines_of_yaml_and_unknown_values() -> None:
    """YAML problems speak of lines; a part whose value is unknown is left out."""
    problem = Problem("field.unknown", "plans/a.yaml", 3, "fleet.rul")
    assert render(problem, "en") == "plans/a.yaml line 3 fleet.rul: unknown key"
    assert render(problem, "zh") == "plans/a.yaml 第 3 行 fleet.rul：未知的键"


@given(
    st.sampled_from(sorted(catalogue())),
    st.one_of(st.none(), st.text(), st.floats(), st.integers()),
    st.one_of(st.none(), st.text()),
)
def test_any_value_prints_on_one_line(code: str, found: object, field: str | None) -> None:
    """Braces, brackets, line breaks and control characters in a value do no harm."""
    problem = Problem(code, "a.csv", 1, field, found, found)
    for text in (render(problem, "zh"), render(problem, "en")):
        assert text.isprintable() and len(text) < 500
