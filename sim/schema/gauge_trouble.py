"""What may be wrong with a gauge: columns of ``gauges.csv``. Empty: it shows the truth at once."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from sim.schema.base import Row


class GaugeTrouble(Row):
    """How a gauge reports 报汛: at which intervals, how late, how often not at all or wrongly."""

    reads_every_min: int = Field(
        0, ge=0, le=1440, description="报汛间隔 分钟；0=随时 | reads every, min; 0: always"
    )
    delay_min: float = Field(
        0, ge=0, le=1440, description="传输时延中位 分钟 | reading to duty desk, median, min"
    )
    delay_p90_min: float | None = Field(
        None, ge=0, le=2880, description="传输时延 P90 分钟；空=不变 | its P90; empty: constant"
    )
    fails_per_day: float = Field(
        0, ge=0, le=24, description="平均每天中断次数 | silent so often a day, mean"
    )
    repair_h: float = Field(
        2, gt=0, le=720, description="每次中断 h（平均） | silent for so long, mean h"
    )
    lost_above: float | None = Field(
        None,
        ge=-500,
        le=9000,
        description="水位 m（雨量站 1h 雨量 mm）到此即损毁 | destroyed at this level or 1 h rain",
    )
    false_per_day: float = Field(
        0, ge=0, le=24, description="平均每天误读次数 | wrong readings a day, mean"
    )
    false_by: float = Field(
        1, ge=-500, le=500, description="误读偏差 m（雨量站 mm） | a wrong reading is off by"
    )

    @model_validator(mode="after")
    def _slow_is_slower(self) -> Self:
        if self.delay_p90_min is not None and self.delay_p90_min <= self.delay_min:
            raise ValueError("'delay_p90_min' must be above 'delay_min'")
        return self

    @property
    def troubled(self) -> bool:
        """Whether the gauge is anything but a perfect one."""
        stated = (self.reads_every_min, self.delay_min, self.fails_per_day, self.false_per_day)
        return any(stated) or self.lost_above is not None
