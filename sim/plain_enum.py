"""Enum members as plain class attributes.

Python 3.11 reaches ``Kind.STATE`` through a descriptor and ``__getattr__``, about ten times the
cost of an attribute; the engine does it tens of thousands of times in a run.
"""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

E = TypeVar("E", bound=type[Enum])


def plain_members(enumeration: E) -> E:
    """Class decorator: the same members, found at once."""
    for member in enumeration:
        type.__setattr__(enumeration, member.name, member)
    return enumeration
