"""One plan as text against a scenario that is read already: what ``yuyan check`` says, at once.

An editor asks after every keystroke; reading the whole folder again would take seconds.
"""

from __future__ import annotations

from sim.io.checked import Checked
from sim.io.checks_plans import check_plan
from sim.io.documents import read_plan_yaml
from sim.io.folder_plans import PlanFile
from sim.io.limits import tidy
from sim.io.scenario_folder import SCENARIO, ScenarioFolder
from sim.io.tables import Table
from sim.io.yaml_strict import YamlFile
from sim.schema.plan import PlanSpec
from sim.schema.problems import Problem


def check_plan_text(
    folder: ScenarioFolder | None, data: bytes, file: str
) -> tuple[PlanSpec | None, tuple[Problem, ...]]:
    """The plan, if it can be played, and every finding about it, errors first.

    Args:
        folder: the scenario it belongs to; None while that has errors itself: then only what
            stands in the plan is checked, not the names it uses.
        data, file: content and name of the file, e.g. ``plans/early.yaml``.
    """
    spec, source = read_plan_yaml(data, file)
    found = list(source.problems)
    if spec is not None and folder is not None:
        found += check_plan(_checked(folder), PlanFile(file, spec, source))
    problems = tuple(tidy(found))
    return (None if any(p.severity == "error" for p in problems) else spec), problems


def _checked(folder: ScenarioFolder) -> Checked:
    """The folder as the cross checks want it."""
    tables = {
        name: Table(
            name,
            folder.files[name],
            rows,
            folder.rows[name],
            frozenset(str(row.id) for row in rows if hasattr(row, "id")),
        )
        for name, rows in folder.tables.items()
    }
    source = YamlFile(SCENARIO)
    return Checked(folder.spec, source, tables, {}, folder.roads, folder.work_crs, [])
