"""Who is hurt when houses fall: at the moment of the blow, once, and a patient for the teams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hamlet import Water, at_min, flooded, hamlet, shelter, village
from kit import Played, Row, play

from sim.clock import MS_PER_MIN
from sim.draws_tables import compile_minutes
from sim.hazards import Blows, Injuries
from sim.hazards.compound import joined_blows
from sim.log import Kind
from sim.measures.conservation import check_log
from sim.measures.facts import Facts
from sim.measures.injuries import injury_measures
from sim.states import Flag

ONE = 1 << 32
AT_TWELVE = {"rules": [{"signal": "clock", "at": "12:00", "action": "move"}]}
DOCTOR = {"id": "M", "name": "急救", "station": "B", "boats": 0, "night_ok": True,
          "skills": "medical:1", "vehicle_class": "ambulance", "ready_min": 5}  # fmt: skip
DIGGERS = {"id": "S", "name": "搜救", "station": "B", "boats": 3, "persons_per_trip": 3,
           "night_ok": True}  # fmt: skip
INJURED = {"id": "I", "name": "伤员", "arises": "injured", "needs": "medical:1", "work_min": 10,
           "report_min": 20, "hospital_share": 1}  # fmt: skip


def blow(killed: float = 0, trapped: float = 0, out: float = 0, **shares: Any) -> Blows:
    """One blow on the only village at minute 60; ``ruins``, ``standing``: (badly, lightly)."""
    ruins, standing = shares.get("ruins", (0, 0)), shares.get("standing", (0, 0))
    q32 = [[round(one * ONE) for one in pair] for pair in (ruins, standing)]
    return Blows(
        np.array([60 * MS_PER_MIN]),
        np.array([0], np.int32),
        np.array([round(killed * ONE)]),
        np.array([round(trapped * ONE)]),
        compile_minutes(600).table,
        compile_minutes(30).table,
        Injuries(
            np.array([round(out * ONE)]),
            np.array(q32[:1]),
            np.array(q32[1:]),
            round(shares.get("dug_out", 0) * ONE),
            round(shares.get("carried", 0) * ONE),
        ),
    )


def night(
    folder: Path, hit: Blows, homes: int = 40, teams: Sequence[Row] = (DOCTOR,), **plan: Row
) -> Played:
    """Households of three; one medical team; the order comes at minute 240."""
    tiny = hamlet(
        settlements=[village(persons=3 * homes, household_size=3)],
        shelters=[shelter(), shelter("H", kind="hospital")],
        stations=[{"id": "B", "name": "B", "node": "s"}],
        teams=list(teams),
        emergencies=[INJURED],
    )
    world = tiny.build(folder, {"go": {"fleet": {}, "when": AT_TWELVE, **plan}})
    dry = flooded(world, Water())
    dry.hazard._member = replace(dry.hazard.member(0), blows=hit)  # type: ignore[attr-defined]
    run = play(dry, "go")
    check_log(run.world, run.log)
    return run


def persons(run: Played, kind: Kind) -> int:
    """Persons in the records of a kind."""
    return int(run.log.of(kind)["value"].sum())


def test_everybody_in_a_fallen_house_has_one_fate(tmp_path: Path) -> None:
    """All houses fall, a third die, a third are buried, the rest get out and are all hurt: every
    person is dead, buried, badly or lightly hurt, and nobody twice."""
    third = 1 / 3
    run = night(tmp_path, blow(third, third, 1 - 2 * third, ruins=(0.4, 0.6)))
    flags = run.log.of(Kind.FLAG)
    at_once = flags[flags["t"] == 60 * MS_PER_MIN]
    dead = at_once["who"][at_once["value"] == Flag.HARMED]
    buried = at_once["who"][at_once["value"] == Flag.STRANDED]
    hurt = np.concatenate([run.log.of(k)["who"] for k in (Kind.HURT_BADLY, Kind.HURT_LIGHTLY)])
    got_out = np.unique(hurt)
    assert len(dead) and len(buried) and len(got_out)
    assert len(dead) + len(buried) + len(got_out) == len(run.world.parties) == 40
    counted = persons(run, Kind.HURT_BADLY) + persons(run, Kind.HURT_LIGHTLY)
    assert counted == run.world.parties.size[got_out].sum()
    assert set(at_min(run, Kind.HURT_BADLY)) | set(at_min(run, Kind.HURT_LIGHTLY)) == {60}


def test_shares_are_of_persons(tmp_path: Path) -> None:
    """A quarter badly and two fifths lightly of 1,200 persons whose houses stand: binomial."""
    run = night(tmp_path, blow(standing=(0.25, 0.4)), homes=400)
    assert persons(run, Kind.HURT_BADLY) == pytest.approx(300, abs=60)
    assert persons(run, Kind.HURT_LIGHTLY) == pytest.approx(480, abs=68)
    found = injury_measures(Facts(run.world, run.log))
    assert found["hurt_badly"] == persons(run, Kind.HURT_BADLY)


def test_every_badly_hurt_person_is_a_call_of_his_own(tmp_path: Path) -> None:
    """All 6 persons are badly hurt at 60: six calls at 80, patients for the one team and the
    hospital; without a rescue section nobody is told, and the hurt are the same."""
    hit = blow(standing=(1, 0))
    run = night(tmp_path / "r", hit, homes=2, rescue={})
    assert persons(run, Kind.HURT_BADLY) == 6
    assert at_min(run, Kind.EMERGENCY) == [80] * 6
    silent = night(tmp_path / "s", hit, homes=2)
    assert persons(silent, Kind.HURT_BADLY) == 6 and not len(silent.log.of(Kind.EMERGENCY))


def test_neighbours_bring_some_to_a_doctor(tmp_path: Path) -> None:
    """With 70 % carried by neighbours three in ten of 300 are calls; the hurt stay counted."""
    run = night(tmp_path, blow(standing=(1, 0), carried=0.7), homes=100, rescue={})
    assert persons(run, Kind.HURT_BADLY) == 300
    assert len(run.log.of(Kind.EMERGENCY)) == pytest.approx(90, abs=30)


def test_the_hurt_of_one_plan_are_those_of_another(tmp_path: Path) -> None:
    """An order after the shock changes nobody's injury; an order before it saves who has left."""
    hit = blow(standing=(0.3, 0.3))
    late = night(tmp_path / "l", hit)
    never = night(tmp_path / "n", hit, rescue={})
    assert late.log.of(Kind.HURT_BADLY).tolist() == never.log.of(Kind.HURT_BADLY).tolist()
    early = {"rules": [{"signal": "clock", "at": "08:00", "action": "move"}]}
    gone = night(tmp_path / "e", hit, when=early)
    assert persons(gone, Kind.HURT_BADLY) < persons(late, Kind.HURT_BADLY)


