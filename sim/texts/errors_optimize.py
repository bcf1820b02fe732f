"""Sentences of the optimisers: code → (Chinese, English)."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "optimize.no_units": (
        "这个方案里没有可以前置的力量（没有救援或车辆一节，或没有队伍、车辆）",
        "this plan has nothing to place (no rescue or fleet section, or no teams or vehicles)",
    ),
    "optimize.nobody_leaves": (
        "没有哪种灾情会断路或进水，或没有人须集中安置，无从选址",
        "nothing is cut off or under water in any member, or nobody needs a place: "
        "there is nothing to choose",
    ),
    "optimize.plan_id": (
        "方案编号只能用字母、数字、点、横线和下划线：得到 {found}",
        "a plan id takes letters, digits, dots, dashes and underscores: {found}",
    ),
    "optimize.plan_taken": (
        "方案 {found} 已经有了，请换一个编号",
        "there is a plan {found} already; choose another id",
    ),
    "optimize.choice": (
        "没有 {found}[；可选：{allowed}]",
        "there is no {found}[; choose among: {allowed}]",
    ),
}
