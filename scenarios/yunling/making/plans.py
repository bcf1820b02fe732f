"""Five plan variants that own the same resources; they differ in what they decide."""

from __future__ import annotations

from making.files import Rows, yaml_text
from making.keyed import split

Spec = dict[str, object]

DELAYS: Spec = {
    "pickup_min": {"dist": "triangular", "low": 3, "mode": 8, "high": 20},
    "consult_min": {"dist": "lognormal", "median": 40, "p90": 90},
    "sign_min": {"dist": "triangular", "low": 5, "mode": 10, "high": 20},
    "village_decide_min": {"dist": "lognormal", "median": 12, "p90": 30},
}
"""The same in all plans: together about an hour (25-139 min, median 63, Oroville 2017)."""


def _rule(action: str, signal: str, tags: str = "", **more: object) -> Spec:
    rule: Spec = {"signal": signal, **more, "action": action}
    return {**rule, "tags": [tags]} if tags else rule


LATE = [_rule("prepare", "observed_level", reaches="warning"),
        _rule("move", "observed_level", reaches="guarantee")]  # fmt: skip
EARLY = [
    _rule("prepare", "forecast_level", "干流", reaches="warning", lead_h=12),
    _rule("move", "forecast_level", "干流", reaches="guarantee", lead_h=12),
    _rule("prepare", "rain_3h", "支流", reaches=30),
    _rule("move", "rain_3h", "支流", reaches=50),
    _rule("move", "forecast_level", "支流", reaches="guarantee", lead_h=3),
]
USUAL = [
    _rule("prepare", "observed_level", "干流", reaches="warning"),
    _rule("move", "forecast_level", "干流", reaches="guarantee", lead_h=6),
    _rule("prepare", "rain_3h", "支流", reaches=40),
    _rule("move", "observed_level", "支流", reaches="warning"),
]
AT_ONCE = [_rule("move", "onset_forecast", lead_h=6)]

CALLS: Spec = {"call_attempts": 2, "deputies": False, "broadcast": True, "door_knocking": True,
               "second_sweep": False}  # fmt: skip
FULL_CALLS: Spec = {"call_attempts": 3, "deputies": True, "broadcast": True,
                    "door_knocking": True, "second_sweep": True}  # fmt: skip


def _target(tid: str, names: tuple[str, str], milestone: str, share: float, **when: object) -> Spec:
    of = {"of": when.pop("of")} if "of" in when else {}
    return {"id": tid, "name": {"zh": names[0], "en": names[1]}, "milestone": milestone,
            "share": share, **of, "deadline": dict(when), "probability": 0.9}  # fmt: skip


TARGETS: list[Spec] = [
    _target("told-60", ("下令后60分钟叫应九成", "nine in ten told 60 min after the order"),
            "told", 0.9, after_order_min=60),
    _target("coach-180", ("下令后3小时大巴乘客到点九成", "nine in ten coach riders out in 3 h"),
            "out", 0.9, of="coach", after_order_min=180),
    _target("out-3h", ("断路前3小时全部转出", "everybody out 3 h before the road is cut"),
            "out", 1.0, before_hazard_h=3),
    _target("out-cutoff", ("断路前转出九成五", "95 % out before the road is cut"),
            "out", 0.95, before_hazard_h=0),
    _target("registered-360", ("下令后6小时清点登记九成五", "95 % registered in 6 h"),
            "registered", 0.95, after_order_min=360),
]  # fmt: skip


SUPPLIES: Spec = {
    "rule": "threshold",
    "threshold_h": 12,
    "cover_h": 48,
    "store_cover_h": 72,
    "truck_persons": 240,
    "stops": 6,
    "bays": 3,
    "push_share": 0.4,
    "approve_min": {"dist": "triangular", "low": 10, "mode": 25, "high": 60},
    "pick_min": {"dist": "triangular", "low": 10, "mode": 20, "high": 45},
    "load_min": {"dist": "triangular", "low": 10, "mode": 20, "high": 40},
    "hand_over_min": {"dist": "triangular", "low": 5, "mode": 12, "high": 30},
}
"""The same in all plans; times are judgement, to be measured in a drill."""


def _response(tid: str, names: tuple[str, str], measure: str, at_most: float) -> Spec:
    return {"id": tid, "name": {"zh": names[0], "en": names[1]}, "measure": measure,
            "at_most": at_most, "probability": 0.9}  # fmt: skip


RESPONSES: list[Spec] = [
    _response("boat-60", ("九成求救和险情60分钟内有艇或队伍到",
                          "a boat or team at nine in ten calls and emergencies within 60 min"),
              "first_team_on_site_p90_min", 60),
    _response("stranded-2000", ("被困等待不超过2000人时", "2,000 person-hours cut off at most"),
              "stranded_person_h", 2000),
    _response("short-150000", ("物资短缺不超过15万人时", "150,000 person-hours short at most"),
              "supplies_short_person_h", 150_000),
]  # fmt: skip


