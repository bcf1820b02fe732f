"""The Word and HTML documents of a run: numbers, escaping, languages, missing parts, layout."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from sim.experiment.scored import run_json
from sim.experiment.store import RunFolder
from sim.report.blocks import Grid
from sim.report.book import Book
from sim.report.chapters import document
from sim.report.chapters.measures import measures_grid
from sim.report.html import write_html
from sim.report.word import clean, write_word
from sim.texts.report import Lang

LANGS: tuple[Lang, ...] = ("zh", "en")


class _Page(HTMLParser):
    """What a browser would make of a page: its elements and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def _word_text(path: Path) -> str:
    """All text of a Word file, tables included."""
    word = docx.Document(str(path))
    paragraphs = [p.text for p in word.paragraphs]
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join((*paragraphs, *cells))


@pytest.fixture(scope="module", params=LANGS)
def files(
    request: pytest.FixtureRequest, whole_book: Book, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Lang, str, str, Path]:
    """(language, HTML source, text of the Word file, Word file)."""
    lang: Lang = request.param
    folder = tmp_path_factory.mktemp(f"documents-{lang}")
    write_html(whole_book, folder / "run.html", lang)
    write_word(whole_book, folder / "run.docx", lang)
    html = (folder / "run.html").read_text(encoding="utf-8")
    return lang, html, _word_text(folder / "run.docx"), folder / "run.docx"


def test_hostile_names_stay_text(
    files: tuple[Lang, str, str, Path], hostile_names: dict[str, str]
) -> None:
    """A name with markup, a formula or mathematics is shown letter by letter, nowhere executed."""
    _, html, word, _ = files
    page = _Page(html)
    for bad in hostile_names.values():
        assert bad in page.text
        assert bad in word
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "iframe", "object", "embed", "link", "form"}
    assert all(not key.startswith("on") for _, attrs in page.tags for key in attrs)


def test_html_asks_nobody(files: tuple[Lang, str, str, Path]) -> None:
    """One file: every picture is inside, no address of another host anywhere."""
    _, html, _, _ = files
    page = _Page(html)
    sources = [attrs.get("src") or "" for tag, attrs in page.tags if tag == "img"]
    assert sources and all(src.startswith("data:image/png;base64,") for src in sources)
    links = [attrs.get("href") or "" for tag, attrs in page.tags if tag == "a"]
    assert links and all(link.startswith("#") for link in links)
    assert not re.search(r"https?://|@import|url\(", html)


def test_language(files: tuple[Lang, str, str, Path]) -> None:
    """Chapters, footer and questions are in the language asked for."""
    lang, html, word, _ = files
    chinese = ("一、结论", "最迟几点下令", "请定三件事", "模拟数据，不作灾情统计和问责依据")
    english = ("The answer", "Latest order", "Three things to decide", "Simulated data")
    ours, theirs = (chinese, english) if lang == "zh" else (english, chinese)
    for text in ours:
        assert text in html
    assert all(text in word for text in ours[:3])
    for text in theirs:
        assert text not in html and text not in word


def test_word_layout(files: tuple[Lang, str, str, Path]) -> None:
    """A4, named Chinese fonts, footer with the warning and a page number, heads that repeat."""
    lang, _, _, path = files
    word = docx.Document(str(path))
    section = word.sections[0]
    assert section.page_width is not None and round(section.page_width.cm, 1) == 21.0
    assert section.page_height is not None and round(section.page_height.cm, 1) == 29.7
    for style, font in (("Normal", "仿宋"), ("Heading 1", "黑体"), ("Heading 2", "楷体")):
        fonts = word.styles[style].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert fonts.get(qn("w:eastAsiaTheme")) is None
    footer = section.footer.paragraphs[0]
    assert ("模拟数据" if lang == "zh" else "Simulated data") in footer.text
    assert "PAGE" in footer._p.xml
    heads = [table for table in word.tables if "w:tblHeader" in table.rows[0]._tr.xml]
    assert len(heads) == len(word.tables) - 1  # all but the page for the meeting
    assert all("w:cantSplit" in row._tr.xml for table in heads for row in table.rows[1:])


def test_headings_are_numbered(whole_book: Book, tmp_path: Path) -> None:
    """一、 …… 九、 in order; every table and figure has its own number."""
    write_html(whole_book, tmp_path / "run.html", "zh")
    html = (tmp_path / "run.html").read_text(encoding="utf-8")
    heads = re.findall(r"<h2[^>]*>(.)、", html)
    assert heads == list("一二三四五六七八九")
    for kind in ("表", "图"):
        numbers = [int(n) for n in re.findall(rf'class="caption">{kind} (\d+)', html)]
        assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 3


def _numbers(text: str, share: bool) -> float:
    """A printed number back as a number; a share from its percentage."""
    value = float(text.replace(",", "").replace("%", ""))
    return value / 100 if share else value


def _shown(book: Book) -> Iterator[tuple[str, dict[str, Any], tuple[str, ...]]]:
    """Measure, its ``--json`` entry, and its row in the documents (both in catalogue order)."""
    measures = run_json(book.scored)["plans"][list(book.plans).index(book.best)]["measures"]
    grid = measures_grid(book, book.best, "zh")
    from sim.texts.report import label

    by_name = {row[0]: row for row in grid.rows}
    assert len(by_name) == len(measures)
    for name, entry in measures.items():
        yield name, entry, by_name[label(name, "zh")]


