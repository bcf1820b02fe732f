"""Words of the data page: import a county, paste villages, clear a drawn area."""

from __future__ import annotations

PARTS: dict[str, tuple[str, str]] = {
    "data.which": ("做什么", "What to do"),
    "data_part.import": ("导入一个县", "Import a county"),
    "data_part.villages": ("粘贴村庄", "Paste villages"),
    "data_part.area": ("画一块范围算清空时间", "Clear a drawn area"),
    "data.fresh": ("从头开始", "Start afresh"),
    "data.kept": (
        "传上来的文件和填的内容都已存在本机，刷新、关掉浏览器都不会丢。",
        "Files and entries are kept on this machine; a reload or a closed browser loses nothing.",
    ),
    "data.name": ("情景名称", "Name of the scenario"),
    "data.name_help": (
        "汉字、字母、数字、- 和 _，也是文件夹名。",
        "Letters of any script, digits, - and _; it is the folder's name, too.",
    ),
    "data.saved": ("已存为情景“{name}”。", "Saved as scenario “{name}”."),
    "data.to_runs": ("去预演", "Go and rehearse"),
    "data.to_plans": ("去编方案", "Go to the plans"),
}

IMPORT: dict[str, tuple[str, str]] = {
    "import.how": ("手里有什么", "What you have"),
    "import_how.raw": ("现成的数据文件", "Data files as they are"),
    "import_how.tables": ("填好的模板", "The filled template"),
    "import.tip": (
        "至少要人口和道路；安置场所、淹没图有就给。缺的按假定补上，每一条都会列出来。",
        "People and roads at least; shelters and a flood map if there are any. What is missing is "
        "assumed, and every assumption is listed.",
    ),
    "import.tip_tables": (
        "下载空白模板，在 Excel 或 WPS 里填好再传上来；也可以只传单张表（如 settlements.csv）。"
        "至少要 zones、settlements 和 shelters 或 exits。",
        "Download the empty template, fill it in with Excel or WPS and send it back; single tables "
        "(such as settlements.csv) work too. zones, settlements and shelters or exits are needed.",
    ),
    "import.template": ("下载空白模板（Excel）", "Download the template (Excel)"),
    "layer.people": ("人口", "People"),
    "layer.shelters": ("安置场所", "Shelters"),
    "layer.roads": ("道路", "Roads"),
    "layer.hazard": ("淹没图", "Flood map"),
    "layer.tables": ("填好的表", "Filled tables"),
    "layer_tip.people": (
        "Excel、CSV 或 GIS 点/格：一行一个村或格，要有坐标和人口。",
        "Excel, CSV or GIS points: a row per village or cell with position and people.",
    ),
    "layer_tip.shelters": (
        "Excel、CSV 或 GIS 点：名称、类别、坐标、容量或占地面积。",
        "Excel, CSV or GIS points: name, kind, position, capacity or floor area.",
    ),
    "layer_tip.roads": (
        ".osm、.osm.pbf、.gpkg、.geojson、压缩的 .shp，或 nodes.csv + edges.csv，"
        "或行车时间 minutes.csv。",
        ".osm, .osm.pbf, .gpkg, .geojson, zipped .shp, or nodes.csv + edges.csv, or minutes.csv.",
    ),
    "layer_tip.hazard": (
        "最大水深栅格（.tif、.asc，单位米）或带水深和时间的面（.gpkg、.geojson、压缩的 .shp）。",
        "Raster of the greatest depth (.tif, .asc, metres) or areas with depth and time.",
    ),
    "layer_tip.tables": (
        "一个 tables.xlsx，或以表名命名的 CSV，可多选。",
        "One tables.xlsx, or CSV files named after their table; several at once.",
    ),
    "import.optional": ("可不给", "optional"),
    "import.crs": ("坐标系", "Coordinate system"),
    "import.crs_choose": ("坐标是哪个坐标系？", "Which system are its coordinates in?"),
    "import.crs_help": (
        "在高德、腾讯地图上取的点是 GCJ-02，百度是 BD-09，GPS 和 OpenStreetMap 是 WGS 84，"
        "国土数据多是 CGCS2000。没有列出的可以直接输入，如 EPSG:28992。",
        "Points taken from Amap or Tencent are GCJ-02, from Baidu BD-09, GPS and OpenStreetMap are "
        "WGS 84, Chinese survey data mostly CGCS2000. Others can be typed, e.g. EPSG:28992.",
    ),
    "import.crs_osm": ("OSM 文件总是 WGS 84。", "OSM files are always WGS 84."),
    "import.crs_minutes": ("时间矩阵不需要坐标系。", "Travel minutes need no system."),
    "crs.EPSG:4490": ("CGCS2000 经纬度（国土、测绘）", "CGCS2000 longitude, latitude"),
    "crs.EPSG:4326": ("WGS 84 经纬度（GPS、OSM）", "WGS 84 longitude, latitude (GPS, OSM)"),
    "crs.GCJ-02": ("GCJ-02 经纬度（高德、腾讯）", "GCJ-02 longitude, latitude (Amap)"),
    "crs.BD-09": ("BD-09 经纬度（百度）", "BD-09 longitude, latitude (Baidu)"),
    "crs.zone": (
        "CGCS2000 三度带，中央经线 {lon}°（米）",
        "CGCS2000 3-degree zone, meridian {lon}° E (m)",
    ),
    "import.drop": ("去掉", "Remove"),
    "import.refused": ("这个文件没有收：", "This file was refused:"),
    "import.total": ("已知总人口（可不填）", "Known head-count (optional)"),
    "import.check": ("检查并预览", "Check and preview"),
    "import.checking": ("正在读入和检查……", "Reading and checking …"),
    "import.bad": (
        "有 {n} 处要改，一次列全；改好文件重新传，再点“检查并预览”：",
        "{n} thing(s) to mend, all of them listed; send the mended files and check again:",
    ),
    "import.changed": (
        "文件或选择已经变了，下面是上一次检查的结果，请再检查一次。",
        "Files or choices have changed since this was checked; check again.",
    ),
    "import.good": (
        "可以用。核对一下数和图，再存为情景。",
        "Usable. Compare numbers and map, then save.",
    ),
    "number.people": ("人口", "people"),
    "number.to_move": ("其中应转", "of them to move"),
    "number.settlements": ("村、点", "places"),
    "number.zones": ("片区", "zones"),
    "number.shelters": ("安置场所", "shelters"),
    "number.places": ("可安置", "shelter places"),
    "number.exits": ("出口", "exits"),
    "number.roads": ("路段", "road edges"),
    "import.assumed": ("程序替您假定了 {n} 条，都可以改", "{n} assumptions, all can be changed"),
    "import.notes": ("{n} 条提示", "{n} note(s)"),
    "import.defaults": ("{n} 个参数用默认值，附来源和可信度", "{n} default values with sources"),
    "import.save": ("存为情景", "Save as a scenario"),
    "map.look": ("拖动、滚轮缩放；指到点上看名称", "drag, zoom by the wheel, point at a place"),
    "map.hint": (
        "顺着边界一下一下点，点满三个以上",
        "click along the outline, three points at least",
    ),
    "map.whole": ("全图", "whole"),
    "map.undo": ("退一点", "undo"),
    "map.clear": ("清除", "clear"),
    "map.settlements": ("村、点", "places"),
    "map.shelters": ("安置场所", "shelters"),
    "map.assembly_points": ("集合点", "assembly points"),
    "map.exits": ("出口", "exits"),
    "map.depots": ("车辆待命点", "depots"),
    "map.water": ("最大水深（越深越蓝）", "greatest depth"),
    "map.none": ("没有坐标，画不了图。", "There are no positions to draw."),
}

