"""Sentences about single values and keys: code → (Chinese, English)."""

from __future__ import annotations

_PLAIN = ("得到 {found}[，应 {allowed}]", "found {found}[, allowed {allowed}]")

ERRORS: dict[str, tuple[str, str]] = {
    "field.missing": ("必填，未填写", "required, but empty"),
    "field.unknown": ("未知的键[，可用：{allowed}]", "unknown key[; known: {allowed}]"),
    "number.out_of_range": _PLAIN,
    "number.not_a_number": ("得到 {found}，应为数字", "found {found}, must be a number"),
    "number.not_whole": ("得到 {found}，应为整数", "found {found}, must be a whole number"),
    "number.not_finite": ("得到 {found}，应为有限的数", "found {found}, must be a finite number"),
    "number.percent": (
        "得到 {found}，占比请写小数（35% 写 0.35）",
        "found {found}; write shares as decimals (35 % is 0.35)",
    ),
    "choice.unknown": (
        "得到 {found}[，可选：{allowed}]",
        "found {found}[, choose from: {allowed}]",
    ),
    "choice.not_yes_no": (
        "得到 {found}，应为 true/false（是/否）",
        "found {found}, must be true or false",
    ),
    "text.quote": (
        '得到 {found}，应为文本，请加引号（如 "{found}"）',
        'found {found}, must be text: put it in quotes ("{found}")',
    ),
    "text.too_long": (
        "文字过长[，应 {allowed} 字]",
        "text too long[, allowed {allowed} characters]",
    ),
    "text.too_short": ("文字过短", "text too short"),
    "text.characters": (
        "编号 {found} 含空格、逗号或分号，请去掉",
        "the id {found} contains spaces, commas or semicolons; remove them",
    ),
    "text.amounts": (
        "得到 {found}，应写成“名称:数量”，半角冒号，多项用半角分号隔开，数量 1–99，如 "
        "medical:2;search:4",
        "found {found}, must be name:number with semicolons between, numbers 1 to 99, such as "
        "medical:2;search:4",
    ),
    "amounts.twice": (
        "得到 {found}，{allowed} 写了两次，请合成一项",
        "found {found}, {allowed} stands there twice; make it one",
    ),
    "emergency.full_less": (
        "配齐（full）里的每一项都不能少于最低（needs）",
        "'full' must hold at least what 'needs' holds",
    ),
    "emergency.per_day": (
        "日常、安置点内、受灾户类险情每万人每天（per_day）须大于 0；由推演给出的种类不填",
        "'per_day' must be > 0 for kinds that are drawn, and is left out for those the run gives",
    ),
    "emergency.p90": (
        "九成不超过的分钟数（…_p90_min）须大于中位的分钟数（…_min）",
        "the time not exceeded in nine of ten (…_p90_min) must be above the median (…_min)",
    ),
    "emergency.beyond_teams": (
        "需要 {found}，全部队伍加起来只有 {allowed}：这类险情没有人处置得了",
        "needs {found}, all teams together have {allowed}: nobody can answer this kind",
    ),
    "item.no_standard": (
        "{found} 没有每人标准，留在库里不调运；有标准的单位：{allowed}",
        "{found} has no standard per person and stays in the store; units with one: {allowed}",
    ),
    "plan.no_supplies": (
        "写了物资一节，但情景没有物资库或库存（stores、items），送不出东西",
        "supplies are planned, but the scenario has no stores or no items to send",
    ),
    "type.mapping": ("此处应为“键: 值”", "'key: value' lines are expected here"),
    "type.list": ("此处应为列表", "a list is expected here"),
    "list.too_short": ("列表项太少[，应 {allowed}]", "too few items[, allowed {allowed}]"),
    "list.too_long": ("列表项太多[，应 {allowed}]", "too many items[, allowed {allowed}]"),
    "list.not_ascending": (
        "应从小到大且不重复",
        "must ascend without repeats",
    ),
    "clock.invalid": (
        '时刻应写成 "20:30"，次日写 "+1 03:00"[；得到 {found}]',
        'a clock time is written "20:30", on the next day "+1 03:00"[; found {found}]',
    ),
    "clock.start_invalid": (
        '应写成 "2025-06-18T14:00"（当地时间，不带时区）[；得到 {found}]',
        'write "2025-06-18T14:00" (local time, no zone)[; found {found}]',
    ),
    "clock.beyond_horizon": (
        "{found} 在推演时段之外[（{allowed}）]",
        "{found} lies outside the time simulated[ ({allowed})]",
    ),
    "rule.at_and_clock": (
        "时刻 at 只与 signal: clock 同用，且必须同用",
        "'at' goes with signal: clock, and only with it",
    ),
    "rule.area_and_signal": (
        "区域 area 只与 signal: announced_area 同用，且必须同用",
        "'area' goes with signal: announced_area, and only with it",
    ),
    "rule.reaches_and_level": (
        "阈值 reaches 只与水位、雨量信号同用，且必须同用",
        "'reaches' goes with levels and rain, and only with them",
    ),
    "rule.lead_and_forecast": (
        "预见期 lead_h 只与预报信号同用，且必须同用",
        "'lead_h' goes with forecast signals, and only with them",
    ),
    "target.one_deadline": (
        "after_order_min、before_hazard_h、clock 三者必填其一且只填其一",
        "give exactly one of after_order_min, before_hazard_h, clock",
    ),
    "hazard.false_alarms": (
        "空报成员数不能多于成员数",
        "false alarm members must not exceed the members",
    ),
    "value.invalid": ("得到 {found}[，应 {allowed}]", "found {found}[, allowed {allowed}]"),
    "distribution.p90_not_above_median": (
        "p90 应大于中位数：得到 {found}，应 {allowed}",
        "p90 must be above the median: found {found}, allowed {allowed}",
    ),
    "distribution.mode_outside": (
        "众数应在低值与高值之间：得到 {found}，应 {allowed}",
        "the mode must lie between low and high: found {found}, allowed {allowed}",
    ),
    "distribution.low_above_high": (
        "低值应不大于高值：得到 {found}，应 {allowed}",
        "low must not exceed high: found {found}, allowed {allowed}",
    ),
    "distribution.cut_keeps_nothing": (
        "截断后几乎不剩取值：得到 {found}，应 {allowed}",
        "the cut leaves almost nothing: found {found}, allowed {allowed}",
    ),
    "distribution.shares_sum": (
        "占比合计：得到 {found}，应 {allowed}",
        "sum of the shares: found {found}, allowed {allowed}",
    ),
    "distribution.lengths_differ": (
        "两列个数不同：得到 {found}，应 {allowed}",
        "the lists differ in length: found {found}, allowed {allowed}",
    ),
    "distribution.not_rising": (
        "应逐个增大：得到 {found}，应 {allowed}",
        "must rise: found {found}, allowed {allowed}",
    ),
    "distribution.level_inside_mixture": (
        "per 与 shared_p90_factor 写在混合分布本身，不写在其部分",
        "per and shared_p90_factor belong to the mixture itself, not to its parts",
    ),
    "distribution.kind_does_not_fit": (
        "此处不能用分布 {found}[，应 {allowed}]",
        "the distribution {found} does not fit here[, allowed {allowed}]",
    ),
    "distribution.unknown_kind": (
        "未知的分布 {found}[，可选：{allowed}]",
        "unknown distribution {found}[, choose from: {allowed}]",
    ),
    "distribution.out_of_range": _PLAIN,
    "distribution.not_a_number": ("得到 {found}，应为数字", "found {found}, must be a number"),
}
