"""Bytes of a planner's text file → text, saying so when the encoding had to be recognised.

Chinese Excel and Notepad still save CSV in the GBK family ("ANSI"). Such a file is read as
gb18030 with a warning when its text then consists of common Chinese and ASCII; anything else
(a damaged UTF-8 file, another code page) is an error, because names guessed wrongly stay wrong.
"""

from __future__ import annotations

import codecs
import re

from sim.schema.problems import Problem

MEGABYTE = 1_000_000

_COMMON = re.compile(
    "[\t\r\n\x20-\x7e"  # ASCII
    "\u00b7\u00d7\u00b0\u00b1\u2014\u2018\u2019\u201c\u201d\u2026\u2103\u2160-\u216b\u2192"
    "\u2264\u2265\u3000-\u3011\u4e00-\u9fa5\uff01-\uff5e\uffe5]*"
)
"""What Chinese planning tables are made of; mojibake falls outside within a few words."""


def decode(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """Text of a file, or None with the reason.

    UTF-8 with or without byte-order mark is silent; UTF-16 with a mark (Excel's "Unicode text")
    and the GBK family are read with a warning.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode_utf16(data, file)
    if b"\0" in data:
        return None, [Problem("file.binary", file, found="NUL")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    return _decode_gbk(data, file, line)


def _decode_utf16(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError:
        return None, [Problem("file.encoding_unknown", file, allowed="UTF-8")]
    if "\0" in text:
        return None, [Problem("file.binary", file, found="NUL")]
    return text, [_read_as("UTF-16", file)]


def _decode_gbk(data: bytes, file: str, line: int) -> tuple[str | None, list[Problem]]:
    unknown = Problem("file.encoding_unknown", file, row=line, allowed="UTF-8")
    as_utf8 = data.decode("utf-8", errors="replace")
    bad = as_utf8.count("\ufffd")
    good = sum(character > "\x7f" for character in as_utf8) - bad
    if good > bad:  # mostly valid UTF-8: damaged, not GBK
        return None, [unknown]
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None, [unknown]
    if not _COMMON.fullmatch(text):
        return None, [unknown]
    return text, [_read_as("GBK (gb18030)", file)]


def _read_as(encoding: str, file: str) -> Problem:
    return Problem("file.encoding", file, found=encoding, allowed="UTF-8", severity="warning")
