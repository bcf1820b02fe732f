"""What ``yuyan new`` is asked for, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.io.new_hazard import Point
from sim.schema.problems import InputError, Problem
from sim.texts.new_scenario import Assumption

LAYERS = ("people", "shelters", "roads", "hazard")


@dataclass(frozen=True)
class RawFiles:
    """The files a scenario is made from. Roads or minutes, not both; neither: straight lines.

    Without shelters everybody leaves by the roads.
    """

    people: Path
    shelters: Path | None = None
    roads: Path | None = None
    minutes: Path | None = None
    hazard: Path | None = None


@dataclass(frozen=True)
class NewOptions:
    """What may be stated instead of assumed.

    people_total: known head-count; spread_from: where the water comes in, in the coordinates of
    the hazard layer; area: ring of WGS 84 points, only who lives inside is moved, out of it.
    """

    people_total: int | None = None
    spread_from: tuple[Point, ...] = ()
    area: tuple[Point, ...] = ()


@dataclass(frozen=True)
class NewScenario:
    """What was made: the folder and everything that was taken for granted."""

    folder: Path
    people: int
    people_at_risk: int
    shelter_places: int
    left_out: int
    assumptions: tuple[Assumption, ...]


def check_request(folder: Path, files: RawFiles, crs: Mapping[str, str]) -> None:
    """Options that fit together, and a folder that is free.

    Raises:
        InputError: every problem of the request.
    """
    problems = []
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        problems.append(Problem("new.not_empty", folder.name))
    if files.roads and files.minutes:
        problems.append(Problem("new.roads_and_minutes", files.minutes.name))
    if not files.shelters and not files.roads:
        problems.append(Problem("new.nowhere", "--shelters"))
    problems += [
        Problem("new.unknown_layer", "--crs", found=name, allowed=", ".join(LAYERS))
        for name in crs
        if name not in LAYERS
    ]
    if problems:
        raise InputError(problems)
