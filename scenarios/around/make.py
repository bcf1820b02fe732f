"""Makes the small scenarios beside 云岭县: a forest, a chemical park, a polder, a bay,
a town that is shaken, a valley under slopes, a flash flood (alone and with slides),
streets under water.

``python scenarios/around/make.py [--out FOLDER]`` writes the folders of ``MADE`` under FOLDER
(default: the folder that holds this one). The same files come out on every machine.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from types import ModuleType

SCENARIOS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(SCENARIOS), str(SCENARIOS / "yunling")]

from making.files import write_table, yaml_text  # noqa: E402

from around import coast, flash, forest, gully, park, polder, quake, slides, streets  # noqa: E402
from around.plan_parts import HEAD  # noqa: E402

MADE: dict[str, ModuleType] = {
    "yunling_fire": forest, "yunling_park": park, "yunling_polder": polder,
    "yunling_coast": coast, "yunling_quake": quake, "yunling_slides": slides,
    "yunling_flash": flash, "yunling_streets": streets, "yunling_gully": gully,
}  # fmt: skip


def make(out: Path) -> None:
    """Write all folders under ``out``."""
    for name, part in MADE.items():
        folder = out / name
        (folder / "plans").mkdir(parents=True, exist_ok=True)
        for table, rows in part.district().finish().items():
            write_table(folder / f"{table}.csv", rows)
        _write(folder / "scenario.yaml", HEAD + yaml_text(part.scenario()) + "\n")
        for plan_id, text in part.plans().items():
            _write(folder / "plans" / f"{plan_id}.yaml", text)
        for file, text in part.grids().items():
            _write(folder / file, text)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=SCENARIOS)
    make(parser.parse_args().out)
