"""The ``yuyan`` command. Each command lives in its own ``cli_*`` module and is loaded when used.

Exit codes: 0 done, 1 the program failed, 2 the input is wrong. A planner never sees a stack
trace: problems are sentences, and faults of the program go into a crash file.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from sim.cli_optimize_app import optimize
from sim.cli_options import (
    ClusterOpt,
    CountOpt,
    DebugOpt,
    InputsOpt,
    InputsOption,
    JsonOpt,
    LangOpt,
    LangOption,
    OnePlan,
    OutOpt,
    PlanOption,
    RunArg,
    ScenarioArg,
    SeedOpt,
    SheltersFile,
    WorkersOpt,
)

app = typer.Typer(
    name="yuyan",
    help="预演：把预案放进灾情里演练几百遍 | rehearse a contingency plan before the disaster",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(optimize, name="optimize")


@app.command()
def check(
    scenario: ScenarioArg,
    plan: PlanOption = None,
    lang: LangOpt = LangOption.ZH,
    debug: DebugOpt = False,
) -> None:
    """检查情景文件夹，一次列出全部问题 | list every problem of a scenario at once."""
    from sim.cli_check import check as command
    from sim.cli_errors import guarded

    with guarded(lang.value, debug):
        raise typer.Exit(command(scenario, plan, lang.value))


@app.command()
def run(
    scenario: ScenarioArg,
    plan: PlanOption = None,
    n: CountOpt = 100,
    seed: SeedOpt = 1,
    workers: WorkersOpt = 0,
    cluster: ClusterOpt = None,
    out: OutOpt = None,
    inputs: InputsOpt = InputsOption.BASE,
    json: JsonOpt = False,
    lang: LangOpt = LangOption.ZH,
    debug: DebugOpt = False,
) -> None:
    """预演：每个方案演 n 次，同一命令可续跑 | play every plan n times; the same command resumes."""
    from sim.cli_errors import guarded
    from sim.cli_run import RunOptions
    from sim.cli_run import run as command

    options = RunOptions(
        scenario, plan, n, seed, workers, cluster, out, inputs.value, json, lang.value
    )
    with guarded(lang.value, debug):
        command(options)


@app.command()
def compare(
    run: RunArg,
    baseline: Annotated[
        str | None, typer.Option("--baseline", help="基准方案 | plan to compare with")
    ] = None,
    json: JsonOpt = False,
    lang: LangOpt = LangOption.ZH,
    debug: DebugOpt = False,
) -> None:
    """逐场比较各方案 | compare the plans of a run night by night."""
    from sim.cli_errors import guarded
    from sim.cli_show import show
    from sim.experiment.store import RunFolder

    with guarded(lang.value, debug):
        show(RunFolder.open(run), baseline, json, lang.value, whole=True)


@app.command()
def replay(
    run: RunArg,
    plan: OnePlan,
    replication: Annotated[
        str, typer.Option("--replication", help="第几次，或 median / worst | number, median, worst")
    ],
    csv: Annotated[Path | None, typer.Option("--csv", help="写入 CSV 文件 | write a CSV")] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="只看某类事件，可多次 | kinds of events")
    ] = None,
    roads: Annotated[
        bool,
        typer.Option("--roads", help="道路最多放出多少车 | most that roads let out"),
    ] = False,
    lang: LangOpt = LangOption.ZH,
    debug: DebugOpt = False,
) -> None:
    """重放一次预演的全部事件 | the full event log of one replication."""
    from sim.cli_errors import guarded
    from sim.cli_replay import replay as command
    from sim.cli_replay import replay_roads

    with guarded(lang.value, debug):
        if roads:
            replay_roads(run, (plan, replication), lang.value)
        else:
            command(run, (plan, replication), csv, only or [], lang.value)


@app.command()
def trace(
    scenario: ScenarioArg,
    log: Annotated[Path, typer.Option("--log", help="接处警记录 CSV | log of past incidents")],
    rule: Annotated[
        Literal["nearest", "urgent", "preempt"],
        typer.Option(help="派遣规则 | dispatch rule"),
    ] = "nearest",
    recall: Annotated[
        bool, typer.Option(help="返程途中可再派 | teams on their way back can be sent again")
    ] = True,
    out: Annotated[Path | None, typer.Option("--out", help="逐起写入 CSV | every incident")] = None,
    json: JsonOpt = False,
    lang: LangOpt = LangOption.ZH,
    debug: DebugOpt = False,
) -> None:
    """用情景里的队伍重放接处警记录，推演响应与实际对照 |
    replay a log of past incidents: simulated beside recorded response."""
    from sim.cli_errors import guarded
    from sim.cli_trace import TraceOptions
    from sim.cli_trace import trace as command

    with guarded(lang.value, debug):
        command(TraceOptions(scenario, log, rule, recall, out, json, lang.value))


@app.command()
def report(
    run: RunArg,
    html: Annotated[
        Path | None, typer.Option("--html", help="网页文件 | one HTML file", dir_okay=False)
    ] = None,
    docx: Annotated[
        Path | None, typer.Option("--docx", help="Word 文件 | Word file", dir_okay=False)
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", help="Excel 文件 | Excel file", dir_okay=False)
    ] = None,
    drill: Annotated[
        Path | None,
        typer.Option("--drill", help="演练导调单 Word | inject list, Word", dir_okay=False),
    ] = None,
    plan: Annotated[
        str | None, typer.Option("--plan", help="工作表的方案；不写=最好的 | plan of the lists")
    ] = None,
    replication: Annotated[
        str, typer.Option(help="工作表的场次 median、worst 或编号 | replication of the lists")
    ] = "median",
    beside: Annotated[
        list[Path] | None,
        typer.Option("--beside", help="乐观、悲观输入的预演，可多次 | runs with other inputs"),
    ] = None,
    lang: LangOpt = LangOption.ZH,
    debug: DebugOpt = False,
) -> None:
    """写报告：网页、Word、Excel、导调单 | write a run as HTML, Word, Excel, inject list."""
    from sim.cli_errors import guarded
    from sim.cli_report import Files
    from sim.cli_report import report as command

    with guarded(lang.value, debug):
        files = Files(html, docx, xlsx, drill)
        command(run, files, (plan, replication), lang.value, beside or [])


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="新建的情景文件夹 | folder to make")],
    roads: Annotated[
        Path | None, typer.Option(help="道路 .osm .osm.pbf .gpkg .geojson .shp | road file")
    ] = None,
    minutes: Annotated[
        Path | None, typer.Option(help="行车时间矩阵 csv | travel-time matrix")
    ] = None,
    people: Annotated[
        Path | None, typer.Option(help="人口点或格 csv | people by place or cell")
    ] = None,
    shelters: SheltersFile = None,
    hazard: Annotated[
        Path | None, typer.Option(help="水深图 .tif 等 | depth raster or polygons")
    ] = None,
    crs: Annotated[
        list[str] | None, typer.Option("--crs", help="图层=坐标系，可多次 | LAYER=SYSTEM")
    ] = None,
    people_total: Annotated[
        int | None, typer.Option("--people-total", min=1, help="已知总人口 | known head-count")
    ] = None,
    spread_from: Annotated[
        list[str] | None, typer.Option("--spread-from", help="来水点 X,Y | where water comes in")
    ] = None,
    template: Annotated[bool, typer.Option("--template", help="只要空白模板 | empty workbook")] = (
        False
    ),
    lang: LangOpt = LangOption.ZH,
    debug: DebugOpt = False,
) -> None:
    """新建情景：由原始数据，或空白表格 | scenario folder from raw files, or an empty workbook."""
    from sim.cli_errors import guarded
    from sim.cli_new import RawSources, from_files
    from sim.cli_new import template as write_template

    raw = RawSources(
        roads, minutes, people, shelters, hazard, crs or [], people_total, spread_from or []
    )
    with guarded(lang.value, debug):
        if template:
            write_template(folder, lang.value)
        else:
            from_files(folder, raw, lang.value)


@app.command()
def ui(
    scenario: Annotated[
        Path | None, typer.Argument(help="情景或结果文件夹 | scenario or run folder")
    ] = None,
    port: Annotated[int, typer.Option(min=1024, max=65535, help="端口 | port")] = 8501,
    lan: Annotated[
        bool, typer.Option("--lan", help="局域网其他电脑也能看 | let the local network in")
    ] = False,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="自动打开浏览器 | open a browser")
    ] = True,
    lang: LangOpt = LangOption.ZH,
    debug: DebugOpt = False,
) -> None:
    """打开界面（只在本机） | open the dashboard, on this machine only."""
    from sim.cli_errors import guarded
    from sim.cli_ui import UiOptions
    from sim.cli_ui import ui as command

    with guarded(lang.value, debug):
        raise typer.Exit(command(UiOptions(scenario, port, lan, browser, lang.value)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")  # an old console must not turn a name into a crash
    try:
        app(args=None if arguments is None else list(arguments))
    except SystemExit as end:  # how the parser ends, 2 for a wrong command line
        return end.code if isinstance(end.code, int) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
