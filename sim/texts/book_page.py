"""会议一页纸, what fits on one page for the head of the bureau: key → (Chinese, English)."""

from __future__ import annotations

PAGE: dict[str, tuple[str, str]] = {
    "page.title": ("会议一页纸", "One page for the meeting"),
    "page.plan": ("以下各条按「{plan}」回答。", "All answers below are for “{plan}”."),
    "page.played": (
        "{name}：{plans} 个方案各预演 {n} 次（同样的 {n} 场灾情），应转 {people} 人。",
        "{name}: {plans} plan(s), {n} replications each through the same {n} nights; {people} "
        "people at risk.",
    ),
    "page.headline": (
        "断路前能转出 {share}（十次里九次不低于 {low}），等到救援才出来 {rescued}。",
        "{share} are out before the cut-off (at least {low} in nine nights of ten); {rescued} "
        "must be rescued.",
    ),
    "page.headline_dry": (
        "没有一场断路；到结束已到安全处的 {share}（十次里九次不低于 {low}），"
        "等到救援才出来 {rescued}。",
        "No road is cut in any night; {share} are safe at the end (at least {low} in nine nights "
        "of ten); {rescued} must be rescued.",
    ),
    "page.lights": (
        "时限目标 {all} 项：{list}。",
        "{all} timing targets: {list}.",
    ),
    "page.light": ("{light} {n}", "{n} {light}"),
    "q.latest": ("最迟几点下令", "Latest order"),
    "q.done": ("几点转完", "When is everybody out"),
    "q.danger": ("最危险的十个村和责任人", "The ten most dangerous places and who answers"),
    "q.lacking": ("缺多少车、船、人", "Vehicles, boats, people lacking"),
    "q.lacking_dry": ("缺多少车、队伍、人", "Vehicles, teams, people lacking"),
    "q.hour": ("晚一小时的代价", "The price of one hour"),
    "q.outage": ("断电断网怎么办", "Power or network out"),
    "q.decide": ("请定三件事", "Three things to decide"),
    "q.trust": ("凭什么信", "Why believe it"),
    # 最危险的十个村
    "danger.line": (
        "{number}. {name}（{township}）：{left}/{people} 人 · {answers}",
        "{number}. {name} ({township}): {left}/{people} · {answers}",
    ),
    "danger.head": (
        "断路时还没出来的人/应转的人（各次平均）· 责任人：",
        "Not out at the cut-off / on the list (mean persons) · in charge:",
    ),
    "danger.nobody": ("未填", "not given"),
    "danger.none": (
        "各片区断路前都已转空，或没有一场断路。",
        "Every zone is empty before its road is cut, or no road is cut.",
    ),
    "danger.no_cut": (
        "数据不足：用的是行车时间表，没有路网，说不出几点断路。",
        "Not enough data: a table of travel times knows no cut-off.",
    ),
    "missing.gone": (
        "情景文件夹已不在原处，这一条说不出来。",
        "The scenario folder is not where it was; this cannot be said.",
    ),
    "missing.changed": (
        "情景文件夹在预演之后改过，这一条说不出来；请重新预演。",
        "The scenario was changed after the run; this cannot be said. Run it again.",
    ),
    "missing.program": (
        "预演之后软件（或它的参数库）换过版本，这一条说不出来；请用现在的版本重新预演。",
        "The program or its library has changed since the run; this cannot be said. Run it again.",
    ),
    "missing.broken": (
        "情景文件夹读不通，这一条说不出来；请用 yuyan check 看原因。",
        "The scenario cannot be read; see yuyan check.",
    ),
    # 缺多少车、船、人
    "lack.vehicles": (
        "大巴中巴：「{target}」至少还缺 {n} 辆（缺车的那些次的中位数，物理下限，实际只多不少）。",
        "Coaches and minibuses: “{target}” lacks at least {n} (median of the nights that lack any; "
        "a physical limit, so never fewer).",
    ),
    "lack.vehicles_enough": (
        "大巴中巴：照物理下限算，座位够；慢在叫应、等车、路上，不在车数。",
        "Coaches and minibuses: by the physical limit there are seats enough; time is lost "
        "elsewhere.",
    ),
    "lack.vehicles_unknown": (
        "大巴中巴：没有可以用来核算车数的时限目标，缺口未测算。",
        "Coaches and minibuses: no target lets the fleet be checked; not worked out.",
    ),
    "lack.ambulances": (
        "救护车：平均每次送走 {persons} 人；不在上面大巴中巴的核算里，够不够未测算。",
        "Ambulances: {persons} people per night; not part of the check above, and whether there "
        "are enough has not been worked out.",
    ),
    "lack.boats": (
        "船：平均每次 {incidents} 起求救，{unserved} 起到结束没人处置，{stranded} 人被困；"
        "还要添几条船未测算。",
        "Boats: {incidents} calls for help per night, {unserved} never served, {stranded} people "
        "stranded; how many more boats has not been worked out.",
    ),
    "lack.teams": (
        "救援：平均每次 {incidents} 起求救，{unserved} 起到结束没人处置，{stranded} 人被困；"
        "还要添几支队伍未测算。",
        "Rescue: {incidents} calls for help per night, {unserved} never served, {stranded} people "
        "stranded; how many more teams has not been worked out.",
    ),
    "lack.help_unknown": ("船和队伍：数据不足，未测算。", "Boats and teams: not enough data."),
    "lack.people": (
        "人：叫应九成户，十次里九次要令后 {minutes} 分钟；还要添多少干部未测算。",
        "People: nine in ten are told within {minutes} min of the order in nine nights of ten; how "
        "many more cadres has not been worked out.",
    ),
    "lack.people_never": (
        "人：十次里有一次以上到结束也没叫应到九成；还要添多少干部未测算。",
        "People: in more than one night of ten nine in ten are never told; how many more cadres "
        "has not been worked out.",
    ),
    "lack.people_unknown": ("人：数据不足，未测算。", "People: not enough data."),
    # 断电断网
    "outage.not_simulated": (
        "断网、停电对叫应和指挥的影响未模拟。本页的数都以电话、广播、供电正常为前提，没有它们只会更慢，"
        "请按偏乐观看。",
        "What lost networks and power do to calls and command is not simulated. All numbers assume "
        "that phones, broadcast and power work; without them it is slower, so read them as "
        "optimistic.",
    ),
    "outage.shelters": (
        "安置点停电、停水或被灾情逼近已模拟：平均每次 {people:,} 人要再转移。",
        "Shelters that lose power or water, or are reached by the hazard, are simulated: "
        "{people:,} people a night have to be moved on.",
    ),
    "outage.roads": (
        "断路已模拟：路被灾情断开后车辆绕行或停驶，{cut} 的场次里有片区断路。",
        "Roads cut by the disaster are simulated: vehicles turn round or stop; some zone is cut "
        "off in {cut} of the nights.",
    ),
    # 请定三件事
    "decide.plan_better": (
        "定方案：用「{plan}」。断路前转出比「{other}」多 {points} 个百分点"
        "（95% 区间 {low}～{high}）。",
        "The plan: take “{plan}”. {points} percentage points more are out before the cut-off than "
        "under “{other}” (95 % interval {low} to {high}).",
    ),
    "decide.plan_tied": (
        "定方案：「{plan}」与「{other}」分不出高下（断路前转出相差 {points} 个百分点，95% 区间 "
        "{low}～{high}），请按人手和可行性选一个。",
        "The plan: “{plan}” and “{other}” cannot be told apart ({points} percentage points, 95 % "
        "interval {low} to {high}); choose by staff and feasibility.",
    ),
    "decide.plan_only": (
        "定方案：只预演了「{plan}」，没有可比的；请定是否再拟一个方案来比。",
        "The plan: only “{plan}” was rehearsed; decide whether to draw up another to compare.",
    ),
    "decide.order": (
        "定下令：谁签、看什么签。现方案通常 {p50} 下令；{level}。",
        "The order: who signs and on what. The plan usually orders at {p50}; {level}.",
    ),
    "decide.village_may": (
        "已写明联系不上时村里可以自行下令，请确认授权",
        "villages may order by themselves when out of contact; confirm the authority",
    ),
    "decide.village_may_not": (
        "没有授权村里自行下令，请定联系不上时怎么办",
        "villages may not order by themselves; decide what they do when out of contact",
    ),
    "decide.order_unknown": (
        "定下令：这次预演没有下令，请定触发条件。",
        "The order: no order was given in this run; decide what triggers it.",
    ),
    "decide.vehicles": (
        "定资源：为「{target}」至少再落实 {n} 辆车，或者改时限。",
        "Means: secure at least {n} more vehicles for “{target}”, or change the deadline.",
    ),
    "decide.impossible": (
        "定时限：「{target}」物理上就做不到，请改时限或改做法（更早下令、就近安置）。",
        "Deadline: “{target}” is physically out of reach; change it or the way it is done (order "
        "earlier, shelter closer).",
    ),
    "decide.missed": (
        "定补课：「{target}」不达标（{judged} 次里 {met} 次按时），请定由谁、何时补上。",
        "To mend: “{target}” is missed ({met} of {judged} in time); decide who mends it by when.",
    ),
    "decide.people": (
        "定到人：与最危险各村的责任人逐一见面，落实到户。",
        "Names: meet those in charge of the most dangerous places, down to the household.",
    ),
    # 凭什么信
    "trust.runs": (
        "{n} 次预演，种子 {seed}，谁重跑都得到同样的数；区间只含偶然，不含数据和模型的误差。",
        "{n} replications, seed {seed}: whoever repeats them gets the same numbers; intervals hold "
        "chance only, not errors of data and model.",
    ),
    "trust.observed": (
        "与真实一夜对照：{n} 个实报数里 {inside} 个落在「{plan}」的预演带内。",
        "Beside a real night: {inside} of {n} reported numbers lie inside the band of “{plan}”.",
    ),
    "trust.no_observed": (
        "没有与本地真实转移核对过（observed 表未填）：比较方案可以，当承诺不行。",
        "Not checked against a real transfer here (no observed table): good for comparing plans, "
        "not for promises.",
    ),
    "trust.cases": (
        "程序经手算小例和公开算例核对；两个历史案例没有对上（消泗 2010 偏慢，涿州 2023 方向对、倍数"
        "偏小）。",
        "The program is verified by hand-worked cases and published benchmarks; two historical "
        "cases were missed (Xiaosi 2010 too slow, Zhuozhou 2023 right in direction, too small).",
    ),
}
