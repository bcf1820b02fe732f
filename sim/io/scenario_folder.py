"""The door for planners' files: a scenario folder in, frozen and checked objects out.

``load_scenario`` reads everything, finds every problem of every file, and raises them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.io.checked import Checked
from sim.io.checks import check_all
from sim.io.coordinates import PlaceLayer, check_crs_names, place_layers, working_crs
from sim.io.defaults import BEHAVIOUR, DefaultValue, library_bytes
from sim.io.documents import read_scenario_yaml
from sim.io.doubt import DOUBT, Inputs, doubt_bytes, with_inputs
from sim.io.folder_files import FolderFiles
from sim.io.folder_plans import PlanFile, read_plans
from sim.io.folder_roads import (
    FolderRoads,
    Report,
    Roads,
    has_roads,
    read_folder_roads,
    straight_lines,
)
from sim.io.folder_tables import read_tables
from sim.io.limits import tidy
from sim.io.tables import Table
from sim.io.yaml_strict import YamlFile
from sim.schema.base import Row
from sim.schema.plan import PlanSpec
from sim.schema.problems import InputError, Problem
from sim.schema.scenario import ScenarioSpec

SCENARIO = "scenario.yaml"


@dataclass(frozen=True)
class ScenarioFolder:
    """Everything planners wrote, validated and checked against each other.

    Attributes:
        path: the folder.
        id: its name.
        spec: scenario.yaml with library values filled in.
        tables: rows of every table given, by table name.
        rows: spreadsheet row number of each of these rows.
        files: what the planner calls each table (``zones.csv``, ``tables.xlsx/zones``).
        roads: network in the working system, or a travel-time matrix.
        road_report: what the importer read, assumed and left out; None for straight lines.
        work_crs: working coordinate system, metres; '' when no place has coordinates.
        plans: plan variants by id, sorted.
        defaults_used: library values that the scenario left out, with source and confidence.
        warnings: what to know although the work can go on.
        input_hash: SHA-256 over name and content of every file read and of the library.
        inputs: whether doubtful values of behaviour are as written, or moved to one side.
    """

    path: Path
    id: str
    spec: ScenarioSpec
    tables: dict[str, tuple[Row, ...]]
    rows: dict[str, tuple[int, ...]]
    files: dict[str, str]
    roads: Roads
    road_report: Report | None
    work_crs: str
    plans: dict[str, PlanSpec]
    defaults_used: tuple[DefaultValue, ...]
    warnings: tuple[Problem, ...]
    input_hash: str
    inputs: Inputs = "base"

    @property
    def roads_estimated(self) -> bool:
        """Whether straight lines stand in for roads; to be marked 估算 wherever they show."""
        return bool(getattr(self.roads, "estimated", False))


def load_scenario(
    path: Path | str, plans: Sequence[str] | None = None, inputs: Inputs = "base"
) -> ScenarioFolder:
    """Read and check a scenario folder.

    Args:
        path: the folder.
        plans: ids of the plans to read; None: all of them.
        inputs: base, or every doubtful value of behaviour on its good or its bad side.

    Raises:
        InputError: all problems of all files.
    """
    return _Reading(Path(path), inputs).read(plans)


class _Reading:
    """One pass over a folder, collecting problems until nothing more can be found out."""

    def __init__(self, path: Path, inputs: Inputs) -> None:
        self.inputs: Inputs = inputs
        try:
            self.root = path.resolve()
            is_folder = self.root.is_dir()
        except (OSError, RuntimeError, ValueError):
            is_folder = False
        if not is_folder:
            raise InputError([Problem("file.not_a_folder", path.name or str(path))])
        self.files = FolderFiles(self.root)
        self.problems: list[Problem] = []
        self.defaults: tuple[DefaultValue, ...] = ()
        self.source = YamlFile(SCENARIO)
        self.plans: dict[str, PlanFile] = {}
        self.tables: dict[str, Table] = {}
        self.layers: list[PlaceLayer] = []
        self.work_crs = ""

    def read(self, wanted: Sequence[str] | None) -> ScenarioFolder:
        """Everything, or InputError with all problems."""
        spec = self._scenario()
        self.tables, found = read_tables(self.files)
        self.problems += found
        self.plans, found = read_plans(self.files, wanted)
        self.problems += found
        roads: FolderRoads | None = None
        if spec is not None:
            self._places(spec)
            self._hazard_files(spec)
            roads = self._roads(spec)
            if roads is not None and roads.tables:
                self.tables = roads.tables
            self.problems += check_all(
                Checked(
                    spec,
                    self.source,
                    self.tables,
                    self.plans,
                    roads.roads if roads else None,
                    self.work_crs,
                    self.layers,
                )
            )
        problems = tidy([*self.files.problems, *self.problems])
        if spec is None or roads is None or any(p.severity == "error" for p in problems):
            raise InputError(problems)
        return self._result(spec, roads, problems)

    def _scenario(self) -> ScenarioSpec | None:
        data = self.files.read(SCENARIO)
        if data is None:
            return None
        spec, self.defaults, self.source = read_scenario_yaml(data, SCENARIO)
        self.problems += self.source.problems
        if spec is None or self.inputs == "base":
            return spec
        return spec.model_copy(update={"behaviour": with_inputs(spec.behaviour, self.inputs)})

    def _places(self, spec: ScenarioSpec) -> None:
        """Layers of coordinates and the working system; nothing while a system is unknown."""
        unknown = check_crs_names(spec, self.source)
        self.problems += unknown
        if unknown:
            return
        self.layers, found = place_layers(self.tables, spec.crs.tables)
        self.problems += found
        try:
            self.work_crs = working_crs(spec, self.layers)
        except ValueError:
            found = [Problem("crs.outside_work", SCENARIO, None, "crs.tables", spec.crs.tables)]
            self.problems += found

    def _roads(self, spec: ScenarioSpec) -> FolderRoads | None:
        if any(problem.code.startswith("crs.") for problem in self.problems):
            return None  # every distance would be wrong
        try:
            if has_roads(self.files):
                result = read_folder_roads(self.files, spec, self.work_crs)
            else:
                result = straight_lines(self.tables, self.layers, spec, self.work_crs)
        except InputError as error:
            self.problems += error.problems
            return None
        self.problems += result.problems
        return result

    def _hazard_files(self, spec: ScenarioSpec) -> None:
        """Recorded layers belong to the input; companions of a .shp or .tif go with them."""
        named = set(_named_files(spec.hazard.model_dump()))
        self.problems = [
            each for each in self.problems if each.code != "file.unknown" or each.file not in named
        ]
        for name in sorted(named):
            if self.files.path(name) is not None:
                stem = name.rpartition("/")[2].partition(".")[0]
                folder = name.rpartition("/")[0] or "."
                for other in self.files.names(folder):
                    if other.rpartition("/")[2].startswith(f"{stem}.") and other != name:
                        self.files.path(other)

    def _result(
        self, spec: ScenarioSpec, roads: FolderRoads, problems: list[Problem]
    ) -> ScenarioFolder:
        return ScenarioFolder(
            path=self.root,
            id=self.root.name,
            spec=spec,
            tables={name: table.rows for name, table in self.tables.items()},
            rows={name: table.numbers for name, table in self.tables.items()},
            files={name: table.file for name, table in self.tables.items()},
            roads=roads.roads,
            road_report=roads.report,
            work_crs=self.work_crs,
            plans={name: plan.spec for name, plan in self.plans.items()},
            defaults_used=self.defaults,
            warnings=tuple(problems),
            input_hash=self.files.input_hash(self._library()),
            inputs=self.inputs,
        )

    def _library(self) -> dict[str, bytes]:
        """Shipped tables that are part of what is played."""
        shipped = {f"defaults/{BEHAVIOUR}": library_bytes()}
        if self.inputs != "base":
            shipped[f"defaults/{DOUBT}#{self.inputs}"] = doubt_bytes()
        return shipped


def _named_files(part: object) -> list[str]:
    """Every value of a key ``file`` inside the hazard section."""
    if isinstance(part, dict):
        own = [value for key, value in part.items() if key == "file" and isinstance(value, str)]
        return own + [name for value in part.values() for name in _named_files(value)]
    if isinstance(part, (list, tuple)):
        return [name for item in part for name in _named_files(item)]
    return []
