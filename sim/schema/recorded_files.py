"""Files with a recorded quantity over time, whatever it is: rasters, polygons, tables of places."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from sim.clock import next_clock_time
from sim.schema.base import Frozen


def _clock(text: str) -> str:
    next_clock_time(datetime(2000, 1, 1), text)
    return text


Clock = Annotated[str, Field(pattern=r"^(\+\d+ )?\d{1,2}:\d{2}$"), AfterValidator(_clock)]
"""A clock time as text: ``"20:30"``, or ``"+1 03:00"`` for the following day."""


class SeriesLayer(Frozen):
    """One raster of a series."""

    file: str = Field(description="栅格 | raster")
    at_min: int = Field(ge=0, le=100_000, description="距起算时刻 分钟 | minutes from starts_at")


class SeriesFiles(Frozen):
    """Rasters at given times; between them the values are interpolated."""

    form: Literal["series"]
    layers: tuple[SeriesLayer, ...] = Field(min_length=1, max_length=500)
    nodata_is_dry: bool = Field(True, description="无数据视为没有 | no data means none")
    starts_at: Clock = Field(description="起算时刻 | clock time of minute 0")

    @model_validator(mode="after")
    def _ascending(self) -> SeriesFiles:
        times = [layer.at_min for layer in self.layers]
        if times != sorted(set(times)):
            raise ValueError("layers must ascend in at_min without repeats")
        return self


class BandsFile(Frozen):
    """One file with a raster per time: bands of a GeoTIFF, or a NetCDF variable."""

    form: Literal["bands"]
    file: str = Field(description="过程栅格 .tif 或 .nc | raster with a band per time")
    variable: str = Field("", description="NetCDF 变量名；只有一个时可空 | variable of a NetCDF")
    nodata_is_dry: bool = Field(True, description="无数据视为没有 | no data means none")
    first_min: int = Field(
        0, ge=0, le=100_000, description="第一层距起算时刻 分钟 | first band, min from starts_at"
    )
    every_min: int = Field(
        0,
        ge=0,
        le=10_000,
        description="每层间隔 分钟；0=用 NetCDF 的时间 | 0: the file's own times",
    )
    starts_at: Clock = Field(description="起算时刻 | clock time of minute 0")


class PolygonsFile(Frozen):
    """Polygons with a value and the minutes between which it holds."""

    form: Literal["polygons"]
    file: str = Field(description="范围 | .geojson, .gpkg or .shp")
    from_field: str = Field("from_min", description="开始字段 | column: holds from, min")
    to_field: str = Field("to_min", description="结束字段，可缺 | column: holds until, optional")
    starts_at: Clock = Field(description="起算时刻 | clock time of minute 0")


class PlacesFile(Frozen):
    """A table of values at places: columns place, minute and the value."""

    form: Literal["places"]
    file: str = Field(description="村点过程 CSV | table: place, minute and the value")
    edge_reach_m: float = Field(
        300,
        ge=0,
        le=5000,
        description="道路取此距离内最近点 m | roads take the nearest place within",
    )
    starts_at: Clock = Field(description="起算时刻 | clock time of minute 0")
