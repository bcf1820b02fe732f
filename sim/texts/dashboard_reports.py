"""Words of the page that hands out documents."""

from __future__ import annotations

REPORTS: dict[str, tuple[str, str]] = {
    "reports.title": ("带去开会的文件", "Documents for the meeting"),
    "reports.tip": (
        "都按屏幕上这次预演现做，语言跟右上角一致。Word、WPS 都能打开。",
        "Made from the run on show, in the language chosen above.",
    ),
    "reports.docx": ("Word 报告", "Word report"),
    "reports.docx_tip": (
        "会议一页纸打头，然后目标、比较、谁晚了、力量和物资、每个数的来源和限度。公文版式，A4。",
        "The page for the meeting first, then targets, comparison, who is late, teams and "
        "supplies, sources and limits. A4.",
    ),
    "reports.xlsx": ("Excel 工作表", "Excel workbook"),
    "reports.xlsx_tip": (
        "各项数字带单位，加上给乡镇的单子：任务分解表、派车单、接收表、一对一表、进度表、物资缺口表。",
        "Numbers with units, and the lists for townships: tasks, dispatch, reception, one-to-one, "
        "progress, supplies.",
    ),
    "reports.drill": ("演练导调单", "Inject list for a drill"),
    "reports.drill_tip": (
        "按所选的一次预演排好几点几分、谁给谁递什么情况、应有什么动作，留空填实测。",
        "From the night chosen: when, who hands what to whom, the action expected, a blank for "
        "the measured time.",
    ),
    "reports.plan": ("单子按哪个方案", "Lists drawn from plan"),
    "reports.night": ("单子按哪一次", "and from which night"),
    "reports.median": ("居中的一次", "the median one"),
    "reports.worst": ("最差的一次", "the worst one"),
    "reports.html": ("网页报告", "HTML report"),
    "reports.html_tip": (
        "一个文件，发给谁都能打开，不用联网，旧浏览器也行。",
        "One file that opens anywhere, offline, in an old browser too.",
    ),
    "reports.json": ("数据 JSON", "Data as JSON"),
    "reports.json_tip": (
        "给程序读的全部数字，与 yuyan compare --json 一样。",
        "Every number for programs, the same as yuyan compare --json.",
    ),
    "reports.make": ("生成", "Make"),
    "reports.making": ("正在生成，约需十几秒……", "Making it, some ten seconds …"),
    "reports.get": ("下载（{kb} KB）", "Download ({kb} KB)"),
    "reports.record": ("这次预演的底账", "What this run was made of"),
    "record.key": ("项目", "entry"),
    "record.value": ("内容", "content"),
    "record.scenario": ("情景", "scenario"),
    "record.folder": ("结果文件夹", "run folder"),
    "record.input": ("输入指纹", "input hash"),
    "record.log": ("日志指纹", "hash of the logs"),
    "record.seed": ("种子", "seed"),
    "record.n": ("次数", "replications"),
    "record.version": ("程序版本", "version"),
    "record.created": ("开始时间", "created"),
    "record.defaults": ("用默认值的参数", "parameters at their defaults"),
    "record.warnings": ("输入提示", "notes on the input"),
    "record.items": ("{n} 项，全文见报告", "{n}, listed in the report"),
}
