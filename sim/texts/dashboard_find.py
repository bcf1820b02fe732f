"""Words of the page that asks the optimisers: where units wait, which shelters, when to order."""

from __future__ import annotations

FIND: dict[str, tuple[str, str]] = {
    "find.which": ("求什么", "What to find"),
    "find.preposition": ("力量放哪里", "Where units wait"),
    "find.preposition_tip": (
        "灾情来之前，把冲锋舟队伍、专业队伍、大巴、物资放在哪些点上等。选址模型提方案，推演挑选，"
        "再用没见过的场次核定；与命令行 yuyan optimize preposition 是同一次计算。",
        "Where boat teams, teams, coaches and supplies should wait before the hit. Location "
        "models propose, the simulator chooses, fresh nights certify; the same computation as "
        "yuyan optimize preposition.",
    ),
    "find.shelters": ("启用哪些安置点", "Which shelters"),
    "find.shelters_tip": (
        "灾情来了还去得了、住得下的安置点，先开哪几处；哪些村没有全覆盖。"
        "与命令行 yuyan optimize shelters 相同。",
        "Which shelters to open first, counting only those within reach and safe under the hazard; "
        "which villages are left out. The same as yuyan optimize shelters.",
    ),
    "find.trigger": ("最迟几点下令", "Latest order"),
    "find.trigger_tip": (
        "把方案的全部指令提前、推后各演一遍，看每个片区最迟何时下令还来得及。"
        "与命令行 yuyan optimize trigger 相同。",
        "All orders of the plan moved earlier and later and played again: the latest that is still "
        "in time, zone by zone. The same as yuyan optimize trigger.",
    ),
    "find.start": ("开始计算", "Start"),
    "find.command": ("命令行写法", "As a command"),
    "find.command_tip": (
        "在终端里这样问，得到同样的数。",
        "Asked like this in a terminal, it gives the same numbers.",
    ),
    "find.safe": (
        "关掉浏览器、甚至关掉界面都不要紧，会接着算。停下的再“继续”是从头算起。",
        "Closing the browser, even stopping the dashboard, does no harm: it goes on. What was "
        "stopped begins again when you go on.",
    ),
    "find.answers": ("结果", "Answers"),
    "find.none": (
        "这个方案还没有算过。设好上面几项，点“开始计算”。",
        "Nothing has been worked out for this plan yet. Set the fields above and press Start.",
    ),
    "find.old": (
        "这个结果算完之后，情景或方案改过了。数还是当时的数；要用新的，请再算一次。",
        "The scenario or the plan has been changed since; these are the numbers of then. Start "
        "again for new ones.",
    ),
    "find.asked_units": (
        "{units} · 搜索 {nights} 场、{runs} 次推演 · 核定 {fresh} 场",
        "{units} · searched on {nights} nights, {runs} runs · certified on {fresh}",
    ),
    "find.asked_sites": (
        "{n} 处 · 步行 {walk} 分钟、乘车 {ride} 分钟",
        "{n} shelters · {walk} min on foot, {ride} min by bus",
    ),
    "find.asked_orders": ("有灾情的 {n} 场", "{n} nights with a hazard"),
    "find.download": ("下载结果（JSON）", "Download (JSON)"),
    "posts.what": ("放什么", "What to place"),
    "posts.nights": ("搜索场次", "Search nights"),
    "posts.nights_help": (
        "每种摆法在同样这几场灾情里比。多几场，挑得准些，也慢些。",
        "Every placement is compared on these same nights. More of them choose better, and slower.",
    ),
    "posts.budget": ("最多演几次", "Runs at most"),
    "posts.budget_help": (
        "搜索一共可以演多少次（一次＝一种摆法演一场）。次数越多，找到更好摆法的机会越大。",
        "How many runs the search may take (one placement on one night each). More of them give a "
        "better chance to find something better.",
    ),
    "posts.fresh": ("核定场次", "Fresh nights"),
    "posts.fresh_help": (
        "选好以后，用这么多场没见过的灾情核定，免得只是碰巧合适那几场。",
        "The choice is certified on this many nights it has never seen, so that it does not merely "
        "fit the nights of the search.",
    ),
    "posts.candidates": ("只在这些点里选", "Choose among these posts only"),
    "posts.candidates_help": (
        "不填就自动：不会进水的驻地、车辆待命点和接驳集合点。",
        "Empty: stations, depots and transfer points that stay out of the hazard.",
    ),
    "posts.all": ("自动", "found automatically"),
    "posts.more": ("再添一支值多少", "What one more is worth"),
    "posts.more_help": (
        "核定的场次再各演一遍：多一支队伍（或多一艘船），看能省下多少。",
        "Plays the fresh nights again with one unit (or boat) more.",
    ),
    "posts.levels": ("各级预警时前出各怎样", "Every warning level"),
    "posts.levels_help": (
        "同样的摆法，一直守着、准备转移时前出、立即转移时前出各演一遍：等多久、备勤多少小时。"
        "只有队伍才有。",
        "The same posts, held from the beginning, from “prepare” or from “move”: what is waited "
        "and how long teams stand by. Teams only.",
    ),
    "posts.level": ("什么时候前出", "called at"),
    "posts.standby": ("备勤 小时/场", "h stood by"),
    "posts.level_tip": (
        "{measure}。前出越早等得越少，备勤越久；差是与现方案的前出时机逐场相减。",
        "{measure}. The earlier the call, the less is waited and the longer teams stand by; "
        "differences are night by night against the plan’s own call.",
    ),
    "posts.staffed": ("每个候选点都放满", "Every post staffed"),
    "posts.staffed_below": ("只换地方，再好也到不了这里", "no change of places alone gets there"),
    "posts.cost": ("大约要演 {runs} 次。", "About {runs} runs."),
    "posts.map": ("候选点和推荐摆法", "Candidate posts and the recommendation"),
    "posts.map_tip": (
        "红点是推荐的点，数字是放几支（辆）；蓝圈是现方案的点；小方块是没选上的候选点。"
        "箭头从现在的点指向新的点。橙色的路最要紧：断了，险情就到得慢或到不了。",
        "Red: recommended, with the number of units; blue ring: the plan's own; small squares: "
        "candidates not taken. Arrows lead from the old post to the new one. Orange roads matter "
        "most: without them calls are reached late or not at all.",
    ),
    "posts.candidate": ("候选点", "candidate"),
    "posts.lost": ("断了最要紧的路", "roads that matter most"),
    "posts.limit": ("怎么摆也到不了的下限", "Bound of any placement"),
    "posts.gap": ("推荐摆法比它多 {gap}", "the recommendation is {gap} above it"),
    "posts.no_limit": ("这个指标没有可证的下限", "no proven bound for this measure"),
    "posts.one_more": ("再添一支值多少", "What one more is worth"),
    "posts.one_more_tip": (
        "每场的差：{measure}。负数是少等，方括号是 95% 区间，跨过 0 就说不准。",
        "Difference per night in {measure}: negative means less waiting; the bracket is the 95 % "
        "interval, and across 0 nothing can be said.",
    ),
    "posts.more_unit": ("再添一支同 {unit} 的", "one more like {unit}"),
    "posts.more_larger": ("{unit} 多一艘船", "{unit} with one boat more"),
    "posts.more_stock": ("{unit} 各样多备一半", "{unit} with half as much again"),
    "posts.fresh_tip": (
        "{n} 场没见过的灾情，{measure}。点是平均，横条是 95% 区间，"
        "红十字是最差一成场次的平均，虚线是下限。横条大段重叠时看下面逐场相减的表。",
        "{n} fresh nights, {measure}. Points are means, bars 95 % intervals, red crosses the mean "
        "of the worst tenth, the dashed line the bound. Where bars overlap, the table of night by "
        "night differences below decides.",
    ),
    "posts.chart": ("各种摆法：{measure}", "Placements: {measure}"),
    "posts.paired_tip": (
        "同样的场次一场一场相减。区间跨过 0 就分不出高下，不要硬说哪个好。",
        "The same nights, subtracted one by one. An interval across 0 means they cannot be told "
        "apart.",
    ),
    "posts.interval": ("95% 区间", "95 % interval"),
    "posts.whole": ("路都通时 分钟", "min with all roads"),
    "posts.unreached_own": ("现方案下到不了", "not reached, plan's own"),
    "posts.roads_tip": (
        "每次断一条路再算：推荐摆法从最近的点到险情要几分钟，还有多少人到不了。"
        "一条路断了就有人到不了，说明那一头要单独放力量。",
        "One road lost at a time: minutes from the nearest post to a call, and how many people "
        "cannot be reached. Where losing one road cuts people off, that side needs a unit of its "
        "own.",
    ),
    "posts.regret": ("遗憾表", "Regret"),
    "posts.regret_tip": (
        "按灾情成员算：这种摆法比当中最好的差多少。平均和最大都小的最稳；"
        "“最差一成平均”是运气最坏的那些场。",
        "By member of the hazard: how much worse than the best of those compared. Small mean and "
        "small largest is the safe choice; the worst tenth is the mean of the unluckiest nights.",
    ),
    "posts.member": ("最大遗憾在成员", "in member"),
    "posts.location": ("选址账和排队核对", "Location account and queueing check"),
    "posts.location_tip": (
        "只看路程：险情到最近待命点的平均分钟，同样多处最少 {bound}（已证明）。"
        "“都在忙”是来了险情却没有一支空着的机会。",
        "Distances only: mean minutes from a call to the nearest post; the least for as many posts "
        "is {bound} (proven). “All busy” is the chance that a call finds no unit free.",
    ),
    "posts.nearest": ("到最近的点 分钟", "min to the nearest"),
    "posts.busy": ("算上在忙的 分钟", "min with busy units"),
    "posts.mean_busy": ("平均忙", "busy"),
    "posts.all_busy": ("都在忙", "all busy"),
    "posts.variant": ("存成新方案", "Make it a variant"),
    "posts.variant_tip": (
        "复制这个方案，把推荐的待命点写进去，其余不变；然后可以和原方案一起预演。",
        "Copies the plan with the recommended posts written into it, everything else as it is; "
        "then rehearse both together.",
    ),
    "posts.variant_do": ("存下并打开", "Save and open"),
    "sites.n": ("开几处", "How many"),
    "sites.n_help": ("从候选里选几处。", "How many of the candidates to choose."),
    "sites.walk": ("步行不超过 分钟", "On foot at most, min"),
    "sites.walk_help": ("走得到才算在身边。", "What is farther is out of reach on foot."),
    "sites.ride": ("乘车不超过 分钟", "By bus at most, min"),
    "sites.ride_help": ("含走到集合点。", "Walk to the assembly point included."),
    "sites.lead": ("断路前多久动身 分钟", "Leave before the cut-off, min"),
    "sites.lead_help": (
        "动身时路上的样子决定走不走得通。",
        "What is passable then decides whether a shelter is reached.",
    ),
    "sites.candidates": ("只在这些里选", "Choose among these only"),
    "sites.candidates_all": ("全部", "all"),
    "sites.keep": ("一定要开的", "Open in any case"),
    "sites.keep_all": ("没有", "none"),
    "sites.map_tip": (
        "绿点按启用次序编号；绿框是没选上的；红点是没有全覆盖的村。",
        "Green: numbered in the order of opening; green frames were not chosen; red: villages not "
        "covered.",
    ),
    "sites.shut": ("没选上的安置点", "not chosen"),
    "sites.open": ("启用的安置点", "to open"),
    "sites.lack": ("没有全覆盖的村", "village not covered"),
    "sites.curve": ("多开一处，多住多少人", "What one more shelter adds"),
    "sites.curve_tip": (
        "实线是按次序开到第几处时有地方去的人占比；虚线是同样多处任怎么选都不会超过的上限。"
        "线平了，再开就不值了。",
        "Solid: share of people with a place after so many; dashed: what no choice of as many can "
        "exceed. Where the line is flat, one more adds little.",
    ),
    "sites.chosen_line": ("按这个次序", "in this order"),
    "sites.bound_line": ("上限", "bound"),
    "sites.axis_n": ("启用几处", "shelters opened"),
    "sites.axis_share": ("有地方去的人 %", "people with a place, %"),
    "sites.chosen": ("开推荐的 {n} 处", "The {n} recommended"),
    "sites.bound": ("任选同样多处不超过 {share}", "no choice of as many exceeds {share}"),
    "sites.plan": ("现方案开的", "What the plan opens"),
    "sites.all": ("候选全开", "All candidates"),
    "sites.all_below": ("再高就要新建", "more needs new ones"),
    "sites.fewest": ("村村全覆盖至少", "Every village: at least"),
    "sites.fewest_below": ("处，不计位置", "shelters, room left aside"),
    "sites.villages_tip": (
        "{all} 个须转移的村里，{left} 个在某种灾情下不是人人有处去。"
        "“候选全开仍缺”不是“—”的，只有新建、修路或早转才行。",
        "Of {all} settlements that must leave, {left} do not have a place for everybody in every "
        "member. Where something is still lacking with all open, only building, roads or an "
        "earlier order help.",
    ),
    "orders.nights": ("灾情场次", "Nights"),
    "orders.nights_help": (
        "每场要按每一档提前量各演一遍。不足 59 场，95% 的数只是估计。",
        "Every night is played once per step. Below 59 a 95 % value is an estimate only.",
    ),
    "orders.share": ("转出多少算按时 %", "In time with, %"),
    "orders.share_help": (
        "片区断路前，答应走的人里这么多已到安全处，才算按时。",
        "So many of those who agree to leave must be safe before the cut-off.",
    ),
    "orders.cost": (
        "每场演约十档，比“预演”慢得多；可以放着跑，不影响别的页。",
        "About ten steps a night, much slower than a run; it goes on while you use other pages.",
    ),
    "orders.nothing": (
        "抽到的 {n} 场里没有一场断路或受灾，答不了；请加大场次。",
        "Nothing is cut off or hit in the {n} nights drawn; take more nights.",
    ),
    "orders.chart": ("提前或推后下令，断路前转出多少", "Earlier and later orders: who is out"),
    "orders.chart_tip": (
        "0 是现方案，往左是提前、往右是推后（分钟）。线往下掉得最快的地方，就是不能再拖的时候。",
        "0 is the plan as it is, left earlier, right later (minutes). Where the line falls fastest "
        "there is no time to lose.",
    ),
    "orders.axis_shift": ("指令整体移动 分钟", "orders moved by, min"),
    "orders.axis_share": ("断路前转出 %", "out before the cut-off, %"),
    "orders.everybody": ("全部片区", "all zones"),
    "orders.zones": ("各片区", "Zone by zone"),
    "orders.zones_tip": (
        "最吃紧的在前。“须提前”从签发立即转移算到断路；“可晚”是负数的，要比现方案更早下令。",
        "The tightest first. Leads count from the signed order to the cut-off; where “may wait” is "
        "negative, the order must come earlier than the plan's.",
    ),
}
