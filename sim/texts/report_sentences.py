"""Sentences of the answer, the scorecard and the comparison: key → (Chinese, English).

Every page starts with an answer in plain words and opens down to the events behind it.
"""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    # The answer
    "answer.title": ("{name}：预演结论", "{name}: what the rehearsal says"),
    "answer.played": (
        "{plans} 个方案各预演 {n} 次，遇到的是同样的 {n} 场灾情（种子 {seed}）。",
        "{plans} plan(s), {n} replications each, all through the same {n} nights (seed {seed}).",
    ),
    "answer.unfinished": (
        "尚未跑完：计划 {wanted} 次，以下只按前 {n} 次计算；再次运行同一命令即可接着跑。",
        "Unfinished: {wanted} replications wanted; what follows is drawn from the first {n}. "
        "Give the same command again to go on.",
    ),
    "answer.best": (
        "提前安全转移率最高的是「{plan}」：{share}。",
        "Most people out before the cut-off: “{plan}”, {share}.",
    ),
    "answer.best_real": (
        "比「{other}」高 {points} 个百分点（95% 区间 {low}～{high}），"
        "同样的灾情 {n} 场里有 {wins} 场更好。",
        "That is {points} percentage points more than “{other}” (95 % interval {low} to {high}); "
        "it is better in {wins} of {n} nights.",
    ),
    "answer.best_nil": (
        "与「{other}」几乎没有差别（平均相差不到 0.1 个百分点）。",
        "It is all but the same as “{other}” (less than 0.1 percentage points on average).",
    ),
    "answer.best_tied": (
        "与「{other}」分不出高下（相差 {points} 个百分点，95% 区间 {low}～{high}）。",
        "It cannot be told apart from “{other}” ({points} percentage points, "
        "95 % interval {low} to {high}).",
    ),
    "answer.plan": (
        "「{plan}」：应转 {people} 人，断路前转出 {out}，等到救援才出来 {rescued}{time}{place}。",
        "“{plan}”: {people} people at risk; out before the cut-off {out}, rescued {rescued}"
        "{time}{place}.",
    ),
    "answer.plan_uncut": (
        "「{plan}」：应转 {people} 人，没有一场断路，到结束已到安全处 {out}，等到救援才出来 "
        "{rescued}{time}{place}。",
        "“{plan}”: {people} people at risk; no road is cut in any night, safe at the end {out}, "
        "rescued {rescued}{time}{place}.",
    ),
    "answer.plan_time": (
        "；十次里九次在 {clock} 前转出九成",
        "; in nine of ten nights 90 % are out by {clock}",
    ),
    "answer.plan_time_never": (
        "；十次里有一次以上到结束也没转出九成",
        "; in more than one night of ten 90 % are never out",
    ),
    "answer.plan_place": ("；最吃紧的是{place}", "; tightest in {place}"),
    "answer.boat": (
        "多坐大巴车走、少划冲锋舟救：{list}。",
        "Out by coach, not by boat: {list}.",
    ),
    "answer.boat_plan": (
        "「{plan}」坐车走 {bus} 人、冲锋舟救 {fetched} 人",
        "“{plan}” {bus} by bus, {fetched} by boat",
    ),
    "answer.team": (
        "坐车走的和救援队救出的：{list}。",
        "By bus, and brought out by teams: {list}.",
    ),
    "answer.team_plan": (
        "「{plan}」坐车走 {bus} 人、救援队救出 {fetched} 人",
        "“{plan}” {bus} by bus, {fetched} by teams",
    ),
    "answer.boat_fewer": (
        "与「{baseline}」相比，「{plan}」每次少 {fewer} 人靠冲锋舟（95% 区间 {low}～{high}）。",
        "Compared with “{baseline}”, “{plan}” spares {fewer} people the boat per night "
        "(95 % interval {low} to {high}).",
    ),
    # Targets
    "target.met": ("达标", "met"),
    "target.missed": ("不达标", "missed"),
    "target.undecided": ("证据不足", "undecided"),
    "target.impossible": ("不可能", "impossible"),
    "target.line": (
        "【{light}】{text}：{judged} 次预演，{met} 次按时{time}（{required}把握的要求，"
        "实有把握 {lower}～{upper}）{more}",
        "[{light}] {text}: {met} of {judged} replications in time{time} "
        "(required {required}; the runs show between {lower} and {upper}){more}",
    ),
    "target.line_amount": (
        "【{light}】{text}：{judged} 次预演，{met} 次达到{time}（{required}把握的要求，"
        "实有把握 {lower}～{upper}）{more}",
        "[{light}] {text}: {met} of {judged} replications within it{time} "
        "(required {required}; the runs show between {lower} and {upper}){more}",
    ),
    "target.cell": ("{light} {met}/{judged}", "{light} {met}/{judged}"),
    "target.of_plan": ("「{plan}」的时限目标：", "Targets under “{plan}”:"),
    "target.time_order": ("；十次里九次{moment}内完成", "; nine in ten within {moment}"),
    "target.time_before": ("；十次里九次早于{moment}完成", "; nine in ten at least {moment}"),
    "target.time_after": ("；十次里九次到{moment}完成", "; nine in ten only {moment}"),
    "target.time_clock": ("；十次里九次在{moment}前完成", "; nine in ten by {moment}"),
    "target.time_report": ("；十次里九次{moment}内到", "; nine in ten within {moment}"),
    "target.time_amount": ("；十次里九次不超过 {amount}", "; nine in ten at most {amount}"),
    "moment.report": ("接报后 {minutes} 分钟", "{minutes} min of the report"),
    "moment.order": ("令后 {minutes} 分钟", "{minutes} min of the order"),
    "moment.onset": ("险情到来时", "the moment the hazard comes"),
    "moment.before": ("险情前 {minutes} 分钟", "{minutes} min before the hazard"),
    "moment.after": ("险情后 {minutes} 分钟", "{minutes} min after the hazard"),
    "moment.clock": (" {clock} ", "{clock}"),
    "target.time_never": (
        "；十次里有一次以上到结束也没完成",
        "; more than one in ten never gets there",
    ),
    "target.not_judged": (
        "；另有 {n} 次既无灾情也未下令，不作评判",
        "; {n} replications had neither hazard nor order and are not judged",
    ),
    "target.none_judged": (
        "【{light}】{text}：没有一次可以评判（既无灾情也未下令）",
        "[{light}] {text}: no replication could be judged (neither hazard nor order)",
    ),
    "target.none_known": (
        "【{light}】{text}：没有一次可以评判（没有发生，或这个方案、情景给不出这个数）",
        "[{light}] {text}: no replication could be judged (it did not occur, or this plan or "
        "scenario cannot tell)",
    ),
    "target.more_runs": ("；大约再跑 {n} 次可见分晓", "; about {n} more runs should decide"),
    "target.too_close": (
        "；实际把握与要求太接近，再跑也难分",
        "; the probability lies too close to the requirement to be decided by more runs",
    ),
    "target.limit": (
        "；物理上最快也要到{limit}，时限是{deadline}",
        "; physically {limit} at best, the deadline is {deadline}",
    ),
    "target.lacking": ("；至少还缺 {n} 辆车", "; at least {n} more vehicles are needed"),
    "target.worst": ("；拖后腿的多是{place}", "; most often late: {place}"),
    # Table heads
    "head.plan": ("方案", "plan"),
    "head.target": ("时限目标（按时次数/评判次数）", "target (in time / judged)"),
    "head.measure": ("指标", "measure"),
    "head.compared": ("相差（95% 区间）", "difference (95 % CI)"),
    "head.p50_p90": ("{what}\n（通常 | 十次里九次）", "{what}\n(P50 | P90)"),
    "head.mean_ci": ("{what}\n（95% 区间）", "{what}\n(95 % CI)"),
    "head.worst_place": ("最吃紧片区", "tightest zone"),
    "head.entry": ("条目", "entry"),
    "head.time": ("时刻", "time"),
    "head.what": ("内容", "what"),
    "head.observed": ("实报", "reported"),
    "head.band": ("预演 P5～P95（P50）", "simulated P5 to P95 (P50)"),
    "head.inside": ("是否在带内", "inside"),
    "table.scores": ("成绩单", "Scorecard"),
    "table.modes": ("怎样离开（人，各次平均）", "How people left (persons, mean)"),
    "table.targets": ("时限目标", "Timing targets"),
    "table.comparison": ("与「{baseline}」逐场相比", "Night by night against “{baseline}”"),
    "table.differs": (
        "「{plan}」与「{baseline}」的预案有何不同",
        "What “{plan}” does differently from “{baseline}”",
    ),
    "table.observed": ("「{plan}」与实报对照", "“{plan}” beside what was reported"),
    "verdict.better": ("更好", "better"),
    "verdict.worse": ("更差", "worse"),
    "verdict.indistinguishable": ("分不出", "indistinguishable"),
    "verdict.nights": ("{verdict}（{wins}/{n} 场更好）", "{verdict} (better in {wins}/{n})"),
    "verdict.all_tied": (
        "「{plan}」与「{baseline}」在各项指标上分不出高下。",
        "“{plan}” and “{baseline}” cannot be told apart on any measure.",
    ),
    "differs.nothing": (
        "「{plan}」与「{baseline}」内容相同。",
        "“{plan}” and “{baseline}” are written alike.",
    ),
    "observed.summary": (
        "「{plan}」：{n} 个实报数里 {inside} 个落在预演 P5～P95 带内。",
        "“{plan}”: {inside} of {n} reported numbers lie inside the simulated P5 to P95 band.",
    ),
    "observed.whole": ("全县", "county"),
    "observed.moved": ("已转", "moved"),
    "observed.sheltered": ("集中安置", "in shelters"),
    "word.too_few": ("次数太少，定不出区间", "too few runs for an interval"),
    "word.one_never": ("大多只有一方达到", "mostly reached by one only"),
    "word.both_never": ("两者大多未达到", "mostly reached by neither"),
    "word.never": ("未达到", "never"),
    "word.unknown": ("—", "—"),
    "inputs.base": ("输入按原值", "inputs as written"),
    "inputs.optimistic": ("乐观输入", "optimistic inputs"),
    "inputs.pessimistic": ("悲观输入", "pessimistic inputs"),
    "word.yes": ("在内", "yes"),
    "word.no": ("在外", "no"),
    "word.not_written": ("（未写）", "(not written)"),
    # What no interval contains
    "note.intervals": (
        "区间只含各次预演之间的偶然差异，不含数据和模型本身的误差"
        "（人口、道路、行为参数、灾情设定）。",
        "Intervals hold the chance between replications only, not errors of data and model "
        "(people, roads, behaviour, the hazard as assumed).",
    ),
    "note.few_runs": (
        "不足 59 次，不报 P95；次数越少，区间越宽。",
        "Fewer than 59 replications: no P95 is quoted, and intervals are wide.",
    ),
    "note.simulated": (
        "模拟数据，不作灾情统计和问责依据。",
        "Simulated data, not for disaster statistics or accountability.",
    ),
    "note.input_warnings": (
        "输入有 {n} 条提示，见 yuyan check。",
        "The input has {n} note(s); see yuyan check.",
    ),
    "note.defaults": (
        "{n} 项参数用了默认值，见 run.json。",
        "{n} parameter(s) were left at their defaults; see run.json.",
    ),
    "note.not_simulated": (
        "预案「{plan}」的 {sections} 已读入，但本版不模拟。",
        "Plan “{plan}”: {sections} are read but not simulated in this version.",
    ),
    "note.folder": ("结果在 {folder}", "Results are in {folder}"),
    "note.kept": (
        "「{plan}」第 {median} 次居中、第 {worst} 次最差，可用 yuyan replay 重放。",
        "“{plan}”: replication {median} is the median, {worst} the worst; see yuyan replay.",
    ),
    "note.has_more": (
        "此文件夹已有 {n} 次，全部计入。",
        "This folder already holds {n} replications; all of them count.",
    ),
}
