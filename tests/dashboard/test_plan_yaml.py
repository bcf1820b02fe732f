"""Plans as text: what is written means what was meant, and what nobody touched stays."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from dashboard.plan_fields import sections
from dashboard.plan_yaml import plan_text
from sim.io.documents import read_plan_yaml
from sim.io.yaml_strict import read_yaml

SHIPPED = sorted(
    (Path(str(sim.__file__)).resolve().parents[1] / "scenarios").glob("**/plans/*.yaml")
)
NASTY = ("20:30", "044000", "=1+1", "<script>", "true", "~", "- x", "a: b", "# no", "二\n行", " ")

words = st.one_of(st.sampled_from(NASTY), st.text(st.characters(codec="utf-8"), max_size=12))
scalars = st.one_of(
    words,
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
)
keys = st.one_of(st.sampled_from(("C0101", "044000", "20:30", "no", "村")), words)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
    max_leaves=8,
)


def read(text: str) -> dict[str, Any]:
    """The content as the strict reader finds it, without a single finding."""
    found = read_yaml(text.encode(), "x.yaml")
    assert found.problems == [] and found.value is not None
    return found.value


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: f"{file.parents[1].name}-{file.stem}")
def test_shipped_plans_come_back_as_they_were(file: Path) -> None:
    """Unchanged, a shipped plan keeps every byte below a line that forbids changes; written from
    nothing it still is the same plan."""
    text = file.read_text(encoding="utf-8")
    value = read(text)
    kept = plan_text(value, text)
    generated = "make.py" in text.splitlines()[0]
    assert kept.splitlines()[generated:] == text.splitlines()[generated:]
    assert "make.py" not in kept
    before, _ = read_plan_yaml(text.encode(), file.name)
    after, _ = read_plan_yaml(plan_text(value).encode(), file.name)
    assert before is not None and before == after


@settings(max_examples=60, deadline=None)
@given(
    file=st.sampled_from(SHIPPED),
    section=st.sampled_from([one.name for one in sections()]),
    value=values,
)
def test_a_changed_section_changes_nothing_else(file: Path, section: str, value: Any) -> None:
    """Whatever is put into one section is read back, and the lines of the others stay."""
    text = file.read_text(encoding="utf-8")
    old = read(text)
    new = {**old, section: value}
    made = plan_text(new, text)
    assert read(made) == new
    for name in old:
        if name != section:
            line = next(one for one in text.splitlines() if one.startswith(f"{name}:"))
            assert line in made.splitlines()


def test_comments_and_layout_of_what_stays_are_kept() -> None:
    """A comment beside an entry, the quotes and the flow style survive a change next to them."""
    text = (
        "name: {zh: 甲}   # the name\n\n# about the order\nwhen:\n  rules:\n"
        "    - {signal: clock, at: '20:30', action: move}  # not later\n  shift_min: 0\n"
        "# the fleet\nfleet:\n  hold_min: 20  # as agreed\n  staged: {C1: A1}\n"
    )
    value = deepcopy(read(text))
    value["when"]["shift_min"] = -30
    value["fleet"]["staged"]["044000"] = "A2"
    made = plan_text(value, text)
    for kept in ("# the name", "# about the order", "at: '20:30'", "# not later", "# the fleet",
                 "hold_min: 20  # as agreed"):  # fmt: skip
        assert kept in made
    assert read(made) == value


def test_new_and_removed_sections_stand_in_the_order_of_the_schema() -> None:
    """A new section goes where the schema has it, one that is gone leaves nothing behind."""
    text = (
        "name: {zh: 甲}\nwhen: {rules: [{signal: clock, at: '20:30', action: move}]}\ntargets: []\n"
    )
    value = {**read(text), "fleet": {"rule": "slack"}, "authority": {}}
    del value["targets"]
    made = plan_text(value, text)
    heads = [line.partition(":")[0] for line in made.splitlines() if not line.startswith(" ")]
    assert heads == ["name", "authority", "when", "fleet"]


def test_another_layout_is_no_obstacle() -> None:
    """A file in one line, with Windows ends or a mark in front is written as a plain one."""
    text = '{name: {zh: 甲}, when: {rules: [{signal: clock, at: "20:30", action: move}]}}\r\n'
    value = {**read(text), "note": "x"}
    assert read(plan_text(value, text)) == value
    assert read(plan_text(value, "\ufeff" + text)) == value
