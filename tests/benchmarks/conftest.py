"""Nothing in this folder is collected by pytest: long benchmarks are started by hand."""

from __future__ import annotations

collect_ignore_glob = ["*"]
