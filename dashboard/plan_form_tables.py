"""Entries that are lists of names, tables of pairs, and trips of a schedule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from dashboard import parts
from dashboard.plan_fields import Entry, entries
from dashboard.plan_form import Form
from dashboard.plan_form_many import put_many
from dashboard.plan_names import Names, refers
from sim.io.yaml_strict import Path, Yaml
from sim.report.plan_words import value_words
from sim.texts.labels import TABLE_NAMES, word

Row = dict[str, Any]
WHO, WHERE = "who", "where"


class Column(NamedTuple):
    """A column of a table: the list it takes its names from ('' for none), and the names."""

    table: str
    names: Names


def names(form: Form, entry: Entry, path: Path) -> bool:
    """Several names out of a list, or words of the program; False when it is no list of texts."""
    raw = form.raw(path)
    value = entry.default if raw is None else raw
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return False
    chosen = [str(one) for one in value]
    lists = refers(entry.owner, entry.name)
    known = form.known.of(lists[0]) if lists else {}
    if entry.kind == "choices":
        known = {one: value_words(one, form.frame.lang) for one in entry.options}
    key = form.key(path)

    def changed() -> None:
        found = list(st.session_state[key])
        if found or entry.default:
            form.draft.put(path, found)
        else:
            form.draft.drop(path)

    say = form.frame.say
    st.multiselect(
        form.label(entry),
        list(dict.fromkeys([*known, *chosen])),
        list(dict.fromkeys(chosen)),
        format_func=lambda one: known.get(one, say("plans.unknown_name", name=one)),
        key=key,
        help=form.help(entry),
        placeholder=_when_empty(form, entry),
        accept_new_options=not known,
        on_change=changed,
        disabled=form.locked,
    )
    form.show_faults(path, inner=True)
    return True


def _when_empty(form: Form, entry: Entry) -> str:
    """What an empty list means: nobody, everybody, or that it is to be filled in."""
    if entry.kind == "choices":
        return form.frame.say("plans.nobody")
    all_of_them = entry.optional and entry.name != "edges"
    return form.frame.say("plans.all" if all_of_them else "plans.pick")


def edited(rows: Sequence[Row], change: Mapping[str, Any]) -> list[Row]:
    """Rows of a table after what was done to them in the page (Streamlit's record of it)."""
    made = [dict(row) for row in rows]
    for at, cells in change.get("edited_rows", {}).items():
        made[int(at)].update(cells)
    gone = {int(at) for at in change.get("deleted_rows", ())}
    kept = [row for at, row in enumerate(made) if at not in gone]
    added = [{k: v for k, v in row.items() if k != "_index"} for row in change["added_rows"]]
    return [*kept, *added]


def pairs(form: Form, entry: Entry, path: Path) -> bool:
    """Who is where: a table of two columns; False when it is none."""
    raw = form.raw(path)
    value = (entry.default or {}) if raw is None else raw
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        return False
    left, right = (*refers(entry.owner, entry.name), "", "")[:2]
    columns = {WHO: _column(form, left, value), WHERE: _column(form, right, value.values())}
    rows = [{WHO: who, WHERE: where} for who, where in value.items()]
    found = _table(form, entry, path, rows, columns)
    if found is not None:
        whole = [row for row in found if row.get(WHO) and row.get(WHERE)]
        _put(form, entry, path, {str(row[WHO]): str(row[WHERE]) for row in whole})
    put_many(form, entry, path, _list(form, left), _list(form, right))
    form.show_faults(path, inner=True)
    return True


def trips(form: Form, entry: Entry, path: Path) -> bool:
    """A schedule: vehicle, and the stops of its trips one below the other."""
    raw = form.raw(path)
    value = entry.default if raw is None else raw
    assert entry.model is not None
    fields = entries(entry.model)
    if not isinstance(value, dict) or not all(_is_stops(one) for one in value.values()):
        return False
    rows = [{WHO: who, **stop} for who, stops in value.items() for stop in stops]
    columns = {WHO: _column(form, (*refers(entry.owner, entry.name), "")[0], value)}
    for one in fields:
        given = [str(row[one.name]) for row in rows if row.get(one.name)]
        columns[one.name] = _column(form, (*refers(one.owner, one.name), "")[0], given)
    found = _table(form, entry, path, rows, columns)
    if found is not None:
        made: dict[str, list[Row]] = {}
        for row in found:
            if row.get(WHO) and all(row.get(one.name) for one in fields):
                stop = {one.name: str(row[one.name]) for one in fields}
                made.setdefault(str(row[WHO]), []).append(stop)
        _put(form, entry, path, made)  # type: ignore[arg-type]
    form.show_faults(path, inner=True)
    return True


def _is_stops(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _put(form: Form, entry: Entry, path: Path, value: dict[str, Yaml]) -> None:
    if value == (form.raw(path) or {}):
        return
    if value:
        form.draft.put(path, value)
    else:
        form.draft.drop(path)
    st.rerun()


def _list(form: Form, table: str) -> Names:
    return form.known.of(table) if table else {}


def _column(form: Form, table: str, given: Iterable[str]) -> Column:
    """What a cell of a column may hold: the list, and what stands there without being in it."""
    known = _list(form, table)
    unknown = {
        one: form.frame.say("plans.unknown_name", name=one) for one in given if one not in known
    }
    return Column(table, {**known, **unknown})


def _table(
    form: Form, entry: Entry, path: Path, rows: list[Row], columns: Mapping[str, Column]
) -> list[Row] | None:
    """Draw a table; its rows when they were changed, None otherwise."""
    key = form.key(path)
    base = st.session_state.get(key + ".base")
    if key not in st.session_state or base is None:
        base = st.session_state[key + ".base"] = rows
    st.markdown(f"**{form.label(entry)}**", help=form.help(entry))
    st.data_editor(
        pd.DataFrame(base, columns=list(columns)),
        column_config={
            name: _column_config(_head(form, name, one.table), one) for name, one in columns.items()
        },
        num_rows="fixed" if form.locked else "dynamic",
        hide_index=True,
        height=min(38 * (len(base) + 2), 420) if base else 110,
        disabled=form.locked,
        key=key,
    )
    change = st.session_state.get(key)
    if form.locked or not change or not any(change.values()):
        return None
    found = edited(base, change)
    _say_what_does_not_count(form, found, list(columns))
    return found


def _head(form: Form, name: str, table: str) -> str:
    """What stands in a column: vehicles, zones …"""
    if table in TABLE_NAMES:
        return word(TABLE_NAMES, table, form.frame.lang)
    return form.frame.say("table.where" if name == WHERE else "table.who")


def _column_config(head: str, column: Column) -> Any:
    """Names out of a list; free text where the page knows of no list."""
    if not column.table:
        return st.column_config.TextColumn(head, required=True)
    return st.column_config.SelectboxColumn(
        head,
        options=list(column.names),
        format_func=lambda one: column.names.get(one, str(one)),
        required=True,
    )


def _say_what_does_not_count(form: Form, rows: Sequence[Row], columns: Sequence[str]) -> None:
    say = form.frame.say
    half = sum(not all(row.get(name) for name in columns) for row in rows)
    if half:
        parts.show(parts.text("p", say("table.half", n=half), "yy-fault"))
    if len(columns) == 2:
        seen = Counter(str(row.get(WHO)) for row in rows if row.get(WHO))
        twice = [name for name, count in seen.items() if count > 1]
        if twice:
            listed = say("plans.comma").join(twice)
            parts.show(parts.text("p", say("table.twice", names=listed), "yy-fault"))
