"""A table as it stands in a CSV file or a sheet, before anything is understood."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.schema.problems import Problem

MOST_ROWS = 200_000
MOST_ROAD_ROWS = 2_000_000
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that cannot be read as a value (a formula, an error, a date): code and content."""

    code: str
    found: str


Cell = str | int | float | bool | BadCell | None


@dataclass
class RawTable:
    """Header and rows of one table, numbered as a spreadsheet numbers them.

    Attributes:
        name: table name, a key of ``ROW_MODELS``.
        file: what the planner calls it: ``zones.csv`` or ``tables.xlsx/zones``.
        header_row: row of the header.
        header: header cells as text, without empty ones at the end.
        rows: (row number, cells); blank rows are left out.
        problems: findings about the table as a whole.
        most_rows: a longer table is a slip; roads and matrices may have more rows than others.
    """

    name: str
    file: str
    header_row: int = 1
    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    most_rows: int = MOST_ROWS

    def take(self, number: int, cells: list[Cell]) -> bool:
        """Add the next row of the file; False when the table has become too long."""
        while cells and is_blank(cells[-1]):
            cells.pop()
        if not cells:
            return True
        if not self.header:
            self.header_row = number
            self.header = [cell_text(cell) for cell in cells]
            return True
        if len(self.rows) >= self.most_rows:
            self.problems.append(
                Problem("table.too_long", self.file, number, None, None, f"≤ {self.most_rows}")
            )
            return False
        self.rows.append((number, cells))
        return True


def is_blank(cell: Cell) -> bool:
    """No value at all, or only spaces."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def cell_text(cell: Cell) -> str:
    """A cell as text: 44000.0 from a spreadsheet is ``44000``."""
    if isinstance(cell, BadCell):
        return cell.found
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
