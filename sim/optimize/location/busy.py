"""Expected minutes to the first free unit when every unit may be busy: what a placement is worth.

The k-th nearest unit comes with probability ``(1 - busy) * busy**(k - 1)``; the last takes what is
left over. With ``busy`` 0 this is the p-median. Placements are improved unit by unit.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.optimize.location.placement import Bools, Floats


def expected_minutes(minutes: Floats, weights: Floats, posts: Sequence[int], busy: float) -> float:
    """Weighted mean over the demands; minutes: float64[demands, posts]; posts: of every unit."""
    ranked = np.sort(minutes[:, list(posts)], axis=1)
    return float((weights * (ranked @ _chances(len(posts), busy))).sum() / weights.sum())


def moves(
    minutes: Floats, weights: Floats, posts: Sequence[int], busy: float, free: Bools | None = None
) -> list[tuple[float, int, int]]:
    """Every move of one unit to another post: (expected minutes after it, unit, post), best first.

    Units at one post are alike here: only the first of them is moved, of those ``free`` to go.
    """
    found = []
    may_go = [k for k in range(len(posts)) if free is None or free[k]]
    chances = _chances(len(posts), busy)
    total = weights.sum()
    seen: set[int] = set()
    for unit in may_go:
        if posts[unit] in seen:
            continue
        seen.add(posts[unit])
        rest = np.sort(np.delete(minutes[:, list(posts)], unit, axis=1), axis=1)
        for post in range(minutes.shape[1]):
            if post != posts[unit]:
                value = _with_one_more(rest, minutes[:, post], weights, chances) / total
                found.append((value, unit, post))
    return sorted(found)


def _with_one_more(rest: Floats, new: Floats, weights: Floats, chances: Floats) -> float:
    """Total when one unit is added to ranked others: it takes its rank, those behind move on."""
    before = np.minimum(rest, new[:, None])
    after = np.maximum(rest, new[:, None])
    ranked = np.empty((len(new), rest.shape[1] + 1))
    ranked[:, 0] = before[:, 0] if rest.shape[1] else new
    if rest.shape[1]:
        ranked[:, 1:-1] = np.minimum(after[:, :-1], np.maximum(before[:, 1:], rest[:, :-1]))
        ranked[:, -1] = after[:, -1]
    return float((weights * (ranked @ chances)).sum())


def descend(minutes: Floats, weights: Floats, posts: Sequence[int], busy: float) -> tuple[int, ...]:
    """Placement after the best move, again and again until none helps."""
    now = tuple(posts)
    best = expected_minutes(minutes, weights, now, busy)
    while True:
        ranked = moves(minutes, weights, now, busy)
        if not ranked or ranked[0][0] >= best * (1 - 1e-9):
            return now
        best, unit, post = ranked[0]
        now = (*now[:unit], post, *now[unit + 1 :])


def _chances(n: int, busy: float) -> Floats:
    """Probability that the k-th nearest of n is the first free one; the last is waited for."""
    chances: Floats = (1 - busy) * busy ** np.arange(n, dtype=np.float64)
    chances[-1] += busy**n
    return chances
