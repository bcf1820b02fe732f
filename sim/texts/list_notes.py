"""Titles, notes and single words of the working lists and result sheets; (Chinese, English)."""

from __future__ import annotations

from sim.texts.labels import Label

TITLES: dict[str, Label] = {
    "tasks": ("任务分解表", "Who does what by when"),
    "dispatch": ("派车单", "Dispatch sheet"),
    "shelters": ("安置点接收总表", "Shelters"),
    "reception": ("安置点接收表（分时分村）", "Reception by hour and village"),
    "special": ("特殊群体一对一表", "Special groups, one to one"),
    "progress": ("整点进度表", "Progress by the hour"),
    "progress_townships": ("分乡镇整点进度表", "Progress by the hour and township"),
    "supplies": ("物资缺口表", "Supplies short"),
    "supplies_townships": ("分乡镇物资缺口表", "Supplies short by township"),
    "supply_balance": ("物资收支表", "Supplies, store by store"),
    "deployment": ("力量部署表", "Where the teams stand"),
    "injects": ("演练导调单", "Inject list of a drill"),
    "drill_median": ("演练导调单（居中一场）", "Inject list, median"),
    "drill_worst": ("演练导调单（最差一场）", "Inject list, worst"),
    "drill_chosen": ("演练导调单（第{n}次）", "Inject list, replication {n}"),
    "measures": ("指标", "Measures"),
    "targets": ("时限目标", "Targets"),
    "comparisons": ("方案对比", "Comparisons"),
    "zones": ("片区得失", "Zones that gain or lose"),
    "checks": ("核对", "Checks"),
    "columns": ("说明", "Explanation"),
    "about": ("封面", "About"),
}

NOTES: dict[str, Label] = {
    "supply_balance": (
        "取自第 {number} 次推演：期初加收到，减发出和消耗，等于结存；发出而未收到的在途。"
        "缺口人时是没有足够这种物资的人数乘时间。各物资计量单位不同，末尾按物资分别合计。",
        "Of replication {number}: what was there and came, less what left and was used, is what is "
        "left; what has left and not come is on trucks. Lacking: persons without enough, by time. "
        "Items have units of their own, so each has totals of its own.",
    ),
    "supplies_townships": (
        "取自第 {number} 次推演：结束时各乡镇集中安置的人，按物资缺口表的标准、易耗品 {days} 天，"
        "需要多少、当夜送到多少、还差多少。没有推演物资调运的方案，送到和还差写“—”。末尾按物资合计。",
        "Of replication {number}: people in each township's shelters at the end, what they need by "
        "the standards of the table of supplies short ({days} days of consumables), what was "
        "handed over and what is missing; “—” where no supplies were played. Totals per item.",
    ),
    "deployment": (
        "取自第 {number} 次推演：每队的驻地、前置点、装备，何时接令、到位、首次派出。",
        "Of replication {number}: station, post and means of every team, when it was called, ready "
        "and first sent.",
    ),
    "measures": (
        "{n} 次推演。区间只含各次推演之间的差别，不含资料和模型的误差。"
        "时刻类从 {start} 算起（分钟）。",
        "{n} replications. Intervals hold the chance of the nights, not errors of data and model. "
        "Clock times are minutes from {start}.",
    ),
    "targets": (
        "把握上下限为单侧 95% 精确界；下限不低于要求为达标，上限低于要求为不达标，其余证据不足。",
        "One-sided exact 95 % bounds: met when the lower is not below the requirement, missed when "
        "the upper is below it, else undecided.",
    ),
    "comparisons": (
        "同一场灾情下逐场相减；占比的相差为百分点除以一百。",
        "Pair by pair in the same nights; differences of shares as shares.",
    ),
    "zones": (
        "断路前转出率与对照方案逐场比较，损失大的在前；各场都一样的片区不列。",
        "Share out before the cut-off against the baseline, the greatest loss first; zones alike "
        "in every night are left out.",
    ),
    "checks": (
        "工作表取自方案“{plan}”第 {number} 次推演；末行合计必须与同一场的指标相等。",
        "Lists are of plan “{plan}”, replication {number}; totals must equal that replication's "
        "measures.",
    ),
    "columns": (
        "每张表每一列的含义。时刻写作 月-日 时:分；“—”为不知道，“未达到”为到结束也没有达到。",
        "What every column says. Clock times as month-day hour:minute; “—” is unknown, “never” was "
        "not reached by the end.",
    ),
    "about": ("{footer}", "{footer}"),
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
        "本预案给定班次：备注“未开行”的班次在这一场推演里没有载到人。",
        " Trips given by the plan; those marked “did not run” carried nobody in this replication.",
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
        "本表不含物资调运：只按集中安置人数乘每人标准与全县库存比较，易耗品按 {days} 天。"
        "每行即该物资全县合计，库存与物资收支表期初一致；计量单位不同，各行不相加。"
        "集中安置 P50 {p50} 人、P90 {p90} 人（全部 {n} 次推演）。没有依据的标准写“数据不足”；"
        "标注“经验判断”的请换成本地标准。",
        "Supply runs are not in this table: persons in shelters × a standard per person against "
        "the county's stock, consumables for {days} days. A row is an item's total, its stock that "
        "of the table store by store; units differ, so rows are not added. In shelters "
        "P50 {p50}, P90 {p90} persons (all {n} replications). No known standard: "
        "“no data”; replace what is marked judgement.",
    ),
}

WORDS: dict[str, Label] = {
    "none": ("—", "—"),
    "no_number": ("再多也不够", "no number would do"),
    "yes": ("是", "yes"),
    "no": ("否", "NO"),
    "counted_order": ("下令", "order"),
    "counted_hazard": ("断路或灾情到（之前为负）", "hazard (negative before it)"),
    "counted_clock": ("情景开始", "start of the scenario"),
    "not_used": ("未用", "not used"),
    "level_county": ("县级库", "county store"),
    "level_town": ("乡镇库", "township store"),
    "level_shelter": ("安置点", "shelter"),
    "counted_report": ("接报", "report of each incident"),
    "counted_amount": ("数量，不是时间", "an amount, not a time"),
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
    "caught": ("途中遇险", "caught by the hazard"),
    "feeder": ("接驳到换乘点", "feeder to the transfer point"),
    "left_vehicle": ("未送达", "not delivered"),
    "scheduled": ("预案班次", "scheduled"),
    "not_run": ("预案班次，未开行", "scheduled, did not run"),
    "no_data": ("数据不足", "no data"),
    "no_township": ("未写乡镇", "no township given"),
    "no_standard": ("无依据，未计算", "no standard known, not computed"),
    "special_other": ("特殊群体", "special group"),
    "not_moved": ("未转移", "not moved"),
    "refused": ("拒绝转移", "refused"),
    "kind_hospital": ("医院", "hospital"),
    "kind_larger": ("大型", "larger"),
    "kind_village": ("村级", "village"),
    "not_cut": ("未断", "not cut"),
    "stays_dry": ("灾情未到", "not reached"),
    "way_in_place": ("就近避险", "in place"),
    "way_relatives": ("投亲靠友", "to relatives"),
    "way_village_shelter": ("步行到村级点", "on foot to the village shelter"),
    "way_coach": ("集合乘车", "by coach"),
    "way_ambulance": ("救护车", "ambulance"),
}
