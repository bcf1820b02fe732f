"""One process at a time works at a run folder."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


class FolderBusyError(RuntimeError):
    """Another process is working at this run folder; ``pid`` is its number as last written."""

    def __init__(self, folder: Path, pid: str) -> None:
        super().__init__(f"{folder} is in use by process {pid}")
        self.folder = folder
        self.pid = pid


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Hold the folder for the time of a ``with`` block.

    The lock is an exclusive transaction on an empty database file: the same on every system, and
    the operating system takes it back when the process ends, also by kill -9.

    Raises:
        FolderBusyError: another process holds it.
        OSError, sqlite3.OperationalError: the folder cannot be written.
    """
    who = folder / "lock.pid"
    with closing(sqlite3.connect(folder / "lock", timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            pid = who.read_text(encoding="ascii") if who.exists() else "?"
            raise FolderBusyError(folder, pid.strip()) from error
        who.write_text(f"{os.getpid()}\n", encoding="ascii")
        try:
            yield
        finally:
            who.unlink(missing_ok=True)
            lock.rollback()
