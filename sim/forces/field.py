"""What the desk needs from outside and what it keeps: a field, decisions, a manner of working."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from sim.forces.first import First
from sim.forces.incidents import Call, Incident, Stage
from sim.forces.relocation import Relocation
from sim.forces.rules import Offer, Reason, Rule
from sim.forces.units import Unit


class Field(Protocol):
    """Where orders of the desk are carried out."""

    def drive(self, unit: Unit, now: int) -> None:
        """A unit has a new target; ``desk.arrived(unit, trip, …)`` is called when it is there.

        Where a way ends short of the place (a boat's at the landing), the field says so by
        ``unit.target``.
        """
        ...

    def work(self, incident: Incident, now: int) -> None:
        """Work begins; ``desk.finished(incident, turn, …)`` is called after what remains of it."""
        ...

    def finds(self, unit: Unit, incident: Incident, now: int) -> Call | None:
        """What the first unit at the reported place finds out: the call as it should have been,
        None where the report was right."""
        ...

    def keeps(self, unit: Unit, incident: Incident, now: int) -> bool:
        """Whether a unit let go is not free yet (patients aboard, rest due): back by the field."""
        ...

    def unit_changed(self, unit: Unit, now: int) -> None:
        """A unit has a new status or place."""
        ...

    def incident_changed(self, incident: Incident, stage: Stage, now: int) -> None:
        """Something has become of an incident."""
        ...


class Decision(NamedTuple):
    """Why a unit was sent: who else could have been, and how long each would have taken."""

    at_ms: int
    incident: int
    unit: int
    reason: Reason
    reach_ms: int
    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class Manner:
    """How a desk works.

    Attributes:
        rule: who goes where. relocation: where free units wait, None: at their own posts.
        recall: units on their way to a post can be sent again; else from a post only.
        queue: calls for which nobody is free wait; else they are turned away.
        turns: units under way can turn round; else they drive to the end of their leg first.
        first: who comes first where there are fewer units than incidents; None: the most urgent,
            then the earliest, and every minimum before any full set. Only where one unit is
            enough to begin with.
    """

    rule: Rule
    relocation: Relocation | None = None
    recall: bool = True
    queue: bool = True
    turns: bool = True
    first: First | None = None
