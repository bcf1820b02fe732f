"""What lies on roads as incidents: a team with a digger reaches it, works on it, and it is free.

Only for runs in which somebody can be asked: the scenario has a kind of emergency for it, the plan
sends teams. Then the roads of the run are its own; otherwise what the hazard says stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.clock import MS_PER_HOUR
from sim.draws import sample_one
from sim.draws_tables import Compiled, compile_number
from sim.engine import Engine
from sim.hazards import Layer
from sim.hazards.debris import BLOCKED, DEBRIS, SMALL_ONLY
from sim.log import BlockCause, Kind
from sim.member_view import MemberView
from sim.plan import Plan
from sim.processes.cases import Case, Cases
from sim.roads.defaults import read_defaults
from sim.roads.hindrance import Hindrance
from sim.roads.network import IntArray, Network
from sim.roads.passability import vehicle_classes
from sim.roads.router import RoadRouter
from sim.schema.distribution_kinds import Lognormal
from sim.schema.forces import Origin
from sim.world import World

LITRES = 1000
"""Volumes are drawn in litres, so that they are whole numbers."""

ASKED_FOR: dict[BlockCause, Origin] = {
    cause: "bridge" if cause is BlockCause.BRIDGE else "road" for cause in BlockCause
}
"""The kind of emergency that each cause is."""


@dataclass(frozen=True)
class Block:
    """Something that lies on a road: its edges (both directions), steps [since, until), cause.

    nth: how often before something came down there; it names the draws, whatever a step lasts.
    """

    edges: IntArray
    since: int
    until: int
    cause: BlockCause
    nth: int


def with_roads_to_clear(view: MemberView, world: World, plan: Plan) -> MemberView:
    """The view of a member with roads of the run's own, if teams may clear some."""
    if not isinstance(view.router, RoadRouter) or not may_clear(world, plan):
        return view
    if not any(layer.scale.code == DEBRIS.code for layer in view.layers):
        return view
    return own_roads(view, world.hazard.step_ms)


def own_roads(view: MemberView, step_ms: int) -> MemberView:
    """The view with levels on roads, and a router, that may be changed: nobody else reads them."""
    router = view.router
    assert isinstance(router, RoadRouter)
    layers = tuple(replace(of, edge_levels=of.edge_levels.copy()) for of in view.layers)
    return replace(view, layers=layers, router=router.forked(Hindrance(layers, step_ms)))


def may_clear(world: World, plan: Plan) -> bool:
    """Whether a plan's teams are asked to clear roads."""
    asked = any(kind.arises in ASKED_FOR.values() for kind in world.emergencies)
    return asked and plan.spec.rescue is not None


def without_debris(layer: Layer) -> Layer:
    """A layer as if whatever lies on roads had been cleared at once."""
    if layer.scale.code != DEBRIS.code:
        return layer
    return replace(layer, edge_levels=np.zeros_like(layer.edge_levels))


def blocks_of(world: World, view: MemberView) -> Iterator[Block]:
    """Everything that lies on roads in a member, road by road."""
    roads = world.roads
    if not isinstance(roads, Network):
        return
    for layer in view.layers:
        if layer.scale.code != DEBRIS.code:
            continue
        order = np.argsort(layer.edge_row, kind="stable")
        bounds = np.searchsorted(layer.edge_row[order], np.arange(len(layer.edge_levels) + 1))
        for levels, begin, end in zip(layer.edge_levels, bounds, bounds[1:], strict=False):
            edges = order[begin:end]
            for nth, (since, until) in enumerate(_spells(levels)):
                worst = int(levels[since:until].max())
                yield Block(edges, since, until, _cause(world, edges, worst), nth)


def _spells(levels: IntArray) -> Iterator[tuple[int, int]]:
    """Steps in which a road is shut to lorries; more coming down begins another spell."""
    rises = np.diff(levels, prepend=0) > 0
    starts = np.flatnonzero(rises & (levels >= SMALL_ONLY)).tolist()
    for since, after in zip(starts, [*starts[1:], len(levels)], strict=True):
        free = np.flatnonzero(levels[since:after] == 0)
        yield since, since + int(free[0]) if len(free) else after


def _cause(world: World, edges: IntArray, level: int) -> BlockCause:
    """What it is, by how badly it shuts the road and where."""
    roads = world.roads
    assert isinstance(roads, Network)
    if level < BLOCKED:
        by_wind = getattr(world.spec.hazard, "BLOWS", False)
        return BlockCause.TREES if by_wind else BlockCause.RUBBLE
    return BlockCause.BRIDGE if bool(roads.bridge[edges].any()) else BlockCause.EARTH


AtHand = Callable[[int], Sequence[int]]
"""Nodes at which teams stand that can do a kind of work: those who have none, if there are any."""


def _nowhere(kind: int) -> Sequence[int]:
    return ()


@dataclass
class Lying:
    """A block in a run: its kind of emergency, and what has become of it.

    number: of its incident, -1 while nobody has told it. node: where a crew met it, -1 for nobody.
    """

    block: Block
    kind: int
    key: int
    number: int = -1
    node: int = -1
    cleared: bool = False


