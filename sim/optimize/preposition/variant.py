"""A placement saved as a plan variant: by the command line and by the page alike."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.io.plan_variant import save_variant
from sim.optimize.preposition.units import UnitKind
from sim.texts.preposition import PLACED


def save_placement(
    scenario: Path, plan: str, new: str, kind: UnitKind, places: Mapping[str, str]
) -> Path:
    """Write ``plans/<new>.yaml``: the plan with units (ids) waiting at places (ids).

    Raises:
        InputError: the id cannot be a file name, or is taken, or the result is no valid plan.
        OSError: the file cannot be read or written.
    """

    def change(document: Any) -> None:
        kind.document(document, places)
        for lang, words in zip(("zh", "en"), PLACED["name.winner"], strict=True):
            if lang in document["name"]:
                document["name"][lang] = f"{document['name'][lang]} · {words}"

    return save_variant(scenario, plan, new, change)
