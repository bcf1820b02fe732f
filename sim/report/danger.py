"""The most dangerous zones and who answers for them, over all replications of a plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.measures.result_table import ResultTable
from sim.report.book import Book
from sim.schema.tables import SettlementRow
from sim.world import World

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class DangerZone:
    """One zone under one plan.

    Attributes:
        people: persons on the lists; left_behind: persons not out when its road is cut, mean over
            all replications (0 in those in which it is not cut).
        cut_share: share of the replications in which its road is cut.
        order_min, out_min: median clock minutes of the order and of nine in ten out; +∞ never,
            None when the replications do not tell.
        margin_min: the time between nine in ten counted and the cut-off that nine nights of ten
            have at least; −∞ never counted, None when it is never cut.
        answers: organiser and deputy of its settlements, most people first.
    """

    id: str
    name: str
    township: str
    people: int
    left_behind: float
    cut_share: float
    order_min: float | None
    out_min: float | None
    margin_min: float | None
    answers: tuple[str, ...]


def danger_zones(book: Book, plan: str, most: int = 10) -> tuple[DangerZone, ...] | None:
    """Zones by how many people they leave behind at the cut-off, the worst first.

    Zones that leave nobody behind are left out; the sum over all zones is the measure
    ``left_behind_at_cutoff``. None without the scenario or where no cut-off is known.
    """
    world, table = book.world, book.scored.tables[plan]
    if world is None or "out_before_cutoff_share" not in table.values:
        return None
    zones = world.zones.rows
    people = np.bincount(world.zone_of_party(), world.parties.size, minlength=len(zones))
    left = np.array(
        [_left_behind(table, zone.id, int(people[row])) for row, zone in enumerate(zones)]
    )
    worst = [row for row in np.argsort(-left, kind="stable").tolist() if left[row] > 0][:most]
    return tuple(_zone(world, table, row, int(people[row]), float(left[row])) for row in worst)


def _left_behind(table: ResultTable, zone: str, people: int) -> float:
    """Mean persons of a zone not out at its cut-off, over all replications."""
    share = table.of(f"zone:{zone}:out_before_cutoff_share")
    margin = table.of(f"zone:{zone}:t90_margin_min")
    behind = np.where(np.isnan(margin) | np.isnan(share), 0.0, (1.0 - share) * people)
    return float(behind.mean()) if behind.size else 0.0


def _zone(world: World, table: ResultTable, row: int, people: int, left: float) -> DangerZone:
    zone = world.zones.rows[row]
    margin = table.of(f"zone:{zone.id}:t90_margin_min")
    known = np.sort(margin[~np.isnan(margin)])
    return DangerZone(
        id=zone.id,
        name=zone.name,
        township=zone.township,
        people=people,
        left_behind=left,
        cut_share=float(np.mean(~np.isnan(margin))),
        order_min=_middle(table.of(f"zone:{zone.id}:order_clock_min")),
        out_min=_middle(table.of(f"zone:{zone.id}:out_clock_min")),
        margin_min=float(known[(len(known) - 1) // 10]) if known.size else None,
        answers=_answers(world, row),
    )


def _middle(values: Floats) -> float | None:
    """Lower median of the replications that know a value."""
    known = np.sort(values[~np.isnan(values)])
    return float(known[(known.size - 1) // 2]) if known.size else None


def _answers(world: World, zone: int) -> tuple[str, ...]:
    """Organisers and deputies of a zone's settlements, those with most people first."""
    parties = world.parties
    persons = np.bincount(parties.home, parties.size, minlength=len(world.homes.rows))
    homes = sorted(world.homes.zone_homes(zone), key=lambda home: -persons[home])
    found: dict[str, None] = {}
    for home in homes:
        place = world.homes.rows[home]
        if isinstance(place, SettlementRow):
            for person in (place.organiser, place.deputy):
                if person:
                    found[world.organisers[person].name or person] = None
    return tuple(found)
