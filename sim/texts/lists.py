"""Words of the working lists: columns with unit and meaning, titles and notes; (Chinese, English).

A column's meaning is printed on the explanation sheet of the workbook.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.texts.labels import Label


class ColumnWords(NamedTuple):
    """One column: head, unit (key of ``UNITS``), form of its cells, what it says."""

    label: Label
    unit: str
    form: str
    meaning: Label


def text_column(zh: str, en: str, meaning: Label) -> ColumnWords:
    return ColumnWords((zh, en), "", "text", meaning)


def people_column(zh: str, en: str, meaning: Label) -> ColumnWords:
    return ColumnWords((zh, en), "persons", "count", meaning)


def clock_column(zh: str, en: str, meaning: Label) -> ColumnWords:
    return ColumnWords((zh, en), "", "clock", meaning)


def min_column(zh: str, en: str, meaning: Label) -> ColumnWords:
    return ColumnWords((zh, en), "min", "count", meaning)


def count_column(zh: str, en: str, meaning: Label) -> ColumnWords:
    return ColumnWords((zh, en), "", "count", meaning)


_NIGHT: Label = ("所选这一场推演中的时刻", "clock time in the replication chosen")

COLUMNS: dict[str, ColumnWords] = {
    "township": text_column("乡镇", "township", ("所属乡镇", "township it belongs to")),
    "zone": text_column("片区", "zone", ("下令和断路的单位", "unit of orders and of cut-off")),
    "village": text_column(
        "村组、单位", "village or facility", ("居民点或重点场所", "settlement or facility")
    ),
    "organiser": text_column(
        "责任人", "organiser", ("职务和编号，不含姓名电话", "role and id, no name, no number")
    ),
    "deputy": text_column(
        "副责任人", "deputy", ("打不通责任人时接替", "takes over when nobody answers")
    ),
    "parties": count_column(
        "户组数",
        "parties",
        ("一同转移的单元：一户、一名特殊群体及陪护、单位的一个编组", "units that move together"),
    ),
    "persons": people_column(
        "应转人数", "people at risk", ("应转名单上的人", "on the to-move list")
    ),
    "special": people_column(
        "其中特殊群体",
        "of which special groups",
        ("特殊群体及陪护", "special groups with their escorts"),
    ),
    "in_place": people_column(
        "就近避险", "in place", ("按预案上楼、上高地", "upstairs, high ground")
    ),
    "relatives": people_column(
        "投亲靠友", "to relatives", ("按预案自行前往", "by own means, as planned")
    ),
    "village_shelter": people_column(
        "步行到村级点", "on foot to the village shelter", ("按预案步行", "on foot, as planned")
    ),
    "coach": people_column("集合乘车", "by coach", ("按预案集合点上车", "from the assembly point")),
    "ambulance": people_column(
        "需救护车", "by ambulance", ("卧床人员及陪护", "bedridden persons with escorts")
    ),
    "assembly_point": text_column("集合点", "assembly point", ("在哪里上车", "where people board")),
    "vehicles": text_column(
        "车辆",
        "vehicles",
        ("这一场推演中来接的车", "vehicles that came in the replication chosen"),
    ),
    "shelters": text_column(
        "安置去向",
        "taken to",
        ("这一场推演中送到的地方", "where people were taken in the replication chosen"),
    ),
    "order_clock": clock_column("立即转移下令", "order to move", _NIGHT),
    "told_min": min_column(
        "叫应九成",
        "nine in ten told",
        ("下令后多少分钟通知到九成的人", "minutes after the order until 90 % are told"),
    ),
    "out_min": min_column(
        "转出九成",
        "nine in ten out",
        (
            "下令后多少分钟，愿走的人里九成到达安全处",
            "minutes after the order until 90 % of those who agreed to go are safe",
        ),
    ),
    "out_p50": min_column(
        "转出九成 P50",
        "nine in ten out, P50",
        (
            "全部推演居中的一场：片区全体（含拒绝）九成转出，下令后的分钟数",
            "median over all replications, nine in ten of the whole zone, refusers included",
        ),
    ),
    "out_p90": min_column(
        "转出九成 P90",
        "nine in ten out, P90",
        ("全部推演：十场里九场不超过", "over all replications: not exceeded in nine of ten"),
    ),
    "registered_min": min_column(
        "清点九成",
        "nine in ten head-counted",
        (
            "下令后多少分钟，愿走的人里九成清点登记",
            "minutes after the order until 90 % of those who agreed to go are head-counted",
        ),
    ),
    "cutoff_clock": clock_column(
        "断路时刻",
        "road cut",
        ("这一场里集合点再无车路可通", "no vehicle path left in the replication chosen"),
    ),
    "out": people_column(
        "转出人数", "out", ("结束时已在安全处（含就近避险）", "safe at the end, in place included")
    ),
    "not_out": people_column(
        "未转出",
        "not out",
        ("结束时未到安全处（含拒绝）", "not safe at the end, refusers included"),
    ),
    # dispatch sheet
    "vehicle": text_column("车辆", "vehicle", ("车辆编号", "vehicle id")),
    "class": text_column("车型", "class", ("大巴、中巴、救护车", "coach, minibus, ambulance")),
    "seats": count_column("座位", "seats", ("可用座位", "usable seats")),
    "trip": count_column("趟次", "trip", ("同一辆车第几趟", "number of the round of this vehicle")),
    "leave_clock": clock_column("出发", "leaves", _NIGHT),
    "from": text_column("从", "from", ("这一段从哪里开出", "where this leg begins")),
    "pickup": text_column("到集合点", "pick-up", ("在哪里上客", "where people board")),
    "at_pickup_clock": clock_column("到点", "at the pick-up", _NIGHT),
    "loaded_clock": clock_column("上客完毕", "loaded", _NIGHT),
    "boarded": people_column(
        "上客", "boarded", ("在该点上车的人", "persons who boarded at this stop")
    ),
    "to": text_column("送往", "to", ("安置点、出口或换乘点", "shelter, exit or transfer point")),
    "arrive_clock": clock_column("到达", "arrives", _NIGHT),
    "delivered": people_column(
        "送达",
        "delivered",
        (
            "随车到达安全处的人，记在最后一个上客点；接驳到换乘点的不算",
            "persons who arrived safe, at the last stop of the round; transfers do not count",
        ),
    ),
    "free_clock": clock_column("下客完毕", "unloaded", _NIGHT),
    "remark": text_column(
        "备注", "remark", ("改送、故障、道路不通等", "diverted, broken down, blocked")
    ),
    # shelters
    "shelter": text_column("安置点", "shelter", ("避灾安置场所或医院", "shelter or hospital")),
    "kind": text_column("类别", "kind", ("村级、大型、医院", "village, larger, hospital")),
    "capacity": people_column("可安置", "places", ("安置点容量", "capacity of the shelter")),
    "desks": count_column("登记台", "desks", ("登记台数", "registration desks")),
    "received": people_column(
        "接收", "received", ("结束时安置在此、已清点的人", "here and head-counted at the end")
    ),
    "fill": ColumnWords(("占用", "filled"), "share", "share", ("接收÷可安置", "received ÷ places")),
    "special_received": people_column(
        "其中特殊群体", "of which special groups", ("及其陪护", "with their escorts")
    ),
    "first_clock": clock_column("首批到达", "first arrival", _NIGHT),
    "peak_clock": clock_column(
        "最忙一小时", "busiest hour", ("从这一整点起的一小时", "the hour from this clock time on")
    ),
    "peak": people_column(
        "该小时到达", "arrivals in it", ("最忙一小时到的人", "in the busiest hour")
    ),
    "last_clock": clock_column("末批到达", "last arrival", _NIGHT),
    "waiting": people_column(
        "门口无位", "at the gate", ("结束时仍在门口等位的人", "still without a place at the end")
    ),
    "full_times": count_column(
        "因满改送",
        "sent on",
        ("因没有位置改送别处的车次和户次", "vehicles and parties sent on for want of places"),
    ),
    "wet_clock": clock_column("灾情到", "hazard came", _NIGHT),
    "hour": clock_column(
        "整点起", "hour from", ("这一小时内到达的人", "arrivals within this hour")
    ),
    "arrived": people_column(
        "到达", "arrived", ("这一小时从该村到达", "from this village, this hour")
    ),
    "running": people_column("累计到达", "so far", ("该安置点累计", "all at this shelter so far")),
    # one to one
    "person": text_column(
        "编号", "id", ("村组编号-户号，不含姓名", "settlement id and number, no name")
    ),
    "group": text_column("人群", "group", ("groups.csv 的人群名称", "name of the group")),
    "needs": text_column("乘车需要", "needs", ("轮椅位、救护车", "wheelchair place, ambulance")),
    "size": people_column(
        "人数（含陪护）", "persons with escorts", ("一同转移的人", "move together")
    ),
    "escorts": people_column("陪护", "escorts", ("随行陪护人数", "escorts who travel along")),
    "helper": text_column(
        "帮扶责任人", "helper", ("村组责任人；单位人员由本单位负责", "the village's organiser")
    ),
    "where": text_column(
        "最后所在", "last at", ("推演结束时的地方", "place at the end of the run")
    ),
    "way": text_column("转移方式", "way out", ("按预案", "as planned")),
    "board_clock": clock_column("上车时刻", "boards", _NIGHT),
    "counted_clock": clock_column("清点时刻", "head-counted", _NIGHT),
    "status": text_column(
        "结束时", "at the end", ("推演结束时的状态", "state at the end of the run")
    ),
    # progress
    "clock": clock_column("整点", "clock", ("到这一时刻为止", "by this clock time")),
    "told_p10": people_column("叫应 P10", "told, P10", ("十场里一场不超过", "one in ten at most")),
    "told_p50": people_column("叫应 P50", "told, P50", ("居中", "median")),
    "told_p90": people_column("叫应 P90", "told, P90", ("十场里九场不超过", "nine in ten at most")),
    "left_p10": people_column(
        "离家 P10", "left home, P10", ("十场里一场不超过", "one in ten at most")
    ),
    "left_p50": people_column("离家 P50", "left home, P50", ("居中", "median")),
    "left_p90": people_column(
        "离家 P90", "left home, P90", ("十场里九场不超过", "nine in ten at most")
    ),
    "out_p10n": people_column("转出 P10", "out, P10", ("十场里一场不超过", "one in ten at most")),
    "out_p50n": people_column("转出 P50", "out, P50", ("居中", "median")),
    "out_p90n": people_column("转出 P90", "out, P90", ("十场里九场不超过", "nine in ten at most")),
    "counted_p10": people_column(
        "清点 P10", "counted, P10", ("十场里一场不超过", "one in ten at most")
    ),
    "counted_p50": people_column("清点 P50", "counted, P50", ("居中", "median")),
    "counted_p90": people_column(
        "清点 P90", "counted, P90", ("十场里九场不超过", "nine in ten at most")
    ),
    "actual": text_column(
        "实际转出（手填）", "really out (by hand)", ("值班员填写", "filled in by hand")
    ),
    "told": people_column("已叫应", "told", ("累计", "so far")),
    "left": people_column("已离家", "left home", ("累计", "so far")),
    "out_now": people_column("已转出", "out", ("累计到达安全处", "so far at a safe place")),
    "counted": people_column("已清点", "head-counted", ("累计", "so far")),
    "out_share": ColumnWords(
        ("转出占比", "share out"), "share", "share", ("已转出÷应转", "out ÷ people at risk")
    ),
    # inject list
    "number": count_column("序号", "no.", ("导调单编号", "number of the inject")),
    "drill_clock": text_column(
        "演练时钟",
        "drill clock",
        ("演练当天发出的时刻，已压缩", "when it is handed out, compressed"),
    ),
    "scenario_clock": clock_column("情景时钟", "scenario clock", _NIGHT),
    "place": text_column("地点", "place", ("情景发生的地方", "where it plays")),
    "sender": text_column(
        "来自", "from", ("谁发出（导调组可代演）", "who sends it, played by control")
    ),
    "receiver": text_column("发给", "to", ("谁接收", "who receives it")),
    "text": text_column(
        "导调内容", "inject", ("照此宣读或递交", "read out or handed over as it stands")
    ),
    "expected": text_column("预期行动", "expected action", ("评估员对照", "for the evaluator")),
    "owner": text_column("行动责任", "owner", ("谁行动、对谁计时", "who acts and is timed")),
    "target": text_column("时限目标", "target", ("预案写明的时限", "deadline written in the plan")),
    "timed": text_column(
        "计时起止", "timed from → to", ("模拟和实测用同一口径", "same for both times")
    ),
    "p10": min_column("模拟 P10", "simulated P10", ("十场里一场不超过", "one in ten at most")),
    "p50": min_column("模拟 P50", "simulated P50", ("居中的一场", "median replication")),
    "p90": min_column("模拟 P90", "simulated P90", ("十场里九场不超过", "nine in ten at most")),
    "scope": text_column(
        "统计口径",
        "taken from",
        ("本地或全县同类行动，多少次推演出现过", "this zone or the county, replications with it"),
    ),
    "mode": text_column(
        "计时方式",
        "how timed",
        ("三十分钟内能做完的实做，其余跳时", "live when usually done in half an hour, else jumps"),
    ),
    "measured": ColumnWords(
        ("实测（手填）", "measured (by hand)"), "min", "text", ("评估员填写", "by the evaluator")
    ),
    "observer": text_column(
        "评估记录（手填）", "remarks (by hand)", ("评估员填写", "by the evaluator")
    ),
    # supplies
    "item": text_column("物资", "item", ("items.csv 的名称", "name in items.csv")),
    "item_unit": text_column("单位", "unit", ("该物资的计量单位", "unit of the item")),
    "stock": count_column("现有库存", "in stock", ("各物资库合计", "all stores together")),
    "per_person": ColumnWords(
        ("每人标准", "per person"),
        "",
        "number",
        ("按物资单位；易耗品按下列天数合计", "in the item's unit, for the days stated"),
    ),
    "need_p50": count_column(
        "需要 P50", "needed, P50", ("集中安置人数居中的一场", "usual night, people in shelters")
    ),
    "gap_p50": count_column("缺口 P50", "short, P50", ("需要减库存，够则为 0", "0 where enough")),
    "need_p90": count_column(
        "需要 P90", "needed, P90", ("十场里九场不超过", "not exceeded in nine of ten")
    ),
    "gap_p90": count_column("缺口 P90", "short, P90", ("需要减库存，够则为 0", "0 where enough")),
    "source": text_column("标准依据", "source of the standard", ("来源", "source")),
    "confidence": text_column(
        "可信度", "confidence", ("见于文献、经验判断等", "how far to trust it")
    ),
}
