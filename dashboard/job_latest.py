"""Latest orders that a job has worked out, laid beside the run they belong to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dashboard.jobs import read_json
from sim.experiment.again import scenario_of
from sim.experiment.store import RunFolder, replace_file
from sim.report.latest_file import FILE as LATEST
from sim.schema.problems import InputError


def keep_latest(run: Path, printed: str) -> int:
    """Lay the latest orders beside the run they belong to; 2 when its scenario has changed since.

    The answer was worked out for some of the plans; the file says for which inputs of the run.
    """
    document = RunFolder.open(run).document
    scenario = document["scenario"]
    try:
        now = scenario_of(document).input_hash
    except InputError:
        return 2
    if now != scenario["input_hash"]:
        return 2
    found: dict[str, Any] = json.loads(printed)
    known = read_json(run / LATEST)
    plans = {one["plan"]: one for one in known.get("plans", [])} if _same(known, now) else {}
    plans.update({one["plan"]: one for one in found["plans"]})
    found |= {"input_hash": now, "plans": list(plans.values())}
    replace_file(run / LATEST, json.dumps(found, ensure_ascii=False, indent=1))
    return 0


def _same(known: dict[str, Any], input_hash: str) -> bool:
    return known.get("input_hash") == input_hash
