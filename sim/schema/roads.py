"""The tables of roads: nodes and edges of a network, or minutes between places.

Column descriptions (中文 | English) feed the template workbook and the documentation.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.schema.base import Coordinate, Elevation, Id, Row


class NodeRow(Row):
    """A junction or road end."""

    id: Id = Field(description="节点编号 | node id")
    x: Coordinate = Field(description="经度或东坐标 | longitude or easting")
    y: Coordinate = Field(description="纬度或北坐标 | latitude or northing")
    elevation_m: Elevation | None = Field(
        None, description="路面高程 m（85国家高程） | level of the road surface, m"
    )
    signal: bool = Field(False, description="有信号灯 | traffic lights")


class EdgeRow(Row):
    """A road between two junctions; both directions unless oneway says otherwise."""

    id: Id | None = Field(None, description="路段编号；空=自动 | edge id; empty: made up")
    from_node: Id = Field(description="起点节点编号 | node at which it begins")
    to_node: Id = Field(description="终点节点编号 | node at which it ends")
    oneway: bool = Field(False, description="单行：只能从起点到终点 | one way, from → to")
    length_m: float | None = Field(
        None, gt=0, le=500_000, description="长度 m；空=按线形量算 | length; empty: measured, m"
    )
    speed_kmh: float | None = Field(None, ge=1, le=200, description="自由流车速 km/h | free speed")
    lanes: int | None = Field(None, ge=1, le=12, description="每方向车道数 | lanes per direction")
    capacity_pcu_h: float | None = Field(
        None,
        ge=10,
        le=20_000,
        description="通行能力 pcu/h；空=按车速和车道 | capacity; empty: assumed",
    )
    width_m: float | None = Field(None, gt=0, le=100, description="路面宽 m | width of the road")
    height_limit_m: float | None = Field(None, gt=0, le=20, description="限高 m | height limit")
    weight_limit_t: float | None = Field(None, gt=0, le=500, description="限重 t | weight limit")
    coach_ok: bool | None = Field(None, description="大巴能否通行；空=不知 | fit for coaches")
    bridge: bool = Field(False, description="桥梁 | bridge")
    low_water_bridge: bool = Field(False, description="漫水桥 | low-water bridge")
    deck_m: Elevation | None = Field(None, description="桥面高程 m | level of the bridge deck, m")
    passing_place_m: int | None = Field(
        None, ge=1, le=10_000, description="错车道间距 m | distance between passing places"
    )
    name: str = Field("", max_length=120, description="路名 | name")
    road_class: str = Field(
        "", max_length=40, description="道路等级（OSM highway） | class as in OpenStreetMap"
    )
    wkt: str = Field("", description="线形 LINESTRING；空=直线 | course; empty: a straight line")


class MinutesRow(Row):
    """Driving minutes from one place to another; a pair that is missing has no road."""

    from_node: Id = Field(description="从 节点编号 | from node")
    to_node: Id = Field(description="到 节点编号 | to node")
    minutes: float = Field(ge=0, le=10_080, allow_inf_nan=False, description="分钟 | minutes")


RoadTable = Literal["nodes", "edges", "minutes"]

ROAD_TABLES: dict[str, type[Row]] = {"nodes": NodeRow, "edges": EdgeRow, "minutes": MinutesRow}
"""Road table name → row model."""
