"""The commands end to end on a tiny county: what they print, where, and how they end."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.cli import main
from sim.experiment.store import RunFolder

ROOT = str(Path(str(sim.__file__)).parents[1])


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """A tiny county and a run of it: (scenario, run)."""
    import importlib.util

    place = Path(ROOT) / "tests" / "broken" / "tiny.py"
    spec = importlib.util.spec_from_file_location("tiny_for_cli", place)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    base = tmp_path_factory.mktemp("cli")
    scenario: Path = module.build_tiny(base / "tiny")
    (scenario / "observed.csv").write_text(
        "time,township,to_move,moved,in_shelters\n20:00,,173,60,20\n22:00,小河乡,173,120,40\n",
        encoding="utf-8",
    )
    run = base / "run"
    assert main(["run", str(scenario), "-n", "6", "--workers", "1", "--out", str(run)]) == 0
    yield scenario, run


def _json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    capsys.readouterr()
    assert main([*arguments, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_check_accepts(tiny_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A good scenario ends with 0 and says who is to move, in both languages."""
    assert main(["check", str(tiny_folder)]) == 0
    assert "没有错误" in capsys.readouterr().out
    assert main(["check", str(tiny_folder), "--lang", "en"]) == 0
    assert "no errors" in capsys.readouterr().out


