"""A plan saved under a new id with some entries changed; comments and layout stay."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from sim.io.documents import read_plan_yaml
from sim.schema.problems import InputError, Problem

_ID = re.compile(r"[A-Za-z0-9][\w.-]{0,58}")
_GENERATED = re.compile(r"\A#[^\n]*make\.py[^\n]*\n")
"""A first line that forbids changes by hand; of a copy it would not be true."""


def save_variant(folder: Path, plan: str, new: str, change: Callable[[Any], None]) -> Path:
    """Write ``plans/<new>.yaml``: the plan with a change made to its document.

    Raises:
        InputError: the id cannot be a file name, or is taken, or the result is no valid plan.
        OSError: the file cannot be read or written.
    """
    target = folder / "plans" / f"{new}.yaml"
    if not _ID.fullmatch(new):
        raise InputError([Problem("optimize.plan_id", "--save", found=new)])
    if target.exists():
        raise InputError([Problem("optimize.plan_taken", target.name, found=new)])
    text = (folder / "plans" / f"{plan}.yaml").read_text(encoding="utf-8-sig")
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10_000
    document = yaml.load(_GENERATED.sub("", text))
    change(document)
    written = io.StringIO()
    yaml.dump(document, written)
    data = written.getvalue().encode("utf-8")
    _, source = read_plan_yaml(data, target.name)
    errors = [problem for problem in source.problems if problem.severity == "error"]
    if errors:
        raise InputError(errors)
    target.write_bytes(data)
    return target
