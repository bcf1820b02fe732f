"""Words of the pages on screen: key → (Chinese, English). Sentences about results are not here."""

from __future__ import annotations

from typing import Literal

from sim.texts.dashboard_compare import COMPARE
from sim.texts.dashboard_data import DATA
from sim.texts.dashboard_find import FIND
from sim.texts.dashboard_help import HELP
from sim.texts.dashboard_plans import PLANS
from sim.texts.dashboard_reports import REPORTS
from sim.texts.dashboard_runs import RUNS

Lang = Literal["zh", "en"]

FRAME: dict[str, tuple[str, str]] = {
    "product.long": ("预演 · 转移预案推演", "Yuyan · rehearsing evacuation plans"),
    "nav.front": ("看结果", "Results"),
    "nav.work": ("编制", "Prepare"),
    "nav.help": ("帮助", "Help"),
    "page.answer": ("结论", "Answer"),
    "page.one_page": ("会议一页纸", "One page"),
    "page.compare": ("比较", "Compare"),
    "page.map": ("一张图", "Map"),
    "page.reports": ("报告", "Reports"),
    "page.plans": ("方案", "Plans"),
    "page.data": ("数据", "Data"),
    "page.preposition": ("前置", "Placing"),
    "page.runs": ("运行", "Runs"),
    "page.help": ("帮助", "Help"),
    "lang": ("语言", "Language"),
    "run.choose": ("看哪一次预演", "Run on show"),
    "run.option": (
        "{name} · {plans} 个方案 × {n} 次 · 种子 {seed} · {when}",
        "{name} · {plans} plan(s) × {n} · seed {seed} · {when}",
    ),
    "run.option_unfinished": (
        "{name} · {plans} 个方案 · 已完成 {done}/{n} 次 · {when}",
        "{name} · {plans} plan(s) · {done} of {n} done · {when}",
    ),
    "run.broken": ("{name} · 打不开", "{name} · cannot be read"),
    "plan.choose": ("方案", "Plan"),
    "baseline.choose": ("与哪个方案比", "Compare with"),
    "crash": (
        "这一页出了程序错误，不是您的输入有误。详情已写入 {file}，请交给开发者；"
        "预演结果都在，其他页面可以照常使用。",
        "This page met a fault of the program; it is not your input. Details are in {file}; please "
        "hand it to the makers. Results are safe and the other pages work.",
    ),
    "empty.title": ("还没有预演结果", "Nothing has been rehearsed yet"),
    "empty.text": (
        "先选一个情景、几个方案，点“开始预演”。云岭县是随软件带的虚构县，随时可以打开试用。",
        "Choose a scenario and some plans, then start. Yunling is a made-up county that comes with "
        "the program and always opens.",
    ),
    "presets.title": ("随软件带的情景", "Scenarios that come with the program"),
    "presets.tip": (
        "随时打得开、演得成。地方是虚构的（历史核对的两个除外），灾种不同，用法一样。"
        "“预演”把全部方案各演 {n} 次。",
        "They always open and run. The places are made up (except the two cases of the record); "
        "the disasters differ, the use is the same. “Rehearse” plays all plans {n} times.",
    ),
    "presets.plans": ("{n} 个方案", "{n} plan(s)"),
    "presets.run": ("预演", "Rehearse"),
    "presets.answer": ("看结论", "See the answer"),
    "presets.open": ("看方案", "See the plans"),
    "empty.button": ("去“运行”页开始预演", "Go to Runs and start"),
    "not_finished": (
        "这次预演还没有一次跑完，请在“运行”页看进度。",
        "No replication of this run is finished yet; see Runs for its progress.",
    ),
    "footer": (
        "模拟数据，不作灾情统计和问责依据 · 输入 {hash} · 种子 {seed} · 预演 {version}",
        "Simulated data, not for disaster statistics or accountability · input {hash} · "
        "seed {seed} · Yuyan {version}",
    ),
    "print": ("打印", "Print"),
    "print.tip": (
        "A4 纵向一页；也可按 Ctrl+P，选“另存为 PDF”。",
        "One A4 page; Ctrl+P works too, also to save as PDF.",
    ),
    "estimated": (
        "道路按直线估算（估算），结论只供参考。",
        "Roads are estimated from straight lines (estimated); results are indications only.",
    ),
}

