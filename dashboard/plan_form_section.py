"""Sections of the plan: models, lists of items, and the way from an entry to its form."""

from __future__ import annotations

from copy import deepcopy

import streamlit as st

from dashboard import parts
from dashboard.plan_fields import SMALL, Entry, entries
from dashboard.plan_form import Form, draw_rows, name_of
from dashboard.plan_form_cells import cell
from dashboard.plan_form_free import free
from dashboard.plan_form_spread import spread
from dashboard.plan_form_tables import names, pairs, trips
from sim.io.yaml_strict import Path, Yaml
from sim.report.plan_words import value_words
from sim.texts.plan_help import NEW_ITEMS, ONE_OF

CARD_WIDE = 4
SHOWN_NAMES = 3


def draw(form: Form, entry: Entry, path: Path) -> None:
    """One entry in the form of its kind; as text where what stands there does not fit it."""
    drawn = False
    if entry.kind in SMALL:
        drawn = cell(form, entry, path)
    elif entry.kind == "spread":
        drawn = spread(form, entry, path)
    elif entry.kind in ("names", "choices"):
        drawn = names(form, entry, path)
    elif entry.kind == "pairs":
        drawn = pairs(form, entry, path)
    elif entry.kind == "trips":
        drawn = trips(form, entry, path)
    elif entry.kind == "model":
        drawn = _model(form, entry, path)
    elif entry.kind == "items":
        drawn = _items(form, entry, path)
    if not drawn:
        free(form, entry, path)


def section(form: Form, entry: Entry) -> None:
    """A section with a page of its own; one that may be left out can be switched off."""
    path: Path = (entry.name,)
    raw = form.raw(path)
    if entry.kind != "model" or not entry.optional:
        draw(form, entry, path)
        return
    key = form.key(path, "on")

    def switch() -> None:
        if st.session_state[key]:
            form.draft.put(path, {}, redraw=True)
        else:
            form.draft.drop(path, redraw=True)

    on = st.toggle(
        form.frame.say("plans.section_on"),
        raw is not None,
        key=key,
        on_change=switch,
        disabled=form.locked,
    )
    if on:
        draw(form, entry, path)
    else:
        left_out = "plans.section_off" if entry.default is None else "plans.section_default"
        parts.show(parts.text("p", form.frame.say(left_out), "yy-tip"))
        form.show_faults(path)


def _model(form: Form, entry: Entry, path: Path) -> bool:
    raw, model = form.raw(path), entry.model
    assert model is not None
    if raw is not None and not isinstance(raw, dict):
        return False
    if model.__name__ in ONE_OF:
        _one_of(form, entry, path, dict(raw or {}))
    else:
        draw_rows(form, entries(model), path, draw, wide=2 if len(path) == 1 and not raw else 3)
    form.show_faults(path)
    return True


def _one_of(form: Form, entry: Entry, path: Path, raw: dict[str, Yaml]) -> None:
    """A model of which exactly one entry is filled in: which one, and the entry itself."""
    assert entry.model is not None
    choices = {one.name: one for one in entries(entry.model)}
    given = next((name for name in choices if raw.get(name) is not None), None)
    key = form.key(path, "which")

    def changed() -> None:
        name = st.session_state[key]
        if name is not None:
            form.draft.put(path, {name: ONE_OF[entry.model.__name__][name]}, redraw=True)

    left, right = st.columns(2)
    with left:
        st.selectbox(
            form.label(entry),
            list(choices),
            list(choices).index(given) if given else None,
            format_func=lambda name: name_of(choices[name], form.frame.lang),
            key=key,
            help=form.help(entry),
            placeholder=form.frame.say("plans.pick"),
            on_change=changed,
            disabled=form.locked,
        )
    with right:
        if given:
            draw(form, choices[given], (*path, given))


