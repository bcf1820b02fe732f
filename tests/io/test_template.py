"""The template workbook explains itself, and filled in it is a scenario."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from sim.io.columns import columns
from sim.io.scenario_folder import load_scenario
from sim.io.template import write_template
from sim.io.template_documents import write_template_folder
from sim.io.template_examples import EXAMPLE_ROWS
from sim.schema.problems import InputError
from sim.schema.tables import ROW_MODELS, TABLES


def fill_in(path: Path) -> None:
    """Copy the example rows into the sheets, as a planner would type them."""
    book = openpyxl.load_workbook(path)
    for table, rows in EXAMPLE_ROWS.items():
        sheet = book[table]
        names = [cell.value for cell in sheet[1]]
        for number, row in enumerate(rows, start=2):
            for name, value in row.items():
                sheet.cell(number, names.index(name) + 1).value = value
    book.save(path)


def test_filled_with_its_examples_it_loads(tiny_folder: Path) -> None:
    """Template plus examples plus the documents that go with it is a scenario without errors."""
    for path in tiny_folder.glob("*.csv"):
        if path.stem not in ("nodes", "edges"):
            path.unlink()
    for path in (tiny_folder / "scenario.yaml", *(tiny_folder / "plans").iterdir()):
        path.unlink()
    write_template_folder(tiny_folder)
    fill_in(tiny_folder / "tables.xlsx")
    folder = load_scenario(tiny_folder)
    assert {name: len(rows) for name, rows in folder.tables.items()} == dict.fromkeys(TABLES, 2)
    for table, rows in EXAMPLE_ROWS.items():
        for row, given in zip(folder.tables[table], rows, strict=True):
            read = row.model_dump(by_alias=True)
            assert {name: read[name] for name in given} == given
    codes = {problem.code for problem in folder.warnings}
    assert codes == {"table.not_simulated", "plan.left_out"}


def test_the_empty_template_asks_for_the_required_tables_only(tmp_path: Path) -> None:
    """Left empty, it names the two required tables; sheets nobody filled in are no problem."""
    write_template_folder(tmp_path)
    with pytest.raises(InputError) as caught:
        load_scenario(tmp_path)
    errors = [(p.code, p.file) for p in caught.value.problems if p.code.startswith("table.")]
    assert errors == [
        ("table.no_rows", "tables.xlsx/settlements"),
        ("table.no_rows", "tables.xlsx/zones"),
    ]


def test_every_column_is_explained_in_both_languages(tmp_path: Path) -> None:
    """Each column of each table stands in 说明 with words, and its heading carries them."""
    write_template(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    explained = {
        (str(row[0]).split(" ")[0], row[1])
        for row in book["说明"].iter_rows(min_row=6, values_only=True)
    }
    for table in TABLES:
        for position, column in enumerate(columns(table), start=1):
            assert (table, column.name) in explained
            head = book[table].cell(1, position)
            assert head.value == column.name and head.comment is not None
    assert "示例" in book.sheetnames


def test_choices_are_lists_and_texts_stay_text(tmp_path: Path) -> None:
    """Enumerations offer their values; text columns do not turn codes or times into numbers."""
    write_template(tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["vehicles"]
    formulas = [item.formula1 for item in sheet.data_validations.dataValidation]
    assert '"coach,minibus,ambulance"' in formulas
    names = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, names.index("id") + 1).number_format == "@"
    assert sheet.cell(2, names.index("seats") + 1).number_format == "General"


@pytest.mark.parametrize("table", ROW_MODELS)
def test_columns_follow_the_schema(table: str) -> None:
    """Columns cover the fields of the model once each, and say which are required."""
    model = ROW_MODELS[table]
    given = columns(table)
    assert {column.name for column in given} == {
        field.alias or name for name, field in model.model_fields.items()
    }
    assert [column.name for column in given][-2:] == ["source", "confidence"]
    assert any(column.required for column in given)


def test_existing_files_are_kept(tmp_path: Path) -> None:
    """Asking for the template in a folder that has a scenario overwrites nothing."""
    (tmp_path / "scenario.yaml").write_text("mine")
    written = write_template_folder(tmp_path)
    assert (tmp_path / "scenario.yaml").read_text() == "mine"
    assert sorted(path.name for path in written) == ["base.yaml", "tables.xlsx"]
    assert write_template_folder(tmp_path) == []
