"""Many vehicles or teams to one place at once, above the table in which they stand one by one."""

from __future__ import annotations

import streamlit as st

from dashboard.plan_fields import Entry
from dashboard.plan_form import Form
from dashboard.plan_names import Names
from sim.io.yaml_strict import Path


def put_many(form: Form, entry: Entry, path: Path, who: Names, where: Names) -> None:
    """Choose several on the left and one place on the right; both lists come from the scenario."""
    if form.locked or not who or not where:
        return
    say, who_key, where_key = form.frame.say, form.key(path, "many"), form.key(path, "place")

    def put() -> None:
        raw, place = form.raw(path), st.session_state[where_key]
        if place and st.session_state[who_key]:
            fresh = dict(raw) if isinstance(raw, dict) else {}
            fresh |= dict.fromkeys(st.session_state[who_key], place)
            form.draft.put(path, fresh, redraw=True)

    left, right, button = st.columns([3, 3, 1.2], vertical_alignment="bottom")
    left.multiselect(
        say("many.who"),
        list(who),
        format_func=lambda one: who[one],
        key=who_key,
        placeholder=say("plans.pick"),
    )
    right.selectbox(
        say("many.where"),
        list(where),
        None,
        format_func=lambda one: where[one],
        key=where_key,
        placeholder=say("plans.pick"),
    )
    button.button(say("many.put"), key=form.key(path, "put"), on_click=put, width="stretch")
