"""Strict YAML 1.2 for scenario.yaml and plans: what stands there is what is meant.

Anchors, aliases, tags, merge keys, several documents and duplicate keys are refused; plain values
that YAML 1.1 programs read differently (``8:30`` → 510, ``044000`` → 18432) must be quoted. Only
the core schema is resolved: null, true/false, whole numbers, decimals, text. Dates stay text.

``YamlFile.lines`` keeps the line of every key path, so that a later finding can point to its line.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from sim.io.text_files import MEGABYTE, decode
from sim.schema.problems import Problem

LARGEST_BYTES = 5 * MEGABYTE
DEEPEST = 20
"""Nesting that no scenario needs; beyond it stands an attack or a slip."""
LONGEST_NUMBER = 40

Path = tuple[str | int, ...]
Yaml: TypeAlias = bool | int | float | str | list["Yaml"] | dict[str, "Yaml"] | None

_NULL = ("", "~", "null", "Null", "NULL")
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_CLOCK = re.compile(r"[-+]?[0-9]+(:[0-9]+)+(\.[0-9]*)?")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+")


@dataclass
class YamlFile:
    """One YAML file as plain Python, with the line and the source text of every key path.

    Attributes:
        file: name as the planner knows it.
        value: the mapping at the top, or None when the file cannot be used.
        lines: key path → line (the first line is 1). List positions count from 0.
        texts: key path of a scalar → the characters that stand in the file.
        problems: what was found; with any error among them ``value`` may be incomplete.
    """

    file: str
    value: dict[str, Yaml] | None = None
    lines: dict[Path, int] = field(default_factory=dict)
    texts: dict[Path, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: Path) -> int | None:
        """Line of a key path, or of its nearest ancestor that stands in the file."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return None


class _GiveUpError(Exception):
    """The rest of the file cannot be read any more; the problem is already noted."""


def dotted(path: Path) -> str:
    """``when.rules[2].lead_h``: list positions count from 1, as planners count."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def read_yaml(data: bytes, file: str) -> YamlFile:
    """Parse one file. Never raises on any content: findings are in ``problems``."""
    result = YamlFile(file)
    if len(data) > LARGEST_BYTES:
        allowed = f"≤ {LARGEST_BYTES // MEGABYTE} MB"
        found = f"{len(data) / MEGABYTE:.1f} MB"
        result.problems.append(Problem("file.too_large", file, found=found, allowed=allowed))
        return result
    text, notes = decode(data, file)
    result.problems.extend(notes)
    if text is None:
        return result
    if not text.strip():
        result.problems.append(Problem("file.empty", file))
        return result
    try:
        value = _Builder(result, text).document()
    except _GiveUpError:
        return result
    if isinstance(value, dict):
        result.value = value
    else:
        result.problems.append(Problem("yaml.not_a_mapping", file, row=1))
    return result


class _Builder:
    """Walks the parser's events and builds plain values, noting every breach of strictness."""

    def __init__(self, result: YamlFile, text: str) -> None:
        self.result = result
        self.events = self._safely(YAML(typ="safe", pure=True).parse(text))

    def document(self) -> Yaml:
        """The one document of the file."""
        value: Yaml = None
        documents = 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._note("yaml.several_documents", event, ())
                    raise _GiveUpError
                if event.version is not None or event.tags:
                    self._note("yaml.directive", event, ())
                value = self._node(next(self.events), ())
            elif isinstance(event, DocumentEndEvent):
                continue
        return value

    def _safely(self, events: Iterator[Event]) -> Iterator[Event]:
        """The parser's events; whatever it stumbles over becomes a problem with its line."""
        try:
            yield from events
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark is not None else None
            self._syntax(line, error.problem or error.context)
        except YAMLError as error:
            self._syntax(None, str(error).splitlines()[0])
        except (ValueError, OverflowError, IndexError, AttributeError, AssertionError) as error:
            self._syntax(None, str(error) or type(error).__name__)  # slips inside the parser

    def _syntax(self, line: int | None, message: str | None) -> None:
        problem = Problem("yaml.syntax", self.result.file, row=line, found=message)
        self.result.problems.append(problem)
        raise _GiveUpError

    def _note(self, code: str, event: Event, path: Path, found: object = None) -> None:
        line = event.start_mark.line + 1
        name = dotted(path) or None
        self.result.problems.append(Problem(code, self.result.file, line, name, found))

    def _node(self, event: Event, path: Path) -> Yaml:
        if len(path) > DEEPEST:
            self._note("yaml.too_deep", event, path[:3], found=f"> {DEEPEST}")
            raise _GiveUpError
        self.result.lines.setdefault(path, event.start_mark.line + 1)
        if isinstance(event, AliasEvent):
            self._note("yaml.alias", event, path, f"*{event.anchor}")
            return None
        if not isinstance(event, (MappingStartEvent, SequenceStartEvent, ScalarEvent)):
            self._syntax(event.start_mark.line + 1, type(event).__name__)
            return None
        if event.anchor is not None:
            self._note("yaml.anchor", event, path, f"&{event.anchor}")
        if event.tag is not None:
            self._note("yaml.tag", event, path, str(event.tag))
        if isinstance(event, MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(path)
        return self._scalar(event, path)

    def _mapping(self, path: Path) -> dict[str, Yaml]:
        values: dict[str, Yaml] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                self._note("yaml.bad_key", event, path)
                raise _GiveUpError
            key = str(event.value)
            here = (*path, key)
            if key == "<<" and event.style is None:
                self._note("yaml.merge", event, path, "<<")
            elif key in values:
                first = self.result.lines[here]
                self._note("yaml.duplicate_key", event, here, first)
            elif event.anchor is not None or event.tag is not None:
                self._note("yaml.anchor", event, here, key)
            if key in values:
                self._node(next(self.events), (*path, f"{key} (2)"))
                continue
            self.result.lines[here] = event.start_mark.line + 1
            values[key] = self._node(next(self.events), here)
        return values

    def _sequence(self, path: Path) -> list[Yaml]:
        values: list[Yaml] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            values.append(self._node(event, (*path, len(values))))
        return values

    def _scalar(self, event: ScalarEvent, path: Path) -> Yaml:
        text = str(event.value)
        self.result.texts[path] = text
        if event.style is not None:  # quoted or block text
            return text
        if text in _NULL:
            return None
        if text in _BOOL:
            return _BOOL[text]
        if _CLOCK.fullmatch(text):
            self._note("yaml.quote_clock", event, path, text)
            return text
        if _LEADING_ZERO.fullmatch(text):
            self._note("yaml.quote_code", event, path, text)
            return text
        return self._number(event, path, text)

    def _number(self, event: ScalarEvent, path: Path, text: str) -> Yaml:
        if len(text) <= LONGEST_NUMBER:
            if _INT.fullmatch(text):
                return int(text)
            if _FLOAT.fullmatch(text) and math.isfinite(float(text)):
                return float(text)
        if _NOT_FINITE.fullmatch(text) or _FLOAT.fullmatch(text):
            self._note("number.not_finite", event, path, text[:LONGEST_NUMBER])
            return None
        return text
