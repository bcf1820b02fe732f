"""What stands in a plan, in planners' words: coded values, distributions, lists."""

from __future__ import annotations

from sim.texts.labels import Label

VALUES: dict[str, Label] = {
    "True": ("是", "yes"),
    "False": ("否", "no"),
    "observed_level": ("实测水位", "observed level"),
    "forecast_level": ("预报水位", "forecast level"),
    "onset_forecast": ("预计灾害到达时间", "expected onset of the danger"),
    "rain_1h": ("1 小时雨量", "rain in 1 h"),
    "rain_3h": ("3 小时雨量", "rain in 3 h"),
    "rain_24h": ("24 小时雨量", "rain in 24 h"),
    "clock": ("按钟点", "by the clock"),
    "warning": ("警戒", "warning level"),
    "guarantee": ("保证", "guarantee level"),
    "prepare": ("准备转移", "prepare"),
    "move": ("立即转移", "move"),
    "incident": ("有人求救时", "at the first call for help"),
    "special": ("特殊群体", "special groups"),
    "facilities": ("重点场所", "facilities"),
    "nearest": ("就近", "nearest"),
    "balanced": ("均衡", "balanced"),
    "planned": ("按预案", "as planned"),
    "fixed": ("定点包车", "fixed"),
    "largest": ("先去人多的", "largest first"),
    "farthest": ("先去远的", "farthest first"),
    "slack": ("先去最紧的", "least time left first"),
    "schedule": ("按班次", "by schedule"),
    "told": ("叫应", "told"),
    "ready": ("收拾好", "ready"),
    "out": ("到安全处", "out"),
    "registered": ("登记清点", "registered"),
    "all": ("全部", "all"),
    "county": ("县级", "county"),
    "township": ("乡镇", "township"),
    "village": ("村", "village"),
}
"""Values of a plan that are words of the program; everything else is what the planner wrote."""

KEYS: dict[str, Label] = {
    "rules": ("触发规则", "trigger rule"),
    "closures": ("道路管控", "control on a road"),
    "routes": ("指定路线", "given way out"),
    "id": ("编号", "id"),
    "name": ("名称", "name"),
    "deadline": ("时限", "deadline"),
    "tags": ("标签", "label"),
    "reaches": ("达到", "reaches"),
    "action": ("动作", "action"),
    "prepare_moves": ("准备转移即走", "who leaves at “prepare”"),
    "staged": ("前置", "staged"),
    "fixed": ("定点包车", "fixed"),
    "planned": ("按预案的安置点", "planned shelter"),
}
"""Keys whose description in the schema is too long for a line, or that have none."""

ENTRIES: dict[str, Label] = {
    "number": ("第 {n} 条", "no. {n}"),
    "items": ("{first} 等 {n} 项", "{first} … ({n} entries)"),
    "none": ("（未写）", "(not written)"),
    "step": (" · ", " · "),
    "pair": ("{name} {value}", "{name} {value}"),
    "colon": ("：", ": "),
    "comma": ("，", ", "),
    "dist.constant": ("{value}", "{value}"),
    "dist.lognormal": ("中位 {median}，九成不超过 {p90}", "median {median}, P90 {p90}"),
    "dist.triangular": (
        "最可能 {mode}（{low}～{high}）",
        "most likely {mode} ({low} to {high})",
    ),
    "dist.uniform": ("{low}～{high} 均匀", "{low} to {high}, uniform"),
    "dist.exponential": ("平均 {mean}，指数分布", "mean {mean}, exponential"),
    "dist.normal": ("平均 {mean}，标准差 {sd}", "mean {mean}, sd {sd}"),
    "dist.beta": ("贝塔分布（{a}，{b}）", "beta ({a}, {b})"),
    "dist.poisson": ("平均 {mean}，泊松分布", "mean {mean}, Poisson"),
    "dist.part": ("{share}：{of}", "{share}: {of}"),
    "per.replication": ("（每次预演抽一个）", " (one per replication)"),
    "per.zone": ("（每个片区抽一个）", " (one per zone)"),
    "shared": ("，整体可浮动到 {factor} 倍", ", all together up to × {factor}"),
}
"""Patterns of entries and distributions; ``dist.``, ``per.`` by the words of the schema."""
