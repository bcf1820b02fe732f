"""Words of ``yuyan optimize shelters``: key → (Chinese, English)."""

from __future__ import annotations

from sim.texts.labels import Label
from sim.texts.report import Lang

SITES: dict[str, Label] = {
    "title": ("启用哪几处安置点：「{plan}」", "Which shelters to open: “{plan}”"),
    "how": (
        "做法：{members} 种灾情里有 {hit} 种须转移；每一种都看断路（或进水）前 {lead} 分钟动身，"
        "在当时走得通的路上，步行 {walk} 分钟内或到集合点乘车 {ride} 分钟内，"
        "能不能到一处始终不进水、还有位置的安置点。平均每种 {persons} 人须集中安置。",
        "How: in {hit} of {members} members of the hazard somebody must leave. In each, people set "
        "out {lead} min before the cut-off (or the water) on what is passable then, at most {walk} "
        "min on foot or {ride} min with the bus, and need a shelter that stays dry and has room. "
        "On average {persons} persons need a place.",
    ),
    "answer": (
        "依次启用下表 {n} 处，{share} 的人有地方去；任选 {n} 处也不会超过 {bound}。"
        "现方案开的全部算上是 {plan_share}，候选全开是 {all_share}；"
        "只看图上（路干、不计位置）是 {map}。",
        "Opening the {n} below in this order gives {share} of the people a place; no choice of {n} "
        "exceeds {bound}. All that the plan opens: {plan_share}; all candidates: {all_share}; on "
        "the map (dry, room left aside): {map}.",
    ),
    "kept": (
        "先算上留用的 {n} 处：{share}。",
        "The {n} kept in any case come first: {share}.",
    ),
    "fewest": (
        "村村全覆盖：要让每个村在每种灾情下都有一处到得了的干处（不计位置），至少要 {n} 处；"
        "有 {villages} 个村在某种灾情下无论开哪处都到不了。",
        "A dry place within reach of every village in every member (room left aside) takes at "
        "least {n} shelters; {villages} villages have none in some member, whatever is opened.",
    ),
    "villages": (
        "{all} 个须转移的村（场所）里，{sure} 个在每种灾情下人人有处去，{left} 个不能：",
        "Of {all} settlements (facilities) that must leave, {sure} have a place for everybody in "
        "every member, {left} have not:",
    ),
    "note": (
        "这是选址账，不是推演：不计车够不够、人走不走，只看位置、道路和水。"
        "位置不够时，按安置的总人数最多来分，能选的先给先断路的村。",
        "This is a location account, not a rehearsal: whether buses suffice and people leave is "
        "left aside, only places, roads and water count. Where room runs out, as many as possible "
        "are placed, and where there is a choice those cut off first.",
    ),
    "written": ("已写入 {file}", "written to {file}"),
    "lack.none": ("—", "—"),
    "lack.map": ("附近没有安置点", "nothing in reach"),
    "lack.wet": ("附近的安置点会进水", "those in reach get wet"),
    "lack.cut": ("路不通", "the way is cut"),
    "lack.closed": ("到得了的没有启用", "those in reach are not opened"),
    "lack.full": ("位置不够", "no room left"),
    "table.curve": ("启用次序", "Order of opening"),
    "table.villages": ("没有全覆盖的村", "Settlements not covered"),
    "column.order": ("次序", "order"),
    "column.id": ("编号", "id"),
    "column.name": ("名称", "name"),
    "column.township": ("乡镇", "township"),
    "column.kind": ("类别", "kind"),
    "column.capacity": ("可安置", "room"),
    "column.more": ("新增安置", "placed more"),
    "column.share": ("累计覆盖", "share placed"),
    "column.bound": ("同样处数上限", "bound for as many"),
    "column.persons": ("须集中安置", "need a place"),
    "column.hit": ("须转移的灾情占比", "must leave, share of members"),
    "column.placed": ("有位置占比", "share with a place"),
    "column.lack": ("主要原因", "main reason"),
    "column.lack_all": ("候选全开仍缺", "still lacking with all open"),
}


def sites(key: str, lang: Lang, **values: object) -> str:
    """A sentence or word with its values filled in."""
    zh, en = SITES[key]
    return (zh if lang == "zh" else en).format(**values)
