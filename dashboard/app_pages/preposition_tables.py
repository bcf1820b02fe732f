"""Tables of a placement: moves, one more, differences, roads, and what experts want to see."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from dashboard import parts
from dashboard.app_pages.preposition_asked import Asked, amount, share, signed, span
from dashboard.app_pages.preposition_chart import placements_chart
from sim.measures.catalogue import info_of
from sim.report.preposition_tables import measure_words
from sim.report.words import difference_unit
from sim.texts.preposition import placed

ROADS_SHOWN = 10
AGAINST = ("own", "seat")
"""What a placement is compared with: the plan's own, everything at the county seat."""


def moves(asked: Asked) -> None:
    """Who waits elsewhere than under the plan."""
    found, lang, name = asked.found, asked.frame.lang, asked.ground.name
    own, winner = found["placements"]["own"], found["placements"]["winner"]
    rows = [
        (unit, name(own[unit]), name(post)) for unit, post in winner.items() if post != own[unit]
    ]
    parts.show(parts.section(placed("table.moves", lang)))
    if rows:
        heads = [placed(f"column.{one}", lang) for one in ("unit", "from", "to")]
        parts.show(parts.table(heads, rows))
    else:
        parts.show(parts.text("p", placed("same", lang), "yy-tip"))


def one_more(asked: Asked) -> None:
    """What one more unit, or one more boat, is worth."""
    frame = asked.frame
    if not asked.found["one_more"]:
        return
    heads = [placed(f"column.{one}", frame.lang) for one in ("unit", "to", "diff", "verdict")]
    rows = [
        (
            frame.say(f"posts.more_{one['what']}", unit=one["unit"]),
            asked.ground.name(one["place"]),
            f"{signed(one['diff_mean'])} [{span(one['ci95'])}]",
            _verdict_words(one["verdict"], asked),
        )
        for one in asked.found["one_more"]
    ]
    tip = frame.say("posts.one_more_tip", measure=_measure(asked))
    parts.show(parts.section(frame.say("posts.one_more"), tip), parts.table(heads, rows))


def warning_levels(asked: Asked) -> None:
    """The placement called at every level of warning: what is waited, how long teams stand by."""
    frame, found = asked.frame, asked.found.get("warning_levels")
    if not found:
        return
    heads = [frame.say("posts.level"), placed("column.mean", frame.lang)]
    heads += [frame.say("posts.standby"), placed("column.diff", frame.lang)]
    rows = [
        (
            placed(f"level.{one['call_on']}", frame.lang), amount(one["mean"]),
            amount(one["standby_h"]),
            f"{signed(one['diff_mean'])} [{span(one['ci95'])}]" if one["ci95"] else "—",
        )
        for one in found
    ]  # fmt: skip
    tip = frame.say("posts.level_tip", measure=_measure(asked))
    parts.show(
        parts.section(frame.say("posts.levels"), tip), parts.table(heads, rows, numbers=(1, 2))
    )


def compared(asked: Asked) -> None:
    """The placements on fresh nights, and night by night against plan and county seat."""
    frame, lang = asked.frame, asked.frame.lang
    tip = frame.say("posts.fresh_tip", n=asked.found["fresh_nights"], measure=_measure(asked))
    parts.show(parts.section(placed("table.standings", lang), tip))
    placements_chart(asked)
    columns = ("against", "measure", "diff", "low", "better_share", "verdict")
    heads = [placed(f"column.{one}", lang) for one in columns]
    heads[3] = frame.say("posts.interval")
    found = asked.found["paired"]
    rows = [_pair(asked, one) for name in AGAINST for one in found if one["against"] == name]
    parts.show(
        parts.section(placed("table.paired", lang), frame.say("posts.paired_tip")),
        parts.raw_table(heads, rows, numbers=(2, 3, 4)),
    )


def costs(asked: Asked) -> None:
    """What it takes to wait there."""
    lang, rows = asked.frame.lang, asked.found["standings"]
    if not all("drive_h" in one for one in rows):
        return  # an answer from before
    columns = ("placement", "away", "drive_h", "longest", "standby")
    numbers = ("away", "drive_h", "longest_drive_min", "standby_h")
    cells = [
        (one["name"][lang], *(amount(one[name], 0 if name == "away" else 1) for name in numbers))
        for one in rows
    ]
    heads = [placed(f"column.{one}", lang) for one in columns]
    parts.show(
        parts.section(placed("table.costs", lang)), parts.table(heads, cells, numbers=(1, 2, 3, 4))
    )


