"""What happened to one village, in its planners' words: told, aboard, counted, stuck at what.

Every line is a moment of the log with a sentence, or a sentence about the whole night (no moment).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER
from sim.log import Kind
from sim.measures.crowd import people_needed
from sim.measures.delays import LINKS, Delays, delays_of
from sim.measures.facts import Facts
from sim.report.with_water import with_water
from sim.states import Flag, State
from sim.texts.levels import level_word
from sim.texts.replay import replay_word
from sim.texts.report import Lang

Int64 = NDArray[np.int64]
ALL_NIGHT = -1
"""Instead of a moment: the sentence is about the whole night."""


class Line(NamedTuple):
    """A line of a story; ``marked`` ones are what went wrong."""

    ms: int
    text: str
    marked: bool


class Stories:
    """Stories of all villages and facilities of one night."""

    def __init__(self, facts: Facts, lang: Lang) -> None:
        self.facts, self.lang = facts, lang
        self.world = facts.world
        self._start = facts.world.parties.start
        self._delays: Delays = delays_of(facts.world, facts.log)
        boarded = facts.of(Kind.BOARDED)
        afloat = facts.of(Kind.STATE)
        afloat = afloat[afloat["value"] == State.ABOARD_BOAT]
        by_boat = set(zip(afloat["who"].tolist(), afloat["t"].tolist(), strict=True))
        pairs = zip(boarded["who"].tolist(), boarded["t"].tolist(), strict=True)
        water = np.array([pair in by_boat for pair in pairs], dtype=np.bool_)
        self._by_road, self._by_boat = boarded[~water], boarded[water]
        self._afloat = with_water(facts.world)
        self._refused = facts.flagged(Flag.REFUSED)

    def all(self) -> dict[int, list[Line]]:
        """Story of every home with people, by its place row."""
        return {int(home): self.of(int(home)) for home in np.unique(self.world.parties.home)}

    def of(self, home: int) -> list[Line]:
        """The story of one home: the whole night first, then moment by moment."""
        rows = slice(int(self._start[home]), int(self._start[home + 1]))
        moments = [
            *self._orders(home),
            *self._call_out(home),
            *self._people(rows),
            *self._boats(rows),
            *self._water(home, rows),
        ]
        return [*self._summary(rows), *sorted(moments, key=lambda line: line.ms)]

    def _say(self, ms: int, key: str, marked: bool = False, **values: object) -> Line:
        return Line(
            int(ms), replay_word(f"story.{key}", self.lang, self._afloat).format(**values), marked
        )

    def _orders(self, home: int) -> list[Line]:
        zone = int(self.world.homes.zone[home])
        if zone < 0:
            return []
        facts = self.facts
        both = (("prepare", facts.prepared_ms[zone]), ("move", facts.ordered_ms[zone]))
        return [self._say(ms, key) for key, ms in both if ms < NEVER]

    def _call_out(self, home: int) -> list[Line]:
        """Calls to the person responsible, and when somebody answered."""
        calls = self.facts.of(Kind.CALL)
        calls = calls[calls["who"] == home]
        result = self.facts.of(Kind.CALLED_OUT)
        result = result[result["who"] == home]
        lines = [
            self._say(t, "called_out" if value else "not_called_out", not value, n=len(calls))
            for t, value in zip(result["t"].tolist(), result["value"].tolist(), strict=True)
        ]
        return lines

    def _people(self, rows: slice) -> list[Line]:
        """First and last told, first and last aboard, out, and the head-count."""
        facts, size = self.facts, self.facts.size[rows]
        told, out, counted = facts.told[rows], facts.out[rows], facts.registered[rows]
        lines = self._first_last(told, size, "told")
        aboard = self._of(self._by_road, rows)
        if len(aboard):
            persons = int(facts.size[aboard["who"]].sum())
            lines.append(self._say(aboard["t"][0], "boards_first"))
            lines.append(self._say(aboard["t"][-1], "boards_last", n=persons))
        lines += self._first_last(out, size, "out")
        return lines + self._first_last(counted, size, "counted")

    def _first_last(self, times: Int64, size: Int64, key: str) -> list[Line]:
        reached = times < NEVER
        if not reached.any():
            return []
        n, total = int(size[reached].sum()), int(size.sum())
        last = self._say(times[reached].max(), f"{key}_last", n=n, total=total)
        if key == "counted":
            return [last]
        order = np.argsort(times, kind="stable")
        half = order[int(np.searchsorted(np.cumsum(size[order]), people_needed(0.5, total)))]
        lines = [self._say(times[reached].min(), f"{key}_first")]
        if times[half] < NEVER:
            lines.append(self._say(times[half], f"{key}_half"))
        return [*lines, last]

    def _boats(self, rows: slice) -> list[Line]:
        afloat = self._of(self._by_boat, rows)
        if not len(afloat):
            return []
        persons = int(self.facts.size[afloat["who"]].sum())
        first = self._say(afloat["t"][0], "boat_first", True)
        return [first, self._say(afloat["t"][-1], "boat_last", True, n=persons)]

    def _water(self, home: int, rows: slice) -> list[Line]:
        view, horizon = self.facts.view, self.facts.horizon_ms
        zone = int(self.world.homes.zone[home])
        wet = int(view.exposed_ms[rows].min(initial=NEVER))
        cut = int(self.facts.cutoff_ms[zone]) if zone >= 0 else NEVER
        reached = Line(wet, level_word(view.member.scale.code, "story", self.lang), True)
        lines = [reached] if wet <= horizon else []
        return lines + ([self._say(cut, "cut_off", True)] if cut <= horizon else [])

    def _summary(self, rows: slice) -> list[Line]:
        """Where it stuck: the longest link on average, who refused, who was never out."""
        lines = []
        of = self._delays
        mine = (of.party >= rows.start) & (of.party < rows.stop)
        size = self.facts.size
        if mine.any():
            mean = np.average(of.links_ms[mine], axis=0, weights=size[of.party[mine]])
            links = [
                f"{replay_word(f'link.{LINKS[k]}', self.lang)} {mean[k] / MS_PER_MIN:.0f}"
                for k in np.argsort(-mean, kind="stable")[:3].tolist()
            ]
            longest, others = links[0], (replay_word("and", self.lang)).join(links[1:])
            lines.append(self._say(ALL_NIGHT, "stuck", True, longest=longest, others=others))
        for key, chosen in (
            ("refused", self._refused[rows]),
            ("not_told", self.facts.told[rows] == NEVER),
            ("not_out", self.facts.out[rows] == NEVER),
        ):
            n = int(size[rows][chosen].sum())
            if n:
                lines.append(self._say(ALL_NIGHT, key, True, n=n))
        return lines

    def _of(self, records: NDArray[np.void], rows: slice) -> NDArray[np.void]:
        mine: NDArray[np.bool_] = (records["who"] >= rows.start) & (records["who"] < rows.stop)
        found: NDArray[np.void] = records[mine]
        return found


def marks(facts: Facts, lang: Lang) -> list[dict[str, object]]:
    """Moments for the strip under the map: first orders, first water, first call for help."""
    reached = level_word(facts.view.member.scale.code, "first", lang)
    first = {
        replay_word("mark.prepare", lang): facts.prepared_ms.min(initial=NEVER),
        replay_word("mark.move", lang): facts.ordered_ms.min(initial=NEVER),
        reached: facts.view.arrival_ms.min(initial=NEVER),
        replay_word("mark.cut_off", lang): facts.cutoff_ms.min(initial=NEVER),
        replay_word("mark.incident", lang): int(facts.of(Kind.INCIDENT)["t"].min(initial=NEVER)),
    }
    found = [(int(ms), label) for label, ms in first.items() if ms <= facts.horizon_ms]
    return [{"t": ms, "label": label} for ms, label in sorted(found, key=lambda mark: mark[0])]
