"""The behaviour section compiled once: distributions as integer tables, numbers as integers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sim.clock import MS_PER_HOUR, MS_PER_MIN, next_clock_time
from sim.draws import share_q32
from sim.draws_tables import Compiled, compile_minutes, compile_number, compile_share
from sim.schema.scenario import Behaviour


@dataclass(frozen=True)
class CompiledBehaviour:
    """Fields as in ``Behaviour``; durations draw ms, shares 1e-9, *_q32 are thresholds of u32."""

    spec: Behaviour
    broadcast_reach_day_q32: int
    broadcast_reach_night_q32: int
    broadcast_delay: Compiled
    visit: Compiled
    call: Compiled
    call_retry: Compiled
    organiser_start: Compiled
    comply_broadcast: Compiled
    comply_visit: Compiled
    comply_second: Compiled
    prepare: Compiled
    upstairs: Compiled
    return_share: Compiled
    return_after: Compiled
    return_stay: Compiled
    return_not_before_ms: int
    mobilise: Compiled
    mobilise_staged: Compiled
    board_fixed: Compiled
    board_person: Compiled
    carry: Compiled
    alight_fixed: Compiled
    alight_person: Compiled
    breakdown_q32: int
    repair: Compiled
    driver_ms: int
    driver_rest_ms: int
    road_speed: Compiled
    willing: Compiled
    register: Compiled
    headcount: Compiled
    muster: Compiled
    launch: Compiled
    load_fixed: Compiled
    pickup: Compiled
    unload: Compiled
    shift_ms: int
    rest_ms: int


def compile_behaviour(spec: Behaviour, clock_start: datetime) -> CompiledBehaviour:
    """Tables of every distribution; seconds become ms, road speed a factor in 1e-6."""
    tell, decide, drive, fetch = spec.tell, spec.decide, spec.drive, spec.fetch
    return CompiledBehaviour(
        spec=spec,
        broadcast_reach_day_q32=share_q32(tell.broadcast_reach_day),
        broadcast_reach_night_q32=share_q32(tell.broadcast_reach_night),
        broadcast_delay=compile_minutes(tell.broadcast_delay_min),
        visit=compile_minutes(tell.visit_min),
        call=compile_minutes(tell.call_min),
        call_retry=compile_minutes(tell.call_retry_min),
        organiser_start=compile_minutes(tell.organiser_start_min),
        comply_broadcast=compile_share(decide.comply_broadcast),
        comply_visit=compile_share(decide.comply_visit),
        comply_second=compile_share(decide.comply_second),
        prepare=compile_minutes(spec.prepare.prepare_min),
        upstairs=compile_minutes(spec.prepare.upstairs_min),
        return_share=compile_share(spec.returns.share),
        return_after=compile_minutes(spec.returns.after_min),
        return_stay=compile_minutes(spec.returns.stay_min),
        return_not_before_ms=next_clock_time(clock_start, spec.returns.not_before),
        mobilise=compile_minutes(drive.mobilise_min),
        mobilise_staged=compile_minutes(drive.mobilise_staged_min),
        board_fixed=compile_minutes(drive.board_fixed_min),
        board_person=compile_number(drive.board_person_s, 1000),
        carry=compile_minutes(drive.carry_min),
        alight_fixed=compile_minutes(drive.alight_fixed_min),
        alight_person=compile_number(drive.alight_person_s, 1000),
        breakdown_q32=share_q32(drive.breakdown_per_trip),
        repair=compile_minutes(drive.repair_min),
        driver_ms=round(drive.driver_hours * MS_PER_HOUR),
        driver_rest_ms=round(drive.driver_rest_h * MS_PER_HOUR),
        road_speed=compile_number(drive.road_speed_factor, 1_000_000),
        willing=compile_number(drive.own_car_willing_mm, 1),
        register=compile_minutes(spec.settle.register_min),
        headcount=compile_minutes(spec.settle.headcount_min),
        muster=compile_minutes(fetch.muster_min),
        launch=compile_minutes(fetch.launch_min),
        load_fixed=compile_minutes(fetch.load_fixed_min),
        pickup=compile_minutes(fetch.pickup_min),
        unload=compile_minutes(fetch.unload_min),
        shift_ms=round(fetch.shift_h * MS_PER_HOUR),
        rest_ms=round(fetch.rest_h * MS_PER_HOUR),
    )


def minutes_ms(value: float) -> int:
    """Whole milliseconds of plain minutes."""
    return round(value * MS_PER_MIN)
