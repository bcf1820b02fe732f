"""A log of past incidents is replayed: by hand, in units of the log, and through the command."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from force_kit import MIN, line

from sim.cli import main
from sim.clock import NEVER
from sim.forces.capabilities import Capabilities
from sim.forces.field import Manner
from sim.forces.incidents import Call
from sim.forces.player import MatrixTravel
from sim.forces.rules import Nearest
from sim.forces.teams import brings
from sim.forces.trace import Replayed, Trace, make_trace, replay
from sim.forces.units import UnitSpec
from sim.schema.forces import IncidentLogRow
from sim.schema.tables import TeamRow

SKILLS = Capabilities(["boat", "medical"])


def row(number: int, clock: str, place: str, work: float, **more: object) -> IncidentLogRow:
    """A line of a log on one day."""
    values = {"id": f"I{number}", "time": f"2025-06-18T{clock}", "place": place, "work_min": work}
    return IncidentLogRow.model_validate(values | more)


def test_the_four_calls_from_a_log() -> None:
    """simopt's four calls as a log, out of order: 0, 0, 1 and 40 min, of which one is recorded
    otherwise and one not at all."""
    log = [
        row(4, "08:05", "b", 1, response_min=38, team="near"),
        row(1, "08:00", "a", 4, response_min=0, team="far"),
        row(2, "08:01", "b", 2, response_min=0),
        row(3, "08:02", "b", 20),
    ]
    trace = make_trace(log, {"a": 0, "b": 1}, SKILLS)
    assert trace.ids == ("I1", "I2", "I3", "I4")
    teams = [("far", UnitSpec(SKILLS.brought({}), 0)), ("near", UnitSpec(SKILLS.brought({}), 1))]
    found = replay(trace, teams, MatrixTravel(line(0, 40)), Manner(Nearest()))
    assert (found.simulated_ms / MIN).tolist() == [0, 0, 1, 40]
    assert found.team == ("far", "near", "near", "far")
    figures = found.summary()
    assert (figures["calls"], figures["compared"], figures["not_reached"]) == (4, 3, 0)
    assert figures["bias_min"] == pytest.approx(2 / 3)
    assert figures["within_2_min_share"] == 1
    assert figures["same_team_share"] == 0.5
    assert figures["recorded_p90_min"] == 38 and figures["simulated_p90_min"] == 40


def test_a_log_that_the_engine_wrote_is_found_again() -> None:
    """Recorded times that are the engine's own: nothing is apart, in distribution or per call."""
    log = [row(k, f"{8 + k // 4:02}:{k % 4 * 15:02}", "abc"[k % 3], 40) for k in range(40)]
    nodes, times = {"a": 0, "b": 1, "c": 2}, MatrixTravel(line(0, 12, 30))
    teams = [(f"T{k}", UnitSpec(SKILLS.brought({}), k)) for k in range(3)]
    first = replay(make_trace(log, nodes, SKILLS), teams, times, Manner(Nearest()))
    known = [
        r.model_copy(update={"response_min": ms / MIN, "team": team})
        for r, ms, team in zip(log, first.simulated_ms.tolist(), first.team, strict=True)
    ]
    again = replay(make_trace(known, nodes, SKILLS), teams, times, Manner(Nearest())).summary()
    assert again["ks"] == again["bias_min"] == again["mean_apart_min"] == 0
    assert again["same_team_share"] == again["within_2_min_share"] == 1


def test_the_distance_of_two_distributions() -> None:
    """Half the simulated responses are later than every recorded one: distance one half."""
    trace = Trace(("a",) * 4, (), np.array([1, 2, 3, 4]) * MIN, ("",) * 4)
    found = Replayed(trace, np.array([1, 2, 30, 40]) * MIN, ("",) * 4)
    assert found.summary()["ks"] == 0.5


