"""Traffic with queues: vehicles are rows, links are lines, and a county moves in seconds.

    network = ...                                     # sim.roads.network.Network
    cost = edge_costs(network, table)                 # free-flow ms of every link
    trees = np.stack([route_row(tree_to(network, d, cost)) for d in destinations])
    queues = Queues(network, supply, trees, [table])  # supply: what the links can carry
    rows = queues.add(Departures(depart_ms, origin_nodes, route=route_rows))
    while queues.next_time() < NEVER:
        ended = queues.advance(horizon_ms)            # Ended: row, tag, status, node, time_ms ...
    queues.close([17]); queues.trees[0] = route_row(new_tree); queues.rerouted()

How a vehicle moves. It sets out at its time or stands in line at its origin until its first link
takes it. A link takes a vehicle when its entry serves again (one headway per pcu after the last
one), when there is room for it (room made at the exit reaches the entry after the backward wave)
and when it is its turn: those who wait before the same link are served in turn, weighted by the
capacity of the links they come from. On the link it takes the free-flow time of routing.drive; at
the exit vehicles leave in the order in which they came, one headway per pcu, each when the next
link of its route takes it. So queues spill back, and a ring of full links stands for ever
(``gridlock`` names it; nothing is teleported).
At a node before a closed link, or one deeper than the vehicle's class stands and its driver dares,
the drive ends as BLOCKED and the vehicle steps aside; whoever dares stalls half way (STALLED).
Whoever is on a link when it closes finishes it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from sim.clock import NEVER
from sim.compiled import for_reading
from sim.roads import queue_calls
from sim.roads.network import Int32Array, IntArray, Network
from sim.roads.queue_build import (
    aligned_rows,
    gate_rows,
    level_rows,
    link_rows,
    narrow_rows,
    roomy,
    table_rows,
)
from sim.roads.queue_inputs import (
    MOST_ROUTES,
    NOTHING,
    Departures,
    Ended,
    Supply,
    checked,
    headway,
    route_row,
    some,
    use_between,
)
from sim.roads.queue_places import Places
from sim.roads.queue_rows import (
    BITS_AT,
    CALENDAR_SIZE,
    CLASS_ROWS,
    DRIVING,
    DRY,
    ENDED,
    HARM_MM,
    LATEST,
    LEAVING,
    MAX_CLASSES,
    NARROW,
    NOW,
    STEP_MS,
    USE,
    VEHICLE,
    RowArray,
    State,
)
from sim.roads.routing import Water, dry_water

_DUE, _EDGE, _NODE, _CAUGHT, _STATUS = (
    list(VEHICLE.names or ()).index(name) for name in ("due", "edge", "node", "caught", "status")
)


class Queues:
    """The vehicles on the roads of one replication, and the time up to which they have moved.

    trees: int32[n_routes, n_nodes], rows as of ``route_row``; kept, not copied: the caller may
    write new rows in place and then calls ``rerouted``. tables: speed by depth of each class
    (passability.speed_table). with_use: whether ``take_use`` is wanted.
    """

    def __init__(
        self,
        network: Network,
        supply: Supply,
        trees: Int32Array,
        tables: Sequence[Int32Array],
        water: Water | None = None,
        *,
        with_use: bool = False,
    ) -> None:
        if not 1 <= len(tables) <= MAX_CLASSES:
            raise ValueError(f"tables(={len(tables)}) must be 1 to {MAX_CLASSES}")
        if trees.dtype != np.int32 or trees.ndim != 2 or trees.shape[1] != network.n_nodes:
            raise ValueError(f"trees{trees.shape} must be int32[n_routes, {network.n_nodes}]")
        water = water or dry_water(network)
        self.n_links, self.n_vehicles = network.n_edges, 0
        calendar = np.full(CALENDAR_SIZE, -1, dtype=np.int32)
        calendar[BITS_AT:] = 0
        calendar[STEP_MS] = min(water.step_ms, DRY)
        calendar[HARM_MM] = min(water.harm_mm, DRY)
        calendar[CLASS_ROWS] = 0 if water.hinder is None else len(water.levels)
        links, slots = link_rows(network, supply, water)
        self.state = State(
            calendar,
            links,
            gate_rows(network),
            np.zeros(0, dtype=VEHICLE),
            slots,
            trees,
            for_reading(level_rows(water, len(tables))),
            table_rows(tables),
            np.zeros(0, dtype=np.int32),
            np.zeros(0, dtype=np.int32),
            np.zeros(network.n_edges if with_use else 0, dtype=USE),
            narrow_rows(network, supply),
        )
        self._tags = np.zeros(0, dtype=np.int64)
        self._use_taken = self.use()
        self._places = Places(supply.storage_pcu)
        self._told, self._routes = 0, len(trees)

    @property
    def now(self) -> int:
        """Time up to which everything has been played (ms)."""
        return int(self.state.calendar[NOW])

    @property
    def trees(self) -> Int32Array:
        """Next edge by route and node; write rows in place, then call ``rerouted``."""
        trees: Int32Array = self.state.trees
        return trees

    @property
    def vehicles(self) -> RowArray:
        """Rows of all vehicles, VEHICLE of queue_rows; for reading."""
        rows: RowArray = self.state.vehicles[: self.n_vehicles]
        return rows

    def add(self, cars: Departures) -> IntArray:
        """Vehicles will set out; returns their rows.

        Raises:
            ValueError: a departure lies before now or beyond 12 days.
        """
        trees, tables = self.state.trees, self.state.tables
        n = checked(cars, self.now, (trees.shape[1], len(trees), len(tables)))
        if n == 0:
            return np.zeros(0, dtype=np.int64)
        first = self.n_vehicles
        self._make_room(first + n)
        rows = self.state.vehicles[first : first + n]
        rows["chain"], rows["edge"], rows["caught"], rows["status"] = -1, -1, DRY, LEAVING
        rows["due"], rows["node"], rows["route"] = cars.depart_ms, cars.origin, cars.route
        rows["klass"], rows["pcu"], rows["speed_q16"] = cars.klass, cars.pcu, cars.speed_q16
        rows["willing_mm"] = np.minimum(cars.willing_mm, 32_767)
        rows["watched"] = cars.watched
        self._tags[first : first + n] = cars.tag
        self.n_vehicles += n
        queue_calls.depart(self.state, first, first + n)
        return np.arange(first, first + n)

    def add_one(
        self, depart_ms: int, origin: int, route: int, kind: tuple[int, int, int], tag: int
    ) -> int:
        """One watched vehicle sets out; kind: class, pcu, speed_q16. Returns its row."""
        row = self.n_vehicles
        if depart_ms < self.now:
            raise ValueError(f"depart_ms(={depart_ms}) must be {self.now} or later")
        self._make_room(row + 1)
        klass, pcu, speed = kind
        self.state.vehicles[row] = (
            *(-1, depart_ms, -1, origin, DRY, speed, route, 0),
            *(LEAVING, 1, klass, pcu),
        )
        self._tags[row] = tag
        self.n_vehicles += 1
        queue_calls.depart(self.state, row, row + 1)
        return row

    def add_routes(self, n: int, edge: int) -> int:
        """So many more rows of trees, all nodes with one entry (ROOT or NO_WAY); the first row."""
        first, trees = self._routes, self.state.trees
        if first + n > MOST_ROUTES:
            raise ValueError(f"routes(={first + n}) must be at most {MOST_ROUTES}")
        self._routes += n
        if self._routes > len(trees):
            grown = np.empty((max(self._routes, 2 * len(trees)), trees.shape[1]), dtype=np.int32)
            grown[:first] = trees[:first]
            self.state = self.state._replace(trees=grown)
        self.state.trees[first : self._routes] = edge
        return first

    def advance(self, until_ms: int) -> Ended:
        """Play everything up to and with until_ms; what ended since the last call.

        Stops early, at the end of the tick, when a watched vehicle has ended: ``now`` tells.
        """
        rows = self.move(until_ms)
        return self.ends(rows) if len(rows) else NOTHING

    def move(self, until_ms: int) -> Int32Array:
        """As ``advance``, but only the rows of the vehicles that have ended; see ``ends``."""
        if not self.now <= until_ms <= LATEST:
            raise ValueError(f"until_ms(={until_ms}) must be {self.now} to {LATEST}")
        queue_calls.advance(self.state, until_ms)
        first, self._told = self._told, int(self.state.calendar[ENDED])
        rows: Int32Array = self.state.ended[first : self._told]
        return rows

    def where(self, row: int) -> tuple[int, int, int]:
        """Status, link and moment (ms) of one vehicle: before when it cannot leave the link it is
        on, or when it sets out."""
        car = self.state.vehicles[row].item()
        status, edge, due = car[_STATUS], car[_EDGE], car[_DUE]
        if status == DRIVING:  # whoever stands before it is served before it
            due = max(due, (int(self.state.links["next_out"][edge]) + 1023) >> 10)
        return status, edge, due

    def ended_at(self, row: int) -> tuple[int, int, int, int, int]:
        """Status, node, moment, edge and moment of harm (ms, NEVER none) of a drive that ended."""
        car = self.state.vehicles[row].item()
        caught = car[_CAUGHT]
        return (
            *(car[_STATUS], car[_NODE], car[_DUE], car[_EDGE]),
            NEVER if caught == DRY else caught,
        )

    def next_time(self) -> int:
        """Time of the next event on the roads, NEVER when nothing moves any more."""
        tick = queue_calls.next_event(self.state)
        return NEVER if tick < 0 else int(tick)

    def close(self, edges: ArrayLike, klasses: Sequence[int] | None = None) -> None:
        """Shut links for some classes (None: all); who is on them finishes them."""
        self._shut(edges, klasses, shut=True)

    def reopen(self, edges: ArrayLike, klasses: Sequence[int] | None = None) -> None:
        """Open links again for some classes (None: all)."""
        self._shut(edges, klasses, shut=False)

    def rerouted(self) -> None:
        """Trees have changed: whoever stands before a link looks at its tree again."""
        queue_calls.decide_anew(self.state, np.arange(self.n_links, dtype=np.int32))

    def set_supply(
        self, edges: ArrayLike, headway_q10: ArrayLike, storage_pcu: ArrayLike | None = None
    ) -> None:
        """Links carry another flow from now on, and hold another number (None: as before)."""
        rows = np.atleast_1d(np.asarray(edges, dtype=np.int64))
        links = self.state.links
        links["headway"][rows] = headway_q10
        if storage_pcu is not None:
            for e, new in zip(rows.tolist(), np.broadcast_to(storage_pcu, rows.shape), strict=True):
                self.state = self._places.resize(self.state, e, int(new))
        columns = (links[name][rows] for name in ("headway", "storage", "wave_ms"))
        links["roomy"][rows] = np.minimum(links["roomy"][rows], roomy(*columns))
        queue_calls.decide_anew(self.state, rows.astype(np.int32))

    def hold(self, edges: ArrayLike, until_ms: int) -> None:
        """Nobody enters some links before a moment: they stand in line before them."""
        rows = np.atleast_1d(np.asarray(edges, dtype=np.int64))
        clock = self.state.links["next_in"]
        clock[rows] = np.maximum(clock[rows], min(until_ms, LATEST) << 10)

    def relevel(self, water: Water) -> None:
        """The water is another from now on: lower on some links, deeper on none."""
        levels = for_reading(level_rows(water, len(self.state.tables)))
        self.state = self.state._replace(levels=levels)

    def assign(self, rows: ArrayLike, route: ArrayLike) -> None:
        """Vehicles follow another tree from their next node on; then call ``rerouted``."""
        self.state.vehicles["route"][rows] = route

    def use(self) -> RowArray:
        """What has left every link so far: rows of USE. Differences of two tell of the time
        between them (``use_between``)."""
        rows: RowArray = self.state.use.copy()
        return rows

    def take_use(self) -> RowArray:
        """What has left every link since the last call: rows of USE."""
        use = self.use()
        since, self._use_taken = use_between(self._use_taken, use), use
        return since

    def take_delays(self) -> tuple[IntArray, IntArray]:
        """Links that vehicles have left since the last ``take_use``, and how long (ms) each of
        them had stood there on average."""
        before, self._use_taken = self._use_taken, self.use()
        vehicles = self._use_taken["vehicles"] - before["vehicles"]
        links = np.flatnonzero(vehicles)
        stood = self._use_taken["delay_ms"][links] - before["delay_ms"][links]
        return links, stood // vehicles[links]

    def _shut(self, edges: ArrayLike, klasses: Sequence[int] | None, *, shut: bool) -> None:
        rows = np.atleast_1d(np.asarray(edges, dtype=np.int32))
        mask = NARROW - 1 if klasses is None else sum(1 << k for k in set(klasses))
        bits = self.state.links["bits"]
        if not shut:
            bits[rows] &= np.uint16(0xFFFF ^ mask)
            return
        bits[rows] |= np.uint16(mask)
        queue_calls.decide_anew(self.state, rows)

    def ends(self, rows: Int32Array) -> Ended:
        """How drives that have ended did."""
        cars = self.state.vehicles[rows]
        caught = cars["caught"].astype(np.int64)
        caught[caught == DRY] = NEVER
        ends = cars["status"], cars["node"], cars["due"].astype(np.int64), caught, cars["edge"]
        return Ended(rows.copy(), self._tags[rows], *ends)

    def _make_room(self, n: int) -> None:
        have = len(self.state.vehicles)
        if n <= have:
            return
        size = max(n, have * 3 // 2, 64)
        vehicles, tags = aligned_rows(size, VEHICLE), np.zeros(size, dtype=np.int64)
        ended = np.zeros(size, dtype=np.int32)
        vehicles[:have], tags[:have] = self.state.vehicles, self._tags
        ended[:have], self._tags = self.state.ended, tags
        batch = np.zeros(2 * (2 * self.n_links + size), dtype=np.int32)
        self.state = self.state._replace(vehicles=vehicles, ended=ended, batch=batch)


__all__ = ["Departures", "Ended", "Queues", "Supply", "headway", "route_row", "some", "use_between"]
