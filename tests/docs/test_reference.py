"""The generated pages of docs/ say what the schema and the library say."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"


def maker() -> ModuleType:
    """The script that writes the pages."""
    spec = importlib.util.spec_from_file_location("make_reference", DOCS / "make_reference.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["columns.md", "keys.md", "parameters.md"])
def test_page_is_up_to_date(page: str) -> None:
    """A page is what ``python docs/make_reference.py`` would write now."""
    assert (DOCS / page).read_text(encoding="utf-8") == maker().PAGES[page]()


def test_pages_name_everything() -> None:
    """Every table, every section of a plan and every library value is on its page."""
    from sim.io.defaults import behaviour_defaults
    from sim.schema.plan import SECTIONS
    from sim.schema.tables import ROW_MODELS

    made = {name: page() for name, page in maker().PAGES.items()}
    assert all(f"## {table} — " in made["columns.md"] for table in ROW_MODELS)
    assert all(f"| `{section}` |" in made["keys.md"] for section in SECTIONS)
    assert all(f"| `{item.name}` |" in made["parameters.md"] for item in behaviour_defaults())
