"""Shipped parameter files: one number per row, with unit, source and confidence."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def read_defaults(file: str) -> dict[str, float]:
    """Values by name of a file of ``sim/defaults``.

    Raises:
        FileNotFoundError: no such file is shipped.
    """
    text = files("sim").joinpath("defaults", file).read_text(encoding="utf-8")
    return {row["name"]: float(row["value"]) for row in csv.DictReader(text.splitlines())}
