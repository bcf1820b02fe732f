"""Who lives where: settlements, special groups, facilities, organisers."""

from __future__ import annotations

from making.county import County
from making.files import Rows, place
from making.keyed import between, pick, share, split, whole
from making.names import SEAT
from making.places import Township, Village, Zone

RESIDENTS = 430_000
STRESS_POINTS = 18
"""Percentage points that move from relatives to the coach in the stress variant."""


def ways_out(village: Village, stress: bool) -> tuple[int, int, int, int]:
    """Percent in place, relatives, village shelter, coach of a village; they add up to 100.

    One village in eight has neither safe upper floors nor high ground within reach; one danger
    village in six has no shelter of its own.
    """
    in_place = 0 if not has_refuge(village) else whole(32, 53, "in place", village.id)
    shelter = 0 if not has_shelter(village) else whole(10, 19, "on foot", village.id)
    rest = 100 - in_place - shelter
    coach = int(rest * between(0.16, 0.33, "coach", village.id) + 0.5)
    relatives = rest - coach
    moved = min(STRESS_POINTS, relatives) if stress else 0
    return in_place, relatives - moved, shelter, coach + moved


def has_refuge(village: Village) -> bool:
    """Whether some houses of the village have a safe floor or high ground close by."""
    return share("refuge", village.id) >= 0.125


def has_shelter(village: Village) -> bool:
    """Whether the village has its own shelter."""
    return bool(village.zones) and share("shelter", village.id) >= 0.16


def settlements(county: County, villages: list[Village], stress: bool) -> Rows:
    """One row per danger zone, and one per village for everybody else."""
    at_risk = [_zone_row(county, zone, stress) for v in villages for zone in v.zones]
    taken: dict[str, int] = {}
    for row in at_risk:
        taken[str(row["village"])] = taken.get(str(row["village"]), 0) + int(str(row["resident"]))
    listed = sum(taken.values())
    weights = [max(_size(v) - taken.get(v.name, 0), 120.0) for v in villages]
    numbers = split(RESIDENTS - listed, weights)
    return at_risk + [
        _rest_row(county, village, count) for village, count in zip(villages, numbers, strict=True)
    ]


def _size(village: Village) -> float:
    """Rough number of residents of a whole village, before scaling to the county's total."""
    if village.kind == "town":
        return between(5200.0, 8200.0, "size", village.id)
    if village.kind == "hill":
        return between(500.0, 1200.0, "size", village.id)
    market = abs(village.s - village.township.s) < 700.0
    low, high = (2600.0, 4600.0) if market else (900.0, 2200.0)
    return between(low, high, "size", village.id)


def _zone_row(county: County, zone: Zone, stress: bool) -> dict[str, object]:
    village, key = zone.village, zone.id
    size = round(between(2.2, 2.8, "household", key), 2)
    night = int(zone.households * size + 0.5)
    resident = int(night * between(1.02, 1.09, "resident", key) + 0.5)
    percent = ways_out(village, stress)
    refuge = percent[0] > 0
    high_ground = refuge and share("high ground", village.id) < 0.45
    node = county.net.nodes[zone.home_node]
    return {
        "id": f"S{key[1:]}",
        "name": zone.name,
        **place(node),
        "village": village.name,
        "township": village.township.name,
        "zone": key,
        "elevation_spread_m": zone.spread_m,
        "registered": int(resident / between(0.62, 0.82, "registered", key) + 0.5),
        "resident": resident,
        "present_day": int(night * between(0.78, 0.93, "day", key) + 0.5),
        "present_night": night,
        "holiday_factor": round(between(1.15, 1.55, "holiday", village.id), 2),
        "outsiders": whole(4, 18, "outsiders", key) if share("has outsiders", key) < 0.10 else 0,
        "household_size": size,
        **{name: _hundredths(value) for name, value in zip(WAYS, percent, strict=True)},
        "safe_upper_floor_share": _hundredths(min(percent[0] + whole(4, 18, "floors", key), 85))
        if refuge else "0",
        "high_ground_min": whole(6, 22, "walk up", key) if high_ground else "",
        "assembly_point": f"A{key[1:]}",
        "village_shelter": f"HV{village.id[1:]}" if has_shelter(village) else "",
        "relatives_to": _relatives(village, key),
        "organiser": f"O{key[1:]}a",
        "deputy": f"O{key[1:]}b",
        "cadres": max(2, int(zone.households * between(0.06, 0.11, "cadres", key) + 0.5)),
    }  # fmt: skip


WAYS = ("share_in_place", "share_relatives", "share_village_shelter", "share_coach")


def _hundredths(percent: int) -> str:
    return f"{percent / 100:.2f}"


def _relatives(village: Village, key: str) -> str:
    """Relatives live in the township seat, in the county seat or beyond the county."""
    u = share("relatives", key)
    if u < 0.52 or village.township.name == SEAT:
        return f"XR{village.township.id[1:]}"
    if u < 0.88:
        return "XR00"
    x = village.township.river.at(village.township.s)[0]
    return "X-west" if x < 22_000 else "X-east" if x > 44_000 else "X-north"


def _rest_row(county: County, village: Village, resident: int) -> dict[str, object]:
    """Everybody of a village who does not live in a danger zone."""
    low, high = (0.95, 1.18) if village.kind == "town" else (0.68, 0.84)
    night = int(resident * between(0.95, 0.99, "night", village.id) + 0.5)
    return {
        "id": f"S{village.id[1:]}0",
        "name": f"{village.name}（其余）",
        **place(county.net.nodes[village.centre]),
        "village": village.name,
        "township": village.township.name,
        "registered": int(resident / between(low, high, "registered", village.id) + 0.5),
        "resident": resident,
        "present_day": int(night * between(0.80, 0.95, "day", village.id) + 0.5),
        "present_night": night,
        "holiday_factor": round(between(1.15, 1.55, "holiday", village.id), 2),
        "outsiders": 0,
    }


