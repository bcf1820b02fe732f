"""Sources, limits, crosswalk and the record of a run in documents: key → (Chinese, English)."""

from __future__ import annotations

TRUST: dict[str, tuple[str, str]] = {
    # 假定和依据
    "sec.sources": ("情景自述的来源和假定", "Sources and assumptions of the scenario"),
    "sec.library": ("未填、取自参数库的数", "Values taken from the library"),
    "sec.warnings": ("输入检查的提示", "Notes of the input check"),
    "sources.none": ("情景没有写明来源。", "The scenario names no sources."),
    "sources.estimated": (
        "道路按直线距离 ×1.6 估算（估算），凡与路程有关的数只供参考。",
        "Roads are straight lines × 1.6 (estimated); all travel times are indications only.",
    ),
    "library.how": (
        "下面每一个数都没有在情景里填写，用的是参数库；可信度为“判断”“假定”的没有测量依据，先换成自己的"
        "数再谈结论。",
        "None of these values is written in the scenario. Those marked judgement or assumption "
        "rest on no measurement: put your own numbers in before you argue from the results.",
    ),
    "library.none": ("行为参数全部由情景给出。", "All behaviour values are given by the scenario."),
    "warnings.none": ("没有提示。", "There are no notes."),
    "head.value_name": ("含义", "meaning"),
    "head.value_text": ("取值", "value"),
    "head.source": ("来源", "source"),
    "head.confidence": ("可信度", "confidence"),
    "unit.share": ("占比", "share"),
    "unit.factor": ("倍", "factor"),
    "unit.h": ("小时", "h"),
    "unit.s": ("秒", "s"),
    "unit.mm": ("毫米", "mm"),
    "unit.m/s": ("米/秒", "m/s"),
    "unit.km/h": ("公里/小时", "km/h"),
    "unit.clock": ("时刻", "clock"),
    "unit.yes/no": ("是/否", "yes/no"),
    "unit.min": ("分钟", "min"),
    "unit.persons": ("人", "persons"),
    "confidence.count": ("其中：{list}。", "Of these: {list}."),
    # 可信到哪一步
    "sec.levels": ("四级说法", "Four levels"),
    "sec.not_in": ("模型里没有什么", "What is not in the model"),
    "sec.not_interval": ("区间里没有什么", "What no interval holds"),
    "head.level": ("级别", "level"),
    "head.what": ("内容", "what"),
    "head.proof": ("凭据", "evidence"),
    "level.verified": ("照设计做的", "verified"),
    "level.benchmarked": ("对过算例的", "benchmarked"),
    "level.history": ("历史核对", "history-matched"),
    "level.not": ("没有验证的", "not validated"),
    "verified.what": (
        "总数守恒、往返、船艇、水深与车速、断路、安置容量、区间覆盖：手算小例和公开的数",
        "conservation, shuttles, boats, depth and speed, cut-offs, shelter places, cover of "
        "intervals: cases by hand and published numbers",
    ),
    "verified.proof": ("随程序的测试", "tests shipped with the program"),
    "benchmarked.buses": (
        "大巴疏散 56 个算例：下限逐个相等；兴国县 2019 公布的车队用时，差 0.4% 以内",
        "56 coach evacuation instances: equal bounds; Xingguo 2019 published convoy hours within "
        "0.4 %",
    ),
    "benchmarked.proof": ("docs/xingguo.md 与测试", "docs/xingguo.md and tests"),
    "history.missed": (
        "消泗—汉南 2010：没有对上（末尾 1% 的人太慢）；涿州 2023：没有对上"
        "（方向对，八倍而非十倍以上）",
        "Xiaosi–Hannan 2010: missed (too slow by the last 1 %); Zhuozhou 2023: missed (right "
        "direction, eight times instead of more than ten)",
    ),
    "history.proof": ("docs/history.md", "docs/history.md"),
    "history.here": (
        "{name}：{n} 个实报数里 {inside} 个落在「{plan}」的预演带内",
        "{name}: {inside} of {n} reported numbers inside the band of “{plan}”",
    ),
    "history.here_proof": ("本报告的对照表", "the table in this report"),
    "not.here": (
        "{name}的任何数字都没有与一次完整的真实转移核对过；参数库里的行为参数多为判断或假定",
        "no number of {name} was checked against a complete real transfer; most behaviour values "
        "of the library are judgements or assumptions",
    ),
    "not.proof": ("docs/parameters.md", "docs/parameters.md"),
    "not_in.queues": (
        "路上排队：情景里关掉了（traffic.queues），车按自由流加水深减速走，偏乐观。",
        "Queues on roads: switched off in the scenario (traffic.queues); free flow is optimistic.",
    ),
    "not_in.outages": (
        "断网、断电对指挥和通知的影响：未模拟；安置点停电停水写了 outages 才模拟，灾情断路已模拟。",
        "Network or power out at posts and homes: not simulated; at shelters only where the "
        "scenario has a section outages. Roads cut by the disaster are.",
    ),
    "not_in.supplies": (
        "物资消耗和缺口：方案写了 supplies 一节才模拟；调运只含有标准的物品。",
        "Use and lack of supplies: only under plans with a section supplies, and only of items "
        "with a standard.",
    ),
    "not_in.harm": (
        "伤亡：没有可靠依据的伤害规则，不推算；只报“出现人员遇险”的次数。",
        "Casualties: no sourced rule of harm exists, so none are computed; only the nights in "
        "which people met danger are counted.",
    ),
    "not_in.hazards": (
        "同时发生的其他灾害：未模拟；只演情景里写的灾种，每个灾种不算什么见 docs/hazards.md。",
        "Other disasters at the same time: not simulated; only the kind the scenario names is "
        "played, and docs/hazards.md says what each kind leaves out.",
    ),
    "not_in.section": (
        "预案「{plan}」里写了但没有演的部分：{sections}。",
        "Written in plan “{plan}” but not played: {sections}.",
    ),
    "danger.nights": (
        "「{plan}」：出现人员遇险的预演 {n}/{all} 次，被困的 {stranded}/{all} 次。",
        "“{plan}”: people met danger in {n} of {all} replications, somebody was stranded in "
        "{stranded} of {all}.",
    ),
    # 口径
    "cross.avoid": ("紧急避险转移人口", "people moved to avoid danger"),
    "cross.avoid_ours": (
        "乘车、自驾、步行离开的人（被困后救出的另计）",
        "left by bus, ambulance, car or on foot (rescues apart)",
    ),
    "cross.avoid_differs": (
        "统计按实际转移登记；这里是结束时的状态，含未受灾转移，回流后未再出来的不计",
        "official: everybody registered as moved; here: the state at the end, false alarms "
        "included, returned people not",
    ),
    "cross.central": ("紧急转移安置人口：集中安置", "relocated, in shelters"),
    "cross.central_ours": ("结束时在安置点且已清点的人", "in a shelter and counted at the end"),
    "cross.central_differs": (
        "统计以住房不能居住或受威胁为前提；这里不看房屋损坏",
        "official: the home is unfit or threatened; here damage to homes is not looked at",
    ),
    "cross.scattered": ("紧急转移安置人口：分散安置", "relocated, with relatives"),
    "cross.scattered_ours": ("结束时在亲友处且已清点的人", "with relatives and counted at the end"),
    "cross.scattered_differs": ("同上", "as above"),
    "cross.relief": ("需紧急生活救助人口", "people in need of emergency relief"),
    "cross.relief_ours": ("没有对应的状态：未模拟", "no such state: not simulated"),
    "cross.relief_differs": ("本软件不评估生活困难", "need is not assessed here"),
    "cross.in_place": ("（无对应口径）", "(no official count)"),
    "cross.in_place_ours": ("就近上楼、上高地", "safe upstairs or on high ground"),
    "cross.in_place_differs": (
        "多数地方不计入转移人数，汇报时应单列",
        "usually not counted as moved; report it apart",
    ),
    "cross.rescued": ("救援转移（消防、社会力量）", "rescued (fire service, social teams)"),
    "cross.rescued_ours": ("被困后由船艇、救援队救出的人", "fetched by boats and teams"),
    "cross.rescued_differs": ("统计口径各地不一", "differs from place to place"),
    # 出处
    "record.how": (
        "同一情景、方案、种子和次数，无论谁在哪台机器上重跑，日志哈希都相同。",
        "The same scenario, plan, seed and number give the same log hash on every machine.",
    ),
    "record.other_program": (
        "预演和写本报告的不是同一版程序：成绩和比较照预演时存下的数；谁晚了、几点断路由现在的程序从当时的"
        "日志重算，可能略有出入。",
        "This report was written by another version of the program than the run. Scores and "
        "comparisons are as stored; who is late and when roads are cut were read again from the "
        "logs and may differ slightly.",
    ),
    "record.scenario": ("情景", "scenario"),
    "record.seed": ("种子", "seed"),
    "record.replications": ("次数（已完成/计划）", "replications (done / wanted)"),
    "record.input": ("输入哈希 SHA-256", "input hash, SHA-256"),
    "record.log": ("全部日志哈希 SHA-256", "hash of all logs, SHA-256"),
    "record.log_of": ("「{plan}」日志哈希", "log hash of “{plan}”"),
    "record.kept": ("「{plan}」居中/最差的一次", "median / worst replication of “{plan}”"),
    "record.version": ("软件版本", "version"),
    "record.code": ("程序代码哈希", "hash of the program's code"),
    "record.created": ("预演时间", "run"),
    "record.libraries": ("所用程序库", "libraries"),
    "record.files": ("输入文件", "input files"),
    "head.item": ("项目", "item"),
    "head.content": ("内容", "content"),
    "head.file": ("文件", "file"),
    "head.hash": ("SHA-256（前 16 位）", "SHA-256 (first 16 digits)"),
}
