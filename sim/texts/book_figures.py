"""Words in figures: key → (Chinese, English)."""

from __future__ import annotations

FIGURES: dict[str, tuple[str, str]] = {
    "axis.clock": ("时刻", "clock"),
    "axis.people": ("占应转人数 %", "% of the people at risk"),
    "axis.persons": ("人（各次平均）", "persons (mean)"),
    "axis.chance": ("按时的把握 %", "chance of being in time, %"),
    "axis.points": ("相差，百分点", "difference, percentage points"),
    "axis.persons_less": ("相差，人", "difference, persons"),
    "curve.told": ("已叫应", "told"),
    "curve.left": ("已离家", "left home"),
    "curve.out": ("已到安全处", "out"),
    "curve.registered": ("已登记清点", "registered"),
    "curve.cut": ("所在片区已断路", "zone cut off"),
    "curve.observed": ("实报", "reported"),
    "clearance.caption": ("「{plan}」的转移过程", "How “{plan}” clears the county"),
    "clearance.reading": (
        "怎么看：线是居中的一次，淡色带里有十次中的九次（P5～P95）。“已到安全处”在“所在片区已断路”"
        "上升之前升上去，就是抢在断路前；两条线之间的横向距离是时间余量。“已到安全处”含就近上楼、"
        "上高地；“已离家”不含，所以会低于它。",
        "How to read: the line is the middle of all replications, nine in ten lie in the pale band "
        "(P5 to P95). “Out” should rise before “zone cut off” does; the distance sideways is the "
        "time in hand. “Out” counts people safe upstairs or on high ground, “left home” does not, "
        "so it may stay below.",
    ),
    "clearance.no_cut": (
        "断路曲线需要情景文件夹，这次没有读到。",
        "The curve of cut-offs needs the scenario folder, which could not be read.",
    ),
    "plans.caption": ("各方案的转出过程（已到安全处）", "People out under every plan"),
    "plans.reading": (
        "怎么看：越靠左、越高越好；线是居中的一次，淡色带（基准和最好的方案）含十次中的九次。",
        "How to read: further left and higher is better; lines are the middle replication, the "
        "pale bands (baseline and best plan) hold nine in ten.",
    ),
    "modes.caption": (
        "怎样离开：多提前走、少等人救",
        "How people left: early by coach, not late by boats or teams",
    ),
    "modes.reading": (
        "怎么看：每根横条合计都是应转人数；橙色（船或队伍救出）和深红（被困）越短越好。",
        "How to read: every bar adds up to the people at risk; orange (boats, teams) and dark red "
        "(stranded) should be short.",
    ),
    "modes_dry.caption": ("怎样离开", "How people left"),
    "modes_dry.reading": (
        "怎么看：每根横条合计都是应转人数；橙色（救援队救出）和深红（被困）越短越好，说明走得早。",
        "How to read: every bar adds up to the people at risk; orange (brought out by teams) and "
        "dark red (stranded) should be short.",
    ),
    "lights.caption": ("「{plan}」的时限目标", "Timing targets under “{plan}”"),
    "lights.reading": (
        "怎么看：点是按时的次数占比，横线是 95% 单侧上下限，竖线是要求的把握。整条横线在竖线右边才"
        "是达标，整条在左边是不达标，跨着竖线是证据不足。",
        "How to read: the dot is the share in time, the bar runs between the one-sided 95 % "
        "bounds, the tick is the required probability. All of the bar right of the tick: met; "
        "left of it: missed; across it: undecided.",
    ),
    "differences.caption": ("与「{baseline}」逐场相减", "Night by night against “{baseline}”"),
    "differences.reading": (
        "怎么看：点是平均相差，横线是 95% 区间；横线碰到 0，就是分不出高下。绿色更好，红色更差。",
        "How to read: the dot is the mean difference, the bar its 95 % interval; a bar that "
        "touches 0 means the plans cannot be told apart. Green is better, red is worse.",
    ),
    "observed.caption": (
        "实报与预演带：{what}",
        "What was reported beside the simulated band: {what}",
    ),
    "observed.reading": (
        "怎么看：点是当晚实报，线和带是「{plan}」的预演（居中，P5～P95）。点落在带内，说明预演"
        "说得像那一夜；在带外，先查数据。",
        "How to read: dots were reported, line and band are “{plan}” (median, P5 to P95). Dots "
        "inside the band: the rehearsal resembles that night; outside: look at the data first.",
    ),
}
