"""Plans and library values in planners' words."""

from __future__ import annotations

import pytest

from sim.experiment.compare import what_differs
from sim.io.defaults import behaviour_defaults
from sim.report.plan_words import difference_rows, entry_name, value_words
from sim.texts.report import Lang


@pytest.mark.parametrize(
    ("field", "zh", "en"),
    [
        ("when.rules[2].lead_h", "何时转 · 触发规则 第 2 条 · 预见期 h", "forecast lead, hours"),
        ("fleet.min_people", "车队 · 满几人派车", "fleet · people that call a bus"),
        ("fleet.staged.C1-1", "车队 · 前置 · C1-1", "fleet · staged · C1-1"),
        ("when.consult_min.median", "何时转 · 会商 · median", "when · consultation · median"),
    ],
)
def test_entry_names(field: str, zh: str, en: str) -> None:
    """A path of a plan reads as section, heading, number; ids and unknown keys stay as they are."""
    assert entry_name(field, "zh") == zh
    assert entry_name(field, "en").endswith(en)


def test_values() -> None:
    """Coded words are translated, what a planner wrote is not, distributions have numbers."""
    assert value_words(True, "zh") == "是"
    assert value_words("guarantee", "zh") == "保证"
    assert value_words("AT21", "zh") == "AT21"
    assert value_words(12.0, "en") == "12"
    assert value_words(None, "zh") == "（未写）"
    triangle = {"dist": "triangular", "low": 0.5, "mode": 2, "high": 4, "per": "replication"}
    assert value_words(triangle, "zh") == "最可能 2（0.5～4）（每次预演抽一个）"
    assert (
        value_words({"dist": "weibull_cdf", "a": 1.5, "b": 2}, "en")
        == "dist: weibull_cdf, a: 1.5, b: 2"
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whole_library_is_said(lang: Lang) -> None:
    """No value of the shipped library is printed as program text."""
    for one in behaviour_defaults():
        text = value_words(one.value, lang)
        assert text and not set(text) & set("{}[]'"), one.name


def test_rows_tell_together_what_belongs_together() -> None:
    """One line per rule, one line for a long list, one line per entry of its own."""
    rule = {"signal": "forecast_level", "lead_h": 12, "tags": ["干流"]}
    staged = {f"C{n}": f"AT{n}" for n in range(1, 8)}
    plan = {"when": {"rules": [rule]}, "fleet": {"rule": "slack", "staged": staged}}
    base = {"when": {"rules": [{"signal": "observed_level"}]}, "fleet": {"rule": "nearest"}}
    rows = list(difference_rows(what_differs(plan, base), "zh"))
    assert rows == [
        ("何时转 · 触发规则 第 1 条", "信号 预报水位，预见期 h 12，标签 干流", "信号 实测水位"),
        ("车队 · 派车规则", "先去最紧的", "就近"),
        ("车队 · 前置", "C1→AT1、C2→AT2、C3→AT3 等 7 项", "（未写）"),
    ]
