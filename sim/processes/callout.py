"""叫应: the post calls the organisers one after another; a call-out counts when somebody answers.

Every attempt is logged. Those not reached after all attempts (and the deputy, where the plan has
deputies) are tried again after a pause; until then only the broadcast reaches their households.
"""

from __future__ import annotations

import simpy

from sim.draws import share_q32
from sim.engine import Engine
from sim.log import Kind
from sim.schema.tables import OrganiserRow, SettlementRow
from sim.state import Process

ROUND_PAUSE_MS = 30 * 60_000
"""Pause before a home that nobody answered for is called again."""

VILLAGE = 2
MAX_ROUNDS = 20


class CallOut:
    """Calls organisers for the homes of ordered zones."""

    def __init__(self, engine: Engine) -> None:
        run = engine.run
        self.engine = engine
        self.lines: dict[str, simpy.Resource] = {
            post.township: simpy.Resource(run.env, capacity=post.callers)
            for post in run.world.posts
            if post.level == "township"
        }
        county = [post for post in run.world.posts if post.level == "county"]
        callers = county[0].callers if county else 1
        self.county_line = simpy.Resource(run.env, capacity=callers)
        self.answered: set[int] = set()

    def order(self, zone: int, action: str, level: int) -> None:
        """An order has been given to a zone: broadcast at once, and call its organisers."""
        run = self.engine.run
        for home in run.world.homes.zone_homes(zone):
            self.engine.residents.broadcast(home, action)
            row = run.world.homes.rows[home]
            if level == VILLAGE or home in self.answered or not isinstance(row, SettlementRow):
                # the organiser gave the order, already answered, or a facility has its own guard
                self.engine.residents.organise(home, action)
            else:
                run.start(self._reach(home, action, row))

    def _reach(self, home: int, action: str, row: SettlementRow) -> Process:
        run, organise = self.engine.run, self.engine.run.plan.organise
        line = self.lines.get(row.township, self.county_line)
        people = [row.organiser] + ([row.deputy] if organise.deputies and row.deputy else [])
        attempt = 0
        for _ in range(MAX_ROUNDS):
            for rank, person in enumerate(people):
                for _ in range(organise.call_attempts):
                    with line.request() as free:
                        yield free
                        yield run.timeout(self._draw("call/min", home, action, attempt))
                    answered = self._answers(person, home, action, attempt)
                    run.log.add(run.now, Kind.CALL, home, attempt, rank + 1 if answered else 0)
                    attempt += 1
                    if answered:
                        self._reached(home, action)
                        return
                    yield run.timeout(self._draw("call/retry", home, action, attempt))
            run.log.add(run.now, Kind.CALLED_OUT, home, 0, 0)
            yield run.timeout(ROUND_PAUSE_MS)
            if home in self.answered:
                self._reached(home, action)
                return

    def _draw(self, purpose: str, home: int, action: str, attempt: int) -> int:
        run, behaviour = self.engine.run, self.engine.run.world.behaviour
        what = behaviour.call if purpose == "call/min" else behaviour.call_retry
        return run.draw(f"{purpose}/{action}", what, int(run.world.homes.keys[home]), attempt)

    def _answers(self, person: str, home: int, action: str, attempt: int) -> bool:
        run = self.engine.run
        row = run.world.organisers.get(person, _UNKNOWN)
        share = row.answer_night if run.is_night(run.now) else row.answer_day
        key = int(run.world.homes.keys[home])
        return run.draws.chance_one(f"call/answer/{action}", key, share_q32(share), attempt)

    def _reached(self, home: int, action: str) -> None:
        self.answered.add(home)
        self.engine.run.log.add(self.engine.run.now, Kind.CALLED_OUT, home, 0, 1)
        self.engine.residents.organise(home, action)


_UNKNOWN = OrganiserRow(id="?")


def begin(engine: Engine) -> None:
    """Put the call-out in place."""
    engine.callout = CallOut(engine)
