"""How far long work has come: a bar for whoever looks, a file for whoever started it."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from sim.experiment.replicate import Progress as Tell
from sim.experiment.store import replace_file
from sim.texts.cli_messages import message
from sim.texts.errors import Lang

PROGRESS_FILE = "YUYAN_PROGRESS"
"""Environment variable: the file a child process keeps its progress in."""
WRITE_EVERY_S = 0.2


@contextmanager
def progress_bar(lang: Lang) -> Iterator[Tell | None]:
    """A bar on standard error, or a file where one is named; nothing where nobody looks."""
    file = os.environ.get(PROGRESS_FILE)
    if file:
        yield ProgressFile(Path(file)).tell
        return
    if not sys.stderr.isatty():
        yield None
        return
    columns = (
        TextColumn(message("progress", lang)),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)

        def tell(done: int, wanted: int) -> None:
            progress.update(task, completed=done, total=wanted)

        yield tell


class ProgressFile:
    """``{"finished", "wanted", "step", "elapsed_s"}`` of the present step, by replacement.

    Work of several steps counts each from 0 again: then ``step`` grows.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self.step, self.began = 1, time.monotonic()
        self._last, self._written = 0, 0.0

    def tell(self, done: int, wanted: int) -> None:
        """Note how much of the present step is done; not more often than somebody looks."""
        now = time.monotonic()
        if done < self._last:
            self.step, self.began = self.step + 1, now
        self._last = done
        if done < wanted and now - self._written < WRITE_EVERY_S:
            return
        self._written = now
        spent = round(now - self.began, 2)
        known = {"finished": done, "wanted": wanted, "step": self.step, "elapsed_s": spent}
        replace_file(self.file, json.dumps(known))
