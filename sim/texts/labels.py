"""Words of the screen and the reports, Chinese and English; house.md fixes them."""

from __future__ import annotations

from collections.abc import Mapping

Label = tuple[str, str]

EXPLANATION = ("说明", "Explanation", "README")
EXAMPLES = ("示例", "Examples")

TABLE_NAMES: dict[str, Label] = {
    "zones": ("片区", "zones"),
    "settlements": ("村社区", "settlements"),
    "groups": ("人群", "groups"),
    "facilities": ("重点场所", "facilities"),
    "organisers": ("责任人", "organisers"),
    "posts": ("指挥部", "command posts"),
    "gauges": ("监测站", "gauges"),
    "assembly_points": ("集合点", "assembly points"),
    "shelters": ("避灾安置场所", "shelters"),
    "exits": ("出口与投亲地", "exits"),
    "depots": ("车辆待命点", "depots"),
    "vehicles": ("车辆", "vehicles"),
    "stations": ("驻地", "stations"),
    "teams": ("队伍", "teams"),
    "emergencies": ("险情种类", "kinds of emergencies"),
    "incident_log": ("接处警记录", "log of past incidents"),
    "stores": ("物资库", "stores"),
    "items": ("物资", "items"),
    "observed": ("实况", "observed"),
    "nodes": ("道路节点", "road nodes"),
    "edges": ("路段", "road edges"),
    "minutes": ("时间矩阵", "travel-time matrix"),
}

MEASURES: dict[str, Label] = {
    "people_at_risk": ("应转人数", "people at risk"),
    "safe_out": ("已安全转出", "safe out"),
    "safe_in_place": ("就近避险", "safe in place"),
    "unreached": ("未转移但未受灾", "not moved, hazard did not come"),
    "stranded": ("被困", "stranded"),
    "harmed": ("受害", "harmed"),
    "hurt_badly": ("重伤", "badly hurt"),
    "hurt_lightly": ("轻伤", "lightly hurt"),
    "moved_by_bus": ("大巴中巴转移", "moved by coach and minibus"),
    "moved_by_ambulance": ("救护车转移", "moved by ambulance"),
    "moved_by_car": ("自驾转移", "moved by own car"),
    "moved_on_foot": ("步行转移", "moved on foot"),
    "moved_by_boat": ("冲锋舟转移", "moved by boat"),
    "moved_by_team": ("救援队救出", "brought out by a team"),
    "sheltered": ("集中安置", "sheltered"),
    "with_relatives": ("投亲靠友", "with relatives"),
    "refused": ("拒绝转移", "refused"),
    "returned": ("回流", "returned"),
    "out_before_cutoff_share": ("提前安全转移率", "share out before the cut-off"),
    "rescued_share": ("被动救援率", "share rescued"),
    "bus_share": ("大巴中巴占比", "share by coach and minibus"),
    "boat_share": ("冲锋舟占比", "share by boat"),
    "left_behind_at_cutoff": ("断路时未转出", "left behind at the cut-off"),
    "caught_by_hazard": ("曾遇险", "caught by the hazard"),
    "exposure_person_h": ("遇险时长", "exposure"),
    "moved_unaffected": ("未受灾转移", "moved, home unaffected"),
    "t50_clock_min": ("转完一半用时", "time to 50 % out"),
    "t90_clock_min": ("转完九成用时", "time to 90 % out"),
    "t100_clock_min": ("全部转完用时", "time to 100 % out"),
    "t90_margin_min": (
        "九成转完距断路（最差片区）",
        "margin of T90 before the cut-off, worst zone",
    ),
    "order_clock_min": ("下令时刻", "time of the order"),
    "told_t90_min": ("九成户叫应用时", "time until 90 % are told"),
    "wait_for_bus_mean_min": ("平均等车", "mean wait for a coach"),
    "bus_seat_use": ("大巴座位利用率", "seat use of coaches"),
    "bus_waves": ("大巴往返趟数", "coach waves"),
    "bus_km": ("大巴里程", "coach kilometres"),
    "boat_trips": ("冲锋舟趟数", "boat trips"),
    "shelter_overflow": ("安置点超员改送", "sent on from full shelters"),
    "registered_t90_min": ("九成登记用时", "time until 90 % are registered"),
    "stranded_person_h": ("被困等待人时", "waiting while cut off"),
    "failed_shelter_person_h": ("停用安置点滞留人时", "in shelters that had failed"),
    "moved_on": ("安置点停用后再转移", "moved on from failed shelters"),
    "moved_on_t90_min": ("再转移九成到位用时", "until 90 % were moved on"),
    "supplies_short_person_h": ("物资短缺人时", "supplies short"),
    "first_team_on_site_p90_min": ("首支队伍到场 P90", "first team on site, P90"),
    "full_response_p90_min": ("力量到齐 P90", "full response, P90"),
    "incidents": ("险情数", "incidents"),
    "died_waiting": ("等待救援中死亡", "died waiting for help"),
    "incidents_unserved": ("未处置险情", "incidents unserved"),
    "burnt_permille": ("过火率", "burnt share of what can burn"),
    "report_within_1h_share": ("1小时内上报率", "reported within 1 h"),
    "efficiency": ("效率（物理下限÷实际）", "efficiency (physical limit ÷ simulated)"),
}

