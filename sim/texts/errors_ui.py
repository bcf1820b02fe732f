"""What can be wrong when the dashboard is started or a page is filled in."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "ui.not_a_folder": (
        "不是情景文件夹（缺 scenario.yaml），也不是预演结果文件夹（缺 run.json）",
        "neither a scenario folder (no scenario.yaml) nor a run folder (no run.json)",
    ),
    "ui.port_taken": (
        "端口 {found} 已被占用：也许界面已经开着，请看浏览器，或用 --port 换一个",
        "port {found} is in use: the dashboard may be open already, or choose another --port",
    ),
}
