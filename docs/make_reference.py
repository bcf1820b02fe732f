"""Writes docs/columns.md, docs/keys.md and docs/parameters.md from the schema and the library.

``python docs/make_reference.py`` after a change of ``sim/schema`` or ``sim/defaults``; a test
compares the files with what this script would write.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from sim.io.columns import columns
from sim.io.defaults import behaviour_defaults
from sim.io.doubt import DOUBT, doubts
from sim.schema import distribution_kinds
from sim.schema.distributions import KINDS
from sim.schema.plan import PlanSpec
from sim.schema.scenario import Behaviour, ScenarioSpec
from sim.schema.tables import ROW_MODELS
from sim.texts.labels import CONFIDENCE, TABLE_NAMES

DOCS = Path(__file__).resolve().parent
NOTE = "由 `python docs/make_reference.py` 生成，勿手改 · generated, do not edit.\n"
DISTRIBUTIONS = {
    kind.__name__ for kind in vars(distribution_kinds).values() if isinstance(kind, type)
}
"""Names of the models behind "a number or a distribution", which the reader meets as one thing."""
OTHER_LIBRARY = {
    "passability.csv": "各类车辆能过多深的水、多宽的路 | what each vehicle class can pass",
    "hazards.csv": "地震、滑坡泥石流、台风 | earthquakes, slides, typhoons",
    "traffic.csv": "路上的车：通行能力、雨、管控、事故 | roads: capacity, rain, controls, crashes",
    "walking.csv": "改步行能走多远 | how far people walk when their way fails",
    "road_classes.csv": "道路等级缺省值 | defaults by road class",
    "flood_stability.csv": "洪水中的稳定性 | stability in flood water",
}


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table; a vertical bar inside a cell would end it."""
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "·").replace("\n", " ") for cell in row) + " |"
    yield ""


def columns_page() -> str:
    """Every column of every table of a scenario."""
    lines = ["# 表格各列 | Columns of the tables", "", NOTE]
    lines.append("每张表是一个 CSV 文件或 `tables.xlsx` 里同名的一页；表头写英文列名或中文名都行。")
    lines.append(
        "A table is a CSV file or a sheet of `tables.xlsx`; headings in either language.\n"
    )
    for name in ROW_MODELS:
        chinese, english = TABLE_NAMES[name]
        lines += [f"## {name} — {chinese} | {english}", ""]
        heads = ("列 column", "中文表头", "含义 meaning", "单位", "必填", "缺省", "可填 allowed")
        lines += table(
            heads,
            (
                (f"`{item.name}`", item.label, f"{item.chinese} · {item.english}", item.unit,
                 "是 yes" if item.required else "", item.default, item.allowed)
                for item in columns(name)
            ),
        )  # fmt: skip
    return "\n".join(lines)


def keys_page() -> str:
    """Every key of ``scenario.yaml`` and of a plan."""
    lines = ["# scenario.yaml 与 plans/*.yaml 的键 | Keys of the YAML files", "", NOTE]
    lines.append(
        "“数或分布”：一个数，或 `{dist: …}`；分布的种类：" + "、".join(sorted(KINDS)) + "。"
    )
    lines.append(
        '`per: replication | zone | entity` 说明在哪一级抽样。时刻一律加引号（"20:30"）。\n'
    )
    for title, model in (("scenario.yaml", ScenarioSpec), ("plans/*.yaml", PlanSpec)):
        lines += [f"## {title}", ""]
        for part in reachable(model):
            lines += _part(part)
    return "\n".join(lines)


def reachable(model: type[BaseModel]) -> list[type[BaseModel]]:
    """A model and every model inside it, in reading order, distributions left out."""
    found = [model]
    for part in found:
        for field in part.model_fields.values():
            found += [
                inner
                for inner in _models(field.annotation)
                if inner not in found and inner.__name__ not in {*DISTRIBUTIONS, "Mixture", "Part"}
            ]
    return list(dict.fromkeys(found))


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Models named anywhere in a type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models(inner)


def _part(model: type[BaseModel]) -> Iterator[str]:
    schema = model.model_json_schema()
    needed = schema.get("required", ())
    must = "参数库 library" if model in reachable(Behaviour) else "是 yes"
    yield f"### {model.__name__}"
    yield ""
    yield (model.__doc__ or "").strip().splitlines()[0].replace("``", "`") + "\n"
    rows = []
    for name, rule in schema.get("properties", {}).items():
        chinese, _, english = (rule.get("description") or "").partition(" | ")
        default = "" if name in needed else _default(rule.get("default"))
        meaning = " · ".join(word for word in (chinese, english) if word)
        rows.append(
            (f"`{name}`", meaning, _kind(rule), _must(name, must) if name in needed else default)
        )
    yield from table(("键 key", "含义 meaning", "写什么 value", "必填 或 缺省"), rows)


