"""Lets the tests of the optimisers import their cases and the kit of tiny worlds."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "theory"))
