"""A member's roads as they were in a night in which teams cleared some, from its log.

What is drawn, read out or measured afterwards goes by these, not by the hazard's own times.
"""

from __future__ import annotations

from sim.hazards.debris import DEBRIS
from sim.log import Kind, RunLog
from sim.member_view import MemberView
from sim.processes.road_blocks import blocks_of, own_roads
from sim.roads.router import RoadRouter
from sim.world import World


def as_cleared(world: World, view: MemberView, log: RunLog) -> MemberView:
    """The view of a member with everything taken away that the teams of a night took away."""
    cleared = log.of(Kind.ROAD_CLEARED)
    if not len(cleared):
        return view
    blocks, step_ms = list(blocks_of(world, view)), world.hazard.step_ms
    view = own_roads(view, step_ms)
    told = {row["place"].item(): row["t"].item() for row in log.of(Kind.ROAD_BLOCKED)}
    for at, _, edge, number, _ in cleared.tolist():
        lay, free = told[number] // step_ms, at // step_ms + 1
        for block in blocks:
            if block.edges[0] == edge and block.since <= lay < block.until and free < block.until:
                assert isinstance(view.router, RoadRouter)
                view.router.clear(DEBRIS.code, block.edges, slice(free, block.until))
    return view
