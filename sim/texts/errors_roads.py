"""Sentences about road files and travel-time matrices: code → (Chinese, English)."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "roads.missing": (
        "没有道路文件，应有 {allowed}",
        "there is no road file; one of these is needed: {allowed}",
    ),
    "roads.several": (
        "有多个道路文件：{found}；只能有一个",
        "several road files: {found}; only one can be used",
    ),
    "roads.unknown_format": (
        "不认识的道路文件格式，应为 {allowed}",
        "unknown road file format, allowed: {allowed}",
    ),
    "roads.unreadable": ("道路文件无法读取[：{found}]", "the road file cannot be read[: {found}]"),
    "roads.empty": (
        "没有可供车辆行驶的道路",
        "there is no road for vehicles in this file",
    ),
    "roads.dropped": (
        "有较多道路与主路网不相连，已舍去（块数：节点数，长度）{found}",
        "many roads are not joined to the main network and were dropped"
        " (pieces: nodes, length) {found}",
    ),
    "roads.directed_rows": (
        "没有 oneway 列而有 {found} 对往返路段，按每行一个方向读取",
        "no column oneway, and {found} pairs of opposite rows: every row is read as one way",
    ),
    "roads.unknown_node": (
        "节点 {found} 不在 {allowed} 中",
        "node {found} does not stand in {allowed}",
    ),
    "roads.duplicate_id": (
        "编号 {found} 重复（首次在第 {allowed} 行）",
        "id {found} appears twice (first in row {allowed})",
    ),
    "roads.shorter_than_straight": (
        "长度短于两端直线距离（{found}，应 {allowed}）；单位应为米",
        "shorter than the straight line between its ends ({found}, allowed {allowed});"
        " the unit is metres",
    ),
    "roads.bad_course": (
        "线形无法读取：{found}，应为 {allowed}",
        "the course cannot be read: {found}, allowed: {allowed}",
    ),
    "roads.crs_differs": (
        "文件自带坐标系 {found}，与声明的 {allowed} 不同",
        "the file says {found}, but the layer is declared as {allowed}",
    ),
    "roads.column_ignored": (
        "此列未使用",
        "this column is not used",
    ),
    "minutes.duplicate": (
        "{found} 重复（首次在第 {allowed} 行）",
        "{found} appears twice (first in row {allowed})",
    ),
    "minutes.not_square": (
        "方阵的行名与列名应相同：{found}",
        "row and column names of the matrix must be the same: {found}",
    ),
}
