"""Vehicles with their depots, rescue teams with their stations, command posts."""

from __future__ import annotations

from making.county import County
from making.files import Rows, place
from making.keyed import between, pick
from making.names import SEAT
from making.places import Township

COMPANIES: list[tuple[str, str, str, int, int, str, float]] = [
    ("D01", "县公交公司", SEAT, 10, 4, "own", 0.84),
    ("D02", "县长途客运公司", SEAT, 12, 4, "contracted", 0.74),
    ("D03", "县校车公司", SEAT, 4, 10, "contracted", 0.66),
    ("D04", "云江旅游客运公司", "罗滩镇", 6, 4, "contracted", 0.62),
    ("D05", "梅渡农村客运站", "梅渡镇", 2, 4, "contracted", 0.70),
    ("D06", "白沙农村客运站", "白沙镇", 0, 4, "contracted", 0.70),
    ("D07", "黄竹农村客运站", "黄竹镇", 0, 3, "contracted", 0.72),
    ("D08", "青溪农村客运站", "青溪镇", 0, 3, "contracted", 0.72),
]
"""Depot, name, township, coaches, minibuses, contract, share of drivers who turn up at night."""
COACH_SIZES = [(45, 2.5, 3.3, 13.5), (49, 2.5, 3.5, 15.5), (53, 2.5, 3.6, 17.5)]
HOSPITAL_AMBULANCES = [("D11", "县人民医院急救站", 7), ("D12", "县中医院急救站", 4)]


def depots(county: County, towns: list[Township]) -> Rows:
    """Companies, hospitals, and the health centre of every township."""
    by_name = {town.name: town for town in towns}
    rows: Rows = []
    for k, (did, name, town_name, *_) in enumerate(COMPANIES):
        streets = by_name[town_name].streets
        node = county.net.nodes[streets[(13 * k + 3) % len(streets)]]
        rows.append({"id": did, "name": name, **place(node)})
    for k, (did, name, _) in enumerate(HOSPITAL_AMBULANCES):
        node = county.net.nodes[by_name[SEAT].streets[20 + 11 * k]]
        rows.append({"id": did, "name": name, **place(node)})
    for town in towns:
        node = county.net.nodes[town.streets[len(town.streets) // 2 + 1]]
        rows.append({"id": f"DW{town.id[1:]}", "name": f"{town.name}卫生院", **place(node)})
    return rows


def vehicles(towns: list[Township]) -> Rows:
    """One row per vehicle: coaches, minibuses, ambulances."""
    rows: Rows = []
    for did, _, _, coaches, minibuses, contract, turnup in COMPANIES:
        for k in range(1, coaches + 1):
            vid = f"C{did[1:]}{k:02d}"
            seats, width, height, weight = pick(COACH_SIZES, "coach", vid)
            rows.append(_vehicle(vid, "coach", seats, did, contract, turnup)
                        | {"wheelchair_places": 1 if contract == "own" else 0, "width_m": width,
                           "height_m": height, "weight_t": weight})  # fmt: skip
        for k in range(1, minibuses + 1):
            rows.append(_vehicle(f"M{did[1:]}{k:02d}", "minibus", 19, did, contract, turnup)
                        | {"wheelchair_places": 1, "width_m": 2.05, "height_m": 2.7,
                           "weight_t": 6.0})  # fmt: skip
    homes = [did for did, _, count in HOSPITAL_AMBULANCES for _ in range(count)]
    homes += [f"DW{town.id[1:]}" for town in towns]
    homes += [f"DW{town.id[1:]}" for town in towns if town.name.endswith("镇")]
    for k, did in enumerate(homes, start=1):
        rows.append(_vehicle(f"J{k:02d}", "ambulance", 4, did, "own", 0.85)
                    | {"wheelchair_places": 2, "width_m": 2.0, "height_m": 2.6,
                       "weight_t": 3.5})  # fmt: skip
    return rows


def _vehicle(
    vid: str, kind: str, seats: int, depot: str, contract: str, turnup: float
) -> dict[str, object]:
    return {"id": vid, "class": kind, "seats": seats, "wheelchair_places": 0, "depot": depot,
            "count": 1, "contract": contract, "driver_turnup_share": f"{turnup:.2f}"}  # fmt: skip


COUNTY_TEAMS: list[tuple[str, str, str, int, int, str, int]] = [
    ("B01", "消防救援大队一组", "ST01", 2, 8, "yes", 8),
    ("B02", "消防救援大队二组", "ST01", 2, 8, "yes", 8),
    ("B03", "消防救援大队三组", "ST01", 2, 8, "yes", 8),
    ("B04", "民兵应急分队一组", "ST02", 2, 6, "yes", 40),
    ("B05", "民兵应急分队二组", "ST02", 2, 6, "no", 40),
    ("B06", "云岭民间救援队", "ST03", 2, 6, "yes", 60),
]
"""Team, name, station, boats, persons per trip, may work at night, minutes to be ready."""


def stations(county: County, towns: list[Township]) -> Rows:
    """Three stations in the county seat, one in every township."""
    seat = next(town for town in towns if town.name == SEAT)
    names = ("县消防救援大队", "县民兵应急分队", "云岭民间救援队基地")
    rows: Rows = [
        {"id": f"ST{k:02d}", "name": name, **place(county.net.nodes[seat.streets[9 * k]]),
         "township": SEAT}
        for k, name in enumerate(names, start=1)
    ]  # fmt: skip
    for town in towns:
        node = county.net.nodes[town.streets[1]]
        rows.append({"id": f"ST-{town.id}", "name": f"{town.name}应急站", **place(node),
                     "township": town.name})  # fmt: skip
    return rows


def teams(towns: list[Township]) -> Rows:
    """Six teams of the county with 12 boats, and a small boat in each of the 22 townships."""
    names = ("id", "name", "station", "boats", "persons_per_trip", "night_ok", "ready_min")
    rows: Rows = [dict(zip(names, team, strict=True)) for team in COUNTY_TEAMS]
    for town in towns:
        night = "no" if between(0, 1, "night boat", town.id) < 0.3 else "yes"
        small = (f"BT{town.id[1:]}", f"{town.name}冲锋舟组", f"ST-{town.id}", 1, 4, night, 25)
        rows.append(dict(zip(names, small, strict=True)))
    return rows


def posts(towns: list[Township]) -> Rows:
    """The county's headquarters and 22 township headquarters."""
    rows: Rows = [{"id": "P-00", "name": "云岭县防汛抗旱指挥部", "level": "county", "parent": "",
                   "township": "", "callers": 6}]  # fmt: skip
    for town in towns:
        rows.append({"id": f"P-{town.id[1:]}", "name": f"{town.name}防汛指挥所",
                     "level": "township", "parent": "P-00", "township": town.name,
                     "callers": 3 if town.name.endswith("镇") else 2})  # fmt: skip
    return rows
