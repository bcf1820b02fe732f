"""What a plan can hold, read off the schema: a field that is new there appears on the page.

Each field of a model becomes an ``Entry`` that says how it is asked for. What the page has no
form for is ``free``: it is edited as the YAML it is, so nothing the schema allows is out of reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from sim.schema.distribution_kinds import Spec
from sim.schema.plan import PlanSpec
from sim.schema.scenario import ClockTime

Kind = Literal[
    "text", "yes_no", "whole", "number", "choice", "choices", "choice_or_number", "clock",
    "spread", "names", "pairs", "trips", "model", "items", "free",
]  # fmt: skip
SMALL: tuple[Kind, ...] = (
    "text", "yes_no", "whole", "number", "choice", "choice_or_number", "clock",
)  # fmt: skip
"""Kinds that take a cell; the others take the whole width."""
_LIMITS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
_CLOCK_RULE = get_args(ClockTime)[1]


@dataclass(frozen=True)
class Entry:
    """A field of a model as the page asks for it.

    Attributes:
        owner: name of the model, e.g. ``Fleet``.
        name: key in the file.
        words: description in the schema, ``中文 | English``.
        options: allowed words of a choice.
        optional: may be left out or be empty.
        default: what holds when it is left out; None when nothing does.
        limits: ``≥ 0``, ``≤ 600``; for the reader, the schema judges.
        model: of a section, of the items of a list, of the stops of a trip.
    """

    owner: str
    name: str
    kind: Kind
    words: str = ""
    options: tuple[str, ...] = ()
    optional: bool = True
    default: object = None
    limits: tuple[str, ...] = ()
    model: type[BaseModel] | None = None


@cache
def entries(model: type[BaseModel]) -> tuple[Entry, ...]:
    """The fields of a model in its order, those of the class itself before inherited ones."""
    inherited = {name for base in model.__bases__ for name in getattr(base, "model_fields", ())}
    names = sorted(model.model_fields, key=lambda name: name in inherited)
    return tuple(_entry(model, name, model.model_fields[name]) for name in names)


def sections() -> tuple[Entry, ...]:
    """Parts of a plan that have a page of their own, in the order of the schema."""
    return tuple(one for one in entries(PlanSpec) if one.kind not in SMALL and one.name != "name")


def basics() -> tuple[Entry, ...]:
    """What a plan says about itself."""
    own = {one.name for one in sections()}
    return tuple(one for one in entries(PlanSpec) if one.name not in own)


def _entry(model: type[BaseModel], name: str, info: FieldInfo) -> Entry:
    required = info.is_required()
    default = None if required else info.get_default(call_default_factory=True)
    metadata = [*info.metadata, *_inner_metadata(info.annotation)]
    kind, options, inner = _kind(info.annotation, metadata)
    return Entry(
        owner=model.__name__,
        name=info.alias or name,
        kind=kind,
        words=info.description or "",
        options=options,
        optional=not required,
        default=_plain(default),
        limits=tuple(_limits(metadata)),
        model=inner,
    )


def _kind(
    annotation: Any, metadata: Sequence[Any]
) -> tuple[Kind, tuple[str, ...], type[BaseModel] | None]:
    parts = [_bare(one) for one in _union(annotation) if one is not NoneType]
    if any(isinstance(one, type) and issubclass(one, Spec) for one in parts):
        return "spread", (), None
    words = tuple(w for one in parts if get_origin(one) is Literal for w in get_args(one))
    if len(parts) == 2 and words and float in parts:
        return "choice_or_number", words, None
    if len(parts) != 1:
        return "free", (), None
    (only,) = parts
    if words:
        return "choice", words, None
    if isinstance(only, type) and issubclass(only, BaseModel):
        return "model", (), only
    if only is str and _CLOCK_RULE in metadata:
        return "clock", (), None
    simple: dict[Any, Kind] = {bool: "yes_no", int: "whole", float: "number", str: "text"}
    if only in simple:
        return simple[only], (), None
    return _many(only)


def _many(only: Any) -> tuple[Kind, tuple[str, ...], type[BaseModel] | None]:
    """Lists and tables."""
    origin, args = get_origin(only), [_bare(one) for one in get_args(only)]
    if origin is tuple and args[1:] == [Ellipsis]:
        if get_origin(args[0]) is Literal:
            return "choices", get_args(args[0]), None
        if args[0] is str:
            return "names", (), None
        if isinstance(args[0], type) and issubclass(args[0], BaseModel):
            return "items", (), args[0]
    if origin is dict and args and args[0] is str:
        if args[1] in (str, object):
            return "pairs", (), None
        inner = [_bare(one) for one in get_args(args[1])]
        stops = get_origin(args[1]) is tuple and inner[1:] == [Ellipsis]
        if stops and isinstance(inner[0], type) and issubclass(inner[0], BaseModel):
            return "trips", (), inner[0]
    return "free", (), None


def _union(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) is Annotated:
        return _union(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return tuple(part for one in get_args(annotation) for part in _union(one))
    return (annotation,)


def _bare(annotation: Any) -> Any:
    """The type without what is annotated to it."""
    return _bare(get_args(annotation)[0]) if get_origin(annotation) is Annotated else annotation


def _inner_metadata(annotation: Any) -> list[Any]:
    """What is annotated inside ``X | None``."""
    found: list[Any] = []
    if get_origin(annotation) is Annotated:
        for one in get_args(annotation)[1:]:
            found += one.metadata if isinstance(one, FieldInfo) else [one]
        found += _inner_metadata(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, UnionType):
        for one in get_args(annotation):
            found += _inner_metadata(one)
    return found


def _limits(metadata: Sequence[Any]) -> Iterator[str]:
    for one in metadata:
        for name, sign in _LIMITS.items():
            limit = getattr(one, name, None)
            if isinstance(limit, int | float) and not isinstance(limit, bool):
                yield f"{sign} {limit:g}"


def _plain(default: Any) -> object:
    """A default as it would be written in the file."""
    if default is PydanticUndefined:
        return None
    if isinstance(default, Spec):
        return default.value if default.dist == "constant" else default.model_dump()
    if isinstance(default, BaseModel):
        return default.model_dump(mode="json")
    return list(default) if isinstance(default, tuple) else default