def groups() -> Rows:
    """Special groups: everybody over 60 is in one of them, which makes 30 % of those present.

    Bedridden 1.2 %, wheelchair 2 %, alone 4 %, couples 9.9 + 9.9 %, grandparents with left-behind
    children 3 %.
    """
    source = "县情设定：60岁以上共占在村人口30%（夫妇两位、留守儿童的祖辈均计入）"
    rows: list[tuple[str, str, str, str, int, str, str]] = [
        ("bedridden", "卧床失能老人（1名陪护）", "0.012", "ambulance", 1, "0.5", "1.6"),
        ("wheelchair", "坐轮椅或行动不便者（1名陪护）", "0.02", "wheelchair", 1, "0.7", "1.4"),
        ("alone", "独居老人（1名帮扶人）", "0.04", "none", 1, "0.8", "1.3"),
        ("couple", "空巢老年夫妇（两位老人）", "0.099", "none", 1, "0.8", "1.2"),
        ("left_behind", "留守儿童（祖辈陪护）", "0.03", "none", 1, "0.9", "1.2"),
    ]
    names = ("id", "name", "persons_share", "needs", "escorts", "walk_mps", "prep_factor")
    return [
        {**dict(zip(names, row, strict=True)), "source": source, "confidence": "估算"}
        for row in rows
    ]


Facility = tuple[str, str, int, int, int, int, str, str]
FACILITIES: list[Facility] = [
    ("school", "初级中学（寄宿）", 620, 210, 0, 30, "0", "0"),
    ("school", "中心小学（寄宿点）", 430, 95, 0, 25, "0", "0"),
    ("school", "九年制学校（寄宿）", 540, 160, 0, 30, "0", "0"),
    ("care_home", "敬老院", 48, 46, 48, 2, "0.25", "0.10"),
    ("care_home", "颐养院", 64, 62, 64, 2, "0.25", "0.12"),
    ("care_home", "幸福院", 40, 38, 40, 2, "0.20", "0.08"),
    ("hospital", "卫生院住院部", 70, 42, 40, 2, "0.15", "0.15"),
    ("site", "水电站改造工地", 75, 70, 20, 20, "0", "0"),
    ("site", "公路改建工棚", 60, 56, 10, 20, "0", "0"),
    ("site", "安置房工地", 85, 74, 15, 20, "0", "0"),
    ("site", "采砂场工棚", 30, 26, 8, 15, "0", "0"),
    ("site", "木材加工厂宿舍", 45, 38, 10, 15, "0", "0"),
    ("tourist", "河畔农家乐", 60, 32, 90, 4, "0", "0"),
    ("tourist", "漂流景区民宿", 110, 48, 180, 4, "0", "0"),
    ("tourist", "古村民宿", 70, 36, 110, 4, "0", "0"),
    ("tourist", "溪谷农家乐", 40, 22, 70, 4, "0", "0"),
    ("camp", "河滩露营地", 55, 40, 160, 4, "0", "0"),
]
"""In danger zones: kind, name, people by day, night, on holidays, party, wheelchair, bedridden."""
SAFE_FACILITIES: list[tuple[str, str, int, int]] = [
    ("hospital", "县人民医院", 900, 620), ("care_home", "县社会福利院", 130, 126),
    ("school", "县第一中学", 3200, 1400), ("school", "县第二中学", 2600, 900),
    ("school", "县实验小学", 1900, 0),
]  # fmt: skip


def facilities(county: County, zones: list[Zone], towns: list[Township]) -> Rows:
    """Schools, homes, sites and guests in danger zones, and some on safe ground for the record."""
    rows: Rows = []
    used: set[str] = set()
    for k, (kind, name, day, night, holiday, party, seated, lying) in enumerate(FACILITIES):
        wanted = [z for z in zones if z.village.township.name not in used and z.households < 70]
        zone = pick(wanted, "facility", k)
        used.add(zone.village.township.name)
        node = county.net.nodes[zone.home_node]
        rows.append({
            "id": f"F{k + 1:02d}", "name": zone.village.township.name[:-1] + name, **place(node),
            "kind": kind, "zone": zone.id, "occupants_day": day, "occupants_night": night,
            "occupants_holiday": holiday, "party_size": party, "wheelchair_share": seated,
            "ambulance_share": lying, "way_out": "own_car" if kind == "tourist" else "coach",
            "ready_min": {"care_home": 45, "hospital": 50, "school": 25}.get(kind, 20),
        })  # fmt: skip
    seat = next(town for town in towns if town.name == SEAT)
    for k, (kind, name, day, night) in enumerate(SAFE_FACILITIES, start=len(rows) + 1):
        node = county.net.nodes[seat.streets[(k * 17) % len(seat.streets)]]
        rows.append({
            "id": f"F{k:02d}", "name": name, **place(node), "kind": kind, "zone": "",
            "occupants_day": day, "occupants_night": night,
        })  # fmt: skip
    return rows


def organisers(zones: list[Zone]) -> Rows:
    """A responsible person and a deputy per zone: ids and offices only."""
    rows: Rows = []
    for zone in zones:
        for letter, role in (("a", "包组干部"), ("b", "村民小组长")):
            oid = f"O{zone.id[1:]}{letter}"
            rows.append({
                "id": oid, "name": f"{zone.village.name}{role}",
                "answer_day": f"{between(0.90, 0.98, 'day call', oid):.2f}",
                "answer_night": f"{between(0.66, 0.88, 'night call', oid):.2f}",
            })  # fmt: skip
    return rows
