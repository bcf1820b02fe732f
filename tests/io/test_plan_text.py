"""A plan checked against a scenario that is read already."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import sim
from sim.io.plan_text import check_plan_text
from sim.io.scenario_folder import load_scenario
from sim.schema.problems import InputError, Problem

YUNLING = Path(str(sim.__file__)).resolve().parents[1] / "scenarios" / "yunling"
PLAN = b'name: {zh: a}\nwhen: {rules: [{signal: clock, at: "20:30", action: move}]}\n'
BREAKS = {
    "by the schema": {
        'orders_by: "county"': 'orders_by: "emperor"',
        "lead_h: 12": "lead_h: 99",
        "hold_min: 30": "hold_min: -5",
    },
    "against the scenario": {
        "tags: [": "zones: [NOWHERE], tags: [",
        'C0101: "AT01"': 'C9999: "ATXX"',
    },
}


def told(problems: tuple[Problem, ...]) -> set[tuple[object, ...]]:
    """Findings about plans, without what only a folder has."""
    return {
        (p.code, p.field, p.row, str(p.found), p.severity)
        for p in problems
        if p.file.startswith("plans/")
    }


@pytest.mark.parametrize("how", sorted(BREAKS))
def test_the_findings_are_those_of_check(how: str, copy_of_yunling: Path) -> None:
    """For a wrong plan the editor says word for word what ``yuyan check`` says."""
    file = copy_of_yunling / "plans" / "d_coaches_first.yaml"
    data = wrong = file.read_bytes()
    for good, bad in BREAKS[how].items():
        assert good.encode() in wrong
        wrong = wrong.replace(good.encode(), bad.encode(), 1)
    folder = load_scenario(copy_of_yunling, [])
    spec, found = check_plan_text(folder, wrong, "plans/d_coaches_first.yaml")
    file.write_bytes(wrong)
    with pytest.raises(InputError) as caught:
        load_scenario(copy_of_yunling, ["d_coaches_first"])
    file.write_bytes(data)
    assert spec is None
    assert told(found) == told(caught.value.problems)
    assert len([one for one in found if one.severity == "error"]) >= len(BREAKS[how])


def test_a_shipped_plan_is_good(copy_of_yunling: Path) -> None:
    """What can be played is handed out, with the same notes as the folder gives."""
    folder = load_scenario(copy_of_yunling)
    for name, plan in folder.plans.items():
        data = (copy_of_yunling / "plans" / f"{name}.yaml").read_bytes()
        spec, found = check_plan_text(folder, data, f"plans/{name}.yaml")
        assert spec == plan
        assert told(found) <= told(folder.warnings)


def test_without_its_scenario_only_the_plan_is_judged() -> None:
    """While the scenario cannot be read, names are not looked up, but the schema still holds."""
    spec, found = check_plan_text(None, PLAN, "plans/a.yaml")
    assert spec is not None and found == ()
    spec, found = check_plan_text(None, PLAN.replace(b"20:30", b"25:99"), "plans/a.yaml")
    assert spec is None and found[0].code == "clock.invalid"


@pytest.fixture(scope="module")
def copy_of_yunling(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Yunling where it can be written."""
    target = tmp_path_factory.mktemp("own") / "yunling"
    shutil.copytree(YUNLING, target, ignore=shutil.ignore_patterns("making", "*.py"))
    return target