STATES: dict[str, Label] = {
    "at_home": ("在家", "at home"),
    "preparing": ("收拾准备", "preparing"),
    "walking": ("步行中", "walking"),
    "at_assembly": ("集合点等车", "at the assembly point"),
    "aboard": ("已上车", "aboard"),
    "driving": ("自驾途中", "driving"),
    "at_gate": ("安置点门口", "at the gate"),
    "sheltered": ("集中安置", "sheltered"),
    "with_relatives": ("投亲靠友", "with relatives"),
    "exited": ("已出县", "exited"),
    "in_hospital": ("入院", "in hospital"),
    "safe_in_place": ("就近避险", "safe in place"),
    "aboard_boat": ("冲锋舟上", "aboard a boat"),
    "told": ("已叫应", "told"),
    "refused": ("拒绝", "refused"),
    "returned": ("回流", "returned"),
    "cut_off": ("被断路", "cut off"),
    "exposed": ("遇险", "exposed"),
    "rescued": ("被救援", "rescued"),
    "safe_out": ("安全转出", "safe out"),
    "unreached": ("未转移、未受灾", "unreached"),
    "stranded": ("被困", "stranded"),
    "harmed": ("受害", "harmed"),
}

MODES: dict[str, Label] = {
    "coach": ("大巴", "coach"),
    "minibus": ("中巴", "minibus"),
    "ambulance": ("救护车", "ambulance"),
    "own_car": ("自驾", "own car"),
    "on_foot": ("步行", "on foot"),
    "boat": ("冲锋舟", "boat"),
    "team": ("救援队救出", "brought out by a team"),
    "in_place": ("就近避险", "in place"),
    "none": ("未转移", "none"),
}

LIGHTS: dict[str, Label] = {
    "met": ("达标", "met"),
    "missed": ("不达标", "missed"),
    "undecided": ("证据不足", "undecided"),
    "impossible": ("不可能（低于物理下限）", "impossible (below the physical limit)"),
    "not_judged": ("未判定", "not judged"),
}

VERDICTS: dict[str, Label] = {
    "better": ("更好", "better"),
    "worse": ("更差", "worse"),
    "indistinguishable": ("分不出高下", "indistinguishable"),
}

LINKS: dict[str, Label] = {
    "when": ("何时转", "when"),
    "whom": ("转移谁", "whom"),
    "organise": ("谁组织", "who organises"),
    "where": ("转到哪", "where to"),
    "manage": ("如何管", "how managed"),
    "authority": ("下令权限", "authority"),
    "fleet": ("车队", "fleet"),
    "rescue": ("救援", "rescue"),
    "controls": ("管控", "controls"),
    "supplies": ("物资", "supplies"),
    "command": ("指挥流程", "command"),
    "targets": ("时限目标", "targets"),
    "response_targets": ("响应目标", "response targets"),
}

