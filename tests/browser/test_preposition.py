"""前置 in the served dashboard: asked, stopped, gone on with, answered, shown, kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
ADDRESS = "/preposition?scenario=tiny&edit=early&find=preposition"


def drawn(page: Any) -> None:
    """Wait until the last click has been answered."""
    page.wait_for_timeout(400)
    page.wait_for_selector(IDLE)


def ask(page: Any, nights: int, budget: int, fresh: int) -> None:
    """Fill the fields in and start."""
    for name, value in (("搜索场次", nights), ("最多演几次", budget), ("核定场次", fresh)):
        page.get_by_role("spinbutton", name=name).fill(str(value))
        page.keyboard.press("Enter")
        drawn(page)
    page.get_by_role("button", name="开始计算").click()


def test_a_placement_is_found_from_the_page(page: Any, empty_site: Any, watched: Any) -> None:
    """A long question is stopped and gone on with; a short one is answered with the numbers of
    the file that the command printed, on a map, and a reload shows it again."""
    page.goto(empty_site.address + ADDRESS)
    page.wait_for_selector("text=开始计算")
    drawn(page)
    ask(page, 40, 50_000, 500)
    page.get_by_role("button", name="停下").click()
    page.wait_for_selector("text=已停下", timeout=120_000)
    drawn(page)
    page.get_by_role("button", name="继续").click()
    page.wait_for_selector(".yy-s-running", timeout=120_000)
    page.get_by_role("button", name="停下").click()
    page.wait_for_selector("text=已停下", timeout=120_000)
    drawn(page)
    page.get_by_role("button", name="从列表去掉").click()
    drawn(page)
    ask(page, 1, 4, 2)
    page.wait_for_selector("text=新场次里的表现", timeout=180_000)
    drawn(page)
    (file,) = Path(empty_site.home).glob("runs/.answers/tiny/*.json")
    found = json.loads(file.read_text(encoding="utf-8"))
    for _ in ("first", "after a reload"):
        for one in found["standings"]:
            if one["placement"] != "second":
                assert page.get_by_text(f"{one['mean']:,.1f}").count()
        assert page.get_by_text(found["sentences"]["zh"][1]).count()
        page.frame_locator("iframe").locator("body[data-drawn]").wait_for()
        page.reload()
        page.wait_for_selector("text=新场次里的表现")
        drawn(page)
    assert watched.hosts <= {"127.0.0.1"}
    assert watched.errors == []
    assert watched.dialogs == []
