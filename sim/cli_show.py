"""What ``run`` and ``compare`` print: JSON only, or the answer, the scorecard, the comparison."""

from __future__ import annotations

import sys

from rich.console import Console

from sim.experiment.identity import as_json
from sim.experiment.scored import run_json, score_run
from sim.experiment.store import RunFolder
from sim.report.terminal import Terminal
from sim.texts.cli_messages import message
from sim.texts.errors import Lang

WIDTH_WITHOUT_TERMINAL = 140


def show(run: RunFolder, baseline: str | None, json: bool, lang: Lang, whole: bool = False) -> None:
    """Print a run: JSON only, or answer, scorecard and comparison; ``whole``: every comparison."""
    scored = score_run(run, baseline)
    if json:
        sys.stdout.write(as_json(run_json(scored)))
        return
    terminal = Terminal(scored, stdout_console(), lang)
    if whole:
        terminal.print_compare()
    else:
        terminal.print_run()
    print(message("run.folder", lang, folder=run.path))


def stdout_console() -> Console:
    """Standard output; wide where no terminal sets the width."""
    width = None if sys.stdout.isatty() else WIDTH_WITHOUT_TERMINAL
    return Console(file=sys.stdout, width=width, highlight=False)
