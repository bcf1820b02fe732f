"""一张图: one night on the map, or two plans in the same night side by side."""

from __future__ import annotations

from threading import Lock
from typing import Any, NamedTuple

import streamlit as st

from dashboard import parts
from dashboard.choice import choose, chosen
from dashboard.components.replay import show_replay
from dashboard.frame import Frame
from dashboard.store import Stamp
from sim.experiment.kept import ReproductionError
from sim.report.book import Book
from sim.report.replay.data import Night, ground_data, night_data
from sim.report.replay.ground import Ground
from sim.report.replay.html import replay_html
from sim.report.replay.played import played
from sim.report.with_water import with_water
from sim.texts.replay import replay_word
from sim.texts.replay_how import how_to_read
from sim.texts.report import Lang

HEIGHT = 740
"""Height of the map with its strip and Gantt (pixels)."""

NO_PLAN = ""
RANKED = ("median", "worst")


class Shown(NamedTuple):
    """Which night: plan, replication, whether with queues, and the words that stand over it."""

    plan: str
    number: int
    roads: bool
    title: str
    subtitle: str


def page(frame: Frame) -> None:
    """Draw the page."""
    book = frame.book()
    if book is None or frame.run is None:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        plans = _plans(frame, book)
        which, number = _which(frame, book)
        roads = _with_roads(frame, book)
    if book.world is None:
        st.info(replay_word("scenario_gone", frame.lang))
        return
    if which != "any":
        # nothing could be ranked when nobody ever got out: then the first one
        number = book.replication(plans[0], which) or 0
    shown = [_shown(frame, book, plan, number)._replace(roads=roads) for plan in plans]
    stamp = frame.run.stamp
    try:
        with st.spinner(replay_word("drawing", frame.lang)):
            ground = _ground(frame.run_key, stamp, frame.lang, book)
            nights = [_night(frame.run_key, stamp, frame.lang, one, book) for one in shown]
    except ReproductionError:
        st.error(replay_word("other_night", frame.lang))
        return
    name = "|".join([frame.run_key, frame.lang, *(f"{s.plan}:{s.number}:{s.roads}" for s in shown)])
    if roads and not all(night["roads"] for night in nights):
        st.info(replay_word("no_roads", frame.lang))
    show_replay(ground, nights, name, HEIGHT)
    st.download_button(
        replay_word("download", frame.lang),
        data=lambda: replay_html(ground, nights).encode(),
        file_name="map.html",
        mime="text/html",
        on_click="ignore",
        help=replay_word("download.help", frame.lang),
    )
    with st.expander(replay_word("how", frame.lang)):
        parts.show(parts.lines(how_to_read(frame.lang, with_water(book.world))))


def _plans(frame: Frame, book: Book) -> list[str]:
    """The plan on show and, when wished, another beside it."""
    plans = list(book.plans)
    first = chosen("plan", plans, book.best)
    first = st.selectbox(
        frame.say("plan.choose"),
        plans,
        index=plans.index(first),
        format_func=lambda plan: book.name(plan, frame.lang),
    )
    choose("plan", first)
    others = [NO_PLAN, *(plan for plan in plans if plan != first)]
    if len(others) == 1:
        return [first]
    second = st.selectbox(
        replay_word("beside", frame.lang),
        others,
        index=others.index(chosen("beside", others, NO_PLAN)),
        format_func=lambda plan: (
            book.name(plan, frame.lang) if plan else replay_word("beside.none", frame.lang)
        ),
    )
    choose("beside", second)
    return [first, second] if second else [first]


def _which(frame: Frame, book: Book) -> tuple[str, int]:
    """Median, worst, or any replication by its number."""
    numbers = [str(number) for number in range(book.scored.n)]
    night = chosen("night", [*RANKED, *numbers], "median")
    which = st.segmented_control(
        replay_word("which", frame.lang),
        [*RANKED, "any"],
        default=night if night in RANKED else "any",
        required=True,
        format_func=lambda one: replay_word(one, frame.lang),
        key="map-which",
    )
    if which != "any":
        choose("night", str(which))
        return str(which), 0
    first = int(night) if night in numbers else 0
    words = replay_word("number", frame.lang)
    number = int(st.number_input(words, 0, len(numbers) - 1, first, key="map-number"))
    choose("night", str(number))
    return "any", number


def _with_roads(frame: Frame, book: Book) -> bool:
    """Whether queues on the roads are wanted; they cost another rehearsal of the night."""
    if book.folder is None or not book.folder.spec.traffic.queues:
        return False
    wanted = st.toggle(
        replay_word("roads", frame.lang),
        value=chosen("jams", ("0", "1"), "0") == "1",
        help=replay_word("roads.help", frame.lang),
        key="map-roads",
    )
    choose("jams", "1" if wanted else "0")
    return wanted


def _shown(frame: Frame, book: Book, plan: str, number: int) -> Shown:
    """Two plans are shown in the same night: the one that is median or worst for the first."""
    words = replay_word("replication", frame.lang).format(n=number)
    ranked = [name for name in RANKED if book.replication(plan, name) == number]
    words = " · ".join([words, *(replay_word(f"{name}.of_plan", frame.lang) for name in ranked)])
    return Shown(plan, number, False, book.name(plan, frame.lang), words)


@st.cache_resource(show_spinner=False)
def _one_at_a_time() -> Lock:
    """A world remembers ways while it plays: two readers must not play it at once."""
    return Lock()


@st.cache_resource(max_entries=6, show_spinner=False)
def _map(run: str, stamp: Stamp, _book: Book) -> Ground:
    assert _book.world is not None
    return Ground(_book.world)


@st.cache_data(max_entries=6, show_spinner=False)
def _ground(run: str, stamp: Stamp, lang: Lang, _book: Book) -> dict[str, Any]:
    return ground_data(_map(run, stamp, _book), lang)


@st.cache_data(max_entries=12, show_spinner=False)
def _night(run: str, stamp: Stamp, lang: Lang, shown: Shown, _book: Book) -> dict[str, Any]:
    with _one_at_a_time():
        found = played(_book, shown.plan, shown.number, shown.roads)
        plan = _book.plan(shown.plan)
        assert found is not None and plan is not None
        night = Night(plan, found.log, int(_book.document["seed"]), lang, found.roads)
        data = night_data(_map(run, stamp, _book), night)
    seen = found.roads is not None
    return {**data, "title": shown.title, "subtitle": shown.subtitle, "roads": seen}
