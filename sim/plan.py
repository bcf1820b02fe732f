"""A plan variant made ready to play: durations compiled, names resolved to rows of the World."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, next_clock_time
from sim.draws_tables import Compiled, compile_minutes
from sim.roads.defaults import read_defaults
from sim.roads.network import Network
from sim.schema.plan import Controls, Manage, Organise, PlanSpec, Whom
from sim.schema.plan_targets import Target
from sim.schema.plan_when import Authority, Selection
from sim.world import World

Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class Closure:
    """Edges closed or used otherwise from an order of their zones or a time (ms) on.

    factors: of the capacity of each edge, under police; for_ms: how long, None to the end;
    windows_ms: outward and back, of a tidal road whose edges come in driving order; through_ms: to
    drive along all of them.
    """

    edges: Int64
    zones: Int64
    on: str
    at_ms: int
    kind: str
    factors: NDArray[np.float64]
    for_ms: int | None
    windows_ms: tuple[int, int]
    through_ms: int


class GivenRoute(NamedTuple):
    """Edges in driving order, and the zones whose drivers follow them."""

    edges: Int64
    zones: Int64


@dataclass(frozen=True)
class Plan:
    """A plan variant in terms of the World.

    Attributes:
        spec: what the planner wrote.
        rule_zones: zone rows of every trigger rule.
        pickup, consult, sign, village_decide: compiled durations of the order.
        shift_ms: what-if shift of every order.
        open_shelters: bool[n_shelters].
        planned_shelter: shelter row per assembly point row.
        staged_place: place row where a vehicle waits, by vehicle id.
        fixed_zone: zone row of a vehicle bound to a zone.
        schedule: (assembly point row, shelter row) trips per vehicle id.
        team_place: place row where a team waits, by team id.
        store_place: place row where what a store holds waits, by store id.
        fleet_at_ms: clock time at which the fleet is called, or None.
        closures: roads closed by order.
        routes: given ways out.
        target_zones: zone rows of every target.
        sites_counted: home rows of the facilities that muster.
    """

    id: str
    spec: PlanSpec
    rule_zones: tuple[Int64, ...]
    pickup: Compiled
    consult: Compiled
    sign: Compiled
    village_decide: Compiled
    shift_ms: int
    open_shelters: NDArray[np.bool_]
    planned_shelter: dict[int, int]
    staged_place: dict[str, int]
    fixed_zone: dict[str, int]
    schedule: dict[str, tuple[tuple[int, int], ...]]
    team_place: dict[str, int]
    store_place: dict[str, int]
    fleet_at_ms: int | None
    closures: tuple[Closure, ...]
    routes: tuple[GivenRoute, ...]
    target_zones: tuple[Int64, ...]
    sites_counted: Int64

    @property
    def authority(self) -> Authority:
        """Who may give the order."""
        return self.spec.authority

    @property
    def organise(self) -> Organise:
        """Call-out as written, or its plainest form when the section is left out."""
        return self.spec.organise or Organise(door_knocking=False)

    @property
    def whom(self) -> Whom:
        """Who leaves at 'prepare'; nobody special when the section is left out."""
        return self.spec.whom or Whom(prepare_moves=())

    @property
    def manage(self) -> Manage:
        """Whether returns are held back."""
        return self.spec.manage or Manage()

    @property
    def targets(self) -> tuple[Target, ...]:
        """Timing targets."""
        return self.spec.targets


def compile_plan(world: World, plan_id: str, spec: PlanSpec | None = None) -> Plan:
    """The plan of the scenario folder with this id (or a changed ``spec`` of it)."""
    spec = spec or world.folder.plans[plan_id]
    fleet, where, rescue, supplies = spec.fleet, spec.where, spec.rescue, spec.supplies
    place = {name: i for i, name in reversed(list(enumerate(world.places.ids)))}
    assembly = {row.id: i for i, row in enumerate(world.assembly_points)}
    shelter = {row.id: i for i, row in enumerate(world.shelters)}
    zone = {row.id: i for i, row in enumerate(world.zones.rows)}
    when = spec.when
    return Plan(
        id=plan_id,
        spec=spec,
        rule_zones=tuple(select_zones(world, rule) for rule in when.rules),
        pickup=compile_minutes(when.pickup_min),
        consult=compile_minutes(when.consult_min),
        sign=compile_minutes(when.sign_min),
        village_decide=compile_minutes(when.village_decide_min),
        shift_ms=round(when.shift_min * MS_PER_MIN),
        open_shelters=_open_shelters(world, where.open if where else ()),
        planned_shelter={
            assembly[a]: shelter[s] for a, s in (where.planned if where else {}).items()
        },
        staged_place={v: place[p] for v, p in (fleet.staged if fleet else {}).items()},
        fixed_zone={v: zone[z] for v, z in (fleet.fixed if fleet else {}).items()},
        schedule={
            v: tuple((assembly[stop.pickup], shelter[stop.shelter]) for stop in stops)
            for v, stops in (fleet.schedule if fleet else {}).items()
        },
        team_place={t: place[p] for t, p in (rescue.staged if rescue else {}).items()},
        store_place={s: place[p] for s, p in (supplies.staged if supplies else {}).items()},
        fleet_at_ms=(
            next_clock_time(world.clock_start, fleet.call_at) if fleet and fleet.call_at else None
        ),
        closures=_closures(world, spec.controls or Controls()),
        routes=_routes(world, spec.controls or Controls()),
        target_zones=tuple(select_zones(world, target) for target in spec.targets),
        sites_counted=_sites_counted(world, spec),
    )


def _sites_counted(world: World, spec: PlanSpec) -> Int64:
    ids, first = [row.id for row in world.homes.rows], world.homes.n_settlements
    muster = spec.manage.muster if spec.manage else ()
    return np.array([ids.index(one.facility, first) for one in muster], dtype=np.int64)


def select_zones(world: World, selection: Selection) -> Int64:
    """Zone rows that a selection means; an empty selection means all."""
    rows = []
    for i, zone in enumerate(world.zones.rows):
        fits = (
            (not selection.zones or zone.id in selection.zones)
            and (not selection.townships or zone.township in selection.townships)
            and (not selection.tags or zone.tag in selection.tags)
        )
        if fits:
            rows.append(i)
    return np.array(rows, dtype=np.int64)


def _open_shelters(world: World, named: tuple[str, ...]) -> NDArray[np.bool_]:
    return np.array([not named or row.id in named for row in world.shelters], dtype=np.bool_)


def _closures(world: World, controls: Controls) -> tuple[Closure, ...]:
    closures = []
    for item in controls.closures:
        edges = _edges(world, item.edges)
        if isinstance(world.roads, Network) and item.low_water_bridges:
            low = np.flatnonzero(world.roads.low_water_bridge)
            edges = np.concatenate([edges, np.setdiff1d(low, edges)])
        if item.kind != "tidal":
            edges = np.unique(edges)
        at = next_clock_time(world.clock_start, item.at) if item.at else -1
        for_ms = None if item.for_min is None else round(item.for_min * MS_PER_MIN)
        windows = (round(item.out_min * MS_PER_MIN), round(item.back_min * MS_PER_MIN))
        factors = _police(world, edges, item.capacity_factor)
        zones = select_zones(world, item)
        through = _through_ms(world, edges)
        closures.append(
            Closure(edges, zones, item.on, at, item.kind, factors, for_ms, windows, through)
        )
    return tuple(closures)


def _police(world: World, edges: Int64, given: float | None) -> NDArray[np.float64]:
    """Factor on the capacity of each edge when police direct it; more where they replace lights."""
    if given is not None or not isinstance(world.roads, Network):
        return np.full(len(edges), 1.0 if given is None else given)
    values = read_defaults("traffic.csv")
    lights = world.roads.node_signal[world.roads.edge_to[edges]]
    return np.where(lights, values["police_signal_factor"], values["police_factor"])


def _through_ms(world: World, edges: Int64) -> int:
    roads = world.roads
    if not isinstance(roads, Network):
        return 0
    return int((roads.length_mm[edges] * 36 // roads.speed_kmh_x10[edges]).sum())


def _routes(world: World, controls: Controls) -> tuple[GivenRoute, ...]:
    return tuple(
        GivenRoute(_edges(world, item.edges), select_zones(world, item))
        for item in controls.routes
        if isinstance(world.roads, Network)
    )


def _edges(world: World, names: tuple[str, ...]) -> Int64:
    """Rows of edges in the order in which they are named."""
    if not names or not isinstance(world.roads, Network):
        return np.zeros(0, dtype=np.int64)
    row = {name: i for i, name in enumerate(world.roads.edge_ids)}
    return np.array([row[name] for name in names], dtype=np.int64)
