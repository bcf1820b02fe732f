"""Import a county: files and their systems in, problems or a preview out, then a scenario."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import streamlit as st

from dashboard import parts
from dashboard.data_crs import ask_crs
from dashboard.data_draft import Draft
from dashboard.data_result import check_done, show_result
from dashboard.data_worker import Request, ask, refusal
from dashboard.frame import Frame
from dashboard.last_door import show_problems
from dashboard.uploads import ENDINGS, LARGEST_BYTES, scenario_id
from sim.io.roads_osm import OSM_ENDINGS
from sim.io.template import write_template
from sim.schema.problems import InputError, Problem

HOWS: dict[str, tuple[str, ...]] = {
    "raw": ("people", "roads", "shelters", "hazard"),
    "tables": ("tables", "roads", "hazard"),
}
"""What may be given, by what the planner has."""
NEEDED = ("people", "tables")
"""Layers without which there is nothing to make."""


def import_part(frame: Frame, draft: Draft) -> None:
    """Draw this part of the page."""
    values = draft.values()
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    how = left.segmented_control(
        frame.say("import.how"),
        list(HOWS),
        default=values.get("how", "raw"),
        required=True,
        format_func=lambda one: frame.say(f"import_how.{one}"),
        key=f"how-{draft.token}",
    )
    with right:
        _template(frame)
    parts.show(
        parts.text("p", frame.say("import.tip" if how == "raw" else "import.tip_tables"), "yy-tip")
    )
    crs = dict(values.get("crs", {}))
    for layer in HOWS[how]:
        answer = _layer(frame, draft, layer, crs.get(layer, ""))
        crs.pop(layer, None)
        if answer:
            crs[layer] = answer
    name, total = _name_and_total(frame, draft, how)
    draft.keep(how=how, crs=crs, name=name, total=total)
    wanted = _wanted(draft, how, crs, total)
    if st.button(frame.say("import.check"), type="primary", key="import-check"):
        with st.spinner(frame.say("import.checking")):
            check_done(draft, "import", _checked(draft, name, wanted), [name, wanted])
    show_result(frame, draft, "import", [name, wanted])


@st.cache_data(show_spinner=False)
def _template_bytes() -> bytes:
    with TemporaryDirectory() as place:
        path = Path(place) / "tables.xlsx"
        write_template(path)
        return path.read_bytes()


def _template(frame: Frame) -> None:
    st.download_button(
        frame.say("import.template"),
        data=_template_bytes,
        file_name="tables.xlsx",
        on_click="ignore",
        key="template",
    )


def _layer(frame: Frame, draft: Draft, layer: str, known: str) -> str:
    """A row of the form: what it is, the file, its system; the system chosen."""
    with st.container(border=True, key=f"layer-{layer}"):
        words, file, system = st.columns([4, 5, 4], gap="medium")
        with words:
            more = "" if layer in (*NEEDED, "roads") else " · " + frame.say("import.optional")
            parts.show(
                parts.text("b", frame.say(f"layer.{layer}") + more)
                + parts.text("p", frame.say(f"layer_tip.{layer}"), "yy-small")
            )
        with file:
            _receive(frame, draft, layer)
        with system:
            return _system(frame, draft, layer, known)


def _receive(frame: Frame, draft: Draft, layer: str) -> None:
    """The door for files; what came in stands below it and stays after a reload."""
    round_key = f"round-{layer}-{draft.token}"
    count = st.session_state.setdefault(round_key, 0)
    sent = st.file_uploader(
        frame.say(f"layer.{layer}"),
        accept_multiple_files=True,
        max_upload_size=LARGEST_BYTES // 1_000_000,
        label_visibility="collapsed",
        key=f"up-{layer}-{draft.token}-{count}",
        help=", ".join(ENDINGS[layer]),
    )
    if sent:
        problems: list[Problem] = []
        for one in sent:
            try:
                draft.add(layer, one.name, one.getvalue())
            except InputError as error:
                problems += error.problems
        st.session_state[f"refused-{layer}"] = problems
        st.session_state[round_key] = count + 1  # an empty door again
        st.rerun()
    if refused := st.session_state.get(f"refused-{layer}"):
        st.error(frame.say("import.refused"))
        show_problems(InputError(refused), frame.lang)
    files = draft.files(layer)
    if files:
        with st.container(horizontal=True, vertical_alignment="center"):
            listed = ", ".join(f"{file.name} ({_size(file)})" for file in files)
            parts.show(parts.text("div", f"✓ {listed}", "yy-file"))
            if st.button(frame.say("import.drop"), key=f"drop-{layer}", type="tertiary"):
                draft.drop(layer)
                st.rerun()


def _system(frame: Frame, draft: Draft, layer: str, known: str) -> str:
    """The coordinate-system question of a layer, where there is one to ask."""
    files = draft.files(layer)
    if not files:
        return known
    if layer == "roads" and files[0].name.lower().endswith(OSM_ENDINGS):
        st.caption(frame.say("import.crs_osm"))
        return "EPSG:4326"
    if layer == "roads" and files[0].name.startswith("minutes."):
        st.caption(frame.say("import.crs_minutes"))
        return ""
    return ask_crs(frame, f"crs-{layer}-{draft.token}", known, frame.say("import.crs"))


def _name_and_total(frame: Frame, draft: Draft, how: str) -> tuple[str, int | None]:
    values = draft.values()
    left, right = st.columns(2)
    name = left.text_input(
        frame.say("data.name"),
        values.get("name", ""),
        max_chars=40,
        help=frame.say("data.name_help"),
        key=f"name-{draft.token}",
    )
    if how != "raw":
        return name, values.get("total")
    total = right.number_input(
        frame.say("import.total"), 1, 10_000_000, values.get("total"), key=f"total-{draft.token}"
    )
    return name, None if total is None else int(total)


def _wanted(draft: Draft, how: str, crs: dict[str, str], total: int | None) -> dict[str, Any]:
    """What is asked for: changes whenever a file or a choice does."""
    stamps = {
        layer: [[f.name, f.stat().st_mtime_ns] for f in draft.files(layer)] for layer in HOWS[how]
    }
    given = {layer: system for layer, system in crs.items() if stamps.get(layer)}
    return {"how": how, "files": stamps, "crs": given, "total": total if how == "raw" else None}


def _checked(draft: Draft, name: str, wanted: dict[str, Any]) -> dict[str, Any]:
    """Ask the worker; problems of the form itself are found before."""
    problems: list[Problem] = []
    how, files = wanted["how"], {}
    try:
        scenario_id(name)
    except InputError as error:
        problems += error.problems
    for layer in HOWS[how]:
        try:
            path = draft.main_file(layer)
        except InputError as error:
            problems += error.problems
            continue
        if path is None:
            problems += [Problem("upload.missing", layer)] if layer in NEEDED else []
            continue
        asks = not (layer == "roads" and path.name.startswith("minutes."))
        if asks and layer not in wanted["crs"]:
            problems.append(Problem("upload.crs_unasked", path.name))
        several = layer == "tables"
        files[layer] = [str(f) for f in draft.files(layer)] if several else str(path)
    if problems:
        return refusal(problems)
    place = draft.folder / "work-import"
    folder = place / scenario_id(name)
    return ask(Request(how, str(folder), files, wanted["crs"], wanted["total"]), place)


def _size(file: Path) -> str:
    size = file.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 1e5 else f"{size / 1e3:.1f} kB"
