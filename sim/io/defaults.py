"""The shipped library of behaviour values: what a scenario leaves out comes from here, and is said.

``sim/defaults/behaviour.csv`` has a row per value: dotted name inside ``behaviour``, value
(strict YAML, so a number, a text or a distribution), unit, source, confidence. A scenario's own
value replaces the whole library value; nothing is mixed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pydantic import BaseModel

from sim.io.yaml_strict import Yaml, read_yaml
from sim.schema.problems import InputError
from sim.schema.scenario import Behaviour

BEHAVIOUR = "behaviour.csv"


@dataclass(frozen=True, slots=True)
class DefaultValue:
    """One library value with where it comes from and how far it can be trusted."""

    name: str
    value: Yaml
    unit: str
    source: str
    confidence: str
    text: str
    """The value as it stands in the library, for reports."""

    def label(self, lang: str) -> str:
        """What the value means, from the schema: ``tell.call_min`` is 一次通话 | one call."""
        model: type[BaseModel] = Behaviour
        *sections, last = self.name.split(".")
        for section in sections:
            inside = model.model_fields[section].annotation
            if not (isinstance(inside, type) and issubclass(inside, BaseModel)):
                return self.name
            model = inside
        chinese, _, english = (model.model_fields[last].description or "").partition(" | ")
        return (english if lang == "en" else chinese) or self.name


def library_bytes() -> bytes:
    """The library file itself; part of the input of every run that uses it."""
    return (files("sim") / "defaults" / BEHAVIOUR).read_bytes()


@cache
def behaviour_defaults() -> tuple[DefaultValue, ...]:
    """All library values in file order.

    Raises:
        InputError: a value of the shipped library is no strict YAML (a fault of the program).
    """
    rows = csv.DictReader(io.StringIO(library_bytes().decode("utf-8"), newline=""))
    return tuple(_value(row) for row in rows)


def _value(row: dict[str, str]) -> DefaultValue:
    parsed = read_yaml(f"value: {row['value']}\n".encode(), BEHAVIOUR)
    if parsed.value is None or parsed.problems:
        raise InputError(parsed.problems)
    return DefaultValue(
        name=row["name"],
        value=parsed.value["value"],
        unit=row["unit"],
        source=row["source"],
        confidence=row["confidence"],
        text=row["value"],
    )


def merge_defaults(behaviour: Yaml) -> tuple[Yaml, tuple[DefaultValue, ...]]:
    """A scenario's ``behaviour`` section filled up from the library, and the values used.

    A section that is no mapping is handed back as it is: the schema will name the slip.
    """
    if behaviour is not None and not isinstance(behaviour, Mapping):
        return behaviour, ()
    merged: dict[str, Yaml] = {
        key: dict(part) if isinstance(part, Mapping) else part
        for key, part in (behaviour or {}).items()
    }
    used = tuple(item for item in behaviour_defaults() if _fill(merged, item))
    return merged, used


def _fill(merged: dict[str, Yaml], item: DefaultValue) -> bool:
    """Set one library value where the scenario has none; True when it was needed."""
    section, _, key = item.name.rpartition(".")
    place: Yaml = merged
    if section:
        if merged.get(section) is None:
            merged[section] = {}
        place = merged[section]
    if not isinstance(place, dict) or key in place:
        return False
    place[key] = item.value
    return True
