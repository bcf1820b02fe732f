"""``yuyan new``: a scenario folder from raw files, or an empty workbook to fill in."""

from __future__ import annotations

from pathlib import Path

from sim.schema.problems import InputError, Problem
from sim.texts.cli_messages import message
from sim.texts.errors import Lang, render, severity_word


def template(folder: Path, lang: Lang) -> None:
    """Write the template workbook and the texts that go with it; existing files stay."""
    from sim.io.template_documents import write_template_folder

    for path in write_template_folder(folder):
        print(message("new.written", lang, file=path))


def parse_crs(options: list[str]) -> dict[str, str]:
    """``roads=EPSG:4326`` options as layer to coordinate system.

    Raises:
        InputError: an option is not of the form LAYER=SYSTEM, or a layer is named twice.
    """
    found: dict[str, str] = {}
    problems = []
    for option in options:
        layer, equals, system = (part.strip() for part in option.partition("="))
        if not (layer and equals and system) or layer in found:
            problems.append(Problem("new.crs", "--crs", found=option, allowed="LAYER=EPSG:4326"))
        found[layer] = system
    if problems:
        raise InputError(problems)
    return found


def show_notes(problems: tuple[Problem, ...], lang: Lang) -> None:
    """Every assumption that was made."""
    for problem in problems:
        print(f"{severity_word(problem, lang)}  {render(problem, lang)}")
