"""Arguments and options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class LangOption(StrEnum):
    """Language of messages."""

    ZH = "zh"
    EN = "en"


class InputsOption(StrEnum):
    """Which inputs to play: as written, or every doubtful value moved to one side."""

    BASE = "base"
    OPTIMISTIC = "optimistic"
    PESSIMISTIC = "pessimistic"


ScenarioArg = Annotated[Path, typer.Argument(help="情景文件夹 | scenario folder")]
RunArg = Annotated[Path, typer.Argument(help="预演结果文件夹 | run folder")]
PlanOption = Annotated[
    list[str] | None, typer.Option("--plan", help="方案，可多次；不写=全部 | plan; default: all")
]
OnePlan = Annotated[str, typer.Option("--plan", help="方案 | plan")]
LangOpt = Annotated[LangOption, typer.Option("--lang", help="语言 | language")]
JsonOpt = Annotated[bool, typer.Option("--json", help="只输出 JSON | print JSON only")]
DebugOpt = Annotated[bool, typer.Option("--debug", help="显示程序出错细节 | show stack traces")]
CountOpt = Annotated[int, typer.Option("-n", min=1, max=1_000_000, help="次数 | replications")]
SeedOpt = Annotated[int, typer.Option("--seed", min=0, max=2**63 - 1, help="随机种子 | seed")]
WorkersOpt = Annotated[
    int,
    typer.Option("--workers", min=0, max=1024, help="进程数；0=全部核 | processes; 0: all cores"),
]
OutOpt = Annotated[Path | None, typer.Option("--out", help="结果文件夹 | run folder")]
InputsOpt = Annotated[
    InputsOption,
    typer.Option(
        "--inputs", help="拿不准的参数取原值、乐观值或悲观值 | doubtful values as written or moved"
    ),
]
SheltersFile = Annotated[Path | None, typer.Option("--shelters", help="安置建筑 csv | buildings")]
ClusterOpt = Annotated[
    str | None, typer.Option("--cluster", help="Dask 调度器地址 | address of a Dask scheduler")
]
