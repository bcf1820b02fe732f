"""What is done with a plan as a whole: copy, save, undo, give up, settle a conflict."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from dashboard import parts
from dashboard.frame import Frame
from dashboard.ids import TakenError, free_id, id_fault
from dashboard.plan_draft import Draft
from dashboard.plan_files import (
    ChangedError,
    new_plan,
    remove_plan,
    save_plan,
)
from dashboard.plan_session import Place, forget_draft, jump, on_disk, open_draft, taken_folders
from dashboard.scenario_copies import copy_scenario, name_of_copy
from sim.experiment.compare import what_differs
from sim.experiment.lock import FolderBusyError
from sim.io.yaml_strict import Yaml
from sim.report.plan_words import difference_rows
from sim.texts.report import Lang

SAID = "plans.said"
CONFLICT = "plans.conflict"


def tell(words: str, good: bool = True) -> None:
    """A sentence that stands on the page after the click that caused it."""
    st.session_state[SAID] = (words, good)


def show_said() -> None:
    """Say it once."""
    said = st.session_state.pop(SAID, None)
    if said:
        words, good = said
        (st.success if good else st.error)(parts.plain(words))


def save(frame: Frame, draft: Draft, errors: int, force: bool = False) -> bool:
    """Write the draft into its file; whether that was done."""
    if errors:
        tell(frame.say("plans.save_wrong", n=errors), False)
        return False
    try:
        saved = save_plan(draft.plan, draft.value, force)
    except ChangedError:
        st.session_state[CONFLICT] = draft.plan.path
        return False
    except (OSError, FolderBusyError) as error:
        tell(frame.say("plans.not_written", reason=str(error)), False)
        return False
    st.session_state.pop(CONFLICT, None)
    draft.plan = saved
    draft.keep()
    tell(frame.say("plans.save_done", name=saved.id))
    return True


def _saver(frame: Frame, draft: Draft, errors: int, force: bool = False) -> Callable[[], None]:
    def act() -> None:
        save(frame, draft, errors, force)

    return act


def buttons(frame: Frame, place: Place, draft: Draft, own: bool, errors: int) -> None:
    """The buttons at the head of the page."""
    with st.container(horizontal=True, vertical_alignment="center", key="plan-buttons"):
        _copy(frame, place, draft, own, errors)
        if not own:
            parts.show(parts.text("p", frame.say("plans.shipped"), "yy-dirty"))
            return
        st.button(
            frame.say("plans.undo"),
            key="plan-undo",
            icon=":material/undo:",
            on_click=draft.undo,
            disabled=not draft.before,
        )
        st.button(
            frame.say("plans.discard"),
            key="plan-discard",
            help=frame.say("plans.discard_help"),
            on_click=lambda: draft.replace(dict(draft.plan.source.value or {})),
            disabled=not draft.dirty,
        )
        st.button(
            frame.say("plans.save"),
            key="plan-save",
            type="primary",
            help=parts.plain(frame.say("plans.save_help", name=draft.plan.id)),
            on_click=_saver(frame, draft, errors),
            disabled=not draft.dirty,
        )
        _remove(frame, place, draft)
        state, css = ("plans.dirty", "yy-dirty") if draft.dirty else ("plans.saved", "yy-tip")
        parts.show(parts.text("p", frame.say(state), css))


def _remove(frame: Frame, place: Place, draft: Draft) -> None:
    """Take the plan off the list, after a second click."""

    def act() -> None:
        try:
            remove_plan(draft.plan)
        except (OSError, FolderBusyError) as error:
            tell(frame.say("plans.not_written", reason=str(error)), False)
            return
        draft.file.unlink(missing_ok=True)
        forget_draft(draft.plan.path)
        st.session_state.pop(CONFLICT, None)
        jump(frame, place.scenario, next((one for one in place.plans if one != place.plan), ""))
        tell(frame.say("plans.removed", name=draft.plan.id))

    words = frame.say("plans.remove")
    with st.popover(words, icon=":material/delete:", key=f"remove-of-{place.plan}"):
        st.caption(frame.say("plans.remove_tip"))
        st.button(frame.say("plans.remove_do"), key="plan-remove", on_click=act)


def _copy(frame: Frame, place: Place, draft: Draft, own: bool, errors: int) -> None:
    say, old = frame.say, draft.plan.id
    title = say("plans.copy") if own else say("plans.copy_shipped")
    with (
        st.popover(
            title,
            icon=":material/content_copy:",
            type="secondary" if own else "primary",
            key=f"copy-of-{place.scenario.name}-{old}",
        ),
        st.form("plan-copy", border=False),
    ):
        if own:
            st.caption(say("plans.copy_tip"))
            folder = ""
        else:
            st.caption(say("plans.shipped"))
            first = free_id(place.scenario.name, taken_folders(frame))
            folder = st.text_input(
                say("plans.copy_scenario"), first, key="copy-scenario",
                help=say("plans.copy_id_help"),
            )  # fmt: skip
        name = st.text_input(
            say("plans.copy_name"),
            say("plans.copied_name", name=_name(draft, frame.lang)),
            key=f"copy-name-{old}",
        )
        plan = st.text_input(
            say("plans.copy_id"),
            free_id(old, place.plans),
            key=f"copy-id-{old}-{len(place.plans)}",
            help=say("plans.copy_id_help"),
        )
        if st.form_submit_button(say("plans.copy_do"), type="primary"):
            _make_copy(frame, place, draft, (folder.strip(), name.strip(), plan.strip()), errors)
            st.rerun()


def _name(draft: Draft, lang: Lang) -> str:
    name = draft.value.get("name")
    if not isinstance(name, dict):
        return draft.plan.id
    return str(name.get(lang) or name.get("zh", ""))


def _make_copy(
    frame: Frame, place: Place, draft: Draft, asked: tuple[str, str, str], errors: int
) -> None:
    """A new plan with what is on screen; in a copy of the scenario when that is a shipped one."""
    folder, name, plan = asked
    for one in ([folder] if folder else []) + [plan]:
        fault = id_fault(one)
        if fault:
            tell(frame.say(fault, name=one), False)
            return
    if not name or errors:
        key = "plans.save_wrong" if errors else "plans.name_empty"
        tell(frame.say(key, n=errors) if errors else frame.say(key), False)
        return
    try:
        scenario = copy_scenario(frame.settings.home, place.scenario, folder) if folder else None
        made = new_plan(
            scenario or place.scenario, plan, _renamed(draft, name, frame.lang), draft.plan.text
        )
    except TakenError as error:
        tell(frame.say("plans.id_taken", name=str(error)), False)
        return
    except (OSError, FolderBusyError) as error:
        tell(frame.say("plans.not_written", reason=str(error)), False)
        return
    if draft.dirty:
        draft.replace(dict(draft.plan.source.value or {}))
    st.session_state.pop(CONFLICT, None)
    st.session_state["plans.from"] = draft.plan.id
    jump(frame, scenario or place.scenario, made.id)
    tell(frame.say("plans.copied", name=made.id))


def _renamed(draft: Draft, name: str, lang: Lang) -> dict[str, Yaml]:
    """The draft under another name in the page's language; the other language follows where the
    name is but that of a copy, and a new English name leaves the Chinese one that of a copy."""
    old = draft.value.get("name")
    if not isinstance(old, dict) or not old.get("zh"):
        return {**draft.value, "name": {"zh": name}}
    copy = name_of_copy(old)
    same = next((one for one in (old, copy) if (one.get(lang) or "") == name), None)
    if same is None and lang == "en":
        same = {"zh": copy["zh"], "en": name}
    return {**draft.value, "name": same or {"zh": name}}


def conflict(frame: Frame, draft: Draft) -> None:
    """The file was written elsewhere: what differs, and three ways out (saving as a new plan is
    the third, at the head of the page)."""
    path: Path = draft.plan.path
    if st.session_state.get(CONFLICT) != path:
        return
    if not path.exists():
        st.error(parts.plain(frame.say("plans.gone", name=draft.plan.id)))
        return
    disk = on_disk(path)
    with st.container(border=True, key="plan-conflict"):
        st.error(parts.plain(frame.say("plans.changed", name=draft.plan.id)))
        rows = list(difference_rows(what_differs(draft.value, disk.source.value or {}), frame.lang))
        heads = [frame.say(f"plans.differs_{one}") for one in ("entry", "mine", "disk")]
        if rows:
            parts.show(parts.table(heads, rows))
        with st.container(horizontal=True):
            st.button(
                frame.say("plans.overwrite"),
                key="plan-overwrite",
                on_click=_saver(frame, draft, 0, force=True),
            )
            st.button(
                frame.say("plans.take_theirs"),
                key="plan-theirs",
                on_click=lambda: _take_theirs(frame, draft),
            )


def _take_theirs(frame: Frame, draft: Draft) -> None:
    st.session_state.pop(CONFLICT, None)
    draft.file.unlink(missing_ok=True)
    forget_draft(draft.plan.path)
    open_draft(frame, draft.plan.path)
