"""The road network with the nodes that later parts ask for, and small helpers on it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from making.keyed import between, noise
from making.network import Network
from making.rivers import River

Line = list[tuple[float, int]]
"""Nodes of a valley road with their chainage along the river."""


@dataclass
class County:
    """The road network with the nodes that later parts ask for."""

    net: Network
    left: Line = field(default_factory=list)
    right: Line = field(default_factory=list)
    valley: dict[str, Line] = field(default_factory=dict)
    banks: dict[tuple[str, float], list[int]] = field(default_factory=dict)
    exits: dict[str, int] = field(default_factory=dict)
    interchange: int = -1

    def bank_nodes(self, river: River, side: float) -> list[int]:
        """Road nodes on one bank of a river."""
        return self.banks.setdefault((river.id, side), [])


def nearest_node(line: Line, s: float) -> int:
    """The node of a valley road nearest to a chainage."""
    return min(line, key=lambda item: (abs(item[0] - s), item[1]))[1]


def winding(
    a: tuple[float, float], b: tuple[float, float], count: int, name: str
) -> list[tuple[float, float]]:
    """Points of a mountain road between two ends: wide swings and small bends, none at the ends."""
    points = []
    dx, dy = b[0] - a[0], b[1] - a[1]
    norm = math.sqrt(dx * dx + dy * dy)
    for k in range(1, count):
        t = k / count
        x, y = a[0] + dx * t, a[1] + dy * t
        swing = min(0.30 * norm, 1500.0) * 4 * t * (1 - t) * noise(x, y, 2400.0, "swing" + name)
        swing += 110.0 * (1 if k % 2 else -1) * between(0.2, 1.0, "bend", name, k)
        points.append((x - dy / norm * swing, y + dx / norm * swing))
    return points
