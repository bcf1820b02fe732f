"""Lets the tests of bounds use their own kit of traffic and the theory tests' tiny worlds."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent / "theory"), str(Path(__file__).parent)]
