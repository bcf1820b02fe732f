"""Travel times as the desk and its rules ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Travel(Protocol):
    """Times on today's roads."""

    def to(self, place: int, now: int) -> Sequence[Sequence[int]]:
        """For every vehicle class the times in ms from every node to a place, NEVER: no way."""
        ...
