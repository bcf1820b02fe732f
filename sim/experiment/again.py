"""The scenario of a run, read again as it was played."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.io.scenario_folder import ScenarioFolder, load_scenario


def scenario_of(document: Mapping[str, Any], plans: Sequence[str] | None = None) -> ScenarioFolder:
    """The scenario that ``run.json`` names, with the plans of the run or with some plans.

    Whether it still says the same is for the caller to see: compare ``input_hash``.

    Raises:
        InputError: it cannot be read any more.
    """
    scenario = document["scenario"]
    wanted = list(document["plans"]) if plans is None else plans
    return load_scenario(Path(scenario["path"]), wanted, scenario.get("inputs", "base"))
