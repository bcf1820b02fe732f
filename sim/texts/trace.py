"""Words of ``yuyan trace``: key → (Chinese, English)."""

from __future__ import annotations

from sim.texts.errors import Lang

WORDS: dict[str, tuple[str, str]] = {
    "calls": ("接报 起", "incidents"),
    "compared": ("可比 起", "compared"),
    "not_reached": ("无队伍到场 起", "nobody came"),
    "recorded_mean_min": ("实际响应 平均 分钟", "recorded response, mean, min"),
    "simulated_mean_min": ("推演响应 平均 分钟", "simulated response, mean, min"),
    "recorded_p50_min": ("实际响应 中位数", "recorded, median"),
    "simulated_p50_min": ("推演响应 中位数", "simulated, median"),
    "recorded_p90_min": ("实际响应 九成不超过", "recorded, P90"),
    "simulated_p90_min": ("推演响应 九成不超过", "simulated, P90"),
    "bias_min": ("推演减实际 平均", "simulated less recorded, mean"),
    "bias_half_min": ("其 95% 区间半宽", "half-width of its 95 % interval"),
    "mean_apart_min": ("逐起相差 平均", "apart per incident, mean"),
    "within_2_min_share": ("逐起相差不超过 2 分钟 占比", "within 2 min, share"),
    "ks": ("两个分布最大相差（0 相同，1 全不同）", "distance of the distributions, 0 to 1"),
    "same_team_share": ("先到的是同一支队伍 占比", "same team first, share"),
    "deciles": (
        "多少起险情在几分钟内有人到场：实际、推演",
        "share of incidents reached within so many minutes: recorded, simulated",
    ),
    "note": (
        "时刻、地点、现场时长取自记录；派谁、多久到由推演得出。区间把各起险情当作互不相关。",
        "Times, places and work on site are the log's; who goes and how soon is ours. The interval "
        "takes incidents as independent.",
    ),
}


def trace_word(key: str, lang: Lang) -> str:
    """A word or sentence in the language asked for."""
    chinese, english = WORDS[key]
    return english if lang == "en" else chinese
