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


def _text(zh: str, en: str, meaning: Label) -> ColumnWords:
    return ColumnWords((zh, en), "", "text", meaning)


def _people(zh: str, en: str, meaning: Label) -> ColumnWords:
    return ColumnWords((zh, en), "persons", "count", meaning)


def _clock(zh: str, en: str, meaning: Label) -> ColumnWords:
    return ColumnWords((zh, en), "", "clock", meaning)


def _min(zh: str, en: str, meaning: Label) -> ColumnWords:
    return ColumnWords((zh, en), "min", "count", meaning)


def _count(zh: str, en: str, meaning: Label) -> ColumnWords:
    return ColumnWords((zh, en), "", "count", meaning)


_NIGHT: Label = ("所选这一场推演中的时刻", "clock time in the replication chosen")

COLUMNS: dict[str, ColumnWords] = {
    "township": _text("乡镇", "township", ("所属乡镇", "township it belongs to")),
    "zone": _text("片区", "zone", ("下令和断路的单位", "unit of orders and of cut-off")),
    "village": _text(
        "村组、单位", "village or facility", ("居民点或重点场所", "settlement or facility")
    ),
    "organiser": _text(
        "责任人", "organiser", ("职务和编号，不含姓名电话", "role and id, no name, no number")
    ),
    "deputy": _text("副责任人", "deputy", ("打不通责任人时接替", "takes over when nobody answers")),
    "parties": _count(
        "户（组）数",
        "parties",
        ("一同转移的单元：一户、一名特殊群体及陪护、单位的一个编组", "units that move together"),
    ),
    "persons": _people("应转人数", "people at risk", ("应转名单上的人", "on the to-move list")),
    "special": _people(
        "其中特殊群体",
        "of which special groups",
        ("特殊群体及陪护", "special groups with their escorts"),
    ),
    "in_place": _people("就近避险", "in place", ("按预案上楼、上高地", "upstairs, high ground")),
    "relatives": _people(
        "投亲靠友", "to relatives", ("按预案自行前往", "by own means, as planned")
    ),
    "village_shelter": _people(
        "步行到村级点", "on foot to the village shelter", ("按预案步行", "on foot, as planned")
    ),
    "coach": _people("集合乘车", "by coach", ("按预案集合点上车", "from the assembly point")),
    "ambulance": _people(
        "需救护车", "by ambulance", ("卧床人员及陪护", "bedridden persons with escorts")
    ),
    "assembly_point": _text("集合点", "assembly point", ("在哪里上车", "where people board")),
    "vehicles": _text(
        "车辆",
        "vehicles",
        ("这一场推演中来接的车", "vehicles that came in the replication chosen"),
    ),
    "shelters": _text(
        "安置去向",
        "taken to",
        ("这一场推演中送到的地方", "where people were taken in the replication chosen"),
    ),
    "order_clock": _clock("立即转移下令", "order to move", _NIGHT),
    "told_min": _min(
        "叫应九成",
        "nine in ten told",
        ("下令后多少分钟通知到九成的人", "minutes after the order until 90 % are told"),
    ),
    "out_min": _min(
        "转出九成",
        "nine in ten out",
        (
            "下令后多少分钟，愿走的人里九成到达安全处",
            "minutes after the order until 90 % of those who agreed to go are safe",
        ),
    ),
    "out_p50": _min(
        "转出九成 P50",
        "nine in ten out, P50",
        (
            "全部推演居中的一场：片区全体（含拒绝）九成转出，下令后的分钟数",
            "median over all replications, nine in ten of the whole zone, refusers included",
        ),
    ),
    "out_p90": _min(
        "转出九成 P90",
        "nine in ten out, P90",
        ("全部推演：十场里九场不超过", "over all replications: not exceeded in nine of ten"),
    ),
    "registered_min": _min(
        "清点九成",
        "nine in ten head-counted",
        (
            "下令后多少分钟，愿走的人里九成清点登记",
            "minutes after the order until 90 % of those who agreed to go are head-counted",
        ),
    ),
    "cutoff_clock": _clock(
        "断路时刻",
        "road cut",
        ("这一场里集合点再无车路可通", "no vehicle path left in the replication chosen"),
    ),
    "out": _people(
        "转出人数", "out", ("结束时已在安全处（含就近避险）", "safe at the end, in place included")
    ),
    "not_out": _people(
        "未转出",
        "not out",
        ("结束时未到安全处（含拒绝）", "not safe at the end, refusers included"),
    ),
    # dispatch sheet
    "vehicle": _text("车辆", "vehicle", ("车辆编号", "vehicle id")),
    "class": _text("车型", "class", ("大巴、中巴、救护车", "coach, minibus, ambulance")),
    "seats": _count("座位", "seats", ("可用座位", "usable seats")),
    "trip": _count("趟次", "trip", ("同一辆车第几趟", "number of the round of this vehicle")),
    "leave_clock": _clock("出发", "leaves", _NIGHT),
    "from": _text("从", "from", ("这一段从哪里开出", "where this leg begins")),
    "pickup": _text("到集合点", "pick-up", ("在哪里上客", "where people board")),
    "at_pickup_clock": _clock("到点", "at the pick-up", _NIGHT),
    "loaded_clock": _clock("上客完毕", "loaded", _NIGHT),
    "boarded": _people("上客", "boarded", ("在该点上车的人", "persons who boarded at this stop")),
    "to": _text("送往", "to", ("安置点、出口或换乘点", "shelter, exit or transfer point")),
    "arrive_clock": _clock("到达", "arrives", _NIGHT),
    "delivered": _people(
        "送达",
        "delivered",
        (
            "随车到达安全处的人，记在最后一个上客点；接驳到换乘点的不算",
            "persons who arrived safe, at the last stop of the round; transfers do not count",
        ),
    ),
    "free_clock": _clock("下客完毕", "unloaded", _NIGHT),
    "remark": _text("备注", "remark", ("改送、故障、道路不通等", "diverted, broken down, blocked")),
    # shelters
    "shelter": _text("安置点", "shelter", ("避灾安置场所或医院", "shelter or hospital")),
    "kind": _text("类别", "kind", ("村级、大型、医院", "village, larger, hospital")),
    "capacity": _people("可安置", "places", ("安置点容量", "capacity of the shelter")),
    "desks": _count("登记台", "desks", ("登记台数", "registration desks")),
    "received": _people(
        "接收", "received", ("结束时安置在此、已清点的人", "here and head-counted at the end")
    ),
    "fill": ColumnWords(("占用", "filled"), "share", "share", ("接收÷可安置", "received ÷ places")),
    "special_received": _people(
        "其中特殊群体", "of which special groups", ("及其陪护", "with their escorts")
    ),
    "first_clock": _clock("首批到达", "first arrival", _NIGHT),
    "peak_clock": _clock(
        "最忙一小时", "busiest hour", ("从这一整点起的一小时", "the hour from this clock time on")
    ),
    "peak": _people("该小时到达", "arrivals in it", ("最忙一小时到的人", "in the busiest hour")),
    "last_clock": _clock("末批到达", "last arrival", _NIGHT),
    "waiting": _people(
        "门口无位", "at the gate", ("结束时仍在门口等位的人", "still without a place at the end")
    ),
    "full_times": _count(
        "因满改送",
        "sent on",
        ("因没有位置改送别处的车次和户次", "vehicles and parties sent on for want of places"),
    ),
    "wet_clock": _clock("进水时刻", "under water", _NIGHT),
    "hour": _clock("整点起", "hour from", ("这一小时内到达的人", "arrivals within this hour")),
    "arrived": _people("到达", "arrived", ("这一小时从该村到达", "from this village, this hour")),
    "running": _people("累计到达", "so far", ("该安置点累计", "all at this shelter so far")),
    # one to one
    "person": _text("编号", "id", ("村组编号-户号，不含姓名", "settlement id and number, no name")),
    "group": _text("人群", "group", ("groups.csv 的人群名称", "name of the group")),
    "needs": _text("乘车需要", "needs", ("轮椅位、救护车", "wheelchair place, ambulance")),
    "size": _people("人数（含陪护）", "persons with escorts", ("一同转移的人", "move together")),
    "escorts": _people("陪护", "escorts", ("随行陪护人数", "escorts who travel along")),
    "helper": _text(
        "帮扶责任人", "helper", ("村组责任人；单位人员由本单位负责", "the village's organiser")
    ),
    "where": _text("最后所在", "last at", ("推演结束时的地方", "place at the end of the run")),
    "way": _text("转移方式", "way out", ("按预案", "as planned")),
    "board_clock": _clock("上车时刻", "boards", _NIGHT),
    "counted_clock": _clock("清点时刻", "head-counted", _NIGHT),
    "status": _text("结束时", "at the end", ("推演结束时的状态", "state at the end of the run")),
    # progress
    "clock": _clock("整点", "clock", ("到这一时刻为止", "by this clock time")),
    "told_p10": _people("叫应 P10", "told, P10", ("十场里一场不超过", "one in ten at most")),
    "told_p50": _people("叫应 P50", "told, P50", ("居中", "median")),
    "told_p90": _people("叫应 P90", "told, P90", ("十场里九场不超过", "nine in ten at most")),
    "left_p10": _people("离家 P10", "left home, P10", ("十场里一场不超过", "one in ten at most")),
    "left_p50": _people("离家 P50", "left home, P50", ("居中", "median")),
    "left_p90": _people("离家 P90", "left home, P90", ("十场里九场不超过", "nine in ten at most")),
    "out_p10n": _people("转出 P10", "out, P10", ("十场里一场不超过", "one in ten at most")),
    "out_p50n": _people("转出 P50", "out, P50", ("居中", "median")),
    "out_p90n": _people("转出 P90", "out, P90", ("十场里九场不超过", "nine in ten at most")),
    "counted_p10": _people("清点 P10", "counted, P10", ("十场里一场不超过", "one in ten at most")),
    "counted_p50": _people("清点 P50", "counted, P50", ("居中", "median")),
    "counted_p90": _people("清点 P90", "counted, P90", ("十场里九场不超过", "nine in ten at most")),
    "actual": _text(
        "实际转出（手填）", "really out (by hand)", ("值班员填写", "filled in by hand")
    ),
    "told": _people("已叫应", "told", ("累计", "so far")),
    "left": _people("已离家", "left home", ("累计", "so far")),
    "out_now": _people("已转出", "out", ("累计到达安全处", "so far at a safe place")),
    "counted": _people("已清点", "head-counted", ("累计", "so far")),
    "out_share": ColumnWords(
        ("转出占比", "share out"), "share", "share", ("已转出÷应转", "out ÷ people at risk")
    ),
    # inject list
    "number": _count("序号", "no.", ("导调单编号", "number of the inject")),
    "drill_clock": _text(
        "演练时钟",
        "drill clock",
        ("演练当天发出的时刻，已压缩", "when it is handed out, compressed"),
    ),
    "scenario_clock": _clock("情景时钟", "scenario clock", _NIGHT),
    "place": _text("地点", "place", ("情景发生的地方", "where it plays")),
    "sender": _text("来自", "from", ("谁发出（导调组可代演）", "who sends it, played by control")),
    "receiver": _text("发给", "to", ("谁接收", "who receives it")),
    "text": _text("导调内容", "inject", ("照此宣读或递交", "read out or handed over as it stands")),
    "expected": _text("预期行动", "expected action", ("评估员对照", "for the evaluator")),
    "owner": _text("行动责任", "owner", ("谁行动、对谁计时", "who acts and is timed")),
    "target": _text("时限目标", "target", ("预案写明的时限", "deadline written in the plan")),
    "timed": _text("计时起止", "timed from → to", ("模拟和实测用同一口径", "same for both times")),
    "p10": _min("模拟 P10", "simulated P10", ("十场里一场不超过", "one in ten at most")),
    "p50": _min("模拟 P50", "simulated P50", ("居中的一场", "median replication")),
    "p90": _min("模拟 P90", "simulated P90", ("十场里九场不超过", "nine in ten at most")),
    "scope": _text(
        "统计口径",
        "taken from",
        ("本地或全县同类行动，多少次推演出现过", "this zone or the county, replications with it"),
    ),
    "mode": _text(
        "计时方式",
        "how timed",
        ("三十分钟内能做完的实做，其余跳时", "live when usually done in half an hour, else jumps"),
    ),
    "measured": ColumnWords(
        ("实测（手填）", "measured (by hand)"), "min", "text", ("评估员填写", "by the evaluator")
    ),
    "observer": _text("评估记录（手填）", "remarks (by hand)", ("评估员填写", "by the evaluator")),
    # supplies
    "item": _text("物资", "item", ("items.csv 的名称", "name in items.csv")),
    "item_unit": _text("单位", "unit", ("该物资的计量单位", "unit of the item")),
    "stock": _count("现有库存", "in stock", ("各物资库合计", "all stores together")),
    "per_person": ColumnWords(
        ("每人标准", "per person"),
        "",
        "number",
        ("按物资单位；易耗品按下列天数合计", "in the item's unit, for the days stated"),
    ),
    "need_p50": _count(
        "需要 P50", "needed, P50", ("集中安置人数居中的一场", "usual night, people in shelters")
    ),
    "gap_p50": _count("缺口 P50", "short, P50", ("需要减库存，够则为 0", "0 where enough")),
    "need_p90": _count(
        "需要 P90", "needed, P90", ("十场里九场不超过", "not exceeded in nine of ten")
    ),
    "gap_p90": _count("缺口 P90", "short, P90", ("需要减库存，够则为 0", "0 where enough")),
    "source": _text("标准依据", "source of the standard", ("来源", "source")),
    "confidence": _text("可信度", "confidence", ("见于文献、经验判断等", "how far to trust it")),
}

