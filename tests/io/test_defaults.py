"""The library fills what a scenario leaves out, and says so."""

from __future__ import annotations

from sim.io.defaults import behaviour_defaults, merge_defaults
from sim.schema.scenario import Behaviour
from sim.texts.labels import CONFIDENCE


def test_library_alone_is_a_complete_behaviour() -> None:
    """A scenario without a behaviour section is playable: the library holds every value."""
    merged, used = merge_defaults(None)
    Behaviour.model_validate(merged)
    assert used == behaviour_defaults()


def test_every_value_names_source_and_confidence() -> None:
    """No number without a word on where it comes from (trap 5)."""
    for item in behaviour_defaults():
        assert item.source and item.confidence and item.unit, item.name


def test_every_value_has_words_for_planners() -> None:
    """Name and confidence of every library value can be read in Chinese and English."""
    for item in behaviour_defaults():
        assert item.label("zh") != item.name and item.label("en") != item.name, item.name
        assert item.confidence in CONFIDENCE, item.name
    by_name = {item.name: item for item in behaviour_defaults()}
    assert by_name["tell.call_min"].label("zh") == "一次通话"


def test_own_values_win_whole() -> None:
    """A scenario's distribution replaces the library's; no key of the two is mixed."""
    merged, used = merge_defaults({"tell": {"call_min": {"dist": "uniform", "low": 1, "high": 2}}})
    assert isinstance(merged, dict) and isinstance(merged["tell"], dict)
    assert merged["tell"]["call_min"] == {"dist": "uniform", "low": 1, "high": 2}
    assert "tell.call_min" not in {item.name for item in used}
    assert len(used) == len(behaviour_defaults()) - 1


def test_wrong_section_is_left_for_the_schema() -> None:
    """A list where a section belongs is passed on unchanged, so that it is reported as written."""
    assert merge_defaults([1]) == ([1], ())
    merged, _ = merge_defaults({"tell": 3})
    assert isinstance(merged, dict) and merged["tell"] == 3
