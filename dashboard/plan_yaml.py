"""A changed plan as text: sections nobody touched stay as they are written, to the byte.

The file is cut at its sections. One whose content has changed is written anew, with the comments
and the layout it had where an entry is still there; the others are copied. What is written is read
again by the strict reader of Yuyan before it is handed out, so it always means what was meant.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from sim.io.yaml_strict import Yaml, read_yaml
from sim.schema.plan import PlanSpec

HEAD = (
    "# 由预演的方案页写成，可自由修改 | written by the plan page of Yuyan, change it as you like\n"
)
_SECTION = re.compile(r"(?P<key>[A-Za-z_][A-Za-z_0-9]*)\s*:(\s|$)")
_GENERATED = re.compile(r"\A#[^\n]*make\.py[^\n]*\n")
"""A first line that forbids changes by hand: of a copy it would not be true."""
_WIDEST = 10_000
_FLOW_FITS = 88
"""A small mapping is set in one line up to this many characters, as planners' files do."""


def plan_text(value: Mapping[str, Yaml], original: str = "") -> str:
    """The plan as YAML that reads as ``value``; laid out like ``original`` where that goes on."""
    head, sections = _cut(original)
    known = read_yaml(original.encode(), "").value or {} if original else {}
    made: list[str] = []
    for name in _order(value, [name for name, _ in sections]):
        before = next((text for key, text in sections if key == name), None)
        if before is not None and name in known and _same(known[name], value[name]):
            made.append(before)
        else:
            made.append(_written(name, value[name], before))
    text = _GENERATED.sub(HEAD, head) if original else HEAD
    text += "".join(made)
    if _reads_as(text, value):
        return text
    return HEAD + "".join(_plain(name, value[name]) for name in value)


def with_section(text: str, name: str, value: Yaml) -> str:
    """A file with another content in one of its sections; the rest stays to the byte."""
    head, sections = _cut(text)
    return head + "".join(
        _written(key, value, part) if key == name else part for key, part in sections
    )


def _order(value: Mapping[str, Yaml], written: Sequence[str]) -> list[str]:
    """Sections as they stand; a new one goes behind the section that the schema puts before it."""
    names = [name for name in written if name in value]
    schema = list(PlanSpec.model_fields)
    for name in sorted(value, key=lambda one: schema.index(one) if one in schema else len(schema)):
        if name not in names:
            before = schema[: schema.index(name)] if name in schema else names
            at = max((names.index(one) + 1 for one in before if one in names), default=0)
            names.insert(at, name)
    return names


def _cut(text: str) -> tuple[str, list[tuple[str, str]]]:
    """What stands above the first section, and every section with the comments above it."""
    head, sections = "", []
    waiting = ""
    for line in text.splitlines(keepends=True):
        line = line if line.endswith("\n") else line + "\n"
        match = _SECTION.match(line)
        if match:
            if not sections:
                head, waiting = waiting, ""
            sections.append((match["key"], waiting + line))
            waiting = ""
        elif not sections or line.startswith("#") or not line.strip():
            waiting += line
        else:
            name, body = sections[-1]
            sections[-1] = (name, body + waiting + line)
            waiting = ""
    if sections and waiting:
        name, body = sections[-1]
        sections[-1] = (name, body + waiting)
    return head, sections


def _written(name: str, value: Yaml, before: str | None) -> str:
    """A section with its new content, in its old layout if that can be had."""
    if before is not None:
        try:
            old = _rt().load(before)
            old[name] = _patched(old[name], value)
            text = _dumped(old)
        except (YAMLError, KeyError, TypeError, ValueError, AttributeError):
            return _plain(name, value)
        above = re.match(r"(?:[ \t]*(?:#[^\n]*)?\n)*", before)
        kept = above.group() if above and not text.startswith(above.group()) else ""
        if _reads_as(kept + text, {name: value}):
            return kept + text
    return _plain(name, value)


def _patched(old: Any, new: Yaml) -> Any:
    """The old node with the new content: entries that stay keep their comments and quotes."""
    if isinstance(old, CommentedMap) and isinstance(new, dict):
        for key in [key for key in old if key not in new]:
            del old[key]
        for key, value in new.items():
            old[key] = _patched(old[key], value) if key in old else _node(value)
        return old
    if isinstance(old, CommentedSeq) and isinstance(new, list):
        for at, value in enumerate(new[: len(old)]):
            old[at] = _patched(old[at], value)
        del old[len(new) :]
        old.extend(_node(value) for value in new[len(old) :])
        return old
    return old if _same(old, new) else _node(new)


def _node(value: Yaml) -> Any:
    """A value with every text in quotes, so that no clock time or code can be misread."""
    if isinstance(value, dict):
        made = CommentedMap({_key(key): _node(one) for key, one in value.items()})
        if _fits(value):
            made.fa.set_flow_style()
        return made
    if isinstance(value, list):
        rows = CommentedSeq(_node(one) for one in value)
        if _fits(value):
            rows.fa.set_flow_style()
        return rows
    if isinstance(value, str):
        return DoubleQuotedScalarString(value)
    return value


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z_]\w*", key) else DoubleQuotedScalarString(key)


def _fits(value: Yaml) -> bool:
    """Whether a part is small enough for one line."""
    if not isinstance(value, (dict, list)) or not value:
        return True
    inner = value.values() if isinstance(value, dict) else value
    flat = not any(isinstance(one, (dict, list)) and len(one) > 4 for one in inner)
    return flat and len(json.dumps(value, ensure_ascii=False)) <= _FLOW_FITS


def _plain(name: str, value: Yaml) -> str:
    """A section written from nothing."""
    return _dumped(CommentedMap({_key(name): _node(value)}))


def _dumped(node: Any) -> str:
    stream = StringIO()
    _rt().dump(node, stream)
    return stream.getvalue()


def _rt() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.width = _WIDEST
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _reads_as(text: str, value: Mapping[str, Yaml]) -> bool:
    found = read_yaml(text.encode(), "")
    return not found.problems and found.value is not None and _same(found.value, dict(value))


def _same(one: Any, other: Any) -> bool:
    """Equal in content and kind: 1 is not True, but 30 is 30.0."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_same(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)
