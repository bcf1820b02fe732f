"""Words of ``yuyan optimize preposition``: key → (Chinese, English)."""

from __future__ import annotations

from sim.texts.labels import Label
from sim.texts.report import Lang

PLACED: dict[str, Label] = {
    "title": ("前置：「{plan}」的{units}放在哪里", "Where to keep the {units} of “{plan}”"),
    "units.boats": ("冲锋舟队伍", "boat teams"),
    "units.teams": ("专业队伍", "teams"),
    "units.coaches": ("大巴中巴", "coaches and minibuses"),
    "units.supplies": ("物资库库存", "stocks of the stores"),
    "how": (
        "做法：{units} {n} 支（辆），候选待命点 {posts} 处；选址模型提方案，"
        "在同样的 {nights} 场灾情里演 {runs} 次挑出最好的，"
        "再用 {fresh} 场没见过的灾情核定。目标：{measure}越小越好。",
        "How: {n} {units}, {posts} candidate posts; location models propose, the simulator chooses "
        "on the same {nights} nights ({runs} runs), and {fresh} fresh nights certify. Goal: least "
        "{measure}.",
    ),
    "how.more": (
        "做法：{units} {n} 支（辆），候选待命点 {posts} 处；选址模型提方案，"
        "在同样的 {nights} 场灾情里演 {runs} 次挑出最好的，"
        "再用 {fresh} 场没见过的灾情核定。目标：{measure}越大越好。",
        "How: {n} {units}, {posts} candidate posts; location models propose, the simulator chooses "
        "on the same {nights} nights ({runs} runs), and {fresh} fresh nights certify. Goal: most "
        "{measure}.",
    ),
    "answer.own": (
        "演过 {tried} 种摆法，没有一种有把握好过现方案：现方案每场 {mean}，不建议为此调动。",
        "None of the {tried} placements played is surely better than the plan's own ({mean} per "
        "night): no reason to move anybody.",
    ),
    "answer": (
        "推荐摆法每场 {mean}，现方案 {own}，全放县城 {seat}。"
        "与现方案逐场相比：{difference}（{verdict}）。",
        "Recommended: {mean} per night; the plan's own {own}; all at the county seat {seat}. Night "
        "by night against the plan: {difference} ({verdict}).",
    ),
    "limit": (
        "怎么摆每场也不会少于 {limit}（{how}），这个下限是推荐摆法的 {share}。",
        "No placement gets below {limit} per night ({how}), which is {share} of the recommended "
        "one.",
    ),
    "limit.boats": (
        "路干、从最近的点出发、所有船不停地先接最快的",
        "dry roads, from the nearest post, all boats without a pause, the quickest families first",
    ),
    "limit.teams": (
        "同样的险情，能办的队伍都不忙，从最近的点或刚办完的险情走干路过来",
        "the same emergencies, an able team never busy, on dry roads from the nearest post or from "
        "another emergency",
    ),
    "limit.coaches": (
        "同样的人同样时刻到集合点，车不限量，从最近的点走干路来、走干路到最近的安置点",
        "the same people at the same stops, buses without number, dry roads from the nearest post "
        "and to the nearest shelter",
    ),
    "limit.supplies": (
        "头一批从最近的点走干路、一路最快；借用的东西全县只有那么多",
        "the first load from the nearest post on dry roads, at its quickest; and no more is lent "
        "than the county has",
    ),
    "staffed": (
        "每个候选点都再放同 {units} 一样的各 {most} 支（份），演出来每场是 {staffed}："
        "靠换地方大约最多再省 {gap}（推演，不是证明）。",
        "With every candidate post staffed besides ({most} like each of {units}): {staffed} per "
        "night as played, so that other places save about {gap} more at most (no proof).",
    ),
    "level": (
        "{level}：每场 {mean}，备勤 {hours} 小时{own}{difference}",
        "{level}: {mean} per night, {hours} h stood by{own}{difference}",
    ),
    "level.own": ("（现方案）", " (the plan)"),
    "level.other": (
        "，与现方案逐场相比 {difference}（{verdict}）",
        ", against the plan {difference} ({verdict})",
    ),
    "level.incident": ("一直守在点上，有险情才用", "at their posts from the beginning"),
    "level.start": ("灾前就到点上", "at their posts before it begins"),
    "level.prepare": ("准备转移时前出", "moved up at “prepare”"),
    "level.move": ("立即转移时前出", "moved up at “move”"),
    "location": (
        "选址账：险情到最近待命点平均 {winner} 分钟（现方案 {own}，县城 {seat}；"
        "同样多处最少 {bound}，已证明）；另有 {no_way} 当时哪个点都没有路。"
        "排队核对（超立方）：平均忙 {busy}，来了险情都在忙 {all_busy}。",
        "Location account: {winner} min on average from a call to the nearest post (the plan's own "
        "{own}, county seat {seat}; least for as many posts {bound}, proven); no post had a way to "
        "{no_way} of them. Hypercube check: "
        "busy {busy} of the time, all busy when a call comes {all_busy}.",
    ),
    "calm": (
        "搜索的场次里没有谁要这些力量，选址模型无从下手。",
        "Nobody needed these units in the search nights; location models have nothing to go by.",
    ),
    "more.unit": (
        "再添一支（辆）同 {unit} 的，放在{place}：每场 {difference}（{verdict}）。",
        "One more like {unit}, at {place}: {difference} per night ({verdict}).",
    ),
    "more.larger": (
        "{unit} 多一艘船（在{place}）：每场 {difference}（{verdict}）。",
        "{unit} with one boat more (at {place}): {difference} per night ({verdict}).",
    ),
    "more.stock": (
        "{unit} 的库存各多一半（在{place}）：每场 {difference}（{verdict}）。",
        "{unit} with half as much again of everything (at {place}): {difference} per night "
        "({verdict}).",
    ),
    "same": ("不必改动任何一支（辆）。", "No unit has to move."),
    "note": (
        "力量越少动越好：上面只列与现方案不同的。区间只含场次之间的随机，不含资料和模型的误差。",
        "Only units that wait elsewhere than in the plan are listed. Intervals hold chance between "
        "nights only, not errors of data and model.",
    ),
    "saved": ("已存为新方案 {file}", "saved as a new plan {file}"),
    "written": ("已写入 {file}", "written to {file}"),
    "measure.standby_h": ("备勤时数（小时/场）", "hours stood by, per night"),
    "measure.emergency_wait_h": (
        "险情等第一支队伍（小时/场）",
        "hours waited for first teams, per night",
    ),
    "measure.stranded_person_h": ("被困等待（人·小时/场）", "person-hours stranded per night"),
    "verdict.better": ("确有改善", "better"),
    "verdict.worse": ("更差", "worse"),
    "verdict.indistinguishable": ("分不出", "indistinguishable"),
    "name.winner": ("推荐摆法", "recommended"),
    "name.own": ("现方案", "the plan's own"),
    "name.seat": ("全放县城", "all at the county seat"),
    "name.second": ("次选", "second choice"),
    "table.moves": ("要动的", "What moves"),
    "table.standings": ("新场次里的表现", "On fresh nights"),
    "table.costs": ("摆过去要多少：干路行驶，备勤", "What it takes: driving on dry roads, standby"),
    "table.regret": (
        "遗憾：各灾情成员里比最好的一种差多少",
        "Regret: how much worse than the best, by member of the hazard",
    ),
    "table.paired": ("逐场相减：推荐摆法减对照", "Night by night: recommended minus the other"),
    "table.roads": ("断一条路：最要紧的几条", "One road lost: those that matter most"),
    "column.unit": ("队伍/车辆", "unit"),
    "column.from": ("现在", "now"),
    "column.to": ("改到", "to"),
    "column.capacity": ("一次可载", "takes at once"),
    "column.placement": ("摆法", "placement"),
    "column.mean": ("每场平均", "mean per night"),
    "column.low": ("95%下", "95 % low"),
    "column.high": ("95%上", "95 % high"),
    "column.cvar": ("最差一成平均", "mean of worst tenth"),
    "column.regret_mean": ("平均遗憾", "mean regret"),
    "column.regret_most": ("最大遗憾", "largest regret"),
    "column.away": ("不在原驻地", "away from home"),
    "column.drive_h": ("行驶 小时", "driving, h"),
    "column.longest": ("最远一支 分钟", "longest way, min"),
    "column.standby": ("备勤 小时/场", "stood by, h per night"),
    "column.member": ("灾情成员", "member"),
    "column.times": ("场次", "nights"),
    "column.against": ("对照", "against"),
    "column.measure": ("指标", "measure"),
    "column.diff": ("平均差", "mean difference"),
    "column.better_share": ("更好的场次", "nights better"),
    "column.verdict": ("结论", "verdict"),
    "column.road": ("路段", "road"),
    "column.name": ("路名", "name"),
    "column.minutes": ("断后到险情 分钟", "min to a call without it"),
    "column.unreached": ("断后到不了", "not reached without it"),
}


def placed(key: str, lang: Lang, **values: object) -> str:
    """A sentence or word with its values filled in."""
    zh, en = PLACED[key]
    return (zh if lang == "zh" else en).format(**values)
