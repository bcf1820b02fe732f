"""What every part of the page 前置 is given, and small things all of them show."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import streamlit as st

from dashboard import parts
from dashboard.answers import Answer
from dashboard.components.ground_map import ground_map
from dashboard.data_result import map_words
from dashboard.frame import Frame
from dashboard.jobs import Work, command_of
from dashboard.plan_session import Place
from dashboard.posts_map import Drawn, Ground
from sim.io.scenario_folder import ScenarioFolder
from sim.texts.preposition import placed


@dataclass(frozen=True)
class Asked:
    """The scenario and the plan that are asked about, and the answer on show."""

    frame: Frame
    place: Place
    folder: ScenarioFolder
    ground: Ground
    answer: Answer | None = None

    def with_answer(self, answer: Answer) -> Asked:
        """The same with an answer."""
        return replace(self, answer=answer)

    @property
    def found(self) -> dict[str, Any]:
        """What the command printed."""
        assert self.answer is not None
        return self.answer.document

    def answer_words(self, answer: Answer) -> str:
        """An answer in one line: when, and what was asked."""
        when = datetime.fromtimestamp(answer.at).strftime("%m-%d %H:%M")
        return f"{when} · {self._question(answer.document)}"

    def _question(self, found: dict[str, Any]) -> str:
        say = self.frame.say
        if "units" in found:
            return say(
                "find.asked_units",
                units=placed(f"units.{found['units']}", self.frame.lang),
                nights=found["search"]["nights"],
                runs=found["search"]["runs"],
                fresh=found["fresh_nights"],
            )
        if "curve" in found:
            limits = found["limits"]
            walk, ride = f"{limits['walk_min']:g}", f"{limits['ride_min']:g}"
            return say("find.asked_sites", n=found["n"], walk=walk, ride=ride)
        nights = next((one["nights_played"] for one in found.get("plans", ())), 0)
        return say("find.asked_orders", n=nights)


def command_words(work: Work) -> str:
    """The question as it is typed into a terminal."""
    words = [part for part in command_of(work) if part != "--json"]
    return shlex.join(["yuyan", *words])


def lead(asked: Asked) -> None:
    """The answer in the command's own sentences: the answer first, how it was found below."""
    how, first, *more = asked.found["sentences"][asked.frame.lang]
    body = parts.text("p", first, "yy-first") + "".join(parts.text("p", one) for one in more)
    parts.show(parts.element("div", body + parts.text("p", how, "yy-small"), "yy-hero"))


def show_on_map(asked: Asked, drawn: Drawn) -> None:
    """The map of an answer."""
    assert asked.answer is not None
    if drawn:
        name = f"{asked.answer.file.stem}-{asked.answer.at}-{asked.frame.lang}"
        ground_map(drawn, name, map_words(asked.frame))
    else:
        parts.show(parts.text("p", asked.frame.say("map.none"), "yy-tip"))


def download(asked: Asked) -> None:
    """The file the page was drawn from: what the command printed."""
    answer = asked.answer
    assert answer is not None
    st.download_button(
        asked.frame.say("find.download"),
        answer.file.read_bytes,
        file_name=answer.file.name,
        mime="application/json",
        key="find-download",
    )


def amount(value: float | None, digits: int = 1) -> str:
    """A number of an answer; a dash where it is unknown or has no end."""
    return "—" if value is None else f"{value:,.{digits}f}"


def signed(value: float | None) -> str:
    """A difference, with its sign."""
    return "—" if value is None else f"{value:+,.1f}"


def span(ends: list[float | None] | None, digits: int = 1) -> str:
    """An interval; a dash where there is none."""
    return "—" if ends is None else f"{amount(ends[0], digits)} ~ {amount(ends[1], digits)}"


def share(value: float | None) -> str:
    """A share in percent."""
    return "—" if value is None else f"{100 * value:.1f}%"
