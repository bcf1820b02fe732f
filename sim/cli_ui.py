"""``yuyan ui``: the dashboard in the browser, on this machine only unless asked otherwise."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
import time
import webbrowser
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sim.cli_errors import FAILED
from sim.schema.problems import InputError, Problem
from sim.texts.cli_messages import message
from sim.texts.errors import Lang

HERE = "127.0.0.1"
EVERYWHERE = "0.0.0.0"
OPTIONS = {
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "server.runOnSave": "false",
    "server.maxUploadSize": "100",
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "theme.base": "light",
    "theme.primaryColor": "#1f5fa8",
    "theme.backgroundColor": "#ffffff",
    "theme.secondaryBackgroundColor": "#f2f5f9",
    "theme.textColor": "#17212b",
    "theme.baseRadius": "small",
    "theme.font": "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif",
}
"""No statistics, no watching of files, no stack trace on screen, one look."""
START_WITHIN_S = 60
COMPILED = Path(__file__).parent / "roads" / "__pycache__"
"""Where numba keeps the kernels of the roads once they are compiled."""


@dataclass(frozen=True)
class UiOptions:
    """What was asked for on the command line."""

    scenario: Path | None
    port: int
    lan: bool
    browser: bool
    lang: Lang


def ui(options: UiOptions) -> int:
    """Serve the dashboard until it is stopped; the exit code.

    Raises:
        InputError: the path is neither a scenario nor a run folder, or the port is taken.
    """
    app = _app_file()
    if app is None:
        print(message("ui.missing", options.lang), file=sys.stderr)
        return FAILED
    _check(options)
    compile_first(COMPILED, options.lang)
    address = f"http://{HERE}:{options.port}"
    print(message("ui.open", options.lang, address=address), flush=True)
    if options.lan:
        print(message("ui.lan", options.lang, port=options.port), flush=True)
    if options.browser:
        opener = [sys.executable, "-P", "-m", "sim.cli_ui", address]
        subprocess.Popen(opener, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return _serve(command(app, options), _environment(options))


def compile_first(compiled: Path, lang: Lang) -> None:
    """A fresh installation compiles for half a minute; without this the first page stays blank."""
    if not any(compiled.glob("*.nbc")):
        print(message("ui.first", lang), flush=True)
        engine = "import sim.experiment.scenario_player"
        subprocess.run([sys.executable, "-P", "-c", engine], check=False)


def _serve(line: list[str], environment: dict[str, str]) -> int:
    """Become the server, so that whoever ends this process ends the server."""
    if sys.platform == "win32":  # there is no becoming another program
        return subprocess.call(line, env=environment)
    os.execve(line[0], line, environment)


def _app_file() -> Path | None:
    """The dashboard's script, if the dashboard and Streamlit are installed."""
    package = importlib.util.find_spec("dashboard")
    if package is None or package.origin is None or importlib.util.find_spec("streamlit") is None:
        return None
    return Path(package.origin).with_name("app.py")


def _check(options: UiOptions) -> None:
    path = options.scenario
    if path is not None and not any((path / f).is_file() for f in ("scenario.yaml", "run.json")):
        raise InputError([Problem("ui.not_a_folder", str(path))])
    with closing(socket.socket()) as probe:
        if probe.connect_ex((HERE, options.port)) == 0:
            raise InputError([Problem("ui.port_taken", "--port", found=options.port)])


def command(app: Path, options: UiOptions) -> list[str]:
    """The server's command line."""
    settings = {
        **OPTIONS,
        "server.address": EVERYWHERE if options.lan else HERE,
        "server.port": str(options.port),
        "browser.serverAddress": HERE,
    }
    flags = [f"--{name}={value}" for name, value in settings.items()]
    return [sys.executable, "-P", "-m", "streamlit", "run", str(app), *flags]


def _environment(options: UiOptions) -> dict[str, str]:
    opened = str(options.scenario.resolve()) if options.scenario else ""
    return {**os.environ, "YUYAN_HOME": str(Path.cwd()), "YUYAN_OPEN": opened}


def open_browser(address: str) -> None:
    """Open the page as soon as the server answers."""
    port = int(address.rsplit(":", 1)[1])
    end = time.monotonic() + START_WITHIN_S
    while time.monotonic() < end:
        with closing(socket.socket()) as probe:
            if probe.connect_ex((HERE, port)) == 0:
                webbrowser.open(address)
                return
        time.sleep(0.3)


if __name__ == "__main__":  # a small process beside the server
    open_browser(sys.argv[1])
