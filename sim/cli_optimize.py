"""``yuyan optimize trigger``: the latest order of every zone."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from sim.cli_errors import FAILED
from sim.cli_progress import progress_bar
from sim.cli_show import stdout_console
from sim.experiment.identity import as_json, program_version
from sim.io.scenario_folder import load_scenario
from sim.optimize.trigger import DEFAULT_SHIFTS_MIN, LatestOrders, Question, latest_orders
from sim.plan import compile_plan
from sim.report.latest_orders import LatestReport
from sim.report.latest_orders_rows import as_document, write_zones
from sim.schema.problems import InputError, Problem
from sim.texts.cli_messages import message
from sim.texts.errors import Lang
from sim.texts.latest_orders import latest
from sim.world import World
from sim.world_build import build_world
from sim.world_checks import refuse_wet_shelters

MOST_SHIFTS = 100
LONGEST_SHIFT_MIN = 2880


@dataclass(frozen=True)
class TriggerOptions:
    """What was asked for on the command line; ``zones``: how many stand in the table."""

    scenario: Path
    plans: list[str]
    question: Question
    workers: int
    out: Path | None
    json: bool
    zones: int
    lang: Lang


def trigger(options: TriggerOptions) -> None:
    """Play every plan asked for under earlier and later orders, and print the answers.

    Raises:
        InputError: the scenario is wrong.
    """
    if sys.stderr.isatty():
        print(message("building", options.lang), file=sys.stderr)
    folder = load_scenario(options.scenario, options.plans)
    world = build_world(folder)
    refuse_wet_shelters(world)
    documents: list[dict[str, Any]] = []
    for plan_id in options.plans:
        found = _answer(world, plan_id, options)
        documents.append(as_document(found, world))
        if not options.json:
            console = stdout_console()
            LatestReport(found, world, console, options.lang).print(options.zones)
        if options.out is not None:
            _write(found, world, options)
    if options.json:
        sys.stdout.write(as_json(_document(world, options, documents)))


def shifts_of(text: str | None) -> tuple[int, ...]:
    """``-120,-60,0`` as whole minutes; the usual ones when not given.

    Raises:
        InputError: not whole minutes within two days, or too many of them.
    """
    if text is None:
        return DEFAULT_SHIFTS_MIN
    try:
        shifts = tuple(int(part) for part in text.split(","))
    except ValueError:
        shifts = ()
    inside = all(abs(shift) <= LONGEST_SHIFT_MIN for shift in shifts)
    if not inside or not 1 <= len(shifts) <= MOST_SHIFTS:
        allowed = f"-120,-60,0,60; |x| ≤ {LONGEST_SHIFT_MIN}; n ≤ {MOST_SHIFTS}"
        raise InputError([Problem("run.shifts", "--shifts", found=text, allowed=allowed)])
    return shifts


def _answer(world: World, plan_id: str, options: TriggerOptions) -> LatestOrders:
    plan = compile_plan(world, plan_id)
    try:
        with progress_bar(options.lang) as tell:
            return latest_orders(world, plan, options.question, options.workers, tell)
    except KeyboardInterrupt as error:
        print(latest("stopped", options.lang), file=sys.stderr)
        raise typer.Exit(FAILED) from error


def _write(found: LatestOrders, world: World, options: TriggerOptions) -> None:
    """A file per plan; with several plans the plan's id goes into its name."""
    out = options.out or Path()
    if len(options.plans) > 1:
        out = out.with_name(f"{out.stem}-{found.plan_id}{out.suffix}")
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        write_zones(found, world, options.lang, file)
    if not options.json:
        print(latest("written", options.lang, file=out))


def _document(
    world: World, options: TriggerOptions, documents: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "yuyan": program_version(),
        "scenario": world.folder.id,
        "seed": options.question.seed,
        "input_hash": world.folder.input_hash,
        "what_if": {"zh": latest("what_if", "zh"), "en": latest("what_if", "en")},
        "plans": documents,
    }
