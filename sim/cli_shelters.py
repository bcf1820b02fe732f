"""``yuyan optimize shelters``: which shelters to open or build."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from sim.cli_progress import progress_bar
from sim.cli_show import stdout_console
from sim.experiment.identity import as_json, program_version
from sim.io.extra_shelters import with_shelters
from sim.io.scenario_folder import load_scenario
from sim.optimize.shelter_reach import Limits
from sim.optimize.shelters import ShelterQuestion, ShelterSites, best_shelters
from sim.plan import compile_plan
from sim.report.excel_sheet import write_tables
from sim.report.shelter_sites import as_document, print_sites, tables
from sim.texts.report import Lang
from sim.texts.shelter_sites import sites
from sim.world import World
from sim.world_build import build_world
from sim.world_checks import refuse_wet_shelters


@dataclass(frozen=True)
class ShelterOptions:
    """What was asked for on the command line.

    named: ids of candidates and of shelters kept; files: sites to build (CSV), and where to
    write the tables; rows: of every table on the terminal.
    """

    scenario: Path
    plan: str
    n: int
    limits: Limits
    named: tuple[tuple[str, ...], tuple[str, ...]]
    files: tuple[Path | None, Path | None]
    rows: int
    json: bool
    lang: Lang


def shelters(options: ShelterOptions) -> None:
    """Choose shelters and print the answer.

    Raises:
        InputError: the scenario, an id or the file of sites is wrong.
    """
    world, question = _asked(options)
    plan = compile_plan(world, options.plan)
    with progress_bar(options.lang) as tell:
        found = best_shelters(world, plan, question, tell)
    if options.files[1] is not None:
        title = sites("title", options.lang, plan=options.plan)
        write_tables(tables(found, world), options.files[1], options.lang, title)
    if options.json:
        sys.stdout.write(as_json(_document(found, world)))
        return
    print_sites(found, world, stdout_console(), options.lang, options.rows)
    if options.files[1] is not None:
        print(sites("written", options.lang, file=options.files[1]))


def _asked(options: ShelterOptions) -> tuple[World, ShelterQuestion]:
    """With sites to build, these are the candidates, and what stands is kept unless named."""
    folder = load_scenario(options.scenario, [options.plan])
    candidates, keep = options.named
    if options.files[0] is not None:
        standing = [
            str(getattr(row, "id", "")) for row in folder.tables.get("shelters", ())
            if getattr(row, "kind", "") != "hospital"
        ]  # fmt: skip
        folder, new = with_shelters(folder, options.files[0])
        keep = keep or tuple(name for name in standing if name not in candidates)
        candidates = (*candidates, *new)
    world = build_world(folder)
    refuse_wet_shelters(world)
    return world, ShelterQuestion(options.n, options.limits, candidates, keep)


def _document(found: ShelterSites, world: World) -> dict[str, object]:
    return {
        "yuyan": program_version(),
        "scenario": world.folder.id,
        "input_hash": world.folder.input_hash,
        **as_document(found, world),
    }
