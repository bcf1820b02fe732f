"""The report as one HTML file: no script, no request, opens in an old browser, prints on A4."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from html import escape
from pathlib import Path

from sim.experiment.store import replace_file
from sim.report.blocks import (
    Block,
    Bullets,
    Grid,
    Heading,
    PageBreak,
    Picture,
    Questions,
    Text,
)
from sim.report.book import Book
from sim.report.chapters import document
from sim.report.html_style import STYLE
from sim.report.numbering import numbered
from sim.texts.book import book_text
from sim.texts.report import Lang


def write_html(book: Book, path: Path, lang: Lang) -> None:
    """Write the whole report of a run into one file.

    Raises:
        InputError: no font with Chinese glyphs for the figures.
        OSError: the file cannot be written.
    """
    replace_file(path, page(document(book, lang), book.title(lang), lang))


def page(blocks: Iterable[Block], title: str, lang: Lang) -> str:
    """A whole HTML page from blocks; every text is escaped."""
    parts = list(numbered(blocks, lang))
    body = "\n".join([_contents(parts), *(_block(b, k) for k, b in enumerate(parts))])
    footer = escape(book_text("doc.footer", lang))
    language = "zh-CN" if lang == "zh" else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "img-src data:; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<div class="sheet">\n{body}\n<p class="footer">{footer}</p>\n</div>\n</body>\n</html>\n'
    )


def _contents(parts: list[Block]) -> str:
    """Links to the chapters; on paper they are left out."""
    links = [
        f'<a href="#b{number}">{escape(block.text)}</a>'
        for number, block in enumerate(parts)
        if isinstance(block, Heading) and block.level == 1
    ]
    return f'<p class="contents">{" ".join(links)}</p>' if links else ""


def _block(block: Block, number: int) -> str:
    match block:
        case Heading(level, text):
            tag = f"h{level + 1}"
            return f'<{tag} id="b{number}">{escape(text)}</{tag}>'
        case Text(text, tone):
            return f'<p class="{tone}">{_lines(text)}</p>'
        case Bullets(lines, tone):
            items = "".join(f"<li>{_lines(line)}</li>" for line in lines)
            return f'<ul class="{tone}">{items}</ul>'
        case Questions(rows):
            return _questions(rows)
        case Picture():
            return _picture(block)
        case Grid():
            return _grid(block)
        case PageBreak():
            return '<div class="break"></div>'


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _questions(rows: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    found = []
    for question, answer in rows:
        lines = "".join(f"<p>{_lines(line)}</p>" for line in answer)
        found.append(f'<tr><th scope="row">{escape(question)}</th><td>{lines}</td></tr>')
    return f'<table class="questions">{"".join(found)}</table>'


def _picture(block: Picture) -> str:
    data = base64.b64encode(block.png).decode("ascii")
    caption = escape(block.caption)
    return (
        f'<div class="figure"><img alt="{caption}" src="data:image/png;base64,{data}">'
        f'<p class="caption">{caption}</p><p class="note">{_lines(block.reading)}</p></div>'
    )


def _grid(block: Grid) -> str:
    forms = block.forms or ("text",) * len(block.heads)
    sides = ["" if form == "text" else ' class="number"' for form in forms]
    heads = "".join(
        f'<th scope="col"{side}>{_lines(head)}</th>'
        for head, side in zip(block.heads, sides, strict=True)
    )
    rows = []
    for number, row in enumerate(block.rows):
        cells = [
            f"<td{_class(forms[k], block.tones.get((number, k)))}>{_lines(cell)}</td>"
            for k, cell in enumerate(row)
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    note = f'<p class="note">{_lines(block.note)}</p>' if block.note else ""
    columns = "".join(
        f'<col style="width:{100 * share / sum(block.widths):.1f}%">' for share in block.widths
    )
    return (
        f'<p class="caption">{escape(block.title)}</p><div class="wide"><table class="grid">'
        f"{columns}<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>{note}"
    )


def _class(form: str, tone: str | None) -> str:
    names = [*([] if form == "text" else ["number"]), *([tone] if tone else [])]
    return f' class="{" ".join(names)}"' if names else ""
