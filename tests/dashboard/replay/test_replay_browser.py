"""The map in a real browser: it plays, and its numbers on screen are those of the log."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from replay_kit import Replayed, grouped, replayed
from test_replay_page import HOSTILE, plan_of, rename

from sim.report.replay.html import replay_html
from sim.report.replay.layers import PEOPLE, groups
from sim.report.replay.pack import pack

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    """Debian's chromium without a window."""
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is missing")
        pytest.skip("chromium is missing")
    with playwright.sync_playwright() as engine:
        chromium = engine.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


class Seen:
    """A page of the map, and everything it complained about or asked for."""

    def __init__(self, browser: playwright.Browser, file: Path) -> None:
        self.page = browser.new_page(viewport={"width": 1366, "height": 768})
        self.troubles: list[str] = []
        self.requests: list[str] = []
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", self._console)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("dialog", lambda dialog: self.troubles.append(dialog.message))
        self.page.goto(file.as_uri())
        self.page.wait_for_selector(".panel")

    def _console(self, message: playwright.ConsoleMessage) -> None:
        # our own reading of pixels makes the browser advise a setting
        if message.type in ("error", "warning") and "getImageData" not in message.text:
            self.troubles.append(message.text)

    def go(self, ms: int) -> None:
        """Show a moment and wait until it is drawn."""
        self.page.evaluate(f"Yuyan.player.seek({ms})")
        self.page.wait_for_selector(f".clock[data-ms='{ms}']")

    def counts(self, group: str, panel: int = 0) -> list[int]:
        """Numbers on screen, in the order of the rows."""
        cells = self.page.locator(f"[data-count^='{panel}/{group}/']")
        return [int(text) for text in cells.all_text_contents()]


def _write(folder: Path, night: Replayed, twice: bool = False) -> Path:
    file = folder / "map.html"
    nights = [night.night, night.night] if twice else [night.night]
    file.write_text(replay_html(night.map, nights), encoding="utf-8")
    return file


def test_counts_on_screen_equal_the_log(
    browser: playwright.Browser, yunling_night: Replayed, tmp_path: Path
) -> None:
    """At five times, forwards and backwards, in both panels: people and vehicles."""
    seen = Seen(browser, _write(tmp_path, yunling_night, twice=True))
    vehicles = yunling_night.layer("vehicles")["groups"]
    for ms in [*yunling_night.moments(), yunling_night.moments()[1]]:
        seen.go(ms)
        people = grouped(yunling_night.persons_by_state(ms), groups(PEOPLE))
        status = yunling_night.vehicles_by_status(ms)
        for panel in (0, 1):
            assert seen.counts("people", panel) == people
            assert seen.counts("vehicles", panel) == [*grouped(status, vehicles), status[-1]]
    assert seen.troubles == []


def test_it_plays_pauses_and_asks_nobody(
    browser: playwright.Browser, yunling_night: Replayed, tmp_path: Path
) -> None:
    """Play moves the clock at the speed chosen, pause stops it; the only request is the file."""
    seen = Seen(browser, _write(tmp_path, yunling_night))
    seen.go(yunling_night.moments()[1])
    seen.page.select_option(".speed", "60")
    seen.page.click(".play")
    seen.page.wait_for_timeout(1500)
    seen.page.click(".play")
    stopped = seen.page.evaluate("Yuyan.player.ms")
    assert stopped > yunling_night.moments()[1] + 20 * 60_000
    seen.page.wait_for_timeout(300)
    assert seen.page.evaluate("Yuyan.player.ms") == stopped
    people = grouped(yunling_night.persons_by_state(int(stopped)), groups(PEOPLE))
    assert seen.counts("people") == people
    assert len(seen.requests) == 1
    assert seen.troubles == []


