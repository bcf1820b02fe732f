"""Words of the help page: how to read every figure, and the glossary of the plans."""

from __future__ import annotations

HELP: dict[str, tuple[str, str]] = {
    "help.first": ("三步上手", "Three steps"),
    "help.step1": (
        "到“编制 → 运行”，选一个情景（云岭县随时可用），把要比的方案一起选上，点“开始预演”。",
        "Prepare → Runs: choose a scenario (Yunling always opens), select the plans you want to "
        "compare together, press Start.",
    ),
    "help.step2": (
        "跑完点“看结论”。先看一句话，再看时限目标的灯和缺什么；换方案看，用上面那一排按钮。",
        "When it has finished, press “See the answer”: first the sentence, then lights and gaps; "
        "the row of buttons changes the plan on show.",
    ),
    "help.step3": (
        "到“比较”看哪个方案更好、差别是不是真的、谁吃亏；到“报告”拿 Word、Excel 带去开会。",
        "Compare says which plan is better, whether that is real, and who loses by it; Reports "
        "gives Word and Excel for the meeting.",
    ),
    "help.title": ("怎么看这些数字", "How to read the numbers"),
    "help.term": ("词", "word"),
    "help.meaning": ("意思", "meaning"),
    "help.glossary": ("词汇", "Glossary"),
    "help.find": ("找一个词", "Find a word"),
    "help.not_in": ("区间里没有什么", "What no interval contains"),
    "help.lights": ("四种灯", "The four lights"),
}

