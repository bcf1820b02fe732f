"""Why a file sent to the dashboard is refused, and what is wrong with pasted rows."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "upload.bad_id": (
        "名称只能用汉字、字母、数字、- 和 _，最多 40 个，如 {allowed}；得到 {found}",
        "a name takes letters of any script, digits, - and _, 40 at most, e.g. {allowed}; "
        "found {found}",
    ),
    "upload.id_taken": (
        "已有名为 {found} 的情景，请换一个名称",
        "there is a scenario named {found} already; choose another name",
    ),
    "upload.not_what_it_says": (
        "内容不是 {allowed} 文件，不予打开",
        "its content is no {allowed} file; it was not opened",
    ),
    "upload.bad_archive": (
        "压缩包已损坏或加了密码[（{found}）]",
        "the archive is damaged or has a password[ ({found})]",
    ),
    "upload.leads_out": (
        "压缩包里的文件名 {found} 指向包外，整个压缩包不予解压",
        "a name in the archive leads out of it ({found}); nothing was unpacked",
    ),
    "upload.link": (
        "压缩包里 {found} 是链接，整个压缩包不予解压",
        "{found} in the archive is a link; nothing was unpacked",
    ),
    "upload.locked": (
        "压缩包里 {found} 加了密码，请去掉密码再传",
        "{found} in the archive has a password; send it without one",
    ),
    "upload.many_parts": (
        "压缩包里文件过多：{found}，应 {allowed}",
        "too many files in the archive: {found}, allowed {allowed}",
    ),
    "upload.one_layer": (
        "压缩包里应当正好有一个图层（{allowed}）[，得到 {found}]",
        "the archive must hold exactly one layer ({allowed})[, found {found}]",
    ),
    "upload.crs_unasked": (
        "还没有选坐标系",
        "its coordinate system has not been chosen",
    ),
    "upload.missing": ("还没有给这个文件", "this file has not been given"),
    "upload.took_too_long": (
        "读了 {found} 秒还没有读完，已停下；请把数据裁小",
        "reading was stopped after {found} s; cut the data to a smaller area",
    ),
    "upload.reader_died": (
        "读取程序中途退出（文件可能损坏，或内存不足）[：{found}]",
        "the reader ended on the way (a damaged file, or not enough memory)[: {found}]",
    ),
    "upload.road_tables": (
        "道路表应为 nodes.csv 和 edges.csv 两个文件，或一个 minutes.csv",
        "road tables are two files, nodes.csv and edges.csv, or one minutes.csv",
    ),
    "paste.formula": (
        "文字 {found} 以 = + - @ 开头：在这里只当文字，但 Excel 打开表格时可能当成公式",
        "the text {found} begins with = + - @: text here, but Excel may take it for a formula",
    ),
    "paste.height": (
        "{found} 行没有填高程，按最近的村取（最远的在 {allowed} 米外）；差一米，淹不淹就可能不同，"
        "有实测的请填上",
        "{found} row(s) state no height; that of the nearest village is taken (at most {allowed} m "
        "away). A metre may decide who is flooded: fill in measured heights",
    ),
    "paste.none": ("还没有填任何一行", "no row has been filled in"),
}
