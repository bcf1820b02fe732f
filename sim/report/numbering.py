"""Numbers of headings, tables and figures: 一、 （一） 1. in Chinese, 1 1.1 1.1.1 in English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sim.report.blocks import Block, Grid, Heading, Picture
from sim.texts.book import book_text
from sim.texts.report import Lang

DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """1 … 99 as 一 … 九十九."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{DIGITS[tens]}十")
    return head + (DIGITS[ones] if ones or not tens else "")


def numbered(blocks: Iterable[Block], lang: Lang) -> Iterator[Block]:
    """The same blocks with their numbers written in front of headings and captions."""
    counts = [0, 0, 0]
    tables = figures = 0
    for block in blocks:
        if isinstance(block, Heading) and block.level:
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (3 - block.level)
            yield replace(block, text=_head(counts, block, lang))
        elif isinstance(block, Grid) and block.title:
            tables += 1
            title = book_text("table.caption", lang, number=tables, title=block.title)
            yield replace(block, title=title)
        elif isinstance(block, Picture):
            figures += 1
            caption = book_text("figure.caption", lang, number=figures, title=block.caption)
            yield replace(block, caption=caption)
        else:
            yield block


def _head(counts: list[int], block: Heading, lang: Lang) -> str:
    number = counts[block.level - 1]
    if lang == "en":
        return f"{'.'.join(str(n) for n in counts[: block.level])}  {block.text}"
    if block.level == 1:
        return f"{chinese_number(number)}、{block.text}"
    return (
        f"（{chinese_number(number)}）{block.text}"
        if block.level == 2
        else f"{number}. {block.text}"
    )
