"""What the page has no form for, edited as the text it is in the file."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import parts
from dashboard.plan_fields import Entry
from dashboard.plan_form import Form
from dashboard.plan_yaml import plan_text
from sim.io.yaml_strict import Path, read_yaml
from sim.texts.errors import render

_NAME = "value"


def free(form: Form, entry: Entry, path: Path) -> None:
    """A text field with the YAML of one entry; a text that cannot be read changes nothing."""
    raw = form.raw(path)
    written = "" if raw is None else plan_text({_NAME: raw}).partition("\n")[2]
    inner = written.removeprefix(f"{_NAME}:").removeprefix(" ").removesuffix("\n")
    key = form.key(path)
    st.text_area(
        form.label(entry),
        st.session_state.get(key + ".bad", inner.lstrip("\n")),
        key=key,
        help=form.help(entry),
        height=160 if "\n" in inner else 80,
        on_change=_taker(form, path, key),
        disabled=form.locked,
    )
    for sentence in st.session_state.get(key + ".faults", ()):
        parts.show(parts.text("p", sentence, "yy-fault"))
    form.show_faults(path, inner=True)


def _taker(form: Form, path: Path, key: str) -> Callable[[], None]:
    def take() -> None:
        text = str(st.session_state[key])
        if not text.strip():
            form.draft.drop(path)
            found: list[str] = []
        else:
            block = "\n".join("  " + line for line in text.splitlines())
            source = read_yaml(f"{_NAME}:\n{block}\n".encode(), "")
            found = [render(one, form.frame.lang).strip() for one in source.problems]
            if not found and source.value is not None:
                form.draft.put(path, source.value[_NAME])
        st.session_state[key + ".faults"] = found
        st.session_state[key + ".bad"] = text

    return take
