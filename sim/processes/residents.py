"""Households: told by broadcast or at the door, decide, prepare, leave by their own way out.

Each party has one latent resistance. It goes at the first contact whose persuasion exceeds it
(broadcast < first visit < second sweep), so more contact never makes fewer people go. Everything
a household will do follows from its own draws and is computed when its contact begins; water that
comes first overtakes it (processes.water).
"""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.draws import shares_q32
from sim.engine import Engine
from sim.log import Kind
from sim.people.journeys import Journeys
from sim.schema.tables import SettlementRow
from sim.state import DAY_BEGINS_H, DAY_ENDS_H
from sim.states import Flag, State, Way

Int64 = NDArray[np.int64]
BROADCAST, VISIT = 0, 1


class Residents:
    """Tells, persuades and sends off the parties of every home."""

    def __init__(self, engine: Engine) -> None:
        self.engine, run = engine, engine.run
        behaviour, draws, parties = run.world.behaviour, run.draws, run.world.parties
        self.resistance = draws.u32("decide/resistance", parties.key).astype(np.int64)
        self.goes_on = [
            shares_q32(run.draw_parties("decide/broadcast", behaviour.comply_broadcast)),
            shares_q32(run.draw_parties("decide/visit", behaviour.comply_visit)),
            shares_q32(run.draw_parties("decide/second", behaviour.comply_second)),
        ]
        # persuasion adds up: whoever goes on a weaker contact goes on a stronger one too
        for k in (1, 2):
            self.goes_on[k] = np.maximum(self.goes_on[k], self.goes_on[k - 1])
        self.reach = draws.u32("tell/reach", parties.key).astype(np.int64)
        self.delay = run.draw_parties("tell/delay", behaviour.broadcast_delay)
        self.visit = [
            run.draw_parties("tell/visit", behaviour.visit),
            run.draw_parties("tell/visit-again", behaviour.visit),
        ]
        prepare = run.draw_parties("prepare/min", behaviour.prepare)
        prepare = (prepare * parties.prep_q16) >> 16
        longest = round(behaviour.spec.prepare.longest_min * MS_PER_MIN)
        prepare = np.minimum(prepare, longest)
        stays = (parties.way == Way.IN_PLACE) & parties.safe_floor
        upstairs = run.draw_parties("prepare/upstairs", behaviour.upstairs)
        prepare = np.where(stays, upstairs, prepare)
        self.prepare = np.where(parties.ready_ms >= 0, parties.ready_ms, prepare)
        self.warned = np.full(len(parties), NEVER, dtype=np.int64)
        self.cadres_free: dict[int, list[int]] = {}
        self.journeys = Journeys(engine)
        self.night_q16 = round(behaviour.spec.prepare.night_factor * 65536)

    # -- told ---------------------------------------------------------------------------------

    def broadcast(self, home: int, action: str) -> None:
        """Loudspeaker and messages reach a share of the households after a delay."""
        run = self.engine.run
        if not run.plan.organise.broadcast:
            return
        behaviour, parties = run.world.behaviour, self._parties(home)
        reached_share = (
            behaviour.broadcast_reach_night_q32
            if run.is_night(run.now)
            else behaviour.broadcast_reach_day_q32
        )
        hears = (self.reach[parties] < reached_share) & ~run.world.parties.facility[parties]
        parties = parties[hears]
        heard = run.now + self.delay[parties]
        if action == "prepare":
            self.warned[parties] = np.minimum(self.warned[parties], heard)
            keep = self._moves_at_prepare(parties)
            parties, heard = parties[keep], heard[keep]
        self._contact(home, parties, heard, (0, BROADCAST))

    def organise(self, home: int, action: str) -> None:
        """Somebody answered: after gathering the cadres the door-to-door sweep begins."""
        run = self.engine.run
        key = int(run.world.homes.keys[home])
        start = run.draw(f"organise/{action}", run.world.behaviour.organiser_start, key)
        row = run.world.homes.rows[home]
        if not isinstance(row, SettlementRow):
            run.at(run.now + start, self._facility, home, action)
        elif run.plan.organise.door_knocking:
            run.at(run.now + start, self._sweep, home, action)

    def _facility(self, home: int, action: str) -> None:
        """A facility musters as a whole."""
        parties = self._targets(home, action)
        now = np.full(len(parties), self.engine.run.now)
        self._contact(home, parties, now, (2, VISIT))

    def _sweep(self, home: int, action: str) -> None:
        """Cadres go from door to door, special groups first; perhaps a second time."""
        run = self.engine.run
        parties = self._targets(home, action)
        parties = parties[self.engine.run.people.decided[parties] > run.now]
        order = np.argsort(~run.world.parties.special[parties], kind="stable")
        parties = parties[order]
        rounds = (1, 2) if run.plan.organise.second_sweep else (1,)
        for number in rounds:
            if not len(parties):
                break
            told = self._visits(home, self.visit[number - 1][parties])
            run.log.add(run.now, Kind.SWEEP, home, number, len(parties))
            if number == 1:
                self._log_waits(parties, told, home)
            self._contact(home, parties, told, (number, VISIT))
            undecided = self.resistance[parties] >= self.goes_on[number][parties]
            if number == rounds[-1]:
                self._refuse(parties[undecided], told[undecided])
            parties = parties[undecided]

    def _visits(self, home: int, took: Int64) -> Int64:
        """End of every visit when a fixed number of cadres works down the list."""
        run = self.engine.run
        free = self.cadres_free.setdefault(home, [0] * self._cadres(home))
        servers = [max(t, run.now) for t in free]
        heapq.heapify(servers)
        ends = np.empty(len(took), dtype=np.int64)
        for i, ms in enumerate(took.tolist()):
            ends[i] = heapq.heappop(servers) + ms
            heapq.heappush(servers, int(ends[i]))
        self.cadres_free[home] = servers
        return ends

    def _cadres(self, home: int) -> int:
        run = self.engine.run
        row = run.world.homes.rows[home]
        given = row.cadres if isinstance(row, SettlementRow) else None
        per_100 = run.world.behaviour.spec.tell.cadres_per_100_households
        base = float(given) if given else int(run.world.homes.households[home]) * per_100 / 100
        return max(1, round(base * run.plan.organise.cadre_factor))

    def _log_waits(self, parties: Int64, told: Int64, home: int) -> None:
        run = self.engine.run
        zone = int(run.world.homes.zone[home])
        ordered = min(int(run.move_ms[zone]), int(run.prepare_ms[zone]))
        first = run.people.told[parties] > told
        run.people.wait_told[parties[first]] = told[first] - ordered
        run.people.visited[parties[first]] = told[first]

    # -- decided ------------------------------------------------------------------------------

    def _contact(self, home: int, parties: Int64, told: Int64, by: tuple[int, int]) -> None:
        """Parties hear of the order at ``told`` (by: contact, channel); some decide to go."""
        contact, channel = by
        run, people = self.engine.run, self.engine.run.people
        still = (people.state[parties] == State.AT_HOME) & (run.view.blocked_ms[parties] > told)
        parties, told = parties[still], told[still]
        sooner = told < people.told[parties]
        people.channel[parties[sooner]] = channel
        people.told[parties] = np.minimum(people.told[parties], told)
        goes = self.resistance[parties] < self.goes_on[contact][parties]
        goes |= run.world.parties.facility[parties]
        goes &= told < people.decided[parties]
        parties, told = parties[goes], told[goes]
        # who would have gone on a later contact (a late message) goes on this one
        planned = people.decided[parties] < NEVER
        if planned.any():
            kept = np.isin(parties, self.journeys.call_off(home, parties[planned]))
            parties, told = parties[~kept], told[~kept]
        people.decided[parties], people.contact[parties] = told, contact
        if len(parties):
            self._prepare(home, parties)

    def _prepare(self, home: int, parties: Int64) -> None:
        """When the parties are ready, and those whom the water lets go leave."""
        run, people, rows = self.engine.run, self.engine.run.people, self.engine.run.world.parties
        decided = people.decided[parties]
        took = self.prepare[parties]
        by_night = (took * self.night_q16) >> 16
        own_time = rows.ready_ms[parties] < 0
        took = np.where(self._night(decided) & own_time, by_night, took)
        # who was warned at 准备转移 has packed since then
        head_start = np.maximum(decided - self.warned[parties], 0)
        ready = decided + np.maximum(took - head_start, 0)
        in_time = ready < run.view.blocked_ms[parties]
        people.ready[parties] = np.where(in_time, ready, NEVER)
        self.journeys.leave(home, parties[in_time], ready[in_time])
        self.journeys.say_they_come(home, parties[~in_time])

    def _refuse(self, parties: Int64, told: Int64) -> None:
        run = self.engine.run
        home_still = (run.view.blocked_ms[parties] > told) & (
            run.people.state[parties] == State.AT_HOME
        )
        parties, told = parties[home_still], told[home_still]
        run.people.flags[parties] |= 1 << Flag.REFUSED
        run.people.refused[parties] = np.minimum(run.people.refused[parties], told)

    # -- who ----------------------------------------------------------------------------------

    def _parties(self, home: int) -> Int64:
        start = self.engine.run.world.parties.start
        return np.arange(int(start[home]), int(start[home + 1]), dtype=np.int64)

    def _targets(self, home: int, action: str) -> Int64:
        """Parties of a home to whom an order speaks and who have not decided yet."""
        everyone = self._parties(home)
        parties: Int64 = everyone[self.engine.run.people.state[everyone] == State.AT_HOME]
        if action == "prepare":
            parties = parties[self._moves_at_prepare(parties)]
        return parties

    def _moves_at_prepare(self, parties: Int64) -> NDArray[np.bool_]:
        run = self.engine.run
        rows, groups = run.world.parties, run.plan.whom.prepare_moves
        chosen = np.zeros(len(parties), dtype=np.bool_)
        if "special" in groups:
            chosen |= rows.special[parties]
        if "facilities" in groups:
            chosen |= rows.facility[parties]
        return chosen

    def _night(self, moments: Int64) -> NDArray[np.bool_]:
        start = self.engine.run.world.clock_start
        first = (start.hour * 60 + start.minute) * 60_000
        of_day = (moments + first) % MS_PER_DAY
        night: NDArray[np.bool_] = (of_day < DAY_BEGINS_H * MS_PER_HOUR) | (
            of_day >= DAY_ENDS_H * MS_PER_HOUR
        )
        return night


def begin(engine: Engine) -> None:
    """Put the residents in place."""
    engine.residents = Residents(engine)
