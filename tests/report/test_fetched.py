"""Reports speak of boats where there is water or a boat was used, and of teams elsewhere."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from sim.experiment.scored import ScoredRun
from sim.report.fetched import BOAT_MEASURES, speaks_of_boats, worth_telling


def _scored(*plans: dict[str, list[float]]) -> ScoredRun:
    tables = {
        f"p{k}": SimpleNamespace(values={name: np.array(v) for name, v in plan.items()})
        for k, plan in enumerate(plans)
    }
    return cast(ScoredRun, SimpleNamespace(tables=tables))


@pytest.mark.parametrize(
    ("plans", "said"),
    [
        ([{"moved_by_boat": [0.0, 0.0]}], True),
        ([{"moved_by_boat": [0.0, 0.0], "moved_by_team": [3.0, 0.0]}], False),
        ([{"moved_by_boat": [0.0, 2.0], "moved_by_team": [3.0, 0.0]}], True),
        ([{"moved_by_team": [0.0]}, {"moved_by_boat": [np.nan, 1.0]}], True),
        ([{"moved_by_team": [9.0], "boat_trips": [3.0]}], False),
        ([{"boat_trips": [np.nan]}, {"moved_by_team": [0.0]}], False),
    ],
)
def test_boats_are_spoken_of(plans: list[dict[str, Any]], said: bool) -> None:
    """Water alone: always, for nobody in a boat is news. Else: only where one was used."""
    scored = _scored(*plans)
    assert speaks_of_boats(scored) is said
    told = worth_telling(scored, ("stranded", *BOAT_MEASURES, "moved_by_team"))
    assert ("moved_by_boat" in told) is said
    assert {"stranded", "moved_by_team"} <= set(told)
