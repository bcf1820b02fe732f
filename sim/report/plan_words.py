"""Entries of plans and of the library in planners' words: 何时转 · 第 2 条 · 信号：预报水位."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, get_args

from pydantic import BaseModel

from sim.experiment.compare import Difference
from sim.schema.plan import PlanSpec
from sim.texts.labels import LINKS, word
from sim.texts.plan_entries import ENTRIES, KEYS, VALUES
from sim.texts.report import Lang

TOKEN = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
ITEM = re.compile(r"[^\[]+\[\d+\]")
"""The first item of a list in the path of an entry."""
LAST_NUMBER = re.compile(r"\[\d+\]$")
MANY = 3
"""More entries than this under one heading are told in one line."""
SHOWN = 3

Row = tuple[str, str, str]


def difference_rows(found: Sequence[Difference], lang: Lang) -> Iterator[Row]:
    """(entry, this plan, the other plan) in words; long lists in one line each."""
    for parent, group in groupby(found, key=lambda one: _parent(one.field)):
        some = list(group)
        ours = [(one.field, one.plan) for one in some if one.plan is not None]
        theirs = [(one.field, one.baseline) for one in some if one.baseline is not None]
        if parent.endswith("]"):
            yield (
                entry_name(parent, lang),
                _together(parent, ours, lang),
                _together(parent, theirs, lang),
            )
        elif parent and len(some) > MANY:
            yield entry_name(parent, lang), _items(ours, lang), _items(theirs, lang)
        else:
            for one in some:
                yield (
                    entry_name(one.field, lang),
                    value_words(one.plan, lang),
                    value_words(one.baseline, lang),
                )


def entry_name(field: str, lang: Lang) -> str:
    """``when.rules[2].lead_h`` as 何时转 · rules 第 2 条 · 预见期 h."""
    model: type[BaseModel] | None = PlanSpec
    names: list[str] = []
    for number, name in TOKEN.findall(field):
        if number:
            names[-1] += " " + _say("number", lang, n=number)
            continue
        known = model.model_fields.get(name) if model is not None else None
        words = (known.description if known else None) or ""
        names.append(entry_label(name, words if names else "", lang))
        model = _inner(known.annotation) if known is not None else None
    return _say("step", lang).join(names)


def entry_label(name: str, words: str, lang: Lang) -> str:
    """A field by its key and its description in the schema (``中文 | English``)."""
    chinese, _, english = words.partition(" | ")
    label = english if lang == "en" else chinese.split("（")[0].split("；")[0]
    named = word({**LINKS, **KEYS}, name, lang)
    return named if name in KEYS else label or named


def value_words(value: object, lang: Lang) -> str:
    """A value of a plan or of the library as a planner would say it."""
    if value is None:
        return _say("none", lang)
    if isinstance(value, Mapping):
        return _distribution(value, lang) if "dist" in value else _pairs(value, lang)
    if isinstance(value, float):
        return f"{value:g}"
    return word(VALUES, str(value), lang)


def _distribution(value: Mapping[str, Any], lang: Lang) -> str:
    """A distribution by its numbers; a kind without a pattern by its keys."""
    kind = str(value["dist"])
    if kind == "mixture":
        parts = [
            _say("dist.part", lang, share=f"{part['share']:.0%}", of=value_words(part["of"], lang))
            for part in value.get("parts", ())
        ]
        text = "；".join(parts) if lang == "zh" else "; ".join(parts)
    elif f"dist.{kind}" in ENTRIES:
        numbers = {k: f"{v:g}" if isinstance(v, int | float) else v for k, v in value.items()}
        text = _say(f"dist.{kind}", lang, **numbers)
    else:
        text = _pairs(value, lang)
    factor = value.get("shared_p90_factor")
    if factor is not None:
        text += _say("shared", lang, factor=f"{factor:g}")
    per = f"per.{value.get('per')}"
    return text + (_say(per, lang) if per in ENTRIES else "")


def _pairs(value: Mapping[str, Any], lang: Lang) -> str:
    pairs = (f"{key}{_say('colon', lang)}{value_words(one, lang)}" for key, one in value.items())
    return _say("comma", lang).join(pairs)


def _items(entries: Sequence[tuple[str, object]], lang: Lang) -> str:
    if not entries:
        return _say("none", lang)
    texts = [f"{TOKEN.findall(field)[-1][1]}→{value_words(v, lang)}" for field, v in entries]
    first = "、".join(texts[:SHOWN]) if lang == "zh" else ", ".join(texts[:SHOWN])
    return first if len(texts) <= SHOWN else _say("items", lang, first=first, n=len(texts))


def _parent(field: str) -> str:
    """What an entry is told together with: its item of a list (``when.rules[2]``), or the
    mapping it belongs to (``fleet.staged``); empty for an entry of its own."""
    item = ITEM.match(field)
    if item is not None and field != item.group():
        return item.group()
    parent, _, last = field.rpartition(".")
    if not parent or last.endswith("]"):
        return ""
    model: type[BaseModel] | None = PlanSpec
    for number, name in TOKEN.findall(parent):
        if not number:
            known = model.model_fields.get(name) if model is not None else None
            model = _inner(known.annotation) if known is not None else None
    return "" if model is not None else parent


def _together(parent: str, entries: Sequence[tuple[str, object]], lang: Lang) -> str:
    """All that differs in one item of a list: 信号 预报水位，预见期 12."""
    if not entries:
        return _say("none", lang)
    step, head = _say("step", lang), entry_name(parent, lang)
    pairs = [
        _say(
            "pair",
            lang,
            name=entry_name(LAST_NUMBER.sub("", field), lang).removeprefix(head + step),
            value=value_words(value, lang),
        )
        for field, value in entries
    ]
    return _say("comma", lang).join(pairs)


def _inner(annotation: Any) -> type[BaseModel] | None:
    """The model inside ``When``, ``When | None`` or ``tuple[TriggerRule, ...]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        found = _inner(part)
        if found is not None:
            return found
    return None


def _say(key: str, lang: Lang, **values: object) -> str:
    return word(ENTRIES, key, lang).format(**values)
