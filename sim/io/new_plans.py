"""The first plans of a new scenario: one organisation, three hours of the order."""

from __future__ import annotations

import json

LEADS_H = (12, 6, 2)
CLOCKS = ("08:00", "10:00", "14:00")

_PLAN = """\
# 由 yuyan new 写成，可自由修改 | written by yuyan new, change it as you like
name: {name}
note: {note}
authority: {{orders_by: county, village_alone: false}}
when:
  rules:
    - {rule}
whom: {{prepare_moves: [special, facilities]}}
organise: {{call_attempts: 3, deputies: false, broadcast: true, door_knocking: true, \
second_sweep: true}}
where: {{shelter_rule: nearest}}
manage: {{guards: true}}
fleet: {{call_on: move, rule: nearest, hold_min: 20}}
{rescue}targets:
{target}"""

_RESCUE = "rescue: {call_on: move, rule: nearest}\n"
_BEFORE_THE_CUT = """\
  - id: out-cutoff
    name: {zh: 断路前转出九成, en: 90 % out before the roads are cut}
    milestone: out
    share: 0.9
    deadline: {before_hazard_h: 0}
"""

_THREE_HOURS = """\
  - id: out-3h
    name: {zh: 下令后三小时转出九成, en: 90 % out within three hours of the order}
    milestone: out
    share: 0.9
    deadline: {after_order_min: 180}
"""
AREA_CLOCK = "08:00"


def first_plans(with_water: bool) -> dict[str, str]:
    """Text of every plan by id: orders 12, 6, 2 h before the water, or three clock times."""
    if with_water:
        return {f"order_{lead:02d}h": _before(lead) for lead in LEADS_H}
    return {f"order_{clock.replace(':', '')}": _at(clock) for clock in CLOCKS}


def area_plan() -> dict[str, str]:
    """The one plan that clears an area: everybody is ordered out at one time."""
    return {"clear": _at(AREA_CLOCK, "", _THREE_HOURS)}


def _before(lead_h: int) -> str:
    return _PLAN.format(
        name=_name(f"来水前{lead_h}小时下令", f"Order {lead_h} h before the water"),
        note=json.dumps(
            f"预计来水前 {lead_h} 小时下令（含会商）| ordered {lead_h} h before the water is "
            "expected, consultation included",
            ensure_ascii=False,
        ),
        rescue=_RESCUE,
        target=_BEFORE_THE_CUT,
        rule=f"{{signal: onset_forecast, lead_h: {lead_h}, action: move}}",
    )


def _at(clock: str, rescue: str = _RESCUE, target: str = _BEFORE_THE_CUT) -> str:
    return _PLAN.format(
        name=_name(f"{clock}下令", f"Order at {clock}"),
        note=json.dumps(f"{clock} 下令 | ordered at {clock}", ensure_ascii=False),
        rescue=rescue,
        target=target,
        rule=f'{{signal: clock, at: "{clock}", action: move}}',
    )


def _name(zh: str, en: str) -> str:
    return json.dumps({"zh": zh, "en": en}, ensure_ascii=False)
