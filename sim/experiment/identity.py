"""What makes two runs the same run: inputs, plans, seed and the program's own code."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import sim

_NO_RESULTS = ("texts", "report", "optimize", "drill", "experiment", "__pycache__")
"""Rooms whose code cannot change a run's numbers."""
_LIBRARIES = ("numpy", "numba", "scipy", "simpy", "pydantic", "pyproj", "shapely")


@dataclass(frozen=True)
class Identity:
    """The scenario as a run folder keeps it: enough to say whether a run may go on.

    Attributes:
        scenario: id of the scenario.
        path: scenario folder, for playing a replication again.
        input_hash: hash over everything that was read.
        files: file of the scenario folder to SHA-256.
        plans: plan id to its content as JSON.
        versions: of the program and its libraries; ``code`` is the hash of the engine's source.
        about: what reports need without the scenario: name, clock_start, horizon, defaults …
    """

    scenario: str
    path: Path
    input_hash: str
    seed: int
    files: Mapping[str, str]
    plans: Mapping[str, Any]
    versions: Mapping[str, str]
    about: Mapping[str, Any]


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def file_hashes(folder: Path) -> dict[str, str]:
    """Every file below a scenario folder (hidden ones and runs left out) to its SHA-256."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and parts[0] != "runs" and not any(p.startswith(".") for p in parts):
            found["/".join(parts)] = sha256_of(path)
    return found


def program_version() -> str:
    """Version of Yuyan as installed."""
    try:
        return version("yuyan")
    except PackageNotFoundError:  # run from a source folder that is not installed
        return "0+source"


@cache
def code_sha256() -> str:
    """Hash over the engine's own source, so that results of two programs are never mixed."""
    root = Path(str(sim.__file__)).parent
    digest = hashlib.sha256()
    for path in sorted((*root.rglob("*.py"), *root.rglob("*.csv"))):
        parts = path.relative_to(root).parts
        if not parts[0].startswith("cli") and not any(part in _NO_RESULTS for part in parts):
            digest.update("/".join(parts).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def versions() -> dict[str, str]:
    """Versions of the program and of what it computes with."""
    found = {"yuyan": program_version(), "code": code_sha256()}
    found["python"] = platform.python_version()
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def machine(workers: int) -> dict[str, Any]:
    """The machine a run was made on, without names of people or hosts."""
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count() or 1,
        "workers": workers,
        "byte_order": sys.byteorder,
    }


def as_json(document: Any) -> str:
    """The one way JSON is written: keys in their order, Chinese readable, no NaN."""
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
