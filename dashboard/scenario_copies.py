"""Scenarios as the pages change them: own ones as they lie, shipped ones in a copy."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from dashboard.ids import TakenError, is_taken, must_be_id
from dashboard.plan_yaml import with_section
from dashboard.settings import FREE, is_shipped
from sim.experiment.store import replace_file
from sim.io.scenario_folder import SCENARIO
from sim.io.yaml_strict import Yaml, read_yaml
from sim.texts.dashboard import ui
from sim.texts.report import Lang

LEFT_BEHIND = ("*.py", "runs", "making", "__pycache__", ".*", "~$*")
"""Results, and what makes a shipped scenario, are not part of a copy."""
COPIED = f"# 由预演复制，{FREE} | copied by Yuyan, change it as you like\n"


def is_own(scenario: Path) -> bool:
    """Whether a scenario may be changed: it did not come with the program, and can be written."""
    return not is_shipped(scenario) and _can_write(scenario.resolve())


def _can_write(scenario: Path) -> bool:
    folder = scenario / "plans"
    try:
        folder.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".try"):
            return True
    except OSError:
        return False


def stage(source: Path, place: Path) -> Path:
    """A copy of a scenario below a folder: plain files only, links and old results left out."""

    def unwanted(folder: str, names: list[str]) -> set[str]:
        links = {name for name in names if (Path(folder) / name).is_symlink()}
        return links | set(shutil.ignore_patterns(*LEFT_BEHIND)(folder, names))

    target = place / source.name
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, ignore=unwanted)
    return target


def name_of_copy(name: Mapping[str, Yaml]) -> dict[str, Yaml]:
    """A name in one or both languages as that of a copy: …（副本）, … (copy)."""
    languages: tuple[Lang, ...] = ("zh", "en")
    return {
        lang: ui("plans.copied_name", lang, name=str(name[lang]))
        for lang in languages
        if name.get(lang)
    }


def copy_scenario(home: Path, scenario: Path, name: str) -> Path:
    """An own copy of a scenario below ``scenarios/`` of a working folder; whole, or not there.

    Raises:
        TakenError: there is something of this name.
        OSError: it cannot be written.
    """
    must_be_id(name)
    scenarios = home / "scenarios"
    scenarios.mkdir(parents=True, exist_ok=True)
    if is_taken(scenarios, name):
        raise TakenError(name)
    with tempfile.TemporaryDirectory(dir=scenarios, prefix=".copy") as part:
        fresh = stage(scenario, Path(part))
        _say_that_it_is_free(fresh / SCENARIO)
        _name_the_copy(fresh / SCENARIO)
        return fresh.rename(scenarios / name)


def _say_that_it_is_free(file: Path) -> None:
    text = file.read_text(encoding="utf-8-sig")
    first, _, rest = text.partition("\n")
    if FREE not in first:
        replace_file(file, COPIED + (rest if "make.py" in first else text))


def _name_the_copy(file: Path) -> None:
    """Two scenarios of one name cannot be told apart in the lists."""
    text = file.read_text(encoding="utf-8-sig")
    name = (read_yaml(text.encode(), SCENARIO).value or {}).get("name")
    if isinstance(name, dict) and name.get("zh"):
        replace_file(file, with_section(text, "name", name_of_copy(name)))
