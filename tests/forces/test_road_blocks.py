"""Roads under slides: told, reached, worked on and free again within the run."""

from __future__ import annotations

from pathlib import Path

import pytest
from earth_kit import DIG, DIGGERS, night, slope, stages, valley

from sim.clock import MS_PER_MIN, NEVER
from sim.engine import Engine
from sim.forces.incidents import Stage
from sim.log import BlockCause, Kind
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


def test_runs_do_not_remember_cleared_roads(tmp_path: Path) -> None:
    """Played again, and after a run that cleared nothing: the same hash."""
    world = valley(tmp_path, [DIGGERS], [DIG], [slope("H", 4500)])
    first = night(world).sha256()
    other = night(world, "none").sha256()
    assert night(world).sha256() == first
    assert night(world, "none").sha256() == other != first
