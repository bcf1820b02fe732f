"""The form of a plan: every entry of the schema drawn by its kind, with its faults below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from dashboard import parts
from dashboard.frame import Frame
from dashboard.plan_draft import Draft
from dashboard.plan_fields import SMALL, Entry
from dashboard.plan_names import KnownNames
from sim.io.validation import at
from sim.io.yaml_strict import Path, Yaml, dotted
from sim.report.plan_words import entry_label, value_words
from sim.texts.plan_help import HELP, ONLY_WITH, UNIT_ENDINGS, UNITS, Condition
from sim.texts.report import Lang

LONG = ("note",)
"""Texts of a whole sentence."""
Faults = Mapping[str, Sequence[str]]
"""Field as in a finding (``when.rules[1].lead_h``) → sentences."""


@dataclass(frozen=True)
class Form:
    """What every part of the form needs.

    Attributes:
        locked: the plan can be looked at only.
    """

    frame: Frame
    draft: Draft
    known: KnownNames
    faults: Faults = field(default_factory=dict)
    locked: bool = False

    def key(self, path: Path, part: str = "") -> str:
        """Key of a widget; another one after the draft was replaced, so that it shows the new."""
        name, count = dotted(path), 0 if part else self.draft.picked.get(path, 0)
        more = f".{part}" if part else f"~{count}" if count else ""
        return f"p{self.draft.generation}.{name}{more}"

    def raw(self, path: Path) -> Yaml:
        """What the draft says at a path; None when nothing."""
        return at(self.draft.value, path)  # type: ignore[return-value]

    def label(self, entry: Entry) -> str:
        """Name of an entry with its unit, and a mark when it must be filled in."""
        lang, words = self.frame.lang, name_of(entry, self.frame.lang)
        zh, en = next((u for end, u in UNITS.items() if entry.name.endswith(end)), ("", ""))
        unit = en if lang == "en" else zh
        if unit:
            words += f" ({unit})" if lang == "en" else f"（{unit}）"
        return parts.plain(words[:1].upper() + words[1:])

    def help(self, entry: Entry) -> str:
        """How to fill an entry in: meaning, limits, what holds when it is left out, its key."""
        lang, say = self.frame.lang, self.frame.say
        own = HELP.get(f"{entry.owner}.{entry.name}")
        chinese, _, english = entry.words.partition(" | ")
        lines = [(own[1] if lang == "en" else own[0]) if own else english or chinese]
        if lang == "zh" and not own:
            lines = [chinese]
        if entry.limits:
            lines.append(say("plans.limits", limits=" ".join(entry.limits)))
        if entry.optional and entry.default not in (None, [], {}, ""):
            shown = entry.default
            if isinstance(shown, list):
                shown = say("plans.comma").join(value_words(one, lang) for one in shown)
            else:
                shown = value_words(shown, lang)
            lines.append(say("plans.default", value=shown))
        lines.append(say("plans.key", name=entry.name))
        return parts.plain("\n\n".join(one for one in lines if one))

    def show_faults(self, path: Path, inner: bool = False) -> None:
        """What is wrong at a path, and with ``inner`` below it."""
        name = dotted(path)
        for place, sentences in self.faults.items():
            if place == name or (inner and place.startswith((f"{name}.", f"{name}["))):
                for sentence in sentences:
                    parts.show(parts.text("p", sentence, "yy-fault"))


def name_of(entry: Entry, lang: Lang) -> str:
    """What an entry is called, without its unit."""
    words = entry_label(entry.name, entry.words, lang)
    for tail in UNIT_ENDINGS:
        words = words.removesuffix(tail)
    return words


Draw = Callable[[Form, Entry, Path], None]


def wanted(entry: Entry, owner: object) -> bool:
    """Whether an entry makes sense beside the others: no gauge level for an order by the clock."""
    rule: Condition | None = ONLY_WITH.get(f"{entry.owner}.{entry.name}")
    if rule is None or not isinstance(owner, dict):
        return True
    return bool(owner.get(entry.name)) or owner.get(rule.field, rule.default) in rule.values


def rows_of(entries: Sequence[Entry], wide: int) -> list[list[Entry]]:
    """Entries in rows: small ones side by side, the others alone; yes and no at the end."""
    rows: list[list[Entry]] = []
    for entry in entries:
        small = entry.kind in SMALL and entry.name not in LONG
        small = small or (entry.kind == "names" and wide > 2)
        if small and rows and len(rows[-1]) < wide and _together(rows[-1][-1], entry):
            rows[-1].append(entry)
        else:
            rows.append([entry])
    return rows


def _together(last: Entry, entry: Entry) -> bool:
    same = (last.kind == "names") == (entry.kind == "names")
    yes_no = (last.kind == "yes_no") == (entry.kind == "yes_no")
    small = (last.kind in SMALL and last.name not in LONG) or last.kind == "names"
    return small and same and yes_no


def draw_rows(form: Form, entries: Sequence[Entry], path: Path, draw: Draw, wide: int = 3) -> None:
    """The entries of one model, those that make sense now."""
    owner = form.raw(path) if path else form.draft.value
    shown = [one for one in entries if wanted(one, owner or {})]
    for row in rows_of(shown, wide):
        if len(row) == 1 and (row[0].kind not in SMALL or row[0].name in LONG):
            draw(form, row[0], (*path, row[0].name))
            continue
        for cell, entry in zip(st.columns(wide, vertical_alignment="top"), row, strict=False):
            with cell:
                draw(form, entry, (*path, entry.name))
