"""The ``hazard:`` section of an earthquake 地震."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.schema.base import Frozen, Name, Share
from sim.schema.distributions import Number, constant
from sim.schema.distributions import Share as ShareDraw
from sim.schema.hazard import Ensemble, Point
from sim.schema.library import KindDefaults

_OF = KindDefaults("earthquake")

Intensity = Annotated[float, Field(ge=1, le=12)]
ByIntensity = tuple[tuple[Intensity, Share], ...]
"""Shares at some intensities; in between they are interpolated, outside they stay as at the end."""


class Attenuation(Frozen):
    """Intensity = a + b·M − c·lg R, R in km, at most the epicentral d + e·M.

    Shipped numbers: 中国地震目录 (1983), as quoted on public pages; they hold for no region in
    particular. A planner replaces them by the local relation.
    """

    a: float = Field(_OF.number("attenuation.a"), description="常数 | constant")
    b: float = Field(
        _OF.number("attenuation.b"), ge=0, le=5, description="震级系数 | factor on the magnitude"
    )
    c: float = Field(
        _OF.number("attenuation.c"), ge=0, le=10, description="距离系数 | factor on lg R"
    )
    d: float = Field(
        _OF.number("attenuation.d"), description="震中烈度常数 | epicentral intensity, constant"
    )
    e: float = Field(
        _OF.number("attenuation.e"),
        ge=0,
        le=5,
        description="震中烈度震级系数 | its factor on the magnitude",
    )
    error: Number = Field(
        _OF.draw("attenuation.error"), description="烈度总体误差 | error of a member, all places"
    )


class BuildingClass(Frozen):
    """Houses of one make: their share, how many fall at which intensity, and how badly those are
    hurt who get out of a fallen one."""

    name: Name = Field(description="类别 | class")
    share: Share = Field(description="户占比 | share of the households")
    falls: ByIntensity = Field(min_length=1, description="各烈度倒塌率 | share that falls")
    hurt_badly: Share = Field(
        _OF.number("ruins.hurt_badly"), description="逃出者重伤占比 | badly hurt of who gets out"
    )
    hurt_lightly: Share = Field(
        _OF.number("ruins.hurt_lightly"), description="逃出者轻伤占比 | lightly hurt of them"
    )


_CLASSES = (
    BuildingClass(
        name=Name(zh="框架", en="frame"), share=_OF.number("frame.share"),
        falls=_OF.pairs("frame.falls"),
    ),
    BuildingClass(
        name=Name(zh="砖混", en="brick"), share=_OF.number("brick.share"),
        falls=_OF.pairs("brick.falls"),
    ),
    BuildingClass(
        name=Name(zh="土木", en="adobe"), share=_OF.number("adobe.share"),
        falls=_OF.pairs("adobe.falls"),
    ),
)  # fmt: skip
"""In the order of published damage matrices; to be replaced by a survey of the county."""


class Inside(Frozen):
    """Who is inside when houses fall, and what becomes of them; shares are judgement."""

    by_night: Share = Field(
        _OF.number("inside.by_night"), description="夜间在屋内占比 | indoors at night"
    )
    by_day: Share = Field(
        _OF.number("inside.by_day"), description="白天在屋内占比 | indoors by day"
    )
    killed: Share = Field(
        _OF.number("inside.killed"), description="倒塌当场遇难 | die at once in a fallen house"
    )
    buried: Share = Field(_OF.number("inside.buried"), description="倒塌被压埋 | buried alive")
    freed_by_neighbours: Share = Field(
        _OF.number("inside.freed_by_neighbours"),
        description="邻里自救占比 | of the buried, freed by neighbours in the first minutes",
    )
    dug_out_hurt_badly: Share = Field(
        _OF.number("inside.dug_out_hurt_badly"),
        description="挖出者重伤占比 | badly hurt of those who are dug out",
    )
    carried_by_neighbours: Share = Field(
        _OF.number("inside.carried_by_neighbours"),
        description="重伤者由亲邻自送就医占比 | badly hurt, taken to a doctor by neighbours",
    )
    hurt_standing: ByIntensity = Field(
        _OF.pairs("inside.hurt_standing"),
        description="未倒房屋内受伤占比 | hurt in houses that stand",
    )
    standing_hurt_badly: Share = Field(
        _OF.number("inside.standing_hurt_badly"),
        description="其中重伤占比 | of these badly hurt",
    )
    lives_h: Number = Field(
        _OF.draw("inside.lives_h"), description="被埋能坚持 h | the buried live"
    )
    dig_min: Number = Field(
        _OF.draw("inside.dig_min"), description="救出一户 分钟 | to dig one out"
    )


class NeededBuildings(Frozen):
    """Shelters, schools, hospitals that a plan relies on: damaged by the main shock or by an
    aftershock, none of them is used any more, and who is inside has to leave; open spaces are not
    listed here. Judgement: schools and hospitals are built one degree stronger than the brick
    houses around them."""

    places: tuple[str, ...] = Field(min_length=1, max_length=2000, description="编号 | place ids")
    unusable: ByIntensity = Field(
        _OF.pairs("needed.unusable"),
        description="各烈度不能再用的占比 | share that cannot be used",
    )


class Street(Frozen):
    """Houses along the roads around a point, from which rubble falls into the street."""

    at: Point = Field(description="中心 [x, y] | centre")
    radius_m: float = Field(gt=0, le=20_000, description="半径 m | radius")
    height_m: float = Field(gt=0, le=250, description="临街建筑高 m | height of the houses")
    setback_m: float = Field(0, ge=0, le=200, description="后退道路 m | set back from the road")
    sides: Literal[1, 2] = Field(2, description="单侧/双侧 | one side or both")
    parallel: bool = Field(True, description="长边平行道路 | long side along the road")
    width_unknown_m: float = Field(
        _OF.number("street.width_unknown_m"),
        gt=0,
        le=100,
        description="路宽缺省 m | width where unknown",
    )


class Aftershocks(Frozen):
    """Smaller shocks: the largest 1.2 below the main one (Båth), the rest by Gutenberg–Richter.

    Times follow Omori with p = 1.
    """

    number: Number = Field(_OF.draw("aftershocks.number"), description="个数 | how many count")
    largest_below: float = Field(
        _OF.number("aftershocks.largest_below"),
        ge=0,
        le=5,
        description="最大余震小多少 | largest below M by",
    )
    b_value: float = Field(
        _OF.number("aftershocks.b_value"), gt=0, le=3, description="b 值 | Gutenberg–Richter b"
    )
    omori_c_h: float = Field(
        _OF.number("aftershocks.omori_c_h"), gt=0, le=100, description="大森常数 h | Omori's c"
    )
    within_h: float = Field(
        _OF.number("aftershocks.within_h"), gt=0, le=720, description="考虑时长 h | looked at"
    )
    damaged_factor: float = Field(
        _OF.number("aftershocks.damaged_factor"),
        ge=0,
        le=10,
        description="震损房放大 | damaged houses fall",
    )
    weaker_by: float = Field(
        _OF.number("aftershocks.weaker_by"),
        ge=0,
        le=4,
        description="安置点、医院主震后相当于烈度高几度 | needed buildings, once shaken, degrees",
    )


class QuakeFires(Frozen):
    """Fires after the shock."""

    starts: ByIntensity = Field(_OF.pairs("fires.starts"), description="起火占比 | places")
    after_min: Number = Field(_OF.draw("fires.after_min"), description="多久后 | after, min")
    trapped_share: Share = Field(
        _OF.number("fires.trapped_share"), description="被困户占比 | households trapped by it"
    )


class Felt(Frozen):
    """An intensity that is known of a place."""

    place: str = Field(description="村点编号 | place id")
    intensity: Intensity = Field(description="烈度 | intensity")


class EarthquakeSpec(Frozen):
    """Earthquake: no warning; whatever a plan does begins with the shaking.

    In false-alarm members nothing happens. With ``felt`` the recorded intensities of places count
    instead of the computed ones; elsewhere those of the nearest of them.
    """

    kind: Literal["earthquake"]
    step_min: Literal[5, 10, 15, 20, 30] = Field(10, description="时间步 分钟 | step")
    ensemble: Ensemble = Ensemble()
    at_min: Number = Field(description="发震时刻（距开始 分钟） | min from clock_start")
    epicentre: Point = Field(description="震中 [x, y] | epicentre")
    magnitude: Number = Field(description="震级 | magnitude")
    attenuation: Attenuation = Attenuation()
    felt: tuple[Felt, ...] = Field((), max_length=20_000, description="实录烈度 | recorded")
    buildings: tuple[BuildingClass, ...] = Field(_CLASSES, min_length=1, max_length=20)
    inside: Inside = Inside()
    needed: tuple[NeededBuildings, ...] = Field(
        (), max_length=50, description="要用的房屋：安置点、医院 | buildings the plan relies on"
    )
    streets: tuple[Street, ...] = Field((), max_length=2000, description="临街建筑 | streets")
    bridges_fail: ByIntensity = Field(
        _OF.pairs("bridges_fail"), description="桥梁中断率 | bridges that fail"
    )
    slides: ByIntensity = Field(
        _OF.pairs("slides"),
        description="路段塌方中断率（每段） | roads cut by slides, per road",
    )
    slide_share: ShareDraw = Field(
        constant(1.0), description="塌方总体系数 | factor on the slides of a member"
    )
    cleared_h: float | None = Field(
        _OF.number("cleared_h"), gt=0, le=720, description="道路抢通 h | cleared after"
    )
    aftershocks: Aftershocks = Aftershocks()
    fires: QuakeFires = QuakeFires()

    @model_validator(mode="after")
    def _whole(self) -> EarthquakeSpec:
        if abs(sum(one.share for one in self.buildings) - 1) > 1e-6:
            raise ValueError("shares of buildings must sum to 1")
        if any(one.hurt_badly + one.hurt_lightly > 1 for one in self.buildings):
            raise ValueError("hurt_badly and hurt_lightly of a class must not exceed 1 together")
        used = (one.unusable for one in self.needed)
        houses = (one.falls for one in self.buildings)
        hurt = self.inside.hurt_standing
        for table in (*houses, *used, hurt, self.bridges_fail, self.slides):
            at = [intensity for intensity, _ in table]
            if at != sorted(set(at)):
                raise ValueError("intensities must ascend without repeats")
        return self
