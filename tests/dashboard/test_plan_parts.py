"""Pieces of the plan page: the schema as a form, tables, spreads, the map, drafts on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from dashboard.app_pages.plans_map import merged
from dashboard.plan_fields import SMALL, Entry, basics, entries, sections
from dashboard.plan_files import PlanOnDisk, plan_paths, read_plan
from dashboard.plan_form import name_of, rows_of
from dashboard.plan_form_spread import SHAPES, as_mapping, as_written, other_shape
from dashboard.plan_form_tables import edited
from dashboard.plan_map import both_ways, map_spec, outward, sketch
from dashboard.plan_names import REFERS, KnownNames
from sim.io.scenario_folder import ScenarioFolder, load_scenario
from sim.schema.base import Frozen, Share
from sim.schema.distributions import DurationMin, constant
from sim.schema.plan import PlanSpec, Stop
from sim.schema.plan_when import When
from sim.schema.scenario import ClockTime
from sim.texts.plan_help import HELP, NEW_ITEMS, ONE_OF, ONLY_WITH


class Novelty(Frozen):
    """Every kind of field that a plan may get one day."""

    note: str = ""
    on: bool = True
    count: int = Field(1, ge=1, le=9)
    share: Share | None = None
    kind: Literal["a", "b"] = "a"
    level: Literal["warning"] | float | None = None
    at: ClockTime | None = None
    wait_min: DurationMin = constant(5)
    zones: tuple[str, ...] = ()
    ways: tuple[Literal["x", "y"], ...] = ("x",)
    staged: dict[str, str] = Field({})
    trips: dict[str, tuple[Stop, ...]] = Field({})
    stop: Stop | None = None
    stops: tuple[Stop, ...] = ()
    numbers: tuple[float, ...] = ()
    anything: dict[str, object] | None = None  # a table as long as texts stand in it


def test_the_shift_of_all_orders_says_which_sign_is_earlier() -> None:
    """In the name of the entry itself, in both languages: nobody has to find the help."""
    entry = next(one for one in entries(When) if one.name == "shift_min")
    assert "负数=提前" in name_of(entry, "zh") and not name_of(entry, "zh").endswith("分钟")
    assert "negative is earlier" in name_of(entry, "en")


KINDS = [
    *("text", "yes_no", "whole", "number", "choice", "choice_or_number", "clock", "spread"),
    *("names", "choices", "pairs", "trips", "model", "items", "free", "pairs"),
]


def test_a_new_field_finds_its_form_by_itself() -> None:
    """Each kind of field is recognised, its limits and default are told, and nothing is lost."""
    found = {one.name: one for one in entries(Novelty)}
    assert [one.kind for one in found.values()] == KINDS
    assert found["count"].limits == ("≥ 1", "≤ 9")
    assert found["share"].limits == ("≥ 0", "≤ 1")
    assert (found["wait_min"].default, found["share"].default) == (5, None)
    assert found["level"].options == ("warning",)


def every_entry(model: type[Frozen] = PlanSpec) -> list[Entry]:
    """All fields of a plan, however deep."""
    found = []
    for one in entries(model):
        found.append(one)
        if one.model is not None:
            found += every_entry(one.model)  # type: ignore[arg-type]
    return found


def test_the_page_has_a_place_for_every_field_of_a_plan() -> None:
    """Basics and sections together are the whole plan, each once."""
    names = [one.name for one in (*basics(), *sections())]
    assert sorted(names) == sorted(PlanSpec.model_fields)


def test_words_and_rules_speak_of_fields_that_exist() -> None:
    """No help, no rule and no list of names is left over from a field that is gone."""
    known = {f"{one.owner}.{one.name}" for one in every_entry()}
    names = {one.name for one in every_entry()}
    owners = {one.owner for one in every_entry()}
    assert {key for key in HELP if key.partition(".")[0] in owners} <= known
    assert set(ONLY_WITH) <= known
    assert {key for key in REFERS if "." in key} <= known
    assert {key for key in REFERS if "." not in key} <= names
    models = {one.model.__name__: one.model for one in every_entry() if one.model is not None}
    for name, first in NEW_ITEMS.items():
        models[name].model_validate(first)
    for name, each in ONE_OF.items():
        assert set(each) == set(models[name].model_fields)
        for field, value in each.items():
            models[name].model_validate({field: value})


@pytest.mark.parametrize("wide", [2, 3, 4])
def test_no_entry_is_left_out_of_the_rows(wide: int) -> None:
    """Every field of every model stands in exactly one row, in order, no row too wide."""
    for model in {one.model for one in every_entry() if one.model is not None}:
        rows = rows_of(entries(model), wide)
        assert [one for row in rows for one in row] == list(entries(model))
        assert all(len(row) <= wide for row in rows)
        assert all(len(row) == 1 or row[0].kind in (*SMALL, "names") for row in rows)


@given(st.sampled_from(sorted(SHAPES)), st.sampled_from(sorted(SHAPES)), st.floats(0.5, 500))
def test_any_shape_becomes_a_valid_other_one(first: str, second: str, middle: float) -> None:
    """Whatever the shape was, the new one is a distribution the schema takes, with its level."""
    before = {**other_shape({"dist": "constant", "value": middle}, first), "per": "zone"}
    after = as_written(other_shape(before, second))
    assert isinstance(after, dict) and after["per"] == "zone"

    class Holder(Frozen):
        wait_min: DurationMin

    assert Holder.model_validate({"wait_min": after}).wait_min.dist == second


def test_a_fixed_number_is_written_as_a_number() -> None:
    """No one has to read ``{dist: constant, value: 20}``."""
    assert as_written(as_mapping(20)) == 20
    assert as_written({"dist": "constant", "value": 20, "per": "zone"}) != 20


def test_rows_of_a_table_are_changed_added_and_removed() -> None:
    """The record of Streamlit is followed: changed cells, gone rows, new rows at the end."""
    rows = [{"who": "C1", "where": "A1"}, {"who": "C2", "where": "A2"}]
    change = {
        "edited_rows": {0: {"where": "A9"}},
        "deleted_rows": [1],
        "added_rows": [{"who": "C3", "where": "A3"}, {"who": "C4"}],
    }
    assert edited(rows, change) == [
        {"who": "C1", "where": "A9"}, {"who": "C3", "where": "A3"}, {"who": "C4"},
    ]  # fmt: skip
    assert rows[0]["where"] == "A1"


@pytest.fixture
def tiny(tiny_folder: Path) -> ScenarioFolder:
    return load_scenario(tiny_folder)


def test_names_are_those_of_the_scenario(tiny: ScenarioFolder) -> None:
    """Zones with their names, vehicles one by one, places to wait at, both ways of a road."""
    known = KnownNames(tiny, "zh")
    assert known.of("zones") == {"ZA": "河边 · ZA", "ZB": "溪口 · ZB"}
    assert known.of("townships") == {"小河乡": "小河乡"}
    assert {"A1", "D1", "S1"} <= set(known.of("waiting"))
    assert "M-1" in known.of("vehicles")
    assert set(known.of("edges")) == set(tiny.roads.edge_ids)  # type: ignore[union-attr]
    assert KnownNames(None, "zh").of("zones") == {}


def test_roads_are_drawn_once_and_taken_both_ways(tiny: ScenarioFolder) -> None:
    """One line for both directions; picking takes both, taking back takes both, and a road that
    becomes one-way is taken towards a shelter or an exit."""
    lines = sketch(tiny, "edges")
    assert lines.are_roads
    edges = list(tiny.roads.edge_ids)  # type: ignore[union-attr]
    here = {str(one["id"]) for one in lines.things}
    pairs = {frozenset(both_ways(tiny, one)) for one in edges}
    assert len(here) == len(pairs) < len(edges)
    first = next(one for one in sorted(here) if len(both_ways(tiny, one)) == 2)
    taken = merged(tiny, [], [first], here, one_way=False)
    assert taken == both_ways(tiny, first)
    assert merged(tiny, ["elsewhere", *taken], [], here, one_way=False) == ["elsewhere"]
    assert merged(tiny, taken, [first], here, one_way=False) == taken
    assert merged(tiny, [], [first], here, one_way=True) == [outward(tiny, first)]
    assert {outward(tiny, one) for one in both_ways(tiny, first)} == {outward(tiny, first)}


def test_places_to_wait_at_are_on_the_map(tiny: ScenarioFolder) -> None:
    """Every place at which somebody may wait can be clicked; for one team, one of them."""
    found = sketch(tiny, "waiting")
    assert {str(one["id"]) for one in found.things} == set(KnownNames(tiny, "zh").of("waiting"))
    one, many = (map_spec(found, ["A1"], {"name": "x"}, single) for single in (True, False))
    toggles = [layer["params"][0]["select"]["toggle"] for spec in (one, many)
               for layer in spec["layer"] if "params" in layer]  # fmt: skip
    assert toggles == [False, "true"]


def test_the_map_asks_nobody(tiny: ScenarioFolder) -> None:
    """The chart carries its data; neither a tile nor a file is named in it."""
    for what in ("zones", "shelters", "edges"):
        text = str(map_spec(sketch(tiny, what), ["ZA"], {"name": "x"}))
        assert "http" not in text and "url" not in text


def test_a_plan_behind_a_link_out_of_the_folder_is_not_listed(tiny_folder: Path) -> None:
    """What leads out of the scenario can be neither read nor written from the page."""
    outside = tiny_folder.parent / "outside.yaml"
    outside.write_text("name: {zh: x}\n", encoding="utf-8")
    (tiny_folder / "plans" / "evil.yaml").symlink_to(outside)
    assert list(plan_paths(tiny_folder)) == ["early", "late"]


def test_a_file_with_doubtful_notation_is_not_usable(tmp_path: Path) -> None:
    """What the strict reader had to guess at is never written back."""
    file = tmp_path / "a.yaml"
    for text in ("a: 8:30\n", "a: &x 1\n", "a: 1\na: 2\n", "[1]\n", ""):
        file.write_text(text, encoding="utf-8")
        found: PlanOnDisk = read_plan(file)
        assert not found.usable
