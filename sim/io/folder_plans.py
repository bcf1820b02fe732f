"""``plans/*.yaml`` of a scenario folder: every variant, or those asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sim.io.documents import read_plan_yaml
from sim.io.folder_files import FolderFiles
from sim.io.yaml_strict import YamlFile
from sim.schema.plan import PlanSpec
from sim.schema.problems import Problem

ENDINGS = (".yaml", ".yml")
_ID = re.compile(r"[^\s,;/\\]{1,60}")


@dataclass(frozen=True)
class PlanFile:
    """A plan with the file it stands in, so that later findings know their line."""

    id: str
    spec: PlanSpec
    source: YamlFile


def read_plans(
    files: FolderFiles, wanted: Sequence[str] | None
) -> tuple[dict[str, PlanFile], list[Problem]]:
    """Plans by id in the order of their ids; wanted: only these."""
    names, problems = _names(files)
    chosen = sorted(names) if wanted is None else list(dict.fromkeys(wanted))
    plans: dict[str, PlanFile] = {}
    for plan in chosen:
        if plan not in names:
            known = ", ".join(sorted(names)) or None
            problems.append(Problem("plan.unknown", "plans", None, None, plan, known))
            continue
        data = files.read(names[plan])
        if data is None:
            continue
        spec, source = read_plan_yaml(data, names[plan])
        problems.extend(source.problems)
        if spec is not None:
            plans[plan] = PlanFile(plan, spec, source)
    if not names:
        problems.append(Problem("plan.none", "plans", severity="warning"))
    return dict(sorted(plans.items())), problems


def _names(files: FolderFiles) -> tuple[dict[str, str], list[Problem]]:
    """Plan id → file name, and files that are no plan or share an id."""
    names: dict[str, str] = {}
    problems: list[Problem] = []
    for name in files.names("plans"):
        stem = name.rpartition("/")[2]
        ending = next((e for e in ENDINGS if stem.endswith(e)), "")
        plan = stem.removesuffix(ending)
        if not ending:
            allowed = "plans/<id>.yaml"
            problems.append(Problem("file.unknown", name, allowed=allowed, severity="warning"))
        elif not _ID.fullmatch(plan):
            problems.append(Problem("text.characters", name, None, None, plan))
        elif plan in names:
            problems.append(Problem("plan.id_twice", name, None, None, plan, names[plan]))
        else:
            names[plan] = name
    return names, problems
