"""Outages of a scenario: what they hit exists, and so does the place from which the mains come."""

from __future__ import annotations

from collections.abc import Iterator

from sim.io.checked import Checked, near, noted
from sim.schema.problems import Problem
from sim.schema.tables import PlaceRow, ShelterRow


def check_outages(folder: Checked) -> Iterator[Problem]:
    """Ids used once; shelters, townships of shelters and places that exist; somebody is hit."""
    shelters = [row for _, row in folder.rows("shelters", ShelterRow)]
    known = {
        "shelters": set(folder.ids("shelters")),
        "townships": {row.township for row in shelters if row.township},
    }
    seen: set[str] = set()
    for i, outage in enumerate(folder.spec.outages):
        if outage.id in seen:
            yield noted(folder.source, ("outages", i, "id"), "id.duplicate", outage.id)
        seen.add(outage.id)
        for field, names in known.items():
            for k, name in enumerate(getattr(outage, field)):
                if name not in names:
                    entry = ("outages", i, field, k)
                    yield noted(folder.source, entry, "ref.unknown", name, near(name, names))
        if not shelters:
            yield noted(folder.source, ("outages", i), "outage.hits_nobody", outage.id)
        places = _places(folder)
        if outage.reached and outage.reached not in places:
            here = ("outages", i, "reached")
            name = outage.reached
            yield noted(folder.source, here, "ref.unknown", name, near(name, places))


def _places(folder: Checked) -> set[str]:
    """Ids of everything that stands on the map."""
    return {
        row.id
        for table in folder.tables
        if table != "gauges"
        for _, row in folder.rows(table, PlaceRow)
        if isinstance(row, PlaceRow)
    }
