"""The layout offices use: A4, 黑体 headings, 仿宋 text, page numbers, a footer on every page.

python-docx sets only Latin fonts; Word takes the Chinese one from ``w:eastAsia``, which is written
by hand here. Fonts are named, not embedded: Word and WPS have 黑体, 楷体 and 仿宋; where one lacks,
they take the nearest.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor

from sim.report.blocks import Tone
from sim.texts.book import book_text
from sim.texts.report import Lang

SONG, HEI, KAI, FANG = "宋体", "黑体", "楷体", "仿宋"
LATIN = "Times New Roman"
COLOURS: dict[Tone, RGBColor | None] = {
    "plain": None,
    "lead": None,
    "good": RGBColor(0x22, 0x66, 0x3F),
    "bad": RGBColor(0xB0, 0x2A, 0x2A),
    "doubt": RGBColor(0x8A, 0x5A, 0x00),
    "note": RGBColor(0x4A, 0x55, 0x68),
}
MARGINS_CM = {"top_margin": 2.4, "bottom_margin": 2.2, "left_margin": 2.6, "right_margin": 2.4}
WIDE_CM = 21.0 - MARGINS_CM["left_margin"] - MARGINS_CM["right_margin"]
TABLE_TEXT = "Table Text"
LINES = {FANG: 1.3, SONG: 1.05}
"""Distance of lines by font, where it is not that of headings."""
STYLES: dict[str, tuple[str, float, bool, float, float]] = {
    "Normal": (FANG, 12, False, 0, 3),
    "Title": (HEI, 20, False, 0, 0),
    "Heading 1": (HEI, 16, False, 16, 6),
    "Heading 2": (KAI, 14, True, 10, 4),
    "Heading 3": (FANG, 12, True, 8, 3),
    "List Bullet": (FANG, 12, False, 0, 2),
    "Caption": (HEI, 10.5, False, 8, 3),
    TABLE_TEXT: (SONG, 8.5, False, 0, 0),
}
"""Style to Chinese font, size in points, bold, points before and after."""


def prepare(word: Document, lang: Lang) -> None:
    """Page, styles, footer with page number."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    for name, centimetres in MARGINS_CM.items():
        setattr(section, name, Cm(centimetres))
    section.footer_distance = Cm(1.2)
    for name, (font, size, bold, before, after) in STYLES.items():
        if name == TABLE_TEXT:
            word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style: Any = word.styles[name]
        set_font(style.element.get_or_add_rPr(), font)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        layout = style.paragraph_format
        layout.space_before, layout.space_after = Pt(before), Pt(after)
        layout.line_spacing = LINES.get(font, 1.15)
        layout.keep_with_next = name.startswith(("Heading", "Caption", "Title"))
    title: Any = word.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _no_border(title.element)
    _footer(section.footer.paragraphs[0], lang)


def set_font(properties: Any, chinese: str, latin: str = LATIN) -> None:
    """Name the Chinese and the Latin font of a style or run (its ``w:rPr``)."""
    fonts = properties.get_or_add_rFonts()
    for part in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(part), None)  # a theme font would win over a named one
    for part, name in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{part}"), name)
    fonts.set(qn("w:hint"), "eastAsia")  # quotation marks and dashes in Chinese width


def _no_border(style: Any) -> None:
    """The built-in title has a blue line below it."""
    for border in style.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _footer(paragraph: Any, lang: Lang) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, after = book_text("doc.page", lang, page="\0").split("\0")
    small_run(paragraph, f"{book_text('doc.footer', lang)}    {before}")
    run = small_run(paragraph, "")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = text
        run._r.append(part)
    small_run(paragraph, after)


def small_run(paragraph: Any, text: str, size: float = 9, font: str = SONG) -> Any:
    """A run of small print."""
    run = paragraph.add_run(text)
    set_font(run._r.get_or_add_rPr(), font)
    run.font.size = Pt(size)
    return run


def repeat_head(row: Any) -> None:
    """The head of a table stands on every page the table reaches."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def keep_whole(row: Any) -> None:
    """A row is not cut by the end of a page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def shade(cell: Any, colour: str) -> None:
    """Background of a cell, ``RRGGBB``."""
    mark = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        mark.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(mark)


def set_widths(table: Any, shares: tuple[float, ...]) -> None:
    """Fixed widths over the whole page, by shares; Word and WPS then agree."""
    table.autofit = False
    whole, total = Cm(WIDE_CM), sum(shares)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Emu(int(whole * share / total))
    for row in table.rows:
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = Emu(int(whole * share / total))


def cell_margins(table: Any, left_right_cm: float = 0.12, top_bottom_cm: float = 0.04) -> None:
    """Space inside the cells of a table."""
    margins = OxmlElement("w:tblCellMar")
    for side, size in (
        ("top", top_bottom_cm), ("left", left_right_cm),
        ("bottom", top_bottom_cm), ("right", left_right_cm),
    ):  # fmt: skip
        mark = OxmlElement(f"w:{side}")
        mark.set(qn("w:w"), str(round(Cm(size).pt * 20)))
        mark.set(qn("w:type"), "dxa")
        margins.append(mark)
    table._tbl.tblPr.append(margins)
