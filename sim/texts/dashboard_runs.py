"""Words of the page that starts, follows and keeps runs."""

from __future__ import annotations

RUNS: dict[str, tuple[str, str]] = {
    "runs.title": ("开始一次预演", "Start a run"),
}
