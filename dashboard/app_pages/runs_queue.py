"""What is running and waiting, with its progress; drawn again twice a second while it moves."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import streamlit as st

from dashboard import parts
from dashboard.choice import choose
from dashboard.frame import Frame, go_to
from dashboard.jobs import MAY_GO_ON, WAITING, Job, Jobs, Kind, Work
from dashboard.plan_session import jump
from dashboard.store import in_lang

EVERY_S = 0.5
SHOWN = 6
"""Jobs that have ended and are listed, the latest."""


def queue(frame: Frame, jobs: Jobs, kind: Kind | None = None) -> None:
    """The jobs (of a kind), drawn again by themselves as long as one of them moves."""
    moving = any(job.state in WAITING for job in jobs.all())
    st.fragment(_queue, run_every=EVERY_S if moving else None)(frame, jobs, moving, kind)


def _queue(frame: Frame, jobs: Jobs, was_moving: bool, kind: Kind | None) -> None:
    found = jobs.all()
    if was_moving != any(job.state in WAITING for job in found):
        st.rerun(scope="app")  # a job has come to its end: there are more results now
    wanted = [job for job in found if kind is None or job.work.kind == kind]
    moving = [job for job in wanted if job.state in WAITING]
    others = [job for job in wanted if job.state not in WAITING]
    if kind is not None:  # its results stand on the page themselves
        others = [job for job in others if job.state != "done"]
    for job in reversed(moving):
        _job(frame, jobs, job)
    if not moving and kind is None:
        parts.show(parts.text("p", frame.say("runs.queue_empty"), "yy-tip"))
    _ended(frame, jobs, sorted(others, key=lambda job: -(job.ended() or 0.0))[:SHOWN])


def _ended(frame: Frame, jobs: Jobs, ended: list[Job]) -> None:
    """What has come to its end, apart from what moves, the latest first and set off."""
    if not ended:
        return
    parts.show(parts.section(frame.say("runs.ended"), frame.say("runs.ended_tip")))
    newest = next((job.name for job in ended if job.state == "done"), "")
    for job in ended:
        _job(frame, jobs, job, job.name == newest)


def _job(frame: Frame, jobs: Jobs, job: Job, newest: bool = False) -> None:
    with st.container(border=True, key=f"job-{job.name}"):
        words, buttons = st.columns([5, 2], vertical_alignment="center")
        with words:
            state = parts.state_chip(job.state, frame.say(f"state.{job.state}"))
            line = parts.text("span", _asked(frame, job.work), "yy-job")
            if (at := job.ended()) is not None:
                when = datetime.fromtimestamp(at).strftime("%m-%d %H:%M")
                line += parts.text("span", frame.say("job.ended", when=when), "yy-small")
            parts.show(parts.element("p", state + line, "yy-jobline"))
            _state_words(frame, job)
        with buttons, st.container(horizontal=True, horizontal_alignment="right"):
            _buttons(frame, jobs, job, newest)


def _asked(frame: Frame, work: Work) -> str:
    """What a job does, in one line."""
    plans = len(work.plans) if work.kind == "run" else ", ".join(work.plans)
    what = frame.say(f"find.{work.options[0]}") if work.options else ""
    title = in_lang(work.title, frame.lang)
    return frame.say(f"job.{work.kind}", name=title, plans=plans, n=work.n, what=what)


def _state_words(frame: Frame, job: Job) -> None:
    progress = job.progress()
    elapsed = duration(frame, progress.elapsed_s)
    if job.state == "running":
        if not progress.finished:
            if job.work.kind == "run":
                st.progress(0.0, frame.say("job.reading", elapsed=elapsed))
            else:
                st.caption(frame.say("job.working", elapsed=elapsed))
            return
        key = "job.step" if progress.step else "job.progress"
        words = frame.say(
            key if progress.left_s is not None else "job.progress_unknown",
            finished=progress.finished,
            wanted=progress.wanted,
            elapsed=elapsed,
            left=duration(frame, progress.left_s or 0.0),
            step=progress.step,
        )
        st.progress(min(1.0, progress.finished / max(1, progress.wanted)), words)
    elif job.state in ("stopped", "broken"):
        key = f"job.{job.state}_tip" if job.work.kind == "run" else "job.again_tip"
        st.caption(frame.say(key, finished=progress.finished))
    elif job.state == "failed":
        st.code(job.error() or "?", language=None, wrap_lines=True)


def _buttons(frame: Frame, jobs: Jobs, job: Job, newest: bool) -> None:
    if job.state in ("queued", "running") and st.button(
        frame.say("job.cancel"), key=f"cancel-{job.name}"
    ):
        jobs.cancel(job)
        st.rerun(scope="app")
    if job.state in MAY_GO_ON and st.button(frame.say("job.resume"), key=f"resume-{job.name}"):
        jobs.resume(job)
        st.rerun(scope="app")
    if job.state == "done" and st.button(
        frame.say("job.open"), type="primary" if newest else "secondary", key=f"open-{job.name}"
    ):
        open_result(frame, job.work)
    if job.state not in WAITING and st.button(frame.say("job.forget"), key=f"forget-{job.name}"):
        jobs.forget(job)
        st.rerun(scope="app")


def open_result(frame: Frame, work: Work) -> None:
    """Show what a job has found: the answer of its run, or the page that asked an optimiser."""
    if work.kind != "answer":
        open_run(frame, Path(work.out))
        return
    choose("find", work.options[0])
    jump(frame, Path(work.scenario), work.plans[0])
    go_to("preposition")


def open_run(frame: Frame, folder: Path) -> None:
    """Show the answer of a run."""
    for entry in frame.runs:
        if entry.path == folder:
            choose("run", entry.key)
            go_to("answer")


def duration(frame: Frame, seconds: float) -> str:
    """``85 秒`` → ``1 分 25 秒``."""
    whole = round(seconds)
    if whole < 60:
        return frame.say("time.s", s=whole)
    if whole < 3600:
        return frame.say("time.min", m=whole // 60, s=whole % 60)
    return frame.say("time.h", h=whole // 3600, m=whole % 3600 // 60)
