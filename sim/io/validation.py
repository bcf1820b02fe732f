"""A pydantic error → a problem in the planner's terms: which key, what stands there, what may.

Pydantic names the branch of a union and the validator in its error location; here the location is
walked along the planner's own data, so that ``behaviour.tell.visit_min`` stays what he wrote.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Loc = tuple[str | int, ...]
Finding = tuple[Loc, str, object, object]
"""Key path, code, found, allowed."""

_CODES = {
    "missing": "field.missing",
    "union_tag_not_found": "field.missing",
    "extra_forbidden": "field.unknown",
    "greater_than": "number.out_of_range",
    "greater_than_equal": "number.out_of_range",
    "less_than": "number.out_of_range",
    "less_than_equal": "number.out_of_range",
    "int_parsing": "number.not_a_number",
    "int_parsing_size": "number.out_of_range",
    "int_type": "number.not_a_number",
    "float_parsing": "number.not_a_number",
    "float_type": "number.not_a_number",
    "int_from_float": "number.not_whole",
    "finite_number": "number.not_finite",
    "bool_parsing": "choice.not_yes_no",
    "bool_type": "choice.not_yes_no",
    "literal_error": "choice.unknown",
    "union_tag_invalid": "choice.unknown",
    "string_type": "text.quote",
    "string_too_long": "text.too_long",
    "string_pattern_mismatch": "text.characters",
    "model_type": "type.mapping",
    "model_attributes_type": "type.mapping",
    "dict_type": "type.mapping",
    "tuple_type": "type.list",
    "list_type": "type.list",
    "too_short": "list.too_short",
    "too_long": "list.too_long",
}
_SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
_SENTENCES = {
    "'at' goes with": "rule.at_and_clock",
    "'area' goes with": "rule.area_and_signal",
    "'reaches' goes with": "rule.reaches_and_level",
    "'reaches' is missing": "rule.reaches_and_level",
    "'lead_h' is missing": "rule.lead_and_forecast",
    "'lead_h' goes with": "rule.lead_and_forecast",
    "give exactly one of after_order_min": "target.one_deadline",
    "false_alarm_members must not exceed": "hazard.false_alarms",
    "leads_h must ascend": "list.not_ascending",
    "layers must ascend": "list.not_ascending",
    "peak_window_min must be": "list.not_ascending",
    "'full' must hold at least": "emergency.full_less",
    "'per_day' must be > 0": "emergency.per_day",
    "'report_p90_min' must be above": "emergency.p90",
    "'work_p90_min' must be above": "emergency.p90",
    "'delay_p90_min' must be above": "emergency.p90",
    "clock time": "clock.invalid",
    "invalid literal for int": "clock.invalid",
    "clock_start": "clock.start_invalid",
    "Invalid isoformat": "clock.start_invalid",
}
"""Beginnings of sentences that validators raise as plain ValueError → their code."""


def findings(model: type[BaseModel], error: ValidationError, value: object) -> list[Finding]:
    """All findings of one failed validation, each once, in the order of the schema."""
    found: list[Finding] = []
    for detail in error.errors(include_url=False):
        if detail["type"] == "too_short" and _only_items_failed(detail):
            continue
        path = _planner_path(detail["loc"], value, detail["type"])
        item = _finding(detail, path, value, model)
        if item not in found:
            found.append(item)
    return _branches_joined(found)


def _only_items_failed(detail: ErrorDetails) -> bool:
    """Pydantic counts valid items only; a list whose items are wrong is not too short as well."""
    given = detail["input"]
    return _is_list(given) and len(given) > detail.get("ctx", {}).get("actual_length", 0)


def _branches_joined(found: list[Finding]) -> list[Finding]:
    """Where a word or a number may stand, the two findings about one slip become one."""
    joined: list[Finding] = []
    numbers = {path for path, code, _, _ in found if code == "number.not_a_number"}
    words = {path for path, code, _, _ in found if code == "choice.unknown"}
    for path, code, what, allowed in found:
        if code == "number.not_a_number" and path in words:
            continue
        if code == "choice.unknown" and path in numbers:
            allowed = f"{allowed}, 0.0"
        joined.append((path, code, what, allowed))
    return joined


def _planner_path(loc: Loc, value: object, kind: str) -> Loc:
    """The part of a pydantic location that exists in the data, plus the key that is missing."""
    path: list[str | int] = []
    here = value
    for position, part in enumerate(loc):
        absent = kind == "missing" and position == len(loc) - 1
        if isinstance(here, Mapping) and isinstance(part, str) and (part in here or absent):
            path.append(part)
            here = here.get(part)
        elif _is_list(here) and isinstance(part, int):
            path.append(part)
            here = here[part] if part < len(here) else None  # type: ignore[index,arg-type]
    return tuple(path)


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def at(value: object, path: Loc) -> object:
    """The value at a key path, None where it does not exist."""
    for part in path:
        if isinstance(value, Mapping):
            value = value.get(part)
        elif _is_list(value) and isinstance(part, int):
            value = value[part]  # type: ignore[index]
        else:
            return None
    return value


def _finding(detail: ErrorDetails, path: Loc, value: object, model: type[BaseModel]) -> Finding:
    kind = detail["type"]
    context: dict[str, Any] = detail.get("ctx", {})
    found = detail["input"]
    if "." in kind:  # a custom error of the schema; its type is our code
        return _custom(kind, path, context, value)
    if kind in ("value_error", "assertion_error"):
        return _sentence(path, str(context.get("error", detail["msg"])), found)
    if kind == "string_too_short":
        code = "field.missing" if not str(found).strip() else "text.too_short"
        return path, code, None if code == "field.missing" else found, None
    code = _CODES.get(kind, "value.invalid")
    if code == "text.characters" and ":[1-9]" in str(context.get("pattern", "")):
        code = "text.amounts"
    if code == "field.missing":
        key = str(context.get("discriminator", "")).strip("'")
        return ((*path, key) if key.isidentifier() else path), code, None, None
    if code == "field.unknown":
        return path, code, path[-1] if path else None, _close_names(model, path, value)
    if kind == "union_tag_invalid":
        key = str(context.get("discriminator", "")).strip("'()")
        path = (*path, key) if key.isidentifier() else (*path, "dist")
        return path, code, context.get("tag"), _listed(context.get("expected_tags"))
    return path, code, _short(found), _allowed(kind, context, detail["msg"])


def _custom(kind: str, path: Loc, context: dict[str, Any], value: object) -> Finding:
    field = context.get("field")
    if isinstance(field, str) and field.isidentifier() and isinstance(at(value, path), Mapping):
        path = (*path, field)
    what = context["found"] if "found" in context else _short(at(value, path))
    return path, kind, what, context.get("allowed")


def _sentence(path: Loc, sentence: str, found: object) -> Finding:
    for beginning, code in _SENTENCES.items():
        if sentence.startswith(beginning):
            return path, code, _short(found), None
    return path, "value.invalid", _short(found), sentence


def _allowed(kind: str, context: dict[str, Any], message: str) -> object:
    for key, sign in _SIGNS.items():
        if key in context:
            return f"{sign} {_number(context[key])}"
    if kind == "literal_error":
        return _listed(context.get("expected"))
    if kind == "int_parsing_size":
        return "≤ 10000000"
    if "min_length" in context:
        return f"≥ {context['min_length']}"
    if "max_length" in context:
        return f"≤ {context['max_length']}"
    return message if _CODES.get(kind) is None else None


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) and value < 1e6 else str(value)


def _listed(text: object) -> str | None:
    """Pydantic's ``'a', 'b' or 'c'`` as ``a, b, c``."""
    if not isinstance(text, str):
        return None
    return text.replace(" or ", ", ").replace("'", "")


def _short(found: object) -> object:
    """What stands there, if it can be shown in a sentence; a whole section cannot."""
    return None if isinstance(found, (Mapping, list, tuple)) else found


def _close_names(model: type[BaseModel], path: Loc, value: object) -> str | None:
    names = _names_at(model, path[:-1])
    near = difflib.get_close_matches(str(path[-1]), names, n=2, cutoff=0.6) if path else []
    return ", ".join(near or names) or None


def _names_at(model: type[BaseModel], path: Loc) -> list[str]:
    """Keys a model allows at a key path; empty where the path leads through a union."""
    here: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, int):
            continue
        if here is None or part not in here.model_fields:
            return []
        here = _model_inside(here.model_fields[part].annotation)
    return [field.alias or name for name, field in here.model_fields.items()] if here else []


def _model_inside(annotation: Any) -> type[BaseModel] | None:
    """The one model inside ``Model``, ``Model | None`` or ``tuple[Model, ...]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inside = [_model_inside(part) for part in getattr(annotation, "__args__", ())]
    models = [part for part in inside if part is not None]
    return models[0] if len(models) == 1 else None
