"""What a planner is told beside each entry of a plan, and what a new entry starts with.

Keys are ``Model.field``. A field that is new in the schema shows its description until somebody
writes a sentence here.
"""

from __future__ import annotations

from typing import Any, NamedTuple, get_args

from sim.schema.plan_when import NO_THRESHOLD, WITH_LEAD, TriggerRule
from sim.texts.labels import Label

SIGNALS = get_args(TriggerRule.model_fields["signal"].annotation)

UNITS: dict[str, Label] = {
    "_min": ("分钟", "min"),
    "_h": ("小时", "h"),
    "_m": ("米", "m"),
    "_km": ("公里", "km"),
    "_factor": ("倍", "times"),
}
"""Ending of a key → unit behind its label."""
UNIT_ENDINGS = (" 分钟", " h", ", hours", ", min")
"""What some descriptions say of the unit already."""


class Condition(NamedTuple):
    """An entry that makes sense with some values of another one only.

    Attributes:
        field, values: the other entry, and the values it makes sense with.
        default: what the other one says when it is left out.
        refused: whether the schema refuses the entry beside other values.
    """

    field: str
    values: tuple[str, ...]
    default: str = ""
    refused: bool = False


ONLY_WITH: dict[str, Condition] = {
    "TriggerRule.reaches": Condition(
        "signal",
        tuple(name for name in SIGNALS if name not in NO_THRESHOLD),
        refused=True,
    ),
    "TriggerRule.lead_h": Condition("signal", WITH_LEAD, refused=True),
    "TriggerRule.watcher": Condition("signal", ("alarm",), refused=True),
    "TriggerRule.area": Condition("signal", ("announced_area",), refused=True),
    "TriggerRule.at": Condition("signal", ("clock",), refused=True),
    "Where.planned": Condition("shelter_rule", ("planned",)),
    "Fleet.fixed": Condition("rule", ("fixed",)),
    "Fleet.schedule": Condition("rule", ("schedule",)),
    "Closure.at": Condition("on", ("clock",), refused=True),
    "Closure.capacity_factor": Condition("kind", ("police",), "close"),
    "Closure.out_min": Condition("kind", ("tidal",), "close"),
    "Closure.back_min": Condition("kind", ("tidal",), "close"),
    "Supplies.push_share": Condition("rule", ("push",), "threshold"),
    "Supplies.threshold_h": Condition("rule", ("threshold",), "threshold"),
}

ONE_OF: dict[str, dict[str, Any]] = {
    "Deadline": {"after_order_min": 60, "before_hazard_h": 0, "clock": "20:00"},
}
"""Models of which exactly one entry is filled in, with what it starts with."""

NEW_ITEMS: dict[str, dict[str, Any]] = {
    "TriggerRule": {"signal": "observed_level", "reaches": "guarantee", "action": "move"},
    "Closure": {"kind": "close", "low_water_bridges": True, "on": "move"},
    "Target": {
        "id": "t1",
        "name": {"zh": "下令后2小时转出九成", "en": "90 % out 2 h after the order"},
        "milestone": "out",
        "share": 0.9,
        "deadline": {"after_order_min": 120},
        "probability": 0.9,
    },
    "ResponseTarget": {
        "id": "r1",
        "name": {"zh": "九成险情30分钟内有人到场", "en": "somebody at nine in ten in 30 min"},
        "measure": "first_team_on_site_p90_min",
        "at_most": 30,
        "probability": 0.9,
    },
}
"""What a new item of a list starts with."""

SECTION_HELP: dict[str, Label] = {
    "basics": (
        "方案的名称会出现在比较、报告和会议一页纸上。",
        "The name appears in comparisons, reports and on the sheet for the meeting.",
    ),
    "authority": ("谁有权下令；失联时村里能不能自己下令。", "Who may order, and whether a cut-off "
                  "village may act by itself."),
    "when": (
        "看到什么就下什么令。各条同时盯着，哪条先到就先下；从信号到签发的时间另外算。",
        "What is seen leads to which order. All rules watch at once; the time from signal to the "
        "signed order is added.",
    ),
    "whom": ("哪些人在“准备转移”时就先走。", "Who leaves already at “prepare”."),
    "organise": ("怎样把人叫应：打电话、广播、敲门、二次排查。", "How people are told: calls, "
                 "loudspeakers, doors, a second sweep."),
    "where": ("送到哪个安置点。", "Which shelter people are taken to."),
    "manage": ("转出以后怎样防止回流。", "How people are kept from going back."),
    "fleet": ("车什么时候叫、在哪里等、先去哪、等满没有。", "When vehicles are called, where they "
              "wait, where they go first, how long they hold."),
    "rescue": (
        "救援队伍什么时候集结、在哪里前置、怎样派。",
        "When rescue teams muster, where they are staged, how they are sent.",
    ),
    "controls": ("断、禁、疏：哪些路封、哪些路单向外撤、哪里派交警。", "Roads that are closed, "
                 "turned one way or directed by the police."),
    "supplies": (
        "避灾物资什么时候从物资库往安置点送、一次送多少。",
        "When supplies go from the stores to the shelters, and how much at a time.",
    ),
    "command": (
        "指挥部、现场指挥设在哪里：左边写岗位，右边选地点，也可以在图上点。只作记录，推演时间不因它变。",
        "Where command posts and field commanders sit: the post on the left, its place on the "
        "right, or picked on the map. Kept with the plan; it does not change the times played.",
    ),
    "targets": (
        "时限目标：多少人、到哪一步、什么时候以前、要几成把握。结果按这里逐条亮灯。",
        "Timing targets: how many, which step, by when, how surely. Results light a lamp for each.",
    ),
    "response_targets": (
        "响应目标：首支队伍几分钟到、几分钟到齐、被困等待和物资短缺不超过多少人·小时。",
        "Response targets: how soon teams are there, how many person-hours people wait or lack "
        "supplies at most.",
    ),
}  # fmt: skip

