"""前置: the page asks the command line, and shows the numbers of the file it printed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.answers import question
from dashboard.jobs import Work, command_of
from dashboard.plan_files import read_plan
from dashboard.posts_map import Marks, ground_of, with_marks
from dashboard.settings import Settings
from sim.cli import main
from sim.io.scenario_folder import load_scenario
from sim.optimize.preposition.kinds import KINDS
from sim.texts.preposition import PLACED

PLAN = "early"
QUICK = {
    "preposition": ("--units", "boats", "--nights", "1", "--budget", "4", "-n", "2"),
    "shelters": ("-n", "1"),
    "trigger": ("-n", "2", "--shifts", "-60,0"),
}


def asked(home: Path, finder: str) -> Work:
    """What the page would queue."""
    folder = load_scenario(home / "scenarios" / "tiny", [PLAN])
    return question(Settings(home, None), folder, (finder, *QUICK[finder]), "zh")


@pytest.fixture
def answer(home: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str], dict[str, Any]]:
    """Lets the command answer, and leaves what it printed where the runner would."""

    def made(finder: str) -> dict[str, Any]:
        work = asked(home, finder)
        assert main(command_of(work)) == 0
        printed = capsys.readouterr().out
        file = Path(work.out)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(printed, encoding="utf-8")
        found: dict[str, Any] = json.loads(printed)
        return found

    return made


def shown(page: AppTest) -> str:
    """Everything on the page, as text."""
    blocks = " ".join(str(one.proto.body) for one in page.get("html"))
    return unescape(re.sub(r"<[^>]*>", " ", blocks))


def test_the_page_shows_the_numbers_of_the_command(
    open_page: Callable[..., AppTest], answer: Callable[[str], dict[str, Any]]
) -> None:
    """Means, intervals, bound and paired differences of the JSON stand on the page, word for word
    the command's sentences, in both languages."""
    found = answer("preposition")
    for lang in ("zh", "en"):
        page = open_page("preposition", scenario="tiny", edit=PLAN, lang=lang)
        assert not page.exception and not page.error
        text = shown(page)
        assert all(sentence in text for sentence in found["sentences"][lang])
        for one in found["standings"]:
            if one["placement"] != "second":
                assert f"{one['mean']:,.1f}" in text
        for one in found["paired"]:
            if one["measure"] == found["measure"] and one["against"] != "second":
                assert f"{one['diff_mean']:+,.1f}" in text


@pytest.mark.parametrize("finder", ["shelters", "trigger"])
def test_the_other_answers_are_shown(
    open_page: Callable[..., AppTest], answer: Callable[[str], dict[str, Any]], finder: str
) -> None:
    """Shelters and latest orders: every place and zone of the answer is named."""
    found = answer(finder)
    page = open_page("preposition", scenario="tiny", edit=PLAN, find=finder)
    assert not page.exception and not page.error
    text = shown(page)
    if finder == "shelters":
        assert all(step["shelter"] in text for step in found["curve"])
        assert f"{100 * found['share']:.1f}%" in text
        assert all(sentence in text for sentence in found["sentences"]["zh"])
    else:
        zones = found["plans"][0]["zones"]
        told = [one for one in zones if one["status"] in ("found", "not_enough")]
        assert told and all(one["deadline_clock"] in text for one in told)


def test_the_question_is_queued_as_the_page_says_it(
    open_page: Callable[..., AppTest], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The button queues one job whose command carries what stands in the fields, once."""
    monkeypatch.setattr("dashboard.jobs.Jobs.wake", lambda self: None)
    page = open_page("preposition", scenario="tiny", edit=PLAN, find="preposition")
    page.number_input(key="posts-nights").set_value(3)
    page.number_input(key="posts-budget").set_value(40).run()
    page.button(key="find-preposition").click().run()
    page.button(key="find-preposition").click().run()
    assert not page.exception and not page.error
    (file,) = (home / "runs" / ".jobs").glob("*/job.json")
    work = Work.read(json.loads(file.read_text(encoding="utf-8")))
    command = command_of(work)
    assert command[:2] == ["optimize", "preposition"]
    told = dict(pairwise(command))
    wanted = {"--nights": "3", "--budget": "40", "--plan": PLAN, "--units": "boats"}
    assert wanted.items() <= told.items()
    assert "--json" in command and "--one-more" in command
    file.unlink()
    file.parent.rmdir()


def test_the_recommendation_becomes_a_variant(
    open_page: Callable[..., AppTest], answer: Callable[[str], dict[str, Any]], home: Path
) -> None:
    """The button writes a plan that differs from the old one in name and waiting places only, and
    opens it."""
    found = answer("preposition")
    work = asked(home, "preposition")
    unit, own = next(iter(found["placements"]["own"].items()))
    place = next(one for one in found["posts"] if one != own)
    found["placements"]["winner"][unit] = place
    Path(work.out).write_text(json.dumps(found), encoding="utf-8")
    page = open_page("preposition", scenario="tiny", edit=PLAN, find="preposition")
    page.text_input(key="variant-plan").set_value("placed")
    next(one for one in page.button if one.label == "存下并打开").click().run()
    assert not page.exception and not page.error
    plans = home / "scenarios" / "tiny" / "plans"
    old, new = (read_plan(plans / f"{name}.yaml").source.value for name in (PLAN, "placed"))
    (plans / "placed.yaml").unlink()
    assert old is not None and new is not None
    assert new["rescue"]["staged"][unit] == place  # type: ignore[index,call-overload]
    same = [key for key in old if key not in ("name", "rescue")]
    assert all(old[key] == new[key] for key in same)


def test_marks_lie_where_the_places_are(tiny_folder: Path) -> None:
    """Posts stand on the map at the positions of their tables; unknown ones are left out."""
    folder = load_scenario(tiny_folder, [])
    ground = ground_of(folder)
    names = [row.id for row in folder.tables["stations"]]  # type: ignore[attr-defined]
    drawn = with_marks(ground, [Marks("post", "x", [*names, "nowhere"])], [(names[0], "nowhere")])
    assert drawn["marks"][0]["ids"] == names
    assert drawn["arrows"] == []
    west, south = drawn["corner"]
    spot = ground.spots[names[0]]
    assert 0 <= spot.x <= drawn["size"][0] + 1 and 0 <= spot.y <= drawn["size"][1] + 1
    assert west > 0 and south > 0


def test_every_kind_of_unit_has_its_words() -> None:
    """Whatever the optimiser can place can be chosen on the page by a name."""
    assert all(f"units.{kind}" in PLACED for kind in KINDS)


def test_only_what_is_there_is_offered(open_page: Callable[..., AppTest]) -> None:
    """A scenario without stores has no supplies to place, one without boats no boats."""
    page = open_page("preposition", scenario="yunling_fire", find="preposition")
    assert not page.exception and not page.error
    (units,) = [one for one in page.button_group if str(one.key).startswith("posts-units")]
    assert len(units.options) < len(KINDS)
