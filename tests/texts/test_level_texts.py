"""Words of the level scales: every scale of every kind has all its words, in both languages."""

from __future__ import annotations

import ast
from pathlib import Path

import sim
from sim.texts.levels import LEVELS, level_word

ROOT = Path(str(sim.__file__)).parent
WHAT = ("roads", "places", "some", "harm", "story", "first")


def scales() -> dict[str, int]:
    """Code of every scale stated in the code, and how many classes it shows."""
    found = {}
    for file in (*ROOT.glob("hazards/*.py"), ROOT / "roads" / "levels.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "LevelScale":
                code = ast.literal_eval(node.args[0])
                shown = next(word.value for word in node.keywords if word.arg == "shown")
                assert isinstance(shown, ast.Tuple)
                found[code] = len(shown.elts)
    return found


def test_every_scale_has_its_words() -> None:
    """Layers, legend and story of each scale, and a word per class its roads show."""
    known = scales()
    assert {"water", "fire"} <= set(known)
    for code, classes in known.items():
        for what in (*WHAT, *(str(k + 1) for k in range(classes))):
            assert all(level_word(code, what, lang) for lang in ("zh", "en")), (code, what)


def test_no_scale_has_more_classes_than_colours() -> None:
    """The map draws up to four classes."""
    assert max(scales().values()) <= 4
    assert {key.split(".")[0] for key in LEVELS} >= set(scales())
