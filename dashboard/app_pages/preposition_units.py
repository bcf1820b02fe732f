"""前置: where boats, teams and coaches should wait: the question and the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import streamlit as st

from dashboard import parts
from dashboard.app_pages.preposition_asked import (
    Asked,
    amount,
    download,
    lead,
    show_on_map,
    span,
)
from dashboard.app_pages.preposition_tables import (
    AGAINST,
    ROADS_SHOWN,
    compared,
    costs,
    expert,
    moves,
    one_more,
    roads,
    warning_levels,
)
from dashboard.app_pages.preposition_variant import variant_button
from dashboard.posts_map import Drawn, Marks, with_marks
from sim.optimize.preposition.kinds import KINDS
from sim.texts.preposition import placed

SEARCH_NIGHTS, BUDGET, FRESH_NIGHTS = 8, 200, 30
MOST = 100_000
STATED_IN = {
    "boats": ("teams", "boats"),
    "teams": ("teams", "skills"),
    "coaches": ("vehicles", "seats"),
    "supplies": ("items", "stock"),
}
"""Table and column in which a scenario says that it has such units."""


def ask_units(asked: Asked) -> tuple[str, ...]:
    """What to place, how thoroughly; the options of ``yuyan optimize preposition``."""
    say, lang = asked.frame.say, asked.frame.lang
    first, second, third, fourth = st.columns([2, 1, 1, 1], vertical_alignment="bottom")
    offered = offered_kinds(asked)
    units = first.segmented_control(
        say("posts.what"), offered, default=offered[0], required=True,
        format_func=lambda one: placed(f"units.{one}", lang),
        key=f"posts-units-{asked.place.scenario.name}",
    )  # fmt: skip
    nights = second.number_input(
        say("posts.nights"), 1, 1000, SEARCH_NIGHTS, help=say("posts.nights_help"),
        key="posts-nights",
    )  # fmt: skip
    budget = third.number_input(
        say("posts.budget"), 1, MOST, BUDGET, step=20, help=say("posts.budget_help"),
        key="posts-budget",
    )  # fmt: skip
    fresh = fourth.number_input(
        say("posts.fresh"), 2, 10_000, FRESH_NIGHTS, help=say("posts.fresh_help"),
        key="posts-fresh",
    )  # fmt: skip
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    known = _post_names(asked, str(units))
    posts = left.multiselect(
        say("posts.candidates"), list(known), format_func=known.__getitem__,
        placeholder=say("posts.all"), help=say("posts.candidates_help"),
        key=f"posts-at-{asked.place.scenario.name}-{units}",
    )  # fmt: skip
    with right:
        more = st.checkbox(say("posts.more"), True, help=say("posts.more_help"), key="posts-more")
        levels = st.checkbox(say("posts.levels"), help=say("posts.levels_help"), key="posts-levels")
    runs = int(budget + (5 + 3 * more + 3 * levels) * fresh)
    st.caption(say("posts.cost", runs=f"{runs:,}"))
    options = ["--units", str(units), "--nights", str(int(nights)), "--budget", str(int(budget))]
    options += ["-n", str(int(fresh))]
    if posts:
        options += ["--posts", ",".join(posts)]
    options += ["--one-more"] if more else []
    return ("preposition", *options, *(["--levels"] if levels else []))


def offered_kinds(asked: Asked) -> list[str]:
    """What the scenario has to place: no boats where there are none; all where it has nothing."""
    tables = asked.folder.tables

    def has(kind: str) -> bool:
        table, column = STATED_IN.get(kind, ("", ""))
        return not table or any(getattr(row, column, None) for row in tables.get(table, ()))

    return [kind for kind in KINDS if has(kind)] or list(KINDS)


def _post_names(asked: Asked, units: str) -> dict[str, str]:
    """Candidate posts for a kind of unit, as they are listed."""
    rows = (row for table in KINDS[units].tables for row in asked.folder.tables.get(table, ()))
    return {str(row.id): f"{row.name} · {row.id}" for row in rows}  # type: ignore[attr-defined]


def show_units(asked: Asked) -> None:
    """The answer: in words, in figures, on the map, in tables."""
    lead(asked)
    parts.show(parts.figures(_figures(asked)))
    with st.container(horizontal=True, vertical_alignment="center"):
        variant_button(asked)
        download(asked)
    left, right = st.columns([3, 2], gap="large")
    with left:
        parts.show(parts.section(asked.frame.say("posts.map"), asked.frame.say("posts.map_tip")))
        show_on_map(asked, _drawn(asked))
    with right:
        moves(asked)
        one_more(asked)
        warning_levels(asked)
    compared(asked)
    costs(asked)
    roads(asked)
    expert(asked)


def _figures(asked: Asked) -> Iterator[parts.Figure]:
    """Means per night of the three placements, and the bound."""
    found, say, lang = asked.found, asked.frame.say, asked.frame.lang
    standings = {one["placement"]: one for one in found["standings"]}
    for name in ("winner", *AGAINST):
        one = standings[name]
        yield parts.Figure(placed(f"name.{name}", lang), amount(one["mean"]), span(one["ci95"]))
    best, limit = standings["winner"]["mean"], found["limit"]
    staffed = found.get("every_post_staffed")
    if limit is not None and best is not None:
        gap = say("posts.gap", gap=amount(best - limit))
        yield parts.Figure(say("posts.limit"), amount(limit), gap)
    else:
        yield parts.Figure(say("posts.limit"), "—", say("posts.no_limit"))
    yield parts.Figure(say("posts.staffed"), amount(staffed), say("posts.staffed_below"))


def _drawn(asked: Asked) -> Drawn:
    found, say, lang = asked.found, asked.frame.say, asked.frame.lang
    own, winner = found["placements"]["own"], found["placements"]["winner"]
    there = Counter(winner.values())
    taken = {*own.values(), *winner.values()}
    marks = (
        Marks("post", say("posts.candidate"), [one for one in found["posts"] if one not in taken]),
        Marks("chosen", placed("name.winner", lang), list(there), [str(n) for n in there.values()]),
        Marks("own", placed("name.own", lang), sorted(set(own.values()))),
    )
    arrows = {(own[unit], winner[unit]) for unit in winner if own[unit] != winner[unit]}
    lost = [one["edge"] for one in found["roads_lost"]["winner"][:ROADS_SHOWN]]
    return with_marks(asked.ground, marks, sorted(arrows), (say("posts.lost"), lost))
