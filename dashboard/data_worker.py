"""Makes a scenario folder from what a page received: ``python -m dashboard.data_worker REQUEST``.

A process of its own: a file that breaks a library for maps, or eats all memory, ends this process
and not the dashboard. It reads ``REQUEST`` (JSON) and writes ``answer.json`` beside it.
"""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from dashboard.data_map import map_of
from dashboard.jobs import read_json, read_text
from sim.experiment.store import replace_file
from sim.io.limits import tidy
from sim.io.new_request import NewOptions, RawFiles
from sim.io.new_scenario import new_scenario
from sim.io.new_workbook import FilledTables, new_from_tables
from sim.io.roads_read import find_roads
from sim.io.scenario_folder import ScenarioFolder, load_scenario
from sim.schema.problems import InputError, Problem
from sim.texts.new_scenario import Assumption

LONGEST_S = 600
LARGEST_MEMORY = 12_000_000_000
"""Bytes of addresses (far more than is used) beyond which the reader gives up."""


@dataclass(frozen=True)
class Request:
    """What is to be made.

    Attributes:
        kind: ``raw`` files, filled ``tables``, or an ``area`` of the scenario ``source``.
        folder: scenario folder to make.
        files: layer → path; for ``tables`` those of the layer ``tables`` are a list.
        crs: layer → coordinate system.
        total: known head-count.
        area: ring of WGS 84 points.
    """

    kind: str
    folder: str
    files: dict[str, Any] = field(default_factory=dict)
    crs: dict[str, str] = field(default_factory=dict)
    total: int | None = None
    area: list[list[float]] = field(default_factory=list)
    source: str = ""


def ask(request: Request, place: Path) -> dict[str, Any]:
    """Have a request answered by a process of its own; the answer (see ``answer``)."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    asked = place / "request.json"
    replace_file(asked, json.dumps(asdict(request), ensure_ascii=False))
    command = [sys.executable, "-P", "-m", "dashboard.data_worker", str(asked)]
    with (place / "err.txt").open("wb") as err:
        try:
            subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=err, stderr=err, timeout=LONGEST_S
            )
        except subprocess.TimeoutExpired:
            return refusal([Problem("upload.took_too_long", place.name, found=LONGEST_S)])
    found = read_json(place / "answer.json")
    if found:
        return found
    last = read_text(place / "err.txt").strip().splitlines()[-1:]
    return refusal([Problem("upload.reader_died", place.name, found="".join(last) or None)])


def answer(request: Request) -> dict[str, Any]:
    """Make the folder and describe it: problems, assumptions, numbers, defaults, map."""
    folder = Path(request.folder)
    try:
        said = make(request)
        loaded = load_scenario(folder)
    except InputError as error:
        shutil.rmtree(folder, ignore_errors=True)
        return refusal(tidy(error.problems))
    return {
        "made": folder.name,
        "problems": [asdict(problem) for problem in loaded.warnings],
        "assumptions": [asdict(one) for one in said],
        "numbers": _numbers(loaded),
        "defaults": [
            [one.label("zh"), one.label("en"), one.text, one.unit, one.source, one.confidence]
            for one in loaded.defaults_used
        ],
        "map": map_of(loaded),
    }


def make(request: Request) -> tuple[Assumption, ...]:
    """The folder, and what was taken for granted.

    Raises:
        InputError: every problem found.
    """
    folder = Path(request.folder)
    files = {name: Path(path) for name, path in request.files.items() if name != "tables"}
    if request.kind == "tables":
        tables = [Path(path) for path in request.files.get("tables", [])]
        filled = FilledTables(tables, files.get("roads"), files.get("hazard"))
        return new_from_tables(folder, filled, request.crs)
    crs = dict(request.crs)
    if request.kind == "area":
        files, crs = _of_scenario(Path(request.source), folder.parent)
    roads = files.get("roads")
    by_minutes = roads is not None and roads.name.startswith("minutes.")
    raw = RawFiles(
        files["people"],
        files.get("shelters"),
        None if by_minutes else roads,
        roads if by_minutes else None,
        files.get("hazard"),
    )
    ring = tuple((float(lon), float(lat)) for lon, lat in request.area)
    return new_scenario(folder, raw, crs, NewOptions(request.total, (), ring)).assumptions


def _of_scenario(source: Path, place: Path) -> tuple[dict[str, Path], dict[str, str]]:
    """Roads and people of a scenario as raw files (the people are written below ``place``)."""
    loaded = load_scenario(source, [])
    rows: list[Any] = [row for row in loaded.tables["settlements"] if row.x is not None]
    people = place / "people.csv"
    with people.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "name", "place", "x", "y", "population"])
        for row in rows:
            known = (row.present_night, row.present_day, row.resident, row.registered)
            count = next((n for n in known if n is not None), 0) + row.outsiders
            writer.writerow([row.id, row.name, row.township, row.x, row.y, count])
    crs = {"people": loaded.spec.crs.tables, "roads": loaded.spec.crs.roads}
    return {"people": people, "roads": find_roads(source)}, crs


def refusal(problems: list[Problem]) -> dict[str, Any]:
    """The answer when nothing could be made."""
    return {"made": "", "problems": [asdict(problem) for problem in problems]}


def problems_of(found: dict[str, Any]) -> list[Problem]:
    """The problems of an answer."""
    return [Problem(**one) for one in found.get("problems", [])]


def assumptions_of(found: dict[str, Any]) -> list[Assumption]:
    """The assumptions of an answer."""
    return [Assumption(**one) for one in found.get("assumptions", [])]


def _numbers(loaded: ScenarioFolder) -> dict[str, int]:
    people: list[Any] = list(loaded.tables.get("settlements", ()))
    counts = [
        (row.zone, row.resident or row.present_night or row.registered or 0) for row in people
    ]
    shelters: list[Any] = list(loaded.tables.get("shelters", ()))
    return {
        "settlements": len(people),
        "people": sum(n for _, n in counts),
        "to_move": sum(n for zone, n in counts if zone),
        "zones": len(loaded.tables.get("zones", ())),
        "shelters": len(shelters),
        "places": sum(row.capacity for row in shelters),
        "exits": len(loaded.tables.get("exits", ())),
        "roads": int(getattr(loaded.roads, "n_edges", 0)),
    }


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY, LARGEST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(file: Path) -> int:
    """Answer the request in a file."""
    _limit_memory()
    found = answer(Request(**read_json(file)))
    replace_file(file.with_name("answer.json"), json.dumps(found, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
