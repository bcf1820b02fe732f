"""Frames per second of the map on Kampen's real roads with 300 vehicles; run by hand.

    python tests/benchmarks/replay_frames.py SHARED_DIR

Makes the scenario from the raw files, plays one night with 230 coaches and 70 minibuses, puts all
of them on the road at once, and plays the map in headless chromium (no graphics card: the browser
draws in software) at two screen sizes, one map and two side by side.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, sync_playwright

from sim.experiment.scenario_player import scenario_player
from sim.io.new_scenario import RawFiles, new_scenario
from sim.io.scenario_folder import load_scenario
from sim.report.replay.data import Night, ground_data, night_data
from sim.report.replay.ground import Ground
from sim.report.replay.html import replay_html
from sim.report.replay.pack import pack, unpack

CRS = {
    "roads": "EPSG:4326", "people": "EPSG:4326", "shelters": "EPSG:4326", "hazard": "EPSG:28992",
}  # fmt: skip
PLAN = "order_06h"
BEGIN_MS = 8 * 3_600_000
SIZES = ((1366, 768), (1920, 1080))


def main(shared: Path) -> None:
    """Make, play, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        ground, night = _night(shared / "data" / "kampen_flood", Path(folder))
        file = Path(folder) / "map.html"
        with sync_playwright() as engine:
            path = shutil.which("chromium")
            browser = engine.chromium.launch(executable_path=path, args=["--no-sandbox"])
            for panels in (1, 2):
                file.write_text(replay_html(ground, [night] * panels), encoding="utf-8")
                for size in SIZES:
                    _measure(browser, file, size, panels, BEGIN_MS)
            browser.close()


def _night(data: Path, folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    raw = RawFiles(
        people=data / "population_250m.csv",
        shelters=data / "facilities.csv",
        roads=data / "kampen.osm.pbf",
        hazard=data / "inundation_map_m_epsg28992.tif",
    )
    made = new_scenario(folder / "kampen", raw, CRS)
    vehicles = made.folder / "vehicles.csv"
    text = vehicles.read_text(encoding="utf-8")
    vehicles.write_text(text.replace("D1,60", "D1,230").replace("D1,7", "D1,70"), encoding="utf-8")
    player = scenario_player(load_scenario(made.folder, [PLAN]), seed=1)
    log = player.play(PLAN, 0)
    ground = Ground(player.world)
    began = time.perf_counter()
    found = ground_data(ground, "zh"), night_data(ground, Night(player.plans[PLAN], log, 1, "zh"))
    roads = player.world.roads
    print(f"{roads.n_nodes} nodes, {len(player.world.vehicles)} vehicles, "
          f"{len(log.records)} records, data in {time.perf_counter() - began:.1f} s")  # fmt: skip
    _all_drive(found[1], player.world.horizon_ms)
    return found


def _all_drive(night: dict[str, Any], horizon_ms: int) -> None:
    """Harder than any night: every vehicle is under way all the time, 20 minutes a way."""
    layer = next(one for one in night["layers"] if one["id"] == "vehicles")
    n, each = len(layer["names"]), 20 * 60_000
    steps = horizon_ms // each
    ways = len(unpack(night["ways"]["start"])) - 1
    t0 = np.tile(np.arange(steps) * each, n)
    row = np.arange(n * steps)
    still = pack(np.zeros(n * steps, dtype=np.int64), "i4")
    layer["tracks"] = {
        "start": pack(np.arange(n + 1) * steps, "u4"), "t0": pack(t0, "u4"),
        "t1": pack(t0 + each, "u4"), "way": pack(row * 7919 % ways, "i4"),
        "x": still, "y": still, "x1": still, "y1": still,
        "status": pack(np.full(n * steps, 5), "u1"), "load": pack(row % 2, "u1"),
    }  # fmt: skip


def _measure(
    browser: Browser, file: Path, size: tuple[int, int], panels: int, begin_ms: int
) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(file.as_uri())
    page.wait_for_selector(".panel")
    page.evaluate(f"Yuyan.player.seek({begin_ms})")
    page.click(".play")
    page.wait_for_timeout(6000)
    fps = page.evaluate("Yuyan.player.fps")
    longest = page.evaluate("Yuyan.player.longestFrame")
    moving = page.evaluate(
        "Yuyan.player.panels[0].movers.reduce((n, l) => n + Array.from({length: l.count},"
        "(_, m) => l.segment(m, Yuyan.player.ms)).filter((i) => i >= 0 && l.way[i] >= 0).length, 0)"
    )
    print(f"{size[0]}x{size[1]}, {panels} map(s): {fps:.0f} frames/s, longest {longest:.0f} ms, "
          f"{moving} on the road at the end")  # fmt: skip
    page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
