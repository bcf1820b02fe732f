"""A made-up simulation, so that the experiment is tested without a county."""

from __future__ import annotations

import pytest
from fake_player import FakePlayer, fake_identity

from sim.experiment.identity import Identity


@pytest.fixture
def player() -> FakePlayer:
    """A quick simulation with two plans, ``late`` and ``early``."""
    return FakePlayer(seed=7)


@pytest.fixture
def identity() -> Identity:
    """The run it belongs to."""
    return fake_identity(seed=7)
