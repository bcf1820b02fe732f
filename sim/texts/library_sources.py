"""Where the values of the behaviour library come from, for Chinese readers: English → Chinese.

The library itself is part of a run's inputs and says it in English; names of publications stay as
they are printed.
"""

from __future__ import annotations

from sim.texts.report import Lang

NOT_FOUND = "none found"
"""How the library says that no source is known."""

SOURCES: dict[str, str] = {
    NOT_FOUND: "未找到依据",
    "first alerts by informal and broadcast channels vary 5-78 % over 21 events (LifeSim Technical "
    "Reference Manual v1.0 App. C table 23); middle value chosen": (
        "21 次事件中，广播和口口相传让 5%–78% 的人最先得知"
        "（LifeSim 技术手册 v1.0 附录 C 表 23）；取居中值"
    ),
    "no numeric night curve found; night slower (LifeSim Technical Reference Manual v1.0 ch. 6)": (
        "未查到夜间曲线；夜间更慢（LifeSim 技术手册 v1.0 第 6 章）"
    ),
    "warning reaches responsible persons in 5 min (CMA target) plus spreading among households": (
        "预警 5 分钟内到责任人（中国气象局目标），再加户间传开的时间"
    ),
    "none found; walk between houses included": "未找到依据；含户与户之间走路",
    "1 cadre to 6.4, 7 and 28 evacuees in Xiaosi 2016, Tuanzhou 2024, Tianmen 2016 (press); "
    "village level without outside help set lower": (
        "1 名干部分别转移 6.4、7、28 人：消泗 2016、团洲 2024、天门 2016（报道）；"
        "村里没有外援时取得更低"
    ),
    "grass-roots first response 10 min (Xinhua Chongqing 2025-10-26) is a target; gathering cadres "
    "takes longer": "基层先期处置 10 分钟（新华社重庆 2025-10-26）是目标；召集干部要更久",
    "broadcast only, Zhuozhou 2023 wait-and-see (press)": "只靠广播：涿州 2023 群众观望（报道）",
    "first round 86 % (Tuanzhou 2024 curve)": "第一轮 86%（团洲 2024 转移曲线）",
    "refusals 5 % on average, beta(2,38); no survey found": (
        "平均 5% 拒绝转移，按 beta(2,38) 分布；未查到调查"
    ),
    "mixture 0.85 fast + 0.15 slow reproduces the late tail of Tuanzhou 2024; medians assumed": (
        "0.85 快加 0.15 慢，可重现团洲 2024 拖后的尾巴；中位数为假定"
    ),
    "cadres carry out who is not ready; the slowest of Tuanzhou 2024 took 5.3 h": (
        "没收拾好的由干部带走；团洲 2024 最慢的用了 5.3 小时"
    ),
    "Japan FDMA tsunami manual: 1.1-1.2 in a crowd": "日本消防厅海啸手册：人群中每秒 1.1–1.2 米",
    "returns are named in every plan; no count found": "各预案都提到擅自返回；未查到人数",
    "peaks at dawn (product notes)": "天亮时最多（需求调研）",
    "Tianjin 2023 <= 138, Beijing 2025 140-180, KLD 90, Xiaosi 2016 about 60": (
        "天津 2023 不超过 138 分钟，北京 2025 为 140–180，KLD 90，消泗 2016 约 60"
    ),
    "none found; scenario range 0.6-0.85": "未找到依据；情景取值范围 0.6–0.85",
    "bags; seat use 0.90-0.96 in a multi-trip evacuation (Kawajima)": (
        "带行李；多趟转移中座位利用 0.90–0.96（日本川岛町）"
    ),
    "whole coach 12-15 min incl. roll-call, elderly, bags; split into fixed and per person": (
        "整车上客连点名、老人、行李 12–15 分钟；拆成每车固定和每人两部分"
    ),
    "2.6 s per able person (TCQSM); 4-6 s with luggage": (
        "行动自如者每人 2.6 秒（TCQSM 公交通行能力手册）；带行李 4–6 秒"
    ),
    "about 15 min per bedridden patient (ETE practice)": (
        "卧床病人每人约 15 分钟（撤离时间估算惯例）"
    ),
    "TCQSM alighting per able person": "行动自如者下车每人用时（TCQSM 公交通行能力手册）",
    "emergency duty; the legal limit of ordinary service is shorter": (
        "应急值守；平时营运的法定上限更短"
    ),
    "rain lowers speed by 1-24 % (Shenzhen, Hu et al. 2018)": (
        "雨天车速降 1%–24%（深圳，Hu 等 2018）"
    ),
    "0.85-0.95": "0.85–0.95",
    "LifeSim Technical Reference Manual v1.0 App. G table 29: mean 35 cm, sd 20 cm, puddle 6 cm": (
        "LifeSim 技术手册 v1.0 附录 G 表 29：平均 35 厘米，标准差 20 厘米，6 厘米以下算水洼"
    ),
    "paper 1.5-3 min per household, QR 0.2-0.5 min": "纸质每户 1.5–3 分钟，扫码 0.2–0.5 分钟",
    "professional unit leaves in 3 min (Tongliang target); social teams and night take longer": (
        "专业队伍 3 分钟出动（铜梁目标）；社会力量和夜间更久"
    ),
    "none found; making fast and finding the door": "未找到依据；含靠稳、找门",
    "7.5 min from an upper floor (TU Delft, expert estimates)": (
        "从楼上接人每处 7.5 分钟（代尔夫特理工大学，专家估计）"
    ),
    "none found; loaded assault boat among houses": "未找到依据；载人冲锋舟在房屋之间",
    "none found; shortest run between landing and houses": "未找到依据；岸边到住户最短一程",
    "boats launch at the landing": "船在岸边下水",
    "10 working hours a day in the boat counts (Baodi 2023)": (
        "按船只统计每天作业 10 小时（宝坻 2023）"
    ),
    "AIDR 7-3 H3: unsafe for children and the elderly from 0.5 m": (
        "澳大利亚 AIDR 指南 7-3 H3 级：水深 0.5 米起对老人小孩不安全"
    ),
    "resident, not registered; scenario range 2.2-2.8": "按常住不按户籍；情景取值范围 2.2–2.8",
    "product brief of the shipped county": "示例县设定",
    "most people go to relatives (Tianjin 2023: 4 % in shelters)": (
        "多数人投亲靠友（天津 2023 进安置点的占 4%）"
    ),
    "shelter share 0.04-0.39 in two floods (Tianjin 2023, Tuanzhou 2024)": (
        "两次洪水中进安置点的占 0.04–0.39（天津 2023、团洲 2024）"
    ),
}


def source_words(source: str, lang: Lang) -> str:
    """A source in the reader's language; one without Chinese words stays as it is."""
    return SOURCES.get(source, source) if lang == "zh" else source