TITLES: dict[str, Label] = {
    "tasks": ("任务分解表", "Who does what by when"),
    "dispatch": ("派车单", "Dispatch sheet"),
    "shelters": ("安置点接收总表", "Shelters"),
    "reception": ("安置点接收表（分时分村）", "Reception by hour and village"),
    "special": ("特殊群体一对一表", "Special groups, one to one"),
    "progress": ("整点进度表", "Progress by the hour"),
    "progress_townships": ("分乡镇整点进度表", "Progress by the hour and township"),
    "supplies": ("物资缺口表", "Supplies short"),
    "injects": ("演练导调单", "Inject list of a drill"),
}

NOTES: dict[str, Label] = {
    "tasks": (
        "时刻、车辆和去向取自第 {number} 次推演；P50、P90 取自全部 {n} 次推演，从各片区下令算起。"
        "每村的责任人对到户叫应、集合、上车和清点负责；“未达到”表示到结束也没有九成的人转出，多半因为有人拒绝。",
        "Clock times, vehicles and destinations are those of replication {number}; P50 and P90 are "
        "of all {n} replications, from each zone's own order. “never”: nine in ten were not out "
        "by the end.",
    ),
    "dispatch": (
        "取自第 {number} 次推演：每行一个上客点，空驶未载客的不列。实际调度以现场指令为准。"
        "接驳到换乘点的人会再上大巴，所以“上客”合计大于“送达”合计。",
        "From replication {number}: one row per stop with people; empty runs are left out. People "
        "fed to a transfer point board twice, so boarded exceeds delivered.",
    ),
    "dispatch_schedule": (
        "预案给定班次；备注“未开行”的班次在这一场推演里没有载到人。",
        "Trips given by the plan; those marked “did not run” carried nobody in this replication.",
    ),
    "shelters": (
        "取自第 {number} 次推演；接收人数为结束时安置在此并已清点的人："
        "集中安置 {sheltered} 人，另有入院 {hospital} 人。",
        "From replication {number}; received: here and head-counted at the end, {sheltered} "
        "persons in shelters and {hospital} in hospital.",
    ),
    "reception": (
        "取自第 {number} 次推演；按最后一次到达的时刻归入整点。",
        "From replication {number}; by the hour of the last arrival.",
    ),
    "special": (
        "取自第 {number} 次推演；只列编号，姓名住址由村里按编号对照。"
        "每人至少一名帮扶责任人；车辆为这一场推演中接到的车，空=未乘车。",
        "From replication {number}; ids only, villages keep the names. The vehicle is the one of "
        "this replication; empty: not by vehicle.",
    ),
    "progress": (
        "全部 {n} 次推演在同一时刻的分布；应转 {people} 人。P10、P90 是各时刻各自的分位，"
        "不是同一场推演。末行为推演结束时。最右一列供当夜手填对照。",
        "Distribution of all {n} replications at each clock time; {people} people at risk. "
        "P10 and P90 are taken at each time, they are not one night. The last row is the end.",
    ),
    "progress_townships": (
        "取自第 {number} 次推演，累计人数。",
        "From replication {number}, running totals.",
    ),
    "injects": (
        "演练用，不是真实险情。情景取自第 {number} 次推演（{which}）；"
        "演练 {start} 开始，约 {minutes} 分钟，长时间的平静已压缩。"
        "模拟时间取自 {n} 次推演，“未达到”表示到结束也没有完成；"
        "实做和跳时的结果不能直接代表真实一夜：演练总比真的快。",
        "For a drill, not a real emergency. From replication {number} ({which}); begins {start}, "
        "about {minutes} minutes with lulls cut short. Simulated times are of {n} replications; "
        "“never”: not done by the end. Drill times flatter: a real night is slower.",
    ),
    "supplies": (
        "物资调运尚未模拟：这里只按集中安置人数乘每人标准与全县库存比较，易耗品按 {days} 天。"
        "集中安置 P50 {p50} 人、P90 {p90} 人（全部 {n} 次推演）。没有依据的标准写“数据不足”；"
        "标注“经验判断”的请换成本地标准。",
        "Supply runs are not simulated: persons in shelters × a standard per person against the "
        "county's stock, consumables for {days} days. In shelters P50 {p50}, P90 {p90} persons "
        "(all {n} replications). No known standard: “no data”; replace what is marked judgement.",
    ),
}

