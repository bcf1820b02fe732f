"""All disaster kinds a scenario may name in its ``hazard:`` section, told apart by ``kind``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field

from sim.schema.hazard import NoHazardSpec, Watercourse
from sim.schema.hazard_basin import BasinStream
from sim.schema.hazard_compound import CompoundSpec
from sim.schema.hazard_single import SingleHazard

HazardSpec = Annotated[SingleHazard | CompoundSpec | NoHazardSpec, Field(discriminator="kind")]


def watercourses(spec: Any) -> Iterator[Watercourse | BasinStream]:
    """Rivers and streams of a hazard, with those of its parts and of what it drives."""
    yield from getattr(spec, "rivers", ())
    yield from getattr(spec, "streams", ())
    driven = getattr(spec, "flood", None)
    for part in (*getattr(spec, "parts", ()), *(() if driven is None else (driven,))):
        yield from watercourses(part)
