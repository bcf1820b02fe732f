"""A plan against its scenario: names that exist, rules that can fire, zones nobody orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.clock import MS_PER_MIN, next_clock_time, parse_clock_start
from sim.io.checked import Checked, as_warning, near, noted
from sim.io.checks_traffic import check_controls
from sim.io.folder_plans import PlanFile
from sim.io.yaml_strict import Path
from sim.schema.forces import amounts_of
from sim.schema.plan import NOT_SIMULATED, OPTIONAL, SECTIONS, PlanSpec
from sim.schema.plan_forces import Rescue
from sim.schema.plan_when import Selection, TriggerRule
from sim.schema.problems import Problem
from sim.schema.tables import GaugeRow, PostRow, TeamRow, ZoneRow

WAITING = ("assembly_points", "depots", "stations", "shelters", "exits")
"""Tables whose places vehicles and teams may be staged at."""


def check_plan(folder: Checked, plan: PlanFile) -> list[Problem]:
    """Every finding about one plan of the folder."""
    return [
        *_sections(plan),
        *_selections(folder, plan),
        *_rules(folder, plan),
        *_musters(folder, plan),
        *_never_ordered(folder, plan),
        *_fleet(folder, plan),
        *_elsewhere(folder, plan),
        *_clocks(folder, plan),
        *_targets(plan),
    ]


def _sections(plan: PlanFile) -> Iterator[Problem]:
    """What the plan does not do, and what it says that nobody plays yet."""
    empty = (None, ())
    left_out = [name for name in SECTIONS if getattr(plan.spec, name) in empty]
    shown = [name for name in left_out if name not in (*NOT_SIMULATED, *OPTIONAL)]
    if shown:
        file = plan.source.file
        yield Problem("plan.left_out", file, found=", ".join(shown), severity="warning")
    for name in NOT_SIMULATED:
        if name not in left_out:
            yield as_warning(noted(plan.source, (name,), "plan.not_simulated", name))


def _chosen(folder: Checked, selection: Selection) -> list[ZoneRow]:
    """Zones a selection means; an empty one means all."""
    return [
        zone
        for zone in folder.zones
        if (not selection.zones or zone.id in selection.zones)
        and (not selection.townships or zone.township in selection.townships)
        and (not selection.tags or zone.tag in selection.tags)
    ]


def _all_selections(spec: PlanSpec) -> Iterator[tuple[Path, Selection]]:
    yield from ((("when", "rules", i), rule) for i, rule in enumerate(spec.when.rules))
    if spec.controls is not None:
        closures = enumerate(spec.controls.closures)
        yield from ((("controls", "closures", i), item) for i, item in closures)
        routes = enumerate(spec.controls.routes)
        yield from ((("controls", "routes", i), item) for i, item in routes)
    yield from ((("targets", i), target) for i, target in enumerate(spec.targets))


def _selections(folder: Checked, plan: PlanFile) -> Iterator[Problem]:
    """Zones, townships and tags exist, and together they choose some zone."""
    known = {
        "zones": folder.ids("zones"),
        "townships": {zone.township for zone in folder.zones},
        "tags": {zone.tag for zone in folder.zones},
    }
    for path, selection in _all_selections(plan.spec):
        wrong = False
        for field, ids in known.items():
            for i, name in enumerate(getattr(selection, field)):
                if name not in ids:
                    wrong = True
                    here = (*path, field, i)
                    yield noted(plan.source, here, "ref.unknown", name, near(name, ids))
        if not wrong and folder.zones and not _chosen(folder, selection):
            yield noted(plan.source, path, "rule.selects_nothing")


def _musters(folder: Checked, plan: PlanFile) -> Iterator[Problem]:
    """A site that is counted, and the points at which it may gather."""
    for i, muster in enumerate(plan.spec.manage.muster if plan.spec.manage else ()):
        path: Path = ("manage", "muster", i)
        yield from _known(plan, (*path, "facility"), muster.facility, folder.ids("facilities"))
        for k, point in enumerate(muster.points):
            yield from _known(plan, (*path, "points", k), point, folder.ids("assembly_points"))


def _rules(folder: Checked, plan: PlanFile) -> Iterator[Problem]:
    """A rule that reads a gauge, a level or a forecast which is not there can never fire."""
    gauges = {row.id: row for _, row in folder.rows("gauges", GaugeRow)}
    leads = getattr(getattr(folder.spec.hazard, "forecasts", None), "leads_h", ())
    for i, rule in enumerate(plan.spec.when.rules):
        path: Path = ("when", "rules", i)
        if rule.signal == "forecast_level" and leads and (rule.lead_h or 0) > max(leads):
            allowed = f"≤ {max(leads)}"
            here = (*path, "lead_h")
            yield noted(plan.source, here, "number.out_of_range", rule.lead_h, allowed)
        if rule.signal == "alarm":
            yield from _alarms(folder, plan, (path, rule.watcher))
            continue
        if rule.signal == "announced_area":
            known: frozenset[str] = getattr(folder.spec.hazard, "announced", frozenset())
            if rule.area not in known:
                yield noted(plan.source, (*path, "area"), "rule.no_area", rule.area)
            continue
        if rule.signal.endswith("wind"):
            if not getattr(folder.spec.hazard, "BLOWS", False):
                yield noted(plan.source, (*path, "signal"), "rule.no_wind", rule.signal)
            continue
        if not rule.signal.startswith(("observed", "forecast", "rain")):
            continue
        blind = [zone.id for zone in _chosen(folder, rule) if not _can_see(zone, rule, gauges)]
        if blind:
            shown = ", ".join(blind[:5]) + (" …" if len(blind) > 5 else "")
            whole = len(blind) == len(_chosen(folder, rule))
            problem = noted(plan.source, path, "rule.no_signal", shown, rule.signal)
            yield problem if whole else as_warning(problem)


def _alarms(folder: Checked, plan: PlanFile, rule: tuple[Path, str]) -> Iterator[Problem]:
    """An alarm needs a watcher: any, or the one that is named."""
    path, name = rule
    known = {one.id for one in getattr(folder.spec.hazard, "watchers", ())}
    if not known:
        yield noted(plan.source, (*path, "signal"), "rule.no_watcher", "alarm")
    elif name:
        yield from _known(plan, (*path, "watcher"), name, known)


def _can_see(zone: ZoneRow, rule: TriggerRule, gauges: Mapping[str, GaugeRow]) -> bool:
    gauge = gauges.get(zone.rain_gauge if rule.signal.startswith("rain") else zone.gauge)
    if gauge is None:
        return False
    if rule.reaches == "warning":
        return gauge.warning_level_m is not None
    return rule.reaches != "guarantee" or gauge.guarantee_level_m is not None


def _never_ordered(folder: Checked, plan: PlanFile) -> Iterator[Problem]:
    moved = {
        zone.id
        for rule in plan.spec.when.rules
        if rule.action == "move"
        for zone in _chosen(folder, rule)
    }
    missed = [zone.id for zone in folder.zones if zone.id not in moved]
    if missed:
        shown = ", ".join(missed[:8]) + (f" … ({len(missed)})" if len(missed) > 8 else "")
        yield as_warning(noted(plan.source, ("when", "rules"), "plan.never_ordered", shown))


def _fleet(folder: Checked, plan: PlanFile) -> Iterator[Problem]:
    fleet = plan.spec.fleet
    if fleet is None:
        return
    vehicles = folder.vehicle_ids
    waiting = frozenset[str]().union(*(folder.ids(table) for table in WAITING))
    for name, place in fleet.staged.items():
        yield from _known(plan, ("fleet", "staged", name), name, vehicles)
        yield from _known(plan, ("fleet", "staged", name), place, waiting)
    for name, zone in fleet.fixed.items():
        yield from _known(plan, ("fleet", "fixed", name), name, vehicles)
        yield from _known(plan, ("fleet", "fixed", name), zone, folder.ids("zones"))
    for name, stops in fleet.schedule.items():
        yield from _known(plan, ("fleet", "schedule", name), name, vehicles)
        for i, stop in enumerate(stops):
            here: Path = ("fleet", "schedule", name, i)
            yield from _known(plan, (*here, "pickup"), stop.pickup, folder.ids("assembly_points"))
            yield from _known(plan, (*here, "shelter"), stop.shelter, folder.ids("shelters"))
    for rule, given in (("fixed", fleet.fixed), ("schedule", fleet.schedule)):
        if fleet.rule == rule and not given:
            yield noted(plan.source, ("fleet", "rule"), "plan.rule_needs", rule, f"fleet.{rule}")


def _elsewhere(folder: Checked, plan: PlanFile) -> Iterator[Problem]:
    """Shelters, teams, roads and posts that a plan names."""
    where, rescue, controls = plan.spec.where, plan.spec.rescue, plan.spec.controls
    supplies = plan.spec.supplies
    if where is not None:
        for pickup, shelter in where.planned.items():
            spot: Path = ("where", "planned", pickup)
            yield from _known(plan, spot, pickup, folder.ids("assembly_points"))
            yield from _known(plan, spot, shelter, folder.ids("shelters"))
        for i, name in enumerate(where.open):
            yield from _known(plan, ("where", "open", i), name, folder.ids("shelters"))
        if where.shelter_rule == "planned" and not where.planned:
            here = ("where", "shelter_rule")
            yield noted(plan.source, here, "plan.rule_needs", "planned", "where.planned")
    if rescue is not None:
        places = frozenset[str]().union(*(folder.ids(table) for table in WAITING))
        for name, place in rescue.staged.items():
            yield from _known(plan, ("rescue", "staged", name), name, folder.ids("teams"))
            yield from _known(plan, ("rescue", "staged", name), place, places)
        yield from _relocation(folder, plan, rescue, places)
    if supplies is not None:
        for name, place in supplies.staged.items():
            yield from _known(plan, ("supplies", "staged", name), name, folder.ids("stores"))
            spots = frozenset[str]().union(*(folder.ids(table) for table in (*WAITING, "stores")))
            yield from _known(plan, ("supplies", "staged", name), place, spots)
    if controls is not None:
        led = [{zone.id for zone in _chosen(folder, route)} for route in controls.routes]
        yield from check_controls(folder, plan, led)
    level = plan.spec.authority.orders_by
    posts = [post for _, post in folder.rows("posts", PostRow)]
    if posts and level not in {post.level for post in posts}:
        yield as_warning(noted(plan.source, ("authority", "orders_by"), "plan.no_post", level))


def _relocation(
    folder: Checked, plan: PlanFile, rescue: Rescue, places: frozenset[str]
) -> Iterator[Problem]:
    """Posts that exist, a table where one is needed, a skill that some team has."""
    for i, name in enumerate(rescue.posts):
        yield from _known(plan, ("rescue", "posts", i), name, places)
    for i, row in enumerate(rescue.table):
        for k, name in enumerate(row.posts):
            yield from _known(plan, ("rescue", "table", i, "posts", k), name, places)
    if rescue.relocation == "table" and not rescue.table:
        here = ("rescue", "relocation")
        yield noted(plan.source, here, "plan.rule_needs", "table", "rescue.table")
    if rescue.relocate_skill:
        teams = [row for _, row in folder.rows("teams", TeamRow)]
        skills = {name for row in teams for name in amounts_of(row.skills)}
        yield from _known(plan, ("rescue", "relocate_skill"), rescue.relocate_skill, skills)


def _known(
    plan: PlanFile, path: Path, name: str, ids: frozenset[str] | set[str]
) -> Iterator[Problem]:
    if name not in ids:
        yield noted(plan.source, path, "ref.unknown", name, near(name, ids))


def _clocks(folder: Checked, plan: PlanFile) -> Iterator[Problem]:
    """Clock times after the end of the simulated time never come."""
    start = parse_clock_start(folder.spec.clock_start)
    times: list[tuple[Path, str | None]] = [
        (("when", "rules", i, "at"), rule.at) for i, rule in enumerate(plan.spec.when.rules)
    ]
    times += [
        (("targets", i, "deadline", "clock"), target.deadline.clock)
        for i, target in enumerate(plan.spec.targets)
    ]
    if plan.spec.fleet is not None:
        times.append((("fleet", "call_at"), plan.spec.fleet.call_at))
    for i, closure in enumerate(plan.spec.controls.closures if plan.spec.controls else ()):
        times.append((("controls", "closures", i, "at"), closure.at))
        announced: frozenset[str] = getattr(folder.spec.hazard, "announced", frozenset())
        if closure.on in ("isolation", "protective") and closure.on not in announced:
            here = ("controls", "closures", i, "on")
            yield noted(plan.source, here, "rule.no_area", closure.on)
        if (closure.on == "clock") != (closure.at is not None):
            yield noted(plan.source, ("controls", "closures", i), "rule.at_and_clock")
    for path, text in times:
        if text and next_clock_time(start, text) > folder.spec.horizon_min * MS_PER_MIN:
            allowed = f"{folder.spec.clock_start} + {folder.spec.horizon_min} min"
            yield as_warning(noted(plan.source, path, "clock.beyond_horizon", text, allowed))


def _targets(plan: PlanFile) -> Iterator[Problem]:
    """Targets of both lists have ids of their own: the scorecard knows them by these."""
    seen: set[str] = set()
    for key in ("targets", "response_targets"):
        for i, target in enumerate(getattr(plan.spec, key)):
            if target.id in seen:
                yield noted(plan.source, (key, i, "id"), "id.duplicate", target.id)
            seen.add(target.id)
