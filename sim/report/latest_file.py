"""What ``yuyan optimize trigger … --json`` found, when its answer lies in the run folder.

A run does not hold the latest orders: they are another experiment, minutes long. Whoever played
it keeps its output as ``latest_orders.json`` beside ``run.json``; pages and documents then use
it. An answer for other inputs or another plan is not taken.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sim.report.book import Book

FILE = "latest_orders.json"


def latest_orders_of(book: Book, plan: str) -> Mapping[str, Any] | None:
    """The entry of one plan as ``--json`` printed it; None when nobody has played it."""
    try:
        document = json.loads((book.run.path / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(document, dict):
        return None
    if document.get("input_hash") != book.document["scenario"]["input_hash"]:
        return None
    plans = document.get("plans")
    found = [one for one in plans if one.get("plan") == plan] if isinstance(plans, list) else []
    return found[0] if found and found[0].get("nights_played") else None
