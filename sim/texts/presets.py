"""What comes with the program, each scenario in one line: id of its folder → (Chinese, English)."""

from __future__ import annotations

from sim.texts.labels import Label
from sim.texts.report import Lang

PRESETS: dict[str, Label] = {
    "yunling": (
        "山区县一夜暴雨：支流一两个小时就涨，3.9 万人要转移，大巴要跑几趟。",
        "A night of rain over a mountain county: tributaries rise within hours, 39,000 people must "
        "leave, coaches need several trips.",
    ),
    "yunling_stress": (
        "同一个县，多两成人要坐大巴，车不加：看大巴不够时会怎样。",
        "The same county with a fifth more people for the coaches and no coach more: what happens "
        "when they do not suffice.",
    ),
    "yunling_coast": (
        "台风从海湾旁经过：海上渔排和工棚先撤，大风停运大巴，低地怕增水。",
        "A typhoon passes the bay: fish farms and sheds first, wind stops the coaches, the surge "
        "reaches low ground.",
    ),
    "yunling_flash": (
        "一条沟的山洪：雨峰后半小时出峰，上游小水库开闸有通知。",
        "A flash flood in one valley: the crest comes half an hour after the rain, a small "
        "reservoir upstream gives notice of its release.",
    ),
    "yunling_gully": (
        "一场雨同时带来山洪和滑坡：土石先断路，水随后漫上来。",
        "One storm brings flood and slides: debris cuts the road first, then the water comes.",
    ),
    "yunling_polder": (
        "圩垸西堤发现管涌，几小时内可能溃决；水推过田面，垸里九个村要走。",
        "A leak in a polder dike that may breach within hours; water crosses the fields and nine "
        "villages must leave.",
    ),
    "yunling_streets": (
        "城里一小时暴雨：下穿道路、地下空间和低洼街巷几分钟就满。",
        "An hour of cloudburst over a town: underpasses, cellars and low lanes fill in minutes.",
    ),
    "yunling_slides": (
        "一夜大雨，谷道六处隐患点、县道两处边坡：房屋被埋，路断了要等挖机。",
        "A night of rain on eight unstable slopes: houses are buried, and a cut road waits for a "
        "digger.",
    ),
    "yunling_quake": (
        "凌晨地震，没有预报：房屋倒塌、街道被堵，先自救互救，再派队伍。",
        "An earthquake before dawn without warning: houses fall, streets are blocked; neighbours "
        "first, then teams.",
    ),
    "yunling_fire": (
        "清明正午山脊起火，风往村里吹：十个村和一个景区，两到八小时火到头一个村。",
        "Fire on a ridge at noon, the wind towards the valley: ten villages and a resort, two to "
        "eight hours until the first is reached.",
    ),
    "yunling_park": (
        "秋夜园区氯气泄漏：全撤、分圈撤，还是关窗不出门。",
        "Chlorine from an industrial park on an autumn night: all out, ring by ring, or stay in.",
    ),
    "xiaosi_hannan_2010": (
        "历史核对：2010 年二十辆大客车一夜往返，近 3,000 人过桥转移。",
        "A case of the record: twenty coaches shuttle through one night of 2010 with nearly 3,000 "
        "people.",
    ),
    "zhuozhou_2023": (
        "历史核对：2023 年蓄滞洪区，早下令与临水才下令，要用船接的人差多少。",
        "A case of the record: a detention basin in 2023, orders early or at the last minute, and "
        "how many must be fetched by boat.",
    ),
}


def preset_line(scenario: str, lang: Lang) -> str:
    """What a shipped scenario is about; empty for one that has no line."""
    zh, en = PRESETS.get(scenario, ("", ""))
    return zh if lang == "zh" else en
