"""The kinds of distribution a planner may name after ``dist:``, with the rules each must keep."""

from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from sim.schema.base import Frozen

Level = Literal["replication", "zone", "entity"]

LARGEST = 1e7
"""No parameter may be larger (minutes: nineteen years); beyond it stands a slip of units."""


def refuse(code: str, field: str, found: object, allowed: str) -> PydanticCustomError:
    """An error a planner understands: which field, what stands there, what may."""
    context: dict[str, Any] = {"field": field, "found": found, "allowed": allowed}
    return PydanticCustomError(
        f"distribution.{code}",
        "{field}: {found}, allowed {allowed}",
        context,
    )


def _no_truth_value(value: object) -> object:
    """YAML's true is the number 1 to pydantic; here it is a slip."""
    if isinstance(value, bool):
        raise refuse("not_a_number", "value", value, "number")
    return value


Finite = Annotated[
    float,
    Field(allow_inf_nan=False, ge=-LARGEST, le=LARGEST),
    BeforeValidator(_no_truth_value),
]
Positive = Annotated[Finite, Field(ge=1e-9)]


class Spec(Frozen):
    """What all distributions share."""

    per: Level = "entity"
    shared_p90_factor: Annotated[Finite, Field(ge=1, le=5)] | None = None


class Constant(Spec):
    """Always the same value; what a plain number means."""

    dist: Literal["constant"] = "constant"
    value: Finite


class Lognormal(Spec):
    """Skewed to the right: half below ``median``, nine in ten below ``p90``."""

    dist: Literal["lognormal"] = "lognormal"
    median: Positive
    p90: Positive

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.p90 <= self.median:
            raise refuse("p90_not_above_median", "p90", self.p90, f"> {self.median}")
        return self


class Triangular(Spec):
    """From ``low`` to ``high`` with the peak at ``mode``."""

    dist: Literal["triangular"] = "triangular"
    low: Finite
    mode: Finite
    high: Finite

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.mode <= self.high:
            raise refuse("mode_outside", "mode", self.mode, f"{self.low} … {self.high}")
        return self


class Uniform(Spec):
    """Any value between ``low`` and ``high``, all equally likely."""

    dist: Literal["uniform"] = "uniform"
    low: Finite
    high: Finite

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise refuse("low_above_high", "low", self.low, f"≤ {self.high}")
        return self


class Exponential(Spec):
    """Waiting time without memory."""

    dist: Literal["exponential"] = "exponential"
    mean: Positive


class Rayleigh(Spec):
    """Departure curve of LifeSim and RiMEA: median 1.177 ``sigma``, P90 2.146 ``sigma``."""

    dist: Literal["rayleigh"] = "rayleigh"
    sigma: Positive


class WeibullCdf(Spec):
    """Share departed by minute t is 1 − exp(−a t^b), the form evacuation surveys publish."""

    dist: Literal["weibull_cdf"] = "weibull_cdf"
    a: Annotated[Finite, Field(ge=1e-30)]
    b: Annotated[Positive, Field(ge=0.1, le=100)]


class Normal(Spec):
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
            raise refuse("cut_keeps_nothing", "low", self.low, f"≤ {self.mean + 4 * self.sd}")
        if self.high is not None and self.high < self.mean - 4 * self.sd:
            raise refuse("cut_keeps_nothing", "high", self.high, f"≥ {self.mean - 4 * self.sd}")
        if self.low is not None and self.high is not None and self.high - self.low < self.sd / 100:
            raise refuse("low_above_high", "low", self.low, f"≤ {self.high} − sd/100")
        return self


class Beta(Spec):
    """A share between 0 and 1 with mean a / (a + b)."""

    dist: Literal["beta"] = "beta"
    a: Annotated[Positive, Field(ge=0.01, le=1e4)]
    b: Annotated[Positive, Field(ge=0.01, le=1e4)]


class Poisson(Spec):
    """A count of independent events with this mean."""

    dist: Literal["poisson"] = "poisson"
    mean: Annotated[Positive, Field(le=500)]


class Empirical(Spec):
    """One of the observed ``values``, with ``weights`` (equal when left out); no in-between."""

    dist: Literal["empirical"] = "empirical"
    values: tuple[Finite, ...] = Field(min_length=1, max_length=10_000)
    weights: tuple[Annotated[Finite, Field(ge=0)], ...] | None = None

    @model_validator(mode="after")
    def _weighted(self) -> Self:
        if self.weights is None:
            return self
        if len(self.weights) != len(self.values):
            raise refuse("lengths_differ", "weights", len(self.weights), f"{len(self.values)}")
        if sum(self.weights) <= 0:
            raise refuse("shares_sum", "weights", sum(self.weights), "> 0")
        return self


class Table(Spec):
    """A planner's own departure curve: ``shares[i]`` have gone by minute ``times[i]``, straight
    lines between; the last share is 1, a first share above 0 leaves at once at ``times[0]``."""

    dist: Literal["table"] = "table"
    times: tuple[Finite, ...] = Field(min_length=2, max_length=10_000)
    shares: tuple[Annotated[Finite, Field(ge=0, le=1)], ...]

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if len(self.shares) != len(self.times):
            raise refuse("lengths_differ", "shares", len(self.shares), f"{len(self.times)}")
        for name, steps in (("times", self.times), ("shares", self.shares)):
            for earlier, later in pairwise(steps):
                if later < earlier or (name == "times" and later == earlier):
                    raise refuse("not_rising", name, later, f"> {earlier}")
        if abs(self.shares[-1] - 1.0) > 1e-9:
            raise refuse("shares_sum", "shares", self.shares[-1], "1")
        return self
