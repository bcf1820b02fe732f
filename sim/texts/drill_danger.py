"""What an inject says of the danger itself: key → (Chinese, English).

Keys are ``<code of the level scale>.<what>``: a hazard declares its scales, and nothing here asks
for its kind. watch: who reports it; bulletin, comes, came: the forecast, and that it is there;
shut: what is the matter with a road; trapped: what a caller says; refuge: what people do whose
road is cut; hold: what callers are told to do until help comes; detour: what a driver must not
do. ``cut`` and ``buried`` are callers whom no level at their door explains.
"""

from __future__ import annotations

from sim.texts.labels import Label

DANGER_WORDS: dict[str, Label] = {
    "water.watch": ("水情监测（导调组代）", "water watch (played by control)"),
    "water.bulletin": ("水情预报", "Flood forecast"),
    "water.comes": ("来水", "the water comes"),
    "water.came": ("已经来水", "the water has come"),
    "water.shut": ("被水淹断", "under water"),
    "water.trapped": ("水已到家门口出不去", "the water is at the door"),
    "water.refuge": ("改上高地、上楼或请冲锋舟", "go to high ground, upstairs or by boat"),
    "water.hold": ("电话稳住群众上楼待援", "tell people to go upstairs"),
    "water.detour": ("途中群众不下水路", "nobody wades"),
    "gust.watch": ("气象监测（导调组代）", "weather watch (played by control)"),
    "gust.bulletin": ("大风预报", "Wind forecast"),
    "gust.comes": ("风力达到危险程度", "the wind becomes dangerous"),
    "gust.came": ("风力已达危险程度", "the wind is dangerous"),
    "gust.shut": ("因大风断行", "closed by the wind"),
    "gust.trapped": ("风大出不了门", "nobody can go out in this wind"),
    "gust.refuge": ("就近进坚固房屋", "go into solid buildings nearby"),
    "gust.hold": ("叫群众离开门窗、进里屋待援", "tell people to stay away from windows"),
    "gust.detour": ("途中避开高架和临海路", "no viaducts, no sea front"),
    "debris.watch": ("地质灾害监测（导调组代）", "slope watch (played by control)"),
    "debris.bulletin": ("地质灾害预警", "Slope warning"),
    "debris.comes": ("可能发生滑坡、泥石流", "slides are possible"),
    "debris.came": ("已发生滑坡、泥石流", "slides have come down"),
    "debris.shut": ("被土石、倒树或废墟堵断", "blocked by debris"),
    "debris.trapped": ("出路被堵", "the way out is blocked"),
    "debris.refuge": ("徒步绕出，或退到沟坡够不到的地方", "walk round it or out of its reach"),
    "debris.hold": ("叫群众离开沟口、坡脚待援", "tell people to leave gully mouths and slopes"),
    "debris.detour": ("途中不闯塌方段", "nobody drives into the slide"),
    "shaking.watch": ("地震速报（导调组代）", "quake report (played by control)"),
    "shaking.bulletin": ("地震速报", "Earthquake report"),
    "shaking.comes": ("可能有强震", "a strong shock is possible"),
    "shaking.came": ("强震已经发生", "a strong shock has struck"),
    "shaking.shut": ("被震断", "broken by the shock"),
    "shaking.trapped": ("房屋受损出不去", "the house is damaged, nobody gets out"),
    "shaking.refuge": ("到空旷处集中，能走的徒步出来", "gather in the open; who can walks out"),
    "shaking.hold": ("叫群众到空旷处待援，防余震", "tell people to wait in the open"),
    "shaking.detour": ("途中不过没查过的桥", "no bridge that was not checked"),
    "fire.watch": ("火情监测（导调组代）", "fire watch (played by control)"),
    "fire.bulletin": ("火情研判", "Fire outlook"),
    "fire.comes": ("火到村", "the fire reaches a village"),
    "fire.came": ("火已到村", "the fire has reached a village"),
    "fire.shut": ("被烟火封断", "closed by fire and smoke"),
    "fire.trapped": ("火烟逼近出不去", "fire and smoke are close, there is no way out"),
    "fire.refuge": (
        "徒步往侧后方或已过火处撤，来不及的进避火场地",
        "walk off to the side or onto burnt ground, else to a refuge without fuel",
    ),
    "fire.hold": ("叫群众到空旷处、低身避烟待援", "tell people to wait in the open, low in smoke"),
    "fire.detour": ("途中不闯烟火路段", "nobody drives into smoke"),
    "gas.watch": ("气体监测（导调组代）", "gas watch (played by control)"),
    "gas.bulletin": ("气体扩散研判", "Gas outlook"),
    "gas.comes": ("有毒气体扩散到住人的地方", "the gas reaches people"),
    "gas.came": ("有毒气体已扩散到住人的地方", "the gas has reached people"),
    "gas.shut": ("因有毒气体封断", "closed by toxic gas"),
    "gas.trapped": ("外面有毒气出不去", "there is gas outside, nobody can leave"),
    "gas.refuge": (
        "往侧上风撤，来不及的关窗待援",
        "walk out across the wind, else shut the windows and wait",
    ),
    "gas.hold": ("叫群众关好门窗、湿毛巾捂口鼻待援", "tell people to shut doors and windows"),
    "gas.detour": ("途中不进污染区", "nobody drives into the gas"),
    "cut.trapped": ("路断了出不去", "the road is cut"),
    "cut.hold": ("叫群众到最近的安全处等候", "tell people to wait at the nearest safe place"),
    "buried.trapped": ("房屋倒塌或被埋", "houses have fallen or are buried"),
    "buried.hold": (
        "叫邻居先自救互救、指明埋压位置",
        "tell neighbours to dig and to mark where people lie",
    ),
}
"""Some scales never shut a road or never hold anybody at home; their words are there all the
same, so that a scale may be used by any hazard."""

WHEN: dict[str, Label] = {
    "hours": ("预计 {n} 小时后{comes}", "in about {n} h {comes}"),
    "minutes": ("预计 {n} 分钟后{comes}", "in about {n} min {comes}"),
    "now": ("{came}", "{came}"),
}


def danger(code: str, what: str) -> Label:
    """What is said of a danger, in both languages."""
    return DANGER_WORDS[f"{code}.{what}"]
