"""Names of a scenario that a plan may use: ids with what planners call them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from sim.io.checked import copies
from sim.io.checks_plans import WAITING
from sim.io.scenario_folder import ScenarioFolder
from sim.roads.network import Network
from sim.schema.base import Row
from sim.schema.tables import VehicleRow
from sim.texts.labels import CHOICES, word
from sim.texts.report import Lang

Names = dict[str, str]
"""Id → how it is listed."""

REFERS: dict[str, tuple[str, ...]] = {
    "zones": ("zones",),
    "townships": ("townships",),
    "tags": ("tags",),
    "open": ("shelters",),
    "edges": ("edges",),
    "pickup": ("assembly_points",),
    "shelter": ("shelters",),
    "Where.planned": ("assembly_points", "shelters"),
    "Fleet.staged": ("vehicles", "waiting"),
    "Fleet.fixed": ("vehicles", "zones"),
    "Fleet.schedule": ("vehicles",),
    "Rescue.staged": ("teams", "waiting"),
    "PlanSpec.command": ("", "waiting"),
    "Rescue.posts": ("waiting",),
    "Held.posts": ("waiting",),
}
"""Field (``Model.field`` before ``field``) → lists it takes its names from; a table of pairs takes
its left column from the first and its right one from the second. Fields not named here are free."""


def refers(owner: str, field: str) -> tuple[str, ...]:
    """Lists a field takes its names from."""
    return REFERS.get(f"{owner}.{field}", REFERS.get(field, ()))


@dataclass(frozen=True)
class KnownNames:
    """The lists of one scenario; all empty while the scenario cannot be read."""

    folder: ScenarioFolder | None
    lang: Lang

    def of(self, name: str) -> Names:
        """A list by its name: a table of places, or one of those made here."""
        made: dict[str, Callable[[], Names]] = {
            "townships": lambda: self._values("township"),
            "tags": lambda: self._values("tag"),
            "vehicles": lambda: self._vehicles,
            "edges": lambda: self._edges,
            "waiting": lambda: {k: v for one in WAITING for k, v in self._table(one).items()},
        }
        return made[name]() if name in made else self._table(name)

    def _rows(self, table: str) -> Iterable[Row]:
        return () if self.folder is None else self.folder.tables.get(table, ())

    def _table(self, table: str) -> Names:
        found = {}
        for row in self._rows(table):
            name, key = str(getattr(row, "name", "")), str(getattr(row, "id", ""))
            found[key] = f"{name} · {key}" if name and name != key else key
        return found

    def _values(self, field: str) -> Names:
        values = dict.fromkeys(str(getattr(row, field, "")) for row in self._rows("zones"))
        return {value: value for value in values if value}

    @cached_property
    def _vehicles(self) -> Names:
        found = {}
        for row in self._rows("vehicles"):
            if isinstance(row, VehicleRow):
                kind = word(CHOICES, row.vehicle_class, self.lang)
                unit = "座" if self.lang == "zh" else " seats"
                for name in copies(row):
                    found[name] = f"{name} · {kind} {row.seats}{unit} · {row.depot}"
        return found

    @cached_property
    def _edges(self) -> Names:
        roads = None if self.folder is None else self.folder.roads
        if not isinstance(roads, Network):
            return {}
        ends = zip(roads.edge_ids, roads.edge_from, roads.edge_to, roads.names, strict=True)
        ids = roads.node_ids
        return {
            edge: f"{edge} · {name + ' · ' if name else ''}{ids[a]} → {ids[b]}"
            for edge, a, b, name in ends
        }