def test_check_lists_every_problem(tiny_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two mistakes in two files are both shown with file and row, and the exit code is 2."""
    for name, before, after in (
        ("settlements.csv", "150,120,90,115", "-3,120,90,115"),
        ("zones.csv", "干流,G1,R1,1", "干流,G9,R1,1"),
    ):
        file = tiny_folder / name
        text = file.read_text(encoding="utf-8")
        assert before in text
        file.write_text(text.replace(before, after), encoding="utf-8")
    assert main(["check", str(tiny_folder)]) == 2
    shown = capsys.readouterr().out
    assert "settlements.csv 第 2 行" in shown and "-3" in shown and "zones.csv" in shown
    assert main(["run", str(tiny_folder), "--out", str(tiny_folder.parent / "run")]) == 2
    captured = capsys.readouterr()
    assert "settlements.csv 第 2 行" in captured.err and captured.out == ""
    assert not (tiny_folder.parent / "run").exists()


def test_run_answers_in_words(
    played: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """The answer, the coach-versus-boat line and what intervals do not contain, zh and en."""
    scenario, run = played
    assert main(["run", str(scenario), "-n", "6", "--out", str(run)]) == 0
    chinese = capsys.readouterr().out
    for part in (
        "预演结论",
        "多坐大巴车走、少划冲锋舟救",
        "提前安全转移率",
        "误差",
        "次按时",
        "与实报对照",
    ):
        assert part in chinese
    assert main(["run", str(scenario), "-n", "6", "--out", str(run), "--lang", "en"]) == 0
    english = capsys.readouterr().out
    for part in ("what the rehearsal says", "Out by coach, not by boat", "not errors of data"):
        assert part in english


def test_json_of_run_and_compare(
    played: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """The public shape of ``--json``: every key of formats.md, pure JSON, the same twice."""
    scenario, run = played
    found = _json(capsys, "run", str(scenario), "-n", "6", "--out", str(run))
    assert found == _json(capsys, "compare", str(run))
    assert {"yuyan", "scenario", "run", "seed", "input_hash", "plans", "comparisons"} <= set(found)
    assert found["scenario"] == "tiny" and found["seed"] == 1 and len(found["input_hash"]) == 64
    assert [plan["plan"] for plan in found["plans"]] == ["early", "late"]
    for plan in found["plans"]:
        assert plan["replications"] == 6 and len(plan["log_sha256"]) == 64
        assert 0 <= plan["median_replication"] < 6 and 0 <= plan["worst_replication"] < 6
        at_risk = plan["measures"]["people_at_risk"]
        assert at_risk["sd"] == 0 and at_risk["unit"] == "persons"
        keys = {"mean", "sd", "p05", "p50", "p90", "p90_ci95", "p95", "ci95", "reached_share"}
        for measure in plan["measures"].values():
            assert keys <= set(measure)
        for target in plan["targets"]:
            assert target["light"] in ("met", "missed", "undecided", "impossible")
            assert set(target["text"]) >= {"zh", "en"} and target["n_judged"] <= 6
    keys = {"plan", "baseline", "measure", "diff_mean", "ci95", "p_better", "verdict"}
    for comparison in found["comparisons"]:
        assert keys <= set(comparison) and comparison["plan"] == "late"
        assert comparison["verdict"] in ("better", "worse", "indistinguishable")
    assert {row["curve"] for row in found["observed"]} >= {"moved", "moved:小河乡", "sheltered"}


def test_baseline_can_be_chosen(
    played: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Turning the comparison round turns every difference round; an unknown plan is wrong input."""
    _, run = played
    one = _json(capsys, "compare", str(run), "--baseline", "early")["comparisons"]
    other = _json(capsys, "compare", str(run), "--baseline", "late")["comparisons"]
    for a, b in zip(one, other, strict=True):
        assert a["measure"] == b["measure"]
        if a["diff_mean"] is not None:
            assert a["diff_mean"] == pytest.approx(-b["diff_mean"])
    assert main(["compare", str(run), "--baseline", "nobody"]) == 2


def test_compare_shows_what_differs(
    played: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """``compare`` lists the entries in which the plans are written differently."""
    assert main(["compare", str(played[1])]) == 0
    assert "when." in capsys.readouterr().out


def test_replay_reads_like_a_log(
    played: tuple[Path, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Any replication replays in words, in order of time, to the screen and to a CSV."""
    _, run = played
    assert main(["replay", str(run), "--plan", "early", "--replication", "5"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("时刻") and any("下令立即转移" in line for line in lines)
    file = tmp_path / "events.csv"
    arguments = ["replay", str(run), "--plan", "early", "--replication", "5", "--csv", str(file)]
    assert main(arguments) == 0
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(lines) - 1
    seconds = [float(row["秒数"]) for row in rows]
    assert seconds == sorted(seconds)


def test_replay_tells_what_the_roads_could_let_out(
    played: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Destination by destination: never fewer than came in the run, and not all of them sooner."""
    arguments = ["replay", str(played[1]), "--plan", "early", "--replication", "5", "--roads"]
    assert main([*arguments, "--lang", "en"]) == 0
    heads, *lines = capsys.readouterr().out.splitlines()
    assert heads.startswith("to\tcars that left\troads let out at most")
    assert lines
    for line in lines:
        _, ready, at_most, came, earliest, last, later = line.split("\t")
        assert int(came) <= int(at_most) <= int(ready)
        assert earliest == "–" or int(came) < int(ready) or earliest <= last
        assert later == "–" or int(later.removesuffix(" min")) >= 0


def test_replay_of_kept_and_unknown(
    played: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """``median`` and ``worst`` are names; a number or plan that is not there is wrong input."""
    _, run = played
    worst = ["replay", str(run), "--plan", "late", "--replication", "worst", "--only", "ORDER_MOVE"]
    assert main(worst) == 0
    assert main(["replay", str(run), "--plan", "late", "--replication", "6"]) == 2
    assert main(["replay", str(run), "--plan", "none", "--replication", "0"]) == 2
    assert main([*worst[:-1], "NOTHING"]) == 2
    assert "NOTHING" in capsys.readouterr().err


def test_default_folder_resumes(
    tiny_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without --out the run lies in runs/<scenario>-<hash>-<seed>, and another seed elsewhere."""
    monkeypatch.chdir(tiny_folder.parent)
    for seed in ("1", "2", "1"):
        command = ["run", str(tiny_folder), "-n", "2", "--workers", "1", "--seed", seed]
        assert main([*command, "--plan", "late"]) == 0
    capsys.readouterr()
    names = sorted(path.name for path in (tiny_folder.parent / "runs").iterdir())
    assert len(names) == 2
    assert names[0].startswith("tiny-") and [name[-2:] for name in names] == ["-1", "-2"]


def test_wrong_command_lines(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A misspelt option, a missing folder and a folder that is no run are wrong input: 2."""
    assert main(["run", "somewhere", "--replication", "4"]) == 2
    assert main(["run", str(tmp_path / "nowhere")]) == 2
    assert main(["compare", str(tmp_path)]) == 2
    assert "run.json" in capsys.readouterr().err


def test_faults_of_the_program(
    tiny_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """A fault gives one sentence, exit code 1 and a crash file; only --debug shows the trace."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("made up")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("sim.experiment.scenario_player.run_once", broken)
    command = ["run", str(tiny_folder), "-n", "1", "--workers", "1", "--out", str(tmp_path / "r")]
    assert main(command) == 1
    shown = capsys.readouterr().err
    assert "Traceback" not in shown and "程序出错" in shown
    (crash,) = tmp_path.glob("yuyan-crash-*.txt")
    assert "ZeroDivisionError: made up" in crash.read_text(encoding="utf-8")
    with pytest.raises(RuntimeError):
        main([*command, "--debug"])


def test_full_disk_and_locked_folder(
    tiny_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """A full disk and a folder in use are sentences with exit code 1."""
    from sim.experiment.lock import folder_lock

    out = tmp_path / "run"
    command = ["run", str(tiny_folder), "-n", "1", "--workers", "1", "--out", str(out)]
    out.mkdir()
    with folder_lock(out):
        assert main([*command, "--lang", "en"]) == 1
    assert "Another process" in capsys.readouterr().err

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "run.json")

    monkeypatch.setattr("sim.experiment.store.replace_file", full)
    assert main(command) == 1
    assert "磁盘已满" in capsys.readouterr().err


def test_start_loads_nothing_heavy() -> None:
    """``yuyan --help`` loads neither numpy nor anything for screens and figures."""
    code = (
        "import sys, sim.cli; sim.cli.main(['--help']); "
        "heavy = {'numpy', 'scipy', 'pandas', 'matplotlib', 'streamlit', 'numba', 'rich'}; "
        "print('HEAVY', sorted(heavy & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": ROOT}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert "HEAVY []" in done.stdout


def test_run_loads_no_screens() -> None:
    """Neither running nor reporting in a terminal loads pandas, matplotlib or Streamlit."""
    code = (
        "import sys, sim.cli_run, sim.cli_check, sim.cli_replay; "
        "heavy = {'pandas', 'matplotlib', 'streamlit', 'geopandas'}; "
        "print('HEAVY', sorted(heavy & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": ROOT}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert "HEAVY []" in done.stdout


def test_template_passes_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``new --template`` writes a workbook and texts, and a second time overwrites nothing."""
    folder = tmp_path / "blank"
    assert main(["new", str(folder), "--template"]) == 0
    written = capsys.readouterr().out
    assert "tables.xlsx" in written and (folder / "scenario.yaml").exists()
    (folder / "scenario.yaml").write_text("mine", encoding="utf-8")
    assert main(["new", str(folder), "--template"]) == 0
    assert (folder / "scenario.yaml").read_text(encoding="utf-8") == "mine"


def test_new_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Missing people, nowhere to go and malformed options are named, and end with 2."""
    assert main(["new", str(tmp_path / "a"), "--lang", "en"]) == 2
    assert "--people" in capsys.readouterr().err
    people = tmp_path / "people.csv"
    people.write_text("name,lon,lat,population\na,115,30,9\n", encoding="utf-8")
    options = ["--people", str(people), "--crs", "people=EPSG:4326"]
    assert main(["new", str(tmp_path / "a"), *options]) == 2
    assert "--shelters" in capsys.readouterr().err
    assert main(["new", str(tmp_path / "a"), "--crs", "roads:4326"]) == 2
    assert main(["new", str(tmp_path / "a"), "--spread-from", "here"]) == 2
    shown = capsys.readouterr().err
    assert "roads:4326" in shown and "here" in shown and not (tmp_path / "a").exists()


def test_sides_play_the_same_nights_with_other_behaviour(
    played: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Optimistic and pessimistic inputs meet the same disasters, say so in their name, can be
    replayed, and more people are out in time on the good side than on the bad one."""
    scenario, base = played
    out: dict[str, float] = {}
    for side in ("optimistic", "pessimistic"):
        run = tmp_path / side
        options = ["-n", "6", "--workers", "1", "--out", str(run), "--inputs", side]
        found = _json(capsys, "run", str(scenario), *options)
        out[side] = sum(
            plan["measures"]["out_before_cutoff_share"]["mean"] for plan in found["plans"]
        )
        document = json.loads((run / "run.json").read_text(encoding="utf-8"))
        assert document["scenario"]["inputs"] == side
        assert ("乐观" if side == "optimistic" else "悲观") in document["scenario"]["name"]["zh"]
        plan = found["plans"][0]["plan"]
        assert main(["replay", str(run), "--plan", plan, "--replication", "5"]) == 0
        ours, theirs = RunFolder.open(run), RunFolder.open(base)
        with ours.results() as mine, theirs.results() as other:
            assert mine.members(plan, 6).tolist() == other.members(plan, 6).tolist()
    assert out["optimistic"] > out["pessimistic"]
