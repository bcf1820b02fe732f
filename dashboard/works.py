"""From a scenario that was read to the job that plays it."""

from __future__ import annotations

from dashboard.frame import Frame
from dashboard.jobs import Work
from dashboard.store_scenarios import identity, run_folder
from sim.io.scenario_folder import ScenarioFolder


def work_of(frame: Frame, folder: ScenarioFolder, n: int, seed: int) -> Work:
    """The job that plays the plans of a scenario that was read."""
    wanted = identity(folder, seed)
    return Work(
        "run",
        str(folder.path),
        tuple(folder.plans),
        n,
        seed,
        str(run_folder(frame.settings.home, wanted)),
        wanted.about["name"],
        frame.lang,
        folder.inputs,
    )
