"""Tables of a new scenario: zones, homes, assembly points, shelters, exits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.io.defaults import behaviour_defaults
from sim.io.new_area import Area
from sim.io.new_files import position
from sim.io.new_hazard import NewHazard
from sim.io.new_means import Means, means_tables
from sim.io.new_people import Homes, ZonePlan, middle_of
from sim.io.new_roads import Exit, Ground
from sim.io.new_shelters import Building
from sim.roads.minutes import MinutesMatrix
from sim.schema.problems import InputError, Problem
from sim.texts.new_scenario import Assumption

Table = list[dict[str, Any]]
PERSONS_PER_DESK, PERSONS_PER_BAY = 500, 500
SHELTERED = ("share_village_shelter", "share_coach")


@dataclass(frozen=True)
class Scene:
    """Everything read from the raw files. ground: roads; matrix: minutes; neither: straight.

    area: to be cleared, None where the to-move list follows from the water.
    """

    homes: Homes
    zones: ZonePlan
    shelters: list[Building]
    buildings: list[Building]
    ground: Ground | None
    matrix: MinutesMatrix | None
    hazard: NewHazard
    work: str
    area: Area | None = None


class PlaceTables:
    """Places and means of a scene as rows of the contract's tables."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.assumptions: list[Assumption] = []
        self.exits = self._find_exits()
        self.at_risk = int(scene.homes.persons[scene.zones.of_home >= 0].sum())
        self.cars = self._car_share()
        self._say_surplus()

    def tables(self) -> dict[str, Table]:
        """Every table by name."""
        coach = round(self.at_risk * (1 - self.cars))
        scene = self.scene
        means = Means(coach, self.at_risk, scene.zones, scene.buildings, scene.area is None)
        places = {
            "zones": self._zones(),
            "settlements": self._settlements(),
            "assembly_points": self._assembly_points(),
            "shelters": self._shelters(),
            "exits": self._exits(),
        }
        more, said = means_tables(means, self._somewhere)
        self.assumptions += said
        return places | more

    def _say(self, key: str, **values: object) -> None:
        self.assumptions.append(Assumption(key, values))

    # -- who goes where -----------------------------------------------------------------------

    def _find_exits(self) -> list[Exit]:
        scene = self.scene
        exits: list[Exit] = []
        if scene.ground is not None and scene.area is not None:
            exits = scene.area.exits(scene.ground)
            self._say("area_exits", n=len(exits), names=", ".join(item.name for item in exits))
            return exits
        if scene.ground is not None:
            network = scene.ground.network
            depth = scene.hazard.depth_mm(network.node_x, network.node_y, scene.work)
            exits = scene.ground.exits(depth)
        if not exits and not scene.shelters:
            raise InputError([Problem("new.nowhere", "--shelters")])
        if exits:
            self._say("exits", n=len(exits), names=", ".join(item.name for item in exits))
        else:
            self._say("no_exits")
        return exits

    def _car_share(self) -> float:
        """Share that drives to an exit: the library's own means against shelters and coaches."""
        if not self.exits:
            self._say("ways_coach")
            return 0.0
        library = {item.name: item.value for item in behaviour_defaults()}
        own = float(str(library["share_relatives"]))
        sheltered = sum(float(str(library[name])) for name in SHELTERED)
        share = round(own / (own + sheltered), 2)
        self._say("ways_out", cars=f"{share:.0%}", coach=f"{1 - share:.0%}")
        return share

    def _say_surplus(self) -> None:
        places = sum(building.capacity for building in self.scene.shelters)
        shown = {"places": f"{places:,}", "people": f"{self.at_risk:,}"}
        if not places:
            return
        if places >= self.at_risk:
            self._say("fits", **shown)
        elif self.exits:
            self._say("surplus", **shown, surplus=f"{self.at_risk - places:,}")
        else:
            self._say("overfull", **shown, surplus=f"{self.at_risk - places:,}")

    # -- tables -------------------------------------------------------------------------------

    def _zones(self) -> Table:
        zones = self.scene.zones
        return [
            {"id": code, "name": name, "township": town}
            for code, name, town in zip(zones.ids, zones.names, zones.towns, strict=True)
        ]

    def _settlements(self) -> Table:
        homes, zones = self.scene.homes, self.scene.zones
        ids = zones.ids
        exit_of = self._exit_of_homes()
        rows = []
        for i in range(len(homes)):
            zone = int(zones.of_home[i])
            listed = zone >= 0
            rows.append(
                {
                    "id": homes.ids[i],
                    "name": homes.names[i],
                    "township": homes.towns[i],
                    "zone": ids[zone] if listed else "",
                    **position(homes.lon[i], homes.lat[i]),
                    "node": homes.node[i],
                    "resident": int(homes.persons[i]),
                    "share_relatives": self.cars if listed else "",
                    "share_coach": round(1 - self.cars, 2) if listed else "",
                    "relatives_to": exit_of[i] if listed and self.cars else "",
                    "organiser": f"O-{ids[zone]}" if listed else "",
                }
            )
        return rows

    def _exit_of_homes(self) -> list[str]:
        scene = self.scene
        if scene.ground is None or not self.exits:
            return [""] * len(scene.homes)
        nodes = scene.ground.nearest_reached(*scene.ground.work(scene.homes.lon, scene.homes.lat))
        nearest = scene.ground.nearest_exit(nodes, self.exits)
        return ["" if row < 0 else f"X{row + 1}" for row in nearest.tolist()]

    def _assembly_points(self) -> Table:
        scene, zones = self.scene, self.scene.zones
        middle = [middle_of(scene.homes, zones.homes(k)) for k in range(len(zones.names))]
        lon, lat = np.array([m[0] for m in middle]), np.array([m[1] for m in middle])
        node = [scene.homes.node[int(zones.homes(k)[0])] for k in range(len(zones.names))]
        if scene.ground is not None:
            rows = scene.ground.nearest_stop(*scene.ground.work(lon, lat))
            lon, lat = scene.ground.lonlat(rows)
            node = [scene.ground.network.node_ids[row] for row in rows]
        persons = [int(scene.homes.persons[zones.homes(k)].sum()) for k in range(len(zones.names))]
        return [
            {
                "id": f"A-{code}",
                "name": f"{zones.names[k]} 集合点",
                "zone": code,
                **position(lon[k], lat[k]),
                "node": node[k],
                "bays": min(6, 1 + persons[k] // PERSONS_PER_BAY),
            }
            for k, code in enumerate(zones.ids)
        ]

    def _shelters(self) -> Table:
        shelters = self.scene.shelters
        nodes = self._road_nodes(shelters)
        return [
            {
                "id": b.id,
                "name": b.name,
                "kind": b.shelter_kind,
                **position(b.lon, b.lat),
                "node": nodes[k],
                "capacity": b.capacity,
                "desks": min(20, 1 + b.capacity // PERSONS_PER_DESK),
                "bays": min(8, 1 + b.capacity // PERSONS_PER_BAY),
                "source": b.kind,
            }
            for k, b in enumerate(shelters)
        ]

    def _exits(self) -> Table:
        if self.scene.ground is None:
            return []
        lon, lat = self.scene.ground.lonlat([item.node for item in self.exits])
        return [
            {
                "id": f"X{k + 1}",
                "name": item.name,
                "kind": "exit",
                **position(lon[k], lat[k]),
                "node": self.scene.ground.network.node_ids[item.node],
            }
            for k, item in enumerate(self.exits)
        ]

    # -- places on the roads ------------------------------------------------------------------

    def _road_nodes(self, buildings: list[Building]) -> list[str]:
        """Node at which coaches stop for each building."""
        ground = self.scene.ground
        if ground is None or not buildings:
            return [building.node for building in buildings]
        lon = np.array([building.lon for building in buildings])
        lat = np.array([building.lat for building in buildings])
        rows = ground.nearest_reached(*ground.work(lon, lat))
        return [ground.network.node_ids[row] for row in rows]

    def _somewhere(self, kinds: tuple[str, ...], dry: bool) -> list[dict[str, Any]]:
        """Places of buildings of some kinds; else the free node, the largest shelter, an exit."""
        found = [b for b in self.scene.buildings if b.kind in kinds]
        found = [b for b in found if b.depth_mm == 0 or not dry]
        matrix = self.scene.matrix
        if not found and matrix is not None:
            used = {*self.scene.homes.node, *(b.node for b in self.scene.buildings)}
            free = [name for name in matrix.node_ids if name not in used]
            if free:
                return [{"name": free[0], "x": "", "y": "", "node": free[0]}]
        if not found and not self.scene.shelters:
            return [{key: self._exits()[0][key] for key in ("name", "x", "y", "node")}]
        if not found:
            found = [max(self.scene.shelters, key=lambda b: (b.capacity, -b.row))]
        nodes = self._road_nodes(found)
        return [
            {"name": b.name, **position(b.lon, b.lat), "node": node}
            for b, node in zip(found, nodes, strict=True)
        ]
