"""The Run: clock, log, people's state table and resources of one replication."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from heapq import heappop, heappush
from typing import Any, Protocol

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.clock import MS_PER_DAY, MS_PER_HOUR, NEVER
from sim.draws import Draws, sample, sample_one
from sim.draws_tables import Compiled
from sim.log import Kind, LogBuilder, RunLog
from sim.member_view import MemberView
from sim.plan import Plan
from sim.states import TRANSITIONS, Flag, Mode, State
from sim.world import World

Int64 = NDArray[np.int64]
Process = Generator[simpy.Event, Any, None]
# looked up once; whole numbers, because numpy is slow to compare its numbers with enum members
_STATE, _OUT, _PREPARING = Kind.STATE, Kind.OUT, int(State.PREPARING)
_POSSIBLE: list[list[bool]] = TRANSITIONS.tolist()
DAY_BEGINS_H, DAY_ENDS_H = 7, 19


class ImpossibleTransitionError(Exception):
    """The program tried to move a party in a way the transition table does not know: a bug."""


class People:
    """State table of all parties in one replication; all times in ms, NEVER where not happened.

    Columns that describe the household's own way (told, decided, ready, leave) are filled in whole
    slices and written to the log at the end; every later change is logged when it happens.
    """

    def __init__(self, n: int) -> None:
        def never() -> Int64:
            return np.full(n, NEVER, dtype=np.int64)

        self.state = np.zeros(n, dtype=np.int8)
        self.place = np.zeros(n, dtype=np.int64)
        self.flags = np.zeros(n, dtype=np.int16)
        self.told, self.decided, self.ready, self.leave = never(), never(), never(), never()
        self.channel = np.full(n, -1, dtype=np.int8)
        self.contact = np.full(n, -1, dtype=np.int8)
        self.back_home = np.zeros(n, dtype=np.bool_)
        self.leave_state = np.full(n, -1, dtype=np.int8)
        self.assembled, self.safe_at = never(), never()
        self.visited, self.wait_told, self.refused = never(), never(), never()
        # drives by own car that have ended well: times, parties, places, states
        self.settled: list[tuple[Int64, Int64, Int64, Int64]] = []
        # those on their way from a shelter that failed to another: they were out before
        self.moved_on: set[int] = set()


class PartyMinutes:
    """Durations of every party's own handling in this replication, ms (lists: read one by one)."""

    def __init__(self, run: Run) -> None:
        behaviour = run.world.behaviour

        def of(purpose: str, what: Compiled) -> list[int]:
            values: list[int] = run.draw_parties(purpose, what).tolist()
            return values

        self.board = of("board/person", behaviour.board_person)
        self.carry = of("board/carry", behaviour.carry)
        self.alight = of("alight/person", behaviour.alight_person)
        self.register = of("settle/register", behaviour.register)
        self.headcount = of("settle/headcount", behaviour.headcount)
        self.fetch = of("rescue/pickup", behaviour.pickup)


class RoadsClock(Protocol):
    """Roads that move between two events of a run."""

    @property
    def due_ms(self) -> int:
        """Moment before which nothing happens there that a process waits for."""
        ...

    def play(self, until: int) -> None:
        """Move everything up to a moment, or up to the first end that a process waits for."""
        ...


class NoRoads:
    """Nothing moves."""

    due_ms = NEVER

    def play(self, until: int) -> None:
        """Nothing to do."""


