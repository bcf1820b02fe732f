"""A process keeps few members, and always the one it plays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.hazards import Member, Signals
from sim.hazards.base import MemberCache


def member(k: int) -> Member:
    """A member of 4,000 bytes."""
    flat, deep = np.zeros((0, 0), np.int32), np.zeros((0, 0, 0), np.int32)
    signals = Signals(1, flat, (), deep, flat, (), deep, np.zeros(0, np.int64))
    row = np.zeros(1, np.int32)
    return Member(
        k, "", row, np.zeros((1, 500), np.int32), row, np.zeros((1, 500), np.int32), signals
    )


def test_old_members_make_room() -> None:
    """With room for two, asking for a third forgets the one used longest ago."""
    built: list[int] = []

    def build(k: int) -> Member:
        built.append(k)
        return member(k)

    cache = MemberCache(build, kept_bytes=8_000)
    for k in (0, 1, 0, 2, 0, 1):
        assert cache.get(k).index == k
    assert built == [0, 1, 2, 1]


def test_a_member_larger_than_the_room_is_kept_while_used() -> None:
    """However large, the member in play is built once."""
    built: list[int] = []

    def build(k: int) -> Member:
        built.append(k)
        return replace(member(k), label="large")

    cache = MemberCache(build, kept_bytes=10)
    assert [cache.get(3).label, cache.get(3).label] == ["large", "large"]
    assert built == [3]
