"""Time inside a run: integer milliseconds counted from the scenario's clock_start.

Minutes, hours and clock times exist only at the border; inside, integers decide (law 1).
"""

from __future__ import annotations

from datetime import datetime, timedelta

MS_PER_SECOND = 1_000
MS_PER_MIN = 60_000
MS_PER_HOUR = 3_600_000
MS_PER_DAY = 24 * MS_PER_HOUR

NEVER = 2**53
"""A time that does not come. Exact as a float, and far from overflow when delays are added."""

NO_LEVEL = -(2**31)
"""An elevation or water level that nobody knows (millimetres). Unknown is never read as dry."""


def minutes(value: float) -> int:
    """Whole milliseconds of a duration in minutes, rounded half up."""
    return int(value * MS_PER_MIN + 0.5) if value >= 0 else -int(-value * MS_PER_MIN + 0.5)


def to_minutes(ms: int) -> float:
    """Minutes of a duration in milliseconds, for the border only."""
    return ms / MS_PER_MIN


def parse_clock_start(text: str) -> datetime:
    """Local date and time of an ISO text such as ``2025-07-01T08:00``.

    Raises:
        ValueError: the text is no ISO date and time, or it names a time zone.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        raise ValueError(f"clock_start {text!r} must be a local time without a zone")
    return moment


def next_clock_time(clock_start: datetime, text: str) -> int:
    """Milliseconds from clock_start to the first clock time ``"20:30"`` at or after it.

    ``"+1 06:00"`` means 06:00 of the following calendar day of the scenario, ``"+2 ..."`` the
    day after that; without a day the first occurrence at or after clock_start is meant.
    """
    day_text, _, clock = text.strip().rpartition(" ")
    hour_text, _, minute_text = clock.partition(":")
    hour, minute = int(hour_text), int(minute_text)
    if not (0 <= hour <= 24 and 0 <= minute < 60):
        raise ValueError(f"clock time {text!r} must lie between 00:00 and 24:00")
    midnight = clock_start.replace(hour=0, minute=0, second=0, microsecond=0)
    moment = midnight + timedelta(hours=hour, minutes=minute)
    if day_text:
        moment += timedelta(days=int(day_text))
    elif moment < clock_start:
        moment += timedelta(days=1)
    return round((moment - clock_start).total_seconds() * MS_PER_SECOND)


def clock_text(clock_start: datetime, ms: int) -> str:
    """Clock time of a moment, with the day when it is not the first one: ``03:20 (+1)``."""
    moment = clock_start + timedelta(milliseconds=int(ms))
    days = (moment.date() - clock_start.date()).days
    text = moment.strftime("%H:%M")
    return f"{text} (+{days})" if days else text


def minute_of_day(clock_start: datetime, ms: int) -> int:
    """Minute of the day, 0 to 1439, of a moment of the run."""
    start = clock_start.hour * 60 + clock_start.minute
    return (start + int(ms) // MS_PER_MIN) % 1440
