"""Sentences about the hazard section and its files: code → (Chinese, English)."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "hazard.may_be": (
        "可能取到 {found}，应 {allowed}",
        "may come out as {found}, allowed {allowed}",
    ),
    "hazard.river_twice": ("河流编号 {found} 重复", "river id {found} is used twice"),
    "hazard.coordinates": (
        "坐标无法换算：{found}",
        "the coordinates cannot be transformed: {found}",
    ),
    "hazard.gauge_river": (
        "河流 {found} 不在 hazard 的河流之列（{allowed}）",
        "river {found} is not among the rivers of the hazard ({allowed})",
    ),
    "hazard.reaches_nothing": (
        "{found} 的淹没范围内没有村点和道路；请核对坐标与 reach_m",
        "no place or road lies in reach of {found}; check its coordinates and reach_m",
    ),
    "hazard.place_elevation": (
        "在河流淹没范围内但没有高程：{found}",
        "in reach of a river but without elevation: {found}",
    ),
    "hazard.road_elevation": (
        "{found} 条道路在河流淹没范围内但没有高程",
        "{found} roads in reach of a river have no elevation",
    ),
    "hazard.place_in_river": (
        "起涨前已在水面以下，请核对高程：{found}",
        "lies below the water before the flood, check the elevation: {found}",
    ),
    "hazard.warning_below_base": (
        "警戒水位不高于起涨前水位，一开始就会报警：{found}，应 {allowed}",
        "the warning level is not above the level before the flood: {found}, allowed {allowed}",
    ),
    "hazard.never_wet": (
        "文件里记录的灾害到不了任何村点和道路；请核对坐标系和单位",
        "what is recorded reaches no place and no road; check coordinate system and unit",
    ),
    "hazard.outline": (
        "不是一个有效的面（边界自交或面积为零）",
        "is no valid area (its outline crosses itself or encloses nothing)",
    ),
    "hazard.grid_text": (
        "不是文本格网（应为 ESRI ASCII .asc）",
        "is no text grid (an ESRI ASCII grid, .asc, is needed)",
    ),
    "hazard.grid_head": ("文件头缺少该项", "its head lacks this line"),
    "hazard.grid_size": (
        "格网大小不合理：{found}（格数应 {allowed}，像元边长应为正）",
        "unusable size {found} (cells allowed {allowed}; the cell must have a length)",
    ),
    "hazard.grid_count": (
        "有 {found} 个数，应有 {allowed} 个（行数 × 列数）",
        "holds {found} numbers, needs {allowed} (rows × columns)",
    ),
    "hazard.grids_differ": (
        "与 {found} 的范围、行列数或像元大小不同",
        "does not have the same cells as {found}",
    ),
    "hazard.fuel_unknown": (
        "可燃物类型 {found} 没有给系数（factors 里有：{allowed}）",
        "fuel numbers {found} have no factor (factors has: {allowed})",
    ),
    "hazard.off_grid": ("点在格网范围之外", "the point lies outside the grid"),
    "hazard.no_fuel": (
        "起火点上没有可燃物，烧不起来",
        "nothing burns where the fire is to start",
    ),
    "hazard.source_elsewhere": (
        "离最近的村点和道路 {found}，请核对坐标系",
        "{found} from the nearest place or road; check the coordinate system",
    ),
    "hazard.rain_gauge": (
        "没有雨量站 {found}（有：{allowed}）",
        "there is no rain gauge {found} (known: {allowed})",
    ),
    "hazard.raster_variable": (
        "有几个变量，请在 variable 里写明[：{found}]",
        "holds several variables; name one in variable[: {found}]",
    ),
    "hazard.band_times": (
        "文件没有写 {found} 层各是什么时刻（或时刻不递增），请写 every_min",
        "does not state rising times of its {found} bands; give every_min",
    ),
    "hazard.raster_says": (
        "{found}（层数 × 像元边长），每 {allowed} 分钟一层",
        "{found} (bands × side of a cell), one every {allowed} min",
    ),
    "hazard.maximum_says": (
        "单张最大水深，像元 {found} m；各处到达时刻按推进速度 {allowed} m/h 推算，不是实测",
        "one raster of the greatest depth, cells of {found} m; when water comes is reckoned from a "
        "front of {allowed} m/h, not observed",
    ),
    "hazard.polygons_says": (
        "{found} 个面，时间范围 {allowed} 分钟；同一处取数值最大的面",
        "{found} polygons, between {allowed} min; the highest counts where they overlap",
    ),
    "hazard.places_says": (
        "有过程的村点 {found}，时间间隔 {allowed} 分钟，其间按直线插值",
        "places with a series {found}, every {allowed} min; straight lines between",
    ),
    "hazard.reach_says": (
        "会受影响的：村点和设施 {found}、道路采样点 {allowed}；其余在图外或数值为零，按没有处理",
        "reached at some time: places {found}, road points {allowed}; the rest is outside or none",
    ),
    "hazard.table_says": (
        "读入 {found} 个隐患点，其中 {allowed} 个碰不到任何村点和道路",
        "{found} hazard points were read; {allowed} of them reach no place and no road",
    ),
    "hazard.time_gap": (
        "时间有缺口：{found} 分钟（平常每 {allowed} 分钟一层），其间按直线插值",
        "gaps in time: {found} min (usually every {allowed} min); straight lines between",
    ),
    "hazard.fire_says": (
        "过火点 {found} 个；危险范围内的地点 {allowed}",
        "{found} points burnt; places within reach {allowed}",
    ),
    "hazard.point_id": (
        "隐患点编号缺失或重复[：{found}]",
        "the id of a hazard point is missing or comes twice[: {found}]",
    ),
    "hazard.raster_extra": (
        "读取栅格需要附加组件，请执行：{allowed}",
        "reading rasters needs an extra; run: {allowed}",
    ),
    "hazard.raster_unreadable": (
        "栅格无法读取[（{found}）]",
        "the raster cannot be read[ ({found})]",
    ),
    "hazard.raster_not_placed": (
        "栅格没有地理定位信息（不是 GeoTIFF，或缺少 .tfw）",
        "the raster does not say where it lies (no GeoTIFF, or its .tfw is missing)",
    ),
    "hazard.raster_shifted": (
        "栅格不能用 {found}，应转为 {allowed}",
        "a raster cannot be in {found}; transform it to {allowed}",
    ),
    "hazard.raster_elsewhere": (
        "栅格范围（{found}）内没有任何村点和道路；请核对坐标系",
        "no place and no road lies on the raster ({found}); check the coordinate system",
    ),
    "hazard.raster_part": (
        "{found} 个村点和道路采样点在栅格范围外，按无水处理",
        "{found} places and road points lie outside the raster and are taken as dry",
    ),
    "hazard.raster_nodata": (
        "{found} 个点为无数据，而 nodata_is_dry 为 false",
        "{found} points have no data although nodata_is_dry is false",
    ),
    "hazard.depth_negative": (
        "水深为负：{found}，应 {allowed}",
        "negative depth {found}, allowed {allowed}",
    ),
    "hazard.depth_implausible": (
        "水深 {found} 不合理，应 {allowed}；请核对单位",
        "depth {found} is not plausible, allowed {allowed}; check the unit",
    ),
    "hazard.gas_negative": (
        "浓度为负：{found}，应 {allowed}",
        "negative concentration {found}, allowed {allowed}",
    ),
    "hazard.gas_implausible": (
        "浓度 {found} 不合理，应 {allowed}；请核对单位",
        "concentration {found} is not plausible, allowed {allowed}; check the unit",
    ),
    "hazard.crs_unknown": (
        "不认识的坐标系[：{found}]",
        "unknown coordinate system[: {found}]",
    ),
    "hazard.crs_missing": (
        "图层没有坐标系，情景也未写明，应写 {allowed}",
        "neither the layer nor the scenario states a coordinate system; write {allowed}",
    ),
    "hazard.crs_differs": (
        "情景写明 {found}，图层自带 {allowed}，以图层为准",
        "the scenario states {found}, the layer itself {allowed}; the layer's own is used",
    ),
    "hazard.layer_unreadable": (
        "图层无法读取[（{found}）]",
        "the layer cannot be read[ ({found})]",
    ),
    "hazard.layer_empty": ("没有任何记录", "holds no records"),
    "hazard.field_missing": (
        "缺少字段 {field}[；现有：{allowed}]",
        "the column {field} is missing[; present: {allowed}]",
    ),
    "hazard.not_a_number": ("得到 {found}，应为数字", "found {found}, must be a number"),
    "hazard.out_of_range": ("得到 {found}，应 {allowed}", "found {found}, allowed {allowed}"),
    "hazard.area_times": (
        "结束 {found} 分钟不晚于开始，应 {allowed}",
        "ends at minute {found}, not after its begin, allowed {allowed}",
    ),
    "hazard.not_a_polygon": ("不是面要素", "is not a polygon"),
    "hazard.shape_mended": (
        "{found} 个面自相交，已自动修复",
        "{found} polygons crossed themselves and were mended",
    ),
    "hazard.areas_elsewhere": (
        "没有任何村点和道路落在淹没面内；请核对坐标系",
        "no place and no road lies in any polygon; check the coordinate system",
    ),
    "hazard.track_unknown": (
        "路径表里没有 {found} 的两个以上带气压的点",
        "the table holds no two fixes with a pressure of track {found}",
    ),
    "hazard.track_jumps": (
        "相邻两点间移动太快：得到 {found}，应 {allowed} km/h；请核对经纬度和路径编号",
        "two fixes too far apart: found {found}, allowed {allowed} km/h; check the coordinates and "
        "the track's id",
    ),
    "hazard.not_a_time": (
        "得到 {found}，应为 2021-07-24 06:00:00 这样的时刻",
        "found {found}, must be a time like 2021-07-24 06:00:00",
    ),
    "hazard.slope_reaches_nothing": (
        "隐患点 {found} 的影响范围内没有村点和道路；请核对坐标",
        "hazard point {found} reaches no place and no road; check its coordinates",
    ),
    "hazard.gauge_unknown": (
        "没有雨量站 {found}[；现有：{allowed}]",
        "there is no rain gauge {found}[; present: {allowed}]",
    ),
    "hazard.place_unknown": ("没有编号为 {found} 的村点", "there is no place {found}"),
    "hazard.minute_twice": (
        "时刻 {found} 重复",
        "minute {found} comes twice",
    ),
}
