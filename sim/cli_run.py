"""``yuyan run``: play what is missing, then show."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from sim.cli_progress import progress_bar
from sim.cli_show import show
from sim.experiment.identity import Identity
from sim.experiment.replicate import Request, run_experiment
from sim.experiment.scenario_player import identity_of, scenario_player
from sim.io.doubt import Inputs
from sim.io.scenario_folder import load_scenario
from sim.texts.cli_messages import message
from sim.texts.errors import Lang


@dataclass(frozen=True)
class RunOptions:
    """What was asked for on the command line."""

    scenario: Path
    plans: list[str] | None
    n: int
    seed: int
    workers: int
    cluster: str | None
    out: Path | None
    inputs: Inputs
    json: bool
    lang: Lang


def run(options: RunOptions) -> None:
    """Play what is missing, then show the run."""
    if sys.stderr.isatty():
        print(message("building", options.lang), file=sys.stderr)
    folder = load_scenario(options.scenario, options.plans, options.inputs)
    player = scenario_player(folder, options.seed)
    identity = identity_of(folder, options.seed)
    out = options.out or default_folder(identity)
    request = Request(options.n, out, options.workers, options.cluster)
    with progress_bar(options.lang) as tell:
        played = run_experiment(player, identity, request, tell)
    show(played, None, options.json, options.lang)


def default_folder(identity: Identity) -> Path:
    """``runs/<scenario>-<input hash>-<seed>`` below the present folder."""
    return Path("runs") / f"{identity.scenario}-{identity.input_hash[:8]}-{identity.seed}"
