"""Forces and supplies as planners mistype them: said in their words, with row and field."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.io.scenario_folder import load_scenario
from sim.schema.problems import InputError, Problem
from sim.texts.errors import render

EMERGENCIES = (
    "id,name,per_day,needs,work_min,work_p90_min,full\nE,急症,{day},{needs},15,{p90},{full}\n"
)
TEAMS = "id,name,station,skills\nT1,县消防一队,ST1,{skills}\n"


def said(folder: Path) -> list[Problem]:
    """Everything said of a folder, errors or notes."""
    try:
        return list(load_scenario(folder).warnings)
    except InputError as error:
        return list(error.problems)


def emergencies(folder: Path, **changes: str) -> list[Problem]:
    """What is said of one kind of emergency beside one team of two medics."""
    values = {"day": "1", "needs": "medical:1", "p90": "30", "full": "", "skills": "medical:2"}
    values |= changes
    (folder / "emergencies.csv").write_text(EMERGENCIES.format(**values), encoding="utf-8")
    (folder / "teams.csv").write_text(TEAMS.format(**values), encoding="utf-8")
    return [one for one in said(folder) if one.file in ("emergencies.csv", "teams.csv")]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({}, "", ""),
        ({"needs": "medical"}, "text.amounts", "needs"),
        ({"needs": "medical：1"}, "text.amounts", "needs"),
        ({"skills": "medical:0"}, "text.amounts", "skills"),
        ({"needs": "medical:1;medical:2"}, "amounts.twice", "needs"),
        ({"skills": "medical:1;medical:2"}, "amounts.twice", "skills"),
        ({"needs": "飞行:1"}, "emergency.beyond_teams", "needs"),
        ({"full": "medical:9"}, "emergency.beyond_teams", "full"),
        ({"needs": "medical:2", "full": "medical:1"}, "emergency.full_less", None),
        ({"p90": "10"}, "emergency.p90", None),
        ({"day": "0"}, "emergency.per_day", None),
    ],
)
def test_a_slip_in_a_table_of_forces_is_named(
    tiny_folder: Path, changes: dict[str, str], code: str, field: str | None
) -> None:
    """One finding with its row, its field where there is one, and a Chinese sentence without any
    English word of ours; nothing where nothing is wrong."""
    found = emergencies(tiny_folder, **changes)
    if not code:
        assert found == []
        return
    assert [one.code for one in found] == [code]
    assert (found[0].row, found[0].field) == (2, field)
    assert "must" not in render(found[0], "zh") and "{" not in render(found[0], "zh")


@pytest.fixture
def goods(tiny_folder: Path) -> Callable[..., list[Problem]]:
    """Writes a store, its items and plans that send them; gives what is said of them."""

    def write(items: str, supplies: bool = True) -> list[Problem]:
        header, first, *_ = (tiny_folder / "depots.csv").read_text("utf-8").splitlines()
        x, y = (first.split(",")[header.split(",").index(name)] for name in ("x", "y"))
        (tiny_folder / "stores.csv").write_text(f"id,name,x,y\nC,县库,{x},{y}\n", "utf-8")
        (tiny_folder / "items.csv").write_text(f"id,store,name,stock,unit\n{items}", "utf-8")
        if supplies:
            for plan in (tiny_folder / "plans").glob("*.yaml"):
                plan.write_text(plan.read_text("utf-8") + "supplies: {approve_min: 5}\n", "utf-8")
        codes = ("item.no_standard", "plan.no_supplies")
        return [one for one in said(tiny_folder) if one.code in codes]

    return write


@pytest.mark.parametrize(("unit", "told"), [("升", False), ("箱", False), ("瓶", True), ("", True)])
def test_an_item_in_a_unit_without_a_standard_is_told(
    goods: Callable[..., list[Problem]], unit: str, told: bool
) -> None:
    """Water in bottles would stay in the store without a word; told once however many rows."""
    found = goods(f"1,C,饮用水,60,{unit}\n2,C,饮用水,20,{unit}\n3,C,发电机,1,台\n")
    assert [(one.code, one.row, one.allowed) for one in found] == (
        [("item.no_standard", 2, "升, 箱")] if told else []
    )


def test_a_plan_that_sends_nothing_is_told(goods: Callable[..., list[Problem]]) -> None:
    """Every plan with supplies and no items to send, at the line of its section."""
    found = goods("")
    assert {one.code for one in found} == {"plan.no_supplies"}
    assert len(found) > 1 and all(one.row and one.severity == "warning" for one in found)
