"""力量部署表: where every team stands, with what, when it was called and first used."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.log import Kind, TeamStatus
from sim.report.lists.night import Night, make_table, word
from sim.report.table import Both, Cell, Table, both
from sim.schema.forces import amounts_of
from sim.texts.labels import CHOICES
from sim.texts.list_forces import SKILLS
from sim.world import Team

COLUMNS = (
    "team", "station", "post", "team_vehicle", "team_people", "skills", "equipment", "boats",
    "called_clock", "ready_clock", "first_used_clock", "first_used_at", "times_sent",
    "people_fetched",
)  # fmt: skip
_READY = (int(TeamStatus.READY), int(TeamStatus.AT_POST))


def deployment(night: Night) -> Table:
    """A row per team of the scenario; times of the night, empty for a team nobody called.

    Returns:
        Its totals: boats, how often teams were sent, persons fetched by boat or over land.
    """
    rows = [_row(night, number, team) for number, team in enumerate(night.world.teams)]
    values = {"number": night.number}
    summed = ("team_people", "boats", "times_sent", "people_fetched")
    return make_table("deployment", COLUMNS, rows, values, summed)


def _row(night: Night, number: int, team: Team) -> tuple[Cell, ...]:
    row, facts = team.row, night.facts
    post = night.plan.team_place.get(team.id, team.station_place)
    told = _of(night, Kind.TEAM, number)
    ready = told[np.isin(told["value"], _READY)]
    sent = np.concatenate(
        [_of(night, kind, number) for kind in (Kind.TEAM_SENT, Kind.TEAM_DISPATCH)]
    )
    sent = sent[np.argsort(sent["t"], kind="stable")]
    trips = facts.of(Kind.BOAT_TRIP)
    people = sum(amounts_of(row.skills).values()) if row.skills else None
    return (
        row.name,
        night.place(team.station_place),
        night.place(post),
        both(CHOICES[row.vehicle_class]) if row.vehicle_class in CHOICES else row.vehicle_class,
        people,
        _listed(row.skills),
        _listed(row.equipment),
        0 if row.skills else row.boats,
        night.moment(_first(told)),
        night.moment(min(_first(ready), _first(sent))),
        night.moment(_first(sent)),
        night.place(int(sent["place"][0])) if len(sent) else word("not_used"),
        len(sent),
        int(trips["value"][trips["who"] == number].sum()),
    )


def _of(night: Night, kind: Kind, team: int) -> NDArray[np.void]:
    rows = night.facts.of(kind)
    mine: NDArray[np.void] = rows[rows["who"] == team]
    return mine


def _first(rows: NDArray[np.void]) -> int:
    """Moment of the first record; a team may be sent before it was ever noted as ready."""
    return int(rows["t"][0]) if len(rows) else NEVER


def _listed(amounts: str) -> Both:
    named = [(SKILLS.get(name, (name, name)), n) for name, n in amounts_of(amounts).items()]
    return both(
        (
            "、".join(f"{zh}×{n}" for (zh, _), n in named),
            ", ".join(f"{en}×{n}" for (_, en), n in named),
        )
    )
