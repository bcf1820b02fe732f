"""The dashboard: started by ``yuyan ui``, one script run per click.

Pages are functions that get a ``Frame``; this file only puts the frame around them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.app_pages import PAGES, SECTIONS
from dashboard.choice import choose, chosen, restore
from dashboard.frame import Frame
from dashboard.last_door import guarded
from dashboard.parts import show, text
from dashboard.settings import settings_from_environment
from dashboard.store import RunEntry, run_entries
from sim.experiment.identity import program_version
from sim.texts.dashboard import ui
from sim.texts.report import Lang

STYLE = Path(__file__).with_name("style.css")
LANGUAGES = {"zh": "中文", "en": "English"}


def main() -> None:
    """Draw the page that was asked for."""
    restore()
    lang = _language()
    st.set_page_config(page_title=ui("product.long", lang), page_icon="🌊", layout="wide")
    st.html(f"<style>{STYLE.read_text(encoding='utf-8')}</style>")
    settings = settings_from_environment()
    entries = run_entries(settings)
    bar = st.container(key="bar", horizontal=True, vertical_alignment="center")
    run = _choose_run(bar, entries, lang)
    _choose_language(bar, lang)
    frame = Frame(lang, settings, entries, run)
    pages = {name: _page(name, frame) for name in PAGES}
    sections = {ui(title, lang): [pages[n] for n in names] for title, names in SECTIONS.items()}
    current = st.navigation(_open_first(sections), position="top")
    wanted = st.session_state.pop("go", None)
    if wanted in pages:
        st.switch_page(pages[wanted])
    _head(run, lang)
    with guarded(lang):
        current.run()
    _footer(frame)


def _head(run: RunEntry | None, lang: Lang) -> None:
    """What paper needs above a page, and the page's own language: without it browsers offer to
    translate Chinese."""
    words = run_words(run, lang) if run is not None else ""
    language = "zh-CN" if lang == "zh" else "en"
    script = f"<script>document.documentElement.lang = '{language}'</script>"
    line = text("div", words, f"yy-printonly yy-lang-{lang}")
    st.html(line + script, unsafe_allow_javascript=True)


def _open_first(sections: dict[str, list[st.Page]]) -> dict[str, list[st.Page]]:
    """The first section without a title, so that its pages stand in the bar themselves."""
    first, *others = sections.items()
    return {"": first[1], **dict(others)}


def _page(name: str, frame: Frame) -> st.Page:
    draw: Callable[[Frame], None] = PAGES[name]
    title = ui(f"page.{name}", frame.lang)
    return st.Page(lambda: draw(frame), title=title, url_path=name, default=name == "answer")


def _choose_run(bar: DeltaGenerator, entries: list[RunEntry], lang: Lang) -> RunEntry | None:
    if not entries:
        return None
    by_key = {entry.key: entry for entry in entries}
    key = chosen("run", list(by_key), entries[0].key)
    picked = bar.selectbox(
        ui("run.choose", lang),
        list(by_key),
        index=list(by_key).index(key),
        format_func=lambda one: run_words(by_key[one], lang),
        label_visibility="collapsed",
    )
    choose("run", picked)
    return by_key[picked]


def run_words(entry: RunEntry, lang: Lang) -> str:
    """A run in one line."""
    if not entry.readable:
        return ui("run.broken", lang, name=entry.path.name)
    document = entry.document
    done, n = entry.finished, int(document["replications"])
    when = str(document["created"])[:16].replace("T", " ")
    key = "run.option" if document["status"] == "complete" else "run.option_unfinished"
    return ui(
        key,
        lang,
        name=entry.name(lang),
        plans=len(entry.plans),
        n=n,
        done=done,
        seed=document["seed"],
        when=when,
    )


def _language() -> Lang:
    """The language just clicked, or the one chosen before."""
    clicked = st.session_state.get("language")
    return "en" if (clicked or chosen("lang", list(LANGUAGES), "zh")) == "en" else "zh"


def _choose_language(bar: DeltaGenerator, lang: Lang) -> None:
    bar.segmented_control(
        ui("lang", lang),
        list(LANGUAGES),
        default=lang,
        required=True,
        format_func=LANGUAGES.__getitem__,
        label_visibility="collapsed",
        key="language",
    )
    choose("lang", lang)


def _footer(frame: Frame) -> None:
    if frame.run is None or not frame.run.readable:
        return
    document = frame.run.document
    words = frame.say(
        "footer",
        hash=document["scenario"]["input_hash"][:12],
        seed=document["seed"],
        version=program_version(),
    )
    show(text("div", words, "yy-footer"))


main()
