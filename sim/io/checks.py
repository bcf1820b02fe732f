"""All cross checks of a scenario folder in one call."""

from __future__ import annotations

from sim.io.checked import Checked
from sim.io.checks_forces import check_forces
from sim.io.checks_outages import check_outages
from sim.io.checks_people import check_people
from sim.io.checks_places import check_places
from sim.io.checks_plans import check_plan
from sim.io.checks_references import check_references
from sim.io.checks_roads import check_roads
from sim.io.checks_traffic import check_crashes
from sim.schema.problems import Problem


def check_all(folder: Checked) -> list[Problem]:
    """References, head-counts, places, roads and plans against each other."""
    problems = check_references(folder) + check_people(folder) + check_places(folder)
    if folder.roads is not None:
        problems += check_roads(folder)
    problems += check_crashes(folder)
    problems += check_forces(folder)
    problems += check_outages(folder)
    for plan in folder.plans.values():
        problems += check_plan(folder, plan)
    return problems
