"""The inject list from the page of documents: any night, made when asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[..., Any]


@pytest.mark.parametrize("night", ["median", "worst", "chosen"])
def test_any_night_can_be_rehearsed(open_page: Open, night: str) -> None:
    """A click makes the list of the night chosen, and a button to download it appears."""
    page = open_page("reports")
    control = next(one for one in page.segmented_control if str(one.key).startswith("drill-night"))
    control.set_value(night).run()
    if night == "chosen":
        page.number_input[0].set_value(1).run()
    page.button(key="make-drill").click().run()
    assert not page.exception
    assert [str(one.value) for one in page.error] == []
    assert len(page.get("download_button")) == 1


def test_another_night_is_made_anew(open_page: Open) -> None:
    """After the choice has changed, the list of before is not handed out under its name."""
    page = open_page("reports")
    page.button(key="make-drill").click().run()
    assert len(page.get("download_button")) == 1
    control = next(one for one in page.segmented_control if str(one.key).startswith("drill-night"))
    control.set_value("worst").run()
    assert len(page.get("download_button")) == 0
