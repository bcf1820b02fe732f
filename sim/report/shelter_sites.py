"""Which shelters to open: the answer as sentences, tables and JSON."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table as Grid

from sim.optimize.shelters import ShelterSites, VillageCover
from sim.report.table import Cell, Column, Form, Table, both
from sim.texts.labels import CHOICES
from sim.texts.report import Lang
from sim.texts.shelter_sites import SITES, sites
from sim.world import World

MAP_LACKS = ("map", "wet", "cut")
"""What no opening of candidates can mend."""


def print_sites(found: ShelterSites, world: World, console: Console, lang: Lang, most: int) -> None:
    """The answer in a terminal; ``most`` rows of every table."""
    console.print(sites("title", lang, plan=_plan_name(found, world, lang)), style="bold")
    for line in sentences(found, lang):
        console.print(line)
    curve, villages = tables(found, world)
    console.print(grid(curve, lang, most))
    left = [row for row in found.villages if not row.sure]
    values = {"all": len(found.villages), "sure": len(found.villages) - len(left)}
    console.print(sites("villages", lang, left=len(left), **values))
    if left:
        console.print(grid(villages, lang, most))
    console.print(sites("note", lang), style="dim")


def sentences(found: ShelterSites, lang: Lang) -> list[str]:
    """How it was worked out, and the answer."""
    limits = found.question.limits
    lines = [
        sites(
            "how", lang, members=found.n_members, hit=found.n_hit, lead=f"{limits.lead_min:g}",
            walk=f"{limits.walk_min:g}", ride=f"{limits.ride_min:g}",
            persons=f"{found.persons:,.0f}",
        )
    ]  # fmt: skip
    if found.kept:
        share = _percent(found.kept_share)
        lines.append(sites("kept", lang, n=len(found.kept), share=share))
    lines.append(
        sites(
            "answer", lang, n=len(found.chosen), share=_percent(found.share),
            bound=_percent(found.bound), plan_share=_percent(found.plan_share),
            all_share=_percent(found.all_share), map=_percent(found.on_map_share),
        )
    )  # fmt: skip
    without = sum(row.lack_all in MAP_LACKS for row in found.villages)
    lines.append(sites("fewest", lang, n=found.fewest, villages=without))
    return lines


def tables(found: ShelterSites, world: World) -> tuple[Table, Table]:
    """Order of opening, and the settlements that are not covered in every member."""
    return _curve(found, world), _villages(found, world)


def _curve(found: ShelterSites, world: World) -> Table:
    columns = (
        _column("order", "count"), _column("id"), _column("name"), _column("township"),
        _column("kind"), _column("capacity", "count", "persons"),
        _column("more", "count", "persons"), _column("share", "share"), _column("bound", "share"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    before = found.kept_share
    for k, step in enumerate(found.curve, start=1):
        row = world.shelters[step.site]
        more = round((step.share - before) * found.persons)
        kind = both(CHOICES[row.kind])
        rows.append((k, row.id, row.name, row.township, kind, row.capacity, more, step.share,
                     step.bound))  # fmt: skip
        before = step.share
    return Table("shelter_order", both(SITES["table.curve"]), columns, tuple(rows))


def _villages(found: ShelterSites, world: World) -> Table:
    columns = (
        _column("id"), _column("name"), _column("township"),
        _column("persons", "count", "persons"), _column("hit", "share"),
        _column("placed", "share"), _column("lack"), _column("lack_all"),
    )  # fmt: skip
    rows = [_village(row, world) for row in found.villages if not row.sure]
    return Table("not_covered", both(SITES["table.villages"]), columns, tuple(rows))


def _village(row: VillageCover, world: World) -> tuple[Cell, ...]:
    home = world.homes.rows[row.home]
    return (
        home.id, home.name, _township(row, world), row.persons, row.hit_share, row.placed_share,
        both(SITES[f"lack.{row.lack}"]), both(SITES[f"lack.{row.lack_all}"]),
    )  # fmt: skip


def _township(row: VillageCover, world: World) -> str:
    return world.zones.rows[int(world.homes.zone[row.home])].township


def _column(key: str, form: Form = "text", unit: str = "") -> Column:
    return Column(both(SITES[f"column.{key}"]), unit, form, key=key)


def grid(table: Table, lang: Lang, most: int) -> Grid:
    """A table for the terminal, its first rows."""
    shown = Grid(title=table.title[lang], title_justify="left")
    for column, head in zip(table.columns, table.heads(lang), strict=True):
        shown.add_column(head, justify="left" if column.form == "text" else "right")
    for k, texts in enumerate(table.texts(lang)):
        if k < most:
            shown.add_row(*texts)
    return shown


def as_document(found: ShelterSites, world: World) -> dict[str, Any]:
    """The answer as JSON; shares are of the people who must leave and need a place."""
    question = found.question
    return {
        "plan": found.plan_id,
        "sentences": {"zh": sentences(found, "zh"), "en": sentences(found, "en")},
        "n": question.n,
        "limits": {
            "walk_min": question.limits.walk_min,
            "ride_min": question.limits.ride_min,
            "lead_min": question.limits.lead_min,
        },
        "members": found.n_members,
        "members_hit": found.n_hit,
        "persons_mean": round(found.persons, 1),
        "chosen": [world.shelters[site].id for site in found.chosen],
        "kept": [world.shelters[site].id for site in found.kept],
        "candidates": len(found.candidates),
        "share": round(found.share, 6),
        "bound": round(found.bound, 6),
        "gap": round(found.bound - found.share, 6),
        "share_kept": round(found.kept_share, 6),
        "share_plan": round(found.plan_share, 6),
        "share_all": round(found.all_share, 6),
        "share_on_map": round(found.on_map_share, 6),
        "fewest_for_every_village": found.fewest,
        "fewest_sites": [world.shelters[site].id for site in found.fewest_sites],
        "curve": [
            {"shelter": world.shelters[step.site].id, "share": round(step.share, 6),
             "bound": round(step.bound, 6)}
            for step in found.curve
        ],
        "settlements": [
            {"id": world.homes.rows[row.home].id, "persons": row.persons, "sure": row.sure,
             "hit_share": round(row.hit_share, 6), "placed_share": round(row.placed_share, 6),
             "lack": row.lack, "lack_all": row.lack_all}
            for row in found.villages
        ],
    }  # fmt: skip


def _plan_name(found: ShelterSites, world: World, lang: Lang) -> str:
    return world.folder.plans[found.plan_id].name.text(lang)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"
