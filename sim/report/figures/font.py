"""The font of all figures: one with Chinese glyphs, from the package ``pylopdf-fonts-zh-cn``.

That package holds nothing but Noto Sans SC and Noto Serif SC (SIL Open Font License 1.1, 17 MB),
so figures look the same on every office PC, with or without a network. Where somebody installed
Yuyan without it, a Chinese font of the system is taken; with neither there is a clear error,
because boxes instead of village names must never go into a meeting.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager

from sim.schema.problems import InputError, Problem

OF_THE_SYSTEM = ("NotoSansCJK", "SourceHanSans", "NotoSansSC", "wqy-microhei", "msyh", "simhei")
"""Beginnings of file names of fonts with Chinese glyphs, in the order of preference."""
LATIN = "DejaVu Sans"
"""Comes with matplotlib; for characters that the Chinese font lacks."""


@cache
def use_chinese_font() -> str:
    """Make matplotlib write with a Chinese font; the name of its family.

    Raises:
        InputError: no font with Chinese glyphs on this machine.
    """
    file = _from_package() or _from_system()
    if file is None:
        raise InputError([Problem("report.no_font", "pylopdf-fonts-zh-cn")])
    font_manager.fontManager.addfont(file)
    family = font_manager.FontProperties(fname=file).get_name()
    mpl.rcParams.update(
        {
            "font.family": [family, LATIN],
            "text.parse_math": False,  # a "$" in the name of a village is a dollar sign
            "axes.unicode_minus": False,
        }
    )
    return family


def _from_package() -> Path | None:
    try:
        package = import_module("pylopdf_fonts_zh_cn")
    except ImportError:
        return None
    file = Path(package.sans_path())
    return file if file.is_file() else None


def _from_system() -> Path | None:
    files = [Path(name) for name in font_manager.findSystemFonts()]
    for beginning in OF_THE_SYSTEM:
        found = sorted(f for f in files if f.name.lower().startswith(beginning.lower()))
        regular = [f for f in found if "regular" in f.name.lower()]
        if found:
            return (regular or found)[0]
    return None
