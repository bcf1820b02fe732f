"""Sentences about raw files from which a scenario folder is made: code → (Chinese, English)."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "new.not_empty": (
        "文件夹里已有文件，请换一个新的文件夹",
        "the folder is not empty; choose a new one",
    ),
    "new.unknown_format": (
        "不认识的文件格式，应为 {allowed}",
        "unknown format, allowed: {allowed}",
    ),
    "new.roads_and_minutes": (
        "道路和时间矩阵只能给一个",
        "give either roads or a travel-time matrix, not both",
    ),
    "new.unknown_layer": (
        "--crs 中不认识的图层 {found}，应为 {allowed}",
        "--crs names an unknown layer {found}, allowed: {allowed}",
    ),
    "new.crs_missing": (
        "没有说明坐标系，请加 --crs {allowed}",
        "its coordinate system is not stated; add --crs {allowed}",
    ),
    "new.crs_unknown": (
        "不认识的坐标系 {found}，应为 {allowed}",
        "unknown coordinate system {found}, allowed: {allowed}",
    ),
    "new.column_missing": (
        "缺少这一列，可用的列名：{allowed}",
        "this column is missing; headings understood: {allowed}",
    ),
    "new.bad_number": ("得到 {found}，应为 {allowed}", "found {found}, must be {allowed}"),
    "new.no_positions": (
        "有灾害图层时各地点需要坐标，请加 {allowed}",
        "with a hazard layer the places need coordinates; add {allowed}",
    ),
    "new.nobody": ("没有人口", "there are no people in it"),
    "new.nobody_at_risk": (
        "没有人住在会被淹的地方；请核对坐标系（--crs）和水深图层",
        "nobody lives where the water comes; check the coordinate systems (--crs) and the depths",
    ),
    "new.no_shelter": (
        "没有一处能用作安置场所，原因：{found}",
        "none of the buildings can serve as a shelter: {found}",
    ),
    "new.unknown_node": (
        "时间矩阵里没有地点 {found}",
        "the travel-time matrix has no place {found}",
    ),
    "new.no_coach_road": (
        "没有大巴能走的道路",
        "there is no road on which a coach can go",
    ),
    "new.nowhere": (
        "没有安置场所，道路也没有能出图的出口：没有地方可去",
        "no shelters, and no road leads off the map: there is nowhere to go",
    ),
    "new.no_geometry": (
        "图层里没有图形，请给点或面图层",
        "the layer has no shapes; points or areas are needed",
    ),
    "area.too_few": (
        "范围至少要三个不同的点，现有 {found} 个",
        "an area needs at least three different points, there are {found}",
    ),
    "area.crossed": (
        "范围的边线自己相交了，请按顺序点一圈",
        "the outline crosses itself; click once around the area",
    ),
    "area.nobody": ("范围里没有人口，请画大一些", "nobody lives in the area; draw a larger one"),
    "area.no_way_out": (
        "没有一条大巴能走的路通到范围外；范围也许盖住了整张路网",
        "no road for coaches leads out of the area; perhaps it covers the whole map",
    ),
}
