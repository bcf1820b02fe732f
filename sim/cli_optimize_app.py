"""``yuyan optimize``: the commands; each is loaded when used."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli_options import (
    DebugOpt,
    JsonOpt,
    LangOpt,
    LangOption,
    OnePlan,
    ScenarioArg,
    SeedOpt,
    WorkersOpt,
)

optimize = typer.Typer(
    help="求最优：何时下令等 | best values, e.g. the latest order",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@optimize.command()
def trigger(
    scenario: ScenarioArg,
    plan: Annotated[list[str], typer.Option("--plan", help="方案，可多次 | plan, repeatable")],
    n: Annotated[int, typer.Option("-n", min=1, max=100_000, help="灾情场次 | nights")] = 40,
    seed: SeedOpt = 1,
    workers: WorkersOpt = 0,
    shifts: Annotated[
        str | None,
        typer.Option(
            help="整体移动的分钟，如 -120,-60,0（假设推演） | minutes to move all orders by"
        ),
    ] = None,
    share: Annotated[
        float, typer.Option(min=0.01, max=1, help="须转出的人数占比 | share of people")
    ] = 0.95,
    required: Annotated[
        float, typer.Option(min=0.5, max=0.999, help="要求把握 | probability")
    ] = 0.95,
    zones: Annotated[int, typer.Option(min=0, help="每张表列几个片区 | zones in a table")] = 10,
    out: Annotated[
        Path | None, typer.Option("--out", help="各片区写入 CSV | a CSV with every zone")
    ] = None,
    json: JsonOpt = False,
    lang: LangOpt = LangOption.ZH,
    debug: DebugOpt = False,
) -> None:
    """何时转：每个片区最迟何时下令。把全部指令整体提前或推后再演一遍，是假设推演，不是预报 |
    the latest order of every zone: a what-if that moves all orders together, no forecast."""
    from sim.cli_errors import guarded
    from sim.cli_optimize import TriggerOptions, shifts_of
    from sim.cli_optimize import trigger as command
    from sim.optimize.trigger import Question

    with guarded(lang.value, debug):
        question = Question(n, seed, shifts_of(shifts), share, required)
        command(TriggerOptions(scenario, plan, question, workers, out, json, zones, lang.value))


@optimize.command()
def shelters(
    scenario: ScenarioArg,
    plan: OnePlan,
    n: Annotated[int, typer.Option("-n", min=1, max=1000, help="选几处 | how many")] = 10,
    walk: Annotated[
        float, typer.Option(min=1, max=600, help="步行不超过 分钟 | longest walk, min")
    ] = 30,
    ride: Annotated[
        float, typer.Option(min=1, max=600, help="乘车（含走到集合点）不超过 分钟 | by bus, min")
    ] = 60,
    lead: Annotated[
        float, typer.Option(min=1, max=1440, help="断路前多久动身 分钟 | leave before cut-off, min")
    ] = 120,
    candidates: Annotated[
        str | None,
        typer.Option(help="候选编号，逗号隔开；不写=全部 | candidate ids; default: all"),
    ] = None,
    keep: Annotated[
        str | None, typer.Option(help="必开的编号，逗号隔开 | ids open in any case")
    ] = None,
    build: Annotated[
        Path | None,
        typer.Option(help="拟建安置点 csv（同 shelters.csv），在现有之外选 | sites not yet built"),
    ] = None,
    rows: Annotated[int, typer.Option(min=0, help="每张表列几行 | rows in a table")] = 15,
    out: Annotated[
        Path | None, typer.Option("--out", help="写入 Excel | an Excel file", dir_okay=False)
    ] = None,
    json: JsonOpt = False,
    lang: LangOpt = LangOption.ZH,
    debug: DebugOpt = False,
) -> None:
    """选安置点：启用或新建哪几处，水来了还有地方去，哪些村没有全覆盖 |
    which shelters to open or build so that people find a dry place in reach; who is left out."""
    from sim.cli_errors import guarded
    from sim.cli_shelters import ShelterOptions
    from sim.cli_shelters import shelters as command
    from sim.optimize.shelter_reach import Limits

    with guarded(lang.value, debug):
        named = (_ids(candidates), _ids(keep))
        files = (build, out)
        limits = Limits(walk, ride, lead)
        command(ShelterOptions(scenario, plan, n, limits, named, files, rows, json, lang.value))


@optimize.command()
def preposition(
    scenario: ScenarioArg,
    plan: OnePlan,
    units: Annotated[
        str,
        typer.Option(
            help="boats 冲锋舟 / teams 专业队伍 / coaches 大巴中巴 / supplies 物资 | what to place"
        ),
    ] = "boats",
    n: Annotated[int, typer.Option("-n", min=2, max=10_000, help="核定场次 | fresh nights")] = 30,
    nights: Annotated[int, typer.Option(min=1, max=1000, help="搜索场次 | search nights")] = 8,
    budget: Annotated[
        int, typer.Option(min=1, max=1_000_000, help="搜索最多演几次 | runs of the search")
    ] = 200,
    measure: Annotated[
        str, typer.Option(help="目标指标；不写按种类 | what to improve; default by kind")
    ] = "",
    posts: Annotated[
        str | None,
        typer.Option(
            help="候选地点编号，逗号隔开；不写=自动 | ids of candidate posts; default: found"
        ),
    ] = None,
    one_more: Annotated[
        bool, typer.Option("--one-more", help="多一支、多一艘值多少 | what one more is worth")
    ] = False,
    levels: Annotated[
        bool, typer.Option("--levels", help="各级预警时前出各怎样 | called at every warning level")
    ] = False,
    keep: Annotated[
        bool,
        typer.Option(
            help="演过的场次存在 runs/.answers，中断后接着演 | keep nights and go on from them"
        ),
    ] = True,
    save: Annotated[
        str | None, typer.Option(help="把推荐摆法存为新方案编号 | save as a new plan id")
    ] = None,
    rows: Annotated[int, typer.Option(min=0, help="每张表列几行 | rows in a table")] = 30,
    out: Annotated[
        Path | None, typer.Option("--out", help="写入 Excel | an Excel file", dir_okay=False)
    ] = None,
    seed: SeedOpt = 1,
    workers: WorkersOpt = 0,
    json: JsonOpt = False,
    lang: LangOpt = LangOption.ZH,
    debug: DebugOpt = False,
) -> None:
    """前置：冲锋舟、专业队伍、大巴、物资事先放在哪里等。选址模型提、推演挑、新场次核定 |
    where boat teams, teams, coaches and stocks should wait; proposed by location models, chosen on
    the simulator, certified on fresh nights."""
    from sim.cli_errors import guarded
    from sim.cli_preposition import PrepositionOptions
    from sim.cli_preposition import preposition as command
    from sim.optimize.preposition.find import Question

    with guarded(lang.value, debug):
        question = Question(units, measure, _ids(posts), nights, budget, n, seed, one_more, levels)
        command(
            PrepositionOptions(
                scenario, plan, question, workers, keep, save, out, rows, json, lang.value
            )
        )


def _ids(text: str | None) -> tuple[str, ...]:
    return tuple(
        part.strip() for part in (text or "").replace("，", ",").split(",") if part.strip()
    )
