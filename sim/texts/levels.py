"""Words of every level scale: layers and legend of the map, moments of the story.

Keys are ``<code of the scale>.<what>``: roads and places name the layers; 1, 2, … the classes on
roads; some and harm the two classes at places; first the moment a home is reached.
"""

from __future__ import annotations

from sim.texts.labels import Label

LEVELS: dict[str, Label] = {
    "water.roads": ("道路积水", "water on roads"),
    "water.places": ("村庄进水", "water at villages"),
    "water.1": ("不足 15 厘米", "under 15 cm"),
    "water.2": ("15–30 厘米", "15–30 cm"),
    "water.3": ("30–60 厘米", "30–60 cm"),
    "water.4": ("60 厘米以上", "60 cm and more"),
    "water.some": ("地面有水", "water on the ground"),
    "water.harm": ("达到危险水深", "dangerous depth"),
    "water.story": ("最低的人家达到危险水深", "dangerous depth at the lowest home"),
    "water.first": ("首户进水", "first home in water"),
    "gust.roads": ("道路阵风", "gusts on roads"),
    "gust.places": ("村庄大风", "wind at villages"),
    "gust.1": ("8 级以上（17.2 m/s）", "17.2 m/s and more (force 8)"),
    "gust.2": ("9 级以上（20.8 m/s）", "20.8 m/s and more (force 9)"),
    "gust.3": ("10 级以上（24.5 m/s）", "24.5 m/s and more (force 10)"),
    "gust.4": ("12 级以上（32.7 m/s）", "32.7 m/s and more (force 12)"),
    "gust.some": ("8 级以上大风", "force 8 and more"),
    "gust.harm": ("对此处有危险的大风", "dangerous wind for this place"),
    "gust.story": ("风力达到此处的危险程度", "wind dangerous for this place"),
    "gust.first": ("首处大风成灾", "first place in dangerous wind"),
    "debris.roads": ("道路被土石、断树或废墟堵塞", "roads blocked by debris"),
    "debris.places": ("村庄被埋压", "villages buried"),
    "debris.1": ("变窄", "narrowed"),
    "debris.2": ("大车过不去", "too narrow for coaches"),
    "debris.3": ("只能走人", "walkers only"),
    "debris.4": ("人车不通", "blocked"),
    "debris.some": ("有土石", "some debris"),
    "debris.harm": ("房屋被埋", "houses buried"),
    "debris.story": ("土石到村，房屋被埋", "the slide reaches the village"),
    "debris.first": ("首处被埋", "first place buried"),
    "shaking.roads": ("道路断裂", "roads broken"),
    "shaking.places": ("地震烈度", "shaking"),
    "shaking.1": ("六度以上", "intensity 6 and more"),
    "shaking.2": ("七度以上", "intensity 7 and more"),
    "shaking.3": ("八度以上", "intensity 8 and more"),
    "shaking.4": ("九度以上", "intensity 9 and more"),
    "shaking.some": ("六度以上", "intensity 6 and more"),
    "shaking.harm": ("房屋可能倒塌", "houses may fall"),
    "shaking.story": ("强烈震动", "strong shaking"),
    "shaking.first": ("地震", "earthquake"),
    "fire.roads": ("道路烟火", "smoke and fire on roads"),
    "fire.places": ("村庄烟火", "smoke and fire at villages"),
    "fire.1": ("浓烟", "smoke"),
    "fire.2": ("过火", "flames"),
    "fire.some": ("浓烟", "smoke"),
    "fire.harm": ("过火", "flames"),
    "fire.story": ("火到村", "the fire reaches the village"),
    "fire.first": ("首村过火", "first village reached by fire"),
    "gas.roads": ("道路上的有毒气体", "toxic gas on roads"),
    "gas.places": ("村庄的有毒气体", "toxic gas at villages"),
    "gas.1": ("能闻到", "noticed"),
    "gas.2": ("刺激", "irritating"),
    "gas.3": ("有害", "harmful"),
    "gas.4": ("致命", "deadly"),
    "gas.some": ("有气体", "gas"),
    "gas.harm": ("浓度有害", "harmful concentration"),
    "gas.story": ("气体到村，浓度有害", "harmful gas at the village"),
    "gas.first": ("首村受气体影响", "first village in the gas"),
}


def level_word(code: str, what: str, lang: str) -> str:
    """A word of a level scale in the language asked for."""
    return LEVELS[f"{code}.{what}"][0 if lang == "zh" else 1]
