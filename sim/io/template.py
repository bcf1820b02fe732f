"""The empty workbook planners fill in: a sheet per table, explanations, examples.

Headings are the column names of the contract; their Chinese meaning stands in a comment on each
heading and in the sheet 说明. Text columns are formatted as text, so that "044000" and "20:30"
stay what they are. The sheets 说明 and 示例 are skipped when the workbook is read.
"""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sim.io.columns import Column, columns
from sim.io.folder_tables import REQUIRED
from sim.io.template_examples import EXAMPLE_ROWS
from sim.schema.tables import TABLES
from sim.texts.labels import EXAMPLES, EXPLANATION, TABLE_NAMES

FILLED_ROWS = 2000
"""Rows for which the drop-down lists hold; more may be filled in."""

TEXT_ROWS = 300
"""Rows whose text columns are formatted as text; a format per cell makes the file larger."""

_HEAD = Font(bold=True, color="FFFFFF")
_REQUIRED = PatternFill("solid", fgColor="1F4E79")
_OPTIONAL = PatternFill("solid", fgColor="7F9DB9")
_EXAMPLE = PatternFill("solid", fgColor="FFF2CC")
_WRAP = Alignment(wrap_text=True, vertical="top")

EXPLANATION_HEAD = (
    "表 sheet", "列 column", "中文", "English", "单位 unit", "必填 required", "可填 allowed",
    "默认 default",
)  # fmt: skip


def write_template(path: Path) -> None:
    """Write the empty workbook (.xlsx) to a new or existing file."""
    book = Workbook()
    first = book.active
    assert first is not None
    _explain(first)
    for table in TABLES:
        _table_sheet(book.create_sheet(table), table)
    _examples(book.create_sheet(EXAMPLES[0]))
    book.save(path)


def _explain(sheet: Worksheet) -> None:
    """The sheet 说明: how to fill in, then every column of every table."""
    sheet.title = EXPLANATION[0]
    sheet.append(["深蓝表头必填，浅蓝可空；空格表示用默认值。表 zones 和 settlements 必须有数据。"])
    sheet.append(["Dark blue: required. Light blue: may stay empty, the default is used then."])
    sheet.append(["时刻写 20:30，次日写 +1 03:00；占比写小数；只写编号，不写身份证号和电话。"])
    sheet.append([])
    sheet.append(list(EXPLANATION_HEAD))
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = _HEAD, _REQUIRED
    sheet.freeze_panes = f"A{sheet.max_row + 1}"
    for table in TABLES:
        name = f"{table} {TABLE_NAMES[table][0]}{' *' if table in REQUIRED else ''}"
        for column in columns(table):
            sheet.append(
                [
                    name, column.name, column.chinese, column.english, column.unit,
                    "是 yes" if column.required else "", column.allowed, column.default,
                ]
            )  # fmt: skip
    for letter, width in zip("ABCDEFGH", (24, 24, 40, 44, 12, 14, 44, 12), strict=True):
        sheet.column_dimensions[letter].width = width


def _table_sheet(sheet: Worksheet, table: str) -> None:
    for position, column in enumerate(columns(table), start=1):
        letter = get_column_letter(position)
        head = sheet.cell(1, position, column.name)
        head.font, head.fill = _HEAD, _REQUIRED if column.required else _OPTIONAL
        head.comment = Comment(_hint(column), "yuyan", width=320, height=140)
        sheet.column_dimensions[letter].width = max(12, len(column.name) + 4)
        if column.choices:
            choice = DataValidation(
                type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True
            )
            choice.add(f"{letter}2:{letter}{FILLED_ROWS}")
            sheet.add_data_validation(choice)
        elif not column.number:
            for row in range(2, TEXT_ROWS + 2):  # a cell keeps its format when typed into
                sheet.cell(row, position).number_format = "@"
    sheet.freeze_panes = "C2"


def _hint(column: Column) -> str:
    lines = [column.chinese, column.english]
    lines += [f"可填 allowed: {column.allowed}"] if column.allowed else []
    lines += [f"默认 default: {column.default}"] if column.default else []
    return "\n".join(lines)


def _examples(sheet: Worksheet) -> None:
    """The sheet 示例: two rows per table, marked, never read."""
    sheet.append(["示例，读取时忽略；请在各表中填写。 Examples, never read: fill in the sheets."])
    for table in TABLES:
        names = [column.name for column in columns(table)]
        sheet.append([])
        sheet.append([f"示例 {table} {TABLE_NAMES[table][0]}"])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        sheet.append(names)
        for row in EXAMPLE_ROWS[table]:
            sheet.append([row.get(name) for name in names])
            for cell in sheet[sheet.max_row]:
                cell.fill = _EXAMPLE
                cell.alignment = _WRAP
                if isinstance(cell.value, str):
                    cell.number_format = "@"
