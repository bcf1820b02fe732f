"""``yuyan optimize preposition``: where boats and coaches should wait."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import typer

from sim.cli_errors import FAILED
from sim.cli_progress import progress_bar
from sim.cli_show import stdout_console
from sim.experiment.identity import as_json, program_version
from sim.io.scenario_folder import load_scenario
from sim.measures.catalogue import MEASURES
from sim.optimize.preposition.find import Preposition, Question, Workers, find_preposition
from sim.optimize.preposition.kinds import KINDS
from sim.optimize.preposition.nights_kept import ANSWERS
from sim.optimize.preposition.variant import save_placement
from sim.optimize.preposition.waits import WAITS
from sim.plan import compile_plan
from sim.report.excel_sheet import write_tables
from sim.report.preposition import as_document, print_preposition
from sim.report.preposition_tables import tables
from sim.schema.problems import InputError, Problem
from sim.texts.latest_orders import latest
from sim.texts.preposition import placed
from sim.texts.report import Lang
from sim.world_build import build_world
from sim.world_checks import refuse_wet_shelters


@dataclass(frozen=True)
class PrepositionOptions:
    """What was asked for on the command line.

    keep: whether nights are kept, so that a search goes on where it was stopped.
    save: id of the new plan variant; out: Excel file; rows: of every table on the terminal.
    """

    scenario: Path
    plan: str
    question: Question
    workers: int
    keep: bool
    save: str | None
    out: Path | None
    rows: int
    json: bool
    lang: Lang


def preposition(options: PrepositionOptions) -> None:
    """Find a placement and print the answer.

    Raises:
        InputError: the scenario or the question is wrong, or the id of the variant is taken.
    """
    _refuse_unknown(options.question)
    folder = load_scenario(options.scenario, [options.plan])
    world = build_world(folder)
    refuse_wet_shelters(world)
    plan = compile_plan(world, options.plan)
    try:
        with progress_bar(options.lang) as tell:
            how = Workers(options.workers, ANSWERS if options.keep else None, tell)
            found = find_preposition(world, plan, options.question, how)
    except KeyboardInterrupt as error:
        print(latest("stopped", options.lang), file=sys.stderr)
        raise typer.Exit(FAILED) from error
    saved = _save(found, options) if options.save else None
    if options.out is not None:
        write_tables(tables(found), options.out, options.lang, options.plan)
    if options.json:
        about = {"yuyan": program_version(), "scenario": folder.id, "seed": options.question.seed}
        about["input_hash"] = folder.input_hash
        sys.stdout.write(as_json({**about, **as_document(found)}))
        return
    print_preposition(found, stdout_console(), options.lang, options.rows)
    if saved is not None:
        print(placed("saved", options.lang, file=saved.name))
    if options.out is not None:
        print(placed("written", options.lang, file=options.out))


def _refuse_unknown(question: Question) -> None:
    """Raises InputError for units or a measure that nobody knows."""
    if question.kind not in KINDS:
        allowed = ", ".join(KINDS)
        raise InputError(
            [Problem("optimize.choice", "--units", None, None, question.kind, allowed)]
        )
    known = [name for name, info in MEASURES.items() if info.better]
    if question.measure and question.measure not in (*known, *WAITS):
        allowed = ", ".join((*WAITS, *known))
        raise InputError(
            [Problem("optimize.choice", "--measure", None, None, question.measure, allowed)]
        )


def _save(found: Preposition, options: PrepositionOptions) -> Path:
    """The winner as a plan of its own beside the one it came from."""
    setting = found.setting
    ids = setting.world.places.ids
    places = {unit: ids[place] for unit, place in setting.moved(found.winner.placement).items()}
    path, plan = setting.world.folder.path, setting.plan.id
    return save_placement(path, plan, str(options.save), setting.kind, places)
