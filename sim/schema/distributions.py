"""How a planner writes an uncertain duration, share or number: a plain number or a distribution.

``{dist: lognormal, median: 20, p90: 60, per: entity, shared_p90_factor: 1.5}``

``per`` says at which level one value is drawn: for the whole replication, for each zone, or for
each entity (household, vehicle, team; the default). ``shared_p90_factor`` adds a doubt common to
all entities of a replication: a lognormal factor with median 1 and this P90. Without it 20,000
independent households would average the planner's doubt away.

Errors carry types ``distribution.*`` with ``field``, ``found`` and ``allowed`` in their context.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from sim.schema.base import Frozen

Level = Literal["replication", "zone", "entity"]

LARGEST = 1e7
"""No parameter may be larger (minutes: nineteen years); beyond it stands a slip of units."""


def _refuse(code: str, field: str, found: object, allowed: str) -> PydanticCustomError:
    context: dict[str, Any] = {"field": field, "found": found, "allowed": allowed}
    return PydanticCustomError(
        f"distribution.{code}",
        "{field}: {found}, allowed {allowed}",
        context,
    )


def _no_truth_value(value: object) -> object:
    """YAML's true is the number 1 to pydantic; here it is a slip."""
    if isinstance(value, bool):
        raise _refuse("not_a_number", "value", value, "number")
    return value


Finite = Annotated[
    float,
    Field(allow_inf_nan=False, ge=-LARGEST, le=LARGEST),
    BeforeValidator(_no_truth_value),
]
Positive = Annotated[Finite, Field(ge=1e-9)]


class _Spec(Frozen):
    """What all distributions share."""

    per: Level = "entity"
    shared_p90_factor: Annotated[Finite, Field(ge=1, le=5)] | None = None


class Constant(_Spec):
    """Always the same value; what a plain number means."""

    dist: Literal["constant"] = "constant"
    value: Finite


class Lognormal(_Spec):
    """Skewed to the right: half below ``median``, nine in ten below ``p90``."""

    dist: Literal["lognormal"] = "lognormal"
    median: Positive
    p90: Positive

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.p90 <= self.median:
            raise _refuse("p90_not_above_median", "p90", self.p90, f"> {self.median}")
        return self


class Triangular(_Spec):
    """From ``low`` to ``high`` with the peak at ``mode``."""

    dist: Literal["triangular"] = "triangular"
    low: Finite
    mode: Finite
    high: Finite

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.mode <= self.high:
            raise _refuse("mode_outside", "mode", self.mode, f"{self.low} … {self.high}")
        return self


class Uniform(_Spec):
    """Any value between ``low`` and ``high``, all equally likely."""

    dist: Literal["uniform"] = "uniform"
    low: Finite
    high: Finite

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise _refuse("low_above_high", "low", self.low, f"≤ {self.high}")
        return self


class Exponential(_Spec):
    """Waiting time without memory."""

    dist: Literal["exponential"] = "exponential"
    mean: Positive


class Rayleigh(_Spec):
    """Departure curve of LifeSim and RiMEA: median 1.177 ``sigma``, P90 2.146 ``sigma``."""

    dist: Literal["rayleigh"] = "rayleigh"
    sigma: Positive


class WeibullCdf(_Spec):
    """Share departed by minute t is 1 − exp(−a t^b), the form evacuation surveys publish."""

    dist: Literal["weibull_cdf"] = "weibull_cdf"
    a: Annotated[Finite, Field(ge=1e-30)]
    b: Annotated[Positive, Field(ge=0.1, le=100)]


class Normal(_Spec):
    """Normal, cut off (not heaped up) at ``low`` and ``high`` where given, and at the limits of
    the quantity: a duration is never below 0, a share never outside 0 … 1."""

    dist: Literal["normal"] = "normal"
    mean: Finite
    sd: Positive
    low: Finite | None = None
    high: Finite | None = None

    @model_validator(mode="after")
    def _keeps_something(self) -> Self:
        if self.low is not None and self.low > self.mean + 4 * self.sd:
            raise _refuse("cut_keeps_nothing", "low", self.low, f"≤ {self.mean + 4 * self.sd}")
        if self.high is not None and self.high < self.mean - 4 * self.sd:
            raise _refuse("cut_keeps_nothing", "high", self.high, f"≥ {self.mean - 4 * self.sd}")
        if self.low is not None and self.high is not None and self.high - self.low < self.sd / 100:
            raise _refuse("low_above_high", "low", self.low, f"≤ {self.high} − sd/100")
        return self


