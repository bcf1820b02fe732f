"""Lets these tests use the kit of tiny worlds and the hamlet made with it."""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS / "theory"), str(TESTS / "engine")]
