"""A binary heap of nodes by distance, for compiled loops: one whole number per entry.

The distance stands above the row of the node, so of one distance the lower row comes first.
"""

from __future__ import annotations

from numba import njit

from sim.compiled import OPTIONS

NODE_BITS = 22
"""Bits of the row in an entry: four million nodes, and ways of sixty years."""


@njit(**OPTIONS)
def push(heap, size, d, node):  # type: ignore[no-untyped-def]
    """Into the binary heap; its new size."""
    hole, entry = size, (d << NODE_BITS) | node
    while hole > 0:
        parent = (hole - 1) >> 1
        if heap[parent] <= entry:
            break
        heap[hole] = heap[parent]
        hole = parent
    heap[hole] = entry
    return size + 1


@njit(**OPTIONS)
def least(heap):  # type: ignore[no-untyped-def]
    """Distance and node of the first of the binary heap."""
    return heap[0] >> NODE_BITS, heap[0] & ((1 << NODE_BITS) - 1)


@njit(**OPTIONS)
def drop_least(heap, size):  # type: ignore[no-untyped-def]
    """Take the first of the binary heap out; its new size."""
    size -= 1
    entry, hole, child = heap[size], 0, 1
    while child < size:
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if entry <= heap[child]:
            break
        heap[hole] = heap[child]
        hole, child = child, 2 * child + 1
    heap[hole] = entry
    return size
