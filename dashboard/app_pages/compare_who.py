"""Parts of the comparison that name places: who loses by a plan, who is late and why."""

from __future__ import annotations

import streamlit as st

from dashboard import parts
from dashboard.frame import Frame
from dashboard.store import late_of
from sim.experiment.scored import ScoredRun
from sim.measures.delays import LINKS, Late
from sim.report.book import Book
from sim.report.losers import ZoneChange, zone_changes
from sim.report.words import clock, interval_text, percent, plain_minutes, points
from sim.texts.report import say

MEASURE = "out_before_cutoff_share"
MOST = 15
LATEST = 30


def losers_part(frame: Frame, book: Book, scored: ScoredRun) -> None:
    """Zones that are worse off than under the baseline, plan by plan."""
    parts.show(parts.text("p", frame.say("losers.tip"), "yy-tip"))
    plan = frame.other(scored)
    name, base = (scored.plan_name(one, frame.lang) for one in (plan, scored.baseline))
    changes = zone_changes(scored, plan)
    counts = {v: sum(c.result.verdict == v for c in changes) for v in ("better", "worse")}
    tied = len(changes) - sum(counts.values())
    line = frame.say("losers.summary", plan=name, baseline=base, tied=tied, **counts)
    parts.show(parts.text("p", line, "yy-strong"))
    worse = [change for change in changes if change.result.verdict == "worse"]
    if not worse:
        return
    parts.show(_losers(worse[:MOST], frame, name, base))
    if len(worse) > MOST:
        parts.show(parts.text("p", frame.say("losers.more", n=len(worse) - MOST), "yy-tip"))


def _losers(changes: list[ZoneChange], frame: Frame, name: str, base: str) -> str:
    lang = frame.lang
    share = frame.say("losers.share")
    heads = (frame.say("losers.zone"), f"{share} · {base}", f"{share} · {name}",
             say("head.compared", lang))  # fmt: skip
    rows = []
    for one in changes:
        mean, interval = one.result.diff_mean, one.result.ci95
        bounds = interval_text(MEASURE, interval, lang)
        difference = f"{points(mean or 0.0)} ({bounds})"
        shares = (percent(one.baseline_share, lang), percent(one.share, lang))
        rows.append((one.name, *shares, difference))
    return parts.table(heads, rows, numbers=(1, 2, 3), css="yy-narrow")


def late_part(frame: Frame, book: Book, scored: ScoredRun) -> None:
    """The groups counted last in a kept replication, with the link that took longest."""
    plan = frame.plan(scored)
    score = scored.scores[plan]
    kept = {"median": score.median, "worst": score.worst}
    known = [which for which, number in kept.items() if number is not None]
    if not known:
        st.info(frame.say("late.none"))
        return
    which = st.segmented_control(
        frame.say("late.which"),
        known,
        default=known[0],
        required=True,
        format_func=lambda one: frame.say(f"late.{one}", k=kept[one]),
        key="late-which",
    )
    late = late_of(frame.run, plan, which or known[0]) if frame.run else None
    if late is None:
        st.info(frame.say("late.none"))
        return
    groups = list(dict.fromkeys(one.group for one in late))
    picked = st.pills(
        frame.say("late.groups"),
        groups,
        selection_mode="multi",
        wrap=True,
        format_func=lambda group: parts.plain(group_words(group, frame)),
        key=f"late-groups-{frame.run_key}-{plan}-{which}",
    )
    mine = [one for one in late if not picked or one.group in picked]
    shown = frame.say("late.first", shown=min(LATEST, len(mine)), n=len(mine))
    parts.show(
        parts.text("p", frame.say("late.tip"), "yy-tip"),
        _late_table(mine[:LATEST], frame, book),
        parts.text("p", shown, "yy-tip"),
    )


def _late_table(late: list[Late], frame: Frame, book: Book) -> str:
    keys = ("village", "group", "persons", "counted", "costly")
    heads = [frame.say(f"late.{key}") for key in keys] + [frame.say(f"link.{x}") for x in LINKS]
    rows = [
        (
            one.village,
            group_words(one.group, frame),
            f"{one.persons:,}",
            clock(one.registered_min, book.clock_start, frame.lang),
            f"{frame.say(f'link.{one.costly_link}')} {plain_minutes(one.costly_min, frame.lang)}",
            *(plain_minutes(one.links_min[link], frame.lang) for link in LINKS),
        )
        for one in late
    ]
    return parts.table(heads, rows, numbers=(2, *range(5, 5 + len(LINKS))))


def group_words(group: str, frame: Frame) -> str:
    """``special_coach`` → 特殊群体：坐大巴."""
    special, _, way = group.rpartition("special_")
    name = frame.say(f"group.{way}")
    return frame.say("group.special", way=name) if special or group.startswith("special_") else name
