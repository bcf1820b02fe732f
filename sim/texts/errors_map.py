"""Sentences about coordinates and distances to roads: code → (Chinese, English)."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "crs.unknown": (
        "不认识的坐标系 {found}[，应为 {allowed}]",
        "unknown coordinate system {found}[, allowed: {allowed}]",
    ),
    "crs.not_metric": (
        "计算坐标系 {found} 不是以米为单位的投影坐标系",
        "the working system {found} is not a projected one in metres",
    ),
    "crs.swapped": (
        "经纬度疑似写反：{found}（x 为经度或东坐标，y 为纬度或北坐标）",
        "longitude and latitude seem swapped: {found} (x is longitude or easting)",
    ),
    "crs.out_of_range": ("坐标 {found} 超出 {allowed} 的范围", "{found} is outside {allowed}"),
    "crs.metres_not_degrees": (
        "坐标 {found} 像是米，而坐标系写的是 {allowed}（度）",
        "{found} looks like metres, but the layer is declared as {allowed} (degrees)",
    ),
    "crs.degrees_not_metres": (
        "坐标 {found} 像是经纬度，而坐标系写的是 {allowed}（米）",
        "{found} looks like degrees, but the layer is declared as {allowed} (metres)",
    ),
    "crs.far_from_roads": (
        "离最近道路过远：{found}，应 {allowed}；请核对坐标系",
        "too far from any road: {found}, allowed {allowed}; check the coordinate system",
    ),
    "crs.looks_like_gcj02": (
        "整层点位偏离道路（{found}），按 {allowed} 更贴合，疑为未声明的火星坐标",
        "the layer lies off the roads ({found}) and fits better as {allowed}",
    ),
    "crs.outside_work": (
        "坐标无法换算到计算坐标系[ {allowed}]",
        "the coordinates cannot be expressed in the working system[ {allowed}]",
    ),
    "snap.far": (
        "离最近道路 {found}，提示线 {allowed}",
        "{found} from the nearest road, note {allowed}",
    ),
    "snap.too_far": (
        "离最近道路 {found}，应 {allowed}",
        "{found} from the nearest road, allowed {allowed}",
    ),
}
