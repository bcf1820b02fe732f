"""Shipped values of the hazard sections: ``sim/defaults/hazards.csv``, with source and confidence.

A row is named ``<kind>.<key>``; its value is YAML: a number, a distribution, or a list of pairs.
What a scenario leaves out comes from here; a judgement is called one in its row.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter
from ruamel.yaml import YAML

from sim.schema.distributions import AnyDistribution, Number

HAZARDS = "hazards.csv"
_DRAW: TypeAdapter[AnyDistribution] = TypeAdapter(Number)
Pairs = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Shipped:
    """One value of the library: its YAML text, unit, source, and how far it can be trusted."""

    text: str
    unit: str
    source: str
    confidence: str


@cache
def shipped_values() -> dict[str, Shipped]:
    """All rows by name."""
    text = files("sim").joinpath("defaults", HAZARDS).read_text(encoding="utf-8")
    return {
        row["name"]: Shipped(row["value"], row["unit"], row["source"], row["confidence"])
        for row in csv.DictReader(text.splitlines())
    }


class KindDefaults:
    """The values of one kind, by key.

    Raises:
        KeyError: the library has no such row.
        ValidationError: its value is of another form.
    """

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def _value(self, key: str) -> object:
        text = shipped_values()[f"{self._kind}.{key}"].text
        value: object = YAML(typ="safe", pure=True).load(text)
        return value

    def number(self, key: str) -> float:
        """A number."""
        return TypeAdapter(float).validate_python(self._value(key))

    def whole(self, key: str) -> int:
        """A whole number."""
        return TypeAdapter(int).validate_python(self._value(key))

    def draw(self, key: str) -> AnyDistribution:
        """A distribution, or a number that always comes."""
        found: AnyDistribution = _DRAW.validate_python(self._value(key))
        return found

    def pairs(self, key: str) -> Pairs:
        """Points of a curve."""
        return TypeAdapter(Pairs).validate_python(self._value(key))

    def wholes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        return TypeAdapter(tuple[int, ...]).validate_python(self._value(key))
