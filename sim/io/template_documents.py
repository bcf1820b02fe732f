"""The texts that go with the template workbook: scenario.yaml and a first plan, with comments."""

from __future__ import annotations

from pathlib import Path

from sim.io.folder_tables import WORKBOOK
from sim.io.template import write_template

SCENARIO_YAML = """\
# 情景：地点、时间、灾害——方案不能改变的部分。时刻和编号请加引号。
# The scenario: what no plan can change. Put clock times and codes in quotes.
name: {zh: 未命名情景, en: Untitled scenario}
clock_start: "2025-06-18T14:00"   # 推演开始（当地时间） local start
horizon_min: 2880                 # 推演时长 分钟 length, minutes

crs:                              # 各图层坐标系 EPSG:<编号>、CGCS2000、GCJ-02、BD-09
  tables: EPSG:4490               # 表格中的 x, y  coordinates of the tables
  roads: EPSG:4326                # 道路文件 the road file

present: {hour: auto, holiday: false}   # 按白天/夜间人口 head-count by day or night

# 灾害：none 表示不来水；改成 river_flood、flash_flood 或 recorded_depth 并填写参数
# The hazard: none means no water; see the documentation for the other kinds
hazard:
  kind: none

# 行为参数：不填即用程序自带默认值，check 会逐条列出来源与可信度
# Behaviour: what is left out comes from the library and is listed by check
behaviour: {}

sources: []
assumptions: []
"""

PLAN_YAML = """\
# 一个文件一个方案；不写的部分按“不做”处理。
# One file per plan variant; a section left out means "not done".
name: {zh: 基本方案, en: Base plan}

authority: {orders_by: county, village_alone: false}   # 谁下令 who orders

when:                                  # 何时转
  rules:
    - {signal: clock, at: "18:00", action: prepare}    # 准备转移
    - {signal: clock, at: "20:00", action: move}       # 立即转移
  consult_min: 20                      # 会商 consultation, minutes
  sign_min: 5                          # 签发传达 order signed and sent

whom: {prepare_moves: [special, facilities]}           # 转移谁
organise: {call_attempts: 3, deputies: true}           # 谁组织
where: {shelter_rule: nearest}                         # 转到哪
manage: {guards: true}                                 # 如何管
fleet: {call_on: prepare, rule: nearest}               # 车队
rescue: {call_on: incident, rule: nearest}             # 救援

targets:                               # 时限目标
  - id: T1
    name: {zh: 下令后三小时转出九成, en: 90 % out within three hours}
    milestone: out
    share: 0.9
    deadline: {after_order_min: 180}
"""


def write_template_folder(folder: Path) -> list[Path]:
    """Workbook, scenario.yaml and plans/base.yaml into a folder; existing files are kept.

    Returns the files written.
    """
    (folder / "plans").mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, text in (("scenario.yaml", SCENARIO_YAML), ("plans/base.yaml", PLAN_YAML)):
        path = folder / name
        if not path.exists():
            path.write_text(text, encoding="utf-8")
            written.append(path)
    workbook = folder / WORKBOOK
    if not workbook.exists():
        write_template(workbook)
        written.append(workbook)
    return written
