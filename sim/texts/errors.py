"""The catalogue of problem sentences and the one function that prints a problem.

Each ``errors_*.py`` of this folder holds ``ERRORS``: code → (Chinese, English).
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache
from typing import Literal

import sim.texts
from sim.schema.problems import Problem

Lang = Literal["zh", "en"]
LONGEST = 80

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_SEVERITY = {
    "zh": {"error": "错误", "warning": "提示"},
    "en": {"error": "error", "warning": "note"},
}


@cache
def catalogue() -> dict[str, tuple[str, str]]:
    """All sentences of all rooms; of two for one code the first stands (a test forbids it)."""
    merged: dict[str, tuple[str, str]] = {}
    for module in pkgutil.iter_modules(sim.texts.__path__):
        if not module.name.startswith("errors_"):
            continue
        part = importlib.import_module(f"sim.texts.{module.name}").ERRORS
        merged = part | merged
    return merged


def sentence(problem: Problem, lang: Lang) -> str:
    """What is wrong, without the place where it stands."""
    zh, en = catalogue()[problem.code]
    values = {
        "found": shown(problem.found),
        "allowed": shown(problem.allowed),
        "field": shown(problem.field),
    }

    def keep(match: re.Match[str]) -> str:
        inside = match.group(1)
        known = all(values.get(name) is not None for name in re.findall(r"\{(\w+)\}", inside))
        return inside if known else ""

    template = _OPTIONAL.sub(keep, zh if lang == "zh" else en)
    return template.format(
        **{key: "?" if value is None else value for key, value in values.items()}
    )


def place(problem: Problem, lang: Lang) -> str:
    """File, row and field: ``settlements.csv 第 7 行 population``."""
    parts = [shown(problem.file) or "?"]
    if problem.row is not None:
        is_line = problem.file.endswith((".yaml", ".yml"))
        word = "line" if is_line else "row"
        parts.append(f"第 {problem.row} 行" if lang == "zh" else f"{word} {problem.row}")
    if problem.field is not None:
        parts.append(shown(problem.field) or "")
    return " ".join(parts)


def render(problem: Problem, lang: Lang) -> str:
    """One line for a planner: ``settlements.csv 第 7 行 population：得到 -3，应 ≥ 0``."""
    colon = "：" if lang == "zh" else ": "
    return f"{place(problem, lang)}{colon}{sentence(problem, lang)}"


def severity_word(problem: Problem, lang: Lang) -> str:
    """错误/提示, error/note."""
    return _SEVERITY[lang][problem.severity]


def shown(value: object) -> str | None:
    """A value from a file, fit for one line: no control characters, not too long."""
    if value is None:
        return None
    text = f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value)
    text = "".join(c if c.isprintable() else "�" for c in text.replace("\n", " "))
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
