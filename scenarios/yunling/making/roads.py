"""All roads of the county, in the order in which it grew."""

from __future__ import annotations

from making.county import County
from making.mountain_roads import expressway, passes
from making.network import Network
from making.places import Township, Village
from making.terrain import Terrain
from making.valley_roads import main_bridges, main_roads, streets, valley_road
from making.village_roads import (
    hill_village,
    minibus_only,
    other_bank_roads,
    ridge_tracks,
    river_village,
    zone_roads,
)


def build_roads(terrain: Terrain, towns: list[Township], villages: list[Village]) -> County:
    """Valleys, towns, villages, hills, passes, ways out."""
    county = County(Network(terrain))
    main_roads(county, terrain)
    for river in terrain.rivers[1:]:
        side = next(t.side for t in towns if t.river is river)
        valley_road(county, river, side)
    for town in towns:
        streets(county, town)
    main_bridges(county, towns)
    for village in villages:
        if village.kind == "river":
            river_village(county, village)
    other_bank_roads(county, villages)
    for village in villages:
        for zone in village.zones:
            zone_roads(county, zone)
    in_hills = [village for village in villages if village.kind == "hill"]
    for village in sorted(in_hills, key=lambda v: (v.off_m, v.id)):
        hill_village(county, village)
    ridge_tracks(county, villages)
    passes(county)
    expressway(county)
    minibus_only(county, villages)
    return county
