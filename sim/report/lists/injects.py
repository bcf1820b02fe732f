"""演练导调单: the injects of a drill as a table, with the times that all replications took."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sim.drill.inject import Inject
from sim.drill.script import Timed, script
from sim.drill.spread import Quantiles, Spread
from sim.report.lists.night import Night, make_table, word
from sim.report.table import Both, Cell, Table, both
from sim.schema.plan_targets import Target
from sim.texts.drill import DRILL_WORDS, MARK, TIMED
from sim.texts.labels import FOOTER, both_filled
from sim.texts.list_notes import WORDS

COLUMNS = (
    "number", "drill_clock", "scenario_clock", "place", "sender", "receiver", "text", "expected",
    "owner", "target", "timed", "p10", "p50", "p90", "scope", "mode", "measured", "observer",
)  # fmt: skip
LIVE_MIN = 30
"""Usually done in so many minutes: played live; longer ones are told by jumping the clock."""

MILESTONES = {"told": "told", "headcount": "registered"}
"""Which milestone of the plan's targets an action reaches; those targets are of zones. Who is
left behind at a cut-off has missed the deadline before it, and plans set none after it."""


def injects(
    night: Night,
    spread: Spread | None,
    which: str | int = "chosen",
    start: str = "09:00",
    drill_min: int = 180,
) -> Table:
    """The inject list of one night.

    Args:
        spread: times of the actions over all replications of the same plan; None leaves P10, P50
            and P90 unknown and says so.
        which: ``median``, ``worst`` or ``chosen``, said in the note.
        start: clock at which the drill begins; drill_min: how long it should take.

    Raises:
        ValueError: ``start`` is no clock time such as ``09:00``.
    """
    begin = datetime.strptime(start, "%H:%M")
    found = script(night.facts, night.plan, drill_min)
    rows = [_row(night, timed, spread, begin) for timed in found]
    values = {
        "number": night.number,
        "which": WORDS[which if isinstance(which, str) else "chosen"],
        "start": start,
        "minutes": found[-1].minute,
        "n": spread.n if spread else 0,
    }
    table = make_table("injects", COLUMNS, rows, values)
    stamp = both((f"{MARK[0]}  {FOOTER[0]}", f"{MARK[1]}  {FOOTER[1]}"))
    return replace(table, stamp=stamp)


def _row(night: Night, timed: Timed, spread: Spread | None, begin: datetime) -> tuple[Cell, ...]:
    inject = timed.inject
    times = spread.of(inject.action, inject.zone) if spread and inject.action else None
    place = inject.place
    return (
        timed.number,
        (begin + timedelta(minutes=timed.minute)).strftime("%H:%M"),
        night.moment(inject.at_ms),
        place if isinstance(place, str) else both(place),
        both(inject.sender.label()),
        both(inject.receiver.label()),
        both(inject.text()),
        both(inject.expectation()),
        both(inject.owner.label()),
        _target(night, inject),
        both(TIMED[inject.action]) if inject.action else "",
        *((times.p10, times.p50, times.p90) if times else (None, None, None)),
        _scope(inject, spread, times),
        _mode(times),
        "",
        "",
    )


def _target(night: Night, inject: Inject) -> Cell:
    """The plan's own deadline for this action, where it has one."""
    milestone = MILESTONES.get(inject.action)
    if milestone is None:
        return word("not_set") if inject.action else ""
    for target in night.plan.targets:
        if target.milestone == milestone and _fits(target):
            name = target.name
            return both((name.zh, name.en or name.zh))
    return word("not_set")


def _fits(target: Target) -> bool:
    return target.deadline.after_order_min is not None and target.of == "all"


def _scope(inject: Inject, spread: Spread | None, times: Quantiles | None) -> Both | str:
    """Of what the simulated times are, or why there are none."""
    if not inject.action:
        return ""
    if spread is None:
        return both(DRILL_WORDS["not_kept"])
    if times is None:
        return both(DRILL_WORDS["never_seen"])
    here = "here" if inject.zone >= 0 else "county"
    return both(both_filled(DRILL_WORDS[here if times.here else "anywhere"], {"n": times.n}))


def _mode(times: Quantiles | None) -> Both:
    if times is None:
        return both(DRILL_WORDS["untimed"])
    return both(DRILL_WORDS["live" if times.p50 <= LIVE_MIN else "jump"])
