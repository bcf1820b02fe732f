"""A travel-time matrix: minutes.csv, as a list of links or as a square of minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from sim.clock import minutes
from sim.io.raw_table import RawTable, cell_text, is_blank
from sim.io.tables import read_table
from sim.roads.minutes import MinutesMatrix, minutes_matrix
from sim.schema.problems import InputError, Problem
from sim.schema.roads import MinutesRow


@dataclass(frozen=True)
class MinutesReport:
    """Places, links given, and ordered pairs of places without a link."""

    file: str
    nodes: int
    links: int
    missing: int
    problems: tuple[Problem, ...] = ()


def read_minutes(raw: RawTable) -> tuple[MinutesMatrix, MinutesReport]:
    """Matrix of a table from_node, to_node, minutes, or of a square sheet named on both sides.

    Nodes stand in natural order of their ids (2 before 10), so the order of rows is of no matter.

    Raises:
        InputError: every problem of the table.
    """
    table, problems = read_table(_as_links(raw))
    rows = cast("tuple[MinutesRow, ...]", table.rows)
    first: dict[tuple[str, str], int] = {}
    for number, row in zip(table.numbers, rows, strict=True):
        link = (row.from_node, row.to_node)
        if first.setdefault(link, number) != number:
            shown = f"{row.from_node} → {row.to_node}"
            problems.append(
                Problem("minutes.duplicate", raw.file, number, "minutes", shown, first[link])
            )
    if not rows and not any(problem.severity == "error" for problem in problems):
        problems.append(Problem("roads.empty", raw.file, found=0, allowed="≥ 1"))
    if any(problem.severity == "error" for problem in problems):
        raise InputError(problems)
    ids = sorted({node for link in first for node in link}, key=natural_order)
    at = {node: i for i, node in enumerate(ids)}
    links = [(at[row.from_node], at[row.to_node], minutes(row.minutes)) for row in rows]
    matrix = minutes_matrix(ids, links)
    own = sum(a == b for a, b, _ in links)
    missing = len(ids) * (len(ids) - 1) - (len(links) - own)
    return matrix, MinutesReport(raw.file, len(ids), len(links), missing, tuple(problems))


def natural_order(node: str) -> tuple[int, int, str]:
    """Whole numbers by value before other ids by text."""
    return (0, int(node), node) if node.isdecimal() else (1, 0, node)


def _as_links(raw: RawTable) -> RawTable:
    """The same table as links, if it is a square with names in its first row and column.

    Raises:
        InputError: it looks like a square, but the two lists of names differ.
    """
    across = raw.header[1:]
    down = [cell_text(cells[0]) for _, cells in raw.rows]
    if not across or len(set(across) & set(down)) < max(2, len(across) // 2):
        return raw
    if sorted(across) != sorted(down):
        odd = ", ".join(sorted(set(across) ^ set(down))[:5])
        raise InputError([Problem("minutes.not_square", raw.file, raw.header_row, found=odd)])
    links = RawTable(raw.name, raw.file, raw.header_row, ["from_node", "to_node", "minutes"])
    links.problems = list(raw.problems)
    for number, cells in raw.rows:
        for target, cell in zip(across, cells[1:], strict=False):
            if not is_blank(cell):
                links.rows.append((number, [cells[0], target, cell]))
    return links
