"""The columns of every table in words: for the template workbook and the documentation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.io.headers import column_name, describe, label
from sim.schema.base import Row
from sim.schema.tables import ROW_MODELS
from sim.texts.labels import CHOICES

UNITS = {
    "_min": "分钟 min", "_m": "m", "_km": "km", "_mm": "mm", "_kmh": "km/h", "_mps": "m/s",
    "_t": "t", "_share": "0–1", "_pcu_h": "pcu/h", "_h": "h",
}  # fmt: skip
HUGE = 1e8
"""A limit this large only guards the program; planners need not read it."""

_LIMITS = (
    ("minimum", "≥"), ("exclusiveMinimum", ">"), ("maximum", "≤"), ("exclusiveMaximum", "<"),
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column: name in files, both descriptions, what may stand in it."""

    name: str
    label: str
    chinese: str
    english: str
    unit: str
    required: bool
    default: str
    choices: tuple[str, ...]
    limits: str
    number: bool

    @property
    def allowed(self) -> str:
        """What may stand there, in one cell."""
        words = [
            f"{value} {CHOICES[value][0]}" if value in CHOICES else value for value in self.choices
        ]
        return " / ".join(words) or self.limits


def columns(table: str) -> list[Column]:
    """All columns of a table, in the order of the schema, source and confidence last."""
    model = ROW_MODELS[table]
    schema = model.model_json_schema(by_alias=True)["properties"]
    names = [name for name in model.model_fields if name not in Row.model_fields]
    return [_column(model, name, schema) for name in [*names, *Row.model_fields]]


def _column(model: type[Row], name: str, schema: dict[str, Any]) -> Column:
    field = model.model_fields[name]
    rule = _rule(schema[column_name(model, name)])
    chinese, english = describe(model, name)
    choices = tuple(str(item) for item in rule.get("enum", ()))
    if rule.get("type") == "boolean":
        choices = ("true", "false")
    default = "" if field.is_required() or field.default is None else str(field.default)
    return Column(
        name=column_name(model, name),
        label=label(model, name),
        chinese=chinese,
        english=english,
        unit=next((unit for end, unit in UNITS.items() if name.endswith(end)), ""),
        required=field.is_required(),
        default=default.lower() if isinstance(field.default, bool) else default,
        choices=choices,
        limits=_limits(rule),
        number=rule.get("type") in ("integer", "number"),
    )


def _rule(schema: dict[str, Any]) -> dict[str, Any]:
    """The part of a JSON schema that is not about being empty."""
    branches = [part for part in schema.get("anyOf", ()) if part.get("type") != "null"]
    return branches[0] if branches else schema


def _limits(rule: dict[str, Any]) -> str:
    parts = [f"{sign} {rule[key]:.10g}" for key, sign in _LIMITS if abs(rule.get(key, HUGE)) < HUGE]
    if rule.get("type") == "integer":
        parts.insert(0, "整数 whole number")
    return ", ".join(parts)