ANSWER: dict[str, tuple[str, str]] = {
    "answer.of_plan": ("看哪个方案", "Plan on show"),
    "answer.best": ("（提前转出最多）", " (most out in time)"),
    "answer.interval": ("95% 区间 {bounds}", "95 % interval {bounds}"),
    "answer.nine_in_ten": ("十次里九次 {p90}", "nine in ten {p90}"),
    "answer.targets": ("时限目标：按时吗", "Timing targets: in time?"),
    "answer.no_targets": (
        "这个方案没有写时限目标，在方案里加上 targets 一节即可评判。",
        "This plan states no timing targets; add a section “targets” to have them judged.",
    ),
    "targets.light": ("评判", "light"),
    "targets.target": ("目标", "target"),
    "targets.counts": ("按时次数和把握", "in time, and how sure"),
    "targets.story": ("多快，卡在哪", "how fast, and what stands in the way"),
    "target.counts": ("{judged} 次里 {met} 次按时", "{met} of {judged} in time"),
    "target.amounts": ("{judged} 次里 {met} 次达到", "{met} of {judged} within it"),
    "target.bounds": (
        "实有把握 {low}～{high}，要求 {required}",
        "shown: {low} to {high}; required: {required}",
    ),
    "target.limit_zero": (
        "{n} 次里没有一次误时，仍可能有 {rate} 的误时率。",
        "No miss in {n} runs still allows a miss rate of {rate}.",
    ),
    "answer.modes": (
        "怎样离开：多坐大巴车走、少划冲锋舟救",
        "How people left: by coach, not by boat",
    ),
    "answer.modes_land": (
        "怎样离开：多提前走、少等人救",
        "How people left: in time, not fetched",
    ),
    "answer.modes_note": (
        "各次平均人数；每条合起来是应转人数。",
        "Mean persons per night; every bar sums to the people at risk.",
    ),
    "answer.lacking": ("缺什么", "What is lacking"),
    "lack.wait": (
        "等车：坐大巴的人平均等 {minutes} 分钟，座位利用率 {use}。",
        "Waiting: coach riders wait {minutes} min on average; {use} of the seats are used.",
    ),
    "lack.shelter": (
        "安置：平均每次 {n} 人到了门口因满员改送别处。",
        "Shelters: {n} people per night were sent on from a full shelter.",
    ),
    "lack.refused": (
        "人：平均每次 {n} 人拒绝转移，要靠上门劝和第二遍清查。",
        "Staff: {n} people per night refuse; door-knocking and a second sweep decide there.",
    ),
    "answer.latest": ("最迟几点下令", "Latest order"),
    "latest.start": ("现在算这个方案", "Compute for this plan"),
    "latest.running": ("正在算，见“运行”页。", "Being computed, see Runs."),
    "answer.sides": ("乐观、基准、悲观", "Optimistic, base, pessimistic"),
    "sides.note": (
        "上面的区间只含各次之间的偶然，不含数据和参数的误差。这里把拿不准的行为参数（听劝、准备、车辆到岗、车速、"
        "叫应、队伍）一起往好、往坏各挪一档，同样的灾情再演一遍；各参数挪多少见《参数》文档。人口、道路拿不准的，"
        "另存一份情景改数再演，也能并排。",
        "The intervals above hold chance only. Here the doubtful values of behaviour (compliance, "
        "preparation, drivers, speeds, calls, teams) are all moved to the good and to the bad "
        "side and the same nights played again; docs/parameters.md says how far. For doubtful "
        "people or roads, save a changed scenario and run it: it can stand beside this one too.",
    ),
    "sides.start": ("再演乐观、悲观两组", "Play optimistic and pessimistic inputs too"),
    "sides.running": ("乐观、悲观两组正在演，见“运行”页。", "Being played, see Runs."),
    "sides.choose": ("并排放哪几次预演", "Runs to set beside this one"),
    "sides.none": (
        "目前没有同名方案的其他预演可以并排。",
        "There is no other run with a plan of this name yet.",
    ),
    "sides.this": ("本次", "this run"),
    "head.run": ("预演", "run"),
}

PAGES: dict[str, tuple[str, str]] = {
    **FRAME,
    **ANSWER,
    **COMPARE,
    **REPORTS,
    **RUNS,
    **HELP,
    **PLANS,
    **DATA,
    **FIND,
}


def ui(key: str, lang: Lang, **values: object) -> str:
    """Words of a page with their values filled in.

    Raises:
        KeyError: no such words, or a value they need is missing (a fault of the program).
    """
    zh, en = PAGES[key]
    return (zh if lang == "zh" else en).format(**values)
