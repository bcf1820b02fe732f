"""What every model of the schema shares: frozen, no unknown keys, source and confidence."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class Frozen(BaseModel):
    """A part of a planner's input: immutable, and a misspelt key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Row(Frozen):
    """A row of a table; every row may say where its numbers come from."""

    source: str = Field("", description="数据来源 | where the numbers come from")
    confidence: str = Field(
        "", description="可信度：高/中/低/估算 | high, medium, low or estimated"
    )


class Name(Frozen):
    """A name for people, in Chinese and English; the Chinese one stands in when one is missing."""

    zh: str = Field(min_length=1, description="中文名 | Chinese name")
    en: str = Field("", description="英文名 | English name")

    def text(self, lang: str) -> str:
        """The name in the language asked for."""
        return self.en if lang == "en" and self.en else self.zh


Id = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^\s,;]+$"),
]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Coordinate = Annotated[float, Field(ge=-1e8, le=1e8, allow_inf_nan=False)]
Elevation = Annotated[float, Field(ge=-500, le=9000, allow_inf_nan=False)]
