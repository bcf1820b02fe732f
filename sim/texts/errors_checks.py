"""Sentences about what does not fit together: code → (Chinese, English)."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "id.duplicate": (
        "编号 {found} 重复[，第 {allowed} 行已有]",
        "the id {found} is used twice[, first in row {allowed}]",
    ),
    "id.shared": (
        "编号 {found} 在 {allowed} 中已用，村与重点场所不能同号",
        "the id {found} is also used in {allowed}; settlements and facilities need different ids",
    ),
    "ref.unknown": (
        "找不到 {found}[，请核对：{allowed}]",
        "{found} is not defined[; look at: {allowed}]",
    ),
    "ref.unknown_node": (
        "道路中没有节点 {found}[，是否为 {allowed}？]",
        "the roads have no node {found}[; did you mean {allowed}?]",
    ),
    "ref.wrong_kind": ("类别不符：{found}，应 {allowed}", "wrong kind: {found}, must be {allowed}"),
    "ref.other_zone": (
        "集合点属于另一片区：{found}[，本村属 {allowed}]",
        "the assembly point belongs to another zone: {found}[; this settlement is in {allowed}]",
    ),
    "ref.circle": ("绕成了圈：{found}", "runs in a circle: {found}"),
    "shares.sum": (
        "占比合计 {found}，应 {allowed}",
        "the shares sum to {found}, allowed {allowed}",
    ),
    "shares.unset": (
        "{found} 个村未填转移方式占比，按默认 {allowed}（就近/投亲/村级安置/大巴）；"
        "这一项对车辆需求影响最大",
        "{found} settlements give no ways out; defaults used: {allowed} (in place, relatives,"
        " village shelter, coach). Nothing matters more for the number of coaches",
    ),
    "shares.no_safe_floor": (
        "就近避险 {found}，但有安全楼层的户占比 {allowed} 且未填上高地时间，多出的户改乘大巴",
        "in place {found}, but homes with a safe floor {allowed} and no high ground:"
        " the surplus goes by coach",
    ),
    "people.unknown": ("人口各列都未填", "no head-count is given"),
    "people.more_present": (
        "在村人数 {found} 多于户籍/常住加外来（{allowed}）",
        "more people present ({found}) than registered or resident plus outsiders ({allowed})",
    ),
    "people.none_at_risk": (
        "没有任何村或场所划入片区，应转人数为 0",
        "no settlement or facility belongs to a zone: nobody is at risk",
    ),
    "zone.nobody": (
        "片区 {found} 内没有村或场所",
        "the zone {found} has no settlement or facility",
    ),
    "zone.no_assembly_point": (
        "有人需乘车，但片区 {found} 没有集合点",
        "people shall go by coach, but the zone {found} has no assembly point",
    ),
    "shelter.no_places": ("可安置 {found} 人，应 {allowed}", "places: {found}, expected {allowed}"),
    "places.nowhere_to_go": (
        "没有安置点也没有出口，人无处可去",
        "neither shelters nor exits: there is nowhere to go",
    ),
    "places.no_exit": (
        "没有出口或投亲地，投亲靠友的人无处可去",
        "no exits: people who go to relatives have nowhere to go",
    ),
    "places.no_vehicle": ("没有车辆，乘车转移无法进行", "no vehicles: nobody can go by coach"),
    "places.no_ambulance": (
        "有卧床人员，但没有救护车",
        "there are bedridden people, but no ambulance",
    ),
    "places.no_hospital": (
        "有卧床人员，但没有医院类安置点",
        "there are bedridden people, but no shelter of the kind hospital",
    ),
    "places.no_shelter": (
        "有人步行去村级安置点，但没有安置点表",
        "people shall walk to village shelters, but there are none",
    ),
    "place.nowhere": (
        "既没有坐标也没有路网节点",
        "neither coordinates nor a road node",
    ),
    "place.cut_off": (
        "从集合点 {found} 没有道路通向任何安置点或出口（路网不连通或单行）",
        "no road leads from the assembly point {found} to any shelter or exit"
        " (not joined, or one way)",
    ),
    "place.no_bus_road": (
        "集合点 {found} 的路大巴、中巴都进不去（宽度、限高、限重或标注）",
        "neither coaches nor minibuses can reach {found} (width, height, weight or mark)",
    ),
    "place.no_coach_road": (
        "集合点 {found} 的路大巴进不去，只能中巴接驳",
        "coaches cannot reach {found}; only minibuses as feeders",
    ),
    "place.depot_cut_off": (
        "从此待命点到不了任何集合点",
        "no assembly point can be reached from this depot",
    ),
    "table.not_simulated": (
        "已读取和检查，但没有方案写 supplies 一节，不模拟调运",
        "read and checked, but no plan has a section supplies, so nothing is simulated",
    ),
    "roads.estimated": (
        "没有道路文件，按直线 {found}、{allowed} 估算行车时间，结果均标“估算”",
        "no road file: straight lines {found} at {allowed}; every result is marked as estimated",
    ),
    "roads.nothing": (
        "没有道路文件，也没有坐标可供估算",
        "no road file, and no coordinates for an estimate",
    ),
    "roads.too_many_estimated": (
        "没有道路文件，而地点有 {found} 个，应 ≤ {allowed}",
        "no road file and {found} places, allowed ≤ {allowed}",
    ),
    "roads.kind": (
        "写明用时间矩阵，却找到 {found}，应为 {allowed}",
        "a travel-time matrix is announced, but {found} was found instead of {allowed}",
    ),
    "crs.work_unknown": (
        "表格没有坐标，无法选定计算坐标系，请写明",
        "the tables have no coordinates, so the working system must be stated",
    ),
    "plan.none": ("没有任何预案方案（plans/*.yaml）", "there is no plan (plans/*.yaml)"),
    "plan.unknown": (
        "没有方案 {found}[，现有：{allowed}]",
        "no plan {found}[; there are: {allowed}]",
    ),
    "plan.id_twice": (
        "方案编号 {found} 重复（另一份为 {allowed}）",
        "two plans are called {found} (the other is {allowed})",
    ),
    "plan.left_out": (
        "未写的部分按“不做”处理：{found}",
        "sections left out count as not done: {found}",
    ),
    "plan.not_simulated": (
        "{found} 部分已读取，但尚不模拟",
        "the section {found} is read but not simulated yet",
    ),
    "plan.never_ordered": (
        "没有规则对这些片区下令立即转移：{found}",
        "no rule ever orders these zones to move: {found}",
    ),
    "plan.rule_needs": (
        "派车/安置规则 {found} 需要填写 {allowed}",
        "the rule {found} needs {allowed}",
    ),
    "plan.closes_nothing": ("没有写要封闭哪些路", "names no road to close"),
    "plan.edges_apart": (
        "路段 {found} 不接在前一段后面（按行驶次序首尾相接）",
        "edge {found} does not begin where the one before it ends",
    ),
    "plan.one_way_edge": (
        "路段 {found} 没有反方向，不能分时放行",
        "edge {found} has no other direction to take turns with",
    ),
    "plan.two_routes": (
        "片区 {found} 指定了两条撤离路线",
        "zones {found} are given two ways out",
    ),
    "traffic.no_queues": (
        "不计路上排队，事故没有作用",
        "without queues on the roads crashes change nothing",
    ),
    "plan.no_post": (
        "指挥部表中没有 {found} 一级的指挥部",
        "the table of posts has no post at the level {found}",
    ),
    "outage.hits_nobody": (
        "停电停水 {found} 没有安置点可影响",
        "the outage {found} hits no shelter, because there is none",
    ),
    "rule.selects_nothing": ("没有片区符合这些条件", "no zone fits these conditions"),
    "rule.no_signal": (
        "片区 {found} 没有测站或测站没有所需特征值，{allowed} 永远不会触发",
        "the zones {found} have no gauge or no such level: {allowed} can never fire",
    ),
    "rule.no_wind": (
        "这种灾害没有风，{found} 永远不会触发",
        "this disaster brings no wind: {found} can never fire",
    ),
    "rule.no_area": (
        "灾害部分没有公布这种区域（{found}），这条规则永远不会触发",
        "the hazard section announces no such area ({found}): the rule can never fire",
    ),
    "rule.no_watcher": (
        "灾害部分没有写监测手段（watchers），{found} 永远不会触发",
        "the hazard section names no watchers: {found} can never fire",
    ),
    "danger.always": (
        "凡有灾的情景里都处在危险之中（占比 {found}），不能用，请删去或改址",
        "in danger whenever the disaster comes ({found} of the members): leave it out or move it",
    ),
    "danger.sometimes": (
        "部分有灾的情景里处在危险之中（占比 {found}）",
        "in danger in some members (share {found})",
    ),
    "water.always": (
        "凡来水的情景里都被淹（{found}），不能用，请删去或改址",
        "under water whenever danger comes ({found}): unusable, leave it out or move it",
    ),
    "water.sometimes": (
        "部分来水情景里被淹（占比、最大水深 {found}）",
        "under water in some dangerous members (share, greatest depth {found})",
    ),
}
