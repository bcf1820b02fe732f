"""What must not, and what must, lie in the repository."""

from __future__ import annotations

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ME = Path(__file__).relative_to(ROOT).as_posix()

MACHINE_PATHS = re.compile(r"(?<![\w.<])/(work|tmp|root|home|Users|mnt)/[\w.]|\b[A-Z]:\\\\?Users")
"""Folders of somebody's machine; a path like shared/home/x is none."""

REGISTRIES = re.compile(
    r"pypi\.|pythonhosted|anaconda\.org|deb\.debian|--(extra-)?index-url|artifactory|nexus", re.I
)
NOTES_TO_SELF = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
LARGEST_BYTES = 400_000


@cache
def tracked() -> tuple[str, ...]:
    """Every file of the repository, as git knows it."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git working copy")
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return tuple(name for name in done.stdout.split("\0") if name and (ROOT / name).exists())


def hits(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern occurs in text files, this file and the licence left out."""
    found = []
    for name in tracked():
        if name in (ME, "LICENSE") or name.endswith((".png", ".xlsx", ".npz")):
            continue
        text = (ROOT / name).read_text(encoding="utf-8", errors="replace")
        found += [
            f"{name}:{number}: {line.strip()[:120]}"
            for number, line in enumerate(text.splitlines(), 1)
            if pattern.search(line)
        ]
    return found


@pytest.mark.parametrize("pattern", [MACHINE_PATHS, REGISTRIES, NOTES_TO_SELF])
def test_nothing_that_belongs_elsewhere(pattern: re.Pattern[str]) -> None:
    """No paths of one machine, no registry hosts, no notes to self."""
    assert hits(pattern) == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (MACHINE_PATHS, "open('/tmp/x')"),
        (MACHINE_PATHS, "see /home/me/county"),
        (REGISTRIES, "pip install --index-url somewhere"),
        (NOTES_TO_SELF, "# TODO later"),
    ],
)
def test_the_patterns_see(pattern: re.Pattern[str], text: str) -> None:
    """Each pattern finds an example of what it forbids."""
    assert pattern.search(text)


def test_files_are_small() -> None:
    """No large file slips in: shipped tables and pictures stay below 400 kB."""
    large = [name for name in tracked() if (ROOT / name).stat().st_size > LARGEST_BYTES]
    assert large == []


def test_package_data_is_complete() -> None:
    """Every file in the packages that is not Python is named in pyproject.toml's package data."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]
    packed = {
        file.relative_to(ROOT).as_posix()
        for package, globs in patterns.items()
        for glob in globs
        for file in (ROOT / package).glob(glob)
    }
    data = {
        name
        for name in tracked()
        if name.split("/")[0] in ("sim", "dashboard") and not name.endswith(".py")
    }
    assert data <= packed


def test_every_folder_of_code_is_a_package() -> None:
    """A folder without ``__init__.py`` would be left out of an installed copy."""
    folders = {
        Path(name).parent for name in tracked() if re.match(r"(sim|dashboard)/.*\.py$", name)
    }
    assert [str(f) for f in folders if not (ROOT / f / "__init__.py").exists()] == []


def test_licence_is_whole() -> None:
    """LICENSE is the full text of Apache-2.0, as pyproject.toml says."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert text.rstrip().endswith("limitations under the License.")
    assert "9. Accepting Warranty or Additional Liability" in text
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["license"] == "Apache-2.0"


def set_up_commands() -> list[str]:
    """The commands of the README's first code block: all the set-up there is."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = text.split("```bash\n", 1)[1].split("```", 1)[0]
    return block.strip().splitlines()


def test_readme_has_two_commands_and_ci_runs_them() -> None:
    """The README sets everything up with two commands, and .ci/run runs exactly these."""
    commands = set_up_commands()
    assert len(commands) == 2
    assert commands[0].endswith("yuyan run scenarios/yunling -n 5")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert all(command in script for command in commands)


def test_files_that_the_documents_name_exist() -> None:
    """Every file of this repository that a page of documentation names is there."""
    pages = ["README.md", *(name for name in tracked() if re.match(r"docs/.*\.md$", name))]
    name = re.compile(r"`((?:sim|docs|tests|scenarios|dashboard)/[\w./-]+)`|\]\(([\w./-]+)\)")
    missing = []
    for page in pages:
        for code, link in name.findall((ROOT / page).read_text(encoding="utf-8")):
            base = ROOT if code else (ROOT / page).parent
            if not (base / (code or link)).exists():
                missing.append(f"{page}: {code or link}")
    assert missing == []
