"""Hypercube queueing model (Larson 1974): units at posts, calls from places, who is busy when.

Every place has its own order of preference among the units; a call goes to the first free one.
Calls come at random (Poisson), service times are exponential with the unit's own rate. Solved
exactly on all 2^n states of busy and free units while n is small, else by Larson's approximation
of 1975 with its correction factors, which keeps preferences but treats units as nearly
independent. Sources: Larson and Odoni, Urban Operations Research, chapter 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import spsolve

Floats = NDArray[np.float64]
Int64 = NDArray[np.int64]

EXACT_UP_TO = 10
"""Units for which all states are solved; 1,024 states, a fraction of a second."""

ITERATIONS = 500
CONVERGED = 1e-12


class OverloadedError(ValueError):
    """More work comes than the units can do; the queue would grow without end."""


@dataclass(frozen=True)
class Service:
    """What is asked of the units.

    Attributes:
        rates: float64[places], calls per unit of time.
        preference: int64[places, units], units from the first choice to the last.
        service_rate: float64[units], calls a unit can serve per unit of time.
        queue: whether calls wait when all units are busy (first come, first served), or go to
            somebody else (lost).
    """

    rates: Floats
    preference: Int64
    service_rate: Floats
    queue: Literal["waits", "lost"] = "waits"

    @property
    def n_units(self) -> int:
        """Number of units."""
        return len(self.service_rate)


@dataclass(frozen=True)
class Workloads:
    """The long-run answer.

    Attributes:
        busy: float64[units], share of the time a unit is busy.
        all_busy: probability that a call finds no free unit: it waits, or it is lost.
        served_by: float64[units, places], share of all calls that come from a place and are
            served by a unit; sums to 1, or to 1 - all_busy where calls are lost.
        states: float64[2^units], probability of every state (bit u set: unit u busy) without
            queue, None from the approximation.
    """

    busy: Floats
    all_busy: float
    served_by: Floats
    states: Floats | None = None

    def mean_travel(self, travel: Floats) -> float:
        """Mean travel time of the calls served; travel: float64[units, places]."""
        return float((self.served_by * travel).sum() / self.served_by.sum())


def workloads(service: Service) -> Workloads:
    """Exact for few units, approximate for many.

    Raises:
        OverloadedError: calls wait, and more work comes than the units can do.
    """
    return exact(service) if service.n_units <= EXACT_UP_TO else approximate(service)


def exact(service: Service) -> Workloads:
    """All states of the units, solved as linear equations.

    Raises:
        OverloadedError: see ``workloads``.
    """
    total, capacity = float(service.rates.sum()), float(service.service_rate.sum())
    load = _load(service)
    n, full = service.n_units, (1 << service.n_units) - 1
    state = np.arange(full + 1)
    busy = (state[:, None] >> np.arange(n)) & 1 == 1
    first = _first_free(busy, service.preference)
    p = _stationary(service, busy, first)
    waiting = p[full] * load / (1 - load) if service.queue == "waits" else 0.0
    p = p / (1 + waiting)
    waiting = waiting / (1 + waiting)
    all_busy = float(p[full] + waiting)
    share = service.rates / total
    direct = np.zeros((n, len(share)))
    for place in range(len(share)):
        np.add.at(direct[:, place], first[:full, place], p[:full])
    served = direct * share
    if service.queue == "waits":
        served = served + all_busy * np.outer(service.service_rate / capacity, share)
    return Workloads(p @ busy + waiting, all_busy, served, p)


def _load(service: Service) -> float:
    load = float(service.rates.sum() / service.service_rate.sum())
    if service.queue == "waits" and load >= 1:
        raise OverloadedError(f"load(={load:.3f}) must be < 1 where calls wait")
    return load


def _first_free(busy: NDArray[np.bool_], preference: Int64) -> Int64:
    """Unit that is sent from every state to every place, int64[states, places]; -1 for none."""
    found = np.full((len(busy), len(preference)), -1, dtype=np.int64)
    for choice in reversed(range(preference.shape[1])):
        unit = preference[:, choice]
        found = np.where(busy[:, unit], found, unit)
    return found


def _stationary(service: Service, busy: NDArray[np.bool_], first: Int64) -> Floats:
    """Long-run probabilities of the states without queue, summing to 1."""
    n_states, n = busy.shape
    full = n_states - 1
    state = np.arange(n_states)
    up = np.zeros((n_states, n))
    for place, rate in enumerate(service.rates.tolist()):
        np.add.at(up, (state[:full], first[:full, place]), rate)
    down = np.where(busy, service.service_rate, 0.0)
    source = np.repeat(state, n)
    other = (state[:, None] ^ (1 << np.arange(n))).ravel()
    rate = (up + down).ravel()
    flow = sparse.csc_array((rate, (other, source)), shape=(n_states, n_states))
    balance = (flow - sparse.diags_array((up + down).sum(axis=1))).tolil()
    balance[0] = np.ones((1, n_states))  # one balance is implied; the sum takes its place
    right = np.zeros(n_states)
    right[0] = 1.0
    p: Floats = np.maximum(spsolve(balance.tocsc(), right), 0.0)
    p /= p.sum()
    return p


def approximate(service: Service, iterations: int = ITERATIONS) -> Workloads:
    """Larson's approximation; for units of one speed, or nearly so (their mean rate is used).

    Raises:
        OverloadedError: see ``workloads``.
    """
    _load(service)
    n, total = service.n_units, float(service.rates.sum())
    work = total / float(service.service_rate.mean())
    count = _number_busy(n, work, service.queue == "waits")
    mean_busy = float((np.arange(n + 1) * count).sum()) / n
    factor = correction_factors(count)
    waits = float(count[n]) if service.queue == "waits" else 0.0
    busy = np.full(n, mean_busy)
    for _ in range(iterations):
        chance = _reached(service, busy, factor)
        asked = (chance * service.rates).sum(axis=1) * work / total
        new = (asked + work * waits / n) / (1 + asked)
        new = np.minimum(new * (n * mean_busy / new.sum()), 1.0)
        moved, busy = float(np.abs(new - busy).max()), new
        if moved < CONVERGED:
            break
    direct = _reached(service, busy, factor) * (1 - busy)[:, None]
    direct *= (1 - float(count[n])) / direct.sum(axis=0)
    share = service.rates / total
    return Workloads(busy, float(count[n]), (direct + waits / n) * share)


def _number_busy(n: int, work: float, queue: bool) -> Floats:
    """Probability that 0..n of n like units are busy (Erlang); work in units."""
    weight: Floats = np.cumprod(np.concatenate([[1.0], work / np.arange(1, n + 1)]))
    if queue:
        weight[n] /= 1 - work / n
    weight /= weight.sum()
    return weight


def correction_factors(count: Floats) -> Floats:
    """Larson's Q(n, ., j), float64[n]: how much more or less often than under independence the
    first j choices are busy and the next is free, for units of equal work.

    Args:
        count: float64[n + 1], probability that 0..n units are busy.
    """
    n = len(count) - 1
    k = np.arange(n + 1)
    mean = float((k * count).sum()) / n
    chosen, factors = np.ones(n + 1), []
    for j in range(n):
        free = np.maximum(n - k, 0) / (n - j)
        factors.append(float((count * chosen * free).sum()) / (mean**j * (1 - mean)))
        chosen = chosen * np.maximum(k - j, 0) / (n - j)
    return np.array(factors)


def _reached(service: Service, busy: Floats, factor: Floats) -> Floats:
    """Probability that a call comes down to each unit, float64[units, places], but for the
    unit's own being free."""
    found = np.zeros((service.n_units, len(service.rates)))
    places = np.arange(len(service.rates))
    before = np.ones(len(service.rates))
    for choice in range(service.preference.shape[1]):
        unit = service.preference[:, choice]
        found[unit, places] = factor[choice] * before
        before = before * busy[unit]
    return found
