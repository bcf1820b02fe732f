"""Households: told by broadcast or at the door, decide, prepare, leave by their own way out.

Each party has one latent resistance. It goes at the first contact whose persuasion exceeds it
(broadcast < first visit < second sweep), so more contact never makes fewer people go. Everything
a household will do follows from its own draws and is computed when its contact begins; water that
comes first overtakes it (processes.water).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.compiled import sealed
from sim.draws import shares_q32
from sim.engine import Engine
from sim.log import Kind
from sim.people import kernels
from sim.people.journeys import Journeys
from sim.people.kernels import Broadcast, Contact, Households, Notes
from sim.processes.packing import Packing
from sim.schema.tables import SettlementRow
from sim.state import Run

Int64 = NDArray[np.int64]
BROADCAST, VISIT, SECOND_VISIT = 0, 1, 2
"""Contacts; in the log a second visit is a visit."""


class Residents:
    """Tells, persuades and sends off the parties of every home."""

    def __init__(self, engine: Engine) -> None:
        self.engine, run = engine, engine.run
        behaviour, draws, parties = run.world.behaviour, run.draws, run.world.parties
        self.contacts = _contacts(run)
        self.broadcasts = sealed(
            Broadcast(
                draws.u32("tell/reach", parties.key).astype(np.int64),
                run.draw_parties("tell/delay", behaviour.broadcast_delay),
            )
        )
        self.visit = [
            run.draw_parties("tell/visit", behaviour.visit),
            run.draw_parties("tell/visit-again", behaviour.visit),
        ]
        self.cadres_free: dict[int, Int64] = {}
        self.journeys = Journeys(engine)
        self.packing = Packing(run)
        self._meant = {"move": np.ones(len(parties), dtype=np.bool_)}
        self._meant["prepare"] = _moves_at_prepare(run)
        self._start: list[int] = parties.start.tolist()
        self._households, self._notes = _households(run), _notes(run)

    # -- told ---------------------------------------------------------------------------------

    def broadcast(self, home: int, action: str) -> None:
        """Loudspeaker and messages reach a share of the households after a delay."""
        run = self.engine.run
        if not run.plan.organise.broadcast:
            return
        behaviour = run.world.behaviour
        reached_share = (
            behaviour.broadcast_reach_night_q32
            if run.is_night(run.now)
            else behaviour.broadcast_reach_day_q32
        )
        parties, heard = kernels.listeners(
            *(self._start[home], self._start[home + 1], run.now, reached_share),
            *(self.broadcasts, self._households),
        )
        if action == "prepare":
            warned = self.packing.warned
            warned[parties] = np.minimum(warned[parties], heard)
            keep = self._meant[action][parties]
            parties, heard = parties[keep], heard[keep]
        self._contact(home, parties, heard, BROADCAST)

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
        parties = self.engine.musters.present(home, self._doors(home, action))
        now = np.full(len(parties), self.engine.run.now)
        self._contact(home, parties, now, SECOND_VISIT)

    def found(self, home: int, party: int) -> None:
        """Somebody who was missing at the roll call is sent after the others."""
        one, now = np.array([party]), np.array([self.engine.run.now])
        self._contact(home, one, now, SECOND_VISIT)

    def _sweep(self, home: int, action: str) -> None:
        """Cadres go from door to door, special groups first; perhaps a second time."""
        run = self.engine.run
        parties = self._doors(home, action)
        rounds = (1, 2) if run.plan.organise.second_sweep else (1,)
        for number in rounds:
            if not len(parties):
                break
            told = kernels.visits(parties, self.visit[number - 1], self._cadres_free(home))
            run.log.add(run.now, Kind.SWEEP, home, number, len(parties))
            if number == 1:
                zone = run.world.homes.zone[home]
                ordered = min(run.move_ms[zone], run.prepare_ms[zone])
                kernels.first_visits(parties, told, ordered, self._notes)
            self._contact(home, parties, told, number)
            if number == rounds[-1]:
                self._refuse(parties, told, number)
            else:
                persuasion = self.contacts[number].persuasion
                parties = parties[self._households.resistance[parties] >= persuasion[parties]]

    def _doors(self, home: int, action: str) -> Int64:
        """Parties of a home to whom an order speaks and who have not decided yet."""
        run = self.engine.run
        rows, meant = (self._start[home], self._start[home + 1]), self._meant[action]
        found: Int64 = kernels.doors(*rows, run.now, meant, self._households)
        return found

    def _cadres_free(self, home: int) -> Int64:
        """When each of the fixed number of cadres of a home is free."""
        if home not in self.cadres_free:
            self.cadres_free[home] = np.zeros(self._cadres(home), dtype=np.int64)
        free = self.cadres_free[home]
        np.maximum(free, self.engine.run.now, out=free)
        return free

    def _cadres(self, home: int) -> int:
        run = self.engine.run
        row = run.world.homes.rows[home]
        given = row.cadres if isinstance(row, SettlementRow) else None
        per_100 = run.world.behaviour.spec.tell.cadres_per_100_households
        base = float(given) if given else int(run.world.homes.households[home]) * per_100 / 100
        return max(1, round(base * run.plan.organise.cadre_factor))

    # -- decided ------------------------------------------------------------------------------

    def _contact(self, home: int, parties: Int64, told: Int64, contact: int) -> None:
        """Parties hear of the order at ``told`` by one of the contacts; some decide to go."""
        people = self.engine.run.people
        going, at, planned = kernels.hear(
            parties, told, self.contacts[contact], self._households, self._notes
        )
        # who would have gone on a later contact (a late message) goes on this one
        if planned:
            late = going[people.decided[going] < NEVER]
            kept = self.journeys.call_off(home, late)
            changes = [party not in kept for party in going.tolist()]
            going, at = going[changes], at[changes]
        if len(going):
            people.contact[going] = contact
            by_way, start = self.packing.of(going, at)
            self.journeys.leave(home, by_way, start.tolist())

    def _refuse(self, parties: Int64, told: Int64, number: int) -> None:
        """Who is not persuaded at the last visit refuses."""
        kernels.refuse(parties, told, self.contacts[number], self._households, self._notes)


def _contacts(run: Run) -> tuple[Contact, ...]:
    """Broadcast, first and second visit."""
    behaviour = run.world.behaviour
    goes_on = [
        shares_q32(run.draw_parties("decide/broadcast", behaviour.comply_broadcast)),
        shares_q32(run.draw_parties("decide/visit", behaviour.comply_visit)),
        shares_q32(run.draw_parties("decide/second", behaviour.comply_second)),
    ]
    # persuasion adds up: whoever goes on a weaker contact goes on a stronger one too
    persuasion = np.maximum.accumulate(goes_on)
    return tuple(map(sealed, map(Contact, (BROADCAST, VISIT, VISIT), persuasion)))


def _households(run: Run) -> Households:
    """Parties as whoever tells them finds them."""
    parties, people = run.world.parties, run.people
    resistance = run.draws.u32("decide/resistance", parties.key).astype(np.int64)
    return sealed(
        Households(
            *(parties.special, parties.facility, people.state),
            *(resistance, run.view.blocked_ms, people.decided),
        )
    )


def _notes(run: Run) -> Notes:
    """The columns of the run in which contacts are noted."""
    people = run.people
    return Notes(
        *(people.told, people.channel, people.visited, people.wait_told),
        *(people.flags, people.refused),
    )


def _moves_at_prepare(run: Run) -> NDArray[np.bool_]:
    """Parties that already move at 准备转移 under the plan."""
    parties, groups = run.world.parties, run.plan.whom.prepare_moves
    chosen = np.zeros(len(parties), dtype=np.bool_)
    if "special" in groups:
        chosen |= parties.special
    if "facilities" in groups:
        chosen |= parties.facility
    return chosen


def begin(engine: Engine) -> None:
    """Put the residents in place."""
    engine.residents = Residents(engine)
