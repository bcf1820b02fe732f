"""Names of the county: made up, of the kind used in the mountains of southern China."""

from __future__ import annotations

from making.keyed import share

TOWNSHIPS: list[tuple[str, str, str, float]] = [
    ("源口乡", "Yuankou", "R0", 0.06), ("上坪镇", "Shangping", "R0", 0.155),
    ("沙湾乡", "Shawan", "R0", 0.255), ("梅渡镇", "Meidu", "R0", 0.36),
    ("云城镇", "Yuncheng", "R0", 0.535), ("江背镇", "Jiangbei", "R0", 0.645),
    ("石埠乡", "Shibu", "R0", 0.735), ("罗滩镇", "Luotan", "R0", 0.835),
    ("下洲乡", "Xiazhou", "R0", 0.945), ("大窝乡", "Dawo", "R1", 0.30),
    ("柏树乡", "Baishu", "R1", 0.70), ("岩背乡", "Yanbei", "R2", 0.30),
    ("青溪镇", "Qingxi", "R2", 0.70), ("龙潭乡", "Longtan", "R3", 0.50),
    ("高寨乡", "Gaozhai", "R4", 0.32), ("石陂镇", "Shibei", "R4", 0.72),
    ("岭脚乡", "Lingjiao", "R5", 0.30), ("黄竹镇", "Huangzhu", "R5", 0.70),
    ("长坑乡", "Changkeng", "R6", 0.33), ("白沙镇", "Baisha", "R6", 0.72),
    ("大坑乡", "Dakeng", "R7", 0.50), ("枫坪乡", "Fengping", "R8", 0.52),
]  # fmt: skip
"""Name, English name, river, share of the river's length at which the township seat lies."""
SEAT = "云城镇"
COMMUNITIES = [
    "东门社区", "西门社区", "南街社区", "北街社区", "文昌社区", "滨江社区", "桥北社区", "城中社区",
    "新城社区", "工业园社区", "凤凰社区", "火车桥社区",
]  # fmt: skip
"""Communities of the county seat."""
FIRST = (
    "上下大小石黄李谢钟赖邱廖竹枫樟桐茶松梅龙凤马牛高长新老白青红金罗温曾刘杨梁水双三五里外中丰永兰莲塔"
    "寨禾麻桃油铁铜瓦砖窑横斜深"
)
SECOND = "坑坪湾背塘陂洲围岗坝垅田桥口屋径岭排源迳埠寮溪陇坳村墩滩渡段"


def village_names(count: int) -> list[str]:
    """Different village names, in the order of their keyed draws."""
    every = [a + b for a in FIRST for b in SECOND if a != b and a + b not in TAKEN]
    ranked = sorted(every, key=lambda name: (share("village name", name), name))
    return [f"{name}村" for name in ranked[:count]]


TAKEN = {name[:2] for name, *_ in TOWNSHIPS}
ZONE_PARTS = [
    "河边组",
    "老屋组",
    "桥头组",
    "下屋组",
    "洲上组",
    "坝下组",
    "渡口组",
    "新屋组",
    "塘边组",
]
