"""Dispatch rules: which pick-up point a free vehicle goes to next. Small, interchangeable objects.

A rule sees only what a dispatcher knows at that moment: reported demand, travel times on the
roads as known, and the planning table of lead times between warning and cut-off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class Offer:
    """The pick-up points a vehicle could go to, one row each, sorted by pick-up row.

    pickup: row; drive_ms: time to get there; persons: not yet assigned to a vehicle;
    to_shelter_ms: from there to the nearest shelter on dry roads; slack_ms: time left until the
    planned cut-off of its zone after arriving there; zone: its zone row.
    """

    pickup: Int64
    drive_ms: Int64
    persons: Int64
    to_shelter_ms: Int64
    slack_ms: Int64
    zone: Int64


class DispatchRule(Protocol):
    """Chooses a row of an offer."""

    def choose(self, vehicle_id: str, offer: Offer) -> int:
        """Row of the offer, or -1 to wait."""
        ...


class Nearest:
    """The pick-up point reached first."""

    def choose(self, vehicle_id: str, offer: Offer) -> int:
        """See DispatchRule."""
        return int(np.argmin(offer.drive_ms))


class LargestQueue:
    """Where most persons wait; the nearer one of equals."""

    def choose(self, vehicle_id: str, offer: Offer) -> int:
        """See DispatchRule."""
        return int(np.lexsort((offer.pickup, offer.drive_ms, -offer.persons))[0])


class FarthestFirst:
    """The pick-up point with the longest way to a shelter."""

    def choose(self, vehicle_id: str, offer: Offer) -> int:
        """See DispatchRule."""
        return int(np.lexsort((offer.pickup, offer.drive_ms, -offer.to_shelter_ms))[0])


SLACK_BAND_MS = 60 * 60_000
"""Zones whose slack lies in the same hour count as equally urgent (judgement)."""


class LeastSlack:
    """The zone whose road is cut first, by the hour, and the nearest of that hour.

    Those that cannot be reached in time come last.
    """

    def choose(self, vehicle_id: str, offer: Offer) -> int:
        """See DispatchRule."""
        too_late = offer.slack_ms < 0
        hours = offer.slack_ms // SLACK_BAND_MS
        return int(np.lexsort((offer.pickup, offer.drive_ms, hours, too_late))[0])


@dataclass(frozen=True)
class FixedPairs:
    """定点包车: a vehicle serves its own zone; when that is done, the nearest elsewhere."""

    zone_of_vehicle: dict[str, int]

    def choose(self, vehicle_id: str, offer: Offer) -> int:
        """See DispatchRule."""
        own = self.zone_of_vehicle.get(vehicle_id, -1)
        drive = offer.drive_ms
        if own >= 0 and (offer.zone == own).any():
            drive = np.where(offer.zone == own, drive, np.iinfo(np.int64).max)
        return int(np.argmin(drive))


def make_rule(name: str, zone_of_vehicle: dict[str, int]) -> DispatchRule:
    """The rule a plan names (``schedule`` needs none: its trips are given)."""
    rules: dict[str, DispatchRule] = {
        "fixed": FixedPairs(zone_of_vehicle),
        "nearest": Nearest(),
        "largest": LargestQueue(),
        "farthest": FarthestFirst(),
        "slack": LeastSlack(),
        "schedule": Nearest(),
    }
    return rules[name]
