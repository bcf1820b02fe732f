"""Roads under slides: told, reached, worked on and free again within the run."""

from __future__ import annotations

from pathlib import Path

import pytest
from earth_kit import DIG, DIGGERS, SEARCHERS, night, slope, stages, valley

from sim.clock import MS_PER_MIN, NEVER
from sim.engine import Engine
from sim.forces.incidents import Stage
from sim.forces.rules import Reason
from sim.hazards.debris import BLOCKED
from sim.log import BlockCause, Kind, TeamStatus
from sim.measures.conservation import check_log
from sim.measures.facts import Facts
from sim.roads.passability import vehicle_classes

HOUR = 60 * MS_PER_MIN


def reached(times: list[tuple[int, bool]], moments: range):  # type: ignore[no-untyped-def]
    """Notes at some moments whether a car finds a way from the station to the last village."""
    car = vehicle_classes()["car"]

    def watch(engine: Engine) -> None:
        run = engine.run

        def note() -> None:
            way = run.view.router.times_from(0, car, run.now)[3] < NEVER
            times.append((run.now, bool(way)))

        for moment in moments:
            run.at(moment, note)

    return watch


@pytest.mark.parametrize("queues", [False, True])
def test_a_digger_opens_the_road(tmp_path: Path, queues: bool) -> None:
    """Down at minute 60, told at 65, the digger sets out at 68, 3 km at 60 km/h; work is 30 min
    and a drawn volume at 60 m³ an hour; half an hour later at most cars are let through again."""
    world = valley(tmp_path, [DIGGERS], [DIG], [slope("H", 4500)], queues=queues)
    seen: list[tuple[int, bool]] = []
    log = night(world, watch=reached(seen, range(0, 1440 * MS_PER_MIN, 10 * MS_PER_MIN)))
    (block,), (cleared,) = log.of(Kind.ROAD_BLOCKED), log.of(Kind.ROAD_CLEARED)
    assert block["t"] == 65 * MS_PER_MIN and block["value"] == BlockCause.EARTH
    there, ended = stages(log, Stage.FIRST_ON_SITE)[0], stages(log, Stage.ENDED)[0]
    assert 71 * MS_PER_MIN <= there <= 71.1 * MS_PER_MIN
    assert ended == cleared["t"] == there + cleared["value"] > there + 30 * MS_PER_MIN
    shut = [moment for moment, way in seen if not way]
    assert min(shut) <= 70 * MS_PER_MIN + 30 * MS_PER_MIN
    looked_every = 10 * MS_PER_MIN
    assert cleared["t"] - looked_every <= max(shut) <= cleared["t"] + 40 * MS_PER_MIN
    assert all(way for moment, way in seen if moment > max(shut))


def test_nobody_clears_without_a_digger_or_a_plan(tmp_path: Path) -> None:
    """Without a digger it is told and stays; without a rescue section, and without the kind of
    emergency, the log is that of a run without this part."""
    slides = [slope("H", 4500)]
    log = night(valley(tmp_path / "a", [{"skills": "medical:1"}], [DIG], slides))
    assert len(log.of(Kind.ROAD_BLOCKED)) == 1 and not len(log.of(Kind.ROAD_CLEARED))
    world = valley(tmp_path / "b", [DIGGERS], [DIG], slides)
    assert not len(night(world, "none").of(Kind.ROAD_CLEARED))
    none = night(valley(tmp_path / "c", [DIGGERS], [], slides))
    assert not len(none.of(Kind.ROAD_BLOCKED))


def test_the_slide_behind_waits_for_the_one_before(tmp_path: Path) -> None:
    """Two slides on the only road: the digger works on the outer one, and on the inner one only
    when the news says that the way there is free."""
    world = valley(tmp_path, [DIGGERS], [DIG], [slope("A", 1500), slope("B", 7500)])
    log = night(world)
    cleared = log.of(Kind.ROAD_CLEARED)
    names = [world.roads.edge_ids[edge][:3] for edge in cleared["who"].tolist()]  # type: ignore[union-attr]
    assert names == ["eab", "ecd"]
    inner = int(cleared[1]["place"])
    assert stages(log, Stage.FIRST_ON_SITE)[inner] >= cleared[0]["t"] + 6 * MS_PER_MIN


BEHIND = [slope("B", 7500, recorded={"failed_min": 30}),
          slope("A", 4500, recorded={"failed_min": 44})]  # fmt: skip
"""The inner slide is told at minute 35; the outer one lies there from the step at 40 on."""


