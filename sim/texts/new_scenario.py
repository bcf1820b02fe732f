"""What ``yuyan new`` assumes, in words: key → (Chinese, English). Every one can be changed."""

from __future__ import annotations

from dataclasses import dataclass

ASSUMPTIONS: dict[str, tuple[str, str]] = {
    "tables": (
        "各表坐标已统一换算为 WGS 84 经纬度（原坐标系：人口 {people}，场所 {shelters}）。",
        "Coordinates of the tables were converted to WGS 84 (people from {people}, buildings from "
        "{shelters}).",
    ),
    "people_rounded": (
        "各格人口带小数、是估算值，合计 {sum}；总数取四位有效数字 {total} 人，"
        "再按最大余数法分到各格取整。",
        "The cells hold fractions of people, so they are estimates; they sum to {sum}. The total "
        "is taken to four significant digits, {total}, and dealt to the cells by largest "
        "remainder.",
    ),
    "people_given": (
        "总人口按指定的 {total} 人（原合计 {sum}），按最大余数法分到各格取整。",
        "The total is {total} people as stated (the rows sum to {sum}), dealt by largest "
        "remainder.",
    ),
    "people_exact": ("共 {total} 人，按原表。", "{total} people as in the table."),
    "people_empty": (
        "{n} 行不足一人，未建居民点。",
        "{n} row(s) came to less than one person and were left out.",
    ),
    "at_risk": (
        "应转名单：灾害图层上中心点最大水深 {limit} m 及以上的 {homes} 处、{people} 人；"
        "其余 {dry} 人不在名单上，也不占安置点。",
        "To-move list: the {homes} places, {people} people, whose centre stands in {limit} m or "
        "more at the maximum; the other {dry} people are not on it and take no shelter places.",
    ),
    "all_at_risk": (
        "没有灾害图层：所有人都列入应转名单。",
        "Without a hazard layer everybody is on the to-move list.",
    ),
    "zones_grid": (
        "片区按地名和 1 km 网格归并，共 {zones} 个；每个片区一个集合点，"
        "设在离人口重心最近、大巴可往返的路口（不在高速、快速路上）。",
        "Zones: places of one name within a 1 km square, {zones} in all. Each has one assembly "
        "point, at the junction nearest the middle of its people that coaches can enter and leave "
        "(not on motorways or trunk roads).",
    ),
    "zones_nodes": (
        "每个地点自成一个片区，集合点就在该地点，共 {zones} 个。",
        "Every place is a zone of its own with its assembly point there, {zones} in all.",
    ),
    "ways_out": (
        "出行方式：{cars} 自驾到最近出口，{coach} 到集合点乘大巴"
        "（参数库的投亲与集中转移之比；楼层和高地情况未知，不安排就近上楼）。",
        "Ways out: {cars} drive to the nearest exit, {coach} go by coach from the assembly point "
        "(the library's ratio of own means to sheltered; upper floors and high ground are unknown, "
        "so nobody is planned to stay).",
    ),
    "ways_coach": (
        "没有出口，所有人都到集合点乘大巴。",
        "There is no exit: everybody goes by coach.",
    ),
    "groups": (
        "没有特殊群体、单位人员和白天/夜间人口的资料：未计入，请补充 groups.csv、facilities.csv。",
        "Special groups, facilities and day or night head-counts are unknown and left out; add "
        "them to groups.csv and facilities.csv.",
    ),
    "shelter_kinds": (
        "可作安置场所的建筑：{kinds}；医院、诊所（{hospital}）只接收需抬送的人。",
        "Buildings that serve as shelters: {kinds}; hospitals and surgeries ({hospital}) take only "
        "people who must be carried.",
    ),
    "shelter_floor": (
        "容量按建筑占地面积每 3 m² 一人、只算一层，并假定楼内没有别人（养老院、校舍实际会占用）。",
        "Capacity: one person per 3 m² of building footprint, one storey, the building taken as "
        "empty (care homes and schools in use hold fewer).",
    ),
    "shelter_wet": (
        "{n} 处在最大水深时进水，不作安置场所；连同其他未用的共 {all} 处，原因见 {file}。",
        "{n} building(s) stand in water at the maximum and are left out; with others not used "
        "{all} in all, each with its reason in {file}.",
    ),
    "surplus": (
        "不进水的场所共 {places} 个位置，应转 {people} 人：多出的 {surplus} 人由出口离开"
        "（自驾直接去出口；大巴先送安置点，满了再送出口）。",
        "The dry floor holds {places}; {people} have to move: the surplus of {surplus} leaves by "
        "the exits (cars go there directly; coaches fill the shelters first, then drive to an "
        "exit).",
    ),
    "overfull": (
        "不进水的场所共 {places} 个位置，应转 {people} 人：缺 {surplus} 个位置，又没有出口。",
        "The dry floor holds {places}; {people} have to move: {surplus} places are lacking and "
        "there is no exit.",
    ),
    "fits": (
        "不进水的场所共 {places} 个位置，应转 {people} 人。",
        "The dry floor holds {places}; {people} have to move.",
    ),
    "exits": (
        "出口：图边干燥处大巴可往返的主要道路 {n} 处（{names}）；出了图幅即算安全。",
        "Exits: {n} main road(s) at the edge of the map, dry at the maximum and open to coaches "
        "both ways ({names}); whoever leaves the map is safe.",
    ),
    "no_exits": (
        "图边没有可用的出口，所有人都须进安置场所。",
        "No usable exit at the edge of the map: everybody must find a shelter place.",
    ),
    "fleet": (
        "车辆未知：按四趟运完设 {coaches} 辆大巴（50 座）、{minibuses} 辆中巴（18 座），"
        "停在{depot}。",
        "The fleet is unknown: {coaches} coaches of 50 seats (four rounds for all riders) and "
        "{minibuses} minibuses of 18 wait at {depot}.",
    ),
    "boats": (
        "船艇未知：按每千人一艘设 {boats} 艘冲锋舟，驻{station}。",
        "Boats are unknown: {boats} assault boats, one per 1,000 people at risk, at {station}.",
    ),
    "posts": (
        "指挥：一个县级指挥部，{callers} 人同时拨打叫应；每个片区一名责任人。",
        "Command: one county post with {callers} people calling; one organiser per zone.",
    ),
    "spread": (
        "只有最大水深、没有时间：假定水从最深的 {points} 处进入，前锋 {speed} m/h，"
        "到达后 {rise} 分钟涨到最大，之后不退。请按当地情况改 hazard.data。",
        "The layer is a maximum without times: the water is assumed to enter at the {points} "
        "deepest places, to advance at {speed} m/h and to reach its maximum {rise} min after its "
        "arrival, and not to fall. Change hazard.data to what is known locally.",
    ),
    "spread_given": (
        "只有最大水深、没有时间：水从指定的 {points} 个点进入，前锋 {speed} m/h，"
        "到达后 {rise} 分钟涨到最大，之后不退。",
        "The layer is a maximum without times: the water enters at the {points} stated point(s), "
        "advances at {speed} m/h and reaches its maximum {rise} min after its arrival; it does "
        "not fall.",
    ),
    "polygons": (
        "淹没范围按列 depth_m、from_min、to_min 读取。",
        "The flooded areas are read by their columns depth_m, from_min, to_min.",
    ),
    "ensemble": (
        "灾情 {members} 个成员，其中 {false} 个空报；来水时刻前后 2 小时、快慢 0.6–1.6 倍、"
        "预报时间误差（提前24h）±3 小时——均为判断值。",
        "The hazard has {members} members, {false} of them false alarms; the water comes up to "
        "2 h sooner or later, at 0.6 to 1.6 times the speed, and the forecast of its hour errs by "
        "up to 3 h at 24 h lead (judgement).",
    ),
    "clock": (
        "时间是假定的：{start} 开始，预计 {water} 来水；三个方案在预计来水前 12、6、2 小时下令，"
        "下令前的会商不再计时。",
        "The times are assumed: the clock starts at {start}, water is expected at {water}; the "
        "three plans order 12, 6 and 2 h before the water is expected, consultation included.",
    ),
    "clock_only": (
        "没有灾害：按钟点下令（08:00 即令，10:00，14:00），只比较组织和车队。",
        "Without a hazard the plans order by the clock (08:00, 10:00, 14:00): they compare "
        "organisation and fleet alone.",
    ),
    "roads": (
        "道路按 {file} 读入，缺少的限速、车道数按道路等级默认值；未注明的道路按大巴可走处理。",
        "Roads are read from {file}; missing speeds and lanes come from the road class, and "
        "coaches may use roads that do not say otherwise.",
    ),
    "no_shelters": (
        "没有安置场所的资料：出了边界即算安全，所有人都由道路出口离开。",
        "No shelters are given: whoever has left is safe, everybody goes out by the roads.",
    ),
    "area": (
        "要清空的范围内有 {homes} 处、{people} 人，全部列入应转名单；范围外的 {others} 人不转移，"
        "也不上路。",
        "The area to be cleared holds {homes} places with {people} people, all on the to-move "
        "list; the {others} people outside stay and do not drive.",
    ),
    "area_exits": (
        "出口：道路出范围后的第一个路口，共 {n} 处（{names}）；到了那里即算离开，之后的路不算。",
        "Exits: the first junction outside on roads that lead out, {n} in all ({names}); whoever "
        "reaches one has left, the road beyond is not counted.",
    ),
    "clock_area": (
        "时间是假定的：05:00 开始推演，08:00 一次下令，全体立即转移；清空时间从 08:00 算起。",
        "The times are assumed: the clock starts at 05:00, at 08:00 everybody is ordered out at "
        "once; the clearance time counts from 08:00.",
    ),
    "minutes": (
        "行车时间按 {file}，不随水情变化。",
        "Travel minutes are those of {file}, whatever the water does.",
    ),
    "straight": (
        "没有道路：按直线距离 × 1.6 估算（估算）。",
        "Without roads: straight lines × 1.6 (estimated).",
    ),
    "behaviour": (
        "叫应、配合、收拾、上下车等行为参数全部取自参数库，yuyan check 逐条列出来源和可信度。",
        "How people are told, comply, pack and board comes from the library; yuyan check lists "
        "every value with source and confidence.",
    ),
}


@dataclass(frozen=True)
class Assumption:
    """One thing taken for granted: key of ``ASSUMPTIONS`` and the values in the sentence."""

    key: str
    values: dict[str, object]

    def text(self, lang: str) -> str:
        """The sentence in ``zh`` or ``en``."""
        zh, en = ASSUMPTIONS[self.key]
        return (zh if lang == "zh" else en).format(**self.values)

    @property
    def both(self) -> str:
        """Chinese and English in one line, as scenario.yaml keeps it."""
        return f"{self.text('zh')} | {self.text('en')}"
