"""Whether there is somewhere to wait, something to ride in and somewhere to go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from sim.clock import MS_PER_MIN, next_clock_time, parse_clock_start
from sim.io.checked import Checked
from sim.schema.problems import Problem
from sim.schema.tables import (
    AssemblyPointRow,
    DepotRow,
    ExitRow,
    FacilityRow,
    GroupRow,
    ObservedRow,
    SettlementRow,
    ShelterRow,
    StationRow,
    VehicleRow,
    ZoneRow,
)

SUPPLY_TABLES = ("stores", "items")
"""Played only under a plan with a ``supplies`` section."""


def check_places(folder: Checked) -> list[Problem]:
    """Zones with people and assembly points, shelters with places, observed clock times."""
    return [
        *_zones(folder),
        *_assembly(folder),
        *_means(folder),
        *_patients(folder),
        *_observed(folder),
        *_positions(folder),
        *(
            Problem("table.not_simulated", folder.file(name), severity="warning")
            for name in SUPPLY_TABLES
            if name in folder.tables and not _supplied(folder)
        ),
    ]


def _supplied(folder: Checked) -> bool:
    """Whether any plan says how supplies come to the shelters."""
    return any(plan.spec.supplies is not None for plan in folder.plans.values())


def _coach_share(folder: Checked, home: SettlementRow) -> float:
    """Share that goes by coach, with those who would stay upstairs but have no safe floor."""
    given = (
        home.share_in_place, home.share_relatives, home.share_village_shelter, home.share_coach
    )  # fmt: skip
    behaviour = folder.spec.behaviour
    unset = all(share is None for share in given)
    stay = behaviour.share_in_place if unset else home.share_in_place or 0.0
    coach = behaviour.share_coach if unset else home.share_coach or 0.0
    if home.high_ground_min is None:
        coach += max(0.0, stay - home.safe_upper_floor_share)
    return coach


def _zones(folder: Checked) -> Iterator[Problem]:
    homes = Counter(row.zone for _, row in folder.rows("settlements", SettlementRow))
    homes.update(row.zone for _, row in folder.rows("facilities", FacilityRow))
    if not (folder.complete("settlements") and folder.complete("facilities")):
        return  # a zone may be empty only because its settlement's row has a slip
    for number, zone in folder.rows("zones", ZoneRow):
        if not homes[zone.id]:
            file = folder.file("zones")
            yield Problem("zone.nobody", file, number, "id", zone.id, severity="warning")
    at_risk = sum(count for zone_id, count in homes.items() if zone_id)
    if not at_risk and folder.zones:
        yield Problem("people.none_at_risk", folder.file("settlements"), None, "zone")


def _assembly(folder: Checked) -> Iterator[Problem]:
    """Whoever shall go by coach needs an assembly point in his zone or by name."""
    served = {row.zone for _, row in folder.rows("assembly_points", AssemblyPointRow)}
    for number, home in folder.rows("settlements", SettlementRow):
        needs = home.zone in folder.ids("zones") and _coach_share(folder, home) > 0
        if needs and not home.assembly_point and home.zone not in served:
            file = folder.file("settlements")
            yield Problem("zone.no_assembly_point", file, number, "assembly_point", home.zone)
    for number, facility in folder.rows("facilities", FacilityRow):
        needs = facility.zone in folder.ids("zones") and facility.way_out == "coach"
        if needs and facility.zone not in served:
            file = folder.file("facilities")
            yield Problem("zone.no_assembly_point", file, number, "zone", facility.zone)


def _means(folder: Checked) -> Iterator[Problem]:
    """Shelters with places, exits for relatives, vehicles for the assembly points."""
    places = 0
    for number, shelter in folder.rows("shelters", ShelterRow):
        places += shelter.capacity
        if not shelter.capacity:
            file = folder.file("shelters")
            yield Problem("shelter.no_places", file, number, "capacity", 0, "> 0", "warning")
    exits = len(list(folder.rows("exits", ExitRow)))
    if not places and not exits and not (folder.ids("shelters") | folder.ids("exits")):
        yield Problem("places.nowhere_to_go", folder.file("shelters"))
    homes = [home for _, home in folder.rows("settlements", SettlementRow) if home.zone]
    if not exits and any(home.share_relatives != 0 for home in homes):
        yield Problem("places.no_exit", folder.file("exits"), severity="warning")
    vehicles = [row.vehicle_class for _, row in folder.rows("vehicles", VehicleRow)]
    if not vehicles and any(_coach_share(folder, home) > 0 for home in homes):
        yield Problem("places.no_vehicle", folder.file("vehicles"), severity="warning")


def _patients(folder: Checked) -> Iterator[Problem]:
    """Bedridden people need an ambulance and a hospital; village shelters are walked to."""
    beds = [row for _, row in folder.rows("groups", GroupRow) if row.needs == "ambulance"]
    wards = [row for _, row in folder.rows("facilities", FacilityRow) if row.ambulance_share > 0]
    kinds = {row.kind for _, row in folder.rows("shelters", ShelterRow)}
    classes = {row.vehicle_class for _, row in folder.rows("vehicles", VehicleRow)}
    if (beds or wards) and classes and "ambulance" not in classes:
        yield Problem(
            "places.no_ambulance", folder.file("vehicles"), None, "class", severity="warning"
        )
    if (beds or wards) and kinds and "hospital" not in kinds:
        yield Problem(
            "places.no_hospital", folder.file("shelters"), None, "kind", severity="warning"
        )
    homes = [home for _, home in folder.rows("settlements", SettlementRow) if home.zone]
    if not kinds and any((home.share_village_shelter or 0) > 0 for home in homes):
        yield Problem("places.no_shelter", folder.file("shelters"), severity="warning")


def _observed(folder: Checked) -> Iterator[Problem]:
    try:
        start: datetime = parse_clock_start(folder.spec.clock_start)
    except ValueError:
        return
    townships = {zone.township for zone in folder.zones}
    for number, row in folder.rows("observed", ObservedRow):
        file = folder.file("observed")
        try:
            late = next_clock_time(start, row.time) > folder.spec.horizon_min * MS_PER_MIN
        except (ValueError, OverflowError):
            yield Problem("clock.invalid", file, number, "time", row.time)
            continue
        if late:
            yield Problem("clock.beyond_horizon", file, number, "time", row.time, None, "warning")
        if row.township and row.township not in townships:
            yield Problem("ref.unknown", file, number, "township", row.township, "zones.csv")


def _positions(folder: Checked) -> Iterator[Problem]:
    """Whatever people or vehicles travel to or from has coordinates or a road node."""
    if folder.roads is not None and hasattr(folder.roads, "ms"):
        return  # with a matrix only the node counts; the road checks look at it
    for table, model in (
        ("settlements", SettlementRow), ("facilities", FacilityRow), ("shelters", ShelterRow),
        ("assembly_points", AssemblyPointRow), ("exits", ExitRow), ("depots", DepotRow),
        ("stations", StationRow),
    ):  # fmt: skip
        for number, row in folder.rows(table, model):
            if row.x is None and row.y is None and not row.node:
                yield Problem("place.nowhere", folder.file(table), number, "x, y")
