"""Townships, villages and danger zones on the map, and the roads that join them."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field

from making.keyed import between, share, split, whole
from making.names import COMMUNITIES, SEAT, TOWNSHIPS, ZONE_PARTS, village_names
from making.rivers import TRIBUTARIES, River

DANGER_VILLAGES = 180
RIVER_VILLAGES = 186
HILL_VILLAGES = 62
MOUTH_M = 750.0


@dataclass
class Township:
    """A township: its seat at a chainage of its river, and the reach it owns."""

    id: str
    name: str
    en: str
    river: River
    s: float
    reach: tuple[float, float] = (0.0, 0.0)
    side: float = 1.0
    streets: list[int] = field(default_factory=list)


@dataclass
class Zone:
    """A danger zone 片区 of a village: homes by the river, an assembly point on the road."""

    id: str
    name: str
    village: Village
    s: float
    home_above_bank_m: float
    spread_m: float
    households: int
    home_node: int = -1
    assembly_node: int = -1


@dataclass
class Village:
    """An administrative village: by a river, in the hills, or a community of the county seat."""

    id: str
    name: str
    township: Township
    kind: str
    s: float
    side: float
    off_m: float = 0.0
    centre: int = -1
    minibus_only: bool = False
    zones: list[Zone] = field(default_factory=list)


def make_townships(rivers: list[River]) -> list[Township]:
    """The 22 townships with the reaches of river they own."""
    by_id = {river.id: river for river in rivers}
    towns = [
        Township(f"T{k:02d}", name, en, by_id[rid], where * by_id[rid].length)
        for k, (name, en, rid, where) in enumerate(TOWNSHIPS, start=1)
    ]
    for river in rivers:
        mine = [town for town in towns if town.river is river]
        end = river.length - (800.0 if river.main else 1500.0)
        cuts = [1300.0, *((a.s + b.s) / 2 for a, b in itertools.pairwise(mine)), end]
        for town, start, stop in zip(mine, cuts[:-1], cuts[1:], strict=True):
            town.reach = (start, stop)
            town.side = 1.0 if river.main or share("bank", river.id) < 0.5 else -1.0
    return towns


def make_villages(towns: list[Township]) -> list[Village]:
    """260 villages: by the rivers in proportion to the reaches, the others in the hills."""
    lengths = [town.reach[1] - town.reach[0] + 3000.0 for town in towns]
    by_river = split(RIVER_VILLAGES, lengths)
    in_hills = split(HILL_VILLAGES, [between(1.0, 1.4, "hill", town.id) for town in towns])
    names = iter(village_names(RIVER_VILLAGES + HILL_VILLAGES))
    villages: list[Village] = []
    for town, n_river, n_hill in zip(towns, by_river, in_hills, strict=True):
        sites = _river_sites(town, n_river) + _hill_sites(town, n_hill)
        if town.name == SEAT:
            sites += [("town", town.s, 1.0, 0.0)] * len(COMMUNITIES)
        urban = iter(COMMUNITIES)
        for k, (kind, s, side, off) in enumerate(sites, start=1):
            vid = f"V{town.id[1:]}{k:02d}"
            name = next(urban) if kind == "town" else next(names)
            minibus = kind != "town" and share("minibus", vid) < 0.28
            villages.append(Village(vid, name, town, kind, s, side, off, minibus_only=minibus))
    return villages


def _river_sites(town: Township, count: int) -> list[tuple[str, float, float, float]]:
    start, stop = town.reach
    sites = []
    for k in range(count):
        s = start + (stop - start) * (k + between(0.25, 0.75, "site", town.id, k)) / count
        other = share("other bank", town.id, k) < (0.42 if town.river.main else 0.40)
        if town.river.main and (in_gorge(s) or abs(s - town.s) < 1200.0):
            other = False
        sites.append(("river", s, -town.side if other else town.side, 0.0))
    return sites


def in_gorge(s: float) -> bool:
    """Stretches of the main river without room for a road on the right bank."""
    return 13_500 < s < 17_500 or 43_000 < s < 46_500


def _hill_sites(town: Township, count: int) -> list[tuple[str, float, float, float]]:
    start, stop = town.reach
    sites = []
    for k in range(count):
        s = start + (stop - start) * (k + between(0.1, 0.9, "hill site", town.id, k)) / count
        side = town.side if share("hill side", town.id, k) < 0.65 else -town.side
        low = 1900.0 if town.river.main else 1300.0
        sites.append(("hill", s, side, between(low, 5000.0, "hill off", town.id, k)))
    return sites


def make_zones(villages: list[Village]) -> list[Zone]:
    """1 to 3 danger zones in 180 of the villages by the rivers."""
    by_river = [v for v in villages if v.kind == "river"]
    ranked = sorted(by_river, key=lambda v: (share("no danger", v.id), v.id))
    spared = {v.id for v in ranked[: RIVER_VILLAGES - DANGER_VILLAGES]}
    zones: list[Zone] = []
    for village in by_river:
        if village.id in spared:
            continue
        u = share("zones", village.id)
        count = 1 if u < 0.62 else 2 if u < 0.92 else 3
        for k in range(1, count + 1):
            zones.append(_zone(village, k))
            village.zones.append(zones[-1])
    return zones


def _zone(village: Village, k: int) -> Zone:
    zid = f"Z{village.id[1:]}{k}"
    river = village.township.river
    low, high, spread = (1.0, 3.3, 0.7) if river.main else (0.8, 2.5, 0.5)
    wanted = village.s + (k - 1) * 380.0 * (1 if k % 2 else -1) + between(-120, 120, "zone s", zid)
    u = share("households", zid)
    first = whole(0, len(ZONE_PARTS) - 1, "part", village.id)
    part = ZONE_PARTS[(first + 2 * k) % len(ZONE_PARTS)]
    return Zone(
        id=zid,
        name=f"{village.name.removesuffix('村')}{part}",
        village=village,
        s=_clear_of_mouths(river, wanted),
        home_above_bank_m=round(between(low, high, "home", zid), 2),
        spread_m=round(spread * between(0.7, 1.0, "spread", zid), 2),
        households=20 + int(100.99 * u * math.sqrt(u)),
    )


def _clear_of_mouths(river: River, wanted: float) -> float:
    """Homes of the main river stand clear of the tributaries' mouths, and the other way round."""
    if not river.main:
        return min(max(wanted, 600.0), river.length - 1700.0)
    for _, _, _, where, _ in TRIBUTARIES:
        mouth = where * river.length
        if abs(wanted - mouth) < MOUTH_M:
            wanted = mouth + (MOUTH_M if wanted >= mouth else -MOUTH_M)
    return min(max(wanted, 600.0), river.length - 700.0)