def test_nothing_to_compare() -> None:
    """A log without recorded times gives counts only; whom nobody reached is counted."""
    trace = make_trace([row(1, "08:00", "a", 4, needs="boat:1")], {"a": 0}, SKILLS)
    teams = [("T", UnitSpec(SKILLS.brought({}), 0))]
    found = replay(trace, teams, MatrixTravel([[0]]), Manner(Nearest()))
    assert found.simulated_ms.tolist() == [NEVER]
    assert found.summary() == {"calls": 1, "compared": 0, "not_reached": 1}


def test_both_distributions() -> None:
    """Recorded 1 to 10 min, simulated twice as long: every tenth is the call of that rank."""
    calls = tuple(Call(k, k, 0, 0) for k in range(10))
    minute = np.arange(1, 11) * MIN
    found = Replayed(Trace(("",) * 10, calls, minute, ("",) * 10), 2 * minute[::-1], ("",) * 10)
    assert found.deciles() == [(k / 10, float(k), 2.0 * k) for k in range(1, 11)]


def test_skills_without_their_equipment() -> None:
    """Three operators with one digger bring one; a digger without operator brings nothing."""
    team = {"id": "T", "name": "队", "station": "S", "boats": 0}
    made = TeamRow.model_validate(
        {**team, "skills": "digger:3;medical:2", "equipment": "digger:1;pump:4"}
    )
    assert brings(made) == {"digger": 1, "medical": 2}
    assert brings(TeamRow.model_validate({**team, "boats": 2})) == {"boat": 2}


LOG = "id,time,place,work_min,response_min\nI1,2025-06-18T09:00,{place},10,{response}\n"


def test_the_command(tiny_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command plays a log with the teams of a scenario, as text, as JSON and into a CSV."""
    add_team(tiny_folder)
    log, out = tmp_path / "log.csv", tmp_path / "calls.csv"
    log.write_text(LOG.format(place="S1", response=7), encoding="utf-8")
    asked = ["trace", str(tiny_folder), "--log", str(log)]
    assert main([*asked, "--json", "--out", str(out)]) == 0
    document = json.loads(capsys.readouterr().out)
    figures = document["figures"]
    assert figures["calls"] == figures["compared"] == 1
    assert len(document["calls"]) == 1 and len(document["deciles"]) == 10
    assert document["deciles"][-1]["recorded_min"] == 7 == document["calls"][0]["recorded_min"]
    with out.open(encoding="utf-8-sig") as file:
        lines = list(csv.DictReader(file))
    assert lines[0]["recorded_min"] == "7.0" and lines[0]["simulated_team"] == "T1"
    assert float(lines[0]["simulated_min"]) == pytest.approx(
        figures["simulated_mean_min"], abs=0.01
    )
    assert main([*asked, "--lang", "en"]) == 0
    assert "simulated response, mean" in capsys.readouterr().out


def test_a_log_with_slips(
    tiny_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Unknown places and capabilities, times that are none: all named at once, exit code 2."""
    add_team(tiny_folder)
    log = tmp_path / "log.csv"
    head = "id,time,place,work_min,needs\n"
    slips = "I1,2025-06-18T09:00,nowhere,10,\nI2,2025-06-31T09:00,S1,10,magic:1\nI3,noon,S1,-1,\n"
    log.write_text(head + slips, encoding="utf-8")
    assert main(["trace", str(tiny_folder), "--log", str(log)]) == 2
    told = capsys.readouterr()
    text = told.out + told.err
    assert all(word in text for word in ("nowhere", "magic", "2025-06-31", "noon", "work_min"))


def add_team(folder: Path) -> None:
    """A station where the settlement is, and a team."""
    lines = (folder / "settlements.csv").read_text(encoding="utf-8").splitlines()
    settlement = next(csv.DictReader(lines))
    keys = [key for key in ("x", "y", "node") if settlement.get(key)]
    head, cells = ",".join(keys), ",".join(settlement[key] for key in keys)
    (folder / "stations.csv").write_text(f"id,name,{head}\nF1,站,{cells}\n", encoding="utf-8")
    (folder / "teams.csv").write_text("id,name,station,boats\nT1,队,F1,1\n", encoding="utf-8")