class Run:
    """One replication being played. Processes read the World and write only here.

    ``now`` is the moment in milliseconds since clock_start. ``assembly`` and ``assembly_mm`` are
    where the people of every home meet their bus and the walk there: as in the tables, until a
    site gathers elsewhere.
    """

    def __init__(self, world: World, plan: Plan, draws: Draws, view: MemberView) -> None:
        self.world, self.plan, self.draws, self.view = world, plan, draws, view
        self.env = simpy.Environment(initial_time=0)
        self.now = 0
        self._agenda: list[tuple[int, int, Callable[..., None], tuple[Any, ...]]] = []
        self._calls = 0
        self.roads: RoadsClock = NoRoads()
        self.log = LogBuilder()
        self.people = People(len(world.parties))
        self.people.place[:] = world.parties.home
        self.zone_of_party = world.zone_of_party()
        self.assembly = world.homes.assembly.copy()
        self.assembly_mm = world.homes.assembly_mm.copy()
        n_zones = len(world.zones.rows)
        self.prepare_ms = np.full(n_zones, NEVER, dtype=np.int64)
        self.move_ms = np.full(n_zones, NEVER, dtype=np.int64)
        self.order_level = np.full(n_zones, -1, dtype=np.int8)
        self._ordered: dict[tuple[str, int], simpy.Event] = {}
        self.first_prepare = self.env.event()
        self.first_move = self.env.event()
        speed = sample_one(draws, "road/speed", world.behaviour.road_speed, (0, 0))
        self.road_speed_q16 = max(1, (speed << 16) // 1_000_000)
        night = world.spec.behaviour.drive.night_speed_factor
        self.night_speed_q16 = max(1, round(self.road_speed_q16 * night))
        self.minutes = PartyMinutes(self)
        start = world.clock_start
        self._start_of_day = (start.hour * 60 + start.minute) * 60_000 + start.second * 1000

    def ordered(self, action: str, zone: int) -> simpy.Event:
        """The event that a zone gets its order ("prepare" or "move")."""
        return self._ordered.setdefault((action, zone), self.env.event())

    def announce(self, action: str, zone: int) -> None:
        """The order has been given: wake who waits for it."""
        first = self.first_prepare if action == "prepare" else self.first_move
        for event in (first, self._ordered.get((action, zone))):
            if event is not None and not event.triggered:
                event.succeed()

    def is_night(self, moment: int) -> bool:
        """Whether a moment lies between 19:00 and 07:00."""
        ms = (self._start_of_day + moment) % MS_PER_DAY
        return not DAY_BEGINS_H * MS_PER_HOUR <= ms < DAY_ENDS_H * MS_PER_HOUR

    def nights(self, moments: Int64) -> NDArray[np.bool_]:
        """``is_night`` of many moments, bool[n]."""
        ms = (self._start_of_day + moments) % MS_PER_DAY
        night: NDArray[np.bool_] = (ms < DAY_BEGINS_H * MS_PER_HOUR) | (
            ms >= DAY_ENDS_H * MS_PER_HOUR
        )
        return night

    def hour(self, moment: int) -> int:
        """Hour of the day at a moment, 0 to 23."""
        return (self._start_of_day + moment) % MS_PER_DAY // MS_PER_HOUR

    def next_morning(self, moment: int) -> int:
        """The next 07:00 at or after a moment."""
        ms = (self._start_of_day + moment) % MS_PER_DAY
        return moment + (DAY_BEGINS_H * MS_PER_HOUR - ms) % MS_PER_DAY

    def speed_q16(self, moment: int) -> int:
        """Road-speed factor of this replication at a moment, in 1/65536."""
        return self.night_speed_q16 if self.is_night(moment) else self.road_speed_q16

    def start(self, process: Process) -> None:
        """Begin a process."""
        self.env.process(process)

    def at(self, moment: int, action: Callable[..., None], *given: Any) -> None:
        """Call something at a moment (now, if it has passed); calls of one moment keep order."""
        self._calls += 1
        heappush(self._agenda, (max(moment, self.now), self._calls, action, given))

    def timeout(self, ms: int) -> simpy.Event:
        """Wait a number of milliseconds."""
        return self.env.timeout(ms)

    def until(self, moment: int) -> None:
        """Play up to and including a moment.

        Plain calls (people who arrive) lie on an agenda of their own, much cheaper than SimPy
        events; at the same millisecond they come before SimPy's.
        """
        env, agenda, roads = self.env, self._agenda, self.roads
        # SimPy has no public way to look at its queue cheaply
        events, step = env._queue, env.step
        while True:
            event_at = events[0][0] if events else NEVER
            planned = agenda[0][0] if agenda else NEVER
            if roads.due_ms <= planned and roads.due_ms <= event_at:
                if roads.due_ms > moment:
                    return
                roads.play(int(min(planned, event_at, moment)))
            elif planned <= event_at:
                if planned > moment:
                    return
                at, _, action, given = heappop(agenda)
                self.set_clock(at)
                action(*given)
            elif event_at <= moment:
                self.now = int(event_at)
                step()
            else:
                return

    def set_clock(self, moment: int) -> None:
        """It is a moment later than now."""
        if moment > self.now:
            # SimPy has no public way to set its clock between two events
            self.now = self.env._now = moment

    def draw(self, purpose: str, what: Compiled, key: int, occurrence: int = 0,
             zone_key: int = 0) -> int:  # fmt: skip
        """One keyed value of a compiled distribution."""
        return sample_one(self.draws, purpose, what, (key, zone_key), occurrence)

    def draw_parties(self, purpose: str, what: Compiled) -> Int64:
        """A keyed value for every party."""
        parties = self.world.parties
        zones = self.world.zones.keys
        zone_keys = zones[np.maximum(self.zone_of_party, 0)] if len(zones) else parties.key
        return sample(self.draws, purpose, what, parties.key, zone_keys)

    # -- people -------------------------------------------------------------------------------

    def move(self, party: int, state: State, place: int, at: int | None = None) -> None:
        """Change one party's state and place (now, or at a later moment that is certain).

        Raises:
            ImpossibleTransitionError: the table does not allow it (a bug in a process).
        """
        people = self.people
        before = people.state.item(party)
        if not _POSSIBLE[before][state]:
            raise ImpossibleTransitionError(
                f"party {party}: {State(before).name} -> {state.name} at {self.now} ms"
            )
        people.state[party], people.place[party] = state, place
        self.log.add(self.now if at is None else at, _STATE, party, place, state)

    def flag(self, party: int, flag: Flag, place: int) -> bool:
        """Set a flag once; True if it was not set before."""
        bit = 1 << flag
        if self.people.flags[party] & bit:
            return False
        self.people.flags[party] |= bit
        self.log.add(self.now, Kind.FLAG, party, place, int(flag))
        return True

    def has_flag(self, party: int, flag: Flag) -> bool:
        """Whether a flag is set."""
        return bool(self.people.flags[party] & (1 << flag))

    def out(self, party: int, mode: Mode, place: int) -> None:
        """The party has arrived at a safe destination; not again if it only changes shelters."""
        if party in self.people.moved_on:
            return
        self.log.add(self.now, _OUT, party, place, int(mode))

    def waited(self, kind: Kind, who: int, place: int, since: int) -> None:
        """The one door for waits: log who waited, for what (kind), where, and how long."""
        if self.now > since:
            self.log.add(self.now, kind, who, place, self.now - since)

    def at_home(self, parties: Iterable[int] | Int64) -> Int64:
        """Those parties that are still at home (or preparing there) now."""
        rows = np.asarray(parties, dtype=np.int64)
        people = self.people
        gone = (people.leave[rows] <= self.now) & ~people.back_home[rows]
        return rows[(people.state[rows] <= _PREPARING) & ~gone]

    def finish(self) -> RunLog:
        """Write the columns of the people's own way and close the log."""
        from sim.people.columns import write_columns

        write_columns(self)
        horizon = self.world.horizon_ms
        return self.log.build(horizon, self.view.member.index, self.draws.replication)
