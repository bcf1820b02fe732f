"""Head-counts and shares: what spans several columns, and what nobody has filled in."""

from __future__ import annotations

from collections.abc import Iterator

from sim.io.checked import Checked
from sim.schema.problems import Problem
from sim.schema.tables import FacilityRow, GroupRow, SettlementRow

SHARES = ("share_in_place", "share_relatives", "share_village_shelter", "share_coach")
TOLERANCE = 0.01
COUNTS = ("registered", "resident", "present_day", "present_night")


def check_people(folder: Checked) -> list[Problem]:
    """Settlements, groups and facilities."""
    problems = [*_ways_out(folder), *_defaults(folder), *_groups(folder)]
    for number, home in folder.rows("settlements", SettlementRow):
        problems += _head_count(folder, number, home)
    for number, facility in folder.rows("facilities", FacilityRow):
        total = facility.wheelchair_share + facility.ambulance_share
        if total > 1 + 1e-9:
            field = "wheelchair_share + ambulance_share"
            problems.append(
                Problem("shares.sum", folder.file("facilities"), number, field, total, "≤ 1")
            )
    return problems


def _ways_out(folder: Checked) -> Iterator[Problem]:
    """Given shares sum to 1; a column left empty beside given ones counts as 0."""
    file = folder.file("settlements")
    unset = 0
    for number, home in folder.rows("settlements", SettlementRow):
        given = [getattr(home, name) for name in SHARES]
        if all(share is None for share in given):
            unset += bool(home.zone)
            continue
        total = round(sum(share or 0.0 for share in given), 6)
        if abs(total - 1) > TOLERANCE + 1e-9:
            allowed = f"1 ± {TOLERANCE}"
            yield Problem("shares.sum", file, number, "share_*", total, allowed)
        stays = home.share_in_place or 0.0
        if stays > home.safe_upper_floor_share + 1e-9 and home.high_ground_min is None:
            yield Problem(
                "shares.no_safe_floor", file, number, "share_in_place", stays,
                f"≤ {home.safe_upper_floor_share:g}", "warning",
            )  # fmt: skip
    if unset:
        behaviour = folder.spec.behaviour
        used = " / ".join(f"{getattr(behaviour, name):g}" for name in SHARES)
        yield Problem("shares.unset", file, None, "share_*", unset, used, "warning")


def _defaults(folder: Checked) -> Iterator[Problem]:
    behaviour = folder.spec.behaviour
    total = round(sum(getattr(behaviour, name) for name in SHARES), 6)
    if abs(total - 1) > TOLERANCE + 1e-9:
        line = folder.source.line(("behaviour",))
        file = folder.source.file
        yield Problem("shares.sum", file, line, "behaviour.share_*", total, f"1 ± {TOLERANCE}")


def _head_count(folder: Checked, number: int, home: SettlementRow) -> list[Problem]:
    file = folder.file("settlements")
    given = {name: getattr(home, name) for name in COUNTS if getattr(home, name) is not None}
    if not given and not home.outsiders:
        return [Problem("people.unknown", file, number, ", ".join(COUNTS))] if home.zone else []
    problems = []
    known = max((given[name] for name in ("registered", "resident") if name in given), default=None)
    for name in ("present_day", "present_night"):
        if known is not None and given.get(name, 0) > known + home.outsiders:
            allowed = f"≤ {known + home.outsiders}"
            problems.append(
                Problem("people.more_present", file, number, name, given[name], allowed, "warning")
            )
    return problems


def _groups(folder: Checked) -> Iterator[Problem]:
    """Groups and their escorts come out of the people present, so they cannot exceed them."""
    everywhere = 0.0
    own: dict[str, float] = {}
    rows = list(folder.rows("groups", GroupRow))
    for _, group in rows:
        if group.settlement:
            own[group.settlement] = own.get(group.settlement, 0.0) + group.persons_share
        else:
            everywhere += group.persons_share
    for number, group in rows:
        total = round(everywhere + (own[group.settlement] if group.settlement else 0.0), 9)
        if total > 1:
            file = folder.file("groups")
            yield Problem("shares.sum", file, number, "persons_share", total, "≤ 1")
