"""The shipped values of hazards: each with source and confidence, each used by a model."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

import sim
from sim.schema.distributions import Mixture, Uniform
from sim.schema.hazard_landslide import RainThreshold, Slope
from sim.schema.hazard_quake import Attenuation, EarthquakeSpec, Inside
from sim.schema.hazard_typhoon import Trees, WindRules
from sim.schema.library import KindDefaults, shipped_values

SCHEMA = Path(str(sim.__file__)).parent / "schema"
FILES = {"earthquake": "quake", "landslide": "landslide", "typhoon": "typhoon"}


def test_every_row_says_where_it_comes_from() -> None:
    """Unit, source and confidence are filled in; what nobody measured is called a judgement."""
    for name, row in shipped_values().items():
        assert row.unit and row.source, name
        assert row.confidence in ("high", "medium", "low", "judgement"), name
        assert row.confidence == "judgement" or "none found" not in row.source, name


def test_every_row_is_used_and_every_use_has_a_row() -> None:
    """The keys that models ask for are the rows of their kind, no more and no fewer."""
    for kind, file in FILES.items():
        text = (SCHEMA / f"hazard_{file}.py").read_text(encoding="utf-8")
        asked = set(re.findall(r'_OF\.\w+\("([^"]+)"\)', text))
        rows = {name.removeprefix(f"{kind}.") for name in shipped_values() if
                name.startswith(f"{kind}.")}  # fmt: skip
        assert asked == rows


def test_models_hold_the_published_numbers() -> None:
    """Caine's curve, the relation of 1983, force 9 for coaches: as tabled."""
    assert (RainThreshold().alpha, RainThreshold().beta) == (14.82, 0.39)
    law = Attenuation()
    assert (law.a, law.b, law.c, law.d, law.e) == (0.92, 1.63, 3.49, 0.24, 1.29)
    assert WindRules().coach == WindRules().truck == 20.8 and Trees().cleared_h == 8
    assert Slope(id="S", course=((0.0, 0.0),), width_m=10).speed_m_s == 8
    spec = EarthquakeSpec(kind="earthquake", at_min=60, epicentre=(0.0, 0.0), magnitude=6)
    assert sum(one.share for one in spec.buildings) == pytest.approx(1)


def test_who_is_buried_lives_as_long_as_at_tangshan() -> None:
    """Of those dug out 99.3 % lived within half an hour, then 81, 53.7, 36.7, 19 and 7.4 % on the
    first five days."""
    lives, alive, curve = Inside().lives_h, 1.0, {}
    assert isinstance(lives, Mixture)
    for part in lives.parts:
        assert isinstance(part.of, Uniform)
        alive -= part.share
        curve[part.of.high] = alive
    known = {0.5: 0.993, 24: 0.81, 48: 0.537, 72: 0.367, 96: 0.19, 120: 0.074, 240: 0}
    assert curve == pytest.approx(known, abs=1e-9)


def test_a_value_of_another_form_is_refused() -> None:
    """A curve is no number, and a row that is not there is no value."""
    with pytest.raises(ValidationError):
        KindDefaults("earthquake").number("slides")
    with pytest.raises(KeyError):
        KindDefaults("earthquake").number("nothing")
