"""What a planner has sent and typed on the data page, kept on disk until he saves or drops it.

A reload, a closed browser or a stopped server loses nothing: the page address names the draft.
Every browser tab that starts anew has a draft of its own.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from pathlib import Path
from typing import Any

from dashboard.jobs import read_json
from dashboard.uploads import receive
from sim.experiment.store import replace_file
from sim.schema.problems import InputError, Problem

KEPT_DAYS = 30
MAIN = (".shp", ".tif", ".tiff", ".asc")
"""Of files that belong together, the one that is opened."""

ROAD_TABLES = {
    "nodes": ("node", "节点"),
    "edges": ("edge", "link", "路段"),
    "minutes": ("minute", "time", "时间", "分钟"),
}
"""Name a road table must have ← what its own name may contain."""

_TOKEN = re.compile(r"[0-9a-f]{12}")


class Draft:
    """A folder below ``scenarios/.drafts``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @staticmethod
    def at(home: Path, token: str) -> Draft:
        """The draft the address names; a new one when it names none that is there."""
        drafts = home / "scenarios" / ".drafts"
        if _TOKEN.fullmatch(token) and (drafts / token).is_dir():
            return Draft(drafts / token)
        _sweep(drafts)
        folder = drafts / secrets.token_hex(6)
        folder.mkdir(parents=True)
        return Draft(folder)

    @property
    def token(self) -> str:
        """What the address says."""
        return self.folder.name

    def values(self) -> dict[str, Any]:
        """What was typed and chosen."""
        return read_json(self.folder / "draft.json")

    def keep(self, **values: Any) -> None:
        """Remember values typed or chosen; the others stay."""
        known = self.values()
        if {**known, **values} != known:
            text = json.dumps({**known, **values}, ensure_ascii=False)
            replace_file(self.folder / "draft.json", text)

    def files(self, layer: str) -> list[Path]:
        """Files received for a layer."""
        place = self.folder / layer
        return sorted(place.iterdir()) if place.is_dir() else []

    def add(self, layer: str, name: str, data: bytes) -> None:
        """Receive a file; but for tables that go together it takes the place of the last one.

        Raises:
            InputError: it is refused; what was there before stays.
        """
        fresh = self.folder / f".{layer}-{secrets.token_hex(3)}"
        try:
            received = receive(fresh, layer, _known_name(layer, name), data)
            if not _belongs(layer, received[0].name):
                self.drop(layer)
            (self.folder / layer).mkdir(exist_ok=True)
            for path in received:
                path.replace(self.folder / layer / path.name)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def drop(self, layer: str) -> None:
        """Throw a layer's files away."""
        shutil.rmtree(self.folder / layer, ignore_errors=True)

    def main_file(self, layer: str) -> Path | None:
        """The file of a layer that is opened; None when nothing was sent.

        Raises:
            InputError: road tables that do not go together.
        """
        files = self.files(layer)
        if layer == "roads" and len(files) > 1 and not any(f.suffix == ".shp" for f in files):
            edges = [file for file in files if file.name.startswith("edges.")]
            if len(files) != 2 or len(edges) != 1:
                raise InputError([Problem("upload.road_tables", ", ".join(f.name for f in files))])
            return edges[0]
        found = [file for file in files if file.suffix.lower() in MAIN]
        return (found or files or [None])[0]


def _known_name(layer: str, name: str) -> str:
    """Road tables under the names by which they find each other."""
    lower = name.lower()
    if layer != "roads" or not lower.endswith((".csv", ".csv.gz")):
        return name
    ending = ".csv.gz" if lower.endswith(".gz") else ".csv"
    for known, parts in ROAD_TABLES.items():
        if any(part in lower for part in parts):
            return known + ending
    raise InputError([Problem("upload.road_tables", name[-80:])])


def _belongs(layer: str, name: str) -> bool:
    """Whether a file stands beside others of its layer instead of in their place."""
    return layer == "tables" or (layer == "roads" and name.startswith(("nodes.", "edges.")))


def _sweep(drafts: Path) -> None:
    """Throw away drafts nobody has touched for a month."""
    if not drafts.is_dir():
        return
    before = time.time() - KEPT_DAYS * 86_400
    for folder in drafts.iterdir():
        if folder.stat().st_mtime < before:
            shutil.rmtree(folder, ignore_errors=True)
