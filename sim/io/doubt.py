"""乐观、基准、悲观输入: the same scenario with its doubtful behaviour values moved together.

The interval of a run holds the chance of its nights, not the doubt about its inputs.
``sim/defaults/doubt.csv`` says for every value in doubt how far it is moved to the good and to the
bad side: ``of`` value multiplies it, ``of`` rest multiplies what a share lacks to 1 (those who do
not comply). What a scenario states itself is moved as well; tables are left as they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from sim.schema.distributions import PLACES
from sim.schema.scenario import Behaviour

Inputs = Literal["base", "optimistic", "pessimistic"]
DOUBT = "doubt.csv"


@dataclass(frozen=True, slots=True)
class Doubt:
    """How far one behaviour value is moved: a factor on it, or (rest) on what it lacks to 1."""

    name: str
    rest: bool
    optimistic: float
    pessimistic: float
    source: str
    confidence: str

    def factor(self, inputs: Inputs) -> float:
        """Factor for one kind of inputs."""
        return {"base": 1.0, "optimistic": self.optimistic, "pessimistic": self.pessimistic}[inputs]


def doubt_bytes() -> bytes:
    """The shipped table; part of the input of a run with other than base inputs."""
    return (files("sim") / "defaults" / DOUBT).read_bytes()


@cache
def doubts() -> tuple[Doubt, ...]:
    """All values in doubt, in the order of the table."""
    rows = csv.DictReader(io.StringIO(doubt_bytes().decode("utf-8"), newline=""))
    return tuple(
        Doubt(
            row["name"],
            row["of"] == "rest",
            float(row["optimistic"]),
            float(row["pessimistic"]),
            row["source"],
            row["confidence"],
        )
        for row in rows
    )


def with_inputs(behaviour: Behaviour, inputs: Inputs) -> Behaviour:
    """The behaviour section with every value in doubt moved to one side."""
    if inputs == "base":
        return behaviour
    content = behaviour.model_dump()
    for doubt in doubts():
        section, _, key = doubt.name.partition(".")
        factor = doubt.factor(inputs)
        move = _of_rest(factor) if doubt.rest else _of_value(factor)
        content[section][key] = _moved(content[section][key], move, abs(factor))
    return Behaviour.model_validate(content)


def _of_value(factor: float) -> Callable[[float], float]:
    return lambda value: value * factor


def _of_rest(factor: float) -> Callable[[float], float]:
    return lambda share: min(max(1 - (1 - share) * factor, 0.0), 1.0)


def _moved(value: Any, move: Callable[[float], float], width: float) -> Any:
    """A number or a distribution with all its values moved, its spread by ``width``."""
    if not isinstance(value, dict):
        return move(value)
    kind, moved = value["dist"], dict(value)
    if kind == "mixture":
        moved["parts"] = [
            {**part, "of": _moved(part["of"], move, width)} for part in value["parts"]
        ]
    elif kind == "weibull_cdf":  # 1 - exp(-a t^b): times are moved by a
        moved["a"] = value["a"] / width ** value["b"]
    elif kind == "beta":  # the mean is moved, the weight of its evidence stays
        weight = value["a"] + value["b"]
        mean = min(max(move(value["a"] / weight), 0.001), 0.999)
        moved["a"], moved["b"] = mean * weight, (1 - mean) * weight
    for name in PLACES.get(kind, ()):
        found = value[name]
        if isinstance(found, (list, tuple)):
            moved[name] = [move(one) for one in found]
        elif found is not None:
            moved[name] = move(found)
    if kind == "normal":
        moved["sd"] = value["sd"] * width
    return moved
