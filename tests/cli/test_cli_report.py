"""``yuyan report``: every format by one command, sentences when it cannot."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from sim.cli import main


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A played run of the tiny county."""
    place = Path(__file__).parent.parent / "broken" / "tiny.py"
    spec = importlib.util.spec_from_file_location("tiny_for_report", place)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    base = tmp_path_factory.mktemp("report")
    scenario = module.build_tiny(base / "tiny")
    command = ["run", str(scenario), "-n", "2", "--workers", "1", "--out", str(base / "run")]
    assert main(command) == 0
    return base / "run"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_formats(
    run: Path, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One command writes HTML, Word and Excel and names every file it wrote."""
    files = [tmp_path / f"报告.{ending}" for ending in ("html", "docx", "xlsx")]
    options = [text for file in files for text in (f"--{file.suffix[1:]}", str(file))]
    capsys.readouterr()
    assert main(["report", str(run), *options, "--lang", lang]) == 0
    shown = capsys.readouterr().out
    for file in files:
        assert str(file) in shown
        assert file.stat().st_size > 10_000
    assert files[0].read_bytes().startswith(b"<!DOCTYPE html>")
    assert files[1].read_bytes().startswith(b"PK") and files[2].read_bytes().startswith(b"PK")


def test_same_run_same_html(run: Path, tmp_path: Path) -> None:
    """The HTML of a run is the same, byte for byte, whenever it is written."""
    for name in ("a", "b"):
        assert main(["report", str(run), "--html", str(tmp_path / f"{name}.html")]) == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_other_inputs_beside(run: Path, tmp_path: Path) -> None:
    """A run named with --beside stands in the document beside the one reported."""
    file = tmp_path / "a.html"
    assert main(["report", str(run), "--html", str(file), "--beside", str(run)]) == 0
    assert "输入相同" in file.read_text(encoding="utf-8")


def test_no_format(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a format the command says which there are."""
    assert main(["report", str(run)]) == 2
    assert "--docx" in capsys.readouterr().err


def test_no_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is no run is named; nothing is written."""
    assert main(["report", str(tmp_path), "--html", str(tmp_path / "a.html")]) == 2
    assert str(tmp_path) in capsys.readouterr().err
    assert not (tmp_path / "a.html").exists()


def test_folder_of_the_file_is_missing(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A report into a folder that does not exist ends with a sentence, not a stack trace."""
    for ending in ("html", "docx"):
        assert main(["report", str(run), f"--{ending}", str(tmp_path / "no" / "a")]) == 1
        assert "Traceback" not in capsys.readouterr().err


def test_without_any_chinese_font(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With neither the package nor a font of the system, the error says what to install."""
    from matplotlib import font_manager

    from sim.report.figures.font import use_chinese_font

    use_chinese_font.cache_clear()
    monkeypatch.setitem(sys.modules, "pylopdf_fonts_zh_cn", None)
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: [])
    assert main(["report", str(run), "--html", str(tmp_path / "a.html")]) == 2
    assert "pylopdf-fonts-zh-cn" in capsys.readouterr().err
    use_chinese_font.cache_clear()


def test_font_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package, the first known font of the system is taken."""
    from matplotlib import font_manager

    from sim.report.figures import font

    files = ["/fonts/DejaVuSans.ttf", "/fonts/wqy-microhei.ttc", "/fonts/NotoSansCJK-Regular.ttc"]
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: files)
    assert font._from_system() == Path("/fonts/NotoSansCJK-Regular.ttc")
