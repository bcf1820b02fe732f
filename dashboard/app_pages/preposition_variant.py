"""The placement an optimiser recommends, made a plan variant of its own."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.plans_actions import tell
from dashboard.app_pages.preposition_asked import Asked
from dashboard.frame import go_to
from dashboard.ids import TakenError, free_id, id_fault
from dashboard.last_door import show_problems
from dashboard.plan_session import jump, taken_folders
from dashboard.scenario_copies import copy_scenario, is_own
from sim.experiment.lock import FolderBusyError
from sim.optimize.preposition.kinds import KINDS
from sim.optimize.preposition.variant import save_placement
from sim.schema.problems import InputError


def variant_button(asked: Asked) -> None:
    """A button with the id of the new plan; in a copy of the scenario when that is shipped."""
    say, place, found = asked.frame.say, asked.place, asked.found
    if found["placements"]["winner"] == found["placements"]["own"]:
        return
    own = is_own(place.scenario)
    with (
        st.popover(say("posts.variant"), type="primary", icon=":material/add_location:"),
        st.form("posts-variant", border=False),
    ):
        st.caption(say("posts.variant_tip"))
        folder = ""
        if not own:
            st.caption(say("plans.shipped"))
            first = free_id(place.scenario.name, taken_folders(asked.frame))
            folder = st.text_input(say("plans.copy_scenario"), first, key="variant-scenario")
        wanted = free_id(f"{place.plan}_{found['units']}", place.plans)
        plan = st.text_input(
            say("plans.copy_id"), wanted, help=say("plans.copy_id_help"), key="variant-plan"
        )
        if st.form_submit_button(say("posts.variant_do"), type="primary"):
            _make(asked, folder.strip(), plan.strip())


def _make(asked: Asked, folder: str, plan: str) -> None:
    frame, scenario = asked.frame, asked.place.scenario
    for one in [folder, plan] if folder else [plan]:
        if fault := id_fault(one):
            st.error(frame.say(fault, name=one))
            return
    try:
        target = copy_scenario(frame.settings.home, scenario, folder) if folder else scenario
        kind, own = asked.found["units"], asked.found["placements"]["own"]
        winner = asked.found["placements"]["winner"]
        places = {unit: post for unit, post in winner.items() if post != own[unit]}
        save_placement(target, asked.place.plan, plan, KINDS[kind], places)
    except TakenError as error:
        st.error(frame.say("plans.id_taken", name=str(error)))
    except InputError as error:
        show_problems(error, frame.lang)
    except (OSError, FolderBusyError) as error:
        st.error(frame.say("plans.not_written", reason=str(error)))
    else:
        st.session_state["plans.from"] = asked.place.plan
        jump(frame, target, plan)
        tell(frame.say("plans.copied", name=plan))
        go_to("plans")
