"""``yuyan replay``: the full event log of one replication, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.experiment.again import scenario_of
from sim.experiment.kept import checked
from sim.experiment.scenario_player import ScenarioPlayer, scenario_player
from sim.experiment.store import RunFolder
from sim.log import Kind, RunLog
from sim.report.event_table import Event, EventTable, write_csv
from sim.report.road_limits import road_limit_lines
from sim.schema.problems import InputError, Problem
from sim.texts.cli_messages import message
from sim.texts.errors import Lang


def replay(
    path: Path, which: tuple[str, str], csv: Path | None, only: Sequence[str], lang: Lang
) -> None:
    """Print the events of (plan, replication), or write them to a CSV file.

    Raises:
        InputError: no such plan, replication or kind of event; the scenario has changed.
    """
    run = RunFolder.open(path)
    plan, number = _chosen(run, *which)
    kinds = _kinds(only)
    player = _player(run, plan)
    rules = run.document["plans"][plan]["when"]["rules"]
    table = EventTable(player.world, lang, [rule["signal"] for rule in rules])
    events = (e for e in table.events(_log(run, player, plan, number)) if e.kind in kinds)
    if csv is None:
        _print(events, table)
        return
    with csv.open("w", encoding="utf-8-sig", newline="") as file:
        count = write_csv(events, table, file)
    print(message("replay.written", lang, n=count, file=csv))


def replay_roads(path: Path, which: tuple[str, str], lang: Lang) -> None:
    """Print what the roads of (plan, replication) could have let out at most.

    Raises:
        InputError: as ``replay``.
    """
    run = RunFolder.open(path)
    plan, number = _chosen(run, *which)
    player = _player(run, plan)
    played = _log(run, player, plan, number), int(run.document["seed"])
    for line in road_limit_lines(player.limits, player.plans[plan], played, lang):
        print("\t".join(line))


def _print(events: Iterator[Event], table: EventTable) -> None:
    """Plain lines, columns apart by tabs: quick also for a hundred thousand of them."""
    print("\t".join(table.heads()))
    for event in events:
        print("\t".join((event.clock, event.event, event.who, event.place, event.detail)))


def _chosen(run: RunFolder, plan: str, replication: str) -> tuple[str, int]:
    known = ", ".join(run.plans)
    if plan not in run.plans:
        raise InputError([Problem("run.no_plan", str(run.path), found=plan, allowed=known)])
    n = run.n_finished()
    kept = run.document["kept"].get(plan, {})
    number = str(kept.get(replication, replication))
    if not number.isdecimal() or int(number) >= n:
        allowed = f"0 … {n - 1}, median, worst" if n else None
        problem = Problem("run.no_replication", str(run.path), found=replication, allowed=allowed)
        raise InputError([problem])
    return plan, int(number)


def _kinds(only: Sequence[str]) -> set[str]:
    """Names of the kinds asked for, all when none is."""
    known = {kind.name for kind in Kind}
    wanted = {name.upper() for name in only} or known
    if not wanted <= known:
        found = ", ".join(sorted(wanted - known))
        raise InputError(
            [Problem("run.no_kind", "--only", found=found, allowed=", ".join(sorted(known)))]
        )
    return wanted


def _player(run: RunFolder, plan: str) -> ScenarioPlayer:
    """The simulation of the run again, from its scenario folder as it was."""
    scenario = run.document["scenario"]
    path = Path(scenario["path"])
    if not path.is_dir():
        raise InputError([Problem("run.scenario_gone", str(run.path), found=str(path))])
    folder = scenario_of(run.document)
    if folder.input_hash != scenario["input_hash"]:
        raise InputError([Problem("run.input_changed", str(run.path), found=path.name)])
    return scenario_player(folder, int(run.document["seed"]))


def _log(run: RunFolder, player: ScenarioPlayer, plan: str, number: int) -> RunLog:
    with run.results() as results:
        expected = results.hashes(plan, [number])[0]
    kept = run.log(plan, number)
    if kept is not None and kept.sha256() == expected:
        return kept
    return checked(player.play(plan, number), expected, plan)
