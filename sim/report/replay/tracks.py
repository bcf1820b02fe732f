"""What a mover did, stretch by stretch: the same table for vehicles, boats and whatever comes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.report.replay.pack import narrowest, pack

NOWHERE = -1
Point = tuple[int, int]
"""A position on the page (dm)."""


@dataclass
class Segment:
    """A stretch of time with one status: on a way, or straight from a point to another (or there).

    way: row of the ways, NOWHERE for the straight line; load: persons aboard.
    """

    start_ms: int
    end_ms: int
    way: int
    begin: Point
    end: Point
    status: int
    load: int


@dataclass
class Round:
    """One trip of a vehicle as dispatchers write it down; -1 where it did not come to that."""

    start_ms: int
    pickup: int
    at_pickup_ms: int = -1
    left_ms: int = -1
    persons: int = 0
    shelter: int = -1
    at_shelter_ms: int = -1
    empty_ms: int = -1


@dataclass
class Track:
    """Everything one mover did; a standing segment lasts until the next one begins."""

    segments: list[Segment] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)

    @property
    def status(self) -> int:
        """What it does at present."""
        return self.segments[-1].status

    def stand(self, now: int, at: Point, status: int, load: int) -> None:
        """From now on it stands somewhere."""
        self._close(now)
        self.segments.append(Segment(now, now, NOWHERE, at, at, status, load))

    def move(self, segment: Segment) -> None:
        """It was on its way; afterwards it stands where that ended.

        It sets out when the stretch before is over: two boats of a team may be taken for one.
        """
        if self.segments:
            segment.start_ms = max(segment.start_ms, self.segments[-1].start_ms)
        self._close(segment.start_ms)
        self.segments.append(segment)
        self.stand(segment.end_ms, segment.end, segment.status, segment.load)

    def _close(self, now: int) -> None:
        if self.segments and self.segments[-1].end_ms < now:
            self.segments[-1].end_ms = now


def packed_tracks(tracks: list[Track], horizon_ms: int) -> dict[str, Any]:
    """Segments of all movers in one table, those of mover m at start[m] to start[m + 1]."""
    for track in tracks:
        if track.segments:
            track.segments[-1].end_ms = horizon_ms
    kept = [[s for s in track.segments if s.end_ms > s.start_ms] for track in tracks]
    rows = [segment for segments in kept for segment in segments]
    largest = max((s.load for s in rows), default=0)
    return {
        "start": pack(np.cumsum([0, *(len(segments) for segments in kept)]), "u4"),
        "t0": pack([s.start_ms for s in rows], "u4"),
        "t1": pack([s.end_ms for s in rows], "u4"),
        "way": pack([s.way for s in rows], "i4"),
        "x": pack([s.begin[0] for s in rows], "i4"),
        "y": pack([s.begin[1] for s in rows], "i4"),
        "x1": pack([s.end[0] for s in rows], "i4"),
        "y1": pack([s.end[1] for s in rows], "i4"),
        "status": pack([s.status for s in rows], "u1"),
        "load": pack([s.load for s in rows], narrowest(largest)),
    }


def packed_rounds(tracks: list[Track]) -> dict[str, Any]:
    """Trips of all movers in one table; times in ms, -1 where it did not come to that."""
    rows = [r for track in tracks for r in track.rounds]
    columns = {
        "start_ms": "start", "pickup": "pickup", "at_pickup_ms": "at_pickup", "left_ms": "left",
        "persons": "persons", "shelter": "shelter", "at_shelter_ms": "at_shelter",
        "empty_ms": "empty",
    }  # fmt: skip
    packed: dict[str, Any] = {
        short: pack([getattr(r, name) for r in rows], "i4") for name, short in columns.items()
    }
    packed["first"] = pack(np.cumsum([0, *(len(track.rounds) for track in tracks)]), "u4")
    return packed
