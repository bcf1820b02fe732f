"""``yuyan check``: every problem at once, and what the program made of the input."""

from __future__ import annotations

from pathlib import Path

from sim.cli_errors import WRONG_INPUT
from sim.io.scenario_folder import load_scenario
from sim.plan import compile_plan
from sim.roads.network import Network
from sim.schema.problems import InputError, Problem
from sim.texts.cli_messages import message
from sim.texts.errors import Lang, render, severity_word
from sim.texts.labels import CONFIDENCE, word
from sim.texts.library_sources import source_words
from sim.world import World
from sim.world_build import build_world
from sim.world_checks import check_world, refuse_errors


def check(path: Path, plans: list[str] | None, lang: Lang) -> int:
    """Print what is wrong and what was assumed; the exit code (0 or 2)."""
    try:
        folder = load_scenario(path, plans)
        world = build_world(folder)
        for plan in folder.plans:
            compile_plan(world, plan)
        notes = (*folder.warnings, *refuse_errors(check_world(world)))
    except InputError as error:
        _print_problems(error.problems, lang)
        errors = sum(problem.severity == "error" for problem in error.problems)
        print(message("problems", lang, n=errors))
        return WRONG_INPUT
    _print_problems(notes, lang)
    name = folder.spec.name.text(lang)
    print(message("check.good", lang, name=name, notes=len(notes)))
    _print_world(world, lang)
    print(message("check.plans", lang, plans=", ".join(folder.plans)))
    for value in folder.defaults_used:
        text = message(
            "check.default",
            lang,
            label=value.label(lang),
            name=value.name,
            value=value.text,
            unit=value.unit,
            source=source_words(value.source, lang),
            confidence=word(CONFIDENCE, value.confidence, lang),
        )
        print(text)
    return 0


def _print_problems(problems: tuple[Problem, ...], lang: Lang) -> None:
    for problem in problems:
        print(f"{severity_word(problem, lang)}  {render(problem, lang)}")


def _print_world(world: World, lang: Lang) -> None:
    print(
        message(
            "check.size",
            lang,
            people=f"{world.people_at_risk:,}",
            parties=f"{len(world.parties):,}",
            zones=len(world.zones.rows),
            shelters=len(world.shelters),
            vehicles=len(world.vehicles),
            teams=len(world.teams),
            members=len(world.hazard.weights),
        )
    )
    roads = world.roads
    if isinstance(roads, Network):
        km = f"{roads.length_km:,.0f}"
        nodes, edges = f"{roads.n_nodes:,}", f"{roads.n_edges:,}"
        print(message("check.roads", lang, nodes=nodes, edges=edges, km=km))
    else:
        print(message("check.matrix", lang, nodes=len(roads.node_ids)))
    if world.folder.roads_estimated:
        print(message("check.estimated", lang))
