"""``yuyan optimize trigger``: the latest order of every zone."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from sim.cli_run import progress_bar, stdout_console
from sim.experiment.identity import as_json
from sim.experiment.scenario_player import refuse_errors
from sim.io.scenario_folder import load_scenario
from sim.optimize.trigger import DEFAULT_SHIFTS_MIN, Question, latest_orders
from sim.plan import compile_plan
from sim.report.latest_orders import OrdersTerminal, orders_json
from sim.schema.problems import InputError, Problem
from sim.texts.errors import Lang
from sim.world_build import build_world
from sim.world_checks import check_world

FURTHEST_MIN = 2880


@dataclass(frozen=True)
class TriggerOptions:
    """What was asked for on the command line; ``shifts`` like ``-120,-60,0,60``."""

    scenario: Path
    plan: str
    n: int
    seed: int
    workers: int
    shifts: str | None
    share: float
    required: float
    json: bool
    lang: Lang


def trigger(options: TriggerOptions) -> None:
    """Find the latest orders of one plan and show them.

    Raises:
        InputError: the scenario, the plan or the shifts cannot be used.
    """
    shifts = parse_shifts(options.shifts)
    folder = load_scenario(options.scenario, [options.plan])
    world = build_world(folder)
    refuse_errors(check_world(world))
    question = Question(options.n, options.seed, shifts, options.share, options.required)
    plan = compile_plan(world, options.plan)
    with progress_bar(options.lang) as tell:
        found = latest_orders(world, plan, question, options.workers, tell)
    if options.json:
        sys.stdout.write(as_json(orders_json(world, found)))
        return
    name = plan.spec.name.text(options.lang)
    OrdersTerminal(world, found, options.lang).print(stdout_console(), name)


def parse_shifts(text: str | None) -> tuple[int, ...]:
    """``-120,-60,0`` as whole minutes; the usual ones when not given.

    Raises:
        InputError: not whole minutes within two days.
    """
    if text is None:
        return DEFAULT_SHIFTS_MIN
    try:
        shifts = tuple(int(part) for part in text.split(","))
    except ValueError:
        shifts = ()
    if not shifts or any(abs(shift) > FURTHEST_MIN for shift in shifts):
        allowed = f"-120,-60,0,60; |x| ≤ {FURTHEST_MIN}"
        raise InputError([Problem("run.shifts", "--shifts", found=text, allowed=allowed)])
    return shifts
