"""The exact fleet-work bound: a transport problem solved by HiGHS, for when it is asked for."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array

from sim.bounds.fleet_work import earliest_end
from sim.bounds.problem import BusProblem, Int64
from sim.clock import NEVER

SLACK = 1e-6
"""The solver's sums are floats: a bound is rounded up only beyond this part of a unit."""


@dataclass(frozen=True)
class FleetWork:
    """work: least total time of all vehicles; ends: no schedule is over before (both in units)."""

    work: float
    ends: int


class NoTransferError(ValueError):
    """The people cannot be brought to the shelters at all: places or ways are missing."""


def fleet_work_exact(problem: BusProblem) -> FleetWork:
    """车队工作量: the cheapest way to supply all trips, as a transport problem.

    Unknowns: trips from pick-up to shelter, empty ways from shelter to pick-up, first legs from
    starting place to pick-up, and persons on each pair. Every trip is preceded by an empty way or
    a first leg to its pick-up; no more vehicles leave a shelter than came; first legs of a place
    are at most the vehicles there; a shelter takes no more than its places; persons need seats of
    the largest vehicle. Any schedule is a feasible point, so its total work is at least the
    optimum W, and sum over b of (T − ready_b) ≥ W. Being a relaxation, it may use fractions.

    Raises:
        NoTransferError: there is no feasible point.
    """
    program = _Program(problem)
    found = linprog(
        program.cost, A_ub=program.upper, b_ub=program.upper_rhs, A_eq=program.equal,
        b_eq=program.equal_rhs, bounds=program.limits, method="highs",
    )  # fmt: skip
    if found.status != 0:
        raise NoTransferError(found.message)
    work = float(found.fun) + int(problem.waiting.board.sum())
    ready = problem.buses.ready
    one = np.ones(len(ready), dtype=np.int64)
    return FleetWork(work, earliest_end(ready, one, math.ceil(work - SLACK * max(1.0, work))))


class _Program:
    """Columns: first legs [start, pickup], trips and persons [pickup, shelter], ways back."""

    def __init__(self, problem: BusProblem) -> None:
        self.problem = problem
        times, p, s = problem.times, problem.n_pickups, len(problem.capacity)
        self.starts, self.p, self.s = len(times.first), p, s
        handling = problem.handling.board + problem.handling.alight
        self.first = np.arange(self.starts * p).reshape(self.starts, p)
        pairs = np.arange(p * s).reshape(p, s)
        self.trip = self.first.size + pairs
        self.back = self.first.size + p * s + pairs
        self.person = self.first.size + 2 * p * s + pairs
        self.n = self.first.size + 3 * p * s
        self.cost = np.zeros(self.n)
        self.limits = np.tile([0.0, np.inf], (self.n, 1))
        for columns, cost, more in (
            (self.first, times.first, 0),
            (self.trip, times.load, handling),
            (self.back, times.back.T, 0),
        ):
            self.cost[columns] = np.where(cost < NEVER, cost + more, 0)
            self.limits[columns[cost >= NEVER], 1] = 0.0  # no such way
        self._rows: list[tuple[NDArray[np.int64], NDArray[np.float64], float]] = []
        self.equal, self.equal_rhs = self._equalities()
        self.upper, self.upper_rhs = self._inequalities()

    def _row(self, rhs: float, *terms: tuple[Int64, float]) -> None:
        columns = np.concatenate([np.ravel(columns) for columns, _ in terms])
        values = np.concatenate([np.full(np.size(columns), value) for columns, value in terms])
        self._rows.append((columns, values, rhs))

    def _equalities(self) -> tuple[coo_array, NDArray[np.float64]]:
        """All persons are carried; every trip has its way there; loads where they are whole."""
        for k in range(self.p):
            self._row(float(self.problem.persons[k]), (self.person[k], 1.0))
            self._row(0.0, (self.trip[k], 1.0), (self.back[k], -1.0), (self.first[:, k], -1.0))
            if self.problem.whole_loads:
                self._row(float(self.problem.trips[k]), (self.trip[k], 1.0))
        return self._matrix()

    def _inequalities(self) -> tuple[coo_array, NDArray[np.float64]]:
        problem = self.problem
        for k in range(self.p):
            self._row(-float(problem.trips[k]), (self.trip[k], -1.0))
        for k in range(self.s):
            self._row(float(problem.capacity[k]), (self.person[:, k], 1.0))
            self._row(0.0, (self.back[:, k], 1.0), (self.trip[:, k], -1.0))
            if problem.whole_loads:
                self._row(float(problem.shelter_loads[k]), (self.trip[:, k], 1.0))
        for k in range(self.starts):
            self._row(float((problem.buses.start == k).sum()), (self.first[k], 1.0))
        seats = float(problem.most_seats)
        for trip, person in zip(self.trip.reshape(-1, 1), self.person.reshape(-1, 1), strict=True):
            self._row(0.0, (person, 1.0), (trip, -seats))
        return self._matrix()

    def _matrix(self) -> tuple[coo_array, NDArray[np.float64]]:
        """The rows collected since the last call."""
        rows, self._rows = self._rows, []
        columns = np.concatenate([columns for columns, _, _ in rows])
        values = np.concatenate([values for _, values, _ in rows])
        at = np.repeat(np.arange(len(rows)), [len(columns) for columns, _, _ in rows])
        matrix = coo_array((values, (at, columns)), shape=(len(rows), self.n))
        return matrix, np.array([rhs for _, _, rhs in rows])
