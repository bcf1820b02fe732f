"""Writes the tables, scenario.yaml and notes of a new scenario folder."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.texts.new_scenario import Assumption

LEFT_OUT = "notes/left_out.csv"
ASSUMPTIONS = "notes/assumptions.md"

Rows = Sequence[Mapping[str, Any]]


def write_table(folder: Path, name: str, rows: Rows) -> None:
    """``<name>.csv``; nothing when there are no rows."""
    if not rows:
        return
    path = folder / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def position(lon: float, lat: float) -> dict[str, Any]:
    """x and y to about a decimetre; blank where only a node is known."""
    if np.isnan(lon) or np.isnan(lat):
        return {"x": "", "y": ""}
    return {"x": round(float(lon), 6), "y": round(float(lat), 6)}


def write_scenario(folder: Path, spec: Mapping[str, Any], said: Sequence[Assumption]) -> None:
    """``scenario.yaml`` with one assumption per line, and the same as a page to read."""
    lines = ["# 由 yuyan new 写成，可自由修改 | written by yuyan new, change it as you like"]
    for key, value in spec.items():
        if key == "hazard":
            lines += ["hazard:", *_block(value, 2)]
        else:
            lines.append(f"{key}: {_flow(value)}")
    lines += ["assumptions:", *(f"  - {_flow(item.both)}" for item in said)]
    (folder / "scenario.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    page = ["# 假定 | Assumptions", ""]
    page += [f"- {item.text('zh')}\n  {item.text('en')}" for item in said]
    path = folder / ASSUMPTIONS
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(page) + "\n", encoding="utf-8")


def write_plans(folder: Path, plans: Mapping[str, str]) -> None:
    """``plans/<id>.yaml``."""
    (folder / "plans").mkdir(exist_ok=True)
    for name, text in plans.items():
        (folder / "plans" / f"{name}.yaml").write_text(text, encoding="utf-8")


def _block(section: Mapping[str, Any], indent: int) -> list[str]:
    """A section with one key per line, inner sections below it."""
    lines = []
    for key, value in section.items():
        if isinstance(value, Mapping) and "dist" not in value:
            lines += [f"{' ' * indent}{key}:", *_block(value, indent + 2)]
        else:
            lines.append(f"{' ' * indent}{key}: {_flow(value)}")
    return lines


def _flow(value: Any) -> str:
    """A value in one line; JSON is YAML, and every text is quoted."""
    return json.dumps(value, ensure_ascii=False)
