"""Makes a folder that runs Yuyan on an office PC without internet, installation or admin rights.

    python docs/make_offline.py DEST [--scenario FOLDER ...] [--windows EMBEDDABLE.zip]

The folder holds Python, every package, the program, the shipped scenarios and those named; it is
copied to the PC as it is (memory stick, shared drive) and started by one click: ``start.sh`` on
Linux, ``start.bat`` on Windows. Only this script needs the internet, or a folder of wheels that
pip is told of in its usual ways. What was tried where stands in docs/offline.md.

For Windows also give the file "Windows embeddable package (64-bit)" of the same Python version;
the packages for Windows are then fetched beside those of this machine.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
WITH_SYSTEM = re.compile(r"^(ld-linux|linux-vdso|lib(c|m|dl|rt|util|pthread|resolv|nsl|crypt)\.so)")
"""Libraries every Linux has; those of another age must not be brought along."""

NOT_NEEDED = ("__pycache__", "test", "tests", "idlelib", "tkinter", "site-packages", "ensurepip",
              "turtledemo", "lib2to3", "config-*")  # fmt: skip
"""Parts of the standard library that nobody uses here."""

START_SH = """\
#!/bin/sh
# 双击或运行：打开预演的界面 · opens the dashboard; with words behind it any command of yuyan
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
export PYTHONHOME="$here/python" PYTHONPATH="$here/site-packages" PYTHONUTF8=1 PYTHONNOUSERSITE=1
export LD_LIBRARY_PATH="$here/python/lib"
export MPLCONFIGDIR="$here/work/.cache"
cd "$here/work" || exit 1
[ $# -gt 0 ] || set -- ui
exec "$here/python/bin/python{version}" -P -m sim.cli "$@"
"""

START_BAT = """\
@echo off\r
rem opens the dashboard; with words behind it any command of yuyan\r
chcp 65001 > nul\r
set "HERE=%~dp0"\r
set PYTHONUTF8=1\r
set PYTHONNOUSERSITE=1\r
set "MPLCONFIGDIR=%HERE%work\\.cache"\r
cd /d "%HERE%work"\r
if not exist "%HERE%python-win\\python.exe" (\r
  echo This folder was made without Windows: see docs\\offline.md\r
  pause\r
  exit /b 1\r
)\r
if "%~1"=="" (\r
  "%HERE%python-win\\python.exe" -m sim.cli ui\r
  pause\r
) else (\r
  "%HERE%python-win\\python.exe" -m sim.cli %*\r
)\r
"""

README = """\
预演 Yuyan：离线文件夹 · offline folder

Windows：双击 start.bat。Linux：双击或运行 start.sh。浏览器会自己打开；关掉黑窗口就是退出。
不用安装，不用联网，不用管理员权限；整个文件夹可以拷到别处。自己的情景和结果都在 work 里。
Windows: double-click start.bat. Linux: run start.sh. Your scenarios and results lie in work.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the folder; the exit code."""
    words = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words.add_argument("dest", type=Path, help="folder to make")
    words.add_argument("--scenario", type=Path, action="append", default=[], help="also take along")
    words.add_argument("--windows", type=Path, help="embeddable Python for Windows (.zip)")
    asked = words.parse_args(arguments)
    dest: Path = asked.dest
    if dest.exists() and any(dest.iterdir()):
        print(f"{dest}: not empty", file=sys.stderr)
        return 2
    (dest / "work" / "scenarios").mkdir(parents=True)
    with TemporaryDirectory() as place:
        wheel = build_wheel(Path(place))
        install(wheel, dest / "site-packages", ())
        if asked.windows:
            unpack_windows_python(asked.windows, dest / "python-win")
            install(wheel, dest / "site-packages-win", ("--platform", "win_amd64"))
    copy_python(Path(sys.base_prefix), dest / "python")
    sites = [dest / "site-packages", *([dest / "site-packages-win"] if asked.windows else [])]
    for site in sites:
        shutil.copytree(ROOT / "scenarios", site / "scenarios", ignore=_unwanted)
    for folder in asked.scenario:
        shutil.copytree(folder, dest / "work" / "scenarios" / folder.name, ignore=_unwanted)
    shutil.copytree(ROOT / "docs", dest / "docs", ignore=_unwanted)
    shutil.copyfile(ROOT / "LICENSE", dest / "LICENSE")
    write_starters(dest)
    prove(dest)
    print(f"{dest}: {_size(dest) / 1e6:.0f} MB")
    return 0


def build_wheel(place: Path) -> Path:
    """The program as a wheel."""
    _pip("wheel", "--no-deps", "--wheel-dir", str(place), str(ROOT))
    return next(place.glob("yuyan-*.whl"))


def install(wheel: Path, site: Path, platform: Sequence[str]) -> None:
    """The program with every package it needs, unpacked; ``platform`` where it is not this one."""
    foreign = ("--only-binary=:all:", "--python-version", VERSION) if platform else ()
    _pip("install", "--target", str(site), *platform, *foreign, f"{wheel}[raster]")


def _pip(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "-q", *words], check=True)


def copy_python(source: Path, target: Path) -> None:
    """The interpreter that runs this script, with the libraries it was linked to."""
    library = f"lib/python{VERSION}"
    ignore = shutil.ignore_patterns(*NOT_NEEDED)
    shutil.copytree(source / library, target / library, ignore=ignore)
    (target / "bin").mkdir()
    program = target / "bin" / f"python{VERSION}"
    shutil.copy2((source / "bin" / program.name).resolve(), program)
    found = {one for part in [program, *target.rglob("*.so")] for one in linked_to(part)}
    for one in found:
        if not WITH_SYSTEM.match(one.name):
            shutil.copyfile(one.resolve(), target / "lib" / one.name)


def linked_to(program: Path) -> Iterable[Path]:
    """Shared libraries a program or module asks for, as this machine finds them."""
    done = subprocess.run(["ldd", str(program)], capture_output=True, text=True, check=False)
    return [Path(one) for one in re.findall(r"=> (/\S+)", done.stdout)]


def unpack_windows_python(archive: Path, target: Path) -> None:
    """The embeddable Python for Windows, told where the packages lie."""
    with zipfile.ZipFile(archive) as parts:
        parts.extractall(target)
    path_file = next(target.glob("python*._pth"))
    path_file.write_text(f"{path_file.stem}.zip\n.\n..\\site-packages-win\n", encoding="utf-8")


def write_starters(dest: Path) -> None:
    """What a planner clicks on, and a page that says so."""
    start = dest / "start.sh"
    start.write_text(START_SH.replace("{version}", VERSION), encoding="utf-8")
    start.chmod(0o755)
    (dest / "start.bat").write_bytes(START_BAT.encode("ascii"))
    (dest / "读我 README.txt").write_text(README, encoding="utf-8-sig")


def prove(dest: Path) -> None:
    """Play one night with what is inside; what was compiled for it stays in the folder."""
    scenario = dest / "site-packages" / "scenarios" / "yunling"
    plan = min(path.stem for path in (scenario / "plans").glob("*.yaml"))
    with TemporaryDirectory() as place:
        words = ["run", str(scenario), "--plan", plan, "-n", "1", "--workers", "1"]
        command = [str(dest / "start.sh"), *words, "--out", f"{place}/run"]
        subprocess.run(
            command, env={"PATH": "/usr/bin:/bin"}, stdout=subprocess.DEVNULL, check=True
        )


def _unwanted(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name == "__pycache__" or name.startswith(".")}


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


if __name__ == "__main__":
    sys.exit(main())