WORDS: dict[str, Label] = {
    "total": ("合计", "total"),
    "not_set": ("预案未定", "not in the plan"),
    "median": ("居中的一场", "the median one"),
    "worst": ("最差的一场", "the worst one"),
    "chosen": ("指定的一场", "the one chosen"),
    "more_vehicles": ("{list} 等 {n} 辆", "{list} and others, {n} in all"),
    "more_places": ("{list} 等 {n} 处", "{list} and others, {n} in all"),
    "own_staff": ("本单位", "its own staff"),
    "diverted_full": ("原定安置点已满，改送", "shelter full, sent on"),
    "diverted_no_route": ("道路不通，改送", "no way, sent on"),
    "blocked": ("途中遇断路等待", "stopped by a closed road"),
    "broken": ("途中故障", "broke down"),
    "caught": ("途中遇水", "caught by water"),
    "feeder": ("接驳到换乘点", "feeder to the transfer point"),
    "left_vehicle": ("未送达", "not delivered"),
    "scheduled": ("预案班次", "scheduled"),
    "not_run": ("预案班次，未开行", "scheduled, did not run"),
    "no_data": ("数据不足", "no data"),
    "no_standard": ("无依据，未计算", "no standard known, not computed"),
    "special_other": ("特殊群体", "special group"),
    "not_moved": ("未转移", "not moved"),
    "refused": ("拒绝转移", "refused"),
    "kind_hospital": ("医院", "hospital"),
    "kind_larger": ("大型", "larger"),
    "kind_village": ("村级", "village"),
    "not_cut": ("未断", "not cut"),
    "stays_dry": ("未进水", "stays dry"),
    "way_in_place": ("就近避险", "in place"),
    "way_relatives": ("投亲靠友", "to relatives"),
    "way_village_shelter": ("步行到村级点", "on foot to the village shelter"),
    "way_coach": ("集合乘车", "by coach"),
    "way_ambulance": ("救护车", "ambulance"),
}