def test_numbers_equal_json(whole_book: Book) -> None:
    """Every mean, P50 and P90 printed is that of ``--json``, up to the rounding of print."""
    compared = 0
    for name, entry, row in _shown(whole_book):
        for key, text in (("mean", row[2]), ("p50", row[4]), ("p90", row[5])):
            value = entry[key]
            if value is None:
                assert text in ("—", "未达到"), name
                continue
            if ":" in text:  # a clock time: minutes after 16:00, rounded up to the minute
                clock, _, day = text.partition(" (+")
                hours, minutes = map(int, clock.split(":"))
                days = int(day.rstrip(")")) if day else 0
                shown = days * 1440 + hours * 60 + minutes - 16 * 60
                assert 0 <= shown - value < 1 + 1e-3, name
            else:
                share = text.endswith("%")
                room = 0.005 if share else (0.051 if abs(value) < 10 else 0.51)
                assert abs(_numbers(text, share) - value) <= room, name
            compared += 1
    assert compared > 60


def test_documents_show_the_same_tables(
    files: tuple[Lang, str, str, Path], whole_book: Book
) -> None:
    """What stands in a table of the report stands in both files, cell by cell."""
    lang, html, word, _ = files
    text = re.sub(r"\s+", "", _Page(html).text)
    for block in document(whole_book, lang):
        if isinstance(block, Grid):
            for cell in (cell for row in block.rows for cell in row):
                assert re.sub(r"\s+", "", cell) in text
                assert clean(cell) in word


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("run", ["bare_run", "unordered_run"])
def test_missing_parts(
    run: str, lang: Lang, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """One plan, no targets, no water or no order: the documents say so and are whole."""
    folder: RunFolder = request.getfixturevalue(run)
    book = Book.open(folder.path)
    write_html(book, tmp_path / "run.html", lang)
    write_word(book, tmp_path / "run.docx", lang)
    text = _word_text(tmp_path / "run.docx")
    assert ("只预演了一个方案" if lang == "zh" else "Only one plan was rehearsed") in text
    assert not re.search(r"\b(nan|inf)\b|\bNone\b(?! of)", text)
    if run == "bare_run":
        assert ("没有写时限目标" if lang == "zh" else "No plan states timing targets") in text


def test_scenario_gone_or_changed(whole_run: RunFolder, tmp_path: Path) -> None:
    """Without the scenario folder, or with another one, names are left out and the reason given."""
    copy = tmp_path / "run"
    shutil.copytree(whole_run.path, copy)
    book = Book.open(copy)
    book.document["scenario"]["path"] = str(tmp_path / "nowhere")
    write_word(book, tmp_path / "gone.docx", "zh")
    assert "情景文件夹已不在原处" in _word_text(tmp_path / "gone.docx")
    scenario = tmp_path / "changed"
    shutil.copytree(whole_run.document["scenario"]["path"], scenario)
    zones = scenario / "zones.csv"
    zones.write_text(zones.read_text(encoding="utf-8").replace("河边", "别处"), encoding="utf-8")
    book = Book.open(copy)
    book.document["scenario"]["path"] = str(scenario)
    write_word(book, tmp_path / "changed.docx", "zh")
    text = _word_text(tmp_path / "changed.docx")
    assert "改过" in text and "别处" not in text


def test_program_changed(whole_run: RunFolder, tmp_path: Path) -> None:
    """When only the program's library differs, the scenario is not blamed."""
    copy = tmp_path / "run"
    shutil.copytree(whole_run.path, copy)
    book = Book.open(copy)
    book.document["scenario"]["input_hash"] = "0" * 64
    assert book.scenario_missing == "program"


def test_kept_logs_gone(whole_run: RunFolder, tmp_path: Path) -> None:
    """A run whose event logs were thrown away still gives a report that says what is missing."""
    copy = tmp_path / "run"
    shutil.copytree(whole_run.path, copy)
    shutil.rmtree(copy / "events")
    write_word(Book.open(copy), tmp_path / "run.docx", "zh")
    assert "没有留存" in _word_text(tmp_path / "run.docx")


def test_control_characters() -> None:
    """Characters that XML cannot hold are dropped, Chinese and tabs stay."""
    assert clean("村\x00\x0b组\ud800\t\ufffe。") == "村组\t。"


def test_other_inputs_beside(
    whole_run: RunFolder, bare_run: RunFolder, unordered_run: RunFolder
) -> None:
    """Runs with other inputs stand beside the base case, with the files that differ."""
    book = Book.open(bare_run.path, beside=[unordered_run.path, whole_run.path])
    tables = [block for block in document(book, "zh") if isinstance(block, Grid)]
    sides = next(table for table in tables if table.title == "乐观、基准、悲观")
    assert [row[0].split(" · ")[0] for row in sides.rows] == ["本次", "小河乡", "小河乡"]
    assert [row[1] for row in sides.rows] == ["1", "2", "3"]
    assert "hazard/depths.csv" in sides.rows[1][-1]
    share = run_json(Book.open(unordered_run.path).scored)["plans"][0]["measures"]
    mean = share["out_before_cutoff_share"]["mean"]
    shown = sides.rows[1][2].split(" ")[0]
    assert abs(_numbers(shown, share=True) - mean) <= 0.005
    alone = Book.open(bare_run.path)
    assert any("--beside" in getattr(block, "text", "") for block in document(alone, "zh"))


def test_unfinished_run(whole_run: RunFolder, tmp_path: Path) -> None:
    """A run that was broken off says how much of it the report is drawn from."""
    copy = tmp_path / "run"
    shutil.copytree(whole_run.path, copy)
    book = Book.open(copy)
    book.document["replications"] = 10
    write_word(book, tmp_path / "run.docx", "zh")
    assert "计划 10 次，本报告只按前 3 次" in _word_text(tmp_path / "run.docx")