VILLAGES: dict[str, tuple[str, str]] = {
    "villages.tip": (
        "在 Excel 里选中几行，复制，点表格左上第一格，按 Ctrl+V。列的次序见表头；片区写编号或名称，"
        "空着就不在应转名单上。每改一次都会检查。",
        "Copy rows in Excel, click the first cell, press Ctrl+V. Columns as in the heading; zone "
        "by id or name, empty: not on the to-move list. Every change is checked.",
    ),
    "villages.base": (
        "加到哪个情景（随软件带的会另存一份）",
        "Scenario to add to (of one that was shipped, a copy is made)",
    ),
    "villages.crs": ("这些坐标是哪个坐标系？", "Which system are these coordinates in?"),
    "villages.to": ("存为", "Save as"),
    "villages.save": ("加进情景", "Add to the scenario"),
    "villages.count": (
        "{n} 行，{people} 人；没有错误，可以加进情景。",
        "{n} row(s), {people} people; no errors, ready to be added.",
    ),
    "villages.bad": ("有 {n} 处要改：", "{n} thing(s) to mend:"),
    "villages.table": ("粘贴的表", "pasted table"),
    "villages.broken": (
        "这个情景本身还有错误，先改好才能加村：",
        "This scenario has errors of its own, which come first:",
    ),
}

AREA: dict[str, tuple[str, str]] = {
    "area.tip": (
        "只用道路和人口：圈一块地方，全体 08:00 一次接令，从路上离开，看多久走完。"
        "这是没有预案细节的粗算，每条假定都列在下面。",
        "Roads and people alone: draw an area; everybody is ordered out at 08:00 and leaves by "
        "road. A rough figure without a plan's details; every assumption is listed below.",
    ),
    "area.source": ("用哪个情景的道路和人口", "Roads and people of"),
    "area.no_roads": (
        "这个情景没有真实道路，画不了范围；请换一个，或先在“导入一个县”里给道路和人口。",
        "This scenario has no real roads; choose another, or import roads and people first.",
    ),
    "area.how": ("怎么定范围", "How to set the area"),
    "area_how.ring": ("在图上点一圈", "Click on the map"),
    "area_how.circle": ("一个点加半径", "A place and a radius"),
    "area_how.zones": ("选片区", "Choose zones"),
    "area.centre": ("圆心", "Centre"),
    "area.radius": ("半径 km", "Radius, km"),
    "area.zones": ("片区", "Zones"),
    "area.n": ("次数", "Replications"),
    "area.run": ("算清空时间", "Compute the clearance time"),
    "area.need": ("先定好范围。", "Set the area first."),
    "area.result": ("清空时间", "Clearance time"),
    "area.half": ("走出一半", "half are out"),
    "area.nine": ("走出九成", "nine in ten are out"),
    "area.left": ("不肯走、没走成", "stay or get stuck"),
    "area.after": ("{typical} 分钟", "{typical} min"),
    "area.never": ("未达到", "not reached"),
    "area.bad_day": ("十次里九次不超过 {bad} 分钟", "nine in ten within {bad} min"),
    "area.bad_never": ("十次里至少一次未达到", "not reached in one of ten or more"),
    "area.people": ("范围内 {people} 人中", "of {people} people in the area"),
    "area.from": (
        "都从 08:00 下令算起，共 {n} 次预演；要看过程，点“看结论”或到“一张图”重放。",
        "Counted from the order at 08:00, {n} replications; see the answer or replay the map.",
    ),
}

DATA: dict[str, tuple[str, str]] = {**PARTS, **IMPORT, **VILLAGES, **AREA}
