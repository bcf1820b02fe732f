"""Words of the page that compares plans."""

from __future__ import annotations

COMPARE: dict[str, tuple[str, str]] = {
    "compare.one": (
        "这次预演只有一个方案，没有可比的。到“运行”页把两个以上的方案一起跑，遇到的才是同样的灾情。",
        "This run has a single plan. Run two or more together, so that they meet the same nights.",
    ),
    "compare.table": ("各方案一览", "All plans"),
    "compare.table_tip": (
        "都经历同样的 {n} 场灾情。小字是 95% 区间；时刻写“通常 | 十次里九次”。",
        "All through the same {n} nights. Small print: 95 % intervals; times: typical | nine in "
        "ten.",
    ),
    "compare.is_baseline": ("基准", "baseline"),
    "compare.lights": ("时限目标", "targets"),
    "compare.typical_bad": ("{what}（通常 | 十次里九次）", "{what} (typical | nine in ten)"),
    "compare.part": ("细看", "Look closer"),
    "part.pairs": ("逐场相比", "Night by night"),
    "part.curves": ("转出过程", "Who is out when"),
    "part.inputs": ("预案有何不同", "What differs"),
    "part.losers": ("哪些村吃亏", "Who loses"),
    "part.late": ("谁晚了", "Who is late"),
    "part.observed": ("与实报对照", "The real night"),
    "part.expert": ("专家", "Expert"),
    "pairs.tip": (
        "每场灾情里两个方案相减，再看平均差。括号是 95% 区间；跨过 0 就是分不出。"
        "“更好”只对平均说话，单看一场可能相反。",
        "Within every night the plans are subtracted, then averaged. In brackets the 95 % "
        "interval: across 0 they cannot be told apart. “Better” speaks of the mean only.",
    ),
    "pairs.p_better": ("每场更好的把握 {p}（{bounds}）", "better in a night: {p} ({bounds})"),
    "pairs.all": ("列出全部指标", "All measures"),
    "curves.which": ("看哪条线", "Which curve"),
    "curve.told": ("已叫应", "told"),
    "curve.left": ("已离家", "left home"),
    "curve.out": ("已转出", "out"),
    "curve.registered": ("已清点", "head-counted"),
    "curves.plans": ("看哪些方案", "Which plans"),
    "curves.tip": (
        "线是通常的一次（中位数），色带里是十次里的九次（P5～P95）。红点线是住处已断路的应转人数："
        "转出的线要跑在它左边。",
        "Lines: a typical night (median); bands: nine nights of ten (P5 to P95). Dotted red: "
        "people whose road is cut by then; being out should come to the left of it.",
    ),
    "curves.cut": ("住处已断路的人", "people cut off"),
    "curves.people": ("人", "people"),
    "curves.clock": ("时刻", "clock"),
    "curves.typical": ("通常", "typical"),
    "curves.low": ("低（P5）", "low (P5)"),
    "curves.high": ("高（P95）", "high (P95)"),
    "curves.observed": ("实报", "reported"),
    "curves.none": ("这次预演没有存过程曲线。", "This run holds no curves."),
    "curves.no_cut": (
        "断路时刻要读情景文件夹，现在读不到，所以没有画。",
        "The cut-offs need the scenario folder, which cannot be read now; they are not drawn.",
    ),
    "inputs.tip": (
        "只列不同的条目；名称和备注不算。",
        "Only entries that differ; names and notes do not count.",
    ),
    "losers.tip": (
        "同一片区在两个方案下断路前转出的占比，逐场相减。全县更好的方案也可能让个别村更差，会前要知道是谁。",
        "Share of a zone out before its cut-off under both plans, night by night. A plan that is "
        "better for the county may be worse for some places: know them before the meeting.",
    ),
    "losers.summary": (
        "「{plan}」与「{baseline}」比：{worse} 个片区更差，{better} 个更好，{tied} 个分不出。",
        "“{plan}” against “{baseline}”: worse in {worse} zones, better in {better}, {tied} cannot "
        "be told apart.",
    ),
    "losers.zone": ("片区", "zone"),
    "losers.share": ("断路前转出", "out before cut-off"),
    "losers.more": ("其余 {n} 个更差的片区见 Excel 报告。", "{n} more are in the Excel report."),
    "late.which": ("看哪一次", "Which replication"),
    "late.median": ("居中的一次（第 {k} 次）", "the median one (number {k})"),
    "late.worst": ("最差的一次（第 {k} 次）", "the worst one (number {k})"),
    "late.tip": (
        "每一行是一个村的一类人里最后清点的那一户，从触发到清点按环节分账；晚在哪一环，就改哪一环。"
        "由船或队伍救出的不在内。",
        "Each line is the last household of a group of a village, from trigger to head-count by "
        "link; mend the link that took longest. People fetched by boats or teams are not in it.",
    ),
    "late.none": (
        "看不了：这一次的日志没有保留，或情景文件夹已变。",
        "Cannot be shown: the log was not kept, or the scenario folder has changed.",
    ),
    "late.groups": ("看哪类人", "Which groups"),
    "late.first": ("最晚的 {shown} 行，共 {n} 行。", "The latest {shown} of {n} lines."),
    "late.village": ("村组", "place"),
    "late.group": ("人群", "group"),
    "late.persons": ("人数", "people"),
    "late.counted": ("清点完", "counted by"),
    "late.costly": ("最费时的一环", "longest link"),
    "late.links": ("各环节（分钟）", "links (min)"),
    "link.decide": ("决定", "decide"),
    "link.tell": ("叫应", "tell"),
    "link.prepare": ("收拾", "prepare"),
    "link.walk": ("步行", "walk"),
    "link.wait": ("等车", "wait"),
    "link.ride": ("乘车", "ride"),
    "link.register": ("登记", "register"),
    "group.in_place": ("就近避险", "staying in place"),
    "group.relatives": ("投亲靠友", "to relatives"),
    "group.village_shelter": ("村安置点", "village shelter"),
    "group.coach": ("坐大巴", "by coach"),
    "group.ambulance": ("救护车", "by ambulance"),
    "group.special": ("特殊群体：{way}", "special: {way}"),
    "observed.none": (
        "这个情景没有实报（observed.csv）。把去年那一夜的整点进度填进去再跑，就能叠在这里。",
        "This scenario has no reports (observed.csv). Fill in the hourly reports of a real night "
        "and run again: they will lie over the band here.",
    ),
    "observed.what": ("看什么", "What"),
    "expert.regret": (
        "后悔值：比同一场里最好的方案差多少",
        "Regret against the best plan of a night",
    ),
    "expert.regret_tip": (
        "每场灾情里，拿最好的方案减去这个方案。平均后悔小、最大后悔也小的方案最稳。",
        "In every night, the best plan minus this one. A plan with a small mean and a small "
        "greatest regret is the safe choice.",
    ),
    "expert.measure": ("指标", "Measure"),
    "expert.mean": ("平均", "mean"),
    "expert.p90": ("十次里九次不超过", "nine in ten at most"),
    "expert.most": ("最大", "greatest"),
    "expert.best": ("是最好（或并列）的场次", "best or tied in"),
    "expert.spread": ("每一次的结果", "Every replication"),
    "expert.spread_tip": (
        "一条竖线是一次预演，红点是中位数。",
        "A tick is one replication, the red point the median.",
    ),
    "expert.paired": (
        "逐场相减后剩下的方差与各比各的之比：{ratio}（小于 1 表示共用同样的灾情有用）。",
        "Variance after pairing over that of independent nights: {ratio} (below 1, common random "
        "numbers have paid).",
    ),
    "expert.no_regret": (
        "这个指标在有的方案里没有达到，算不出后悔值。",
        "Some plan never reaches this measure; there is no regret to average.",
    ),
}
