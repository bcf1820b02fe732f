"""What stands in a plan, in planners' words: coded values, distributions, lists."""

from __future__ import annotations

from typing import get_args

from sim.schema.plan import ResponseTarget
from sim.texts.labels import MEASURES, Label

VALUES: dict[str, Label] = {
    "True": ("是", "yes"),
    "False": ("否", "no"),
    "observed_level": ("实测水位", "observed level"),
    "forecast_level": ("预报水位", "forecast level"),
    "onset_forecast": ("预计灾害到达时间", "expected onset of the danger"),
    "rain_1h": ("1 小时雨量", "rain in 1 h"),
    "rain_3h": ("3 小时雨量", "rain in 3 h"),
    "rain_24h": ("24 小时雨量", "rain in 24 h"),
    "observed_wind": ("实测阵风", "observed gusts"),
    "forecast_wind": ("预报阵风", "forecast gusts"),
    "alarm": ("监测报警", "alarm of a watcher"),
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
    "coach": ("坐大巴的人", "coach riders"),
    "close": ("封闭", "close"),
    "contraflow": ("两向车道都外撤", "both lanes outward"),
    "tidal": ("分时单向放行", "one direction at a time"),
    "police": ("交警疏导", "police"),
    "urgent": ("急者先，可改派", "most urgent first"),
    "preempt": ("在场也可抽调", "also from a site"),
    "own_district": ("本乡镇优先", "own township first"),
    "cover": ("留守覆盖", "cover kept"),
    "batch": ("成批匹配", "matched in batches"),
    "home": ("回原点", "back to its post"),
    "list": ("按岗位次序", "by a list of posts"),
    "dmexclp": ("去覆盖增益最大的岗位", "where it adds most cover"),
    "table": ("按值守表", "by a compliance table"),
    "push": ("下令即送", "at the order"),
    "pull": ("短缺才要", "when short"),
    "threshold": ("低于存量即要", "below a stock"),
    "county": ("县级", "county"),
    "township": ("乡镇", "township"),
    "village": ("村", "village"),
    **{
        name: MEASURES[name] for name in get_args(ResponseTarget.model_fields["measure"].annotation)
    },
}
"""Values of a plan that are words of the program; everything else is what the planner wrote."""

KEYS: dict[str, Label] = {
    "rules": ("触发规则", "trigger rule"),
    "closures": ("道路管控", "control on a road"),
    "routes": ("指定路线", "given way out"),
    "id": ("编号", "id"),
    "name": ("名称", "name"),
    "deadline": ("时限", "deadline"),
    "at_most": ("不超过", "at most"),
    "tags": ("标签", "label"),
    "reaches": ("达到", "reaches"),
    "kind": ("做什么", "what is done"),
    "dispatch": ("险情派队", "which team answers"),
    "relocation": ("移防", "where free teams wait"),
    "out_min": ("每轮外撤放行", "outward window"),
    "back_min": ("每轮返程放行", "window for the way back"),
    "push_share": ("按容量占比备货", "share of the places"),
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
