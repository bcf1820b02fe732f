"""The last door of a page: a planner gets a sentence, the makers get a crash file."""

from __future__ import annotations

import os
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from sim.schema.problems import InputError
from sim.texts.dashboard import ui
from sim.texts.errors import render, severity_word
from sim.texts.report import Lang


@contextmanager
def guarded(lang: Lang) -> Iterator[None]:
    """Say in words what went wrong on a page; the stack trace goes into a file."""
    try:
        yield
    except InputError as error:
        show_problems(error, lang)
    except Exception as error:  # a fault of the program: never a stack trace on screen
        st.error(ui("crash", lang, file=_crash_file(error)))


def show_problems(error: InputError, lang: Lang) -> None:
    """What is wrong, a line each; st.code shows names from files as text."""
    words = [f"{severity_word(one, lang)}  {render(one, lang)}" for one in error.problems]
    st.code("\n".join(words), language=None, wrap_lines=True)


def _crash_file(error: Exception) -> Path:
    name = f"yuyan-crash-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
    path = Path(tempfile.gettempdir()) / name
    path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    return path
