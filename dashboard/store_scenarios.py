"""Scenarios on disk, read once and kept, and the folders their runs go into."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from pathlib import Path

import streamlit as st

from dashboard.store import Stamp, stamp_of
from sim.cli_run import default_folder
from sim.experiment.identity import Identity
from sim.experiment.scenario_player import identity_of
from sim.experiment.store import RunFolder
from sim.io.doubt import Inputs
from sim.io.scenario_folder import ScenarioFolder, load_scenario
from sim.io.yaml_strict import read_yaml
from sim.schema.problems import InputError


@dataclass(frozen=True)
class Checked:
    """A scenario that was read: its content, or what is wrong with it."""

    folder: ScenarioFolder | None
    problems: InputError | None


def read_scenario(
    folder: Path, plans: tuple[str, ...] | None = None, inputs: Inputs = "base"
) -> Checked:
    """A scenario with some of its plans (all when None), checked as ``yuyan check`` does."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return _scenario(folder, plans, inputs, (len(files), *stamp_of(*files)))


def read_without_plans(folder: Path) -> Checked:
    """A scenario alone; what is written into its plans does not make it be read again."""
    plans = folder / "plans"
    files = [f for f in sorted(folder.rglob("*")) if f.is_file() and plans not in f.parents]
    return _scenario(folder, (), "base", (len(files), *stamp_of(*files)))


@st.cache_resource(max_entries=8, show_spinner=False)
def _scenario(folder: Path, plans: tuple[str, ...] | None, inputs: Inputs, stamp: Stamp) -> Checked:
    try:
        return Checked(load_scenario(folder, None if plans is None else list(plans), inputs), None)
    except InputError as error:
        return Checked(None, error)


def scenario_names(folders: tuple[Path, ...]) -> dict[Path, dict[str, str]]:
    """Names of scenarios; that of its folder where the file cannot be read."""
    return {folder: _name(folder, stamp_of(folder / "scenario.yaml")) for folder in folders}


@st.cache_data(max_entries=200, show_spinner=False)
def _name(folder: Path, stamp: Stamp) -> dict[str, str]:
    file = folder / "scenario.yaml"
    try:
        content = read_yaml(file.read_bytes(), file.name).value
    except (OSError, InputError):
        return {"zh": folder.name, "en": folder.name}
    name = content.get("name") if isinstance(content, dict) else None
    if isinstance(name, dict) and name.get("zh"):
        return {"zh": str(name["zh"]), "en": str(name.get("en") or name["zh"])}
    return {"zh": folder.name, "en": folder.name}


@st.cache_resource(max_entries=64, show_spinner=False)
def _identity(input_hash: str, seed: int, _folder: ScenarioFolder) -> Identity:
    return identity_of(_folder, seed)


def identity(folder: ScenarioFolder, seed: int) -> Identity:
    """What a run of this scenario with this seed will be called and remember."""
    return _identity(folder.input_hash, seed, folder)


def run_folder(home: Path, wanted: Identity) -> Path:
    """Folder for a run: the usual one, or the next name where another program has played there.

    Results of two versions of the program are never mixed; the older ones stay to be looked at.
    """
    usual = home / default_folder(wanted)
    for number in count(1):
        folder = usual if number == 1 else usual.with_name(f"{usual.name}-{number}")
        if not (folder / "run.json").exists() or played_by(folder, wanted):
            return folder
    raise AssertionError("count ends never")


def played_by(folder: Path, wanted: Identity) -> bool:
    """Whether a run can go on with this program."""
    try:
        versions = RunFolder.open(folder).document["versions"]
    except InputError:
        return False
    return bool(versions["code"] == wanted.versions["code"])
