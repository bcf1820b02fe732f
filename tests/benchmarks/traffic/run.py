"""Measure the traffic kernel beside its peers and write docs/benchmarks/traffic.md.

    python tests/benchmarks/traffic/run.py [--quick] [--raw FILE [--again NAME ...]] [--out FILE]

Needs ``pip install -e '.[peers]'`` and the folder shared beside the repository (YUYAN_SHARED).
About 15 minutes of CPU time; --quick leaves the largest cases out. --raw keeps the numbers as
JSON: what is there already is not measured again, except the names after --again. All players of
a case are always measured one after the other.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import page
from steps import LONG, STEPS

ROOT = Path(__file__).resolve().parents[3]


def measure(found: dict[str, Any], quick: bool, raw: Path | None) -> None:
    """Everything that is missing, kept after every step."""
    for name, step in STEPS.items():
        if name in found or (quick and name in LONG):
            continue
        print(f"-- {name}", flush=True)
        found[name] = step()
        if raw:
            raw.write_text(json.dumps(found, indent=1), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--raw", type=Path)
    parser.add_argument("--again", nargs="+", default=[], help="names of steps.STEPS")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks" / "traffic.md")
    asked = parser.parse_args()
    found: dict[str, Any] = {}
    if asked.raw and asked.raw.exists():
        found = json.loads(asked.raw.read_text(encoding="utf-8"))
    for name in asked.again:
        found.pop(name, None)
    measure(found, asked.quick, asked.raw)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(page.written(found), encoding="utf-8")


if __name__ == "__main__":
    main()
