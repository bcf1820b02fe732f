"""Where people gather and where they go: assembly points, shelters, exits, gauges, stores."""

from __future__ import annotations

from making.county import County
from making.files import Rows, at, place
from making.keyed import between, share, split, whole
from making.names import SEAT
from making.network import coach_reaches
from making.people import has_shelter
from making.places import Township, Village, Zone
from making.rivers import River

SEAT_SHELTERS = [
    ("县第一中学", 1600), ("县第二中学", 1400), ("县体育馆", 1200), ("职业教育中心", 1000),
    ("县实验小学", 700), ("县委党校", 500),
]  # fmt: skip
TOWNSHIP_PLACES = 11_600
WITHOUT_LARGER = ("石埠乡", "枫坪乡")
"""Two townships have no larger shelter of their own."""
HOSPITALS = [("县人民医院", SEAT, 600), ("县中医院", SEAT, 350), ("罗滩中心卫生院", "罗滩镇", 250)]


def hub_node(town: Township) -> int:
    """The square of a township seat, where coaches can turn."""
    return town.streets[len(town.streets) // 2]


def assembly_points(county: County, towns: list[Township], zones: list[Zone]) -> Rows:
    """One per danger zone, and a transfer point 大巴换乘点 in every township seat."""
    net = county.net
    by_coach = coach_reaches(net, hub_node(towns[0]))
    rows: Rows = []
    for zone in zones:
        hub = "" if zone.assembly_node in by_coach else f"AT{zone.village.township.id[1:]}"
        rows.append({
            "id": f"A{zone.id[1:]}", "name": f"{zone.name}集合点",
            **place(net.nodes[zone.assembly_node]), "zone": zone.id,
            "bays": 2 if zone.households >= 70 and not hub else 1, "transfer_to": hub,
        })  # fmt: skip
    for town in towns:
        here = net.nodes[hub_node(town)]
        mine = [z for z in zones if z.village.township is town]
        near = min(mine, key=lambda z: (net.distance(here, net.nodes[z.home_node]), z.id))
        rows.append({
            "id": f"AT{town.id[1:]}", "name": f"{town.name}大巴换乘点", **place(here),
            "zone": near.id, "bays": 4, "transfer_to": "",
        })  # fmt: skip
    return rows


def shelters(county: County, towns: list[Township], villages: list[Village]) -> Rows:
    """25 larger shelters with 18,000 places, village shelters, three hospitals."""
    net = county.net
    by_name = {town.name: town for town in towns}
    others = [t for t in towns if t.name != SEAT and t.name not in WITHOUT_LARGER]
    sizes = split(TOWNSHIP_PLACES // 10, [between(1.0, 2.1, "larger", t.id) for t in others])
    wanted = [(name, by_name[SEAT], places) for name, places in SEAT_SHELTERS]
    wanted += [
        (f"{town.name[:-1]}{'中学' if 10 * size > 600 else '中心小学'}", town, 10 * size)
        for town, size in zip(others, sizes, strict=True)
    ]
    rows: Rows = []
    for k, (name, town, places) in enumerate(wanted, start=1):
        node = net.nodes[town.streets[(7 * k + 2) % len(town.streets)]]
        rows.append({
            "id": f"H{k:02d}", "name": name, **place(node), "kind": "larger",
            "township": town.name, "capacity": places, "desks": 2 + places // 300,
            "bays": 2 + places // 400,
        })  # fmt: skip
    for k, (name, town_name, places) in enumerate(HOSPITALS, start=1):
        town = by_name[town_name]
        node = net.nodes[town.streets[(11 * k + 5) % len(town.streets)]]
        rows.append({
            "id": f"HH{k}", "name": name, **place(node), "kind": "hospital",
            "township": town_name, "capacity": places, "desks": 3, "bays": 4,
        })  # fmt: skip
    return rows + [_village_shelter(county, v) for v in villages if has_shelter(v)]


def _village_shelter(county: County, village: Village) -> dict[str, object]:
    households = sum(zone.households for zone in village.zones)
    kind = "小学" if share("village school", village.id) < 0.35 else "文化礼堂"
    return {
        "id": f"HV{village.id[1:]}", "name": village.name.removesuffix("村") + kind,
        **place(county.net.nodes[village.centre]), "kind": "village",
        "township": village.township.name,
        "capacity": min(200, max(50, 10 * int(households * 2.5 * 0.24 / 10 + 1.5))),
        "desks": 1, "bays": 1,
    }  # fmt: skip


def exits(county: County, towns: list[Township]) -> Rows:
    """Four ways out of the county, and the safe places where relatives live."""
    net = county.net
    names = {"west": "云江上游邻县方向（G357西）", "east": "下游邻县方向（G357东）",
             "north": "云岭高速北出口", "south": "S229省道南出口"}  # fmt: skip
    rows: Rows = [
        {"id": f"X-{key}", "name": name, **place(net.nodes[county.exits[key]]), "kind": "exit"}
        for key, name in names.items()
    ]
    seat = next(town for town in towns if town.name == SEAT)
    rows.append({"id": "XR00", "name": "县城新区（亲友）",
                 **place(net.nodes[seat.streets[-1]]), "kind": "relatives"})  # fmt: skip
    for town in towns:
        node = net.nodes[town.streets[len(town.streets) // 2 - 1]]
        rows.append({"id": f"XR{town.id[1:]}", "name": f"{town.name}街上（亲友）", **place(node),
                     "kind": "relatives"})  # fmt: skip
    return rows


MAIN_GAUGES = [("源口站", 0.03), ("沙湾站", 0.24), ("云城站", 0.50), ("石埠站", 0.71),
               ("罗滩站", 0.83)]  # fmt: skip
WARNING_BELOW_BANK_M = {True: 3.6, False: 2.0}
GUARANTEE_BELOW_BANK_M = {True: 0.8, False: 0.5}
"""Main river, tributary. The guarantee level is the level up to which nobody's home is wet."""


def gauge_sites(rivers: list[River]) -> list[tuple[str, str, River, float]]:
    """Level gauges: id, name, river, chainage."""
    main = rivers[0]
    sites = [(f"G0{k}", name, main, where * main.length)
             for k, (name, where) in enumerate(MAIN_GAUGES, start=1)]  # fmt: skip
    for river in rivers[1:]:
        for k, where in ((1, 0.10), (2, 0.55)):
            place_name = "上" if k == 1 else "下"
            sites.append((f"G{river.id[1:]}{k}", f"{river.name}{place_name}站", river,
                          where * river.length))  # fmt: skip
    return sites


def gauges(county: County, towns: list[Township]) -> Rows:
    """Level gauges with warning and guarantee levels; rain gauges in 15 townships."""
    rows: Rows = []
    for gid, name, river, s in gauge_sites(county.net.terrain.rivers):
        x, y = river.at(s)
        rows.append({
            "id": gid, "name": name, **at(x, y, river.bank(s)), "kind": "level", "river": river.id,
            "warning_level_m": f"{river.bank(s) - WARNING_BELOW_BANK_M[river.main]:.2f}",
            "guarantee_level_m": f"{river.bank(s) - GUARANTEE_BELOW_BANK_M[river.main]:.2f}",
        })  # fmt: skip
    for k, town in enumerate(rain_towns(towns), start=1):
        node = county.net.nodes[town.streets[0]]
        rows.append({
            "id": f"P{k:02d}", "name": f"{town.name[:-1]}雨量站", **place(node), "kind": "rain",
            "river": "", "warning_level_m": 30, "guarantee_level_m": 50,
        })  # fmt: skip
    return rows


def rain_towns(towns: list[Township]) -> list[Township]:
    """The 15 townships with a rain gauge: all on tributaries, and two on the main river."""
    return [t for t in towns if not t.river.main or t.name in (SEAT, "罗滩镇")]


def zone_rows(county: County, towns: list[Township], zones: list[Zone]) -> Rows:
    """Danger zones with the gauges that speak for them: the next one upstream, the nearest rain."""
    sites = gauge_sites(county.net.terrain.rivers)
    net, rain = county.net, rain_towns(towns)
    rows: Rows = []
    for zone in zones:
        river, home = zone.village.township.river, net.nodes[zone.home_node]
        mine = [site for site in sites if site[2] is river]
        above = [site for site in mine if site[3] <= zone.s] or mine[:1]
        level = max(above, key=lambda site: site[3])[0]
        nearest = min(range(len(rain)), key=lambda k: (
            net.distance(home, net.nodes[rain[k].streets[0]]), k))  # fmt: skip
        rows.append({
            "id": zone.id, "name": zone.name, "township": zone.village.township.name,
            "tag": "干流" if river.main else "支流", "gauge": level,
            "rain_gauge": f"P{nearest + 1:02d}",
            "priority": 100 + int(20 * zone.home_above_bank_m),
        })  # fmt: skip
    return rows


RESERVE = {
    ("帐篷", "顶"): 420, ("棉被", "床"): 6000, ("折叠床", "张"): 1800, ("方便食品", "箱"): 500,
    ("饮用水", "箱"): 900, ("应急灯", "盏"): 480, ("发电机", "台"): 22,
}  # fmt: skip
"""The county's: people's bedding for 6,000, the middle of what 建标121—2009 sets for a county."""

AGREED = {("方便食品", "箱"): 5000, ("饮用水", "箱"): 10000}
"""What a trading company has promised to hold ready 协议储备: food and water for three days."""

TOWN_SHARE = (3, 7)
"""A township's store holds so many per cent of the county's."""


def stores(county: County, towns: list[Township]) -> tuple[Rows, Rows]:
    """The county's store and what a company holds for it, a small store in every township."""
    store_rows: Rows = []
    item_rows: Rows = []
    seat = next(town for town in towns if town.name == SEAT)
    sites = [("县应急物资储备库", seat, 12), ("县商贸配送中心（协议储备）", seat, 12)]
    sites += [(f"{town.name}物资库", town, 2) for town in towns if town.name != SEAT]
    for k, (name, town, trucks) in enumerate(sites, start=1):
        node = county.net.nodes[town.streets[-2 if k != 2 else -3]]
        parent = "W01" if k > 2 else ""
        store_rows.append({"id": f"W{k:02d}", "name": name, **place(node), "parent": parent,
                           "trucks": trucks})  # fmt: skip
        stock = AGREED if k == 2 else RESERVE
        for m, ((item, unit), whole_stock) in enumerate(stock.items(), start=1):
            low, high = TOWN_SHARE
            part = whole(low, high, "stock", k, m)
            amount = whole_stock if k <= 2 else max(1, whole_stock * part // 100)
            item_rows.append({"id": f"W{k:02d}-{m}", "store": f"W{k:02d}", "name": item,
                              "stock": amount, "unit": unit})  # fmt: skip
    return store_rows, item_rows