class RoadBlocks:
    """The blocked roads of one run, each told in its time, or by the first crew before it."""

    def __init__(self, engine: Engine, cases: Cases, report: Callable[[Case], None]) -> None:
        self.engine, self.cases, self.report = engine, cases, report
        kinds = engine.run.world.emergencies
        self._kind = {kind.arises: row for row, kind in enumerate(kinds)}
        self._volume = {cause: _volume(cause) for cause in BlockCause}
        self._litres_per_h = round(read_defaults("clearing.csv")["digger_m3_per_h"] * LITRES)
        self._at_hand: AtHand = _nowhere
        self._on: dict[int, list[Lying]] = {}
        self._vehicle = vehicle_classes()["truck"]

    def begin(self, at_hand: AtHand) -> None:
        """Plan the reports; at_hand: where those stand who could be sent."""
        run, self._at_hand = self.engine.run, at_hand
        step, keys = run.world.hazard.step_ms, run.world.statics.edge_keys
        for block in blocks_of(run.world, run.view):
            kind = self._kind.get(ASKED_FOR[block.cause])
            if kind is None:
                continue
            lying = Lying(block, kind, int(keys[block.edges[0]]))
            for edge in block.edges.tolist():
                self._on.setdefault(edge, []).append(lying)
            told = block.since * step + self.cases.report_ms(kind, lying.key, block.nth)
            if told <= run.world.horizon_ms and told < block.until * step:
                run.at(told, self._reports, lying)

    def met(self, edge: int, node: int) -> int:
        """A crew stands at a node before an edge: the number of the incident of what lies there.

        It tells of it at once if nobody has; -1 if nothing lies there that could be cleared.
        """
        step = self.engine.run.now // self.engine.run.world.hazard.step_ms
        for lying in self._on.get(edge, ()):
            if lying.block.since <= step < lying.block.until and not lying.cleared:
                lying.node = node
                self._reports(lying)
                return lying.number
        return -1

    def _reports(self, lying: Lying) -> None:
        if lying.number >= 0:
            return
        run, block, edge = self.engine.run, lying.block, int(lying.block.edges[0])
        lying.number, work = len(self.cases.all), self._work_ms(lying)
        case = Case(
            *(lying.kind, lying.key, block.nth, self._nearest_home(edge), -1),
            lambda: lying.node if lying.node >= 0 else self._node(edge, lying.kind),
            work_ms=work,
            ended=lambda team: self._cleared(lying, work),
        )
        run.log.add(run.now, Kind.ROAD_BLOCKED, edge, lying.number, int(block.cause))
        self.report(case)

    def _work_ms(self, lying: Lying) -> int:
        """Setting up, and the volume at the pace of one machine."""
        draws, volume = self.engine.run.draws, self._volume[lying.block.cause]
        key, nth = lying.key, lying.block.nth
        litres = sample_one(draws, "road/volume", volume, (key, 0), nth)
        return self.cases.work_ms(lying.kind, key, nth) + litres * MS_PER_HOUR // self._litres_per_h

    def _nearest_home(self, edge: int) -> int:
        """The settlement nearest to a road names it."""
        world, roads = self.engine.run.world, self.engine.run.world.roads
        assert isinstance(roads, Network)
        n, node = world.homes.n_settlements, int(roads.edge_from[edge])
        dx = roads.node_x[world.places.node[:n]] - roads.node_x[node]
        dy = roads.node_y[world.places.node[:n]] - roads.node_y[node]
        return int(np.argmin(np.round(dx * dx + dy * dy)))

    def _node(self, edge: int, kind: int) -> int:
        """The end of a road that those who could be sent reach on today's roads; the first where
        they reach none."""
        run = self.engine.run
        roads, router = run.world.roads, run.view.router
        assert isinstance(roads, Network)
        ends = int(roads.edge_from[edge]), int(roads.edge_to[edge])
        reached = router.reached_from(self._at_hand(kind), self._vehicle, run.now)
        return next((node for node in ends if reached[node]), ends[0])

    def _cleared(self, lying: Lying, work_ms: int) -> None:
        """The road is free from the next step of the hazard on, until more comes down."""
        run, block, lying.cleared = self.engine.run, lying.block, True
        begins = run.now // run.world.hazard.step_ms + 1
        if begins < block.until:
            self.engine.traffic.roads.controls.clear(
                DEBRIS.code, block.edges, slice(begins, block.until)
            )
        run.log.add(run.now, Kind.ROAD_CLEARED, int(block.edges[0]), lying.number, work_ms)


def _volume(cause: BlockCause) -> Compiled:
    """How much lies there, litres."""
    values, name = read_defaults("clearing.csv"), cause.name.lower()
    median, p90 = values[f"{name}.volume_median_m3"], values[f"{name}.volume_p90_m3"]
    return compile_number(Lognormal(median=median, p90=p90) if median else 0.0, LITRES)
