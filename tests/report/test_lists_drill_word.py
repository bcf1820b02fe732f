"""The inject list as a Word document, and lists of any replication asked for."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from sim.cli import main
from sim.experiment.store import RunFolder
from sim.report.book import Book
from sim.report.drill_word import write_drill
from sim.report.lists.collect import night_of
from sim.schema.problems import InputError
from sim.texts.report import Lang

LANGS: tuple[Lang, ...] = ("zh", "en")


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_is_marked(whole_book: Book, lang: Lang, tmp_path: Path) -> None:
    """The header of the only section says 演练; a slip for each inject follows the overview."""
    write_drill(whole_book, tmp_path / "drill.docx", lang, which="worst")
    word = docx.Document(str(tmp_path / "drill.docx"))
    assert len(word.sections) == 1
    assert ("演练" if lang == "zh" else "DRILL") in word.sections[0].header.paragraphs[0].text
    overview, *slips = word.tables
    assert len(slips) == len(overview.rows) - 1 > 3
    assert "w:tblHeader" in overview.rows[0]._tr.xml
    for slip in slips:
        assert "________" in slip.rows[-1].cells[3].text  # filled in by hand


def test_hostile_names_stay_letters(
    whole_book: Book, hostile_names: dict[str, str], tmp_path: Path
) -> None:
    """Names with markup stand in the slips as they are."""
    texts = ""
    for which in ("median", "worst"):
        write_drill(whole_book, tmp_path / "drill.docx", "zh", which=which)
        word = docx.Document(str(tmp_path / "drill.docx"))
        texts += "".join(c.text for table in word.tables for row in table.rows for c in row.cells)
    assert hostile_names["河边组"] in texts


def test_any_replication_can_be_chosen(whole_run: RunFolder) -> None:
    """A replication whose log was not kept is played again, is the one of the results, and kept."""
    book = Book.open(whole_run.path)
    kept = set(book.document["kept"][book.best].values())
    other = next(number for number in range(book.scored.n) if number not in kept)
    night = night_of(book, book.best, other)
    assert night is not None and night.number == other
    known = book.scored.tables[book.best].log_sha256[other]
    assert night.facts.log.sha256() == known
    assert whole_run.log(book.best, other) is not None
    assert night_of(book, book.best, book.scored.n) is None
    assert night_of(book, book.best, -1) is None


def test_changed_program_is_noticed(whole_run: RunFolder, tmp_path: Path) -> None:
    """A replication that comes out differently is not shown as that of the run."""
    book = Book.open(whole_run.path)
    table = book.scored.tables[book.best]
    forged = ("0" * 64,) * table.n
    object.__setattr__(table, "log_sha256", forged)
    assert night_of(book, book.best, 0) is None
    with pytest.raises(InputError):
        write_drill(book, tmp_path / "drill.docx", "zh")


def test_from_the_command_line(whole_run: RunFolder, tmp_path: Path) -> None:
    """``yuyan report --drill`` writes it; an unknown plan or replication is a wrong input."""
    file, run = tmp_path / "drill.docx", str(whole_run.path)
    assert main(["report", run, "--drill", str(file), "--replication", "0", "--lang", "en"]) == 0
    assert file.exists()
    assert main(["report", run, "--drill", str(file), "--replication", "99"]) == 2
    assert main(["report", run, "--drill", str(file), "--plan", "nobody's"]) == 2
    assert main(["report", run]) == 2
