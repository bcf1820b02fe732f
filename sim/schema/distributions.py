"""How a planner writes an uncertain duration, share or number: a plain number or a distribution.

``{dist: lognormal, median: 20, p90: 60, per: entity, shared_p90_factor: 1.5}``

``per`` says at which level one value is drawn: for the whole replication, for each zone, or for
each entity (household, vehicle, team; the default). ``shared_p90_factor`` adds a doubt common to
all entities of a replication: a lognormal factor with median 1 and this P90. Without it 20,000
independent households would average the planner's doubt away.

Errors carry types ``distribution.*`` with ``field``, ``found`` and ``allowed`` in their context.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    model_validator,
)

from sim.schema.base import Frozen
from sim.schema.distribution_kinds import (
    LARGEST,
    Beta,
    Constant,
    Empirical,
    Exponential,
    Finite,
    Level,
    Lognormal,
    Normal,
    Poisson,
    Rayleigh,
    Spec,
    Table,
    Triangular,
    Uniform,
    WeibullCdf,
    refuse,
)

__all__ = [
    "KINDS",
    "LARGEST",
    "PLACES",
    "AnyDistribution",
    "Beta",
    "Constant",
    "DurationMin",
    "Empirical",
    "Exponential",
    "Level",
    "Lognormal",
    "Mixture",
    "Normal",
    "Number",
    "Part",
    "Poisson",
    "Rayleigh",
    "Share",
    "Table",
    "Triangular",
    "Uniform",
    "WeibullCdf",
    "constant",
]


def _kind(value: object) -> str | None:
    """Which distribution a raw value or a ready model means."""
    if isinstance(value, dict):
        return str(value.get("dist")) if "dist" in value else None
    return str(getattr(value, "dist", "constant"))


def _plain_number(value: object) -> object:
    """A plain number, also one that came as text from a table cell, is a constant."""
    if isinstance(value, (int, float, str)):
        return {"dist": "constant", "value": value}
    return value


KINDS = (
    "lognormal", "triangular", "uniform", "exponential", "rayleigh", "weibull_cdf", "normal",
    "beta", "poisson", "empirical", "table", "mixture",
)  # fmt: skip
"""Names a planner may write after ``dist:``."""

_Simple = (
    Annotated[Constant, Tag("constant")]
    | Annotated[Lognormal, Tag("lognormal")]
    | Annotated[Triangular, Tag("triangular")]
    | Annotated[Uniform, Tag("uniform")]
    | Annotated[Exponential, Tag("exponential")]
    | Annotated[Rayleigh, Tag("rayleigh")]
    | Annotated[WeibullCdf, Tag("weibull_cdf")]
    | Annotated[Normal, Tag("normal")]
    | Annotated[Beta, Tag("beta")]
    | Annotated[Poisson, Tag("poisson")]
    | Annotated[Empirical, Tag("empirical")]
    | Annotated[Table, Tag("table")]
)


def _by_kind(kinds: tuple[str, ...]) -> Discriminator:
    return Discriminator(
        _kind,
        custom_error_type="distribution.unknown_kind",
        custom_error_message="dist must be one of {allowed}",
        custom_error_context={"field": "dist", "allowed": ", ".join(kinds)},
    )


class Part(Frozen):
    """One part of a mixture: ``share`` of the draws come from ``of``."""

    share: Annotated[Finite, Field(ge=0, le=1)]
    of: Annotated[_Simple, _by_kind(KINDS[:-1]), BeforeValidator(_plain_number)]

    @model_validator(mode="after")
    def _plain(self) -> Self:
        if self.of.per != "entity" or self.of.shared_p90_factor is not None:
            raise refuse("level_inside_mixture", "of", self.of.per, "on the mixture itself")
        return self


class Mixture(Spec):
    """Several kinds in one population, e.g. 0.85 quick and 0.15 slow households."""

    dist: Literal["mixture"] = "mixture"
    parts: tuple[Part, ...] = Field(min_length=1, max_length=50)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        total = sum(part.share for part in self.parts)
        if abs(total - 1.0) > 1e-9:
            raise refuse("shares_sum", "parts", total, "1")
        return self


AnyDistribution = (
    Constant | Lognormal | Triangular | Uniform | Exponential | Rayleigh | WeibullCdf | Normal
    | Beta | Poisson | Empirical | Table | Mixture
)  # fmt: skip

_Any = Annotated[
    _Simple | Annotated[Mixture, Tag("mixture")], _by_kind(KINDS), BeforeValidator(_plain_number)
]

PLACES: dict[str, tuple[str, ...]] = {
    "constant": ("value",),
    "lognormal": ("median", "p90"),
    "triangular": ("low", "mode", "high"),
    "uniform": ("low", "high"),
    "exponential": ("mean",),
    "rayleigh": ("sigma",),
    "normal": ("mean", "low", "high"),
    "poisson": ("mean",),
    "empirical": ("values",),
    "table": ("times",),
}
"""Parameters of each kind that are values of the quantity itself."""


def _parts(spec: AnyDistribution) -> tuple[AnyDistribution, ...]:
    return tuple(part.of for part in spec.parts) if isinstance(spec, Mixture) else (spec,)


def _values(spec: AnyDistribution) -> Iterator[tuple[str, float]]:
    """Every parameter that is itself a value of the quantity."""
    for name in PLACES.get(spec.dist, ()):
        found = getattr(spec, name)
        if found is not None:
            yield from ((name, value) for value in (found if isinstance(found, tuple) else [found]))


def _only(spec: AnyDistribution, refused: tuple[str, ...], low: float, high: float) -> None:
    for part in _parts(spec):
        if part.dist in refused:
            raise refuse("kind_does_not_fit", "dist", part.dist, f"not {', '.join(refused)}")
        for name, value in _values(part):
            if not low <= value <= high:
                allowed = f"{low:g} … {high:g}" if high < LARGEST else f"≥ {low:g}"
                raise refuse("out_of_range", name, value, allowed)


def _fits_duration(spec: AnyDistribution) -> AnyDistribution:
    _only(spec, ("beta", "poisson"), 0.0, LARGEST)
    return spec


def _fits_share(spec: AnyDistribution) -> AnyDistribution:
    refused = ("lognormal", "exponential", "rayleigh", "weibull_cdf", "poisson", "table")
    _only(spec, refused, 0.0, 1.0)
    return spec


def _fits_number(spec: AnyDistribution) -> AnyDistribution:
    _only(spec, ("table",), -LARGEST, LARGEST)
    return spec


DurationMin = Annotated[_Any, AfterValidator(_fits_duration)]
"""Field type of a duration in minutes, never negative."""

Share = Annotated[_Any, AfterValidator(_fits_share)]
"""Field type of a share between 0 and 1."""

Number = Annotated[_Any, AfterValidator(_fits_number)]
"""Field type of any other uncertain number (speed, level, count, factor)."""


def constant(value: float) -> Constant:
    """A default written in a model: ``prepare_min: DurationMin = constant(20)``."""
    return Constant(value=value)
