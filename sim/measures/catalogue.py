"""Every measure a run may give: its unit, what kind of number it is, which way is better.

The names are those of the public JSON; a measure that a scenario cannot give is absent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["amount", "share", "time"]
Better = Literal["lower", "higher"]


@dataclass(frozen=True)
class MeasureInfo:
    """What is known about a measure without any run.

    Attributes:
        unit: unit of its values: persons, share, min, km, person_h, trips, waves, calls (for help),
            count, m.
        kind: ``time`` may be +∞ (not reached); ``share`` lies between 0 and 1.
        better: which way is better for people; None where more is neither good nor bad.
    """

    unit: str
    kind: Kind = "amount"
    better: Better | None = None


MEASURES: dict[str, MeasureInfo] = {
    "out_before_cutoff_share": MeasureInfo("share", "share", "higher"),
    "rescued_share": MeasureInfo("share", "share", "lower"),
    "left_behind_at_cutoff": MeasureInfo("persons", better="lower"),
    "caught_by_hazard": MeasureInfo("persons", better="lower"),
    "exposure_person_h": MeasureInfo("person_h", better="lower"),
    "stranded": MeasureInfo("persons", better="lower"),
    "stranded_person_h": MeasureInfo("person_h", better="lower"),
    "harmed": MeasureInfo("persons", better="lower"),
    # Who is dug out alive is often hurt, so that fewer is not better.
    "hurt_badly": MeasureInfo("persons"),
    "hurt_lightly": MeasureInfo("persons"),
    "bus_share": MeasureInfo("share", "share"),
    "boat_share": MeasureInfo("share", "share", "lower"),
    "moved_by_bus": MeasureInfo("persons"),
    "moved_by_ambulance": MeasureInfo("persons"),
    "moved_by_car": MeasureInfo("persons"),
    "moved_on_foot": MeasureInfo("persons"),
    "moved_by_boat": MeasureInfo("persons", better="lower"),
    "moved_by_team": MeasureInfo("persons"),
    "safe_out": MeasureInfo("persons"),
    "safe_in_place": MeasureInfo("persons"),
    "unreached": MeasureInfo("persons"),
    "people_at_risk": MeasureInfo("persons"),
    "sheltered": MeasureInfo("persons"),
    "with_relatives": MeasureInfo("persons"),
    "refused": MeasureInfo("persons"),
    "returned": MeasureInfo("persons", better="lower"),
    "moved_unaffected": MeasureInfo("persons"),
    "t50_clock_min": MeasureInfo("min", "time", "lower"),
    "t90_clock_min": MeasureInfo("min", "time", "lower"),
    "t100_clock_min": MeasureInfo("min", "time", "lower"),
    "t90_margin_min": MeasureInfo("min", "time", "higher"),
    "order_clock_min": MeasureInfo("min", "time"),
    "told_t90_min": MeasureInfo("min", "time", "lower"),
    "registered_t90_min": MeasureInfo("min", "time", "lower"),
    "wait_for_bus_mean_min": MeasureInfo("min", better="lower"),
    "bus_seat_use": MeasureInfo("share", "share"),
    "bus_waves": MeasureInfo("waves"),
    "bus_km": MeasureInfo("km"),
    "boat_trips": MeasureInfo("trips", better="lower"),
    "shelter_overflow": MeasureInfo("persons", better="lower"),
    "failed_shelter_person_h": MeasureInfo("person_h", better="lower"),
    "moved_on": MeasureInfo("persons"),
    "moved_on_t90_min": MeasureInfo("min", "time", "lower"),
    "supplies_short_person_h": MeasureInfo("person_h", better="lower"),
    "first_team_on_site_p90_min": MeasureInfo("min", "time", "lower"),
    "full_response_p90_min": MeasureInfo("min", "time", "lower"),
    "incidents": MeasureInfo("calls", better="lower"),
    "incidents_unserved": MeasureInfo("calls", better="lower"),
    "died_waiting": MeasureInfo("persons", better="lower"),
    "report_within_1h_share": MeasureInfo("share", "share", "higher"),
    # The lines against a fire belong to the scenario, so plans do not differ in it.
    "burnt_permille": MeasureInfo("permille"),
    "efficiency": MeasureInfo("share", "share"),
}

COMPARED = tuple(
    name
    for name, info in MEASURES.items()
    # Minutes since a plan's own order would reward late orders, so they decide nothing.
    if info.better is not None and name not in ("told_t90_min", "registered_t90_min")
)
"""Measures by which plans are compared, the most telling first."""

HEADLINES = ("out_before_cutoff_share", "rescued_share")
MODES = ("bus", "ambulance", "car", "on_foot", "boat", "team")
"""How people left, for the split of modes: ``moved_by_bus`` … (on foot: ``moved_on_foot``)."""


def info_of(name: str) -> MeasureInfo:
    """What is known about a measure; one nobody described is a plain amount that may be +∞."""
    return MEASURES.get(name, MeasureInfo("", "time"))


def is_headline_name(name: str) -> bool:
    """Whether a stored name is a measure of the whole plan (not of one zone or target)."""
    return ":" not in name
