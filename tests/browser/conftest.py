"""A real browser before a real server: ``yuyan ui`` on a free port, Debian's chromium, headless."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sim.cli import main

STARTS_WITHIN_S = 60.0
HOSTILE = '<img src=x onerror=alert("1")>'


def _missing(reason: str) -> None:
    """Without a browser the tests are skipped with the reason; under CI they fail."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    """A headless chromium; of a module, because a second one cannot be started beside it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        _missing("no chromium (Debian package chromium)")
    if importlib.util.find_spec("playwright") is None:
        _missing("no playwright (pip install playwright)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny county with a village whose name is meant to do harm."""
    place = Path(__file__).resolve().parents[1] / "broken" / "tiny.py"
    spec = importlib.util.spec_from_file_location("tiny_for_browser", place)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    folder: Path = module.build_tiny(tmp_path_factory.mktemp("scenario") / "tiny")
    for table, name in (("settlements.csv", "河边组"), ("zones.csv", "河边")):
        file = folder / table
        bad = '"' + HOSTILE.replace('"', '""') + '"'
        text = file.read_text(encoding="utf-8").replace(f",{name},", f",{bad},")
        file.write_text(text, encoding="utf-8")
    return folder


@dataclass
class Site:
    """A dashboard that is being served."""

    address: str
    home: Path
    server: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self, opened: Path) -> None:
        """Serve, and wait until the page answers."""
        port = self.address.rsplit(":", 1)[1]
        command = [sys.executable, "-P", "-m", "sim.cli", "ui", str(opened)]
        self.server = subprocess.Popen(
            [*command, "--port", port, "--no-browser"],
            cwd=self.home,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < end:
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", int(port))) == 0:
                    return
            time.sleep(0.2)
        raise AssertionError("yuyan ui did not start")

    def stop(self) -> None:
        """Stop serving as a user would; runs under way go on."""
        if self.server is not None:
            self.server.terminate()
            self.server.wait(STARTS_WITHIN_S)
            self.server = None


def free_port() -> int:
    """A port nobody listens at."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, scenario: Path) -> Iterator[Site]:
    """A dashboard with one finished run of the tiny county."""
    home = tmp_path_factory.mktemp("home")
    out = home / "runs" / "tiny-run"
    options = ["-n", "6", "--workers", "1", "--out", str(out)]
    assert main(["run", str(scenario), *options]) == 0
    made = Site(f"http://127.0.0.1:{free_port()}", home)
    made.start(out)
    yield made
    made.stop()


@pytest.fixture
def empty_site(tmp_path: Path, scenario: Path) -> Iterator[Site]:
    """A dashboard on an empty machine, opened with a scenario that was never played."""
    made = Site(f"http://127.0.0.1:{free_port()}", tmp_path)
    made.start(scenario)
    yield made
    made.stop()


@dataclass
class Watched:
    """What a page did behind the scenes."""

    hosts: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)


SEARCH = ("/_stcore/health", "/_stcore/host-config")
"""On /compare Streamlit first looks for its server below /compare, is told 404, then finds it."""


@pytest.fixture
def watched(page: object) -> Watched:
    """Hosts asked, errors on the console, windows that popped up: of everything the page does."""
    seen = Watched()

    def on_console(message: object) -> None:
        place = urlsplit(str(message.location.get("url", ""))).path  # type: ignore[attr-defined]
        search = place.endswith(SEARCH) and not place.startswith("/_stcore")
        if message.type == "error" and not search:  # type: ignore[attr-defined]
            seen.errors.append(f"{message.text} {place}")  # type: ignore[attr-defined]

    def on_dialog(dialog: object) -> None:
        seen.dialogs.append(str(dialog.message))  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    def on_request(request: object) -> None:
        parts = urlsplit(str(request.url))  # type: ignore[attr-defined]
        if parts.scheme not in ("data", "blob", "about"):
            seen.hosts.add(str(parts.hostname))

    def on_socket(socket: object) -> None:
        seen.hosts.add(str(urlsplit(str(socket.url)).hostname))  # type: ignore[attr-defined]

    page.on("console", on_console)  # type: ignore[attr-defined]
    page.on("dialog", on_dialog)  # type: ignore[attr-defined]
    page.on("request", on_request)  # type: ignore[attr-defined]
    page.on("websocket", on_socket)  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: seen.errors.append(str(error)))  # type: ignore[attr-defined]
    return seen


@pytest.fixture
def page(chromium: object) -> Iterator[object]:
    """An empty page of the small screen, with a context of its own."""
    context = chromium.new_context(  # type: ignore[attr-defined]
        viewport={"width": 1366, "height": 768}, accept_downloads=True
    )
    made = context.new_page()
    made.set_default_timeout(60_000)
    yield made
    context.close()
