"""Words of the sheets about the run itself: columns, checks, the cover; (Chinese, English)."""

from __future__ import annotations

from sim.texts.labels import Label
from sim.texts.lists import ColumnWords, count_column, min_column, people_column, text_column

RESULTS: dict[str, ColumnWords] = {
    "plan": text_column("方案", "plan", ("方案名称", "name of the plan")),
    "baseline": text_column("对照", "baseline", ("与哪个方案相比", "plan it is compared with")),
    "measure": text_column("指标", "measure", ("名称与 --json 相同", "as in --json")),
    "measure_key": text_column("代号", "key", ("--json 里的名字", "its name in --json")),
    "unit": text_column("单位", "unit", ("占比写成百分数", "shares are percentages")),
    "mean": ColumnWords(("平均", "mean"), "", "number", ("全部推演平均", "over all replications")),
    "low": ColumnWords(
        ("95% 下限", "95 % low"), "", "number", ("平均的 95% 区间", "interval of the mean")
    ),
    "high": ColumnWords(
        ("95% 上限", "95 % high"), "", "number", ("平均的 95% 区间", "interval of the mean")
    ),
    "p50_value": ColumnWords(("P50", "P50"), "", "number", ("居中的一场", "median replication")),
    "p90_value": ColumnWords(
        ("P90", "P90"), "", "number", ("十场里九场不超过", "nine in ten at most")
    ),
    "reached": ColumnWords(
        ("达到占比", "reached"), "share", "share", ("时间类：多少场达到", "times: share reached")
    ),
    "target_name": text_column("时限目标", "target", ("预案写明的目标", "as written in the plan")),
    "light": text_column(
        "判定", "light", ("达标、不达标、证据不足、不可能", "by exact 95 % bounds")
    ),
    "judged": count_column("判定场数", "judged", ("参加判定的推演", "replications judged")),
    "met": count_column("达到场数", "met", ("按时的推演", "replications in time")),
    "required": ColumnWords(
        ("要求把握", "required"), "share", "share", ("要求的概率", "probability required")
    ),
    "lower": ColumnWords(
        ("把握下限", "lower bound"), "share", "share", ("单侧 95% 下限", "one-sided 95 % bound")
    ),
    "upper": ColumnWords(
        ("把握上限", "upper bound"), "share", "share", ("单侧 95% 上限", "one-sided 95 % bound")
    ),
    "deadline": min_column("时限", "deadline", ("从起算点算起", "counted from the reference")),
    "counted_from": text_column(
        "起算", "counted from", ("下令、灾害到来或时钟", "order, hazard or clock")
    ),
    "time_p50": min_column(
        "用时 P50", "time, P50", ("达到该占比的时间", "until the share was reached")
    ),
    "time_p90": min_column(
        "用时 P90", "time, P90", ("达到该占比的时间", "until the share was reached")
    ),
    "limit": min_column("物理下限", "physical limit", ("再快也快不过", "no plan can be faster")),
    "short": count_column("缺车", "vehicles short", ("至少缺的辆数", "lacking at least")),
    "at_most": ColumnWords(
        ("不超过", "at most"), "", "number", ("响应目标的数量上限", "limit of an amount")
    ),
    "amount_p50": ColumnWords(
        ("数量 P50", "amount, P50"), "", "number", ("居中的一场", "median replication")
    ),
    "amount_p90": ColumnWords(
        ("数量 P90", "amount, P90"), "", "number", ("十场里九场不超过", "nine in ten at most")
    ),
    "difference": ColumnWords(
        ("相差", "difference"), "", "number", ("方案减对照，逐场相减的平均", "plan minus baseline")
    ),
    "better": ColumnWords(
        ("更好的场占比", "share better"), "share", "share", ("逐场比较", "pair by pair")
    ),
    "verdict": text_column(
        "结论", "verdict", ("更好、更差或分不出", "better, worse, indistinguishable")
    ),
    "zone_out": ColumnWords(
        ("断路前转出", "out before the cut-off"), "share", "share", ("平均", "mean")
    ),
    "zone_before": ColumnWords(
        ("对照方案", "baseline's"), "share", "share", ("对照方案的平均", "mean of the baseline")
    ),
    "item_checked": text_column("核对项", "checked", ("工作表合计与推演结果", "list against run")),
    "list_total": people_column("工作表合计", "total of the list", ("见该表末行", "its last row")),
    "run_value": people_column(
        "推演结果", "value of the run", ("同一场的指标", "same replication")
    ),
    "agrees": text_column("一致", "agrees", ("应全部为“是”", "all must say yes")),
    "sheet": text_column("工作表", "sheet", ("表名", "name of the sheet")),
    "column": text_column("列", "column", ("列名（单位）", "head with unit")),
    "meaning": text_column("含义", "meaning", ("列的含义", "what it says")),
    "key": text_column("项目", "item", ("项目", "item")),
    "value": text_column("内容", "content", ("内容", "content")),
}
"""Columns of the sheets about the run itself."""

CHECKS: dict[str, Label] = {
    "at_risk": ("任务分解表 应转人数 = 应转人数", "tasks: people at risk = people at risk"),
    "delivered": (
        "派车单 送达 = 大巴中巴 + 救护车转移",
        "dispatch: delivered = by coach, minibus and ambulance",
    ),
    "sheltered": (
        "安置点接收总表 集中安置 = 集中安置",
        "shelters: in shelters = sheltered",
    ),
    "received": (
        "分时分村接收表 到达 = 接收总表 接收",
        "reception: arrivals = shelters: received",
    ),
    "goods": (
        "物资收支表 {item}（{unit}）：结存 + 消耗 + 在途 = 期初",
        "supplies, {item} ({unit}): left + used + under way = at the start",
    ),
    "goods_stock": (
        "物资缺口表 {item}（{unit}）：现有库存 = 收支表 期初",
        "supplies short, {item} ({unit}): in stock = at the start, store by store",
    ),
    "goods_lacked": (
        "分乡镇物资缺口表 {item}（{unit}）：缺口人时 = 收支表 缺口人时",
        "supplies by township, {item} ({unit}): lacking = lacking, store by store",
    ),
    "goods_people": (
        "分乡镇物资缺口表 {item}（{unit}）：安置人数 = 接收总表 集中安置",
        "supplies by township, {item} ({unit}): persons = in shelters",
    ),
    "special": (
        "一对一表 人数 = 任务分解表 特殊群体",
        "one to one: persons = tasks: special groups",
    ),
}

ABOUT: dict[str, Label] = {
    "scenario": ("情景", "scenario"),
    "plans": ("方案", "plans"),
    "lists_of": ("工作表所属方案和推演", "lists are of plan and replication"),
    "replications": ("推演次数", "replications"),
    "seed": ("随机种子", "seed"),
    "input_hash": ("输入指纹", "input hash"),
    "log_hash": ("日志指纹", "log hash"),
    "version": ("程序版本", "version"),
    "created": ("运行时间", "run created"),
    "no_lists": (
        "情景文件夹不在或已改动，或没有留下这一场的日志，工作表未写",
        "the scenario folder has gone or changed, or no log was kept: no lists",
    ),
    "no_times": (
        "这次运行没有留下行动用时，导调单没有模拟时间；重新运行即有",
        "this run kept no times of actions: no simulated times in the inject list; run it again",
    ),
    "lists": ("工作表", "lists"),
    "times": ("导调单时间", "times of the injects"),
    "clock_start": ("情景开始时刻", "scenario starts"),
}
