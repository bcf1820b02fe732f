"""Headings, sentences and table heads of the Word report and the HTML file: key → (zh, en)."""

from __future__ import annotations

CHAPTERS: dict[str, tuple[str, str]] = {
    "doc.title": ("{name}转移预案预演报告", "{name}: rehearsal of the evacuation plans"),
    "doc.line": (
        "{n} 次预演 · 种子 {seed} · 预演于 {created} · 内部资料",
        "{n} replications · seed {seed} · run of {created} · internal",
    ),
    "doc.footer": (
        "模拟数据，不作灾情统计和问责依据",
        "Simulated data: not for disaster statistics or accountability",
    ),
    "doc.page": ("第 {page} 页", "page {page}"),
    "doc.unfinished": (
        "尚未跑完：计划 {wanted} 次，本报告只按前 {n} 次。",
        "Unfinished: {wanted} replications wanted, this report is drawn from the first {n}.",
    ),
    "table.caption": ("表 {number}  {title}", "Table {number}  {title}"),
    "figure.caption": ("图 {number}  {title}", "Figure {number}  {title}"),
    "ch.answer": ("结论", "The answer"),
    "ch.targets": ("时限目标", "Timing targets"),
    "ch.compare": ("方案比较", "Comparing the plans"),
    "ch.late": ("谁晚了，晚在哪一环", "Who is late, and where the time goes"),
    "ch.forces": ("力量和物资", "Teams and supplies"),
    "forces.how": (
        "取自「{plan}」居中的一场（第 {number} 次）；注明“全部各次”的列除外。全表和逐库逐点的收支见"
        " Excel 工作簿。",
        "Of the median replication of “{plan}” (number {number}) unless a note says otherwise. The "
        "workbook has every table whole, store by store.",
    ),
    "forces.cut": (" 另有 {n} 行见 Excel 工作簿。", " {n} more rows are in the workbook."),
    "ch.assumptions": ("假定和依据", "Assumptions and sources"),
    "ch.trust": ("可信到哪一步", "How far to trust it"),
    "ch.crosswalk": ("与灾情统计口径的对照", "Crosswalk to official counts"),
    "ch.record": ("出处", "Record of the run"),
    # 结论
    "sec.words": ("一句话", "In words"),
    "sec.process": ("转移过程", "The course of the transfer"),
    "sec.sides": ("乐观、基准、悲观", "Optimistic, base, pessimistic"),
    "sides.how": (
        "同一个方案「{plan}」在几份输入下各演一遍。表里各行之间的差别，就是区间里没有的那部分把握。",
        "The same plan “{plan}” played with several inputs. The difference between the rows is the "
        "doubt that no interval holds.",
    ),
    "sides.this": ("本次", "this run"),
    "sides.no_plan": ("没有这个方案", "has no such plan"),
    "sides.same": ("输入相同", "same inputs"),
    "head.run": ("预演", "run"),
    "head.n": ("次数", "runs"),
    "head.lights": ("达标目标", "targets met"),
    "head.inputs": ("不同的输入", "inputs that differ"),
    "sides.missing": (
        "未推演。表中区间只含各次预演之间的偶然；人口、道路、行为参数若有偏差，结果会整体偏移。"
        "请用 yuyan run 加 --inputs optimistic 和 --inputs pessimistic 各演一遍"
        "（人口、道路拿不准的，另存情景改数），再用 yuyan report --beside 并排写进报告。",
        "Not played. Intervals hold the chance between replications only; wrong numbers of people, "
        "roads or behaviour would shift all results. Play with yuyan run --inputs optimistic and "
        "--inputs pessimistic (save a changed scenario for doubtful people or roads) and name the "
        "folders with yuyan report --beside.",
    ),
    # 时限目标
    "sec.lights": ("各方案的灯", "Lights of every plan"),
    "sec.lights_of": ("「{plan}」逐项说明", "“{plan}”, target by target"),
    "targets.none": (
        "各方案都没有写时限目标（targets），无从评判。",
        "No plan states timing targets, so none can be judged.",
    ),
    "targets.rule": (
        "灯由 95% 单侧精确上下限决定：下限不低于要求为达标，上限低于要求为不达标，其余为证据不足；"
        "物理下限本身就超时为不可能。",
        "Lights follow from exact one-sided 95 % bounds: lower bound at or above the requirement: "
        "met; upper bound below it: missed; otherwise undecided; impossible where the physical "
        "limit alone is too late.",
    ),
    "targets.zero": (
        "{n} 次里没有一次误时，仍可能有 {rate} 的误时率。",
        "No miss in {n} replications still allows a miss rate of {rate}.",
    ),
    "head.met": ("按时/评判", "in time / judged"),
    "head.light": ("灯", "light"),
    "head.target": ("时限目标", "target"),
    "head.required": ("要求把握", "required"),
    "head.bounds": ("实有把握（下限～上限）", "shown (lower to upper)"),
    "head.p90": ("十次里九次（分钟）", "nine in ten (min)"),
    "head.deadline": ("时限（分钟）", "deadline (min)"),
    "head.limit": ("物理下限（分钟）", "physical limit (min)"),
    "head.short": ("至少缺车（辆）", "vehicles lacking (at least)"),
    "head.worst": ("拖后腿的多是", "most often late"),
    "targets.minutes": (
        "分钟数从各目标自己的起点算：{counted}。负数为险情之前。",
        "Minutes count from each target's own start: {counted}. Negative: before the hazard.",
    ),
    "counted.order": ("令后", "after the order"),
    "counted.hazard": ("相对险情", "from the hazard"),
    "counted.clock": ("从 {clock} 起", "from {clock}"),
    "counted.report": ("从每起险情接报起", "from the report of each incident"),
    "counted.amount": ("带单位的是数量，不是时间", "what carries a unit is an amount"),
    # 方案比较
    "sec.scores": ("成绩单", "Scorecard"),
    "sec.modes": ("怎样离开", "How people left"),
    "sec.paired": ("逐场相减", "Night by night"),
    "sec.differs": ("方案有什么不同", "What the plans do differently"),
    "sec.losers": ("谁吃亏", "Who loses"),
    "losers.title": (
        "「{plan}」比「{baseline}」更差的片区",
        "Zones worse off under “{plan}” than under “{baseline}”",
    ),
    "losers.none": (
        "没有一个片区在「{plan}」下平均比「{baseline}」更差。",
        "No zone is worse off on average under “{plan}” than under “{baseline}”.",
    ),
    "losers.some": (
        "提前安全转移率平均下降的片区有 {n} 个，下降最多的列在下面；全县更好不等于村村更好。",
        "{n} zones have a lower mean share out before the cut-off; the greatest losses are listed. "
        "Better for the county is not better for every village.",
    ),
    "head.share_of": ("「{plan}」", "“{plan}”"),
    "head.change": ("相差，百分点（95% 区间）", "difference, points (95 % CI)"),
    "head.nights": ("更差的场次", "nights worse"),
    "sec.observed": ("与真实一夜对照", "Beside the real night"),
    "compare.only": (
        "只预演了一个方案，没有可比的。",
        "Only one plan was rehearsed; there is nothing to compare.",
    ),
    "scores.note": (
        "份额后面是均值的 95% 区间；时刻是“通常 | 十次里九次”；余量是“通常 | 十次里最差一次”，"
        "负数为断路以后。",
        "Shares with the 95 % interval of the mean; clock times as typical | nine in ten; margins "
        "as typical | worst of ten, negative after the cut-off.",
    ),
    "measures.title": ("全部指标（{plan}）", "All measures ({plan})"),
    "head.measure": ("指标", "measure"),
    "head.unit": ("单位", "unit"),
    "head.mean": ("均值", "mean"),
    "head.ci": ("均值 95% 区间", "95 % CI of the mean"),
    "head.p50": ("P50", "P50"),
    "head.p90_value": ("P90", "P90"),
    "head.reached": ("达到占比", "reached"),
    # 谁晚了
    "sec.danger": ("最危险的片区和责任人", "The most dangerous zones and who answers"),
    "sec.late_median": ("居中的一次，谁最晚", "Who is last in the median night"),
    "sec.late_worst": ("最差的一次，谁最晚", "Who is last in the worst night"),
    "sec.links": ("时间花在哪一环", "Where the time goes"),
    "late.how": (
        "按「{plan}」第 {number} 次的事件日志；从触发条件满足算到登记清点，各环相加正好等于全程。"
        "被救出的人不在表内。",
        "From the event log of “{plan}”, replication {number}: from the trigger to the head-count, "
        "the links add up exactly. People who had to be fetched are not in this table.",
    ),
    "late.no_log": (
        "这一次的事件日志没有留存，说不出谁晚了。",
        "The log of this replication was not kept, so nobody can be named.",
    ),
    "late.nobody": ("这一次没有人登记清点。", "Nobody was head-counted in this replication."),
    "head.village": ("村（组）", "village"),
    "head.group": ("人群", "group"),
    "head.persons": ("人数（人）", "persons"),
    "head.counted": ("清点完", "counted"),
    "head.costly": ("最费时的一环", "costliest link"),
    "head.minutes": ("分钟", "min"),
    "head.zone": ("片区", "zone"),
    "head.township": ("乡镇", "township"),
    "head.people": ("应转（人）", "people"),
    "head.left": ("断路时没出来（人，各次平均）", "not out at cut-off (persons, mean)"),
    "head.cut": ("断路的场次", "nights cut"),
    "head.order": ("下令（通常）", "order (usual)"),
    "head.out": ("九成转出（通常）", "nine in ten out (usual)"),
    "head.answers": ("责任人", "in charge"),
    "head.link": ("环节", "link"),
    "head.person_mean": ("人均（分钟）", "mean per person (min)"),
    "head.link_share": ("占全程", "share"),
    "link.decide": ("定（触发到下令）", "decide (trigger to order)"),
    "link.tell": ("叫应劝说", "tell and persuade"),
    "link.prepare": ("收拾准备", "prepare"),
    "link.walk": ("步行", "walk"),
    "link.wait": ("等车", "wait"),
    "link.ride": ("路上", "ride"),
    "link.register": ("登记清点", "register"),
    "group.in_place": ("就近避险", "in place"),
    "group.relatives": ("投亲靠友", "to relatives"),
    "group.village_shelter": ("村级安置", "village shelter"),
    "group.coach": ("乘大巴", "by coach"),
    "group.ambulance": ("乘救护车", "by ambulance"),
    "group.special": ("{group}（特殊群体）", "{group} (special group)"),
    # 口径
    "cross.how": (
        "左边是灾情统计常用口径，右边是预演里最接近的状态；对照由本软件给出，不是官方换算，统计口径以现行"
        "调查制度为准。",
        "Left: counts used in official statistics; right: the nearest state of the rehearsal. The "
        "crosswalk is ours, not an official conversion; the survey rules in force decide.",
    ),
    "head.official": ("统计口径", "official count"),
    "head.ours": ("预演里对应", "nearest here"),
    "head.value": ("「{plan}」各次平均（人）", "“{plan}”, mean (persons)"),
    "head.differs": ("不同在哪", "where it differs"),
}
