"""``yuyan ui``: on this machine only, without statistics, with sentences for what is wrong."""

from __future__ import annotations

import socket
from contextlib import closing
from pathlib import Path

import pytest

from sim.cli import main
from sim.cli_ui import UiOptions, command, compile_first


def options(lan: bool = False) -> UiOptions:
    """What ``yuyan ui --port 8777`` asks for."""
    return UiOptions(None, 8777, lan, False, "zh")


def test_the_server_is_started_for_this_machine_alone() -> None:
    """127.0.0.1, no usage statistics, no stack trace, and never the present folder's modules."""
    line = command(Path("app.py"), options())
    assert line[1:5] == ["-P", "-m", "streamlit", "run"]
    for flag in (
        "--server.address=127.0.0.1",
        "--server.port=8777",
        "--browser.gatherUsageStats=false",
        "--client.showErrorDetails=none",
        "--server.headless=true",
    ):
        assert flag in line


def test_the_network_is_let_in_only_when_asked() -> None:
    """Only --lan opens the server to others."""
    assert "--server.address=0.0.0.0" not in command(Path("app.py"), options())
    assert "--server.address=0.0.0.0" in command(Path("app.py"), options(lan=True))


def test_a_folder_that_is_nothing_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither a scenario nor a run: exit 2 with a sentence that says what was looked for."""
    assert main(["ui", str(tmp_path), "--no-browser"]) == 2
    assert "scenario.yaml" in capsys.readouterr().err


def test_a_port_in_use_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """A second dashboard on the same port is refused with the way out."""
    with closing(socket.socket()) as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        assert main(["ui", "--port", str(port), "--no-browser"]) == 2
    assert "--port" in capsys.readouterr().err


def test_a_fresh_installation_is_compiled_before_the_page_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without compiled kernels the planner is told to wait and they are made; else at once."""
    made: list[list[str]] = []
    monkeypatch.setattr("subprocess.run", lambda line, **_: made.append(line))
    compile_first(tmp_path, "zh")
    assert "刚装好" in capsys.readouterr().out and len(made) == 1
    (tmp_path / "tree.nbc").touch()
    compile_first(tmp_path, "zh")
    assert capsys.readouterr().out == "" and len(made) == 1
