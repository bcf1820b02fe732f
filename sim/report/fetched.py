"""Whether a report speaks of boats: not of a fire or a quake in which nobody needed one.

A hazard that can hold people otherwise than by water knows teams that fetch them over land
(``moved_by_team``); there, boats are spoken of where any was used. Of water alone they always are:
that nobody had to be fetched is news.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.experiment.scored import ScoredRun

BOAT_MEASURES = ("moved_by_boat", "boat_share", "boat_trips")


def speaks_of_boats(scored: ScoredRun) -> bool:
    """Whether water alone is the danger, or a boat was used in any replication of any plan."""
    tables = [table.values for table in scored.tables.values()]
    if not any("moved_by_team" in values for values in tables):
        return True
    # Teams over land make trips too: only people brought out by boat tell.
    return any(bool(np.nansum(values.get("moved_by_boat", 0.0)) > 0) for values in tables)


def worth_telling(scored: ScoredRun, measures: Iterable[str]) -> list[str]:
    """The measures without those of boats where a report does not speak of boats."""
    boats = speaks_of_boats(scored)
    return [name for name in measures if boats or name not in BOAT_MEASURES]