def test_a_disaster_that_does_not_say_hurts_nobody(tmp_path: Path) -> None:
    """Blows without injuries: no record, and the measures are absent rather than 0."""
    run = night(tmp_path, replace(blow(0.2, 0.2), injuries=None))
    assert persons(run, Kind.HURT_BADLY) == persons(run, Kind.HURT_LIGHTLY) == 0
    assert injury_measures(Facts(run.world, run.log)) == {}


def test_whom_two_shocks_hit_is_counted_once(tmp_path: Path) -> None:
    """Half of all persons are hurt by a first shock in houses that stand, then every house falls
    and buries, and a team digs: no party has more hurt than persons, and whoever got out
    of a fallen house is hit by no second one."""
    first = blow(standing=(0.3, 0.2), dug_out=1)
    second = blow(0, 0.5, 0.5, ruins=(0.5, 0.5))
    assert first.injuries is not None and second.injuries is not None
    joined = joined_blows([first, replace(second, time_ms=second.time_ms * 2)])
    assert joined is not None and joined.injuries is not None
    run = night(tmp_path, joined, rescue={"rule": "nearest"}, teams=[DIGGERS])
    hurt = injury_measures(Facts(run.world, run.log))  # refuses more hurt than persons
    assert hurt["hurt_badly"] > persons(run, Kind.HURT_LIGHTLY) > 0
    times = at_min(run, Kind.HURT_BADLY)
    assert 60 in times and max(times) > 120  # dug out later
    fell = run.log.of(Kind.FLAG)
    assert set(fell["t"][fell["value"] == Flag.STRANDED] // MS_PER_MIN) == {120}
