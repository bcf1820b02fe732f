"""What the reader has chosen: kept while he turns pages, and in the address for a reload."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

KEPT = (
    *("lang", "run", "plan", "base", "part", "beside", "night", "jams", "load"),
    *("scenario", "edit", "section", "draft", "find"),
)
"""Names of choices; in the address under the same names."""
_PREFIX = "choice."


def restore() -> None:
    """Take the choices out of the address (a reload, a link somebody sent) into the session.

    The address wins over the session only when the session is new: turning a page empties it.
    """
    for name in KEPT:
        if _PREFIX + name not in st.session_state and name in st.query_params:
            st.session_state[_PREFIX + name] = st.query_params[name]


def chosen(name: str, allowed: Sequence[str], default: str) -> str:
    """The choice under a name, if it is one of those allowed; the address is never trusted."""
    value = st.session_state.get(_PREFIX + name, default)
    return value if value in allowed else default


def choose(name: str, value: str) -> None:
    """Remember a choice, and write it into the address."""
    st.session_state[_PREFIX + name] = value
    if st.query_params.get(name) != value:
        st.query_params[name] = value
