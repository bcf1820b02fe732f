"""Entries that take one cell of the form: text, number, choice, clock time, yes or no."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeGuard

import streamlit as st

from dashboard.plan_fields import Entry
from dashboard.plan_form import Form
from dashboard.plan_names import refers
from sim.io.yaml_strict import Path, Yaml
from sim.report.plan_words import value_words
from sim.texts.plan_help import ONLY_WITH

NUMBER = "#"
"""Stands in a list of words for "a number instead"."""
LARGEST_SHOWN = 1e15
"""Beyond it the number field of a browser is not exact; such a value is edited as text."""


def cell(form: Form, entry: Entry, path: Path) -> bool:
    """Draw one small entry; False when what stands there does not fit its kind."""
    raw = form.raw(path)
    kinds: dict[str, Callable[[Form, Entry, Path, Yaml], bool]] = {
        "text": _text,
        "clock": _text,
        "yes_no": _yes_no,
        "whole": _number,
        "number": _number,
        "choice": _choice,
        "choice_or_number": _choice_or_number,
    }
    if not kinds[entry.kind](form, entry, path, raw):
        return False
    form.show_faults(path)
    return True


def _text(form: Form, entry: Entry, path: Path, raw: Yaml) -> bool:
    lists = refers(entry.owner, entry.name)
    if lists and (known := form.known.of(lists[0])):
        return _pick(form, entry, path, raw, known)
    if raw is not None and not isinstance(raw, str):
        return False
    key = form.key(path)

    def changed() -> None:
        text = str(st.session_state[key]).strip()
        if entry.kind == "clock":
            text = text.replace("：", ":")
        if text or not entry.optional:
            form.draft.put(path, text)
        else:
            form.draft.drop(path)

    st.text_input(
        form.label(entry),
        raw or "",
        key=key,
        help=form.help(entry),
        placeholder=form.frame.say("plans.clock_like") if entry.kind == "clock" else None,
        on_change=changed,
        disabled=form.locked,
    )
    return True


def _pick(form: Form, entry: Entry, path: Path, raw: Yaml, known: dict[str, str]) -> bool:
    if raw is not None and not isinstance(raw, str):
        return False
    options = list(dict.fromkeys([*known, *([raw] if raw else [])]))
    key = form.key(path)
    st.selectbox(
        form.label(entry),
        options,
        options.index(raw) if raw else None,
        format_func=lambda one: known.get(one, form.frame.say("plans.unknown_name", name=one)),
        key=key,
        help=form.help(entry),
        placeholder=form.frame.say("plans.pick"),
        on_change=lambda: form.draft.put(path, st.session_state[key] or ""),
        disabled=form.locked,
    )
    return True


def _yes_no(form: Form, entry: Entry, path: Path, raw: Yaml) -> bool:
    value = entry.default if raw is None else raw
    if not isinstance(value, bool):
        return False
    key = form.key(path)
    st.toggle(
        form.label(entry),
        value,
        key=key,
        help=form.help(entry),
        on_change=lambda: form.draft.put(path, bool(st.session_state[key])),
        disabled=form.locked,
    )
    return True


def _number(form: Form, entry: Entry, path: Path, raw: Yaml) -> bool:
    value = entry.default if raw is None else raw
    if not is_number(value) and value is not None:
        return False
    key = form.key(path)

    def changed() -> None:
        found = st.session_state[key]
        if found is None:
            form.draft.drop(path)
        else:
            form.draft.put(path, tidy(found))

    number_cell(form, entry, value, key, changed)
    return True


def number_cell(
    form: Form, entry: Entry, value: object, key: str, changed: Callable[[], None]
) -> None:
    """A number with its steps; whole numbers stay whole."""
    whole = entry.kind == "whole" and not isinstance(value, float)
    share = any(limit in ("≤ 1", "< 1") for limit in entry.limits)
    number = None if value is None else int(value) if whole else float(value)  # type: ignore[call-overload]
    st.number_input(
        form.label(entry),
        value=number,
        step=1 if whole else 0.05 if share else 1.0,
        format="%d" if whole else "%g",
        key=key,
        help=form.help(entry),
        placeholder=form.frame.say("plans.empty"),
        on_change=changed,
        disabled=form.locked,
    )


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether a value can be shown in a number field."""
    numeric = isinstance(value, int | float) and not isinstance(value, bool)
    return numeric and abs(value) < LARGEST_SHOWN


def tidy(number: float) -> int | float:
    """30.0 is written 30."""
    return int(number) if float(number).is_integer() else number


def _choice(form: Form, entry: Entry, path: Path, raw: Yaml) -> bool:
    value = entry.default if raw is None else raw
    if value is not None and not isinstance(value, str):
        return False
    options = list(dict.fromkeys([*entry.options, *([value] if value else [])]))
    key = form.key(path)

    def changed() -> None:
        found = st.session_state[key]
        if found is None:
            form.draft.drop(path)
            return
        form.draft.put(path, found)
        _drop_what_no_longer_fits(form, entry, path)

    st.selectbox(
        form.label(entry),
        options,
        options.index(value) if value else None,
        format_func=lambda one: value_words(one, form.frame.lang),
        key=key,
        help=form.help(entry),
        placeholder=form.frame.say("plans.pick"),
        on_change=changed,
        disabled=form.locked,
    )
    return True


def _drop_what_no_longer_fits(form: Form, entry: Entry, path: Path) -> None:
    """A level beside an order by the clock would be refused: it goes when the clock is chosen."""
    owner = form.raw(path[:-1])
    for name, rule in ONLY_WITH.items():
        model, _, field = name.partition(".")
        applies = model == entry.owner and rule.field == entry.name and rule.refused
        if applies and isinstance(owner, dict) and owner.get(entry.name) not in rule.values:
            form.draft.drop((*path[:-1], field))


def _choice_or_number(form: Form, entry: Entry, path: Path, raw: Yaml) -> bool:
    value = entry.default if raw is None else raw
    if value is not None and not isinstance(value, str) and not is_number(value):
        return False
    say, key = form.frame.say, form.key(path, "word")
    word = NUMBER if is_number(value) else value
    options = list(dict.fromkeys([*entry.options, NUMBER, *([str(word)] if word else [])]))

    def changed() -> None:
        found = st.session_state[key]
        if found is None:
            form.draft.drop(path)
        else:
            form.draft.put(path, 0 if found == NUMBER else found)

    st.selectbox(
        form.label(entry),
        options,
        options.index(str(word)) if word else None,
        format_func=lambda one: (
            say("plans.a_number") if one == NUMBER else value_words(one, form.frame.lang)
        ),
        key=key,
        help=form.help(entry),
        placeholder=say("plans.pick"),
        on_change=changed,
        disabled=form.locked,
    )
    if is_number(value):
        _the_number(form, path, value)
    return True


def _the_number(form: Form, path: Path, value: float) -> None:
    """The number that stands where a word could stand too."""
    key = form.key(path)

    def changed() -> None:
        found = st.session_state[key]
        form.draft.put(path, 0 if found is None else tidy(found))

    st.number_input(
        form.frame.say("plans.a_number"),
        value=float(value),
        format="%g",
        key=key,
        label_visibility="collapsed",
        on_change=changed,
        disabled=form.locked,
    )