READING: tuple[tuple[tuple[str, str], tuple[str, str]], ...] = (
    (
        ("一次预演", "one replication"),
        (
            "一场灾情里把预案从头演到尾。100 次就是 100 个不同的夜晚：灾情、叫不叫得应、"
            "收拾快慢、路上顺不顺，次次不同。",
            "The plan played through one night from beginning to end. A hundred replications are a "
            "hundred different nights: the hazard, answers at the door, packing, roads.",
        ),
    ),
    (
        ("通常、十次里九次", "typical, nine in ten"),
        (
            "把各次从好到坏排队，“通常”是正中间那次，“十次里九次”是只有一次比它更差的那次。"
            "定时限看后者，别看平均。",
            "Sort the nights from good to bad: “typical” is the middle one, “nine in ten” the one "
            "that only one in ten is worse than. Set deadlines by the latter.",
        ),
    ),
    (
        ("95% 区间", "95 % interval"),
        (
            "再跑一批，数字大致会落在这里面。次数越多越窄。它只含偶然，不含人口、道路、行为、"
            "灾情设定的误差。",
            "Where the number would about fall if another batch were run; more replications make "
            "it narrower. It holds chance only, not errors of people, roads, behaviour or hazard.",
        ),
    ),
    (
        ("提前安全转移率", "share out before the cut-off"),
        (
            "应转的人里，住处的路断之前已经到了安全地方的占比，坐车、自驾、步行、就近避险都算。",
            "Of the people at risk, the share that had reached a safe place before their road was "
            "cut, by any means.",
        ),
    ),
    (
        ("被动救援率", "share rescued"),
        (
            "应转的人里，灾情到了才由冲锋舟或队伍救出来的占比。越低越好：多坐大巴车走、少划冲锋舟救。",
            "Of the people at risk, the share fetched by boats or teams after the hazard came. "
            "Lower is better.",
        ),
    ),
    (
        ("未达到", "never"),
        (
            "到推演结束也没做到，不是没有数据。没做到的次数算作无穷大，所以没有平均数。",
            "Not reached by the end of the night; it is not missing data. Such times count as "
            "infinite, so they have no mean.",
        ),
    ),
    (
        ("(+1)", "(+1)"),
        ("第二天的时刻。", "A clock time of the next day."),
    ),
    (
        ("怎样离开", "how people left"),
        (
            "每条横杠合起来是应转人数。蓝色是坐车，橙色是船或队伍救出，红色是到结束还被困；"
            "灰色是没转移、灾情也没到的人（宁可十防九空）。",
            "Every bar sums to the people at risk: blue by coach, orange by boats or teams, red "
            "stranded at the end; grey did not move and the hazard did not come.",
        ),
    ),
    (
        ("转出过程", "who is out when"),
        (
            "横轴是时刻，竖轴是人数。线是通常的一次，色带装下十次里的九次。"
            "红点线是住处已断路的人数：转出的线要在它左边。",
            "Clock along the bottom, people upwards. The line is a typical night, the band holds "
            "nine in ten. The dotted red line counts people whose road is cut by then.",
        ),
    ),
    (
        ("逐场相比", "night by night"),
        (
            "两个方案遇到同样的夜晚，一场一场相减再平均。区间跨过 0 就是分不出高下，"
            "不要硬说哪个好。",
            "Both plans meet the same nights; they are subtracted night by night and averaged. An "
            "interval across 0 means they cannot be told apart.",
        ),
    ),
    (
        ("谁晚了", "who is late"),
        (
            "每一行是最后清点的那一户，从触发到清点按环节分账，各环节加起来正好是总时间。",
            "The last household of a group, its time from trigger to head-count by link; the links "
            "sum exactly to the whole.",
        ),
    ),
    (
        ("与实报对照", "the real night"),
        (
            "黑菱形是当年的整点报数，色带是预演。报数大多落在带里，才说明模型像那一夜。",
            "Diamonds are the reports of that night, the band is simulated. The model resembles "
            "that night only if most reports lie inside.",
        ),
    ),
    (
        ("最迟几点下令", "latest order"),
        (
            "把全部指令整体提前、推后各演一遍，找出还来得及的最晚时刻。是假设推演，不是预报。",
            "All orders moved earlier and later and played again, to find the latest that still "
            "works. A what-if, no forecast.",
        ),
    ),
    (
        ("前置：推荐摆法、现方案、全放县城", "placing: recommended, own, county seat"),
        (
            "同样的没见过的场次各演一遍的每场平均；下面小字是 95% 区间。下限是怎么摆也到不了的数，"
            "差得不多就不必再找。该不该动，看逐场相减：区间跨过 0 就不动。",
            "Means per night on the same fresh nights, with 95 % intervals. The bound is what no "
            "placement reaches; close to it there is nothing left to look for. Whether to move "
            "anybody is told by the paired difference: not where its interval holds 0.",
        ),
    ),
    (
        ("前置图上的点和路", "posts and roads on the map"),
        (
            "红点推荐，蓝圈现方案，小方块候选；橙色的路断了，险情到得慢或到不了。",
            "Red recommended, blue rings the plan's own, squares candidates; without the orange "
            "roads calls are reached late or not at all.",
        ),
    ),
    (
        ("安置点的边际曲线", "what one more shelter adds"),
        (
            "按次序多开一处，有地方去的人多多少；虚线是同样多处的上限。线平了再开就不值。",
            "How many more people have a place with one shelter more; the dashed line is what no "
            "choice of as many exceeds. Where it is flat, more adds little.",
        ),
    ),
    (
        ("后悔值", "regret"),
        (
            "某一场里，最好的方案比这个方案好多少。平均和最大都小的方案最稳。",
            "How much better the best plan of a night was than this one. Small mean and small "
            "greatest: the safe choice.",
        ),
    ),
)

LIGHT_MEANINGS: tuple[tuple[str, tuple[str, str]], ...] = (
    (
        "met",
        (
            "连偏悲观的估计（单侧 95% 下限）也达到要求的把握。",
            "Even the cautious estimate (one-sided 95 % lower bound) reaches the requirement.",
        ),
    ),
    (
        "missed",
        (
            "连偏乐观的估计（上限）也达不到要求。",
            "Even the hopeful estimate (upper bound) falls short of the requirement.",
        ),
    ),
    (
        "undecided",
        (
            "次数不够，说不准；旁边写着大约再跑多少次能定。",
            "Too few runs to tell; beside it stands about how many more would decide.",
        ),
    ),
    (
        "impossible",
        (
            "就算一切顺利，物理下限（座位、路、船）也超时；旁边写着缺什么。",
            "Even if all goes well, the physical limit (seats, roads, boats) misses it; beside it "
            "stands what is lacking.",
        ),
    ),
)

