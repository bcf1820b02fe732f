"""Who was hurt by falling houses and lived."""

from __future__ import annotations

import numpy as np

from sim.log import Kind
from sim.measures.facts import Facts
from sim.measures.people import ConservationError
from sim.states import Flag


def injury_measures(facts: Facts) -> dict[str, float]:
    """Persons badly and lightly hurt of the parties that are not among the dead.

    Absent where the disaster does not say who is hurt.

    Raises:
        ConservationError: more persons of a party are hurt than it has.
    """
    blows = facts.view.member.blows
    if blows is None or blows.injuries is None:
        return {}
    found, every = {}, np.zeros(facts.n, dtype=np.int64)
    alive = ~facts.flagged(Flag.HARMED)
    kinds = (("hurt_badly", Kind.HURT_BADLY), ("hurt_lightly", Kind.HURT_LIGHTLY))
    for name, kind in kinds:
        rows, persons = facts.of(kind), np.zeros(facts.n, dtype=np.int64)
        np.add.at(persons, rows["who"], rows["value"])
        found[name] = float(persons[alive].sum())
        every += persons
    if (every > facts.size).any():
        raise ConservationError("more persons of a party are hurt than it has")
    return found
