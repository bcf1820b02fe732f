"""Parties 转移单元 from the tables: households, special-group persons with escort, facility groups.

A party moves as one and never splits. Parties belong to the scenario: they are the same in every
replication and for every plan, so the number of people at risk is too. Sizes and ways out are
dealt out by largest remainder in a keyed random order, so table shares are met exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.draws import Draws, child_keys, stable_key
from sim.schema.scenario import Behaviour, Present
from sim.schema.tables import FacilityRow, GroupRow, SettlementRow
from sim.states import Way

NEEDS = {"none": 0, "wheelchair": 1, "ambulance": 2}
WAY_OF_FACILITY = {
    "coach": Way.COACH,
    "on_foot": Way.VILLAGE_SHELTER,
    "own_car": Way.RELATIVES,
    "in_place": Way.IN_PLACE,
}
WORLD_SEED = 0
"""Seed of everything that belongs to the scenario and not to a replication."""


@dataclass(frozen=True)
class Parties:
    """Columns of all parties on the to-move lists, sorted by settlement, then facility.

    key: uint64 stable key; home: row of the settlement (facilities follow the settlements);
    size: persons; needs: 0 none, 1 wheelchair, 2 ambulance; special: belongs to a special group;
    facility: lives in a facility; way: planned way out; offset_mm: home above the settlement's
    reference level; safe_floor: the house has a safe upper floor; walk_mm_s: speed on foot;
    prep_q16: preparation factor in 1/65536; ready_ms: fixed preparation of a facility, else -1.
    ``start[h]:start[h + 1]`` are the parties of home h.
    """

    key: NDArray[np.uint64]
    home: NDArray[np.int32]
    size: NDArray[np.int32]
    needs: NDArray[np.int8]
    special: NDArray[np.bool_]
    facility: NDArray[np.bool_]
    way: NDArray[np.int8]
    offset_mm: NDArray[np.int64]
    safe_floor: NDArray[np.bool_]
    walk_mm_s: NDArray[np.int64]
    prep_q16: NDArray[np.int64]
    ready_ms: NDArray[np.int64]
    start: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.key)


def people_present(row: SettlementRow, present: Present, by_day: bool) -> int:
    """Persons at a settlement at the hour of the scenario, outsiders included."""
    given = row.present_day if by_day else row.present_night
    fallbacks = (given, row.resident, row.registered, 0)
    base = next(value for value in fallbacks if value is not None)
    factor = row.holiday_factor if present.holiday else 1.0
    return round(base * factor) + row.outsiders


def largest_remainder(total: int, shares: Sequence[float]) -> list[int]:
    """Split a whole number by shares so that the parts add up; ties go to the earlier share."""
    scale = sum(shares)
    if scale <= 0:
        return [0] * len(shares)
    exact = [total * share / scale for share in shares]
    parts = [int(value) for value in exact]
    by_rest = sorted(range(len(shares)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_rest[: total - sum(parts)]:
        parts[i] += 1
    return parts


def household_sizes(persons: int, mean: float, keys_of: Draws, key: int) -> NDArray[np.int32]:
    """Sizes of households that add up to ``persons`` exactly, int32[number of households].

    One person plus a Poisson-like number around the mean; the sum is then mended one person at a
    time in keyed order, so no household is empty.
    """
    count = max(1, round(persons / mean)) if persons else 0
    if count == 0:
        return np.zeros(0, dtype=np.int32)
    u = keys_of.u32("world.household_size", child_keys(key, count)) / 2.0**32
    weights = _shifted_poisson(mean - 1)
    sizes = 1 + np.searchsorted(weights, u).astype(np.int32)
    order = np.argsort(u, kind="stable")
    excess, i = int(sizes.sum()) - persons, 0
    while excess:
        row = order[i % count]
        if excess < 0 or sizes[row] > 1:
            step = 1 if excess < 0 else -1
            sizes[row] += step
            excess += step
        i += 1
    return sizes


def _shifted_poisson(mean: float) -> NDArray[np.float64]:
    """Cumulative probabilities of 0..8 further persons, rounded so that all machines agree."""
    p, cumulative, values = float(np.exp(-mean)), 0.0, []
    for k in range(9):
        cumulative += p
        values.append(round(cumulative, 9))
        p *= mean / (k + 1)
    return np.array(values[:-1])


class PartyTables:
    """The rows parties are made from, with what the scenario says about the hour."""

    def __init__(
        self, present: Present, by_day: bool, behaviour: Behaviour, largest_party: int
    ) -> None:
        self.present, self.by_day, self.behaviour = present, by_day, behaviour
        self.largest_party = largest_party
        self.draws = Draws(WORLD_SEED, 0)

    def build(
        self,
        settlements: Sequence[SettlementRow],
        groups: Sequence[GroupRow],
        facilities: Sequence[FacilityRow],
    ) -> Parties:
        """Parties of all settlements with a zone, then of all facilities with a zone."""
        blocks = [self._settlement(i, row, groups) for i, row in enumerate(settlements)]
        first = len(settlements)
        blocks += [self._facility(first + i, row) for i, row in enumerate(facilities)]
        names = [f.name for f in fields(Parties) if f.name != "start"]
        columns: dict[str, Any] = {
            name: np.concatenate([block[name] for block in blocks]) for name in names
        }
        counts = [len(block["key"]) for block in blocks]
        columns["start"] = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        for column in columns.values():
            column.flags.writeable = False
        return Parties(**columns)

    def _settlement(
        self, home: int, row: SettlementRow, groups: Sequence[GroupRow]
    ) -> dict[str, NDArray[Any]]:
        persons = people_present(row, self.present, self.by_day) if row.zone else 0
        mine = [g for g in groups if g.settlement in ("", row.id)]
        sizes, kinds = self.special(persons, mine)
        rest = persons - int(sum(sizes))
        key = stable_key(row.id)
        mean = row.household_size or self.behaviour.household_size
        households = household_sizes(rest, mean, self.draws, key)
        n_special, n = len(sizes), len(sizes) + len(households)
        keys = child_keys(key, n)
        group = [mine[k] for k in kinds]
        walk = [round(g.walk_mps * 1000) for g in group]
        able = round(self.behaviour.prepare.walk_mps * 1000)
        needs = np.zeros(n, dtype=np.int8)
        needs[:n_special] = [NEEDS[g.needs] for g in group]
        safe_floor = self._safe_floor(row, keys)
        prep = [round(g.prep_factor * 65536) for g in group]
        return {
            "key": keys,
            "home": np.full(n, home, dtype=np.int32),
            "size": np.concatenate([np.array(sizes, dtype=np.int32), households]),
            "needs": needs,
            "special": np.arange(n) < n_special,
            "facility": np.zeros(n, dtype=np.bool_),
            "way": self._ways(row, keys, needs, safe_floor),
            "offset_mm": self._offsets(row, keys),
            "safe_floor": safe_floor,
            "walk_mm_s": np.array(walk + [able] * len(households), dtype=np.int64),
            "prep_q16": np.array(prep + [65536] * len(households), dtype=np.int64),
            "ready_ms": np.full(n, -1, dtype=np.int64),
        }

    def special(self, persons: int, groups: Sequence[GroupRow]) -> tuple[list[int], list[int]]:
        """Sizes and group rows of special-group parties; escorts come out of the same people."""
        sizes: list[int] = []
        kinds: list[int] = []
        left = persons
        for k, group in enumerate(groups):
            for _ in range(round(persons * group.persons_share)):
                size = min(1 + group.escorts, left)
                if size < 1:
                    return sizes, kinds
                sizes.append(size)
                kinds.append(k)
                left -= size
        return sizes, kinds

    def _safe_floor(self, row: SettlementRow, keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
        wanted = round(len(keys) * row.safe_upper_floor_share)
        chosen = np.zeros(len(keys), dtype=np.bool_)
        chosen[self._keyed_order("world.safe_floor", keys)[:wanted]] = True
        return chosen

    def _ways(
        self,
        row: SettlementRow,
        keys: NDArray[np.uint64],
        needs: NDArray[np.int8],
        safe_floor: NDArray[np.bool_],
    ) -> NDArray[np.int8]:
        """Planned way out of every party, dealt by the shares of the settlement."""
        way = np.full(len(keys), Way.AMBULANCE, dtype=np.int8)
        free = np.flatnonzero(needs != NEEDS["ambulance"])
        default = self.behaviour
        given = (
            row.share_in_place, row.share_relatives, row.share_village_shelter, row.share_coach
        )  # fmt: skip
        library = (
            default.share_in_place, default.share_relatives,
            default.share_village_shelter, default.share_coach,
        )  # fmt: skip
        unset = all(share is None for share in given)
        shares = library if unset else tuple(share or 0.0 for share in given)
        counts = largest_remainder(len(free), shares)
        order = free[self._keyed_order("world.way", keys[free])]
        if row.high_ground_min is None:
            # staying needs a safe floor: those houses first, the surplus takes the coach
            order = order[np.argsort(~safe_floor[order], kind="stable")]
            surplus = max(0, counts[0] - int(safe_floor[free].sum()))
            counts = [counts[0] - surplus, counts[1], counts[2], counts[3] + surplus]
        at = 0
        for choice, count in zip(
            (Way.IN_PLACE, Way.RELATIVES, Way.VILLAGE_SHELTER, Way.COACH), counts, strict=True
        ):
            way[order[at : at + count]] = choice
            at += count
        return way

    def _offsets(self, row: SettlementRow, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        spread = round(row.elevation_spread_m * 1000)
        u = self.draws.u32("world.elevation", keys).astype(np.int64)
        return (u * (2 * spread) >> 32) - spread

    def _keyed_order(self, purpose: str, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        return np.argsort(self.draws.u32(purpose, keys), kind="stable")

    def _facility(self, home: int, row: FacilityRow) -> dict[str, NDArray[Any]]:
        persons = row.occupants_day if self.by_day else row.occupants_night
        if self.present.holiday and row.occupants_holiday is not None:
            persons = row.occupants_holiday
        persons = persons if row.zone else 0
        lying = round(persons * row.ambulance_share)
        seated = min(round(persons * row.wheelchair_share), persons - lying)
        rest = persons - lying - seated
        # a group that fits no vehicle could never leave
        group = min(row.party_size, self.largest_party)
        full, last = divmod(rest, group)
        sizes = [1] * (lying + seated) + [group] * full + ([last] if last else [])
        n = len(sizes)
        needs = np.array(([2] * lying + [1] * seated + [0] * n)[:n], dtype=np.int8)
        way = np.full(n, WAY_OF_FACILITY[row.way_out], dtype=np.int8)
        way[needs == NEEDS["ambulance"]] = Way.AMBULANCE
        return {
            "key": child_keys(stable_key("facility:" + row.id), n),
            "home": np.full(n, home, dtype=np.int32),
            "size": np.array(sizes, dtype=np.int32),
            "needs": needs,
            "special": np.arange(n) < lying + seated,
            "facility": np.ones(n, dtype=np.bool_),
            "way": way,
            "offset_mm": np.zeros(n, dtype=np.int64),
            "safe_floor": np.full(n, row.way_out == "in_place"),
            "walk_mm_s": np.full(n, round(self.behaviour.prepare.walk_mps * 1000), dtype=np.int64),
            "prep_q16": np.full(n, 65536, dtype=np.int64),
            "ready_ms": np.full(n, round(row.ready_min * 60_000), dtype=np.int64),
        }