@pytest.mark.parametrize("queues", [False, True])
def test_a_digger_clears_what_lies_in_its_way(tmp_path: Path, queues: bool) -> None:
    """Sent to the inner slide at 35, the digger leaves at 45, when the outer one is told, and at
    48, 3 km on, stands before that. It stays and clears it, waits there for the news of a
    half-hour, drives 3 km on and clears the inner one. Nobody goes home in between."""
    world = valley(tmp_path, [DIGGERS | {"ready_min": 10}], [DIG], BEHIND, queues=queues)
    log = night(world)
    inner, outer = (
        int(row["place"]) for row in sorted(log.of(Kind.ROAD_BLOCKED), key=lambda r: r["t"])
    )
    assert log.of(Kind.ROAD_CLEARED)["place"].tolist() == [outer, inner]
    assert log.of(Kind.TEAM_SENT)["value"].tolist() == [inner, outer, inner]
    assert log.of(Kind.TEAM_REASON)["value"].tolist()[1] == Reason.IN_ITS_WAY
    there, ended = stages(log, Stage.FIRST_ON_SITE), stages(log, Stage.ENDED)
    assert 48 * MS_PER_MIN <= there[outer] <= 48.1 * MS_PER_MIN
    news = -(-ended[outer] // (HOUR // 2)) * (HOUR // 2)
    assert news + 3 * MS_PER_MIN <= there[inner] <= news + 3.1 * MS_PER_MIN
    statuses = log.of(Kind.TEAM)
    before = statuses[statuses["t"] < ended[inner]]["value"].tolist()
    assert TeamStatus.DONE not in before and TeamStatus.AT_POST not in before


def test_a_crew_tells_of_the_slide_that_stops_it(tmp_path: Path) -> None:
    """Ready after 3 min it stands before the outer slide at 41, before anybody has told of it: it
    does so at once, and nobody tells again."""
    log = night(valley(tmp_path, [DIGGERS], [DIG], BEHIND))
    told = log.of(Kind.ROAD_BLOCKED)
    assert [int(t) // MS_PER_MIN for t in told["t"]] == [35, 41]
    assert stages(log, Stage.FIRST_ON_SITE)[int(told[1]["place"])] == told[1]["t"]


def test_the_nearer_digger_stays_and_the_other_is_spared(tmp_path: Path) -> None:
    """The other digger, ready after an hour, is sent to the outer slide at 45; at 48 the first one
    stands before it. The other never sets out for it, but is at hand for the inner one."""
    teams = [DIGGERS | {"ready_min": 10}, DIGGERS | {"ready_min": 60}]
    log = night(valley(tmp_path, teams, [DIG], BEHIND))
    inner, outer = log.of(Kind.ROAD_BLOCKED)["place"].tolist()
    sent = log.of(Kind.TEAM_SENT)
    assert sent["value"].tolist()[:3] == [inner, outer, outer]
    assert sent["who"].tolist()[:3] == [0, 1, 0]
    on_site = log.of(Kind.TEAM)
    on_site = on_site[on_site["value"] == TeamStatus.ON_SITE]
    assert on_site["who"][0] == 0 and on_site["t"][0] == sent["t"][2]
    assert stages(log, Stage.ENDED)[outer] < on_site["t"][1]


@pytest.mark.parametrize("queues", [False, True])
def test_families_behind_a_slide_go_when_it_is_cleared(tmp_path: Path, queues: bool) -> None:
    """The slide comes down at 60, the order at 90 finds the road shut: eight families stay. They
    leave with the first news after it is cleared and drive 9 km; without a digger nobody does."""
    where = {"queues": queues, "order": "09:30", "by_car": True}
    world = valley(tmp_path, [DIGGERS], [DIG], [slope("H", 4500)], **where)
    log = night(world)
    check_log(world, log)
    cleared = int(log.of(Kind.ROAD_CLEARED)["t"][0])
    out = log.of(Kind.OUT)["t"]
    news = -(-cleared // (HOUR // 2)) * (HOUR // 2)
    assert len(out) == 8 and (news + 9 * MS_PER_MIN <= out).all()
    assert (out <= news + 10 * MS_PER_MIN).all()
    assert night(world).sha256() == log.sha256()
    assert not len(night(world, "none").of(Kind.OUT))


def test_what_is_drawn_is_what_was_cleared(tmp_path: Path) -> None:
    """Read from the log: the road lies under the slide as the hazard has it until the step after it
    is cleared, and is free from then on; what nights share, and one without teams, keep it shut."""
    world = valley(tmp_path, [DIGGERS], [DIG], [slope("H", 4500)])
    log = night(world)
    step = world.hazard.step_ms
    before = world.statics.views.view(log.member)
    (cleared,) = log.of(Kind.ROAD_CLEARED)
    edge, free = int(cleared["who"]), int(cleared["t"]) // step + 1
    row = int(before.layers[0].edge_row[edge])
    drawn = Facts(world, log).view
    assert (before.layers[0].edge_levels[row, 6:] == BLOCKED).all()
    assert (drawn.layers[0].edge_levels[row, 6:free] == BLOCKED).all()
    assert not drawn.layers[0].edge_levels[row, free:].any()
    late = 20 * HOUR
    car = vehicle_classes()["car"]
    assert (
        drawn.router.times_from(0, car, late)[3]
        < NEVER
        <= before.router.times_from(0, car, late)[3]
    )
    assert Facts(world, night(world, "none")).view is before


def test_a_slide_is_worked_on_from_where_the_diggers_are(tmp_path: Path) -> None:
    """The digger waits in the far village, rescuers at the station: told at 65, it sets out at 68
    and is at the inner end of the road, 3 km on, at 71."""
    teams = [SEARCHERS, DIGGERS]
    world = valley(tmp_path, teams, [DIG], [slope("H", 4500)], staged={"T1": "P"})
    log = night(world)
    (at,) = stages(log, Stage.FIRST_ON_SITE).values()
    assert 71 * MS_PER_MIN <= at <= 71.1 * MS_PER_MIN
    assert len(log.of(Kind.ROAD_CLEARED)) == 1


def test_runs_do_not_remember_cleared_roads(tmp_path: Path) -> None:
    """Played again, and after a run that cleared nothing: the same hash."""
    world = valley(tmp_path, [DIGGERS], [DIG], [slope("H", 4500)])
    first = night(world).sha256()
    other = night(world, "none").sha256()
    assert night(world).sha256() == first
    assert night(world, "none").sha256() == other != first
