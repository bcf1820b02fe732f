"""Sentences of 何时转, the latest order per zone: key → (Chinese, English)."""

from __future__ import annotations

ORDERS: dict[str, tuple[str, str]] = {
    "title": ("{name}：最迟何时下令（方案「{plan}」）", "{name}: the latest order (plan “{plan}”)"),
    "played": (
        "抽 {drawn} 场灾情，其中 {played} 场成灾；每场把全部命令提前或推后 {shifts} 分钟各演一次。",
        "{drawn} nights drawn, {played} with danger; each played with all orders moved by {shifts} "
        "minutes.",
    ),
    "asked": (
        "“来得及”指：断路（或水到家门）前，同意转移的人中 {share} 已转出；要求把握 {required}。",
        "In time means: {share} of those who agree to leave are out before the road is cut or the "
        "water is at the door; required probability {required}.",
    ),
    "group.all": ("全县", "the county"),
    "group.lead": (
        "{group} {n} 个片区：一半的片区要在断路前 {half} 下令，九成的片区要在断路前 {most} 下令"
        "；本方案实际提前 {own}。",
        "{group}, {n} zones: half need the order {half} before the cut-off, nine in ten {most}; "
        "this plan gives {own}.",
    ),
    "group.counts": (
        "  其中 {found} 个有解；{not_enough} 个连最早的命令也常常来不及；{never} 个在所有灾情里"
        "都不断路也不进水；{unseen} 个这次没抽到。",
        "  {found} answered; in {not_enough} even the earliest order is often too late; {never} "
        "are never cut off or wet; {unseen} were not met in these nights.",
    ),
    "group.shifts": (
        "  命令移动（分钟）→ 来得及的片区·场：{list}",
        "  orders moved (min) → zone-nights in time: {list}",
    ),
    "few": (
        "每个片区成灾不足 59 场的，数值只供参考；多抽些场次（-n）更可靠。",
        "Zones with fewer than 59 such nights: indications only; draw more nights (-n).",
    ),
    "what_if": (
        "命令是整体移动的假设推演：移早的命令，当时未必看得到依据；请以右边的水位、雨量为准。",
        "Orders are moved as a what-if; an earlier order may come before anything can be seen. Go "
        "by the levels and rain on the right.",
    ),
    "table": (
        "最吃紧的 {n} 个片区（共 {all} 个，--json 给全部）",
        "The {n} tightest of {all} zones",
    ),
    "head.zone": ("片区", "zone"),
    "head.status": ("结论", "answer"),
    "head.nights": ("成灾场次", "nights"),
    "head.latest": ("最迟下令", "latest order"),
    "head.lead": ("断路前须提前", "lead needed"),
    "head.own": ("本方案提前", "this plan's lead"),
    "head.wait": ("可再等", "may wait"),
    "head.level": ("水位不超过", "before level"),
    "head.rain": ("3 小时雨量不超过", "before 3 h rain"),
    "head.limit": ("仅路程就要", "way alone"),
    "head.lacking": ("卡在", "stuck at"),
    "status.found": ("有解", "found"),
    "status.not_enough": ("再早也难", "too late anyway"),
    "status.never": ("不受灾", "never hit"),
    "status.unseen": ("未抽到", "not met"),
    "minutes": ("{n} 分钟", "{n} min"),
    "unknown": ("—", "—"),
    "too_early": ("越早越好", "as early as can be"),
    "not_announced": ("报不出", "no sign in time"),
    "link.decide": ("下令", "decide"),
    "link.tell": ("叫应", "tell"),
    "link.prepare": ("收拾", "prepare"),
    "link.walk": ("步行", "walk"),
    "link.wait": ("等车", "wait"),
    "link.ride": ("路上", "ride"),
    "link.return": ("回流", "return"),
}


def order_word(key: str, lang: str, **values: object) -> str:
    """A sentence or word of this room with its values filled in."""
    zh, en = ORDERS[key]
    return (en if lang == "en" else zh).format(**values)
