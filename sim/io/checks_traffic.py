"""Controls and crashes against the roads: edges exist, follow each other, have two directions."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

import numpy as np

from sim.clock import MS_PER_MIN, next_clock_time, parse_clock_start
from sim.io.checked import Checked, as_warning, near, noted
from sim.io.folder_plans import PlanFile
from sim.io.yaml_strict import Path, YamlFile
from sim.roads.capacity import opposite_edges
from sim.roads.network import Network
from sim.schema.plan import Controls
from sim.schema.problems import Problem


def check_controls(
    folder: Checked, plan: PlanFile, chosen: Sequence[set[str]]
) -> Iterator[Problem]:
    """Findings about the controls of a plan; chosen: zones of each of its given routes."""
    controls, roads = plan.spec.controls, folder.roads
    if controls is None or not isinstance(roads, Network):
        return
    look = _Edges(roads, plan.source)
    for i, closure in enumerate(controls.closures):
        here: Path = ("controls", "closures", i)
        known = yield from look.known((*here, "edges"), closure.edges)
        if not closure.edges and not (closure.low_water_bridges and closure.kind != "tidal"):
            yield noted(plan.source, here, "plan.closes_nothing")
        if known and closure.kind == "tidal":
            yield from look.in_order((*here, "edges"), closure.edges, both_ways=True)
    for i, route in enumerate(controls.routes):
        here = ("controls", "routes", i, "edges")
        if (yield from look.known(here, route.edges)):
            yield from look.in_order(here, route.edges)
    yield from _one_route(plan, controls, chosen)


def _one_route(plan: PlanFile, controls: Controls, chosen: Sequence[set[str]]) -> Iterator[Problem]:
    """A zone can be led along one route only."""
    led: set[str] = set()
    for i in range(len(controls.routes)):
        if twice := sorted(led & chosen[i]):
            here = ("controls", "routes", i)
            yield noted(plan.source, here, "plan.two_routes", ", ".join(twice[:5]))
        led |= chosen[i]


def check_crashes(folder: Checked) -> Iterator[Problem]:
    """Given crashes: their edges exist, their hour comes, and there are queues to stand in."""
    traffic, source, roads = folder.spec.traffic, folder.source, folder.roads
    if not traffic.accidents and not traffic.accidents_per_million_km:
        return
    if not traffic.queues or (roads is not None and not isinstance(roads, Network)):
        yield as_warning(noted(source, ("traffic", "accidents"), "traffic.no_queues"))
    start = parse_clock_start(folder.spec.clock_start)
    look = _Edges(roads, source) if isinstance(roads, Network) else None
    for i, crash in enumerate(traffic.accidents):
        here: Path = ("traffic", "accidents", i)
        if look is not None:
            yield from look.known((*here, "edge"), (crash.edge,))
        if next_clock_time(start, crash.at) > folder.spec.horizon_min * MS_PER_MIN:
            allowed = f"{folder.spec.clock_start} + {folder.spec.horizon_min} min"
            path = (*here, "at")
            yield as_warning(noted(source, path, "clock.beyond_horizon", crash.at, allowed))


class _Edges:
    """Edges named in a YAML file."""

    def __init__(self, roads: Network, source: YamlFile) -> None:
        self.roads, self.source = roads, source
        self.row = {name: i for i, name in enumerate(roads.edge_ids)}

    def known(self, path: Path, names: Sequence[str]) -> Generator[Problem, None, bool]:
        """They exist; returned: whether all of them do."""
        unknown = [(k, name) for k, name in enumerate(names) if name not in self.row]
        for k, name in unknown:
            at = path if path[-1] == "edge" else (*path, k)
            yield noted(self.source, at, "ref.unknown", name, near(name, self.row))
        return not unknown

    def in_order(
        self, path: Path, names: Sequence[str], both_ways: bool = False
    ) -> Iterator[Problem]:
        """Each begins where the one before ends; both ways: each has its other direction."""
        roads, before = self.roads, -1
        every = np.ones(roads.n_edges, dtype=np.bool_)
        opposite = opposite_edges(roads, every) if both_ways else None
        for k, name in enumerate(names):
            row = self.row[name]
            if before >= 0 and int(roads.edge_from[row]) != before:
                yield noted(self.source, (*path, k), "plan.edges_apart", name)
            if opposite is not None and opposite[row] < 0:
                yield noted(self.source, (*path, k), "plan.one_way_edge", name)
            before = int(roads.edge_to[row])
