"""Whom the blows of a member hit in one replication: who is buried, for how long he lives.

Drawn beforehand by keys of party and blow, like everything about a party; whoever has left home
by then escapes. So two plans meet the same falling houses, and an earlier order saves exactly
those who are out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.draws import Draws
from sim.hazards import Blows
from sim.people.parties import Parties

if TYPE_CHECKING:
    from sim.member_view import MemberView

Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class Strikes:
    """What would happen to every party if it were at home, int64[n_parties] each.

    at_ms: first moment at which its house falls on it, NEVER for none; dies_ms: when it dies unless
    it has been freed by then (at_ms: at once); dig_ms: how long freeing it takes.
    """

    at_ms: Int64
    dies_ms: Int64
    dig_ms: Int64


def strikes_of(blows: Blows, parties: Parties, draws: Draws) -> Strikes:
    """Who is hit by the blows of a member, each household for itself."""
    n = len(parties)
    at = np.full(n, NEVER, dtype=np.int64)
    dies = np.full(n, NEVER, dtype=np.int64)
    dig = blows.dig.at(draws.u32("blow/dig", parties.key))
    lives = blows.endures.at(draws.u32("blow/endures", parties.key))
    for k in np.argsort(blows.time_ms, kind="stable").tolist():
        home = int(blows.place[k])
        rows = np.arange(*parties.start[home : home + 2].tolist())
        chance = draws.u32("blow/hit", parties.key[rows], k).astype(np.int64)
        killed = chance < blows.killed_q32[k]
        hit = (chance < blows.killed_q32[k] + blows.trapped_q32[k]) & (at[rows] == NEVER)
        at[rows[hit]] = blows.time_ms[k]
        dies[rows[hit]] = blows.time_ms[k] + np.where(killed, 0, np.maximum(lives[rows], 1))[hit]
    return Strikes(at, dies, dig)


def with_strikes(view: MemberView, parties: Parties, draws: Draws) -> MemberView:
    """The view of a member in one replication: a house that falls holds its people like water."""
    blows = view.member.blows
    if blows is None:
        return view
    strikes = strikes_of(blows, parties, draws)
    return replace(
        view,
        strikes=strikes,
        blocked_ms=np.minimum(view.blocked_ms, strikes.at_ms),
        upstairs=view.upstairs & (view.blocked_ms < strikes.at_ms),
    )
