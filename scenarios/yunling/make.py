"""Makes the scenario 云岭县 (a county that does not exist) and its stress variant.

``python scenarios/yunling/make.py [--out FOLDER]`` writes ``yunling`` and ``yunling_stress`` under
FOLDER (default: the folder that holds this one). The same files come out on every machine.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from making import fleet, forces, people, plans, refuges, spec  # noqa: E402
from making.files import Rows, road_tables, write_table  # noqa: E402
from making.places import make_townships, make_villages, make_zones  # noqa: E402
from making.rivers import make_rivers  # noqa: E402
from making.roads import build_roads  # noqa: E402
from making.terrain import Terrain  # noqa: E402


def make(out: Path) -> None:
    """Write both scenario folders under ``out``."""
    rivers = make_rivers()
    towns = make_townships(rivers)
    villages = make_villages(towns)
    zones = make_zones(villages)
    county = build_roads(Terrain(rivers), towns, villages)
    tables: dict[str, Rows] = {
        "zones": refuges.zone_rows(county, towns, zones),
        "groups": people.groups(),
        "facilities": people.facilities(county, zones, towns),
        "organisers": people.organisers(zones),
        "posts": fleet.posts(towns),
        "gauges": refuges.gauges(county, towns),
        "assembly_points": refuges.assembly_points(county, towns, zones),
        "shelters": refuges.shelters(county, towns, villages),
        "exits": refuges.exits(county, towns),
        "depots": fleet.depots(county, towns),
        "vehicles": fleet.vehicles(towns),
        "stations": fleet.stations(county, towns) + forces.stations(county, towns),
        "teams": fleet.teams(towns) + forces.teams(towns),
        "emergencies": forces.emergencies(),
    }
    tables["stores"], tables["items"] = refuges.stores(county, towns)
    tables["nodes"], tables["edges"] = road_tables(county.net)
    for folder, stress in (("yunling", False), ("yunling_stress", True)):
        target = out / folder
        (target / "plans").mkdir(parents=True, exist_ok=True)
        for name, rows in tables.items():
            write_table(target / f"{name}.csv", rows)
        homes = people.settlements(county, villages, stress)
        write_table(target / "settlements.csv", homes)
        _write(target / "scenario.yaml", spec.scenario_yaml(rivers, stress))
        for plan_id, text in plans.all_plans(tables, homes).items():
            _write(target / "plans" / f"{plan_id}.yaml", text)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE.parent)
    make(parser.parse_args().out)
