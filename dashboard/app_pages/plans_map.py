"""Zones, shelters and roads picked on a map instead of from a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import streamlit as st

from dashboard import parts
from dashboard.charts import Spec, draw_picking
from dashboard.plan_fields import Entry, entries, sections
from dashboard.plan_form import Form
from dashboard.plan_map import PICK, both_ways, map_spec, outward, sketch
from dashboard.plan_names import refers
from sim.io.scenario_folder import ScenarioFolder
from sim.io.yaml_strict import Path, dotted
from sim.report.plan_words import entry_name

ON_MAP = ("zones", "shelters", "edges", "waiting")
OUTWARD = ("contraflow", "tidal")
"""Controls whose roads are named in the direction of the way out."""


class Aim(NamedTuple):
    """A list of names in the plan that can be picked on the map; or of pairs (``who`` stands in
    the list of that name, in the plan itself where it is empty), one of them after the other."""

    path: Path
    what: str
    one_way: bool = False
    who: str | None = None

    @property
    def single(self) -> bool:
        """Whether one place is picked, not a list of them."""
        return self.who is not None


def pick_on_map(form: Form, section: str) -> None:
    """A map below the section, when the section has something to pick; drawn when opened."""
    folder, say = form.known.folder, form.frame.say
    entry = next((one for one in sections() if one.name == section), None)
    aims = {dotted(aim.path): aim for aim in _aims(form, entry, (section,))} if entry else {}
    if not aims or folder is None or form.locked:
        return
    box = st.expander(say("plans.map"), key="plan-map", on_change="rerun", icon=":material/map:")
    if not box.open:
        return
    with box:
        name = st.selectbox(
            say("plans.map_of"),
            list(aims),
            format_func=lambda one: entry_name(one, form.frame.lang),
            key=f"plan-map-of-{section}",
        )
        aim = aims[name]
        if aim.who is not None:
            unit = _choose_who(form, aim)
            if unit is None:
                st.info(say("plans.map_no_who"))
                return
            aim = aim._replace(path=(*aim.path, unit))
        parts.show(parts.text("p", say(f"plans.map_tip{'_one' if aim.single else ''}"), "yy-tip"))
        _map(form, folder, aim)


def _choose_who(form: Form, aim: Aim) -> str | None:
    """Whose place is picked: a team, a vehicle, a post of the command."""
    given = form.raw(aim.path)
    here = {str(one): str(one) for one in given} if isinstance(given, dict) else {}
    known = {**here, **(form.known.of(aim.who) if aim.who else {})}
    if not known:
        return None
    return st.selectbox(
        form.frame.say("plans.map_who"),
        list(known),
        format_func=known.__getitem__,
        key=f"plan-map-who-{dotted(aim.path)}",
    )


def _aims(form: Form, entry: Entry, path: Path) -> Iterator[Aim]:
    """Lists of names of a section, as many as it has items."""
    raw = form.raw(path)
    if entry.kind == "names":
        what = refers(entry.owner, entry.name)
        if what and what[0] in ON_MAP:
            owner = form.raw(path[:-1])
            kind = owner.get("kind") if isinstance(owner, dict) else None
            yield Aim(path, what[0], entry.owner == "Route" or kind in OUTWARD)
    elif entry.kind == "pairs":
        who, *where = refers(entry.owner, entry.name) or ("",)
        if where and where[0] in ON_MAP:
            yield Aim(path, where[0], who=who)
    elif entry.kind == "model" and entry.model is not None and isinstance(raw, dict):
        for one in entries(entry.model):
            yield from _aims(form, one, (*path, one.name))
    elif entry.kind == "items" and entry.model is not None and isinstance(raw, list):
        for number, item in enumerate(raw):
            for one in entries(entry.model) if isinstance(item, dict) else ():
                yield from _aims(form, one, (*path, number, one.name))


def _map(form: Form, folder: ScenarioFolder, aim: Aim) -> None:
    """The chart holds what is chosen; its data stay as they are while it is open."""
    raw = form.raw(aim.path)
    chosen = [str(one) for one in raw] if isinstance(raw, list) else [str(raw or "")]
    key = form.key(aim.path, "map")
    if key not in st.session_state or key + ".spec" not in st.session_state:
        made = _spec(form, folder, aim, chosen)
        if made is None:
            st.info(form.frame.say("plans.map_none"))
            return
        st.session_state[key + ".spec"] = made
    spec, here = st.session_state[key + ".spec"]
    draw_picking(
        spec, key, PICK, lambda: _take(form, folder, aim, here, key), form.frame.say("plans.map")
    )


def _spec(
    form: Form, folder: ScenarioFolder, aim: Aim, chosen: list[str]
) -> tuple[Spec, set[str]] | None:
    found = sketch(folder, aim.what)
    if not found.things:
        return None
    here = {str(one["id"]) for one in found.things}
    first = dict.fromkeys(_drawn(folder, one, here) for one in chosen)
    taken = [one for one in first if one in here]
    words = {"name": form.frame.say("plans.map_place")}
    return map_spec(found, taken, words, aim.single), here


def _drawn(folder: ScenarioFolder, name: str, here: set[str]) -> str:
    """A road is drawn by one of its directions."""
    if name in here:
        return name
    return next((one for one in both_ways(folder, name) if one in here), name)


def _take(form: Form, folder: ScenarioFolder, aim: Aim, here: set[str], key: str) -> None:
    """What the chart says is chosen, into the plan; names it cannot show stay."""
    state: Any = st.session_state[key]
    picked = [str(one["id"]) for one in state["selection"].get(PICK, ()) if "id" in one]
    if aim.single:
        take_one(form, aim.path, [one for one in picked if one in here])
        return
    found = merged(folder, form.raw(aim.path), picked, here, aim.one_way)
    if found:
        form.draft.put(aim.path, found)
    else:
        form.draft.drop(aim.path)
    form.draft.picked[aim.path] = form.draft.picked.get(aim.path, 0) + 1


def take_one(form: Form, path: Path, picked: list[str]) -> None:
    """The place just picked for somebody; a click beside all of them takes his place away."""
    owner = path[:-1]
    if picked:
        form.draft.put(path, picked[-1])
    else:
        form.draft.drop(path)
        if form.raw(owner) == {}:
            form.draft.drop(owner)
    form.draft.picked[owner] = form.draft.picked.get(owner, 0) + 1


def merged(
    folder: ScenarioFolder, old: object, picked: list[str], here: set[str], one_way: bool
) -> list[Any]:
    """The list after picking: roads in both directions, or outward where they become one-way.

    What was in the list stays as it is; what the map cannot show stays as well.
    """
    before = [str(one) for one in old] if isinstance(old, list) else []
    kept = [
        one for one in before if (drawn := _drawn(folder, one, here)) not in here or drawn in picked
    ]
    drawn_before = {_drawn(folder, one, here) for one in before}
    for one in picked:
        if one not in drawn_before and one in here:
            kept += [outward(folder, one)] if one_way else both_ways(folder, one)
    return kept
