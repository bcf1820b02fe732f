"""Plans of the small districts: the same means and minutes, different decisions."""

from __future__ import annotations

from typing import Any

from making.files import yaml_text

HEAD = "# 由 scenarios/around/make.py 生成，勿手改 | written by make.py, do not edit\n"
Rule = dict[str, Any]


def expected(lead_h: float, action: str, *tags: str) -> Rule:
    """Do something so many hours before the danger is expected."""
    rule: Rule = {"signal": "onset_forecast", "lead_h": lead_h, "action": action}
    return rule | ({"tags": list(tags)} if tags else {})


def plan_text(names: tuple[str, str], note: str, rules: list[Rule], **changes: Any) -> str:
    """A plan as YAML; ``changes`` replace whole sections."""
    zh, en = names
    plan: dict[str, Any] = {
        "name": {"zh": zh, "en": en},
        "note": note,
        "authority": {"orders_by": "county", "village_alone": False},
        "when": {
            "rules": rules,
            "pickup_min": {"dist": "triangular", "low": 2, "mode": 4, "high": 10},
            "consult_min": {"dist": "lognormal", "median": 15, "p90": 35},
            "sign_min": {"dist": "triangular", "low": 2, "mode": 5, "high": 10},
        },
        "whom": {"prepare_moves": ["special", "facilities"]},
        "organise": {
            "call_attempts": 2, "deputies": True, "broadcast": True, "door_knocking": True,
            "second_sweep": True,
        },
        "where": {"shelter_rule": "nearest"},
        "manage": {"guards": True},
        "fleet": {"call_on": "prepare", "rule": "nearest", "hold_min": 20, "min_people": 10},
        "rescue": {"call_on": "prepare", "rule": "nearest"},
        "targets": [
            target("told-30", ("下令后30分钟叫应九成", "nine in ten told within 30 min"),
                    "told", 0.9, {"after_order_min": 30}),
            target("out-hazard", ("危险到来前九成五转出", "95 % out before the danger"),
                    "out", 0.95, {"before_hazard_h": 0}),
            target("registered-240", ("下令后4小时登记九成五", "95 % registered in 4 h"),
                    "registered", 0.95, {"after_order_min": 240}),
        ],
    }  # fmt: skip
    plan["when"] |= changes.pop("when", {})
    return HEAD + yaml_text(plan | changes) + "\n"


def target(
    id_: str, names: tuple[str, str], milestone: str, share: float, deadline: dict[str, Any]
) -> dict[str, Any]:
    """A time target: a share of people at a milestone by a deadline, nine times in ten."""
    zh, en = names
    return {
        "id": id_, "name": {"zh": zh, "en": en}, "milestone": milestone, "share": share,
        "deadline": deadline, "probability": 0.9,
    }  # fmt: skip