def _items(form: Form, entry: Entry, path: Path) -> bool:
    raw = form.raw(path)
    value = entry.default if raw is None else raw
    if value is None:
        value = []
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        return False
    if len(path) > 1:
        st.markdown(f"**{form.label(entry)}**", help=form.help(entry))
    for number, item in enumerate(value):
        _card(form, entry, (*path, number), dict(item), len(value))
    form.show_faults(path)
    if not value:
        parts.show(parts.text("p", form.frame.say("plans.no_items"), "yy-tip"))
    st.button(
        form.frame.say("plans.add", what=name_of(entry, form.frame.lang)),
        key=form.key(path, "add"),
        icon=":material/add:",
        on_click=lambda: form.draft.put(path, [*value, _new_item(entry, value)], redraw=True),
        disabled=form.locked,
    )
    return True


def _new_item(entry: Entry, others: list[Yaml]) -> Yaml:
    """A first guess for a new item: complete, so that nothing is wrong before anything is typed."""
    assert entry.model is not None
    fresh = deepcopy(NEW_ITEMS.get(entry.model.__name__, {}))
    used = {str(one.get("id")) for one in others if isinstance(one, dict)}
    if "id" in fresh:
        fresh["id"] = next(f"t{n}" for n in range(1, len(used) + 2) if f"t{n}" not in used)
    return fresh


def _card(form: Form, entry: Entry, path: Path, item: dict[str, Yaml], count: int) -> None:
    assert entry.model is not None
    with st.container(border=True, key=form.key(path, "card")):
        head, tools = st.columns([5, 2], vertical_alignment="center")
        with head:
            title = form.frame.say(
                "plans.item", n=int(path[-1]) + 1, words=_title(form, entry, item)
            )
            parts.show(parts.text("p", title, "yy-card"))
        with tools, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
            _tools(form, path, count)
        draw_rows(form, entries(entry.model), path, draw, CARD_WIDE)
        form.show_faults(path)


def _title(form: Form, entry: Entry, item: dict[str, Yaml]) -> str:
    """What an item says in short: its name, or its words and numbers one after the other."""
    assert entry.model is not None
    lang, name = form.frame.lang, item.get("name")
    if isinstance(name, dict):
        return str((name.get("en") if lang == "en" else "") or name.get("zh") or "")
    words = []
    for one in entries(entry.model):
        value = item.get(one.name)
        if isinstance(value, list):
            more = " …" if len(value) > SHOWN_NAMES else ""
            words += [form.frame.say("plans.comma").join(map(str, value[:SHOWN_NAMES])) + more]
        elif value not in (None, "", False) and not isinstance(value, dict):
            shown, name = value_words(value, lang), name_of(one, lang)
            if value is True:
                words.append(name)
            else:
                number = isinstance(value, int | float)
                words.append(f"{name} {shown}" if number else shown)
    return " · ".join(word for word in words if word)


def _tools(form: Form, path: Path, count: int) -> None:
    """Up, down, double, away."""
    say, owner, at = form.frame.say, path[:-1], int(path[-1])

    def rows() -> list[Yaml]:
        found = form.raw(owner)
        return list(found) if isinstance(found, list) else []

    def move(step: int) -> None:
        fresh = rows()
        fresh.insert(at + step, fresh.pop(at))
        form.draft.put(owner, fresh, redraw=True)

    def double() -> None:
        fresh = rows()
        fresh.insert(at + 1, deepcopy(fresh[at]))
        form.draft.put(owner, fresh, redraw=True)

    for name, icon, act, possible in (
        ("up", "arrow_upward", lambda: move(-1), at > 0),
        ("down", "arrow_downward", lambda: move(1), at < count - 1),
        ("double", "content_copy", double, True),
        ("away", "delete", lambda: form.draft.drop(path, redraw=True), True),
    ):
        st.button(
            "",
            key=form.key(path, name),
            icon=f":material/{icon}:",
            help=say(f"item.{name}"),
            on_click=act,
            type="tertiary",
            disabled=form.locked or not possible,
        )
