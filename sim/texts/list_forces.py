"""Columns of the lists of forces and supplies of one night; (Chinese, English)."""

from __future__ import annotations

from sim.texts.labels import Label
from sim.texts.lists import ColumnWords, clock_column, count_column, people_column, text_column


def _goods(zh: str, en: str, meaning: tuple[str, str]) -> ColumnWords:
    return ColumnWords((zh, en), "", "number", meaning)


SKILLS: dict[str, Label] = {
    "boat": ("冲锋舟", "boat"),
    "bridge": ("架桥", "bridging"),
    "digger": ("挖掘机", "digger"),
    "diving": ("潜水", "diving"),
    "fire": ("灭火", "fire"),
    "medical": ("医疗", "medical"),
    "search": ("搜救", "search"),
    "traffic": ("交通管控", "traffic"),
}
"""Skills and pieces of the shipped scenarios; a planner's own stand as he wrote them."""

FORCES: dict[str, ColumnWords] = {
    "team": text_column("队伍", "team", ("队伍名称", "name of the team")),
    "station": text_column("驻地", "station", ("平时所在", "where it is stationed")),
    "post": text_column(
        "前置点", "post", ("方案写的前置点，没写为驻地", "forward post of the plan, or its station")
    ),
    "team_vehicle": text_column("出动车辆", "vehicle", ("车辆类别", "class of its vehicle")),
    "team_people": people_column(
        "技能人数", "people with skills", ("各技能人数相加", "all skills together")
    ),
    "skills": text_column("技能", "skills", ("技能×人数", "skill × persons")),
    "equipment": text_column("装备", "equipment", ("装备×件数", "piece × number")),
    "boats": count_column("冲锋舟", "boats", ("艘数", "assault boats")),
    "called_clock": clock_column("接令时刻", "called", ("首次记录", "first record of the night")),
    "ready_clock": clock_column(
        "到位时刻",
        "ready",
        ("集结或待命，不晚于首次派出", "mustered or at its post, at the latest when sent"),
    ),
    "first_used_clock": clock_column(
        "首次派出", "first sent", ("首次派往现场", "first sent to a site")
    ),
    "first_used_at": text_column("首次派往", "first sent to", ("地点", "place")),
    "times_sent": count_column("派出次数", "times sent", ("全场合计", "over the night")),
    "people_fetched": people_column(
        "接回人数", "people fetched", ("冲锋舟或人工接回", "by boat or over land")
    ),
    "supply_place": text_column("地点", "place", ("物资库或安置点", "store or shelter")),
    "supply_level": text_column("级别", "level", ("县级库、乡镇库、安置点", "store or shelter")),
    "stock_county": count_column(
        "县级库存", "county stock", ("没有上级库的物资库", "stores that no other store fills")
    ),
    "stock_town": count_column(
        "乡镇库存", "township stock", ("由上级库补货的物资库", "stores that another store fills")
    ),
    "persons_in_shelters": people_column(
        "集中安置", "in shelters", ("结束时，不含入院", "at the end, without those in hospital")
    ),
    "need_goods": _goods("需要", "needed", ("人数×每人标准", "persons × standard per person")),
    "gap_goods": _goods("还差", "missing", ("需要减送到，够则为 0", "0 where enough came")),
    "at_start": _goods("期初", "at the start", ("items.csv 的库存", "stock in items.csv")),
    "received_goods": _goods("收到", "received", ("货车送到并交接", "handed over by trucks")),
    "sent_goods": _goods("发出", "sent", ("货车装走", "left by truck")),
    "used_goods": _goods("消耗", "used", ("在安置点用掉", "used up in the shelter")),
    "left_goods": _goods("结存", "left", ("结束时还在", "there at the end")),
    "lacked_person_h": ColumnWords(
        ("缺口人时", "lacking"), "person_h", "number", ("人数×时间", "persons without, by time")
    ),
}