GLOSSARY: tuple[tuple[str, str, str, str], ...] = (
    ("片区", "zone", "一起下令、一起断路的几个村组", "places ordered and cut off together"),
    ("村／社区", "settlement", "有人住的一处", "a place where people live"),
    (
        "应转人数",
        "people at risk",
        "那个时刻名单上该转移的人，各方案相同",
        "everybody on the to-move lists; the same for all plans",
    ),
    (
        "转移单元",
        "party",
        "一户，或一位特殊群体和陪护，不拆开",
        "a household, or a special-group person with escort; never split",
    ),
    (
        "特殊群体",
        "special group",
        "老弱病残孕幼，一对一安排的人",
        "people with a one-to-one arrangement",
    ),
    (
        "责任人",
        "organiser",
        "包保到户、负责叫应的干部",
        "who is responsible for calling and moving a household",
    ),
    ("叫应", "call-out", "有人应答才算通知到", "a warning counts when a named person answered"),
    ("会商", "consultation", "下令前的研判", "deliberation before the order"),
    ("准备转移、立即转移", "order: prepare, move", "两道指令", "the two orders"),
    ("集合点", "assembly point", "上车的地方", "where people board"),
    ("避灾安置场所（应急避难场所）", "shelter", "接收转移人员的地方", "where people are taken in"),
    (
        "清点、登记",
        "head-count, register",
        "到点后人数对上，转移才算完",
        "a transfer ends when the count matches",
    ),
    ("投亲靠友", "to relatives", "自己去亲友家", "to relatives by own means"),
    (
        "就近避险",
        "safe in place",
        "上楼、上高地、关窗躲避",
        "upper floor, high ground, shut windows",
    ),
    ("往返", "shuttle", "一辆车跑几趟", "several trips of one vehicle"),
    (
        "前置（下沉驻防）",
        "preposition",
        "预警后先把队伍、车船摆到下一级",
        "teams, coaches, boats moved forward on a warning",
    ),
    (
        "断路",
        "cut-off",
        "只看灾情，从集合点再没有大巴能走的路",
        "the hazard alone leaves no way for a coach",
    ),
    (
        "遇险",
        "exposed",
        "所在处灾情到了有害的程度",
        "the level reached the harm threshold where they were",
    ),
    ("被困", "stranded", "断路后没出来、也没救出来", "neither out nor rescued after the cut-off"),
    (
        "未受灾转移",
        "moved, unaffected",
        "转了而灾情没到，不是浪费",
        "moved and the hazard did not come; not waste",
    ),
    ("回流", "return", "擅自回去", "went back without leave"),
    ("冲锋舟", "assault boat", "救援用的机动艇", "motor boat for rescue"),
    ("险情", "incident", "需要救援的事", "something that needs rescue"),
    ("区域联动", "mutual aid", "邻县支援", "help from neighbours"),
    (
        "管控、熔断",
        "control, circuit breaker",
        "断、禁、停、撤、疏；到阈值一起启动",
        "close, ban, stop, withdraw, clear; fired together at a threshold",
    ),
    ("断网断电断路", "outages", "三断", "of network, power, road"),
    ("警戒、保证水位", "warning, guarantee level", "水文站的两条线", "the two marks of a gauge"),
    ("预案方案", "plan variant", "同一个地方的一种做法", "one way of doing it in the same place"),
    ("情景", "scenario", "地方、人、灾情、有什么力量", "place, people, hazard, what exists"),
    (
        "时限目标",
        "timing target",
        "谁、多少人、几点前、要多大把握",
        "who, how many, by when, how sure",
    ),
    (
        "物理下限",
        "physical limit",
        "座位、路、船决定的最快时间",
        "the fastest that seats, roads and boats allow",
    ),
    ("导调单", "inject", "演练时递给参演者的一条情况", "a message handed out in a drill"),
    (
        "种子",
        "seed",
        "随机数的起点；同种子同结果",
        "where random numbers start; same seed, same result",
    ),
)
"""zh, en, meaning zh, meaning en; the words are those of the plans and of the code."""
