"""Units: a team with its vehicle and equipment as the desk sees it, and where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from sim.clock import NEVER
from sim.forces.incidents import Amounts, Incident
from sim.plain_enum import plain_members


@plain_members
class Status(IntEnum):
    """What a unit does."""

    AWAY = 0  # not to be had: not mustered, resting, on its way to hospital, broken down
    FREE = 1  # stands at a post
    TO_POST = 2  # drives to a post
    TO_SITE = 3  # drives to an incident, or gets ready to
    ON_SITE = 4


@dataclass(frozen=True, slots=True)
class UnitSpec:
    """What a unit is.

    Attributes:
        gives: amounts of every capability that it brings.
        post: node where it waits. kind: row of its vehicle class in the travel times.
        district: whose unit it is, -1 for everybody's.
        turnout_ms: from the order to the wheels turning when it stands at a post.
        aid_ms: approval before it goes to another district.
    """

    gives: Amounts
    post: int
    kind: int = 0
    district: int = -1
    turnout_ms: int = 0
    aid_ms: int = 0


class Unit:
    """A unit under way: its status, its incident and its leg.

    A leg leads from ``node`` (left at ``set_out_ms``) to ``target`` (reached, as expected when it
    set out, at ``expected_ms``); a unit that stands is at ``node``. ``trip`` counts legs, so that
    the end of a leg that was broken off is known as such. ``turns`` says whether it can turn round
    on the way; else it drives on to its target first.
    """

    __slots__ = (
        *("row", "spec", "bits", "kind", "turnout_ms", "aid_ms", "status", "incident", "post"),
        *("node", "target", "set_out_ms", "expected_ms", "trip", "turns"),
    )

    def __init__(self, row: int, spec: UnitSpec) -> None:
        self.row, self.spec = row, spec
        self.bits = sum(1 << k for k, amount in enumerate(spec.gives) if amount)
        self.kind = spec.kind
        self.turnout_ms, self.aid_ms = spec.turnout_ms, spec.aid_ms
        self.status = Status.FREE
        self.incident: Incident | None = None
        self.post = self.node = self.target = spec.post
        self.set_out_ms = self.expected_ms = -NEVER
        self.trip = 0
        self.turns = True

    def reach_ms(self, times: Sequence[int], now: int) -> int:
        """Time to a place, given the times from every node; NEVER where there is no way.

        Under way it turns round or drives on to its target first, whichever is sooner: between
        two nodes no other way is known.
        """
        if now >= self.expected_ms:
            return times[self.target]
        if now <= self.set_out_ms:
            return min(NEVER, self.set_out_ms - now + times[self.node])
        on = self.expected_ms - now + times[self.target]
        back = now - self.set_out_ms + times[self.node] if self.turns else NEVER
        return min(NEVER, back, on)

    def stand(self, node: int) -> None:
        """It is at a node and goes nowhere."""
        self.node = self.target = node
        self.set_out_ms = self.expected_ms = -NEVER
        self.trip += 1

    def go(self, target: int, times: Sequence[int], now: int, delay_ms: int = 0) -> None:
        """It leaves for a target, after a delay; under way, by the sooner of its two nodes."""
        reach = self.reach_ms(times, now)
        if self.set_out_ms < now < self.expected_ms:
            on = self.expected_ms - now + times[self.target]
            via, lag = (self.node, now - self.set_out_ms)
            if not self.turns or on < lag + times[self.node]:
                via, lag = self.target, self.expected_ms - now
            self.node, self.set_out_ms = via, now + lag + delay_ms
        else:
            self.node = self.target if now >= self.expected_ms else self.node
            self.set_out_ms = max(self.set_out_ms, now) + delay_ms
        self.target, self.expected_ms = target, min(NEVER, now + reach + delay_ms)
        self.trip += 1
