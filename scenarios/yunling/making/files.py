"""Tables and YAML as text: fixed column order, fixed decimals, no library in between."""

from __future__ import annotations

import json
from pathlib import Path

from making.network import KINDS, Network, Node
from making.terrain import lonlat

Rows = list[dict[str, object]]


def place(node: Node) -> dict[str, object]:
    """Columns x, y, elevation_m of something that stands at a road node."""
    return at(node.x, node.y, node.z)


def at(x: float, y: float, z: float) -> dict[str, object]:
    """Columns x, y (EPSG:4490) and elevation_m of a point of the local plane."""
    lon, lat = lonlat(x, y)
    return {"x": f"{lon:.5f}", "y": f"{lat:.5f}", "elevation_m": f"{z:.2f}"}


def write_table(path: Path, rows: Rows) -> None:
    """A CSV table with the columns of all rows in the order in which they first appear."""
    columns: list[str] = []
    for row in rows:
        columns.extend(name for name in row if name not in columns)
    lines = [",".join(columns)]
    for row in rows:
        lines.append(",".join(_cell(row.get(name, "")) for name in columns))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _cell(value: object) -> str:
    text = str(value)
    return f'"{text}"' if "," in text else text


def road_tables(net: Network) -> tuple[Rows, Rows]:
    """nodes and edges; every road is open in both directions."""
    nodes: Rows = []
    for node in net.nodes:
        lon, lat = lonlat(node.x, node.y)
        nodes.append(
            {"id": node.id, "x": f"{lon:.5f}", "y": f"{lat:.5f}", "elevation_m": f"{node.z:.2f}"}
        )
    edges: Rows = []
    for road in net.roads:
        kind = KINDS[road.kind]
        bridge = road.deck_m is not None
        edges.append({
            "id": road.id, "from_node": net.nodes[road.a].id, "to_node": net.nodes[road.b].id,
            "name": road.name, "road_class": kind.road_class, "oneway": "no",
            "length_m": road.length_m, "speed_kmh": kind.speed_kmh, "lanes": kind.lanes,
            "width_m": kind.width_m,
            "weight_limit_t": f"{road.weight_limit_t:g}" if road.weight_limit_t else "",
            "coach_ok": "yes" if road.coach else "no",
            "passing_place_m": kind.passing_place_m or "", "bridge": "yes" if bridge else "",
            "low_water_bridge": "yes" if road.low_water else "",
            "deck_m": f"{road.deck_m:.2f}" if bridge else "",
        })  # fmt: skip
    return nodes, edges


def yaml_text(value: object, indent: int = 0) -> str:
    """A mapping as YAML: nested mappings and lists of mappings in blocks, the rest in one line."""
    pad = " " * indent
    lines: list[str] = []
    assert isinstance(value, dict)
    for key, item in value.items():
        if isinstance(item, dict) and item and not _short(item):
            lines.append(f"{pad}{key}:\n{yaml_text(item, indent + 2)}")
        elif isinstance(item, list) and item and not _short(item):
            lines.append(f"{pad}{key}:\n" + "\n".join(f"{pad}  - {_flow(part)}" for part in item))
        else:
            lines.append(f"{pad}{key}: {_flow(item)}")
    return "\n".join(lines)


def _short(item: object) -> bool:
    return len(_flow(item)) < 88


def _flow(item: object) -> str:
    if isinstance(item, dict):
        return "{" + ", ".join(f"{_key(key)}: {_flow(part)}" for key, part in item.items()) + "}"
    if isinstance(item, list):
        return "[" + ", ".join(_flow(part) for part in item) + "]"
    if isinstance(item, str):
        return json.dumps(item, ensure_ascii=False)
    if isinstance(item, bool):
        return "true" if item else "false"
    return f"{item:g}" if isinstance(item, float) and abs(item) < 1e5 else str(item)


def _key(key: object) -> str:
    return str(key)
