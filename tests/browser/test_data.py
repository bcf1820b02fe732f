"""The data page in a real browser: files good, broken and hostile; pasted rows; a drawn area."""

from __future__ import annotations

import csv
import io
import itertools
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

HOSTILE = '<img src=x onerror=alert("1")>'
FORMULA = '=HYPERLINK("x")'
QUIET = "[data-testid=stApp][data-test-script-state=notRunning]"


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Roads in a grid of a kilometre, people at every junction, one school: raw files."""
    folder = tmp_path_factory.mktemp("raw")
    spots = list(itertools.product(range(4), range(4)))
    nodes = [f"n{i}{j},{115 + i / 100},{30 + j / 100}" for i, j in spots]
    links = [
        (f"n{i}{j}", f"n{i + a}{j + b}")
        for (i, j), (a, b) in itertools.product(spots, ((1, 0), (0, 1)))
        if i + a < 4 and j + b < 4
    ]
    edges = [f"{u},{v},secondary" for u, v in [*links, *((v, u) for u, v in links)]]
    bad = '"' + HOSTILE.replace('"', '""') + '"'
    people = [f"{bad if not k else f'村{k}'},{115 + i / 100},{30 + j / 100},100"
              for k, (i, j) in enumerate(spots)]  # fmt: skip
    for name, lines in (
        ("county_nodes.csv", ["node_id,x,y", *nodes]),
        ("county_edges.csv", ["u,v,highway", *edges]),
        ("人口.csv", ["name,lon,lat,population", *people]),
        ("学校.csv", ["kind,name,lon,lat,capacity", "school,一中,115.031,30.031,900"]),
        ("bad.csv", ["name,lon,lat,population", "a,115.01,30.01,-5", "b,30.01,115.02,7"]),
    ):
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "out.zip").write_bytes(archive({"../../out.shp": b"\0\0\x27\x0a"}))
    (folder / "bomb.zip").write_bytes(archive({"roads.shp": bytes(30_000_000)}))
    (folder / "depth.tif").write_text("<VRTDataset><SourceFilename>/etc/passwd</SourceFilename>")
    with (folder / "huge.csv").open("wb") as huge:
        huge.truncate(110_000_000)
    return folder


def archive(parts: dict[str, bytes]) -> bytes:
    """A zip with parts of these names."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return data.getvalue()


@pytest.fixture
def data_site(empty_site: Any) -> Iterator[Any]:
    """A dashboard on an empty machine."""
    yield empty_site


def the_map(page: Any) -> Any:
    """The map that is laid out; another may be coming or going beside it."""
    return page.frame_locator("iframe:not([width='-1'])")


def open_part(page: Any, site: Any, part: str) -> None:
    """A part of the data page, drawn."""
    page.goto(f"{site.address}/data?part={part}")
    page.wait_for_selector("text=从头开始", timeout=120_000)
    page.wait_for_selector(QUIET)


def send(page: Any, layer: str, *files: Path) -> None:
    """Send files for a layer."""
    box = page.locator(f".st-key-layer-{layer} input[type=file]")
    box.set_input_files([str(file) for file in files])


def choose_system(page: Any, layer: str, name: str) -> None:
    """Answer the coordinate-system question by typing."""
    box = page.locator(f".st-key-layer-{layer} [data-testid=stSelectbox] input")
    box.click()
    box.fill(name)
    page.keyboard.press("Enter")
    page.wait_for_selector(QUIET)


def test_a_county_comes_in_and_an_area_of_it_is_cleared(
    page: Any, data_site: Any, watched: Any, raw: Path
) -> None:
    """Raw files in, preview, reload, save; then click an area, press run, read the minutes."""
    open_part(page, data_site, "import")
    for layer, files in (
        ("people", [raw / "人口.csv"]),
        ("roads", [raw / "county_nodes.csv", raw / "county_edges.csv"]),
        ("shelters", [raw / "学校.csv"]),
    ):
        send(page, layer, *files)
        page.wait_for_selector(f".st-key-layer-{layer} .yy-file")
        choose_system(page, layer, "EPSG:4326")
    page.get_by_role("textbox", name="情景名称").fill("河口县")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="检查并预览").click()
    page.wait_for_selector("text=可以用。", timeout=120_000)
    page.reload()
    page.wait_for_selector("text=可以用。")
    assert page.locator(".st-key-layer-people .yy-file").inner_text().startswith("✓ 人口.csv")
    canvas = the_map(page).locator("canvas")
    canvas.wait_for()
    page.get_by_role("button", name="存为情景").click()
    page.wait_for_selector("text=已存为情景“河口县”")
    made = data_site.home / "scenarios" / "河口县"
    with (made / "settlements.csv").open(encoding="utf-8") as file:
        assert HOSTILE in [row["name"] for row in csv.DictReader(file)]

    open_part(page, data_site, "area")
    page.get_by_role("combobox").first.click()
    page.get_by_role("option", name="河口县").click()
    canvas = the_map(page).locator("canvas")
    the_map(page).locator("#legend", has_text="村、点 16").wait_for()
    box = canvas.bounding_box()
    for x, y in ((0.4, 0.3), (0.6, 0.3), (0.6, 0.7), (0.4, 0.7)):
        canvas.click(position={"x": box["width"] * x, "y": box["height"] * y})
        page.wait_for_selector(QUIET)
    the_map(page).locator("body[data-drawn='4']").wait_for()
    page.get_by_role("spinbutton", name="次数").fill("2")
    page.keyboard.press("Enter")
    page.wait_for_selector(QUIET)
    page.get_by_role("button", name="算清空时间").click()
    page.wait_for_selector("text=走出九成", timeout=180_000)
    assert "程序替您假定了" in page.inner_text("body")
    page.reload()
    page.wait_for_selector("text=走出九成")
    assert watched.errors == []
    assert watched.dialogs == []
    assert watched.hosts == {"127.0.0.1"}


