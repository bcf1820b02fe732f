"""Shadow evacuees: households outside the to-move lists who leave by car when others are told to.

They are no parties: nobody counts them at a gate, but their cars stand in the same queues. Each
settlement off the lists listens to the nearest zone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.cars import CarGroup
from sim.draws import child_keys, sample, share_q32
from sim.engine import Engine
from sim.log import Kind
from sim.state import Process
from sim.world import households_off_lists

Int64 = NDArray[np.int64]


def begin(engine: Engine) -> None:
    """Put the settlements off the lists on alert, each behind its nearest zone."""
    share = engine.run.world.spec.traffic.shadow_share
    if not share:
        return
    first = 0
    for zone, homes in sorted(engine.run.world.statics.listens_to.items()):
        for home in homes:
            count = households_off_lists(engine.run.world, home)
            keys = child_keys(int(engine.run.world.homes.keys[home]), count)
            leaves = engine.run.draws.chance("shadow/leaves", keys, share_q32(share))
            if leaves.any():
                engine.run.start(_leave(engine, zone, home, keys[leaves], first))
                first += int(leaves.sum())


def _leave(engine: Engine, zone: int, home: int, keys: NDArray[np.uint64], first: int) -> Process:
    """They hear the order of the zone, pack as everybody does, and drive."""
    run, world = engine.run, engine.run.world
    yield run.ordered("move", zone)
    packs = sample(run.draws, "shadow/prepare", world.behaviour.prepare, keys, keys)
    node, exit_place = world.places.node, world.exit_place + int(world.homes.exit[home])
    n = len(keys)
    run.log.add(run.now, Kind.SHADOW, home, exit_place, n)
    group = CarGroup(
        len(world.parties) + first + np.arange(n),
        run.now + packs,
        np.zeros(n, dtype=np.int32),
        np.full(n, node[home]),
        np.full(n, node[exit_place]),
    )
    engine.traffic.submit_shadow(group)
