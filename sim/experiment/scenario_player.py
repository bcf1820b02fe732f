"""The real simulation behind the experiment: a scenario folder becomes a player."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.bounds.of_run import Limits
from sim.draws import Draws
from sim.experiment.identity import Identity, file_hashes, versions
from sim.experiment.player import Curves
from sim.io.doubt import Inputs
from sim.io.scenario_folder import ScenarioFolder
from sim.log import RunLog
from sim.measures.actions import CURVE, action_times
from sim.measures.curves import facts_curves
from sim.measures.limits import limit_measures
from sim.measures.measure import measure_facts, read_log
from sim.measures.observed import curves_of
from sim.plan import Plan, compile_plan
from sim.run import run_once
from sim.schema.tables import ObservedRow
from sim.texts.report import say
from sim.world import World
from sim.world_build import build_world
from sim.world_checks import refuse_wet_shelters


@dataclass(frozen=True)
class ScenarioPlayer:
    """Plays the plans of one world with one seed."""

    world: World
    plans: Mapping[str, Plan]
    seed: int
    townships: tuple[str, ...]
    limits: Limits

    def play(self, plan_id: str, replication: int) -> RunLog:
        """The log of one replication of one plan."""
        return run_once(self.world, self.plans[plan_id], self.seed, replication)

    def measure(self, plan_id: str, log: RunLog) -> tuple[dict[str, float], Curves]:
        """Measures of a log, and people against the clock, to draw and to lay reports over; with
        them how long actions took, to time drills by.

        Raises:
            BoundViolatedError: the run was faster than physics allows.
        """
        facts = read_log(self.world, log)
        plan = self.plans[plan_id]
        values = measure_facts(facts, plan) | limit_measures(self.limits, facts, plan, self.seed)
        reported = curves_of(self.world, log, self.townships)
        return values, {**facts_curves(facts), **reported, CURVE: action_times(facts)}

    def member(self, replication: int) -> int:
        """Hazard member of a replication: the engine's own draw, made again."""
        draws = Draws(self.seed, replication)
        return draws.weighted("hazard/member", self.world.hazard.weights)


def scenario_player(folder: ScenarioFolder, seed: int) -> ScenarioPlayer:
    """Build the world once, and compile every plan of the folder.

    Raises:
        InputError: the hazard cannot be built, or the water makes the scenario meaningless.
    """
    world = build_world(folder)
    refuse_wet_shelters(world)
    plans = {plan: compile_plan(world, plan) for plan in folder.plans}
    world.statics.prepare(plans.values())
    reports = folder.tables.get("observed", ())
    townships = {row.township for row in reports if isinstance(row, ObservedRow)}
    return ScenarioPlayer(world, plans, seed, tuple(sorted(townships)), Limits(world))


def identity_of(folder: ScenarioFolder, seed: int) -> Identity:
    """What a run folder remembers of a scenario."""
    return Identity(
        scenario=folder.id,
        path=folder.path,
        input_hash=folder.input_hash,
        seed=seed,
        files=file_hashes(folder.path),
        plans={plan: spec.model_dump(mode="json") for plan, spec in folder.plans.items()},
        versions=versions(),
        about=_about(folder),
    )


def _about(folder: ScenarioFolder) -> dict[str, Any]:
    spec, tables = folder.spec, folder.tables
    return {
        "name": _named(spec.name.model_dump(), folder.inputs),
        "inputs": folder.inputs,
        "clock_start": spec.clock_start,
        "horizon_min": spec.horizon_min,
        "zones": [[row.id, row.name] for row in _rows(tables, "zones")],
        "observed": [row.model_dump() for row in tables.get("observed", ())],
        "roads_estimated": folder.roads_estimated,
        "sources": list(spec.sources),
        "assumptions": list(spec.assumptions),
        "defaults_used": [_plain(value) for value in folder.defaults_used],
        "warnings": [_plain(problem) for problem in folder.warnings],
    }


def _named(name: dict[str, str], inputs: Inputs) -> dict[str, str]:
    """Name of the scenario; with other than base inputs it says so wherever it stands."""
    if inputs == "base":
        return name
    zh, en = say(f"inputs.{inputs}", "zh"), say(f"inputs.{inputs}", "en")
    return {"zh": f"{name['zh']}（{zh}）", "en": f"{name.get('en') or name['zh']} ({en})"}


def _rows(tables: Mapping[str, Any], name: str) -> tuple[Any, ...]:
    return tuple(tables.get(name, ()))


def _plain(record: object) -> dict[str, Any]:
    """A small dataclass as JSON values."""
    names = getattr(type(record), "__dataclass_fields__", {})
    values = {name: getattr(record, name) for name in names}
    return {
        name: value if isinstance(value, str | int | float | bool | None) else str(value)
        for name, value in values.items()
    }