class Beta(_Spec):
    """A share between 0 and 1 with mean a / (a + b)."""

    dist: Literal["beta"] = "beta"
    a: Annotated[Positive, Field(ge=0.01, le=1e4)]
    b: Annotated[Positive, Field(ge=0.01, le=1e4)]


class Poisson(_Spec):
    """A count of independent events with this mean."""

    dist: Literal["poisson"] = "poisson"
    mean: Annotated[Positive, Field(le=500)]


class Empirical(_Spec):
    """One of the observed ``values``, with ``weights`` (equal when left out); no in-between."""

    dist: Literal["empirical"] = "empirical"
    values: tuple[Finite, ...] = Field(min_length=1, max_length=10_000)
    weights: tuple[Annotated[Finite, Field(ge=0)], ...] | None = None

    @model_validator(mode="after")
    def _weighted(self) -> Self:
        if self.weights is None:
            return self
        if len(self.weights) != len(self.values):
            raise _refuse("lengths_differ", "weights", len(self.weights), f"{len(self.values)}")
        if sum(self.weights) <= 0:
            raise _refuse("shares_sum", "weights", sum(self.weights), "> 0")
        return self


class Table(_Spec):
    """A planner's own departure curve: ``shares[i]`` have gone by minute ``times[i]``, straight
    lines between; the last share is 1, a first share above 0 leaves at once at ``times[0]``."""

    dist: Literal["table"] = "table"
    times: tuple[Finite, ...] = Field(min_length=2, max_length=10_000)
    shares: tuple[Annotated[Finite, Field(ge=0, le=1)], ...]

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if len(self.shares) != len(self.times):
            raise _refuse("lengths_differ", "shares", len(self.shares), f"{len(self.times)}")
        for name, steps in (("times", self.times), ("shares", self.shares)):
            for earlier, later in pairwise(steps):
                if later < earlier or (name == "times" and later == earlier):
                    raise _refuse("not_rising", name, later, f"> {earlier}")
        if abs(self.shares[-1] - 1.0) > 1e-9:
            raise _refuse("shares_sum", "shares", self.shares[-1], "1")
        return self


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
            raise _refuse("level_inside_mixture", "of", self.of.per, "on the mixture itself")
        return self


class Mixture(_Spec):
    """Several kinds in one population, e.g. 0.85 quick and 0.15 slow households."""

    dist: Literal["mixture"] = "mixture"
    parts: tuple[Part, ...] = Field(min_length=1, max_length=50)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        total = sum(part.share for part in self.parts)
        if abs(total - 1.0) > 1e-9:
            raise _refuse("shares_sum", "parts", total, "1")
        return self


AnyDistribution = (
    Constant | Lognormal | Triangular | Uniform | Exponential | Rayleigh | WeibullCdf | Normal
    | Beta | Poisson | Empirical | Table | Mixture
)  # fmt: skip

_Any = Annotated[
    _Simple | Annotated[Mixture, Tag("mixture")], _by_kind(KINDS), BeforeValidator(_plain_number)
]

_PLACES: dict[str, tuple[str, ...]] = {
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


def _parts(spec: AnyDistribution) -> tuple[AnyDistribution, ...]:
    return tuple(part.of for part in spec.parts) if isinstance(spec, Mixture) else (spec,)


def _values(spec: AnyDistribution) -> Iterator[tuple[str, float]]:
    """Every parameter that is itself a value of the quantity."""
    for name in _PLACES.get(spec.dist, ()):
        found = getattr(spec, name)
        if found is not None:
            yield from ((name, value) for value in (found if isinstance(found, tuple) else [found]))


def _only(spec: AnyDistribution, refused: tuple[str, ...], low: float, high: float) -> None:
    for part in _parts(spec):
        if part.dist in refused:
            raise _refuse("kind_does_not_fit", "dist", part.dist, f"not {', '.join(refused)}")
        for name, value in _values(part):
            if not low <= value <= high:
                allowed = f"{low:g} … {high:g}" if high < LARGEST else f"≥ {low:g}"
                raise _refuse("out_of_range", name, value, allowed)


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
