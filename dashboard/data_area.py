"""Draw an area, press run, get a clearance time: roads and people alone, the ordinary engine."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import streamlit as st

from dashboard import parts
from dashboard.app_pages.runs_queue import open_run, queue
from dashboard.components.ground_map import ground_map
from dashboard.data_draft import Draft
from dashboard.data_map import map_of, ring_lonlat
from dashboard.data_result import check_done, last_answer, map_words, save_made, show_assumptions
from dashboard.data_villages import choose_scenario
from dashboard.data_worker import Request, ask, problems_of
from dashboard.frame import Frame
from dashboard.jobs import Jobs, Work
from dashboard.last_door import show_problems
from dashboard.store import RunEntry, book_of
from dashboard.store_scenarios import identity, read_scenario, run_folder
from sim.io.scenario_folder import ScenarioFolder
from sim.roads.network import Network
from sim.schema.problems import InputError

HOWS = ("ring", "circle", "zones")
AROUND_M = 300.0
"""Ground around the outermost places of chosen zones that belongs to them."""

PLAN = "clear"
ORDER_MIN = 180.0
"""Minutes from the start of the clock to the order (see the plan of ``new_plans``)."""

Ring = list[list[float]]


def area_part(frame: Frame, draft: Draft) -> None:
    """Draw this part of the page."""
    parts.show(parts.text("p", frame.say("area.tip"), "yy-tip"))
    left, middle, right = st.columns([4, 4, 2], vertical_alignment="bottom")
    with left:
        source = choose_scenario(frame, draft, "area", frame.say("area.source"))
    folder = read_scenario(source).folder if source else None
    if source is None or folder is None or not isinstance(folder.roads, Network):
        st.info(frame.say("area.no_roads"))
        return
    values = draft.values()
    with middle:
        how = st.segmented_control(
            frame.say("area.how"),
            list(HOWS),
            default=values.get("area_how", HOWS[0]),
            required=True,
            format_func=lambda one: frame.say(f"area_how.{one}"),
            key=f"area-how-{draft.token}",
        )
    n = right.number_input(
        frame.say("area.n"), 1, 1000, int(values.get("area_n", 20)), key=f"area-n-{draft.token}"
    )
    drawn = _map(folder.input_hash, folder)
    ring = _ring(frame, draft, folder, drawn, how)
    draft.keep(area_how=how, area_n=int(n))
    pressed = st.button(
        frame.say("area.run"), type="primary", key="area-run", disabled=len(ring) < 3
    )
    if len(ring) < 3:
        st.caption(frame.say("area.need"))
    if pressed:
        _run(frame, draft, folder, [list(p) for p in ring_lonlat(drawn, ring)])
    _outcome(frame, draft)


@st.cache_data(max_entries=4, show_spinner=False)
def _map(input_hash: str, _folder: ScenarioFolder) -> dict[str, Any]:
    return map_of(_folder)


def _ring(
    frame: Frame, draft: Draft, folder: ScenarioFolder, drawn: dict[str, Any], how: str
) -> Ring:
    """The outline in metres from the corner of the map; empty as long as it is not set."""
    name = f"{draft.token}-{folder.id}-{how}"
    if how == "ring":
        kept = draft.values().get("area_ring", {}).get(folder.id, [])
        ring = ground_map(drawn, name, map_words(frame), kept, drawing=True)
        draft.keep(area_ring={folder.id: ring})
        return ring
    ring = _circle(frame, draft, drawn) if how == "circle" else _zones(frame, draft, folder, drawn)
    ground_map(drawn, name, map_words(frame), ring)
    return ring


def _circle(frame: Frame, draft: Draft, drawn: dict[str, Any]) -> Ring:
    homes = drawn["layers"]["settlements"]
    left, right = st.columns([3, 1])
    rows = list(range(len(homes["names"])))
    row = left.selectbox(
        frame.say("area.centre"),
        rows,
        format_func=lambda k: homes["names"][k],
        key=f"area-centre-{draft.token}",
    )
    radius = right.number_input(
        frame.say("area.radius"), 0.2, 50.0, 1.5, 0.5, key=f"area-radius-{draft.token}"
    )
    if row is None:
        return []
    steps = [k * math.tau / 48 for k in range(48)]
    x, y, r = homes["x"][row], homes["y"][row], 1000 * radius
    return [[x + r * math.cos(a), y + r * math.sin(a)] for a in steps]


def _zones(frame: Frame, draft: Draft, folder: ScenarioFolder, drawn: dict[str, Any]) -> Ring:
    names: dict[str, str] = {str(z.id): str(z.name) for z in folder.tables.get("zones", ())}  # type: ignore[attr-defined]
    chosen = st.multiselect(
        frame.say("area.zones"),
        list(names),
        format_func=lambda one: f"{names[one]} · {one}",
        key=f"area-zones-{draft.token}-{folder.id}",
    )
    rows: list[Any] = [r for r in folder.tables["settlements"] if getattr(r, "x", None) is not None]
    inside = [k for k, row in enumerate(rows) if row.zone in chosen]
    if not inside:
        return []
    homes = drawn["layers"]["settlements"]
    points = np.column_stack([np.array(homes["x"])[inside], np.array(homes["y"])[inside]])
    hull = shapely.MultiPoint(points).convex_hull.buffer(AROUND_M, quad_segs=4)
    return [[float(x), float(y)] for x, y in shapely.get_coordinates(hull.exterior)[:-1]]


def _run(frame: Frame, draft: Draft, folder: ScenarioFolder, ring: Ring) -> None:
    """Make the small scenario and put its run into the queue."""
    home = frame.settings.home
    name = _free(home, f"{folder.id[:28]}-clear")
    place = draft.folder / "work-area"
    with st.spinner(frame.say("import.checking")):
        found = ask(Request("area", str(place / name), source=str(folder.path), area=ring), place)
    if not found["made"]:
        show_problems(InputError(problems_of(found)), frame.lang)
        return
    made = read_scenario(save_made(place / name, home)).folder
    assert made is not None
    out = run_folder(home, identity(made, 1))
    n = int(draft.values()["area_n"])
    title = made.spec.name.model_dump()
    Jobs(home).submit(Work("run", str(made.path), (PLAN,), n, 1, str(out), title, frame.lang))
    check_done(draft, "area", found, str(out))
    st.rerun()


def _free(home: Path, name: str) -> str:
    number = 1
    while (home / "scenarios" / f"{name}-{number}").exists():
        number += 1
    return f"{name}-{number}"


def _outcome(frame: Frame, draft: Draft) -> None:
    """What the last area gave: progress, then the clearance time; every assumption below."""
    kept = last_answer(draft, "area")
    if not kept:
        return
    out = Path(str(kept["wanted"]))
    jobs = Jobs(frame.settings.home)
    jobs.wake()
    entry = next((one for one in frame.runs if one.path == out), None)
    parts.show(parts.section(frame.say("area.result")))
    if entry is None or not entry.readable or entry.document["status"] != "complete":
        queue(frame, jobs)
    else:
        _clearance(frame, entry)
    show_assumptions(frame, kept["answer"])


def _clearance(frame: Frame, entry: RunEntry) -> None:
    """Minutes from the order until half and nine in ten are out, and how many stay."""
    score = book_of(entry).scored.scores[PLAN]
    people = score.measures["people_at_risk"].mean
    figures = []
    for key, measure in (("half", "t50_clock_min"), ("nine", "t90_clock_min")):
        found = score.measures[measure]
        typical, bad = found.p50 - ORDER_MIN, found.p90 - ORDER_MIN
        value = frame.say("area.never")
        if math.isfinite(typical):
            value = frame.say("area.after", typical=f"{typical:.0f}")
        below = frame.say("area.bad_never")
        if math.isfinite(bad):
            below = frame.say("area.bad_day", bad=f"{bad:.0f}")
        figures.append(parts.Figure(frame.say(f"area.{key}"), value, below))
    stay = score.measures["unreached"].mean + score.measures["stranded"].mean
    below = frame.say("area.people", people=f"{people:,.0f}")
    figures.append(parts.Figure(frame.say("area.left"), f"{stay:,.0f}", below))
    parts.show(parts.figures(figures))
    n = int(entry.document["replications"])
    parts.show(parts.text("p", frame.say("area.from", n=n), "yy-tip"))
    if st.button(frame.say("job.open"), type="primary", key="area-open"):
        open_run(frame, entry.path)
