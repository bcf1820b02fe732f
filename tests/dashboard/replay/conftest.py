"""One night of the made-up county, played once for all tests of the map."""

from __future__ import annotations

from pathlib import Path

import pytest
from replay_kit import Replayed, replayed

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def yunling_night() -> Replayed:
    """Late orders and boats: every kind of mover, blocked roads, people waiting."""
    return replayed(ROOT / "scenarios" / "yunling", "a_late_boats")
