"""What ``yuyan optimize trigger … --json`` found, when its answer lies in the run folder.

A run does not hold the latest orders: they are another experiment, minutes long. Whoever played
it keeps its output as ``latest_orders.json`` beside ``run.json``; pages and documents then use
it. An answer for other inputs or another plan is not taken.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sim.experiment.again import scenario_of
from sim.report.book import Book

FILE = "latest_orders.json"


def latest_orders_of(book: Book, plan: str) -> Mapping[str, Any] | None:
    """The entry of one plan as ``--json`` printed it; None when nobody has played it."""
    try:
        document = json.loads((book.run.path / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    plans = document.get("plans") if isinstance(document, dict) else None
    if not isinstance(plans, list) or not all(isinstance(one, dict) for one in plans):
        return None
    found: list[dict[str, Any]] = [
        one for one in plans if one.get("plan") == plan and one.get("nights_played")
    ]
    if not found or not _same_inputs(book, document, [str(one.get("plan")) for one in plans]):
        return None
    return found[0]


def _same_inputs(book: Book, document: Mapping[str, Any], plans: list[str]) -> bool:
    """Whether the answer was played from the scenario of the run.

    The hash of an input covers the plans that were read, and these may be fewer than the run's.
    """
    hashed = document.get("input_hash")
    if hashed == book.document["scenario"]["input_hash"]:
        return True
    if book.folder is None or not set(plans) <= set(book.plans):
        return False
    return bool(hashed == scenario_of(book.document, plans).input_hash)
