"""Incidents on the map: opened, answered, closed; each with its story in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.clock import NEVER
from sim.forces.incidents import Stage
from sim.log import Kind
from sim.measures.facts import Facts
from sim.report.replay.ground import Ground
from sim.report.replay.pack import pack
from sim.report.replay.story import Line
from sim.report.replay.water import packed_series
from sim.states import Flag
from sim.texts.replay import replay_word
from sim.texts.report import Lang, code_label

CLOSED, OPEN, ANSWERED, AT_WORK = 0, 1, 2, 3
_NOW = {
    Stage.REPORTED: OPEN, Stage.FIRST_ON_SITE: ANSWERED, Stage.STARTED: AT_WORK,
    Stage.PAUSED: ANSWERED, Stage.RESUMED: AT_WORK, Stage.FULL: AT_WORK,
    Stage.ENDED: CLOSED, Stage.TURNED_AWAY: CLOSED, Stage.BEYOND_MEANS: CLOSED,
    Stage.CALLED_OFF: CLOSED,
}  # fmt: skip
"""What an incident is after a stage; stages that are not named change nothing to see."""


@dataclass
class Marker:
    """One incident or site of people cut off: where, its name, changes (ms, class), its story."""

    place: int
    name: str
    changes: list[tuple[int, int]] = field(default_factory=list)
    story: list[Line] = field(default_factory=list)


def markers(facts: Facts, lang: Lang) -> list[Marker]:
    """Emergencies in the order of reports, then the places at which people were cut off."""
    return [*_emergencies(facts, lang), *_cut_off(facts, lang)]


def _emergencies(facts: Facts, lang: Lang) -> list[Marker]:
    found: dict[int, Marker] = {}
    kinds = facts.world.emergencies
    for t, _, number, place, kind in facts.of(Kind.EMERGENCY).tolist():
        name = kinds[kind].name if 0 <= kind < len(kinds) else ""
        found[number] = Marker(place, name, [(t, OPEN)])
        found[number].story.append(Line(t, code_label("Stage", "REPORTED", lang), False))
    for t, _, number, _, stage in facts.of(Kind.EMERGENCY_STAGE).tolist():
        if number in found and stage != Stage.REPORTED:
            marker = found[number]
            if stage in _NOW:
                marker.changes.append((t, _NOW[Stage(stage)]))
            bad = stage in (Stage.TURNED_AWAY, Stage.BEYOND_MEANS)
            marker.story.append(Line(t, code_label("Stage", Stage(stage).name, lang), bad))
    for t, _, team, _, number in facts.of(Kind.TEAM_SENT).tolist():
        if number in found:
            who = facts.world.teams[team].row.name
            text = replay_word("story.team_sent", lang).format(team=who)
            found[number].story.append(Line(t, text, False))
    for marker in found.values():
        marker.story.sort(key=lambda line: line.ms)
    return list(found.values())


def _cut_off(facts: Facts, lang: Lang) -> list[Marker]:
    """A marker per place where anybody waited for help: open until the last is fetched or out."""
    flags = facts.of(Kind.FLAG)
    called = flags[flags["value"] == Flag.STRANDED]
    fetched = np.full(facts.n, NEVER, dtype=np.int64)
    rows = flags[np.isin(flags["value"], (Flag.RESCUED, Flag.HARMED))]
    fetched[rows["who"][::-1]] = rows["t"][::-1]
    found = []
    for place in np.unique(called["place"]).tolist():
        mine = called[called["place"] == place]
        out = facts.out[mine["who"]]
        ended = np.minimum(fetched[mine["who"]], np.where(out > mine["t"], out, NEVER))
        marker = Marker(place, replay_word("cut_off_at", lang).format(
            place=facts.world.places.names[place]))  # fmt: skip
        begin, last = int(mine["t"].min()), int(ended.max())
        persons = int(facts.size[mine["who"]].sum())
        marker.changes.append((begin, OPEN))
        say = replay_word("story.help_called", lang).format(n=persons)
        marker.story.append(Line(begin, say, True))
        if int(ended.min()) < NEVER:
            marker.changes.append((int(ended.min()), ANSWERED))
            marker.story.append(Line(int(ended.min()), replay_word("story.first_fetched", lang),
                                     False))  # fmt: skip
        if last < NEVER:
            marker.changes.append((last, CLOSED))
            marker.story.append(Line(last, replay_word("story.all_fetched", lang), False))
        found.append(marker)
    return found


def packed_markers(ground: Ground, found: list[Marker]) -> dict[str, Any]:
    """Points, series and stories of a layer of markers."""
    moments = np.unique([0, *(t for marker in found for t, _ in marker.changes)]).astype(np.int64)
    values = np.zeros((len(found), len(moments)), dtype=np.int64)
    for row, marker in enumerate(found):
        for t, now in sorted(marker.changes, key=lambda change: change[0]):
            values[row, int(np.searchsorted(moments, t)) :] = now
    places = np.array([marker.place for marker in found], dtype=np.int64)
    east, north = ground.dm(ground.east[places], ground.north[places])
    return {
        "points": {"x": pack(east, "i4"), "y": pack(north, "i4"),
                   "names": [marker.name for marker in found]},
        "series": packed_series(values, np.arange(len(found)), moments),
        "stories": [marker.story for marker in found],
    }  # fmt: skip
