"""Sentences of ``yuyan optimize trigger``: key → (Chinese, English)."""

from __future__ import annotations

from typing import Literal

Lang = Literal["zh", "en"]

LATEST: dict[str, tuple[str, str]] = {
    "title": ("何时转：「{plan}」最迟何时下令", "When to move: the latest order under “{plan}”"),
    "how": (
        "做法：把预案里每一道指令整体提前或推后（{first}～{last} 分钟，共 {count} 档），在同样的"
        " {n} 场灾情里各演一遍；其中 {played} 场有片区断路或进水，以下只看这些。",
        "How: every order of the plan was moved together ({first} to {last} min, {count} steps) "
        "and the same {n} nights were played again; in {played} of them something is cut off or "
        "under water, and only these count below.",
    ),
    "what_if": (
        "这是假设推演，不是预报：那一夜没有人知道几点断路，所以同时给出当时看得见的水位和雨量。"
        "全县一起提前或推后，车辆、干部都按同一批人共用。",
        "This is a what-if, not a forecast: nobody knows on the night when the road will be cut, "
        "so the level and the rain that could be seen stand beside it. The whole county is moved "
        "together and shares its vehicles and cadres.",
    ),
    "success": (
        "算成功：片区断路前（路不断的，第一户进水前），答应走的人里 {share} 已到安全处；"
        "要求把握 {required}。提前量从签发立即转移算起。",
        "Success: before the zone is cut off (or, where its road stays open, before water comes to "
        "the first home) {share} of those who agree to leave are safe; required with {required}. "
        "Lead time counts from the signed order.",
    ),
    "nothing": (
        "抽到的 {n} 场里没有一场断路或进水，无法回答；请加大 -n 或核对灾情。",
        "Nothing is cut off or under water in the {n} nights drawn; give a larger -n or look at "
        "the hazard.",
    ),
    "group.all": ("全部", "all"),
    "group.answer": (
        "{group}：居中的片区平常须在断路前 {typical} 下令{sure}（八成人走完平常只要 {most}）；"
        "现方案居中{own}下令，按时 {met}/{n} 片区·场。",
        "{group}: the median zone needs its order {typical} before the cut-off in a usual "
        "night{sure} ({most} would do for 80 % of the people); the plan orders {own} (median), in "
        "time in {met} of {n} zone-nights.",
    ),
    "group.none": (
        "{group}：居中的片区平常试到最早也来不及（八成人走完平常要 {most}）；"
        "现方案居中{own}下令，按时 {met}/{n} 片区·场。",
        "{group}: in a usual night the earliest order tried is too late for the median zone "
        "(80 % of the people need {most}); the plan orders {own} (median), in time in {met} of {n} "
        "zone-nights.",
    ),
    "group.sure": ("，要有 {required} 把握须提前 {lead}", ", {lead} to be sure with {required}"),
    "group.sure_none": (
        "，要有 {required} 把握则试到最早也不够",
        ", and more than was tried to be sure with {required}",
    ),
    "group.not_enough": (
        "{group}：{zones} 个片区试到最早也不够（居中{longest}下令），主要卡在：{links}。",
        "{group}: in {zones} zones even the earliest order tried is not early enough (median "
        "{longest}); most people were held up at: {links}.",
    ),
    "group.never": (
        "{group}：{zones} 个片区在所有灾情成员里都不会断路、不进水。",
        "{group}: {zones} zones are neither cut off nor under water in any hazard member.",
    ),
    "group.unseen": (
        "{group}：{zones} 个片区这次没有抽到受灾的场次，答不了。",
        "{group}: {zones} zones were not hit in the nights played; no answer.",
    ),
    "group.level": (
        "{group}：{zones} 个片区可看水位：居中的须在{against}以前签发。",
        "{group}: in {zones} zones the level tells in time: sign before {against} (median zone).",
    ),
    "group.silent": (
        "{group}：{zones} 个片区到最迟那一刻水位还没怎么涨，看水位下令来不及，要看雨量和预报，"
        "或由村里先动、就近上楼上高地。",
        "{group}: in {zones} zones the level has hardly risen when the order must be signed: go by "
        "rain and forecast, or let villages start by themselves, upstairs or to high ground.",
    ),
    "group.hour": (
        "{group}：比现方案再晚一小时下令，断路前转出的人从 {now} 变成 {later}；"
        "早一小时是 {sooner}。",
        "{group}: orders one hour later than the plan's bring people out before the cut-off down "
        "from {now} to {later}; one hour earlier would make it {sooner}.",
    ),
    "not_enough_word": ("比试过的更早", "more than tried"),
    "given.before": ("提前 {time} ", "{time} before"),
    "given.after": ("在断路后 {time} 才", "{time} after the cut-off"),
    "duration": ("{h}小时{m:02d}分", "{h} h {m:02d} min"),
    "duration_min": ("{m}分", "{m} min"),
    "about": ("约", "~"),
    "share_all": ("全部", "all"),
    "table.shifts": (
        "提前或推后下令，断路前转出多少",
        "Earlier and later orders: who is out in time",
    ),
    "head.shift": ("指令", "orders"),
    "head.group_met": ("{group} 按时片区·场", "{group} zone-nights"),
    "head.group_people": ("{group} 转出人数", "{group} people out"),
    "shift.own": ("现方案", "as planned"),
    "shift.early": ("提前 {time}", "{time} earlier"),
    "shift.late": ("推后 {time}", "{time} later"),
    "table.zones": (
        "{group}：最吃紧的 {count} 个片区（共 {all} 个；全部见 --json 或 --out）",
        "{group}: the {count} tightest of {all} zones (all of them: --json or --out)",
    ),
    "head.zone": ("片区", "zone"),
    "head.judged": ("受灾场次", "nights hit"),
    "head.needed": ("须提前 时:分（平常｜有把握）", "lead needed h:min (usual | sure)"),
    "head.limit": ("物理下限", "physical limit"),
    "head.own": ("现方案提前", "plan gives"),
    "head.met": ("现方案按时", "plan in time"),
    "head.level": ("水位到此前下令", "sign before level"),
    "head.rain": ("3小时雨量到此前", "before 3 h rain"),
    "head.note": ("说明", "remark"),
    "level": ("{gauge} {value} m（{against}）", "{gauge} {value} m ({against})"),
    "level.below": ("警戒下 {d} m", "{d} m below warning"),
    "level.above": ("警戒上 {d} m", "{d} m above warning"),
    "level.flat": ("未涨先下令", "before it rises"),
    "level.none": ("—", "—"),
    "rain": ("{value} mm", "{value} mm"),
    "rain.none": ("—", "—"),
    "rain.dry": ("雨前", "before rain"),
    "note.wait": ("还可晚 {time}", "may wait {time}"),
    "note.sooner": ("须再早 {time}", "{time} earlier"),
    "note.not_enough": (
        "提前 {time} 也不够：卡在{link}",
        "{time} is not enough: held up at {link}",
    ),
    "note.too_late": ("最早一档也晚于断路", "even the earliest order came after the cut-off"),
    "note.unordered": ("{n} 场没触发下令", "{n} nights without an order"),
    "notes.not_enough": (
        "「比试过的更早」：试过的最早指令也不够早（不能早于情景开始的时刻）。",
        "“More than tried”: not even the earliest order tried (none comes before the scenario "
        "begins).",
    ),
    "notes.few": (
        "「约」：受灾场次不足 59，95% 的数只是估计；要有证据，大约需 -n {n}。",
        "“~”: fewer than 59 nights hit, so a 95 % value is an estimate only; about -n {n} would be "
        "needed for evidence.",
    ),
    "notes.limit": (
        "物理下限＝照各人的走法步行加最远车程，不等任何人任何车；指令比它还晚，怎么调车都来不及。",
        "Physical limit: walk and farthest drive by everybody's own way out, nobody waits for "
        "anybody; an order later than that is too late however vehicles are sent.",
    ),
    "notes.decide": (
        "水位、雨量是签发那一刻的；从触发到签发居中 {minutes} 分钟，预案里的触发值要留出这段。",
        "Levels and rain are those at the signature; trigger to signature takes {minutes} min "
        "(median), so thresholds in the plan must leave room for it.",
    ),
    "notes.tail": (
        "时间主要花在最后那部分人身上（慢的、等车的、要人抬的）；要放宽或收紧用 --share。",
        "Most of the time goes to the last of the people (slow, waiting, to be carried); --share "
        "asks for fewer or more of them.",
    ),
    "notes.irregular": (
        "{n} 个片区·场里推后反而更好（共用车辆时会有），已取最不矛盾的分界。",
        "In {n} zone-nights a later order did better (shared vehicles); the dividing line with "
        "the fewest exceptions was taken.",
    ),
    "written": ("各片区已写入 {file}", "zones written to {file}"),
    "stopped": ("已停止，没有结果。", "Stopped; there is no result."),
    "link.decide": ("下令太晚", "no order yet"),
    "link.tell": ("叫应劝导", "call-out and persuasion"),
    "link.prepare": ("收拾准备", "preparing"),
    "link.walk": ("步行", "walking"),
    "link.wait": ("等大巴", "waiting for a bus"),
    "link.ambulance": ("等救护车", "waiting for an ambulance"),
    "link.ride": ("路上", "under way"),
    "link.return": ("又回去了", "went back"),
}

COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("zone", "片区编号", "zone id"),
    ("name", "片区", "zone"),
    ("township", "乡镇", "township"),
    ("tag", "标签", "tag"),
    ("status", "结论", "status"),
    ("nights_hit", "受灾场次", "nights hit"),
    ("nights_not_ordered", "其中未下令", "of these without an order"),
    ("cut_share", "其中断路占比", "share cut off (else water at homes)"),
    ("deadline_clock", "断路时刻（居中）", "cut-off, median clock"),
    ("lead_typical_min", "居中的一场须提前 分钟", "lead needed in the median night, min"),
    ("lead_min", "按要求把握须提前 分钟", "lead needed with the required probability, min"),
    ("lead_low_min", "须提前 下限", "lead needed, 95 % interval low"),
    ("lead_high_min", "须提前 上限", "lead needed, 95 % interval high"),
    ("lead_played_min", "实演按时的提前 分钟", "lead played and in time, min"),
    ("lead_most_typical_min", "八成人 居中须提前 分钟", "lead for 80 %, median night, min"),
    ("lead_most_min", "八成人 有把握须提前 分钟", "lead for 80 % with the probability, min"),
    ("lead_all_min", "全部人须提前 分钟", "lead needed for everybody, min"),
    ("limit_min", "物理下限 分钟", "physical limit, min"),
    ("latest_clock", "最迟钟点", "latest clock time"),
    ("may_wait_min", "比现方案可晚 分钟（负=须早）", "may wait, min (negative: earlier)"),
    ("plan_lead_min", "现方案提前 分钟", "lead of the plan, min"),
    ("plan_met", "现方案按时场次", "nights in time, plan"),
    ("plan_met_lower", "按时概率 下限95%", "probability, one-sided 95 % lower bound"),
    ("longest_lead_min", "试过的最早 分钟", "longest lead tried, min"),
    ("gauge", "水位站", "gauge"),
    ("level_m", "水位到此前下令 m", "sign before level, m"),
    ("level_typical_m", "最迟时水位（居中） m", "level at latest order, median, m"),
    ("level_rise_m", "比起算时高 m", "above level at start, m"),
    ("level_m_per_h", "当时涨率 m/h", "rise rate then, m/h"),
    ("level_false_alarm_share", "按水位空报占比", "false alarms by level, share of members"),
    ("rain_gauge", "雨量站", "rain gauge"),
    ("rain_3h_mm", "3小时雨量到此前下令 mm", "sign before 3 h rain, mm"),
    ("rain_3h_typical_mm", "最迟时3小时雨量（居中） mm", "3 h rain at latest order, median, mm"),
    ("rain_false_alarm_share", "按雨量空报占比", "false alarms by rain, share of members"),
    ("held_up_at", "不够时卡在", "held up at"),
)
"""Columns of the file: key, Chinese, English."""

STATUS: dict[str, tuple[str, str]] = {
    "found": ("有答案", "found"),
    "not_enough": ("再早也不够", "not early enough"),
    "never": ("不会断路", "never cut off"),
    "unseen": ("未抽到", "not seen"),
}


def latest(key: str, lang: Lang, **values: object) -> str:
    """A sentence with its values filled in."""
    zh, en = LATEST[key]
    return (zh if lang == "zh" else en).format(**values)


def status_word(status: str, lang: Lang) -> str:
    """The answer of a zone in a word."""
    zh, en = STATUS[status]
    return zh if lang == "zh" else en


def column_names(lang: Lang) -> dict[str, str]:
    """Key of a column to its heading."""
    return {key: zh if lang == "zh" else en for key, zh, en in COLUMNS}
