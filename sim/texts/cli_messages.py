"""Messages of the command line: key → (Chinese, English)."""

from __future__ import annotations

from typing import Literal

MESSAGES: dict[str, tuple[str, str]] = {
    "problems": ("共 {n} 处错误，请改正后再试。", "{n} error(s); mend them and try again."),
    "interrupted": (
        "已停止。完成的部分都已保存，再次运行同一命令即可接着跑。",
        "Stopped. What was finished is kept; the same command goes on from here.",
    ),
    "folder_busy": (
        "另一个进程（{pid}）正在使用 {folder}，请等它结束，或用 --out 换一个文件夹。",
        "Another process ({pid}) is working at {folder}; wait for it, or choose another --out.",
    ),
    "cluster": ("无法使用计算集群：{reason}", "The cluster cannot be used: {reason}"),
    "store": (
        "结果写不进去了（{reason}），可能是磁盘已满。完成的部分都已保存，"
        "腾出空间后再次运行同一命令即可接着跑。",
        "Results can no longer be written ({reason}); the disk may be full. What was finished is "
        "kept; make room and give the same command again.",
    ),
    "disk_full": (
        "磁盘已满（{file}）。完成的部分都已保存，腾出空间后再次运行同一命令即可接着跑。",
        "The disk is full ({file}). What was finished is kept; make room and give the same "
        "command again.",
    ),
    "file": ("无法读写 {file}：{reason}", "Cannot read or write {file}: {reason}"),
    "memory": (
        "内存不足，或计算进程被系统终止。请减少 --workers 后再次运行同一命令，完成的部分都已保存。",
        "Out of memory, or a worker was ended by the system. Give the same command with fewer "
        "--workers; what was finished is kept.",
    ),
    "reproduction": (
        "重放与原来的记录不一致（{what}）。程序或机器有问题，请把结果文件夹交给开发者。",
        "Playing again gave another log ({what}): a fault of the program or the machine; please "
        "hand the run folder to the makers.",
    ),
    "crash": (
        "程序出错（{what}），不是您的输入有误。详情在 {file}，请交给开发者。",
        "The program failed ({what}); this is not your input. Details are in {file}; please hand "
        "it to the makers.",
    ),
    "progress": ("预演", "rehearsing"),
    "building": ("正在读入情景……", "reading the scenario …"),
    "check.good": ("{name}：没有错误，{notes} 条提示。", "{name}: no errors, {notes} note(s)."),
    "check.size": (
        "应转 {people} 人（{parties} 户/组），{zones} 个片区，{shelters} 处安置场所，"
        "{vehicles} 辆车，{teams} 支队伍，灾情成员 {members} 个。",
        "{people} people at risk in {parties} parties, {zones} zones, {shelters} shelters, "
        "{vehicles} vehicles, {teams} teams, {members} hazard members.",
    ),
    "check.default": (
        "默认值  {label} {name} = {value} {unit}（{confidence}；{source}）",
        "default  {label} {name} = {value} {unit} ({confidence}; {source})",
    ),
    "check.roads": (
        "道路：{nodes} 个路口，{edges} 条有向路段，{km} 公里。",
        "Roads: {nodes} nodes, {edges} directed edges, {km} km.",
    ),
    "check.matrix": ("时间矩阵：{nodes} 个地点。", "Travel-time matrix: {nodes} places."),
    "check.estimated": (
        "道路是按直线估算的（估算），结论只供参考。",
        "Roads are estimated from straight lines; results are indications only.",
    ),
    "check.plans": ("预案方案：{plans}", "plans: {plans}"),
    "run.folder": ("结果文件夹：{folder}", "run folder: {folder}"),
    "new.written": ("已写 {file}", "written: {file}"),
    "new.made": (
        "已建 {folder}：{people} 人，其中应转 {at_risk} 人；安置 {places} 人；"
        "未采用的场所 {left_out} 处。下列各条是假定，请逐条核对：",
        "Made {folder}: {people} people, {at_risk} of them to move; {places} shelter places; "
        "{left_out} buildings left out. These are assumptions; please check each of them:",
    ),
    "new.next": ("下一步：yuyan check {folder}", "Next: yuyan check {folder}"),
    "ui.first": (
        "刚装好，第一次打开要先准备半分钟到一分钟……",
        "Just installed: the first start takes half a minute to a minute …",
    ),
    "ui.open": (
        "界面在 {address} ，按 Ctrl+C 关闭（正在跑的预演不受影响）。",
        "The dashboard is at {address}; Ctrl+C closes it (runs under way go on).",
    ),
    "ui.lan": (
        "局域网里的其他电脑也能打开：http://本机地址:{port} 。"
        "谁都可以看和改，请只在可信的网络里用。",
        "Other machines of the network can open it at http://<this machine>:{port}. Anybody there "
        "can look and change; use it in a trusted network only.",
    ),
    "ui.missing": (
        "没有装界面，请在项目文件夹里再跑一遍 pip install -e .",
        "The dashboard is not installed; run pip install -e . again in the project folder.",
    ),
    "report.written": ("报告已写入 {file}", "report written to {file}"),
    "replay.written": ("{n} 条事件已写入 {file}", "{n} events written to {file}"),
    "roads.destination": ("去向", "to"),
    "roads.ready": ("要走的车", "cars that left"),
    "roads.at_most": ("道路最多放出", "roads let out at most"),
    "roads.came": ("本次到达", "came in this run"),
    "roads.earliest": ("全部到达不早于", "all there not before"),
    "roads.last": ("本次最后一辆", "last one in this run"),
    "roads.later": ("同时到齐同样多，命令最多还可晚", "as many as soon: orders later by at most"),
    "roads.minutes": ("{n} 分钟", "{n} min"),
    "replay.kinds": ("可选事件：{kinds}", "kinds of events: {kinds}"),
}


def message(key: str, lang: Literal["zh", "en"], **values: object) -> str:
    """A message with its values filled in."""
    zh, en = MESSAGES[key]
    return (zh if lang == "zh" else en).format(**values)
