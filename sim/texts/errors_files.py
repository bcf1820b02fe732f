"""Sentences about files, workbooks, tables and YAML as such: code → (Chinese, English).

``[…]`` is left out when the value it shows is unknown.
"""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "file.missing": ("缺少此文件", "this file is missing"),
    "file.not_a_folder": ("不是情景文件夹", "this is not a scenario folder"),
    "file.not_a_file": ("应为文件，不能是文件夹", "must be a file, not a folder"),
    "file.outside": (
        "文件指向情景文件夹之外，不予读取",
        "the file leads out of the scenario folder and is not read",
    ),
    "file.unreadable": ("无法读取[（{found}）]", "cannot be read[ ({found})]"),
    "file.unknown": (
        "未识别的文件，已忽略[；可用名称：{allowed}]",
        "unknown file, ignored[; known names: {allowed}]",
    ),
    "file.empty": ("文件是空的", "the file is empty"),
    "file.binary": (
        "不是文本文件（含 NUL 字节），请另存为 CSV UTF-8",
        "not a text file (it contains NUL bytes); save it as CSV UTF-8",
    ),
    "file.too_large": (
        "文件过大：{found}，应 {allowed}",
        "file too large: {found}, allowed {allowed}",
    ),
    "file.encoding": (
        "按 {found} 编码读取；建议另存为 {allowed}",
        "read as {found}; better save it as {allowed}",
    ),
    "file.encoding_unknown": (
        "无法判定文字编码，请另存为 {allowed}",
        "the text encoding cannot be told; save the file as {allowed}",
    ),
    "problems.more": (
        "同类问题还有 {found} 处，未一一列出",
        "{found} more problems of this kind are not listed",
    ),
    "yaml.syntax": ("YAML 格式错误[：{found}]", "not valid YAML[: {found}]"),
    "yaml.not_a_mapping": (
        "应由“键: 值”组成",
        "must consist of 'key: value' lines",
    ),
    "yaml.duplicate_key": (
        "键重复，第 {found} 行已写过",
        "key written twice, first on line {found}",
    ),
    "yaml.anchor": ("不允许使用锚点 {found}", "anchors are not allowed: {found}"),
    "yaml.alias": (
        "不允许使用别名 {found}，请写出内容",
        "aliases are not allowed: {found}; write the content out",
    ),
    "yaml.tag": ("不允许使用类型标记 {found}", "tags are not allowed: {found}"),
    "yaml.merge": ("不允许使用合并键 {found}", "merge keys are not allowed: {found}"),
    "yaml.several_documents": (
        "一个文件只能有一份内容（出现第二个 ---）",
        "one document per file (a second --- was found)",
    ),
    "yaml.directive": ("不允许使用 % 指令行", "% directives are not allowed"),
    "yaml.bad_key": ("键只能是一个词", "a key must be a plain word"),
    "yaml.too_deep": ("嵌套过深（{found} 层）", "nested too deeply ({found} levels)"),
    "yaml.quote_clock": (
        '时刻请加引号：写成 "{found}"（不加引号时，不同软件读法不同）',
        'put the clock time in quotes: "{found}" (programs read it differently without)',
    ),
    "yaml.quote_code": (
        '以 0 开头的编号请加引号：写成 "{found}"',
        'put a code that begins with 0 in quotes: "{found}"',
    ),
    "xlsx.unreadable": (
        "无法作为 .xlsx 打开，请用 Excel/WPS 重新另存[（{found}）]",
        "cannot be opened as .xlsx; save it again with Excel or WPS[ ({found})]",
    ),
    "xlsx.old_or_locked": (
        "是旧版 .xls 或加了密码，请另存为不加密的 .xlsx",
        "is an old .xls or has a password; save it as .xlsx without a password",
    ),
    "xlsx.bomb": (
        "解压后异常大：{found}，应 {allowed}",
        "unpacks to an unusual size: {found}, allowed {allowed}",
    ),
    "xlsx.sheets": (
        "工作表过多：{found}，应 {allowed}",
        "too many sheets: {found}, allowed {allowed}",
    ),
    "xlsx.formula": (
        "单元格是公式 {found}，请“选择性粘贴→数值”",
        "the cell is a formula {found}; paste it as a value",
    ),
    "xlsx.error_cell": ("单元格是错误值 {found}", "the cell shows an error: {found}"),
    "xlsx.date": (
        '单元格是日期 {found}，请改为文本，如 "20:30"',
        'the cell is a date: {found}; write text such as "20:30"',
    ),
    "xlsx.merged": (
        "有合并单元格，请取消合并并逐格填写",
        "merged cells; split them and fill in every cell",
    ),
    "table.unknown": (
        "未识别的表 {found}，已忽略[；可用：{allowed}]",
        "unknown table {found}, ignored[; known: {allowed}]",
    ),
    "table.twice": (
        "同一张表给了两次，另一份在 {found}，请只留一份",
        "the same table is given twice, also in {found}; keep one of them",
    ),
    "table.missing": ("缺少必需的表 {found}", "the required table {found} is missing"),
    "table.no_rows": ("必需的表 {found} 没有数据", "the required table {found} has no rows"),
    "table.empty": ("只有表头，没有数据", "a header but no rows"),
    "table.too_long": ("行数过多，应 {allowed}", "too many rows, allowed {allowed}"),
    "table.too_wide": ("列数过多，应 {allowed}", "too many columns, allowed {allowed}"),
    "table.quotes": ("引号不成对或分隔符错误", "unbalanced quotes or a wrong delimiter"),
    "table.header_unknown": (
        "表头不认识（首格为 {found}），应有列：{allowed}",
        "the header is not known (it begins with {found}); expected columns: {allowed}",
    ),
    "table.column_unknown": (
        "未知的列[，是否为 {allowed}？]",
        "unknown column[; did you mean {allowed}?]",
    ),
    "table.column_unnamed": (
        "第 {field} 列有数据但没有列名",
        "column {field} has data but no name",
    ),
    "table.column_twice": ("列出现两次", "the column appears twice"),
    "table.column_missing": ("缺少此列", "this column is missing"),
    "table.ragged": (
        "单元格数与表头不符：{found}，应 {allowed}",
        "number of cells does not fit the header: {found}, allowed {allowed}",
    ),
}
