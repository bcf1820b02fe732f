"""How far long work has come: a bar for whoever looks, a file for whoever started it."""

from __future__ import annotations

import os
import sys
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

from sim.experiment.progress_file import PROGRESS_FILE, ProgressFile
from sim.experiment.replicate import Progress as Tell
from sim.texts.cli_messages import message
from sim.texts.errors import Lang


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
