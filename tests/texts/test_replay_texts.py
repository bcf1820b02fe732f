"""Words of the map where nobody can row."""

from __future__ import annotations

import pytest

from sim.report.replay.layers import BOAT_COLUMNS, BOATS, PEOPLE, columns, groups
from sim.texts.replay import REPLAY, replay_texts
from sim.texts.replay_how import ON_LAND, how_to_read

ROWING = {"zh": ("船", "舟", "艇", "岸", "水边"), "en": ("boat", "ashore", "landing", "water")}


def of_boats(text: str, lang: str) -> bool:
    """Whether a text speaks of rowing."""
    return any(word in text.lower() for word in ROWING[lang])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_boats_where_there_is_no_water(lang: str) -> None:
    """How to read the map, the groups of people and teams, and the heads of their trips: boats by
    water, none on land."""
    assert any(of_boats(line, lang) for line in how_to_read(lang, afloat=True))
    assert not any(of_boats(line, lang) for line in how_to_read(lang, afloat=False))
    assert not any("{" in line for line in how_to_read(lang, afloat=False))
    drawn = [*groups(BOATS, False), *groups(PEOPLE, False), *columns(BOAT_COLUMNS, False)]
    assert not [one["label"][lang] for one in drawn if of_boats(one["label"][lang], lang)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_words_on_land_stand_for_words_of_boats(lang: str) -> None:
    """Every word for land replaces one of the page, and all others stay as they are."""
    assert ON_LAND.keys() <= REPLAY.keys()
    by_water, on_land = replay_texts(lang), replay_texts(lang, afloat=False)
    assert {key for key in REPLAY if by_water[key] != on_land[key]} == ON_LAND.keys()
