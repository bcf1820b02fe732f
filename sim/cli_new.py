"""``yuyan new``: a scenario folder from raw files, or an empty workbook to fill in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.schema.problems import InputError, Problem
from sim.texts.cli_messages import message
from sim.texts.errors import Lang


@dataclass(frozen=True)
class RawSources:
    """What was given on the command line.

    Attributes:
        shelters: None: everybody leaves by the roads, as on the page.
        crs: ``LAYER=SYSTEM`` options.
        spread_from: ``X,Y`` options.
    """

    roads: Path | None
    minutes: Path | None
    people: Path | None
    shelters: Path | None
    hazard: Path | None
    crs: list[str]
    people_total: int | None
    spread_from: list[str]


def template(folder: Path, lang: Lang) -> None:
    """Write the template workbook and the texts that go with it; existing files stay."""
    from sim.io.template_documents import write_template_folder

    for path in write_template_folder(folder):
        print(message("new.written", lang, file=path))


def from_files(folder: Path, sources: RawSources, lang: Lang) -> None:
    """Make the folder and name every assumption.

    Raises:
        InputError: every problem of the options, or of the file that could not be used.
    """
    from sim.io.new_scenario import NewOptions, RawFiles, new_scenario

    crs = parse_crs(sources.crs)
    points = parse_points(sources.spread_from)
    if sources.people is None:
        raise InputError([Problem("new.option_missing", "--people")])
    files = RawFiles(
        sources.people, sources.shelters, sources.roads, sources.minutes, sources.hazard
    )
    made = new_scenario(folder, files, crs, NewOptions(sources.people_total, points))
    print(
        message(
            "new.made",
            lang,
            folder=made.folder,
            people=f"{made.people:,}",
            at_risk=f"{made.people_at_risk:,}",
            places=f"{made.shelter_places:,}",
            left_out=made.left_out,
        )
    )
    for number, assumption in enumerate(made.assumptions, start=1):
        print(f"{number:>2}. {assumption.text(lang)}")
    print(message("new.next", lang, folder=made.folder))


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
            problems.append(Problem("new.crs", "--crs", found=option, allowed="roads=EPSG:4326"))
        found[layer] = system
    if problems:
        raise InputError(problems)
    return found


def parse_points(options: list[str]) -> tuple[tuple[float, float], ...]:
    """``X,Y`` options as points.

    Raises:
        InputError: an option is not two numbers.
    """
    found = []
    for option in options:
        try:
            x, y = (float(part) for part in option.split(","))
        except ValueError as error:
            problem = Problem("new.point", "--spread-from", found=option, allowed="115.4,26.1")
            raise InputError([problem]) from error
        found.append((x, y))
    return tuple(found)