def _must(name: str, must: str) -> str:
    """The library fills up a behaviour section that is left out."""
    return "参数库 library" if name == "behaviour" else must


def _default(value: Any) -> str:
    if value is None or value == {} or value == [] or value == "":
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return f"`{value['value']:g}`" if value.get("dist") == "constant" else "（见该节）"
    return f"`{value}`"


def _kind(rule: dict[str, Any]) -> str:
    """What may stand there, in a few words."""
    if "enum" in rule or "const" in rule:
        return " / ".join(str(item) for item in rule.get("enum", [rule.get("const")]))
    inner = [
        part for part in rule.get("anyOf", rule.get("oneOf", ())) if part.get("type") != "null"
    ]
    names = [part.get("$ref", "").rsplit("/", 1)[-1] for part in inner] or [
        rule.get("$ref", "").rsplit("/", 1)[-1]
    ]
    if any(name in DISTRIBUTIONS for name in names):
        return "数或分布 number or distribution"
    if any(names):
        return "见 " + "、".join(name for name in names if name)
    if inner:
        return " / ".join(_kind(part) for part in inner)
    return _plain(rule)


def _plain(rule: dict[str, Any]) -> str:
    kinds = {
        "integer": "整数", "number": "数", "string": "文字", "boolean": "true / false",
        "object": "键: 值",
    }  # fmt: skip
    if rule.get("type") == "array":
        items = rule.get("items") or (rule.get("prefixItems") or [{}])[0]
        return f"列表：{_kind(items)}"
    signs = (
        ("minimum", "≥"),
        ("exclusiveMinimum", ">"),
        ("maximum", "≤"),
        ("exclusiveMaximum", "<"),
    )
    limits = [f"{sign} {rule[key]:g}" for key, sign in signs if key in rule]
    return " ".join([kinds.get(rule.get("type", ""), ""), *limits]).strip()


def parameters_page() -> str:
    """Every default value of the library with source and confidence."""
    lines = ["# 参数库 | The library of defaults", "", NOTE]
    lines.append(
        "情景里没写的值取自这里；`yuyan check` 逐项列出用了哪些。标“判断”“假定”的没有测量依据，"
        "先换成自己的数。 Values marked judgement or assumption rest on no measurement.\n"
    )
    lines += ["## behaviour.csv — 行为 | behaviour", ""]
    lines += table(
        ("名称 name", "含义 meaning", "值 value", "单位", "来源 source", "可信度 confidence"),
        (
            (f"`{item.name}`", item.label("zh"), f"`{item.text}`", item.unit, item.source,
             _confidence(item.confidence))
            for item in behaviour_defaults()
        ),
    )  # fmt: skip
    lines += [f"## {DOUBT} — 乐观、悲观输入挪多少 | optimistic and pessimistic inputs", ""]
    lines.append(
        "`yuyan run --inputs optimistic|pessimistic`：整个分布乘以该数；“余量”指它离 1 还差的部分"
        "（例如不听劝的人）乘以该数。 Factor on the value, or (余量 rest) on what it lacks to 1.\n"
    )
    lines += table(
        ("名称 name", "乘在 on", "乐观 optimistic", "悲观 pessimistic", "来源 source", "可信度"),
        (
            (f"`{item.name}`", "余量 rest" if item.rest else "值 value", f"{item.optimistic:g}",
             f"{item.pessimistic:g}", item.source, _confidence(item.confidence))
            for item in doubts()
        ),
    )  # fmt: skip
    for name, title in OTHER_LIBRARY.items():
        lines += [f"## {name} — {title}", ""]
        text = (files("sim") / "defaults" / name).read_text(encoding="utf-8")
        lines += table(
            ("名称 name", "值 value", "单位", "来源 source", "可信度 confidence"),
            (
                (f"`{row['name']}`", row["value"], row["unit"], row["source"],
                 _confidence(row["confidence"]))
                for row in csv.DictReader(text.splitlines())
            ),
        )  # fmt: skip
    return "\n".join(lines)


def _confidence(word: str) -> str:
    return f"{CONFIDENCE[word][0]} {word}" if word in CONFIDENCE else word


PAGES = {"columns.md": columns_page, "keys.md": keys_page, "parameters.md": parameters_page}

if __name__ == "__main__":
    for file, page in PAGES.items():
        (DOCS / file).write_text(page(), encoding="utf-8", newline="\n")
