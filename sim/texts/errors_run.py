"""Sentences about run folders: code → (Chinese, English)."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "run.not_a_run": (
        "这里没有预演结果（缺少 run.json）；请先 yuyan run",
        "no run is here (run.json is missing); use yuyan run first",
    ),
    "run.unreadable": (
        "run.json 无法识别，可能已损坏或出自其他版本",
        "run.json cannot be understood; it is damaged or comes from another version",
    ),
    "run.folder_not_empty": (
        "文件夹里已有其他文件，不是预演结果；请用 --out 换一个文件夹",
        "the folder holds other files and is not a run; choose another one with --out",
    ),
    "run.input_changed": (
        "输入已改动（{found}），不能接着这里的结果往下算；请用 --out 换一个文件夹",
        "the input has changed ({found}), so this run cannot go on; choose another --out",
    ),
    "run.plan_changed": (
        "预案方案已改动，不能与这里的结果混用；请用 --out 换一个文件夹",
        "this plan has changed and cannot be mixed with the results here; choose another --out",
    ),
    "run.other_seed": (
        "随机种子不同：得到 {found}，此文件夹是 {allowed}；请用 --out 换一个文件夹",
        "another seed: {found}, this folder has {allowed}; choose another --out",
    ),
    "run.other_program": (
        "此结果出自另一版程序（{found}），新旧结果不能混用；请用 --out 换一个文件夹",
        "made by another version of the program ({found}); results cannot be mixed, "
        "choose another --out",
    ),
    "run.no_plan": (
        "没有这个预案方案：{found}[；现有：{allowed}]",
        "no such plan: {found}[; there are: {allowed}]",
    ),
    "run.no_replication": (
        "没有第 {found} 次预演[；编号 {allowed}]",
        "no replication {found}[; numbers {allowed}]",
    ),
    "run.nothing_finished": (
        "还没有一次完整的预演，请重新运行同一命令",
        "no replication is finished yet; give the same command again",
    ),
    "run.scenario_gone": (
        "找不到情景文件夹 {found}，无法重放未保存的一次",
        "the scenario folder {found} is gone, so a log that was not kept cannot be played again",
    ),
    "report.no_format": (
        "没有说要哪种报告，至少写一种",
        "no kind of report asked for; give at least one",
    ),
    "report.no_night": (
        "第 {found} 次预演没有留下日志，也不能照原样重放（情景或程序已变），写不出导调单",
        "no log of replication {found} was kept and it cannot be played again as it was (the "
        "scenario or the program has changed): no inject list",
    ),
    "report.no_font": (
        "这台机器上没有中文字体，图上的字会变成方块；请安装 Python 包 pylopdf-fonts-zh-cn，"
        "或 Debian 的 fonts-noto-cjk",
        "no font with Chinese glyphs on this machine, figures would show boxes; install the Python "
        "package pylopdf-fonts-zh-cn, or fonts-noto-cjk on Debian",
    ),
    "run.no_kind": (
        "没有这类事件：{found}[；可选：{allowed}]",
        "no such kind of event: {found}[; there are: {allowed}]",
    ),
    "new.crs": (
        "应写成 图层=坐标系，每个图层一次：得到 {found}，如 {allowed}",
        "must read LAYER=SYSTEM, each layer once: {found}; for example {allowed}",
    ),
    "new.option_missing": (
        "缺少此项（或用 --template 生成空白表格）",
        "this option is missing (or use --template for an empty workbook)",
    ),
    "new.point": (
        "应为两个数 X,Y：得到 {found}，如 {allowed}",
        "must be two numbers X,Y: {found}; for example {allowed}",
    ),
    "run.shifts": (
        "应为用逗号隔开的整数分钟：得到 {found}，如 {allowed}",
        "must be whole minutes with commas between: {found}; for example {allowed}",
    ),
    "run.other_plans": (
        "此文件夹是方案 {allowed} 的结果，现在要跑的是 {found}；请用 --out 换一个文件夹",
        "this folder holds plans {allowed}, now {found} are asked for; choose another --out",
    ),
}
