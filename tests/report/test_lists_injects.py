"""The inject list of a drill: order, marks, words, times of all replications."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from sim.drill.script import Timed, script
from sim.drill.spread import ENOUGH, Spread, spread_of
from sim.experiment.store import RunFolder
from sim.log import Kind
from sim.measures.actions import CURVE, OF_COUNTY
from sim.report.book import Book
from sim.report.lists.collect import night_of
from sim.report.lists.injects import injects
from sim.report.lists.night import Night
from sim.texts.drill import TIMED


@pytest.fixture(scope="module", params=("median", "worst"))
def night(request: pytest.FixtureRequest, whole_book: Book) -> Night:
    """The median and worst replication of the best plan."""
    found = night_of(whole_book, whole_book.best, request.param)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def drill(night: Night) -> tuple[Timed, ...]:
    """Its injects."""
    return script(night.facts, night.plan)


def test_from_start_to_end(drill: tuple[Timed, ...]) -> None:
    """The drill begins with its start, ends with its end, and both clocks only go forward."""
    assert [drill[0].inject.kind, drill[-1].inject.kind] == ["start", "end"]
    moments = [one.inject.at_ms for one in drill]
    minutes = [one.minute for one in drill]
    assert moments == sorted(moments)
    assert all(before < after for before, after in pairwise(minutes))
    assert [one.number for one in drill] == list(range(1, len(drill) + 1))


def test_playable(drill: tuple[Timed, ...]) -> None:
    """A drill of a few hours: some ten to forty-five injects, three hours at most."""
    assert 5 <= len(drill) <= 45
    assert drill[-1].minute <= 180


def test_every_inject_is_marked(drill: tuple[Timed, ...]) -> None:
    """No text leaves the room without saying that it is a drill; no place-holder is left."""
    for one in drill:
        zh, en = one.inject.text()
        assert zh.startswith("【演练】") and en.startswith("[DRILL]")
        assert not re.search(r"\{[a-z_]+\}", zh + en + "".join(one.inject.expectation()))
        assert all(one.inject.sender.label()) and all(one.inject.receiver.label())


def test_injects_happened(night: Night, drill: tuple[Timed, ...]) -> None:
    """Orders, failed calls and calls for help stand at moments at which the log has them."""
    kinds = {
        "order_move": Kind.ORDER_MOVE,
        "order_prepare": Kind.ORDER_PREPARE,
        "call_failed": Kind.CALLED_OUT,
        "incident": Kind.INCIDENT,
        "no_show": Kind.VEHICLE,
        "crowd": Kind.STATE,
        "refused": Kind.FLAG,
        "returned": Kind.FLAG,
    }
    seen = 0
    for one in drill:
        kind = kinds.get(one.inject.kind)
        if kind is not None:
            assert one.inject.at_ms in night.facts.of(kind)["t"]
            seen += 1
    assert seen


def test_timed_actions_say_from_what_to_what(drill: tuple[Timed, ...]) -> None:
    """Whatever is timed says what the minutes run from and to."""
    for one in drill:
        assert not one.inject.action or one.inject.action in TIMED


def test_times_are_those_of_the_run(whole_book: Book, night: Night) -> None:
    """P10, P50 and P90 in the table are the quantiles of what the run kept for that action."""
    plan = night.plan.id
    spread = spread_of(whole_book.curves(plan).get(CURVE))
    assert spread is not None and spread.n == whole_book.scored.n
    table = injects(night, spread)
    keys = [column.key for column in table.columns]
    timed = {one.number: one.inject for one in script(night.facts, night.plan)}
    found = 0
    for row in table.rows:
        cells = dict(zip(keys, row, strict=True))
        inject = timed[int(str(cells["number"]))]
        times = spread.of(inject.action, inject.zone) if inject.action else None
        assert cells["p50"] == (None if times is None else times.p50)
        assert cells["measured"] == "" and cells["observer"] == ""
        found += times is not None
    assert found


def test_run_without_kept_times(night: Night) -> None:
    """Without times the list is there, and says that the run kept none."""
    table = injects(night, None)
    scope = [column.key for column in table.columns].index("scope")
    said = {row[scope]["zh"] for row in table.rows if row[scope]}  # type: ignore[index,call-overload]
    assert said == {"本次运行未留用时"}


def test_few_occasions_take_the_county() -> None:
    """With fewer than five replications at a zone, the middle zone of every night is taken."""
    minutes = np.full((6, 3), np.nan)
    minutes[:, 0] = [10, 20, 30, 40, 50, math.inf]
    minutes[0, 1] = 70
    spread = Spread({"told": minutes, OF_COUNTY[0]: np.full((6, 1), 5.0)})
    here, anywhere = spread.of("told", 0), spread.of("told", 1)
    assert here is not None and here.here and here.n == 6 and math.isinf(here.p90)
    assert anywhere is not None and not anywhere.here and anywhere.n == 6
    assert anywhere.p10 == 10.0  # night 0: middle of 10 and 70, the lower one
    county = spread.of(OF_COUNTY[0], -1)
    assert county is not None and county.here and county.p50 == 5.0
    assert spread.of("unknown", 0) is None
    assert spread.of("told", 2) == replace(anywhere)
    assert ENOUGH == 5


def test_night_without_orders(unordered_run: RunFolder) -> None:
    """A night in which nobody orders anything still makes a drill that starts and ends."""
    book = Book.open(unordered_run.path)
    night = night_of(book, book.best, "median") or night_of(book, book.best, 0)
    assert night is not None
    kinds = [one.inject.kind for one in script(night.facts, night.plan)]
    assert kinds[0] == "start" and kinds[-1] == "end"
    assert "order_move" not in kinds
