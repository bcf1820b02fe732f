"""How to read the map, a sentence each, and the words of teams that have no water to row on."""

from __future__ import annotations

from sim.texts.labels import Label

ON_LAND: dict[str, Label] = {
    "people.boat": ("由队伍接出", "brought by teams"),
    "boats": ("接人小组（个）", "Parties of teams"),
    "boat": ("接人小组", "party of a team"),
    "layer.boats": ("接人小组", "parties of teams"),
    "boat.to_site": ("赶往现场", "to the site"),
    "boat.afloat": ("进村接人", "going in for people"),
    "boat.to_landing": ("带人返回", "bringing people out"),
    "boat.landed": ("交接", "handing over"),
    "trip.ashore": ("交接", "handed over"),
    "story.boat_first": ("队伍开始接人", "teams begin to fetch people"),
    "story.boat_last": ("队伍最后一趟（共接 {n} 人）", "last trip of a team ({n} people in all)"),
}
"""Instead of the words of boats where no water of the hazard can be rowed on."""

PIES: Label = (
    "圆饼是村和重点场所，颜色与左边人数表相同：红的还在家，黄的在路上，绿的已安全，紫红的{fetched}。"
    "村子外面的圈是灾情到了那里，颜色见图例。",
    "Pies are villages and facilities in the colours of the table on the left: red at home, "
    "yellow on the way, green safe, magenta {fetched}. A ring means that the hazard is there, "
    "in the colours of the legend.",
)
MOVERS: Label = (
    "方块是车，实心的载着人，红边的受阻或被困；小黄点是自驾的人家；{teams}。"
    "绿框是安置点，绿色越满人越多。菱形是险情和被困：红的还没人到，黄的有人到场，绿的正在处置，"
    "点一下看经过；褐色方块是处置队伍和物资货车。",
    "Squares are vehicles, filled with people aboard, red-edged when blocked or caught; yellow "
    "dots are households in their own cars; {teams}. Green frames are shelters. "
    "Diamonds are incidents: red until somebody comes, yellow when somebody is there, green "
    "while work goes on; brown squares are teams and supply trucks.",
)
REST: tuple[Label, ...] = (
    (
        "上面的色带是人员去向随时间的变化，黑线是首次下令、灾情到村、断路、求救；点色带或下面的时间表可跳到那一刻。",
        "The strip shows where people are over time; black marks are the first orders, the hazard, "
        "cut-off and call for help. A click on it, or on the rows below, goes to that moment.",
    ),
    (
        "并排的两个方案是同一夜：同样的灾情，同样的人，只有决定不同。",
        "Two plans side by side meet the same night: the same hazard and the same people; only the "
        "decisions differ.",
    ),
    (
        "这是一次推演，不是预报；看好坏要看全部各次的统计（“结论”和“比较”）。{inferred}",
        "This is one replication and no forecast; which plan is better is told by all of them "
        "(Answer, Compare). {inferred}",
    ),
)
AFLOAT: dict[str, Label] = {
    "fetched": ("在船上", "in boats"),
    "teams": ("梯形是冲锋舟", "boats are boats"),
    "inferred": (
        "船走的路线按日志推出，上岸点是推定的。",
        "Boats' ways are worked out from the log; landings are inferred.",
    ),
}
WALKING: dict[str, Label] = {
    "fetched": ("正由队伍接出", "brought out by teams"),
    "teams": ("紫红方块是接人小组", "magenta squares are parties of teams that fetch people"),
    "inferred": (
        "小组走的路线按日志推出，交接点是推定的。",
        "Ways of these parties are worked out from the log; where they hand over is inferred.",
    ),
}


def how_to_read(lang: str, afloat: bool = True) -> list[str]:
    """Sentences that say how to read the map; ``afloat``: teams fetch people by boat."""
    at = 0 if lang == "zh" else 1
    filled = {key: label[at] for key, label in (AFLOAT if afloat else WALKING).items()}
    return [label[at].format(**filled) for label in (PIES, MOVERS, *REST)]
