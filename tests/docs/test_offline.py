"""The offline folder: what it starts with, and that the Python inside needs nothing outside."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """docs/make_offline.py as a module."""
    spec = importlib.util.spec_from_file_location("make_offline", ROOT / "docs/make_offline.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_starters_stay_inside_the_folder(script: ModuleType, tmp_path: Path) -> None:
    """One click on each system; no path of a machine, no host; lines end as each system wants."""
    script.write_starters(tmp_path)
    sh, bat = (tmp_path / "start.sh").read_text(), (tmp_path / "start.bat").read_bytes()
    assert (tmp_path / "start.sh").stat().st_mode & 0o111
    assert not re.search(r"https?://|/home/|/usr/", sh + bat.decode())
    assert bat.count(b"\n") == bat.count(b"\r\n") > 10
    assert subprocess.run(["sh", "-n", str(tmp_path / "start.sh")], check=False).returncode == 0


def test_a_folder_in_use_is_left_alone(script: ModuleType, tmp_path: Path) -> None:
    """A folder that holds something is refused and not touched."""
    (tmp_path / "mine.txt").write_text("mine")
    assert script.main([str(tmp_path)]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_python_for_windows_is_told_where_the_packages_lie(
    script: ModuleType, tmp_path: Path
) -> None:
    """The embeddable Python looks into the folder beside it and nowhere else."""
    archive = tmp_path / "embed.zip"
    with zipfile.ZipFile(archive, "w") as parts:
        parts.writestr("python.exe", b"MZ")
        parts.writestr("python311._pth", "python311.zip\n.\n#import site\n")
    script.unpack_windows_python(archive, tmp_path / "python-win")
    lines = (tmp_path / "python-win" / "python311._pth").read_text().splitlines()
    assert lines == ["python311.zip", ".", "..\\site-packages-win"]


@pytest.mark.slow
def test_the_python_inside_runs_without_the_one_outside(script: ModuleType, tmp_path: Path) -> None:
    """Copied elsewhere and started without any environment it finds its own library only."""
    script.copy_python(Path(sys.base_prefix), tmp_path / "python")
    (tmp_path / "site-packages" / "sim").mkdir(parents=True)
    (tmp_path / "work").mkdir()
    program = "import sqlite3, ssl, ctypes, zlib, sys; print(sys.prefix, *sys.argv[1:])"
    (tmp_path / "site-packages" / "sim" / "cli.py").write_text(program)
    script.write_starters(tmp_path)
    done = subprocess.run(
        [str(tmp_path / "start.sh")],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [str(tmp_path / "python"), "ui"]
