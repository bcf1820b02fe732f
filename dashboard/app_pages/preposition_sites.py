"""选安置点: which shelters to open or build, and which villages have nowhere to go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import streamlit as st

from dashboard import parts
from dashboard.app_pages.preposition_asked import Asked, download, lead, share, show_on_map
from dashboard.charts import CUT_COLOUR, PLANS, Spec, draw
from dashboard.posts_map import Drawn, Marks, with_marks
from sim.texts.shelter_sites import sites

FIRST_N, MOST_N = 10, 1000
WALK_MIN, RIDE_MIN, LEAD_MIN = 30, 60, 120
LONGEST_MIN = 600


def ask_sites(asked: Asked) -> tuple[str, ...]:
    """How many, and what counts as within reach; the options of ``yuyan optimize shelters``."""
    say = asked.frame.say
    cells = iter(st.columns(4, vertical_alignment="bottom"))

    def number(name: str, first: int, most: int) -> str:
        found = next(cells).number_input(
            say(f"sites.{name}"), 1, most, first, help=say(f"sites.{name}_help"),
            key=f"sites-{name}",
        )  # fmt: skip
        return str(int(found))

    n, walk = number("n", FIRST_N, MOST_N), number("walk", WALK_MIN, LONGEST_MIN)
    ride, before = number("ride", RIDE_MIN, LONGEST_MIN), number("lead", LEAD_MIN, 1440)
    known = {
        str(row.id): f"{row.name} · {row.id}"  # type: ignore[attr-defined]
        for row in asked.folder.tables.get("shelters", ())
    }
    options = ["-n", n, "--walk", walk, "--ride", ride, "--lead", before]
    for name, cell in zip(("candidates", "keep"), st.columns(2), strict=True):
        picked = cell.multiselect(
            say(f"sites.{name}"), list(known), format_func=known.__getitem__,
            placeholder=say(f"sites.{name}_all"), key=f"sites-{name}-{asked.place.scenario.name}",
        )  # fmt: skip
        options += [f"--{name}", ",".join(picked)] if picked else []
    return ("shelters", *options)


def show_sites(asked: Asked) -> None:
    """The answer: curve, map, order of opening, villages left out."""
    say, lang, found = asked.frame.say, asked.frame.lang, asked.found
    lead(asked)
    parts.show(parts.figures(_figures(asked)))
    download(asked)
    left, right = st.columns([3, 2], gap="large")
    with left:
        parts.show(parts.section(say("posts.map"), say("sites.map_tip")))
        show_on_map(asked, _drawn(asked))
    with right:
        parts.show(parts.section(say("sites.curve"), say("sites.curve_tip")))
        draw(_curve(asked), say("sites.curve"))
    parts.show(parts.section(sites("table.curve", lang)), _order(asked))
    shut = [one for one in found["settlements"] if not one["sure"]]
    tip = say("sites.villages_tip", all=len(found["settlements"]), left=len(shut))
    parts.show(
        parts.section(sites("table.villages", asked.frame.lang), tip), _villages(asked, shut)
    )


def _figures(asked: Asked) -> Iterator[parts.Figure]:
    found, say = asked.found, asked.frame.say
    yield parts.Figure(
        say("sites.chosen", n=found["n"]), share(found["share"]),
        say("sites.bound", share=share(found["bound"])),
    )  # fmt: skip
    yield parts.Figure(say("sites.plan"), share(found["share_plan"]))
    yield parts.Figure(say("sites.all"), share(found["share_all"]), say("sites.all_below"))
    yield parts.Figure(
        say("sites.fewest"), f"{found['fewest_for_every_village']:,}", say("sites.fewest_below")
    )


def _drawn(asked: Asked) -> Drawn:
    """Shelters in their order, those not chosen, villages that are not covered."""
    found, say = asked.found, asked.frame.say
    first, others = [*found["kept"], *found["chosen"]], asked.folder.tables.get("shelters", ())
    ids = [str(getattr(row, "id", "")) for row in others]
    order = [str(k) for k in range(1, len(found["chosen"]) + 1)]
    marks = (
        Marks("shut", say("sites.shut"), [one for one in ids if one not in first]),
        Marks("lack", say("sites.lack"), [o["id"] for o in found["settlements"] if not o["sure"]]),
        Marks("open", say("sites.open"), first, [""] * len(found["kept"]) + order),
    )
    return with_marks(asked.ground, marks)


def _curve(asked: Asked) -> Spec:
    """Share of people with a place against the number of shelters, and its bound."""
    say, found = asked.frame.say, asked.found
    names = {"share": say("sites.chosen_line"), "bound": say("sites.bound_line")}
    steps = [{"share": found["share_kept"], "bound": found["share_kept"]}, *found["curve"]]
    rows = [
        {"k": k, "name": names[kind], "value": 100 * step[kind]}
        for k, step in enumerate(steps)
        for kind in names
    ]
    style: dict[str, Any] = {"field": "name", "type": "nominal", "title": None}
    colours = {"domain": list(names.values()), "range": [PLANS[1], CUT_COLOUR]}
    dashes = {"domain": list(names.values()), "range": [[1, 0], [5, 4]]}
    return {
        "height": 300,
        "data": {"values": rows},
        "mark": {"type": "line", "point": True, "strokeWidth": 2.4},
        "encoding": {
            "x": {"field": "k", "type": "quantitative", "title": say("sites.axis_n"),
                  "axis": {"tickMinStep": 1}},
            "y": {"field": "value", "type": "quantitative", "title": say("sites.axis_share"),
                  "scale": {"domain": [0, 100]}},
            "color": {**style, "scale": colours, "legend": {"orient": "bottom"}},
            "strokeDash": {**style, "scale": dashes},
        },
    }  # fmt: skip


def _order(asked: Asked) -> str:
    """Every shelter with what it adds."""
    found, lang = asked.found, asked.frame.lang
    room = {
        str(getattr(row, "id", "")): int(getattr(row, "capacity", 0))
        for row in asked.folder.tables.get("shelters", ())
    }
    before, rows = found["share_kept"], []
    for k, step in enumerate(found["curve"], start=1):
        more = (step["share"] - before) * found["persons_mean"]
        place = step["shelter"]
        size = f"{room[place]:,}" if place in room else "—"
        rows.append(
            (str(k), asked.ground.name(place), size, f"{more:,.0f}", share(step["share"]),
             share(step["bound"]))
        )  # fmt: skip
        before = step["share"]
    heads = ("order", "name", "capacity", "more", "share", "bound")
    return parts.table([sites(f"column.{one}", lang) for one in heads], rows, range(2, 6))


def _villages(asked: Asked, left: list[dict[str, Any]]) -> str:
    lang = asked.frame.lang
    heads = ("name", "persons", "hit", "placed", "lack", "lack_all")
    rows = [
        (
            asked.ground.name(one["id"]), f"{one['persons']:,}", share(one["hit_share"]),
            share(one["placed_share"]), sites(f"lack.{one['lack']}", lang),
            sites(f"lack.{one['lack_all']}", lang),
        )
        for one in left
    ]  # fmt: skip
    return parts.table(
        [sites(f"column.{one}", lang) for one in heads], rows, range(1, 4), "yy-tall"
    )
