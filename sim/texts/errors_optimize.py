"""Sentences of the optimisers: code → (Chinese, English)."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "optimize.nobody_leaves": (
        "没有哪种灾情会断路或进水，或没有人须集中安置，无从选址",
        "nothing is cut off or under water in any member, or nobody needs a place: "
        "there is nothing to choose",
    ),
}
