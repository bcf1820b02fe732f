"""Everybody's changes of state, in order: the page counts with the same records as the measures."""

from __future__ import annotations

from typing import Any

from sim.log import Kind, RunLog
from sim.report.replay.pack import narrowest, pack
from sim.states import State
from sim.world import World


def with_occurrence(groups: list[dict[str, Any]], log: RunLog) -> list[dict[str, Any]]:
    """Groups of states, each with ``occurs``: whether anybody is in one of them at any moment."""
    seen = {int(State.AT_HOME), *log.of(Kind.STATE)["value"].tolist()}
    return [{**group, "occurs": not seen.isdisjoint(group["codes"])} for group in groups]


def people(world: World, log: RunLog) -> dict[str, Any]:
    """Homes and sizes of the parties, and every STATE record of the log.

    At a moment the page has played all records up to and including it; before the first record
    of a party it is at home in state 0.
    """
    states, parties = log.of(Kind.STATE), world.parties
    return {
        "home": pack(parties.home, narrowest(len(world.places))),
        "size": pack(parties.size, narrowest(int(parties.size.max(initial=0)))),
        "t": pack(states["t"], "u4"),
        "who": pack(states["who"], narrowest(len(parties))),
        "place": pack(states["place"], narrowest(len(world.places))),
        "state": pack(states["value"], "u1"),
    }
