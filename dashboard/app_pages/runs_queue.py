"""What is running and waiting, with its progress; drawn again every second while it moves."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import parts
from dashboard.choice import choose
from dashboard.frame import Frame, go_to
from dashboard.jobs import MAY_GO_ON, WAITING, Job, Jobs
from dashboard.store import in_lang

EVERY_S = 1.0
SHOWN = 6
"""Jobs listed: those that move, and the latest of the others."""


def queue(frame: Frame, jobs: Jobs) -> None:
    """The jobs, drawn again by themselves as long as one of them moves."""
    moving = any(job.state in WAITING for job in jobs.all())
    st.fragment(_queue, run_every=EVERY_S if moving else None)(frame, jobs, moving)


def _queue(frame: Frame, jobs: Jobs, was_moving: bool) -> None:
    found = jobs.all()
    moving = [job for job in found if job.state in WAITING]
    if was_moving != bool(moving):
        st.rerun(scope="app")  # a run has come to its end: the list of runs is longer now
    others = [job for job in found if job.state not in WAITING]
    shown = [*reversed(moving), *others[: max(0, SHOWN - len(moving))]]
    if not shown:
        parts.show(parts.text("p", frame.say("runs.queue_empty"), "yy-tip"))
    for job in shown:
        _job(frame, jobs, job)


def _job(frame: Frame, jobs: Jobs, job: Job) -> None:
    work = job.work
    with st.container(border=True, key=f"job-{job.name}"):
        words, buttons = st.columns([5, 2], vertical_alignment="center")
        with words:
            plans = len(work.plans) if work.kind == "run" else ", ".join(work.plans)
            title = in_lang(work.title, frame.lang)
            line = frame.say(f"job.{work.kind}", name=title, plans=plans, n=work.n)
            state = parts.state_chip(job.state, frame.say(f"state.{job.state}"))
            parts.show(parts.element("p", state + parts.text("span", line, "yy-job"), "yy-jobline"))
            _state_words(frame, job)
        with buttons, st.container(horizontal=True, horizontal_alignment="right"):
            _buttons(frame, jobs, job)


def _state_words(frame: Frame, job: Job) -> None:
    progress = job.progress()
    elapsed = duration(frame, progress.elapsed_s)
    if job.state == "running":
        if job.work.kind == "trigger":
            st.caption(frame.say("job.working", elapsed=elapsed))
            return
        if not progress.finished:
            st.progress(0.0, frame.say("job.reading", elapsed=elapsed))
            return
        key = "job.progress" if progress.left_s is not None else "job.progress_unknown"
        words = frame.say(
            key,
            finished=progress.finished,
            wanted=progress.wanted,
            elapsed=elapsed,
            left=duration(frame, progress.left_s or 0.0),
        )
        st.progress(min(1.0, progress.finished / max(1, progress.wanted)), words)
    elif job.state in ("stopped", "broken"):
        st.caption(frame.say(f"job.{job.state}_tip", finished=progress.finished))
    elif job.state == "failed":
        st.code(job.error() or "?", language=None, wrap_lines=True)


def _buttons(frame: Frame, jobs: Jobs, job: Job) -> None:
    if job.state in ("queued", "running") and st.button(
        frame.say("job.cancel"), key=f"cancel-{job.name}"
    ):
        jobs.cancel(job)
        st.rerun(scope="app")
    if job.state in MAY_GO_ON and st.button(frame.say("job.resume"), key=f"resume-{job.name}"):
        jobs.resume(job)
        st.rerun(scope="app")
    if job.state == "done" and st.button(
        frame.say("job.open"), type="primary", key=f"open-{job.name}"
    ):
        open_run(frame, Path(job.work.out))
    if job.state not in WAITING and st.button(frame.say("job.forget"), key=f"forget-{job.name}"):
        jobs.forget(job)
        st.rerun(scope="app")


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
