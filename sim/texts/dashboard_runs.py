"""Words of the page that starts, follows and keeps runs."""

from __future__ import annotations

RUNS: dict[str, tuple[str, str]] = {
    "runs.title": ("开始一次预演", "Start a run"),
    "runs.tip": (
        "选情景和方案，点“开始预演”。各方案遇到同样的灾情，所以要比的方案请一起跑。",
        "Choose a scenario and plans. All plans meet the same nights, so run together what you "
        "want to compare.",
    ),
    "runs.scenario": ("情景", "Scenario"),
    "runs.plans": ("方案", "Plans"),
    "runs.n": ("次数", "Replications"),
    "runs.n_help": (
        "30 次看个大概；100 次够开会用；不足 59 次不报 P95。",
        "30 for a first look, 100 for a meeting; below 59 no P95 is quoted.",
    ),
    "runs.seed": ("种子", "Seed"),
    "runs.seed_help": (
        "同一种子、同样输入，谁跑都得到同样的数。一般不用改。",
        "The same seed and input give the same numbers everywhere. Usually left alone.",
    ),
    "runs.start": ("开始预演", "Start"),
    "runs.no_plan": ("至少选一个方案。", "Choose at least one plan."),
    "runs.notes": (
        "情景可以跑。有 {n} 条提示、{defaults} 项用默认值。",
        "The scenario can be played. {n} note(s), {defaults} parameter(s) at their defaults.",
    ),
    "runs.bad": (
        "情景有 {n} 处错误，改正后才能跑：",
        "The scenario has {n} error(s) to be mended first:",
    ),
    "runs.no_scenario": (
        "没有找到情景。把情景文件夹放进 scenarios 文件夹，或用 yuyan ui 情景文件夹 打开。",
        "No scenario found. Put one into the folder scenarios, or start with yuyan ui SCENARIO.",
    ),
    "runs.twice": ("同样的预演已经在队列里。", "The same run is in the queue already."),
    "runs.queue": ("正在跑和排队的", "Running and waiting"),
    "runs.queue_empty": ("现在没有在跑的预演。", "Nothing is running."),
    "runs.safe": (
        "关掉浏览器、甚至关掉界面都不要紧，预演会接着跑；停下的随时可以继续，完成的部分不会丢。",
        "Closing the browser, even stopping the dashboard, does no harm: the run goes on. What was "
        "stopped can go on at any time; nothing finished is lost.",
    ),
    "job.run": ("{name}：{plans} 个方案 × {n} 次", "{name}: {plans} plan(s) × {n}"),
    "job.trigger": (
        "{name}：最迟几点下令（{plans}）",
        "{name}: latest order ({plans})",
    ),
    "job.answer": ("{name}：{what}（{plans}）", "{name}: {what} ({plans})"),
    "job.ended": ("{when} 结束", "ended {when}"),
    "job.step": (
        "第 {step} 步：{finished}/{wanted}，已用 {elapsed}，这一步还要约 {left}",
        "step {step}: {finished} of {wanted}, {elapsed} so far, about {left} left of this step",
    ),
    "job.again_tip": (
        "点“继续”从头再算一遍；种子不变，结果相同。",
        "“Go on” works it out again from the beginning; the seed is the same, so is the answer.",
    ),
    "runs.ended": ("刚跑完的", "Just finished"),
    "runs.ended_tip": (
        "新的在上面。“看结论”打开的是这一行那次预演，不一定是最新的。",
        "The latest on top. “See the answer” opens the run of its own row.",
    ),
    "state.queued": ("排队中", "waiting"),
    "state.running": ("正在跑", "running"),
    "state.stopping": ("正在停下", "stopping"),
    "state.done": ("完成", "finished"),
    "state.failed": ("没跑成", "failed"),
    "state.stopped": ("已停下", "stopped"),
    "state.broken": ("中断了", "broken off"),
    "job.reading": (
        "正在读入情景和准备（已用 {elapsed}）",
        "reading the scenario and preparing ({elapsed})",
    ),
    "job.working": ("正在计算（已用 {elapsed}）", "computing ({elapsed})"),
    "job.progress": (
        "{finished}/{wanted} 次，已用 {elapsed}，还要约 {left}",
        "{finished} of {wanted}, {elapsed} so far, about {left} left",
    ),
    "job.progress_unknown": (
        "{finished}/{wanted} 次，已用 {elapsed}",
        "{finished} of {wanted}, {elapsed} so far",
    ),
    "job.cancel": ("停下", "Stop"),
    "job.resume": ("继续", "Go on"),
    "job.forget": ("从列表去掉", "Strike off"),
    "job.open": ("看结论", "See the answer"),
    "job.stopped_tip": (
        "完成的 {finished} 次都在，点“继续”接着跑。",
        "{finished} replications are kept; “Go on” plays the rest.",
    ),
    "job.broken_tip": (
        "机器或程序中途停了。完成的 {finished} 次都在，点“继续”接着跑。",
        "The machine or the program stopped on the way. {finished} replications are kept; “Go on” "
        "plays the rest.",
    ),
    "time.s": ("{s} 秒", "{s} s"),
    "time.min": ("{m} 分 {s} 秒", "{m} min {s} s"),
    "time.h": ("{h} 小时 {m} 分", "{h} h {m} min"),
    "history.title": ("以往的预演", "Earlier runs"),
    "history.none": ("还没有。", "None yet."),
    "history.name": ("情景", "scenario"),
    "history.plans": ("方案", "plans"),
    "history.done": ("完成/计划", "done / wanted"),
    "history.created": ("开始时间", "created"),
    "history.folder": ("文件夹", "folder"),
    "history.open": ("打开", "Open"),
    "history.which": ("选一次预演", "Choose a run"),
    "history.more": ("再演到", "Play up to"),
    "history.extend": ("接着演", "Play more"),
    "history.changed": (
        "情景、方案或程序已经变了，不能在旧结果上接着演；请在上面重新开始一次。",
        "The scenario, its plans or the program have changed; start a new run above instead.",
    ),
}
