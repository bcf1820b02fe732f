"""One replication of one plan, ready to be put into lists: names, clock times, columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.measures.curves import township_of_homes
from sim.measures.facts import Facts
from sim.measures.people import Final, final_mode, final_of
from sim.plan import Plan
from sim.report.table import Both, Cell, Column, Form, Table, both
from sim.schema.tables import SettlementRow
from sim.texts.labels import FOOTER, both_filled
from sim.texts.list_forces import FORCES
from sim.texts.list_notes import NOTES, TITLES, WORDS
from sim.texts.list_results import RESULTS
from sim.texts.lists import COLUMNS
from sim.world import World

Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class Night:
    """What lists are drawn from: a compiled plan and the log of one replication, read."""

    plan: Plan
    facts: Facts

    @property
    def world(self) -> World:
        """The world that was played."""
        return self.facts.world

    @property
    def number(self) -> int:
        """Number of the replication."""
        return self.facts.log.replication

    @cached_property
    def final(self) -> Final:
        """Where everybody is at the end."""
        return final_of(self.facts)

    @cached_property
    def safe(self) -> NDArray[np.bool_]:
        """Parties out of danger at the end, by any means, in place included."""
        return final_mode(self.facts) > 0

    @cached_property
    def townships(self) -> list[str]:
        """Township of every home."""
        return township_of_homes(self.world)

    def moment(self, ms: int) -> datetime | None:
        """Date and clock of a moment, to the second; None for one that does not come."""
        if ms >= NEVER:
            return None
        return self.world.clock_start + timedelta(seconds=ms // 1000)

    def hour_of(self, ms: int) -> datetime:
        """The whole clock hour in which a moment lies."""
        moment = self.world.clock_start + timedelta(milliseconds=int(ms))
        return moment.replace(minute=0, second=0, microsecond=0)

    def place(self, place: int) -> str:
        """Name of a place; empty where there is none."""
        names = self.world.places.names
        return names[place] if 0 <= place < len(names) else ""

    def zone_name(self, home: int) -> str:
        """Name of the zone of a home."""
        return self.world.zones.rows[int(self.world.homes.zone[home])].name

    def responsible(self, home: int) -> tuple[Cell, Cell]:
        """Organiser and deputy of a home as role and id; a facility looks after its own."""
        row = self.world.homes.rows[home]
        if not isinstance(row, SettlementRow):
            return word("own_staff"), ""
        return self._role(row.organiser), self._role(row.deputy)

    def _role(self, organiser: str) -> str:
        known = self.world.organisers.get(organiser)
        return f"{known.name}（{organiser}）" if known is not None and known.name else organiser


def word(key: str) -> Both:
    """A word of the lists in both languages."""
    return both(WORDS[key])


def listed(names: Sequence[str], most: int, key: str) -> Cell:
    """Names one after another; beyond ``most`` the number of all is told instead."""
    if len(names) <= most:
        return "、".join(names)
    shown = "、".join(names[:most])
    return both(tuple(text.format(list=shown, n=len(names)) for text in WORDS[key]))  # type: ignore[arg-type]


def column(key: str) -> Column:
    """A column of the catalogue."""
    words = {**COLUMNS, **FORCES, **RESULTS}[key]
    form: Form = words.form  # type: ignore[assignment]
    return Column(both(words.label), words.unit, form, both(words.meaning), key)


def make_table(
    key: str,
    columns: Sequence[str],
    rows: Sequence[tuple[Cell, ...]],
    values: Mapping[str, object],
    summed: Sequence[str] = (),
    each: Sequence[str] = (),
) -> Table:
    """A list with its title, note and footer of the catalogue.

    Args:
        values: what the note says in numbers and words; a word in both languages is a pair.
        summed: columns whose sum stands in the last row; none without rows.
        each: columns, not the first, that say what is summed: a row of totals for every kind of
            them, for amounts of different things cannot be added.
    """
    at = [list(columns).index(name) for name in each]
    kinds = dict.fromkeys(tuple(row[k] for k in at) for row in rows) if summed else ()
    totals = []
    for kind in kinds:
        alike = [row for row in rows if tuple(row[k] for k in at) == kind]
        cells: dict[str, Cell] = {name: _sum(alike, list(columns).index(name)) for name in summed}
        cells |= dict(zip(each, kind, strict=True))
        totals.append((word("total"), *(cells.get(name, "") for name in columns[1:])))
    return Table(
        key=key,
        title=both(TITLES[key]),
        columns=tuple(column(name) for name in columns),
        rows=tuple(rows),
        note=both(both_filled(NOTES[key], values)),
        totals=tuple(totals),
        stamp=both(FOOTER),
    )


def _sum(rows: Sequence[tuple[Cell, ...]], at: int) -> float | int:
    return sum(row[at] for row in rows if isinstance(row[at], int | float))  # type: ignore[misc]
