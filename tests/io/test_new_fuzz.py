"""Raw tables with any content: a scenario or a list of problems, never a crash."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.io.new_scenario import RawFiles, new_scenario
from sim.io.scenario_folder import load_scenario
from sim.schema.problems import InputError
from sim.texts.errors import render

HEADINGS = st.sampled_from(
    ["id", "lon", "lat", "x", "y", "population", "人口", "经度", "capacity", "kind", "node", "?"]
)
CELLS = st.one_of(
    st.floats(-200, 200).map(str),
    st.integers(-5, 5000).map(str),
    st.sampled_from(["", "nan", "1e400", "school", "115.1", "30.2", "-0", "３", "1,5", '"', "x y"]),
    st.text(max_size=6),
)
TABLES = st.tuples(
    st.lists(HEADINGS, min_size=1, max_size=6), st.lists(st.lists(CELLS, max_size=6), max_size=5)
)
SYSTEMS = st.sampled_from(["EPSG:4326", "EPSG:4547", "GCJ-02", "EPSG:0", ""])


def written(path: Path, table: tuple[list[str], list[list[str]]]) -> Path:
    """A table as a file, whatever is in it."""
    lines = [",".join(cells) for cells in [table[0], *table[1]]]
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
    return path


@given(TABLES, TABLES, SYSTEMS)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
def test_any_raw_table_is_used_or_refused(
    people: tuple[list[str], list[list[str]]],
    shelters: tuple[list[str], list[list[str]]],
    system: str,
) -> None:
    """What is accepted can be loaded; what is refused says so in both languages."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        files = RawFiles(
            written(root / "people.csv", people), written(root / "shelters.csv", shelters)
        )
        try:
            made = new_scenario(root / "s", files, {"people": system, "shelters": system})
        except InputError as error:
            assert error.problems and not (root / "s").exists()
            for problem in error.problems:
                assert render(problem, "zh") and render(problem, "en")
            return
        load_scenario(made.folder)


NAME_LETTERS = st.characters(exclude_categories=("C", "Zl", "Zp"), exclude_characters=',"')
PEOPLE = st.lists(
    st.tuples(
        st.text(NAME_LETTERS, max_size=5).map(str.strip),
        st.floats(115, 115.3).map(lambda x: f"{x:.5f}"),
        st.floats(27, 27.2).map(lambda x: f"{x:.5f}"),
        st.floats(0, 500).map(lambda x: f"{x:.2f}"),
    ),
    min_size=1,
    max_size=8,
)
BUILDINGS = st.lists(
    st.tuples(
        st.sampled_from(["school", "hospital", "bus_station", "fuel", ""]),
        st.floats(115, 115.3).map(lambda x: f"{x:.5f}"),
        st.floats(27, 27.2).map(lambda x: f"{x:.5f}"),
        st.integers(0, 900).map(str),
    ),
    min_size=1,
    max_size=6,
)


@given(PEOPLE, BUILDINGS)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
def test_whatever_is_made_can_be_loaded(
    people: list[tuple[str, ...]], buildings: list[tuple[str, ...]]
) -> None:
    """Sensible tables with odd names and numbers give a folder without errors, or a reason."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        files = RawFiles(
            written(root / "p.csv", (["name", "lon", "lat", "population"], [*map(list, people)])),
            written(root / "s.csv", (["kind", "lon", "lat", "capacity"], [*map(list, buildings)])),
        )
        systems = {"people": "EPSG:4326", "shelters": "EPSG:4326"}
        try:
            made = new_scenario(root / "s", files, systems)
        except InputError as error:
            codes = {problem.code for problem in error.problems}
            assert codes <= {"new.nobody", "new.no_shelter", "table.quotes", "file.binary"}
            return
        folder = load_scenario(made.folder)
        assert sum(row.resident for row in folder.tables["settlements"]) == made.people
