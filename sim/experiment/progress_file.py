"""A file in which a child process keeps how far its work has come, for whoever started it."""

from __future__ import annotations

import json
import time
from pathlib import Path

from sim.experiment.store import replace_file

PROGRESS_FILE = "YUYAN_PROGRESS"
"""Environment variable: the file a child process keeps its progress in."""
WRITE_EVERY_S = 0.2


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