UNITS: dict[str, Label] = {
    "min": ("分钟", "min"),
    "persons": ("人", "persons"),
    "share": ("", ""),
    "person_h": ("人·小时", "person-hours"),
    "permille": ("‰", "‰"),
    "km": ("公里", "km"),
    "trips": ("趟", "trips"),
    "waves": ("趟", ""),
    "calls": ("起", ""),
    "count": ("个", ""),
}

CHOICES: dict[str, Label] = {
    "high_clearance": ("高底盘车", "high-clearance vehicle"),
    "truck": ("货车", "truck"),
    "car": ("轿车", "car"),
    "coach": ("大巴", "coach"),
    "minibus": ("中巴", "minibus"),
    "ambulance": ("救护车", "ambulance"),
    "wheelchair": ("轮椅", "wheelchair"),
    "none": ("无", "none"),
    "own": ("自有", "own"),
    "contracted": ("协议", "contracted"),
    "school": ("学校", "school"),
    "hospital": ("医院", "hospital"),
    "care_home": ("养老院", "care home"),
    "site": ("工地", "building site"),
    "camp": ("营地", "camp"),
    "tourist": ("景区", "tourist place"),
    "other": ("其他", "other"),
    "on_foot": ("步行", "on foot"),
    "own_car": ("自驾", "own car"),
    "in_place": ("就近避险", "in place"),
    "county": ("县", "county"),
    "township": ("乡镇", "township"),
    "village": ("村", "village"),
    "larger": ("大型", "larger"),
    "level": ("水位", "water level"),
    "rain": ("雨量", "rain"),
    "exit": ("出县", "exit"),
    "relatives": ("投亲", "relatives"),
    "helicopter": ("直升机", "helicopter"),
    "city": ("市", "city"),
    "militia": ("民兵", "militia"),
    "armed_police": ("武警", "armed police"),
    "traffic_police": ("交警", "traffic police"),
    "mutual_aid": ("邻县支援", "mutual aid"),
    "daily": ("日常", "daily"),
    "shelter": ("安置点内", "in shelters"),
    "hit": ("受灾户", "of those hit"),
    "buried": ("被埋压", "buried"),
    "injured": ("房屋伤员", "hurt by falling houses"),
    "road": ("道路阻断", "road blocked"),
    "missing": ("点名不到", "missing at the roll call"),
    "bridge": ("桥梁损毁", "bridge out"),
    "cardiac_arrest": ("心脏骤停", "cardiac arrest"),
    "severe_injury": ("重伤", "severe injury"),
    "acute_illness": ("急病", "acute illness"),
}
"""Words planners may write in a table instead of the values of the contract."""

CONFIDENCE: dict[str, Label] = {
    "high": ("高", "high"),
    "medium": ("中", "medium"),
    "seen": ("见于文献", "seen in a source"),
    "definition": ("定义", "definition"),
    "judgement": ("经验判断", "judgement"),
    "memory": ("凭印象，待核", "from memory, to be checked"),
    "assumption": ("假定，无依据", "assumption, no source"),
}
"""How far a library value can be trusted; the lower ones must look like that to the user."""

FOOTER: Label = (
    "模拟数据，不作灾情统计和问责依据",
    "Simulated data: not a damage statistic and no ground for blame",
)
ESTIMATED: Label = ("估算", "estimated")


def word(labels: dict[str, Label], key: str, lang: str) -> str:
    """The label of a key; the key itself where nobody has named it yet."""
    zh, en = labels.get(key, (key, key))
    return en if lang == "en" else zh


def both_filled(label: Label, values: Mapping[str, object]) -> Label:
    """A text in both languages with its values filled in; a pair is a word in both languages.

    Raises:
        KeyError: a value the text needs is missing (a fault of the program).
    """
    zh, en = (
        text.format(**{key: v[i] if isinstance(v, tuple) else v for key, v in values.items()})
        for i, text in enumerate(label)
    )
    return zh, en
