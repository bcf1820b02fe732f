"""Ids that planners give to plans and scenarios: they become file names on every system."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from sim.io.folder_plans import ENDINGS

_ID = re.compile(r"\w[\w.-]{0,59}")
_DEVICES = {"con", "prn", "aux", "nul", *(f"{n}{k}" for n in ("com", "lpt") for k in range(1, 10))}
"""Names that Windows keeps for itself."""


class TakenError(RuntimeError):
    """There is a plan or a scenario of this name already."""


def id_fault(name: str) -> str | None:
    """Why a name cannot be the id of a plan or scenario (a key of words); None when it can.

    Ids become file names: letters of any script, digits, ``_``, ``-`` and ``.`` inside.
    """
    if not name:
        return "plans.id_empty"
    plain = name.casefold().partition(".")[0]
    if not _ID.fullmatch(name) or name.endswith((".", *ENDINGS)) or plain in _DEVICES:
        return "plans.id_bad"
    return None if len(name.encode()) <= 200 else "plans.id_bad"


def must_be_id(name: str) -> None:
    """Hold what the page has asked for already.

    Raises:
        ValueError: it cannot be an id.
    """
    if id_fault(name) is not None:
        raise ValueError(f"{name!r} cannot be an id")


def free_id(wanted: str, taken: Mapping[str, object] | set[str]) -> str:
    """The first of ``wanted_2``, ``wanted_3`` … that nobody has."""
    used = {one.casefold() for one in taken}
    number = 2
    while f"{wanted}_{number}".casefold() in used:
        number += 1
    return f"{wanted}_{number}"


def is_taken(folder: Path, name: str) -> bool:
    """Whether a name is used, also where upper and lower case are the same."""
    return any(one.name.casefold() == name.casefold() for one in folder.iterdir())
