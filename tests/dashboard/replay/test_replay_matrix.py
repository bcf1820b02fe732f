"""Counties known only by travel minutes: no road to draw, but the night plays all the same."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from replay_kit import Replayed, grouped, replayed, segment_at
from test_replay_page import plan_of

from sim.report.replay.pack import unpack

NODES = ("V1", "V2", "V3", "F1", "A1", "A2", "S1", "S2", "H1", "E1", "D1", "ST1")
TABLES = (
    "settlements", "facilities", "assembly_points", "shelters", "exits", "depots", "stations",
)  # fmt: skip


def _forget_positions(folder: Path) -> None:
    """No place of the county has coordinates any more."""
    for table in (*TABLES, "gauges"):
        path = folder / f"{table}.csv"
        head, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
        kept = [k for k, name in enumerate(head) if name not in ("x", "y", "elevation_m")]
        lines = [",".join(row[k] for k in kept) for row in (head, *rows)]
        path.write_text("\n".join(lines), encoding="utf-8")


def matrix_county(folder: Path, blind: bool = False) -> Path:
    """The tiny county with a matrix of minutes instead of its roads."""
    for name in ("nodes.csv", "edges.csv"):
        (folder / name).unlink()
    links = ["from_node,to_node,minutes"]
    links += [f"{a},{b},15" for a in NODES for b in NODES if a != b]
    (folder / "minutes.csv").write_text("\n".join(links), encoding="utf-8")
    for table in TABLES:
        path = folder / f"{table}.csv"
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        text = [head + ",node", *(f"{line},{line.split(',')[0]}" for line in rows)]
        path.write_text("\n".join(text), encoding="utf-8")
    if blind:
        _forget_positions(folder)
    for plan in (folder / "plans").iterdir():
        text = plan.read_text(encoding="utf-8")
        plan.write_text(re.sub(r"controls:\n(  .*\n)+", "", text), encoding="utf-8")
    return folder


@pytest.fixture
def night(tiny_folder: Path) -> Replayed:
    """One night of the county without roads."""
    return replayed(matrix_county(tiny_folder), plan_of(tiny_folder))


def test_vehicles_go_straight_and_count(night: Replayed) -> None:
    """Without roads vehicles move in straight lines; their statuses are still the log's."""
    layer = night.layer("vehicles")
    status = unpack(layer["tracks"]["status"])
    for ms in night.moments():
        rows = [segment_at(layer["tracks"], m, ms) for m in range(len(layer["names"]))]
        truth = night.vehicles_by_status(ms)
        found = [sum(int(status[r]) in g["codes"] for r in rows if r >= 0) for g in layer["groups"]]
        assert found == grouped(truth, layer["groups"])
    x, x1, way = (night.column("vehicles", name) for name in ("x", "x1", "way"))
    assert (way == -1).all()
    assert (x != x1).any()
    assert not unpack(night.map["map"]["lines"]["rank"]).size


def test_nothing_that_is_not_there(night: Replayed) -> None:
    """No water on roads, no queues, no controls: their layers are left out, not empty."""
    assert {"water", "queues", "closures"}.isdisjoint(
        layer["id"] for layer in night.night["layers"]
    )


def test_a_county_without_any_position(tiny_folder: Path) -> None:
    """Where nothing has coordinates places stand in a ring, apart from one another."""
    folder = matrix_county(tiny_folder, blind=True)
    night = replayed(folder, plan_of(folder))
    places = night.map["map"]["places"]
    where = set(zip(unpack(places["x"]).tolist(), unpack(places["y"]).tolist(), strict=True))
    assert len(where) == len(places["names"])
