"""Whether the words of water and boats fit a world."""

from __future__ import annotations

from sim.world import World


def with_water(world: World | None) -> bool:
    """Whether any level of the hazard is a depth of water; as if so when nobody can tell."""
    if world is None:
        return True
    return any(layer.scale.is_water for layer in world.layers(world.hazard.member(0)))
