"""The pages: name → function that draws it. Their titles are ``page.<name>`` in the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dashboard.app_pages import answer, compare, data, one_page, plans, preposition, reports, runs
from dashboard.app_pages import help as help_page
from dashboard.app_pages import map as map_page

if TYPE_CHECKING:
    from dashboard.frame import Frame

PAGES: dict[str, Callable[[Frame], None]] = {
    "answer": answer.page,
    "one_page": one_page.page,
    "compare": compare.page,
    "map": map_page.page,
    "reports": reports.page,
    "plans": plans.page,
    "preposition": preposition.page,
    "data": data.page,
    "runs": runs.page,
    "help": help_page.page,
}

SECTIONS: dict[str, tuple[str, ...]] = {
    "nav.front": ("answer", "one_page", "compare", "map", "reports"),
    "nav.work": ("plans", "preposition", "data", "runs"),
    "nav.help": ("help",),
}
"""Sections of the navigation; the first stands open, those behind it are menus."""