def all_plans(tables: dict[str, Rows], homes: Rows) -> dict[str, str]:
    """Plan id → file text."""
    staged = _staged(tables, homes)
    specs = {
        "a_late_boats": _plan(
            ("见保证水位下令，早调船艇", "Order at the guarantee level, boats early"),
            "水位实测到保证才下令；船艇在准备转移时就集结前置，大巴随令调车。",
            LATE, CALLS, fleet=_fleet("move", "nearest"),
            rescue={"call_on": "prepare", "rule": "nearest", "staged": _boats(tables, homes)},
            prepare_moves=[],
        ),
        "b_early": _plan(
            ("看预报和雨量早下令", "Early order on forecast and rain"),
            "干流看12小时水位预报，支流看3小时雨量和预报；其余同现行做法。",
            EARLY, CALLS, fleet=_fleet("move", "nearest"),
        ),
        "c_staged": _plan(
            ("大巴和司机前置", "Coaches and drivers staged forward"),
            "下令时机居中；准备转移时叫车，车辆司机在乡镇换乘点待命。",
            USUAL, CALLS, fleet=_fleet("prepare", "nearest", staged), supplies_ahead="prepare",
        ),
        "d_coaches_first": _plan(
            ("大巴先行", "Coaches first"),
            "早下令、车辆前置、先断先转、村可自行下令、叫应到人、二次排查、守住不回流。",
            EARLY, FULL_CALLS, fleet=_fleet("prepare", "slack", staged),
            authority={"orders_by": "county", "village_alone": True}, guards=True,
            supplies_ahead="prepare",
        ),
        "e_all_at_once": _plan(
            ("全县一道令", "One order to all at once"),
            "预计来水前6小时全县同时下令，就近派车。",
            AT_ONCE, CALLS, fleet=_fleet("move", "nearest"),
        ),
    }  # fmt: skip
    head = "# 由 make.py 生成，勿手改 | written by make.py, do not edit\n"
    return {plan_id: head + yaml_text(spec) + "\n" for plan_id, spec in specs.items()}


def _plan(
    names: tuple[str, str], note: str, rules: list[Spec], organise: Spec, **more: object
) -> Spec:
    """A plan from what it does differently."""
    return {
        "name": {"zh": names[0], "en": names[1]},
        "note": note,
        "authority": more.get("authority", {"orders_by": "county", "village_alone": False}),
        "when": {"rules": rules, **DELAYS},
        "whom": {"prepare_moves": more.get("prepare_moves", ["special", "facilities"])},
        "organise": organise,
        "where": {"shelter_rule": "nearest"},
        "manage": {"guards": bool(more.get("guards", False))},
        "fleet": more["fleet"],
        "rescue": more.get("rescue", {"call_on": "incident", "rule": "nearest"}),
        "supplies": {**SUPPLIES, "ahead": more.get("supplies_ahead", "no")},
        "targets": TARGETS,
        "response_targets": RESPONSES,
    }


def _fleet(call_on: str, rule: str, staged: Spec | None = None) -> Spec:
    fleet: Spec = {
        "call_on": call_on, "rule": rule, "hold_min": 30, "min_people": 10, "gather_min": 40,
        "max_stops": 3, "skip_parties": 3, "feeders": True,
    }  # fmt: skip
    return {**fleet, "staged": staged} if staged else fleet


def _staged(tables: dict[str, Rows], homes: Rows) -> Spec:
    """Vehicles at township squares in proportion to the coach riders; minibuses where needed."""
    transfer = {row["id"]: row["transfer_to"] for row in tables["assembly_points"]}
    hubs = [str(row["id"]) for row in tables["assembly_points"] if str(row["id"]).startswith("AT")]
    towns = {str(row["township"]): "" for row in homes}
    hub_of = dict(zip(towns, hubs, strict=True))
    riders = {hub: [1e-6, 1e-6] for hub in hubs}
    for row in homes:
        if row.get("zone"):
            people = float(str(row["share_coach"])) * float(str(row["present_night"]))
            riders[hub_of[str(row["township"])]][0] += people
            if transfer[row["assembly_point"]]:
                riders[hub_of[str(row["township"])]][1] += people
    staged: Spec = {}
    for k, kind in enumerate(("coach", "minibus")):
        ids = [str(row["id"]) for row in tables["vehicles"] if row["class"] == kind]
        counts = split(len(ids), [riders[hub][k] for hub in hubs])
        places = [hub for hub, count in zip(hubs, counts, strict=True) for _ in range(count)]
        staged.update(dict(zip(ids, places, strict=True)))
    return staged


def _boats(tables: dict[str, Rows], homes: Rows) -> Spec:
    """The county's boat teams at the squares of the townships with most people at risk."""
    at_risk: dict[str, int] = {}
    for row in homes:
        town = str(row["township"])
        at_risk[town] = at_risk.get(town, 0) + (
            int(str(row["present_night"])) if row.get("zone") else 0
        )
    hubs = [f"AT{k:02d}" for k in range(1, len(at_risk) + 1)]
    ranked = sorted(zip(hubs, at_risk.values(), strict=True), key=lambda item: (-item[1], item[0]))
    teams = [str(row["id"]) for row in tables["teams"] if row["boats"] == 2]
    return {team: hub for team, (hub, _) in zip(teams, ranked, strict=False)}
