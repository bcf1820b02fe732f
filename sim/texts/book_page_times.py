"""会议一页纸, answers about time: key → (Chinese, English)."""

from __future__ import annotations

TIMES: dict[str, tuple[str, str]] = {
    # 最迟几点下令
    "latest.not_played": (
        "还没有推演最迟时刻（yuyan optimize trigger，要几分钟到十几分钟）。",
        "The latest order has not been worked out yet (yuyan optimize trigger, some minutes).",
    ),
    "latest.own_order": (
        "现方案：通常 {p50} 下令，十次里九次不晚于 {p90}。",
        "As the plan stands: order at {p50} in a usual night, by {p90} in nine of ten.",
    ),
    "latest.margin": (
        "最吃紧的片区，九成人清点完时离断路：通常{p50}；十次里最差的一次{p10}。",
        "In the tightest zone nine in ten are counted: {p50} in a usual night, {p10} in the worst "
        "of ten.",
    ),
    "latest.before": ("还剩 {minutes} 分钟", "{minutes} min before the cut-off"),
    "latest.after": ("已晚了 {minutes} 分钟", "{minutes} min after the cut-off"),
    "latest.never": ("到结束也没清点够", "not even by the end"),
    "latest.group": (
        "{group}：平常须在断路前 {typical}下令，要有 {required} 把握{sure}；现方案居中{own}。",
        "{group}: the order is needed {typical} before the cut-off in a usual night, {sure} to be "
        "sure with {required}; the plan: {own} (median).",
    ),
    "latest.group_never": (
        "{group}：全部指令再早 {earliest} 分钟也多半来不及；现方案居中{own}。",
        "{group}: mostly too late even with all orders {earliest} min earlier; the plan: {own} "
        "(median).",
    ),
    "latest.sure": ("须提前 {time}", "{time} before"),
    "latest.not_sure": ("试过的都不够", "more than was tried"),
    "latest.margin_never": (
        "最吃紧的片区，九成人到断路时清点不完（多数场次到结束也没清点够）。",
        "In the tightest zone nine in ten are not counted at the cut-off (mostly not even by the "
        "end).",
    ),
    "latest.own_early": ("在断路前 {time}下令", "{time} before"),
    "latest.own_late": ("在断路后 {time}才下令", "{time} after"),
    "latest.tight": (
        "最早到点的片区：{list}（有把握的最迟时刻，假设推演，不是预报）。",
        "First to run out of time: {list} (latest sure moment; a what-if, no forecast).",
    ),
    "latest.hours": ("{hours} 小时 {minutes} 分", "{hours} h {minutes} min"),
    "latest.minutes": ("{minutes} 分钟", "{minutes} min"),
    "latest.all": ("全部片区", "all zones"),
    # 几点转完
    "done.t90": (
        "九成人清点完：通常 {p50}，十次里九次不晚于 {p90}。",
        "Nine in ten counted: {p50} in a usual night, by {p90} in nine of ten.",
    ),
    "done.t90_never": (
        "九成人清点完：通常 {p50}；{reached} 的预演做到了，其余到结束也没做到。",
        "Nine in ten counted: {p50} in a usual night; reached in {reached} of the nights, in the "
        "others not even by the end.",
    ),
    "done.t100": (
        "全部转完：通常 {p50}，十次里九次不晚于 {p90}。",
        "Everybody counted: {p50} in a usual night, by {p90} in nine of ten.",
    ),
    "done.t100_never": (
        "一个不剩：{reached} 的预演做到了，通常 {p50}；总有拒绝的、被困的。",
        "Everybody counted: in {reached} of the nights, usually {p50}; some refuse or stay.",
    ),
    "done.t90_few": (
        "九成人清点完：只有 {reached} 的预演做到了，其余到结束也没做到。",
        "Nine in ten counted: in only {reached} of the nights; in the others not even by the end.",
    ),
    "done.t100_few": (
        "一个不剩：只有 {reached} 的预演做到了；总有拒绝的、被困的。",
        "Everybody counted: in only {reached} of the nights; some refuse or are stranded.",
    ),
    "done.t90_nowhere": (
        "九成人清点完：没有一次做到。",
        "Nine in ten counted: not in a single night.",
    ),
    "done.t100_nowhere": (
        "一个不剩：没有一次做到，总有拒绝的、被困的。",
        "Everybody counted: not in a single night; some refuse or are stranded.",
    ),
    "done.half": (
        "五成人清点完：通常 {p50}，十次里九次不晚于 {p90}。",
        "Half of the people counted: {p50} in a usual night, by {p90} in nine of ten.",
    ),
    "done.rest": (
        "到结束各次平均：{safe} 人已安全转出，{in_place} 人就近避险，{refused} 人拒绝转移。",
        "At the end, mean of all nights: {safe} safe out, {in_place} safe in place, {refused} "
        "refused.",
    ),
    "done.unknown": (
        "数据不足：这次预演既没有下令也没有灾情。",
        "Not enough data: neither an order nor a hazard in this run.",
    ),
    # 晚一小时的代价
    "hour.not_played": (
        "没有推演整体推迟一小时（与“最迟几点下令”同一条命令）。",
        "Not worked out (the same command as for the latest order).",
    ),
    "hour.group": (
        "{group}：断路前已到安全处的，照现方案 {now}，晚一小时 {later}，早一小时 {sooner}"
        "（占答应走的人）；晚一小时平均每场少出来 {people} 人。",
        "{group}: safe before the cut-off as planned {now}, an hour later {later}, an hour sooner "
        "{sooner} (of those who agree to leave); {people} more left behind per night.",
    ),
}
