"""The dashboard in a real browser: pages open, ask nobody else, lose nothing, run what is asked."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from dashboard.app_pages import PAGES
from sim.report.words import percent

pytestmark = pytest.mark.browser

SIZES = ((1366, 768), (1920, 1080))
MANY = "4000"
BAR = "[data-testid=stProgress]"
PARTS = ("pairs", "curves", "inputs", "losers", "late", "observed", "expert")


def go(page: Any, site: Any, name: str, query: str = "") -> None:
    """Open a page of the dashboard and wait until it is drawn."""
    page.goto(f"{site.address}/{'' if name == 'answer' else name}{query}")
    page.wait_for_selector(".yy-footer", state="attached")
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


@pytest.mark.parametrize("size", SIZES)
def test_pages_open_alone(page: Any, site: Any, watched: Any, size: tuple[int, int]) -> None:
    """Every page, in both sizes: no console error, no other host, nothing wider than the screen."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for name in PAGES:
        go(page, site, name)
        page.wait_for_timeout(700)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size[0], name
    assert watched.errors == []
    assert watched.dialogs == []
    assert watched.hosts == {"127.0.0.1"}


def test_parts_of_the_comparison_open_alone(page: Any, site: Any, watched: Any) -> None:
    """Charts and tables of the comparison ask no other host and raise no error."""
    for part in PARTS:
        go(page, site, "compare", f"?part={part}")
        page.wait_for_timeout(500)
    assert watched.errors == []
    assert watched.dialogs == []
    assert watched.hosts == {"127.0.0.1"}


def test_one_click_turns_the_language(page: Any, site: Any, watched: Any) -> None:
    """English is one click away on every page, and stays when the page is turned."""
    go(page, site, "answer")
    page.get_by_role("radio", name="English").click()
    page.wait_for_selector("text=Timing targets: in time?")
    page.wait_for_selector("html[lang=en]", state="attached")
    page.get_by_role("link", name="Compare").click()
    page.wait_for_selector("text=All plans")
    page.get_by_role("radio", name="中文").click()
    page.wait_for_selector("text=各方案一览")
    page.wait_for_selector("html[lang=zh-CN]", state="attached")
    assert watched.errors == []


def test_the_sheet_for_the_meeting_is_one_page(page: Any, site: Any) -> None:
    """Printed on A4 the sheet takes one page, in both languages, without bars and buttons."""
    for lang in ("zh", "en"):
        go(page, site, "one_page", f"?lang={lang}")
        page.wait_for_selector(".yy-page")
        pdf = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
        page.emulate_media(media="print")
        assert not page.locator(".yy-print").is_visible()
        assert not page.locator("[data-testid=stHeader]").is_visible()
        page.emulate_media(media="screen")


def test_numbers_on_screen_are_those_of_json(page: Any, site: Any) -> None:
    """The document that Reports hands out and the answer on screen show the same shares."""
    go(page, site, "reports")
    page.locator(".st-key-make-json button").click()
    with page.expect_download() as waiting:
        page.locator(".st-key-get-json button").click()
    document = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
    for plan in document["plans"]:
        go(page, site, "answer", f"?plan={plan['plan']}")
        shown = page.locator(".yy-value").all_inner_texts()
        for place, name in enumerate(("out_before_cutoff_share", "rescued_share")):
            assert shown[place] == percent(plan["measures"][name]["mean"], "zh")


def test_a_reload_loses_nothing(page: Any, site: Any) -> None:
    """Language, plan, baseline and the part looked at are the same after a reload."""
    go(page, site, "compare")
    page.get_by_role("radio", name="哪些村吃亏").click()
    page.get_by_role("radio", name="English").click()
    page.wait_for_selector("text=Who loses")
    page.wait_for_selector(".yy-footer:has-text('Simulated data')")
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    before = page.inner_text("[data-testid=stMainBlockContainer]")
    address = page.url
    page.reload()
    page.wait_for_selector(".yy-footer")
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    assert page.inner_text("[data-testid=stMainBlockContainer]") == before
    assert page.url == address


def test_a_newcomer_goes_from_nothing_to_a_report(
    page: Any, empty_site: Any, watched: Any, tmp_path: Path
) -> None:
    """Empty machine, start a run, see the answer, compare two plans, download the documents."""
    page.goto(empty_site.address)
    page.get_by_role("button", name="去“运行”页开始预演").click()
    page.get_by_role("spinbutton", name="次数").fill("4")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="开始预演").click()
    page.get_by_role("button", name="看结论").click(timeout=180_000)
    page.wait_for_selector("text=时限目标：按时吗")
    page.get_by_role("link", name="比较").click()
    page.wait_for_selector("text=各方案一览")
    page.wait_for_selector(".yy-verdict")
    page.get_by_role("link", name="报告").click()
    for kind, head in (
        ("html", b"<!DOCTYPE html>"),
        ("docx", b"PK"),
        ("xlsx", b"PK"),
        ("json", b"{"),
    ):
        page.locator(f".st-key-make-{kind} button").click()
        with page.expect_download(timeout=180_000) as waiting:
            page.locator(f".st-key-get-{kind} button").click(timeout=180_000)
        got = tmp_path / f"got.{kind}"
        waiting.value.save_as(got)
        assert got.read_bytes().startswith(head)
    assert watched.errors == []
    assert watched.hosts == {"127.0.0.1"}


def test_a_run_is_stopped_and_goes_on_after_the_server_was_killed(
    page: Any, empty_site: Any, scenario: Path
) -> None:
    """Started, left alone by browser and server, found again, stopped, gone on with."""
    page.goto(f"{empty_site.address}/runs")
    page.get_by_role("spinbutton", name="次数").fill(MANY)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="开始预演").click()
    page.wait_for_selector(f"{BAR} >> text=/[1-9]\\d*\\/{MANY} 次/", timeout=120_000)
    page.goto("about:blank")
    empty_site.server.kill()
    empty_site.stop()
    empty_site.start(scenario)
    page.goto(f"{empty_site.address}/runs")
    page.wait_for_selector("text=正在跑")
    before = _finished(page)
    page.get_by_role("button", name="停下").click()
    page.wait_for_selector("text=已停下", timeout=120_000)
    kept = int(re.findall(r"完成的 (\d+) 次都在", page.inner_text("body"))[0])
    assert kept >= 1  # of those stored, the ones without a gap before them
    page.get_by_role("button", name="继续").click()
    page.wait_for_selector(f"{BAR} >> text=/[1-9]\\d*\\/{MANY} 次/", timeout=120_000)
    assert _finished(page) >= before
    page.get_by_role("button", name="停下").click()
    page.wait_for_selector("text=已停下", timeout=120_000)


def _finished(page: Any) -> int:
    page.wait_for_selector(f"{BAR} >> text=/\\d+\\/{MANY} 次/")
    return int(re.findall(rf"(\d+)/{MANY} 次", page.inner_text(BAR))[0])


def test_two_tabs_share_one_store(page: Any, chromium: Any, site: Any) -> None:
    """Two readers look at the same run in different languages without disturbing each other."""
    go(page, site, "answer")
    other = chromium.new_context().new_page()
    go(other, site, "answer", "?lang=en")
    other.wait_for_selector("text=Timing targets: in time?")
    page.get_by_role("link", name="比较").click()
    page.wait_for_selector("text=各方案一览")
    assert "Timing targets" in other.inner_text("body")
    other.context.close()
