"""Teams with skills, their stations, and what they are called to: all of it made up."""

from __future__ import annotations

from making.county import County
from making.files import Rows, place
from making.names import SEAT
from making.places import Township

SEAT_STATIONS = (
    ("ST04", "县人民医院急救站"), ("ST05", "县中医院急救站"), ("ST06", "县公路段"),
    ("ST07", "县交警大队"), ("ST08", "县体育场（直升机起降点）"),
)  # fmt: skip
CENTRAL = ("T02", "T04", "T06", "T08", "T13", "T16", "T18", "T20")
"""Townships with a central clinic that has an ambulance."""
WORKS = ("T03", "T07", "T10", "T12", "T15", "T17", "T19", "T21")
"""Townships in which a builder with a digger is under contract."""
FIRE_POSTS = ("T04", "T08", "T16", "T20")
"""Townships with a paid fire brigade of their own."""


def stations(county: County, towns: list[Township]) -> Rows:
    """Further stations in the county seat; townships have theirs already."""
    seat = next(town for town in towns if town.name == SEAT)
    return [
        {"id": sid, "name": name, **place(county.net.nodes[seat.streets[3 + 5 * k]]),
         "township": SEAT}
        for k, (sid, name) in enumerate(SEAT_STATIONS)
    ]  # fmt: skip


def _team(tid: str, name: str, station: str, skills: str, **more: object) -> dict[str, object]:
    return {"id": tid, "name": name, "station": station, "boats": 0, "skills": skills} | more


def teams(towns: list[Township]) -> Rows:
    """Forty-one teams: ambulances, fire engines, diggers, searchers, police, one helicopter."""
    names = {town.id: town.name for town in towns}
    ambulance = {"vehicle_class": "ambulance", "ready_min": 3, "ready_night_min": 5,
                 "crews": 3, "range_km": 350}  # fmt: skip
    digger = {"equipment": "digger:1", "vehicle_class": "truck", "ready_min": 30,
              "ready_night_min": 75, "ready_alert_min": 15, "range_km": 300}  # fmt: skip
    engine = {"vehicle_class": "truck", "ready_min": 2, "crews": 2, "range_km": 300}
    rows: Rows = []
    for k in range(1, 7):
        station, hospital = ("ST04", "县人民医院") if k <= 4 else ("ST05", "县中医院")
        rows.append(_team(f"M{k:02d}", f"{hospital}急救{k}组", station, "medical:2", **ambulance))
    for k, town in enumerate(CENTRAL, start=7):
        late = ambulance | {"ready_min": 5, "ready_night_min": 12, "tier": "township"}
        rows.append(
            _team(f"M{k:02d}", f"{names[town]}卫生院急救组", f"ST-{town}", "medical:1", **late)
        )
    for k in range(1, 5):
        rows.append(_team(f"X{k:02d}", f"消防救援大队{k}车", "ST01", "fire:6;search:4", **engine))
    for k, town in enumerate(FIRE_POSTS, start=5):
        slow = engine | {"ready_min": 4, "ready_night_min": 8, "tier": "township"}
        rows.append(_team(f"X{k:02d}", f"{names[town]}专职消防队", f"ST-{town}", "fire:4", **slow))
    for k in range(1, 4):
        rows.append(_team(f"D{k:02d}", f"公路段抢通{k}组", "ST06", "digger:2", **digger))
    for k, town in enumerate(WORKS, start=4):
        slow = digger | {"tier": "township", "ready_min": 60, "ready_night_min": 120}
        rows.append(_team(f"D{k:02d}", f"{names[town]}抢通组", f"ST-{town}", "digger:1", **slow))
    return rows + _others()


def _others() -> Rows:
    """Searchers, police, and whoever comes from elsewhere."""
    police = {"vehicle_class": "car", "ready_min": 3, "ready_night_min": 5, "crews": 2}
    return [
        _team("S01", "民兵应急连搜救排", "ST02", "search:12", tier="militia", ready_min=40),
        _team("S02", "云岭民间救援队搜救组", "ST03", "search:6;medical:1", ready_min=60,
              ready_alert_min=20),
        _team("S03", "武警中队一组", "ST02", "search:15", tier="armed_police", march_min=95,
              ready_min=10),
        _team("S04", "武警中队二组", "ST02", "search:15", tier="armed_police", march_min=95,
              ready_min=10),
        _team("S05", "邻县消防增援队", "ST01", "fire:6;search:6;medical:1", tier="mutual_aid",
              march_min=80, ready_min=5, vehicle_class="truck"),
        _team("P01", "交警大队一组", "ST07", "traffic:4", **police),
        _team("P02", "交警大队二组", "ST07", "traffic:4", **police),
        _team("H01", "省航空救援直升机", "ST08", "medical:2;search:4", tier="city", march_min=70,
              ready_min=15, night_ok="no", vehicle_class="helicopter"),
    ]  # fmt: skip


JUDGEMENT = "无县级数据，判断值"


def emergencies() -> Rows:
    """What people call for, day and night, in shelters and where the water has been."""
    told = {"report_min": 3, "report_p90_min": 15, "wrong_place_share": 0.05,
            "wrong_number_share": 0.15}  # fmt: skip
    return [
        {"id": "ILL", "name": "急症", "per_day": 0.5, "needs": "medical:1", "priority": 1,
         "work_min": 15, "work_p90_min": 30, "hospital_share": 0.75, "false_share": 0.05,
         "survival": "acute_illness",
         "source": "120 出车约每万人每天 1 次，农村较少；" + JUDGEMENT},
        {"id": "ARREST", "name": "心脏骤停", "per_day": 0.02, "needs": "medical:1", "priority": 0,
         "work_min": 30, "work_p90_min": 45, "hospital_share": 0.6, "survival": "cardiac_arrest",
         "source": "全国约 54 万例/年，合每万人每天 0.01；老龄农村取两倍，" + JUDGEMENT},
        {"id": "HURT", "name": "外伤", "per_day": 0.2, "needs": "medical:1", "priority": 1,
         "work_min": 15, "work_p90_min": 30, "hospital_share": 0.8, "survival": "severe_injury",
         "source": JUDGEMENT},
        {"id": "CRASH", "name": "交通事故", "per_day": 0.08, "needs": "medical:1",
         "full": "medical:2;traffic:2", "priority": 1, "work_min": 25, "work_p90_min": 60,
         "hospital_share": 0.6, "survival": "severe_injury", "source": JUDGEMENT},
        {"id": "FIRE", "name": "火灾", "per_day": 0.02, "needs": "fire:4",
         "full": "fire:8;medical:1", "priority": 0, "work_min": 60, "work_p90_min": 180,
         "false_share": 0.2, "source": "2022 年全国火灾 82.5 万起，合每万人每天 0.016"},
        {"id": "CAMP", "name": "安置点发病", "arises": "shelter", "per_day": 15,
         "needs": "medical:1", "priority": 1, "work_min": 15, "work_p90_min": 30,
         "hospital_share": 0.5, "survival": "acute_illness", "source": JUDGEMENT, **told},
        {"id": "FLOODED", "name": "受灾户伤病", "arises": "hit", "per_day": 12,
         "needs": "medical:1", "full": "medical:1;search:4", "priority": 1, "work_min": 25,
         "work_p90_min": 60, "hospital_share": 0.6, "survival": "severe_injury",
         "source": JUDGEMENT, **told},
    ]  # fmt: skip
