"""The ``hazard:`` section of several dangers at once 复合灾害: a flood with slides, and so on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, model_validator
from pydantic.fields import FieldInfo

from sim.schema.base import Frozen
from sim.schema.hazard import Ensemble, Forecasts, Storm
from sim.schema.hazard_basin import Hyetograph
from sim.schema.hazard_detection import WatcherSpec
from sim.schema.hazard_single import SingleHazard

Single = Annotated[SingleHazard, Field(discriminator="kind")]
MODELS = {
    get_args(model.model_fields["kind"].annotation)[0]: model for model in get_args(SingleHazard)
}
SHARED = ("step_min", "ensemble", "forecasts")
"""What all parts take from the whole."""


class CompoundSpec(Frozen):
    """Several dangers of one ensemble 复合灾害: one member has them all, and the same rain.

    Members, time step, forecasts and rain are stated once and hold in every part that has such a
    key; nothing else ties the parts together. The first part is the one that reports name first.
    """

    kind: Literal["compound"]
    step_min: Literal[5, 10, 15, 20, 30] = Field(10, description="时间步 分钟 | step")
    ensemble: Ensemble = Ensemble()
    rain: Storm | Hyetograph | None = Field(
        None, description="共同的雨；空=各写各的 | rain of all parts; empty: each its own"
    )
    forecasts: Forecasts = Forecasts()
    parts: tuple[Single, ...] = Field(
        min_length=2, max_length=6, description="各灾种，主灾在前 | kinds, the main one first"
    )

    @model_validator(mode="before")
    @classmethod
    def _handed_down(cls, raw: Any) -> Any:
        """Parts take what they leave out; what they state themselves is compared below."""
        if not isinstance(raw, Mapping) or not isinstance(raw.get("parts"), (list, tuple)):
            return raw
        whole = {name: raw.get(name, cls.model_fields[name].get_default()) for name in SHARED}
        parts = [_with(part, whole, raw.get("rain")) for part in raw["parts"]]
        return {**raw, "parts": parts}

    @model_validator(mode="after")
    def _one_ensemble(self) -> CompoundSpec:
        for part in self.parts:
            for name in SHARED:
                if getattr(part, name, getattr(self, name)) != getattr(self, name):
                    raise ValueError(f"'{name}' belongs to the whole, not to a part")
        return self

    @property
    def watchers(self) -> tuple[WatcherSpec, ...]:
        """The watchers of all parts."""
        return tuple(one for part in self.parts for one in getattr(part, "watchers", ()))

    @property
    def BLOWS(self) -> bool:  # noqa: N802 - asked of every kind by this name
        """Whether a part has gusts on which plans may act."""
        return any(getattr(part, "BLOWS", False) for part in self.parts)

    @property
    def announced(self) -> frozenset[str]:
        """Areas that any part announces."""
        return frozenset().union(*(getattr(part, "announced", ()) for part in self.parts))


def _with(part: Any, whole: Mapping[str, Any], rain: Any) -> Any:
    """A part with the keys it shares and does not state."""
    if not isinstance(part, Mapping) or part.get("kind") not in MODELS:
        return part
    fields = MODELS[part["kind"]].model_fields
    missing = {name: value for name, value in whole.items() if name in fields}
    if rain is not None:
        missing |= {name: rain for name, field in fields.items() if _takes_rain(field)}
    return missing | dict(part)


def _takes_rain(field: FieldInfo) -> bool:
    return field.annotation is Storm or Storm in get_args(field.annotation)
