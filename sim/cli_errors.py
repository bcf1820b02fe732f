"""How a command ends when something is wrong: sentences for planners, a crash file for faults."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer

from sim.experiment.executors import ClusterError
from sim.experiment.kept import ReproductionError
from sim.experiment.lock import FolderBusyError
from sim.experiment.player import ReplicationError
from sim.schema.problems import InputError
from sim.texts.cli_messages import message
from sim.texts.errors import Lang, render, severity_word

FAILED, WRONG_INPUT = 1, 2
DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def guarded(lang: Lang, debug: bool) -> Iterator[None]:
    """Turn whatever ends a command into a message and an exit code.

    Raises:
        typer.Exit: always with 1 or 2 when the command did not finish; ``debug`` lets faults of
            the program through instead.
    """
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except InputError as error:
        _show_problems(error, lang)
        raise typer.Exit(WRONG_INPUT) from error
    except KeyboardInterrupt as error:
        _end(lang, "interrupted", error)
    except FolderBusyError as error:
        _end(lang, "folder_busy", error, folder=error.folder, pid=error.pid)
    except ClusterError as error:
        _end(lang, "cluster", error, reason=error)
    except BrokenPipeError as error:  # the reader of our output has gone (… | head)
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
        raise typer.Exit(FAILED) from error
    except sqlite3.Error as error:
        _end(lang, "store", error, reason=error)
    except OSError as error:
        if error.errno in DISK_FULL:
            _end(lang, "disk_full", error, file=error.filename or "")
        _end(lang, "file", error, file=error.filename or "", reason=error.strerror or error)
    except (MemoryError, BrokenProcessPool) as error:
        _end(lang, "memory", error)
    except ReproductionError as error:
        _end(lang, "reproduction", error, what=error)
    except Exception as error:  # the last door: a fault of the program, kept for its makers
        if debug:
            raise
        what = str(error) if isinstance(error, ReplicationError) else type(error).__name__
        _end(lang, "crash", error, what=what, file=_crash_file(error))


def _show_problems(error: InputError, lang: Lang) -> None:
    for problem in error.problems:
        print(f"{severity_word(problem, lang)}  {render(problem, lang)}", file=sys.stderr)
    count = sum(problem.severity == "error" for problem in error.problems)
    print(message("problems", lang, n=count), file=sys.stderr)


def _end(lang: Lang, key: str, error: BaseException, **values: object) -> NoReturn:
    print(message(key, lang, **values), file=sys.stderr)
    raise typer.Exit(FAILED) from error


def _crash_file(error: Exception) -> Path:
    """Where the stack trace was written."""
    text = "".join(traceback.format_exception(error))
    name = f"yuyan-crash-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
    path = Path(tempfile.gettempdir()) / name
    path.write_text(f"{' '.join(sys.argv)}\n{text}", encoding="utf-8")
    return path
