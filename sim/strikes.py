"""Whom the blows of a member hit in one replication: who is buried, how long he lives, who is hurt.

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
from sim.hazards import Blows, Injuries
from sim.people.parties import Parties

if TYPE_CHECKING:
    from sim.member_view import MemberView

Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class Hurt:
    """Who is hurt where a party is at home at the moment, and neither dead nor buried.

    at_ms: int64[n_parties], NEVER for nobody. badly, lightly: int64[n_parties], persons.
    dug_out: int64[n_parties], persons badly hurt when a buried party is dug out.
    carried_q32: chance in 2^-32 that neighbours bring a badly hurt person to a doctor.
    """

    at_ms: Int64
    badly: Int64
    lightly: Int64
    dug_out: Int64
    carried_q32: int


@dataclass(frozen=True)
class Strikes:
    """What would happen to every party if it were at home, int64[n_parties] each.

    at_ms: first moment at which its house falls on it, NEVER for none; dies_ms: when it dies unless
    it has been freed by then (at_ms: at once); dig_ms: how long freeing it takes. hurt: None where
    the disaster does not say who is hurt.
    """

    at_ms: Int64
    dies_ms: Int64
    dig_ms: Int64
    hurt: Hurt | None = None


def strikes_of(blows: Blows, parties: Parties, draws: Draws) -> Strikes:
    """Who is hit by the blows of a member, each household for itself.

    A house falls once: who got out of it, dead, buried or hurt, is hit by no later blow.
    """
    n = len(parties)
    at = np.full(n, NEVER, dtype=np.int64)
    dies = np.full(n, NEVER, dtype=np.int64)
    dig = blows.dig.at(draws.u32("blow/dig", parties.key))
    lives = blows.endures.at(draws.u32("blow/endures", parties.key))
    found = _Hurt(blows.injuries, parties, draws) if blows.injuries is not None else None
    for k in np.argsort(blows.time_ms, kind="stable").tolist():
        home, moment = int(blows.place[k]), int(blows.time_ms[k])
        rows = np.arange(*parties.start[home : home + 2].tolist())
        chance = draws.u32("blow/hit", parties.key[rows], k).astype(np.int64)
        killed, buried = blows.killed_q32[k], blows.killed_q32[k] + blows.trapped_q32[k]
        stands = at[rows] == NEVER
        if found is not None:
            stands &= ~found.fallen[rows]
            found.add(k, moment, rows[stands], chance[stands] - buried)
        hit = (chance < buried) & stands
        at[rows[hit]] = moment
        dies[rows[hit]] = moment + np.where(chance < killed, 0, np.maximum(lives[rows], 1))[hit]
    return Strikes(at, dies, dig, None if found is None else found.result())


class _Hurt:
    """Who is hurt by the blows so far: a party once at most, each person by a draw of his own."""

    def __init__(self, injuries: Injuries, parties: Parties, draws: Draws) -> None:
        self._injuries, self._parties = injuries, parties
        n, most = len(parties), int(parties.size.max(initial=0))
        self._draw = np.stack(
            [draws.u32("blow/person", parties.key, person) for person in range(max(most, 1))],
            axis=1,
        ).astype(np.int64)
        self._absent = np.arange(max(most, 1)) >= parties.size[:, None]
        self.fallen = np.zeros(n, dtype=np.bool_)
        self._at = np.full(n, NEVER, dtype=np.int64)
        self._badly, self._lightly = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)

    def add(self, k: int, moment: int, rows: Int64, beyond: Int64) -> None:
        """Blow ``k`` on parties whose house stood; ``beyond``: their draw less what kills and
        buries."""
        injuries = self._injuries
        free = beyond >= 0
        fell = free & (beyond < injuries.got_out_q32[k])
        self.fallen[rows[fell]] = True
        shares = np.where(fell[:, None], injuries.in_ruins_q32[k], injuries.standing_q32[k])
        badly = self._persons(rows, shares[:, 0])
        lightly = self._persons(rows, shares.sum(axis=1)) - badly
        first = free & (badly + lightly > 0) & (self._at[rows] == NEVER)
        self._at[rows[first]] = moment
        self._badly[rows[first]], self._lightly[rows[first]] = badly[first], lightly[first]

    def _persons(self, rows: Int64, share_q32: Int64) -> Int64:
        """How many persons of each party have a draw below a share."""
        below = (self._draw[rows] < share_q32[:, None]) & ~self._absent[rows]
        found: Int64 = below.sum(axis=1)
        return found

    def result(self) -> Hurt:
        """All blows are through."""
        every = np.arange(len(self._at))
        dug_out = self._persons(every, np.full(len(every), self._injuries.dug_out_q32))
        carried = self._injuries.carried_q32
        return Hurt(self._at, self._badly, self._lightly, dug_out, carried)


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
