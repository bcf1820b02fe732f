"""派车单: vehicle by vehicle and trip by trip where to go, when, and how many people board."""

from __future__ import annotations

from dataclasses import replace

from sim.report.lists.night import Night, make_table, word
from sim.report.lists.trips import Stop, stops_of
from sim.report.table import Both, Cell, Table, both
from sim.texts.labels import CHOICES
from sim.texts.list_notes import NOTES, WORDS

COLUMNS = (
    "vehicle", "class", "seats", "trip", "leave_clock", "from", "pickup", "township",
    "at_pickup_clock", "loaded_clock", "boarded", "to", "arrive_clock", "delivered",
    "free_clock", "remark",
)  # fmt: skip


def dispatch(night: Night) -> Table:
    """A row per stop with people, and one per trip of the plan's schedule that carried nobody.

    Returns:
        Its totals: persons who boarded (fed ones twice), persons delivered to safety.
    """
    planned = {
        night.world.vehicles[row].id: list(night.plan.schedule.get(vehicle.id, ()))
        for row, vehicle in enumerate(night.world.vehicles)
    }
    rows = []
    for stop in stops_of(night):
        vehicle = night.world.vehicles[stop.vehicle].id
        trip = _trip_of(night, stop)
        scheduled = trip in planned[vehicle]
        if scheduled:
            planned[vehicle].remove(trip)
        rows.append(_row(night, stop, scheduled))
    rows += [_not_run(night, vehicle, trip) for vehicle, trips in planned.items() for trip in trips]
    rows.sort(key=lambda row: (str(row[0]), row[3] is None, row[3] or 0))
    values = {"number": night.number}
    table = make_table("dispatch", COLUMNS, rows, values, ("boarded", "delivered"))
    if not any(night.plan.schedule.values()):
        return table
    given = both(NOTES["dispatch_schedule"])
    return replace(table, note={lang: f"{table.note[lang]}{given[lang]}" for lang in given})


def _trip_of(night: Night, stop: Stop) -> tuple[int, int]:
    """Pick-up and shelter rows, as schedules name them."""
    world = night.world
    return stop.pickup - world.assembly_place, stop.to - world.shelter_place


def _row(night: Night, stop: Stop, scheduled: bool) -> tuple[Cell, ...]:
    vehicle = night.world.vehicles[stop.vehicle]
    keys = dict.fromkeys([*(["scheduled"] if scheduled else []), *stop.remarks])
    return (
        vehicle.id,
        both(CHOICES[vehicle.vehicle_class]),
        vehicle.seats,
        stop.trip,
        night.moment(stop.leave_ms),
        night.place(stop.start),
        night.place(stop.pickup),
        _township(night, stop.pickup - night.world.assembly_place),
        night.moment(stop.there_ms),
        night.moment(stop.loaded_ms),
        stop.boarded,
        night.place(stop.to),
        night.moment(stop.arrive_ms),
        stop.delivered if stop.last else "",
        night.moment(stop.free_ms),
        _remark(list(keys)),
    )


def _not_run(night: Night, vehicle: str, trip: tuple[int, int]) -> tuple[Cell, ...]:
    world = night.world
    row = next(one for one in world.vehicles if one.id == vehicle)
    pickup, shelter = trip
    return (
        *(vehicle, both(CHOICES[row.vehicle_class]), row.seats, None, None, ""),
        *(night.place(world.assembly_place + pickup), _township(night, pickup)),
        *(None, None, 0, night.place(world.shelter_place + shelter), None, 0, None),
        word("not_run"),
    )


def _township(night: Night, assembly: int) -> str:
    """Township of an assembly point; empty for a pick-up at another place (a hospital's door)."""
    world = night.world
    if not 0 <= assembly < len(world.assembly_points):
        return ""
    return world.zones.rows[int(world.assembly_zone[assembly])].township


def _remark(keys: list[str]) -> Both | str:
    """Remarks one after another in both languages."""
    if not keys:
        return ""
    return both(
        ("；".join(WORDS[key][0] for key in keys), "; ".join(WORDS[key][1] for key in keys))
    )