HELP: dict[str, Label] = {
    "Name.zh": ("给人看的中文名称。", "Chinese name, as people read it."),
    "Name.en": ("英文名称，可不填。", "English name; may be left empty."),
    "Authority.orders_by": ("县、乡镇还是村签发转移指令。", "Who signs the order."),
    "Authority.village_alone": (
        "电话不通时，村里看到水位到了就可以自己组织转移。",
        "When calls fail, a village may move by itself once it sees the level.",
    ),
    "Selection.zones": ("只对这些片区；不选就是全部。", "Only these zones; empty means all."),
    "TriggerRule.signal": (
        "看哪一种信号：实测、预报、雨量，或者到点就下令。",
        "What is watched: levels, forecasts, rain, or simply the clock.",
    ),
    "TriggerRule.reaches": (
        "到哪个值算触发。警戒、保证用监测站自己的水位；填数值时水位用米、雨量用毫米。",
        "The value that triggers: the gauge's own levels, or a number in m (level) or mm (rain).",
    ),
    "TriggerRule.lead_h": (
        "预计多少小时以后来水（或到水位）就下令。数越大，下令越早。",
        "Order when the water is expected this many hours ahead. Larger means earlier.",
    ),
    "TriggerRule.area": (
        "毒气泄漏接报后公布的区域：里面有人住的片区才下令；风向变了，下风防护区跟着变。",
        "An area announced after a release: zones with people in it get the order; it turns with "
        "the wind.",
    ),
    "TriggerRule.at": (
        "几点，如 20:30；次日写 +1 03:00。",
        "A clock time such as 20:30; on the next day +1 03:00.",
    ),
    "TriggerRule.action": (
        "准备转移：先走特殊群体、叫车；立即转移：全体走。",
        "Prepare: special groups first, vehicles are called. Move: everybody.",
    ),
    "When.pickup_min": (
        "信号出现到值班员发现并报告。",
        "From the signal to the duty officer's report.",
    ),
    "When.consult_min": ("会商要多久。", "How long the consultation takes."),
    "When.sign_min": ("签发、传达要多久。", "How long signing and sending takes."),
    "When.shift_min": (
        "试一试：所有指令一起提前（负数）或推后（正数）。",
        "What if: all orders together earlier (negative) or later (positive).",
    ),
    "Fleet.call_on": (
        "车在哪一道令时就叫：准备转移时叫，司机有时间到位。",
        "At which order vehicles are called; at “prepare” drivers have time to come.",
    ),
    "Fleet.staged": (
        "提前把车放到集合点或待命点；没写的车在自己的待命点。",
        "Vehicles waiting at assembly points or depots; others stay where they belong.",
    ),
    "Fleet.rule": (
        "车空出来以后先去哪里。",
        "Where a free vehicle goes next.",
    ),
    "Fleet.hold_min": (
        "没坐满时最多等客多久就开。",
        "How long a vehicle that is not full holds before it leaves.",
    ),
    "Fleet.min_people": (
        "集合点攒够几人才派车；不够也最多等下一项的时间。",
        "People waiting before a vehicle is sent; fewer wait at most the next entry.",
    ),
    "Fleet.max_stops": ("一趟最多停几个集合点。", "Assembly points served in one round at most."),
    "Fleet.feeders": (
        "大巴进不去的村由中巴接到换乘点。",
        "Minibuses bring people from where coaches cannot go.",
    ),
    "Rescue.staged": ("队伍提前放到哪里。", "Where teams wait beforehand."),
    "Rescue.dispatch": (
        "险情来了派哪支队伍。留守覆盖：赶得及的几支里，派走后对全县覆盖影响最小的那支；"
        "成批匹配：攒几分钟一起派，总的路上时间最少。",
        "Which team answers. Cover kept: of those in time, the one missed least; batches: gathered "
        "for some minutes and matched with least driving in all.",
    ),
    "Rescue.relocation": (
        "队伍办完事到哪里等下一起：回原点；按岗位次序补空岗；去使覆盖增加最多的岗位（DMEXCLP）；"
        "或按值守表，空闲几支就守哪几处。",
        "Where a team waits when it is free again: back to its post; the first post of a list that "
        "nobody holds; where it adds most cover (DMEXCLP); or by a table of posts for so many "
        "free teams.",
    ),
    "Rescue.table": (
        "每行写空闲队伍正好这么多支时要守的岗位：一行两个岗位就是空闲两支时守这两处。",
        "Each row names the posts held when exactly so many teams are free.",
    ),
    "Closure.edges": (
        "路段编号，方向是外撤的方向；也可以在图上点。",
        "Edge ids in the outward direction; they can be picked on the map too.",
    ),
    "Route.edges": (
        "一段接一段，按车走的次序；在图上依次点也行，取通往安置点、出口的方向。",
        "One after the other as vehicles drive; they can be clicked on the map in that order.",
    ),
    "Closure.kind": (
        "封闭；两个车道都往外走；分时单向放行；交警疏导。",
        "Closed; both lanes outward; one direction at a time; directed by the police.",
    ),
    "Closure.out_min": ("每轮放外撤车多少分钟。", "Minutes for vehicles on the way out."),
    "Closure.back_min": ("每轮放返程车队多少分钟。", "Minutes for the fleet on its way back."),
    "Target.share": ("要求多少人做到，九成写 0.9。", "Share of people; nine in ten is 0.9."),
    "Target.probability": (
        "要有几成把握，九成写 0.9。",
        "How surely it must be met; nine in ten is 0.9.",
    ),
    "Target.deadline": ("三种里选一种。", "One of the three."),
}
