"""An uncertain duration or share: a fixed number, or how it spreads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from dashboard import parts
from dashboard.plan_fields import Entry
from dashboard.plan_form import Form
from dashboard.plan_form_cells import LARGEST_SHOWN, is_number, tidy
from sim.io.yaml_strict import Path, Yaml
from sim.report.plan_words import value_words

SHAPES: dict[str, tuple[str, ...]] = {
    "constant": ("value",),
    "triangular": ("low", "mode", "high"),
    "lognormal": ("median", "p90"),
    "uniform": ("low", "high"),
    "exponential": ("mean",),
    "normal": ("mean", "sd"),
}
"""Shapes with a form, and their numbers in the order in which they are asked for."""
LEVELS = ("entity", "zone", "replication")
_MIDDLE = ("value", "mode", "median", "mean")


def spread(form: Form, entry: Entry, path: Path) -> bool:
    """Draw one; False when it is of a shape without a form."""
    raw = form.raw(path)
    value = entry.default if raw is None else raw
    found = as_mapping(value)
    shape = str(found.get("dist", ""))
    known = (*SHAPES.get(shape, ()), "dist", "per", "shared_p90_factor")
    numbers = [found.get(name) for name in SHAPES.get(shape, ())]
    if value is not None and (shape not in SHAPES or set(found) - set(known)):
        return False
    if any(one is not None and not is_number(one) for one in numbers):
        return False
    head, *cells = st.columns([2.2, 1, 1, 1, 0.9], vertical_alignment="bottom")
    with head:
        _shape(form, entry, path, found)
    for cell, name in zip(cells, SHAPES.get(shape, ()), strict=False):
        with cell:
            _number(form, path, found, name)
    with cells[-1]:
        _level(form, path, found)
    form.show_faults(path, inner=True)
    if raw is None and value is not None:
        parts.show(parts.text("p", _not_written(form, value), "yy-tip"))
    return True


def _not_written(form: Form, value: object) -> str:
    return form.frame.say("plans.default", value=value_words(value, form.frame.lang))


def as_mapping(value: object) -> dict[str, Any]:
    """A plain number as the distribution it stands for."""
    if isinstance(value, Mapping):
        return dict(value)
    return {"dist": "constant", "value": value} if is_number(value) else {}


def as_written(found: Mapping[str, Any]) -> Yaml:
    """As short as it can be written: a fixed number is a number."""
    kept = {key: one for key, one in found.items() if one is not None}
    return kept["value"] if set(kept) == {"dist", "value"} else kept  # type: ignore[no-any-return]


def other_shape(found: Mapping[str, Any], shape: str) -> dict[str, Any]:
    """The same quantity in another shape: its middle stays, the sides are a first guess."""
    middle = next((float(found[name]) for name in _MIDDLE if is_number(found.get(name))), None)
    if middle is None and is_number(found.get("low")) and is_number(found.get("high")):
        middle = (float(found["low"]) + float(found["high"])) / 2
    centre = middle if middle and 0 < middle < LARGEST_SHOWN / 10 else 10.0
    guess = {
        "value": middle if middle is not None else centre,
        "low": centre / 2,
        "mode": centre,
        "high": centre * 2,
        "median": centre,
        "p90": centre * 2,
        "mean": centre,
        "sd": centre / 4,
    }
    numbers = {name: found.get(name, guess[name]) for name in SHAPES[shape]}
    more = {key: found[key] for key in ("per", "shared_p90_factor") if key in found}
    return {"dist": shape, **{name: tidy(one) for name, one in numbers.items()}, **more}


def _shape(form: Form, entry: Entry, path: Path, found: dict[str, Any]) -> None:
    key = form.key(path, "dist")
    options = list(SHAPES)

    def changed() -> None:
        shape = st.session_state[key]
        if shape is None:
            form.draft.drop(path, redraw=True)
        else:
            form.draft.put(path, as_written(other_shape(found, shape)), redraw=True)

    st.selectbox(
        form.label(entry),
        options,
        options.index(found["dist"]) if found else None,
        format_func=lambda one: form.frame.say(f"spread.{one}"),
        key=key,
        help=form.help(entry),
        placeholder=form.frame.say("plans.empty"),
        on_change=changed,
        disabled=form.locked,
    )


def _number(form: Form, path: Path, found: dict[str, Any], name: str) -> None:
    key = form.key(path, name)

    def changed() -> None:
        number = st.session_state[key]
        fresh = {**found, name: None if number is None else tidy(number)}
        form.draft.put(path, as_written(fresh))

    value = found.get(name)
    st.number_input(
        parts.plain(form.frame.say(f"part.{name}")),
        value=None if value is None else float(value),
        format="%g",
        key=key,
        on_change=changed,
        disabled=form.locked,
    )


def _level(form: Form, path: Path, found: dict[str, Any]) -> None:
    """At which level one value is drawn, and how far all may err together."""
    if not found or (found.get("dist") == "constant" and set(found) == {"dist", "value"}):
        return
    say, per_key, factor_key = form.frame.say, form.key(path, "per"), form.key(path, "all")

    def setter(name: str, key: str, nothing: object) -> Callable[[], None]:
        def changed() -> None:
            value = st.session_state[key]
            fresh = {k: v for k, v in found.items() if k != name}
            if value not in (None, nothing):
                fresh[name] = value if isinstance(value, str) else tidy(value)
            form.draft.put(path, as_written(fresh))

        return changed

    with st.popover(say("spread.more"), disabled=form.locked):
        per = found.get("per", LEVELS[0])
        st.selectbox(
            say("spread.per"),
            LEVELS,
            LEVELS.index(per) if per in LEVELS else None,
            format_func=lambda one: say(f"per.{one}"),
            key=per_key,
            help=say("spread.per_help"),
            on_change=setter("per", per_key, LEVELS[0]),
            disabled=form.locked,
        )
        factor = found.get("shared_p90_factor")
        st.number_input(
            say("spread.all"),
            value=float(factor) if is_number(factor) else None,
            format="%g",
            key=factor_key,
            help=say("spread.all_help"),
            placeholder=say("plans.empty"),
            on_change=setter("shared_p90_factor", factor_key, None),
            disabled=form.locked,
        )