def _pair(asked: Asked, one: Mapping[str, Any]) -> list[str]:
    """A paired difference; shares are subtracted in percentage points."""
    lang, measure = asked.frame.lang, one["measure"]
    words = measure_words(measure)[1 if lang == "en" else 0]
    times = 1.0
    if info_of(measure).kind == "share":
        times = 100.0
        words += f" ({difference_unit(measure, lang)})"
    mean = None if one["diff_mean"] is None else times * one["diff_mean"]
    ends = one["ci95"] and [None if end is None else times * end for end in one["ci95"]]
    cells = (placed(f"name.{one['against']}", lang), words, signed(mean), span(ends))
    return [
        *map(escape, (*cells, share(one["p_better"]))),
        parts.verdict(one["verdict"], _verdict_words(one["verdict"], asked)),
    ]


def _measure(asked: Asked) -> str:
    return str(asked.found["measure_words"][asked.frame.lang])


def _verdict_words(verdict: str | None, asked: Asked) -> str:
    return placed(f"verdict.{verdict or 'indistinguishable'}", asked.frame.lang)


def roads(asked: Asked) -> None:
    """Which roads the placement hangs on."""
    frame, lost = asked.frame, asked.found["roads_lost"]
    if not lost["winner"]:
        return
    own: Mapping[str, Any] = {one["edge"]: one for one in lost["own"]}
    heads = [placed(f"column.{one}", frame.lang) for one in ("road", "minutes", "unreached")]
    heads[1:1] = [frame.say("posts.whole")]
    rows = [
        (
            one["edge"], amount(one["with_all_roads_min"]), amount(one["minutes"]),
            amount(one["unreached"]),
            amount(own[one["edge"]]["unreached"]) if one["edge"] in own else "—",
        )
        for one in lost["winner"][:ROADS_SHOWN]
    ]  # fmt: skip
    parts.show(
        parts.section(placed("table.roads", frame.lang), frame.say("posts.roads_tip")),
        parts.table([*heads, frame.say("posts.unreached_own")], rows, numbers=(1, 2, 3, 4)),
    )


def expert(asked: Asked) -> None:
    """Regret over the members of the hazard, the location account, what was tried."""
    frame, lang, found = asked.frame, asked.frame.lang, asked.found
    with st.expander(frame.say("part.expert")):
        columns = ("placement", "mean", "cvar", "regret_mean", "regret_most")
        heads = [placed(f"column.{one}", lang) for one in columns]
        rows = [
            (one["name"][lang], *(amount(one[name]) for name in columns[1:]),
             str(one["regret_member"]))
            for one in found["standings"]
        ]  # fmt: skip
        parts.show(
            parts.section(frame.say("posts.regret"), frame.say("posts.regret_tip")),
            parts.table([*heads, frame.say("posts.member")], rows, numbers=(1, 2, 3, 4, 5)),
        )
        _by_member(asked)
        where = found["location"]
        heads = [placed("column.placement", lang)]
        heads += [frame.say(f"posts.{one}") for one in ("nearest", "busy", "mean_busy", "all_busy")]
        rows = [
            (
                placed(f"name.{name}", lang), amount(where[name]["nearest_min"]),
                amount(where[name]["with_busy_units_min"]), share(where[name]["mean_busy"]),
                share(where[name]["all_busy"]),
            )
            for name in ("winner", *AGAINST)
        ]  # fmt: skip
        tip = frame.say("posts.location_tip", bound=amount(where["median_bound_min"]))
        parts.show(
            parts.section(frame.say("posts.location"), tip),
            parts.table(heads, rows, numbers=(1, 2, 3, 4)),
        )


def _by_member(asked: Asked) -> None:
    """Regret of every placement in every member of the hazard that came."""
    found, lang = asked.found, asked.frame.lang
    if not found.get("regret"):
        return
    names = {one["placement"]: one["name"][lang] for one in found["standings"]}
    heads = [placed("column.member", lang), placed("column.times", lang), *names.values()]
    worst = sorted(found["regret"], key=lambda one: -(one["own"] or 0))
    rows = [
        (str(one["member"]), str(one["nights"]), *(amount(one[name]) for name in names))
        for one in worst
    ]
    parts.show(
        parts.section(placed("table.regret", lang)),
        parts.table(heads, rows, numbers=tuple(range(1, len(heads)))),
    )
