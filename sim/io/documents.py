"""scenario.yaml and plans/*.yaml → the models of the schema, every finding with its line."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from sim.io.defaults import DefaultValue, merge_defaults
from sim.io.validation import findings
from sim.io.yaml_strict import Path, Yaml, YamlFile, dotted, read_yaml
from sim.schema.plan import PlanSpec
from sim.schema.problems import Problem
from sim.schema.scenario import ScenarioSpec

M = TypeVar("M", bound=BaseModel)


def read_scenario_yaml(
    data: bytes, file: str
) -> tuple[ScenarioSpec | None, tuple[DefaultValue, ...], YamlFile]:
    """The scenario with library values filled in, the values used, and the file with its lines.

    Findings are in the file's ``problems``; without an error among them the scenario is complete.
    """
    source = read_yaml(data, file)
    if source.value is None:
        return None, (), source
    behaviour, used = merge_defaults(source.value.get("behaviour"))
    value: dict[str, Yaml] = {**source.value, "behaviour": behaviour}
    return _validated(ScenarioSpec, value, source), used, source


def read_plan_yaml(data: bytes, file: str) -> tuple[PlanSpec | None, YamlFile]:
    """One plan variant, and the file with its lines and findings."""
    source = read_yaml(data, file)
    if source.value is None:
        return None, source
    value: dict[str, Yaml] = {k: part for k, part in source.value.items() if part is not None}
    return _validated(PlanSpec, value, source), source


def _validated(model: type[M], value: dict[str, Yaml], source: YamlFile) -> M | None:
    named = {problem.field for problem in source.problems}
    try:
        result = model.model_validate(value)
    except ValidationError as error:
        for path, code, found, allowed in findings(model, error, value):
            if not _follows_from(path, named):
                source.problems.append(_problem(source, path, code, found, allowed))
        return None
    return None if any(item.severity == "error" for item in source.problems) else result


def _problem(source: YamlFile, path: Path, code: str, found: object, allowed: object) -> Problem:
    shown = source.texts.get(path, found) if found is not None else None
    return Problem(code, source.file, source.line(path), dotted(path) or None, shown, allowed)


def _follows_from(path: Path, named: set[str | None]) -> bool:
    """A value that the strict reader already named needs no second finding."""
    return any(dotted(path[:end]) in named for end in range(1, len(path) + 1))
