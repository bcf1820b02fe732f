"""Who would agree to leave tonight: the engine's own draws, made again.

A household has one resistance and goes at the first contact that persuades more (see
``sim.processes.residents``). Whether it goes at all depends on the strongest contact the plan
offers, not on when the order comes, so the same people are counted for every order time.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.draws import Draws, sample, shares_q32
from sim.plan import Plan
from sim.world import World


def would_agree(world: World, plan: Plan, draws: Draws) -> NDArray[np.bool_]:
    """Parties that leave when the plan's strongest contact reaches them, bool[n_parties].

    Facilities leave as a whole. Without a second sweep those whom the first visit does not
    persuade have refused; without visits those whom the broadcast does not persuade.
    """
    parties, behaviour, zones = world.parties, world.behaviour, world.zones.keys
    contacts = [("decide/broadcast", behaviour.comply_broadcast)]
    if plan.organise.door_knocking:
        contacts.append(("decide/visit", behaviour.comply_visit))
        if plan.organise.second_sweep:
            contacts.append(("decide/second", behaviour.comply_second))
    zone_of = np.maximum(world.zone_of_party(), 0)
    keys = zones[zone_of] if len(zones) else parties.key
    persuaded = np.zeros(len(parties), dtype=np.int64)
    for purpose, share in contacts:
        drawn = shares_q32(sample(draws, purpose, share, parties.key, keys))
        persuaded = np.maximum(persuaded, drawn)
    resistance = draws.u32("decide/resistance", parties.key).astype(np.int64)
    goes: NDArray[np.bool_] = (resistance < persuaded) | parties.facility
    return goes