def test_clicks_tell_stories_and_trips(
    browser: playwright.Browser, yunling_night: Replayed, tmp_path: Path
) -> None:
    """A village opens its story, a row of the Gantt its vehicle's trips; a line leads there."""
    seen = Seen(browser, _write(tmp_path, yunling_night))
    page = seen.page
    place = next(iter(yunling_night.night["stories"]))
    x, y = page.evaluate(
        f"(() => {{ const {{view, scene}} = Yuyan.player;"
        f"view.show(scene.places.x[{place}], scene.places.y[{place}]);"
        f"return [view.px(scene.places.x[{place}]), view.py(scene.places.y[{place}])]; }})()"
    )
    page.wait_for_timeout(300)
    box = page.locator(".panel").bounding_box()
    page.mouse.click(box["x"] + x, box["y"] + y)
    name = yunling_night.player.world.places.names[place]
    assert page.locator(".info-title").text_content() == name
    lines = yunling_night.night["stories"][place]
    assert page.locator(".story tr").count() == len(lines)
    page.locator(".story tr").last.click()
    page.wait_for_selector(f".clock[data-ms='{lines[-1].ms}']")
    page.locator(".gantt-space").click(position={"x": 300, "y": 6})
    assert page.locator(".trips tr").count() > 1
    assert seen.troubles == []


def test_hostile_names_are_shown_as_they_are(
    browser: playwright.Browser, tiny_folder: Path, tmp_path: Path
) -> None:
    """A village named like code is a text on its card; nothing runs, no picture is asked for."""
    rename(tiny_folder)
    night = replayed(tiny_folder, plan_of(tiny_folder))
    seen = Seen(browser, _write(tmp_path, night))
    seen.page.evaluate(
        "(() => { const p = Yuyan.player.panels[0];"
        "Yuyan.player.pick(p, p.layer('villages'), 0); })()"
    )
    assert seen.page.locator(".info-title").text_content() == HOSTILE
    assert seen.page.evaluate("window.broken") is None
    assert seen.page.locator("img").count() == 0
    assert len(seen.requests) == 1
    assert seen.troubles == []


def test_another_disaster_joins_by_data_alone(
    browser: playwright.Browser, tiny_folder: Path, tmp_path: Path
) -> None:
    """A spreading area and a new force, rows of the layer table: drawn, counted, in the legend."""
    night = replayed(tiny_folder, plan_of(tiny_folder))
    box = [0, 0, 20_000, 20_000, 0]
    area = {
        "id": "fire", "kind": "polygons", "label": {"zh": "过火区", "en": "fire"}, "closed": True,
        "shapes": {"start": pack([0, 5], "u4"), "x": pack(box, "i4"),
                   "y": pack([*box[1:], 0], "i4")},
        "series": {"row": pack([0], "i4"), "start": pack([0, 2], "u4"),
                   "t": pack([0, 3_600_000], "u4"), "v": pack([0, 1], "u1")},
        "classes": [{"label": {"zh": "已过火", "en": "burnt"}, "colour": "#ff0000"}],
    }  # fmt: skip
    engine = {
        "start": pack([0, 1], "u4"), "t0": pack([0], "u4"), "t1": pack([86_400_000], "u4"),
        "way": pack([-1], "i4"), "x": pack([0], "i4"), "y": pack([0], "i4"),
        "x1": pack([100], "i4"), "y1": pack([100], "i4"), "status": pack([7], "u1"),
        "load": pack([0], "u1"),
    }  # fmt: skip
    force = {
        "id": "engines", "kind": "movers", "label": {"zh": "消防车", "en": "engines"},
        "tracks": engine, "names": ["E1"], "class": pack([0], "u1"), "seats": pack([6], "u2"),
        "classes": [{"label": {"zh": "水罐车", "en": "tanker"}, "colour": "#b71c1c", "size": 8}],
        "groups": [{"key": "engine.on", "label": {"zh": "出动", "en": "out"}, "colour": "#b71c1c",
                    "codes": [7]}],
        "none": {"zh": "未出动", "en": "not out"},
    }  # fmt: skip
    night.night["layers"] += [area, force]
    seen = Seen(browser, _write(tmp_path, night))
    red = (
        "(() => { const p = Yuyan.player.panels[0], c = p.canvas.below;"
        "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        "let n = 0; for (let i = 0; i < d.length; i += 4) if (d[i] === 255 && d[i + 1] === 0) n++;"
        "return n; })()"
    )
    seen.go(1_800_000)
    assert seen.page.evaluate(red) == 0
    seen.go(3_600_000)
    assert seen.page.evaluate(red) > 100
    assert seen.counts("engines") == [1, 0]
    assert seen.page.locator(".legend-entry", has_text="过火区").count() == 1
    assert seen.troubles == []
