"""Measurements by case and player, and how numbers are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from measure import Played, from_json
from steps import PLANS


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def seconds(value: float) -> str:
    """Seconds with three digits."""
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.3g}" if value >= 0.001 else f"{value:.4f}"


def times(value: float) -> str:
    """A ratio: 3.4x, 62x, 1,240x."""
    return f"{value:,.0f}×" if value >= 10 else f"{value:.1f}×"


class Found:
    """The measurements, by case and player."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.cases = {name: from_json(data[name]) for name in PLANS if name in data}

    def get(self, case: str, player: str) -> Played | None:
        """What a player did on a case, if it was measured."""
        return next((row for row in self.cases.get(case, []) if row.player == player), None)

    def ratio(self, case: str, player: str, mine: str = "Yuyan", search: bool = False) -> float:
        """Seconds of a peer by ours; nan where one of them was not measured."""
        a, b = self.get(case, player), self.get(case, mine)
        if a is None or b is None:
            return float("nan")
        return (a.run_s + (a.search_s if search else 0.0)) / b.run_s