def test_broken_and_hostile_files_end_in_sentences(
    page: Any, data_site: Any, watched: Any, raw: Path
) -> None:
    """Row by row what is wrong; archives that lead out, blow up or lie are not stored."""
    open_part(page, data_site, "import")
    for name, layer, words in (
        ("out.zip", "roads", "指向包外"),
        ("bomb.zip", "roads", "解压后异常大"),
        ("depth.tif", "hazard", "内容不是 .tif 文件"),
    ):
        send(page, layer, raw / name)
        page.wait_for_selector(f".st-key-layer-{layer} >> text={words}")
        assert page.locator(f".st-key-layer-{layer} .yy-file").count() == 0
    send(page, "people", raw / "bad.csv")
    page.wait_for_selector(".st-key-layer-people .yy-file")
    choose_system(page, "people", "EPSG:4490")
    send(page, "roads", raw / "county_nodes.csv", raw / "county_edges.csv")
    page.wait_for_selector(".st-key-layer-roads .yy-file")
    choose_system(page, "roads", "EPSG:4326")
    page.get_by_role("textbox", name="情景名称").fill("../x")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="检查并预览").click()
    page.wait_for_selector("text=名称只能用汉字")
    page.get_by_role("textbox", name="情景名称").fill("坏县")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="检查并预览").click()
    page.wait_for_selector("text=bad.csv 第 3 行", timeout=120_000)
    assert watched.errors == []
    assert watched.dialogs == []
    stored = {p.name for p in (data_site.home / "scenarios").rglob("*") if p.is_file()}
    assert not stored & {"out.shp", "roads.shp", "depth.tif", "out.zip", "bomb.zip"}
    assert not list(data_site.home.parent.rglob("out.shp"))


def test_a_file_beyond_the_limit_never_arrives(page: Any, data_site: Any, raw: Path) -> None:
    """110 MB are refused at the door, and the page goes on working."""
    open_part(page, data_site, "import")
    send(page, "people", raw / "huge.csv")
    page.wait_for_selector(".st-key-layer-people >> text=/100/")
    page.wait_for_timeout(1500)
    assert page.locator(".st-key-layer-people .yy-file").count() == 0
    send(page, "people", raw / "人口.csv")
    page.wait_for_selector(".st-key-layer-people .yy-file:has-text('人口.csv')")


def test_ten_villages_are_pasted_and_kept(page: Any, data_site: Any, watched: Any) -> None:
    """Rows from the clipboard: checked at once, there after a reload, added to a copy so named."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_part(page, data_site, "villages")
    grid = page.locator("[data-testid=stDataFrame] canvas").first
    grid.wait_for()
    rows = [[f"新村{k}", "小河乡", "ZA", "115.0110", "29.9980", "30"] for k in range(10)]
    rows[3][0], rows[5][0], rows[6][5] = FORMULA, HOSTILE, "-5"
    paste(page, grid, rows)
    page.wait_for_selector("text=粘贴的表 第 7 行 resident：得到 -5")
    assert page.get_by_role("button", name="加进情景").is_disabled()
    page.reload()
    page.wait_for_selector("text=粘贴的表 第 7 行 resident：得到 -5")
    rows[6][5] = "31"
    paste(page, page.locator("[data-testid=stDataFrame] canvas").first, rows)
    page.wait_for_selector("text=10 行，301 人；没有错误")
    name = page.get_by_label("存为", exact=True)
    name.fill("tiny_2")
    name.press("Enter")
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="加进情景").click()
    page.wait_for_selector("text=已存为情景“tiny_2”")
    with (data_site.home / "scenarios" / "tiny_2" / "settlements.csv").open(encoding="utf-8") as f:
        names = [row["name"] for row in csv.DictReader(f)]
    assert names[-10:] == [row[0] for row in rows]
    assert watched.errors == []
    assert watched.dialogs == []
    assert watched.hosts == {"127.0.0.1"}


def paste(page: Any, grid: Any, rows: list[list[str]]) -> None:
    """Paste rows into the first cell, as Excel hands them over."""
    text = "\n".join("\t".join(row) for row in rows)
    page.wait_for_timeout(500)
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    box = grid.bounding_box()
    page.mouse.click(box["x"] + 120, box["y"] + 52)
    page.keyboard.press("Control+V")
