"""Who notices the danger, and when: gauges, cameras, towers, satellites, patrols, the public.

Every kind of disaster asks the same question: something begins at a place and a moment; the first
watcher that covers the place, works at that hour and is lucky makes it known after its delay.
False alarms come from the same watchers when nothing has happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.clock import MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.draws import Draws, share_q32, stable_key
from sim.draws_tables import compile_minutes
from sim.schema.distributions import AnyDistribution

MINUTES_PER_DAY = 1440


@dataclass(frozen=True, slots=True)
class Watcher:
    """One means of detection.

    Attributes:
        id: names its draws.
        x, y, radius_m: what it sees; ``radius_m`` None covers everything (satellite, public).
        share: chance that it notices an event it covers.
        delay_min: from the moment it can see it to the moment it is reported.
        looks_every_min: it looks at these intervals from midnight on (patrol, satellite pass);
            0 always.
        hours: minutes of the day between which it works; (0, 1440) always.
        false_per_day: false alarms a day.
        checked_ms: so long its false alarms are believed.
        grown_ms: it sees nothing before the event is this old (smoke must rise, gas must spread).
    """

    id: str
    delay_min: AnyDistribution
    x: float = 0.0
    y: float = 0.0
    radius_m: float | None = None
    share: float = 1.0
    looks_every_min: int = 0
    hours: tuple[int, int] = (0, MINUTES_PER_DAY)
    false_per_day: float = 0.0
    grown_ms: int = 0
    checked_ms: int = 30 * MS_PER_MIN

    def covers(self, x: float, y: float) -> bool:
        """Whether a place lies within its reach."""
        if self.radius_m is None:
            return True
        dx, dy = x - self.x, y - self.y
        return dx * dx + dy * dy <= self.radius_m * self.radius_m

    def looks_at(self, now_ms: int, midnight_ms: int) -> int:
        """First moment from now on at which it looks, in ms from clock_start.

        ``midnight_ms`` is the midnight before clock_start (0 or negative).
        """
        begin, end = self.hours
        every = self.looks_every_min * MS_PER_MIN
        first = now_ms
        for _ in range(3):
            if every:
                first = midnight_ms + -(-(first - midnight_ms) // every) * every
            minute = (first - midnight_ms) % MS_PER_DAY // MS_PER_MIN
            if _inside(minute, begin, end):
                return first
            ahead = (begin - minute) % MINUTES_PER_DAY
            first = (first // MS_PER_MIN + ahead) * MS_PER_MIN
        return NEVER


def _inside(minute: int, begin: int, end: int) -> bool:
    return begin <= minute < end if begin <= end else minute >= begin or minute < end


@dataclass(frozen=True, slots=True)
class Event:
    """Something that begins: its id names its draws; where, and when (ms from clock_start)."""

    id: str
    x: float
    y: float
    begins_ms: int


def detected_ms(
    watchers: Sequence[Watcher], event: Event, draws: Draws, midnight_ms: int = 0
) -> tuple[int, str]:
    """When the first watcher reports the event, and which; (NEVER, "") if nobody does.

    Each watcher draws by its own id and the event's, so one more camera changes no other.
    """
    best, who = NEVER, ""
    for watcher, moment in reports_ms(watchers, event, draws, midnight_ms):
        if moment < best:
            best, who = moment, watcher.id
    return best, who


def reports_ms(
    watchers: Sequence[Watcher], event: Event, draws: Draws, midnight_ms: int = 0
) -> list[tuple[Watcher, int]]:
    """Each watcher that notices the event and when it reports it, in the order of their ids."""
    moments = [
        (watcher, _report_ms(watcher, event, draws, midnight_ms))
        for watcher in sorted(watchers, key=lambda one: one.id)
    ]
    return [(watcher, moment) for watcher, moment in moments if moment < NEVER]


def _report_ms(watcher: Watcher, event: Event, draws: Draws, midnight_ms: int) -> int:
    key = stable_key(f"{watcher.id}/{event.id}")
    if event.begins_ms >= NEVER or not watcher.covers(event.x, event.y):
        return NEVER
    if not draws.chance_one("detection/notices", key, share_q32(watcher.share)):
        return NEVER
    looked = watcher.looks_at(event.begins_ms + watcher.grown_ms, midnight_ms)
    if looked >= NEVER:
        return NEVER
    delay = compile_minutes(watcher.delay_min)
    return looked + delay.table.at_one(draws.one("detection/delay", key))


def false_alarms_ms(watcher: Watcher, draws: Draws, horizon_ms: int) -> tuple[int, ...]:
    """Moments of a watcher's false alarms within the horizon: at most one an hour, evenly spread.

    The chance of one in each hour is ``false_per_day`` / 24.
    """
    share = share_q32(min(watcher.false_per_day / 24, 1.0))
    key = stable_key(watcher.id)
    moments = []
    for hour in range(-(-horizon_ms // MS_PER_HOUR)):
        if draws.chance_one("detection/false", key, share, hour):
            within = draws.one("detection/false-when", key, hour) * MS_PER_HOUR >> 32
            moments.append(hour * MS_PER_HOUR + within)
    return tuple(moment for moment in moments if moment < horizon_ms)
