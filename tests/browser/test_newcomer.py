"""Ten minutes of a newcomer: an order moved, ten villages pasted, compared, the report taken.

The steps as somebody does them who has never seen the program, in one go.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

pytestmark = pytest.mark.browser

IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
NIGHTS = "2"


def settled(page: Any) -> None:
    """Wait until the last click has been answered."""
    page.wait_for_timeout(400)
    page.wait_for_selector(IDLE, state="attached")


def turn_to(page: Any, *names: str) -> None:
    """Click through the bar at the top as a reader does."""
    for name in names:
        page.get_by_text(name, exact=True).first.click()
        page.wait_for_timeout(300)


@pytest.fixture
def plans(scenario: Path) -> Iterator[Path]:
    """Plans of the county that all tests share: what is added is taken out again."""
    folder = scenario / "plans"
    before = set(folder.glob("*.yaml"))
    yield folder
    for file in set(folder.glob("*.yaml")) - before:
        file.unlink()


def test_ten_minutes_of_a_newcomer(page: Any, empty_site: Any, watched: Any, plans: Path) -> None:
    """An order moved in a copy, ten villages pasted, both variants played, compared, the Word file.

    On the small county, so that it is quick; no step may need anything the pages do not say.
    """
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{empty_site.address}/plans?scenario=tiny&edit=late")
    page.get_by_role("button", name="另存为新方案").click()
    page.get_by_role("textbox", name="新方案名称").fill("早一小时")
    page.get_by_role("textbox", name="新方案编号").fill("earlier")
    page.get_by_role("button", name="复制并打开").click()
    page.wait_for_selector("text=已建好新方案 earlier")
    settled(page)
    page.get_by_role("spinbutton", name="整体提前").first.fill("-60")
    page.keyboard.press("Enter")
    settled(page)
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_selector("text=已保存到")
    assert (plans / "earlier.yaml").is_file()

    turn_to(page, "编制", "数据", "粘贴村庄")
    page.get_by_role("combobox").first.click()
    page.get_by_role("option", name="tiny").click()
    settled(page)
    paste(page, "小河乡", ("ZA", "溪口"), (115.011, 29.998))
    page.wait_for_selector("text=10 行，825 人；没有错误")
    page.wait_for_selector("text=10 行没有填高程，按最近的村取")
    page.get_by_role("button", name="加进情景").click()
    page.wait_for_selector("text=已存为情景“tiny")
    page.get_by_role("button", name="去编方案").click()
    page.wait_for_selector("h3:has-text('检查')")
    settled(page)
    page.get_by_role("spinbutton", name="次数").first.fill(NIGHTS)
    page.keyboard.press("Enter")
    settled(page)
    page.get_by_role("button", name="开始预演").click()
    page.get_by_role("button", name="看结论").click(timeout=180_000)
    page.wait_for_selector("text=时限目标：按时吗", timeout=120_000)
    turn_to(page, "比较")
    page.wait_for_selector("text=各方案一览")
    page.wait_for_selector("text=早一小时")
    turn_to(page, "报告")
    page.locator(".st-key-make-docx button").click()
    with page.expect_download(timeout=180_000) as waiting:
        page.locator(".st-key-get-docx button").click(timeout=180_000)
    word = docx.Document(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    said = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "早一小时" in said and f"{NIGHTS} 次" in said
    assert watched.errors == []
    assert watched.dialogs == []
    assert watched.hosts == {"127.0.0.1"}


def names() -> list[str]:
    """What the pasted villages are called."""
    return [f"新增{k}组" for k in range(1, 11)]


def paste(page: Any, township: str, zones: tuple[str, str], at: tuple[float, float]) -> None:
    """Ten rows from a sheet: name, township, zone, position and people; nothing else is known."""
    grid = page.locator("[data-testid=stDataFrame] canvas").first
    grid.wait_for()
    settled(page)
    rows = [
        f"{name}\t{township}\t{zones[k % 2]}\t{at[0] + 0.0004 * k:.4f}\t{at[1] - 0.0006 * k:.4f}"
        f"\t{60 + 5 * k}"
        for k, name in enumerate(names())
    ]
    page.evaluate("text => navigator.clipboard.writeText(text)", "\n".join(rows))
    box = grid.bounding_box()
    page.mouse.click(box["x"] + 120, box["y"] + 52)
    page.keyboard.press("Control+V")
