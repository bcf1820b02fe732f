"""一张图 in the served dashboard: it plays, counts as the log does, and stays alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.experiment.store import RunFolder
from sim.io.scenario_folder import load_scenario
from sim.log import Kind
from sim.report.replay.layers import PEOPLE
from sim.world_build import build_world

pytestmark = pytest.mark.browser


def open_map(page: Any, site: Any, query: str) -> Any:
    """The frame of the map when its panels are drawn."""
    page.goto(f"{site.address}/map{query}")
    page.wait_for_selector("iframe")
    page.frame_locator("iframe:not([width='-1'])").locator(".panel").first.wait_for()
    return next(frame for frame in page.frames if "yuyan_replay" in frame.url)


def persons(folder: Path, plan: str, number: int, ms: int) -> list[int]:
    """Persons by the groups on screen, read from the kept log one record after another."""
    run = RunFolder.open(folder)
    world = build_world(load_scenario(Path(run.document["scenario"]["path"]), [plan]))
    log = run.log(plan, number)
    assert log is not None
    state = [0] * len(world.parties)
    for t, _, who, _, value in log.of(Kind.STATE).tolist():
        if t <= ms:
            state[who] = value
    size = world.parties.size.tolist()
    return [
        sum(n for one, n in zip(state, size, strict=True) if one in codes) for _, _, codes in PEOPLE
    ]


def test_the_map_counts_as_the_log_at_five_times(page: Any, site: Any, watched: Any) -> None:
    """The median night of a plan: people on screen equal the kept log, and playing goes on."""
    folder = site.home / "runs" / "tiny-run"
    document = RunFolder.open(folder).document
    plan = next(iter(document["plans"]))
    number = document["kept"][plan]["median"]
    frame = open_map(page, site, f"?plan={plan}")
    horizon = frame.evaluate("Yuyan.player.horizon")
    for share in (0.1, 0.2, 0.3, 0.5, 0.9):
        ms = round(horizon * share)
        frame.evaluate(f"Yuyan.player.seek({ms})")
        frame.wait_for_selector(f".clock[data-ms='{ms}']")
        shown = frame.locator("[data-count^='0/people/']").all_text_contents()
        assert [int(text) for text in shown] == persons(folder, plan, number, ms)
    frame.evaluate("Yuyan.player.seek(0)")
    frame.click(".play")
    page.wait_for_timeout(1000)
    assert frame.evaluate("Yuyan.player.ms") > 0
    assert watched.errors == []
    assert watched.dialogs == []
    assert watched.hosts == {"127.0.0.1"}


def test_the_map_in_english_and_any_replication(page: Any, site: Any, watched: Any) -> None:
    """The language turns the map too, and a replication that was not kept is played again."""
    frame = open_map(page, site, "?lang=en")
    assert "Play" in frame.locator(".play").inner_text()
    page.get_by_role("radio", name="any one").click()
    box = page.get_by_role("spinbutton")
    box.fill("3")
    box.press("Enter")
    page.frame_locator("iframe:not([width='-1'])").locator(
        ".panel-sub", has_text="replication 3"
    ).wait_for()
    assert watched.errors == []


def test_a_reload_shows_the_same_night(page: Any, site: Any) -> None:
    """Plan and replication stand in the address and come back with it."""
    frame = open_map(page, site, "?night=4")
    title = frame.locator(".panel-head").inner_text()
    assert "第 4 次" in title
    page.reload()
    page.frame_locator("iframe:not([width='-1'])").locator(".panel-head").first.wait_for()
    assert (
        page.frame_locator("iframe:not([width='-1'])").locator(".panel-head").first.inner_text()
        == title
    )


def test_the_map_goes_home_in_one_file(page: Any, site: Any, tmp_path: Path) -> None:
    """The downloaded file plays by itself, asking for nothing but itself."""
    open_map(page, site, "")
    with page.expect_download() as started:
        page.get_by_role("button", name="下载这张图").click()
    file = tmp_path / "map.html"
    started.value.save_as(file)
    alone, asked = page.context.new_page(), []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(file.as_uri())
    alone.wait_for_selector(".panel")
    alone.click(".play")
    before = alone.evaluate("Yuyan.player.ms")
    alone.wait_for_timeout(500)
    assert alone.evaluate("Yuyan.player.ms") > before
    assert asked == [file.as_uri()]


def test_queues_are_there_when_asked_for(page: Any, site: Any, watched: Any) -> None:
    """The switch plays the night again: the same people on screen, and a layer more."""
    frame = open_map(page, site, "")
    assert frame.locator(".legend-entry", has_text="道路拥堵").count() == 0
    page.locator("[data-testid=stCheckbox]").click()
    frame.wait_for_selector(".legend-entry:has-text('道路拥堵')")
    assert watched.errors == []
