"""The files of one scenario folder: listed, read safely, and hashed as they are read.

Only plain files inside the folder are read: a link that leads out of it, a folder where a file
belongs, or an unreadable file is a problem, never an exception.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from sim.io.text_files import MEGABYTE
from sim.schema.problems import Problem

LARGEST_BYTES = 4_000 * MEGABYTE
"""No file of a scenario is larger; rasters of a whole province stay below."""


class FolderFiles:
    """Files of a folder by their name inside it (``plans/early.yaml``), with what was read."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.problems: list[Problem] = []
        self._digests: dict[str, bytes] = {}

    def names(self, folder: str = ".") -> list[str]:
        """Names in the scenario folder or a subfolder of it, sorted; hidden ones left out."""
        place = self.root / folder
        try:
            found = sorted(p.name for p in place.iterdir() if not p.name.startswith((".", "~$")))
        except OSError:
            return []
        return found if folder == "." else [f"{folder}/{name}" for name in found]

    def exists(self, name: str) -> bool:
        """Whether there is anything of this name."""
        return (self.root / name).exists() or (self.root / name).is_symlink()

    def path(self, name: str) -> Path | None:
        """A readable plain file inside the folder, noted for the hash; None with the problem."""
        path = self.root / name
        try:
            if not path.resolve().is_relative_to(self.root):
                return self._refuse("file.outside", name)
            if not path.exists():
                return self._refuse("file.missing", name)
            if not path.is_file():
                return self._refuse("file.not_a_file", name)
            if path.stat().st_size > LARGEST_BYTES:
                found = f"{path.stat().st_size / MEGABYTE:.0f} MB"
                allowed = f"≤ {LARGEST_BYTES // MEGABYTE} MB"
                self.problems.append(Problem("file.too_large", name, None, None, found, allowed))
                return None
            with path.open("rb") as stream:
                self._digests[name] = hashlib.file_digest(stream, "sha256").digest()
        except (OSError, RuntimeError, ValueError) as error:  # links in a circle, odd names
            found = getattr(error, "strerror", None) or type(error).__name__
            self.problems.append(Problem("file.unreadable", name, found=found))
            return None
        return path

    def read(self, name: str) -> bytes | None:
        """Content of a file; None with the problem noted."""
        path = self.path(name)
        if path is None:
            return None
        data = path.read_bytes()
        self._digests[name] = hashlib.sha256(data).digest()
        return data

    def input_hash(self, also: dict[str, bytes]) -> str:
        """SHA-256 (hex) over names and contents of all files read, in the order of their names.

        also: further inputs by name, e.g. the shipped library.
        """
        digests = self._digests | {
            name: hashlib.sha256(data).digest() for name, data in also.items()
        }
        whole = hashlib.sha256()
        for name in sorted(digests):
            whole.update(name.encode("utf-8", "surrogateescape") + b"\0" + digests[name])
        return whole.hexdigest()

    def _refuse(self, code: str, name: str) -> Path | None:
        self.problems.append(Problem(code, name))
        return None
