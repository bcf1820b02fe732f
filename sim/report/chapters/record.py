"""七、八: crosswalk to official counts; seed, hashes and versions, so that anyone can repeat it."""

from __future__ import annotations

from sim.report.blocks import Block, Grid, Heading, Text
from sim.report.book import Book
from sim.texts.book import book_text
from sim.texts.report import Lang, say

CROSSWALK: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("avoid", ("moved_by_bus", "moved_by_ambulance", "moved_by_car", "moved_on_foot")),
    ("central", ("sheltered",)),
    ("scattered", ("with_relatives",)),
    ("relief", ()),
    ("in_place", ("safe_in_place",)),
    ("rescued", ("moved_by_boat", "moved_by_team")),
)
"""Official count and the measures whose sum stands nearest to it."""


def crosswalk_chapter(book: Book, lang: Lang) -> list[Block]:
    """Our states beside the counts that bureaus report."""
    measures = book.score(book.best).measures
    rows = []
    for key, names in CROSSWALK:
        means = [found.mean for name in names if (found := measures.get(name)) is not None]
        known = [mean for mean in means if mean is not None]
        value = f"{sum(known):,.0f}" if known else say("word.unknown", lang)
        official, ours, differs = (
            book_text(f"cross.{key}{part}", lang) for part in ("", "_ours", "_differs")
        )
        rows.append((official, ours, value, differs))
    plan = book.name(book.best, lang)
    heads = tuple(
        book_text(f"head.{key}", lang, plan=plan)
        for key in ("official", "ours", "value", "differs")
    )
    return [
        Heading(1, book_text("ch.crosswalk", lang)),
        Text(book_text("cross.how", lang)),
        Grid(
            book_text("ch.crosswalk", lang),
            heads,
            tuple(rows),
            forms=("text", "text", "count", "text"),
            widths=(2.6, 3.2, 1.8, 4),
        ),
    ]


def record_chapter(book: Book, lang: Lang) -> list[Block]:
    """Everything needed to repeat the run and to tell whether it is the same one."""
    document, scored = book.document, book.scored
    scenario, versions = document["scenario"], document["versions"]
    libraries = {k: v for k, v in versions.items() if k not in ("yuyan", "code")}
    items = [
        ("scenario", f"{scenario['id']}（{book.title(lang)}）"),
        ("seed", str(document["seed"])),
        ("replications", f"{scored.n}/{scored.wanted}"),
        ("input", scenario["input_hash"]),
        ("log", document["log_sha256"] or say("word.unknown", lang)),
        ("version", versions["yuyan"]),
        ("code", versions.get("code", "")),
        ("created", document["created"]),
        ("libraries", "、".join(f"{k} {v}" for k, v in libraries.items())),
    ]
    rows = [(book_text(f"record.{key}", lang), str(value)) for key, value in items]
    for plan, score in scored.scores.items():
        name = book.name(plan, lang)
        rows.append((book_text("record.log_of", lang, plan=name), score.log_sha256))
        unknown = say("word.unknown", lang)
        kept = [unknown if k is None else str(k) for k in (score.median, score.worst)]
        rows.append((book_text("record.kept", lang, plan=name), " / ".join(kept)))
    heads = tuple(book_text(f"head.{key}", lang) for key in ("item", "content"))
    other = [] if book.same_program else [Text(book_text("record.other_program", lang), "doubt")]
    files = tuple((name, str(digest)[:16]) for name, digest in document["inputs"].items())
    return [
        Heading(1, book_text("ch.record", lang)),
        Text(book_text("record.how", lang)),
        *other,
        Grid(book_text("ch.record", lang), heads, tuple(rows), widths=(3, 7)),
        Grid(
            book_text("record.files", lang),
            tuple(book_text(f"head.{key}", lang) for key in ("file", "hash")),
            files,
            widths=(5, 5),
        ),
    ]
