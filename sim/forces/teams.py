"""Teams of a scenario as units: people × skills × vehicle × equipment."""

from __future__ import annotations

from collections.abc import Sequence

from sim.clock import minutes
from sim.forces.capabilities import Capabilities
from sim.forces.units import UnitSpec
from sim.schema.forces import amounts_of
from sim.schema.tables import TeamRow


def brings(row: TeamRow) -> dict[str, int]:
    """Capabilities of a team: persons with a skill, limited by the pieces of that name.

    A team without skills brings its boats. Two divers bring ``diving:2``; two operators with one
    digger bring ``digger:1``; a digger that nobody can work brings nothing.
    """
    if not row.skills:
        return {"boat": row.boats} if row.boats else {}
    pieces = amounts_of(row.equipment)
    return {
        name: min(persons, pieces.get(name, persons))
        for name, persons in amounts_of(row.skills).items()
    }


def vehicles_of(rows: Sequence[TeamRow]) -> tuple[str, ...]:
    """Names of the vehicle classes in use, in the order of the alphabet."""
    return tuple(sorted({row.vehicle_class for row in rows}))


def unit_of(
    row: TeamRow, post: int, capabilities: Capabilities, vehicles: Sequence[str]
) -> UnitSpec:
    """A team at a post; ready after its stated minutes (0 where none are stated)."""
    return UnitSpec(
        capabilities.brought(brings(row)),
        post,
        kind=vehicles.index(row.vehicle_class),
        turnout_ms=minutes(row.ready_min or 0),
    )
