"""方案 in the served dashboard: a variant is copied, changed, checked, kept, saved and queued."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.io.documents import read_plan_yaml
from sim.schema.plan import PlanSpec

pytestmark = pytest.mark.browser

IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"


def open_plans(page: Any, site: Any, query: str) -> None:
    """Open the plan page and wait until it is drawn."""
    page.goto(f"{site.address}/plans{query}")
    drawn(page)


def drawn(page: Any) -> None:
    """Wait until the last click has been answered."""
    page.wait_for_selector("h3:has-text('检查')")
    page.wait_for_timeout(400)
    page.wait_for_selector(IDLE)


def type_into(page: Any, role: str, name: str, text: str) -> None:
    """Fill in a field and leave it."""
    page.get_by_role(role, name=name).first.fill(text)
    page.keyboard.press("Enter")
    drawn(page)


def read(file: Path) -> PlanSpec:
    """A saved plan."""
    spec, source = read_plan_yaml(file.read_bytes(), file.name)
    assert spec is not None, source.problems
    return spec


def test_a_newcomer_changes_the_order_time_of_yunling(
    page: Any, empty_site: Any, watched: Any
) -> None:
    """Open Yunling, copy a variant, make a slip and mend it, reload, save, queue the run."""
    open_plans(page, empty_site, "?scenario=yunling&edit=e_all_at_once")
    page.get_by_role("button", name="复制来改").click()
    page.get_by_role("textbox", name="新方案名称").fill("<script>alert(1)</script>")
    page.get_by_role("textbox", name="新方案编号").fill("../../x")
    page.get_by_role("button", name="复制并打开").click()
    page.wait_for_selector("text=编号 ../../x 不能用")
    drawn(page)
    page.get_by_role("textbox", name="新方案编号").fill("early")
    page.get_by_role("button", name="复制并打开").click()
    page.wait_for_selector("text=已建好新方案 early")
    drawn(page)
    file = empty_site.home / "scenarios" / "yunling_2" / "plans" / "early.yaml"
    assert read(file).name.zh == "<script>alert(1)</script>"
    type_into(page, "spinbutton", "预见期", "99")
    assert page.get_by_text("得到 99，应 ≤ 72").count() == 2
    page.reload()
    drawn(page)
    assert page.get_by_role("spinbutton", name="预见期").input_value() == "99"
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_selector("text=改好才能保存")
    type_into(page, "spinbutton", "预见期", "9")
    assert page.get_by_text("得到 99").count() == 0
    assert read(file).when.rules[0].lead_h == 6
    type_into(page, "spinbutton", "次数", "2")
    page.get_by_role("button", name="保存并预演").click()
    page.wait_for_selector("text=已排进队列")
    assert read(file).when.rules[0].lead_h == 9
    page.get_by_role("button", name="停下").click()
    page.wait_for_selector("text=已停下", timeout=120_000)
    assert not list(empty_site.home.parent.glob("x*"))
    assert watched.errors == []
    assert watched.dialogs == []
    assert watched.hosts == {"127.0.0.1"}


def test_the_second_of_two_tabs_notices(
    page: Any, chromium: Any, empty_site: Any, scenario: Path
) -> None:
    """Two tabs change one plan: the second save writes nothing and says what differs."""
    file = scenario / "plans" / "late.yaml"
    before = file.read_bytes()
    try:
        open_plans(page, empty_site, "?scenario=tiny&edit=late")
        context = chromium.new_context(viewport={"width": 1366, "height": 768})
        other = context.new_page()
        open_plans(other, empty_site, "?scenario=tiny&edit=late")
        type_into(page, "textbox", "时刻", "20:00")
        type_into(other, "spinbutton", "整体提前", "-30")
        page.get_by_role("button", name="保存", exact=True).click()
        page.wait_for_selector("text=已保存到")
        other.get_by_role("button", name="保存", exact=True).click()
        other.wait_for_selector("text=被别处改过")
        assert (read(file).when.rules[0].at, read(file).when.shift_min) == ("20:00", 0)
        other.get_by_role("button", name="放弃我的").click()
        drawn(other)
        assert other.get_by_role("textbox", name="时刻").first.input_value() == "20:00"
        context.close()
    finally:
        file.write_bytes(before)


def test_places_are_picked_on_the_map(page: Any, empty_site: Any, watched: Any) -> None:
    """A click on a zone takes it into the rule, another click takes it out again."""
    open_plans(page, empty_site, "?scenario=tiny&edit=late")
    page.get_by_text("在图上选").click()
    dots = page.locator("[data-testid=stVegaLiteChart] path[aria-label*=ZA]")
    dots.first.click(force=True)
    page.wait_for_selector("[data-testid=stMultiSelect] >> text=ZA")
    dots.first.click(force=True)
    page.wait_for_selector("[data-testid=stMultiSelect] >> text=ZA", state="detached")
    page.wait_for_selector("text=没有改动")
    assert watched.errors == []
    assert watched.hosts == {"127.0.0.1"}


def test_vehicles_are_staged_in_a_table(page: Any, empty_site: Any, watched: Any) -> None:
    """The table of staged vehicles shows what the plan says, and a row is taken out of it."""
    open_plans(page, empty_site, "?scenario=tiny&edit=early&section=fleet")
    table = page.locator("[data-testid=stDataFrame]").first
    table.scroll_into_view_if_needed()
    table.locator("canvas").first.wait_for()
    for _ in range(10):  # the table is a picture: whether it takes clicks yet can only be tried
        box = table.bounding_box()
        page.mouse.click(box["x"] + 12, box["y"] + 38 + 18)
        page.keyboard.press("Delete")
        page.wait_for_timeout(1_500)
        if page.get_by_text("有改动没保存").count():
            break
    page.wait_for_selector("text=有改动没保存")
    drawn(page)
    page.get_by_role("button", name="放弃改动").click()
    page.wait_for_selector("text=没有改动")
    assert watched.errors == []
