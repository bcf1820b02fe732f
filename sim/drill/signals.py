"""What sets a night in motion: the signals on which posts order, and villages that act alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sim.clock import MS_PER_MIN
from sim.drill.inject import DIRECTOR, Inject, Role
from sim.drill.scene import Scene
from sim.log import Kind
from sim.schema.plan_when import NO_THRESHOLD, TriggerRule
from sim.schema.tables import GaugeRow
from sim.texts.drill import DRILL_WORDS
from sim.texts.drill_danger import WHEN, danger
from sim.texts.labels import Label, both_filled

TRIGGERS = 1
ALONE = -1
HOURS_FROM_MIN = 120
"""From here on a forecast is read out in hours."""

Seen = list[tuple[int, int]]
"""Zones with the value that was seen."""


def triggers(scene: Scene) -> Iterator[Inject]:
    """For each order the first signals and those of most people; the first village alone."""
    groups: dict[tuple[str, int, int], list[tuple[int, int]]] = defaultdict(list)
    for t, _, zone, rule, value in scene.facts.of(Kind.TRIGGER).tolist():
        action = "alone" if rule == ALONE else scene.plan.spec.when.rules[rule].action
        groups[action, t, rule].append((zone, value))
    chosen: list[tuple[int, int, Seen]] = []
    for action in ("prepare", "move"):
        mine = [(t, rule, zones) for (name, t, rule), zones in groups.items() if name == action]
        mine.sort(key=lambda one: (one[0], one[1]))
        largest = sorted(mine, key=lambda one: -scene.people(zone for zone, _ in one[2]))
        chosen += mine[:1] + [one for one in largest[:TRIGGERS] if one not in mine[:1]]
    for t, rules, zones in _said_once(scene, chosen):
        yield _signal(scene, t, rules, zones)
    for (_, t, _), zones in sorted(one for one in groups.items() if one[0][0] == "alone")[:1]:
        yield _alone(scene, t, zones[0][0])


def _said_once(
    scene: Scene, chosen: list[tuple[int, int, Seen]]
) -> list[tuple[int, list[TriggerRule], Seen]]:
    """A signal of the whole county that asks for both orders is read out once, for all zones."""
    found: dict[tuple[int, str], tuple[int, list[TriggerRule], Seen]] = {}
    for t, number, zones in chosen:
        rule = scene.plan.spec.when.rules[number]
        county = rule.signal in NO_THRESHOLD
        key = (t, rule.signal if county else str(number))
        _, rules, seen = found.setdefault(key, (t, [], []))
        rules.append(rule)
        seen.extend(zones)
    return list(found.values())


def _alone(scene: Scene, t: int, zone: int) -> Inject:
    name = scene.zone(zone)
    values = {"zone": name, "people": scene.people([zone])}
    village = Role("village", name)
    return Inject(t, "trigger_alone", name, DIRECTOR, village, "alone", values, zone, "told")


def _signal(scene: Scene, t: int, rules: list[TriggerRule], seen: Seen) -> Inject:
    """What is seen; the zone with most people stands for the others in the times."""
    zones, rule = [zone for zone, _ in seen], rules[-1]
    main, value = max(seen, key=lambda one: (scene.people([one[0]]), -one[0]))
    rain, wind = rule.signal.startswith("rain"), rule.signal.endswith("wind")
    gauge = None if wind else _gauge(scene, main, rain)
    code = scene.danger.main
    values: dict[str, object] = {
        "gauge": gauge.name if gauge else "", "townships": scene.names_of_townships(zones),
        "zones": len(zones), "people": scene.people(zones), "lead": _plain(rule.lead_h),
        "hours": rule.signal.removeprefix("rain_").removesuffix("h"),
        "value": f"{value / 10:.1f}" if rain or wind else f"{value / 1000:.2f}",
        "bulletin": danger(code, "bulletin"), "when": _expected(code, value),
        "clock": scene.clock(t), **_limit(rule, gauge),
    }  # fmt: skip
    action = f"order_{rule.action}"
    several = len({each.action for each in rules}) > 1
    place = gauge.name if gauge else DRILL_WORDS["whole_county"]
    sender = DIRECTOR if rule.signal == "clock" else Role("watch", danger(code, "watch"))
    return Inject(
        *(t, f"trigger_{'rain' if rain else rule.signal}", place, sender, _post_of(scene, main)),
        *("order_both" if several else action, values, main, action),
    )


def _expected(code: str, left_ms: int) -> Label:
    """When the danger is expected, as a duty officer says it."""
    left_min = left_ms / MS_PER_MIN
    unit = "now" if left_min <= 0 else "minutes" if left_min < HOURS_FROM_MIN else "hours"
    n = round(left_min / 60 if unit == "hours" else left_min)
    return both_filled(
        WHEN[unit], {"n": n, "comes": danger(code, "comes"), "came": danger(code, "came")}
    )


def _post_of(scene: Scene, zone: int) -> Role:
    """The post that gives orders under this plan."""
    if scene.plan.authority.orders_by == "county":
        return scene.county
    return scene.post(scene.township(zone))


def _gauge(scene: Scene, zone: int, rain: bool) -> GaugeRow | None:
    zones, world = scene.world.zones, scene.world
    row = int((zones.rain_gauge if rain else zones.gauge)[zone])
    gauges = world.rain_gauges if rain else world.level_gauges
    return gauges[row] if row >= 0 else None


def _limit(rule: TriggerRule, gauge: GaugeRow | None) -> dict[str, object]:
    """Name and value of the threshold."""
    if isinstance(rule.reaches, float | int):
        return {"limit": DRILL_WORDS["given"], "threshold": _plain(rule.reaches)}
    guarantee = rule.reaches == "guarantee"
    level = None if gauge is None else gauge.warning_level_m
    if guarantee and gauge is not None:
        level = gauge.guarantee_level_m
    name = DRILL_WORDS["guarantee" if guarantee else "warning"]
    return {"limit": name, "threshold": "" if level is None else f"{level:.2f}"}


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
