"""All disaster kinds a scenario may name in its ``hazard:`` section, told apart by ``kind``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.schema.hazard import NoHazardSpec
from sim.schema.hazard_compound import CompoundSpec
from sim.schema.hazard_single import SingleHazard

HazardSpec = Annotated[SingleHazard | CompoundSpec | NoHazardSpec, Field(discriminator="kind")]
