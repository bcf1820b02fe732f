"""Words of the map and the replay: key → (zh, en)."""

from __future__ import annotations

from sim.texts.labels import Label

REPLAY: dict[str, Label] = {
    "stamp": ("内部示意图 · 模拟数据", "internal sketch map · simulated data"),
    "play": ("播放", "Play"),
    "pause": ("暂停", "Pause"),
    "start": ("回到开头", "To the start"),
    "speed": ("速度", "Speed"),
    "speed.unit": ("分钟/秒", "min per s"),
    "fit": ("全图", "Whole map"),
    "fullscreen": ("全屏", "Full screen"),
    "layers": ("图层与图例", "Layers and legend"),
    "north": ("北", "N"),
    "people": ("人员（人）", "People"),
    "vehicles": ("车辆（辆）", "Vehicles"),
    "boats": ("船艇（艘）", "Boats"),
    "left": ("左", "left"),
    "right": ("右", "right"),
    "close": ("关闭", "Close"),
    "hint": (
        "点村看经过，点车看趟次；滚轮缩放，拖动平移，空格播放或暂停",
        "Click a village or a vehicle; wheel to zoom, drag to move, space to play or pause",
    ),
    "gantt": ("车辆和队伍时间表", "Vehicles and teams by time"),
    "replication": ("第 {n} 次", "replication {n}"),
    "which": ("看哪一次", "Which one"),
    "median": ("中位的一次", "the median one"),
    "worst": ("最差的一次", "the worst one"),
    "median.of_plan": ("本方案的中位", "median of this plan"),
    "worst.of_plan": ("本方案的最差", "worst of this plan"),
    "any": ("任选一次", "any one"),
    "number": ("第几次", "number"),
    "beside": ("并排对比", "Beside it"),
    "beside.none": ("不对比", "nothing"),
    "download": ("下载这张图（一个网页文件）", "Download this map (one HTML file)"),
    "download.help": (
        "不装程序、不联网，用浏览器打开就能放映；内部使用，注意保管。",
        "Plays in any browser without the program or a network; for internal use.",
    ),
    "how": ("怎么看", "How to read it"),
    "drawing": ("正在画图……", "Drawing …"),
    "roads": ("道路拥堵", "Queues on roads"),
    "roads.help": (
        "日志里没有路上排队的情形，打开后把这一次重新推演一遍，要几秒钟。",
        "Queues are not in the log: the night is played again for them, which takes some seconds.",
    ),
    "no_roads": (
        "程序与当时推演用的不同，给不出路上排队；图上其他内容取自当时的日志。",
        "This program differs from the one that rehearsed the night, so there are no queues; all "
        "else is from the log of that night.",
    ),
    "scenario_gone": (
        "情景文件夹已移走或改动，不能画图；把它放回原处再看。",
        "The scenario folder has gone or has changed, so there is no map; put it back to see it.",
    ),
    "other_night": (
        "重演得到的日志与当时不同（程序或机器换过），不能给出这一次的图；请重新运行。",
        "Played again, this night differs from the one that was scored (another program or "
        "machine): no map of it; run again.",
    ),
    "time": ("时刻", "time"),
    "people.home": ("在家", "at home"),
    "people.preparing": ("收拾准备", "preparing"),
    "people.moving": ("步行、自驾", "on foot, own car"),
    "people.waiting": ("集合点候车", "waiting at a stop"),
    "people.aboard": ("在车上", "aboard"),
    "people.gate": ("安置点登记", "at the gate"),
    "people.sheltered": ("已安置", "sheltered"),
    "people.elsewhere": ("已投亲或出区", "with relatives"),
    "people.in_place": ("就近避险", "safe in place"),
    "people.boat": ("在船上", "in boats"),
    "vehicle.none": ("未调用", "not called"),
    "vehicle.called": ("待命", "standing by"),
    "vehicle.absent": ("未到岗", "did not turn up"),
    "vehicle.to_pickup": ("去接人", "to the pick-up"),
    "vehicle.at_pickup": ("上客", "boarding"),
    "vehicle.to_shelter": ("送人", "to the shelter"),
    "vehicle.at_shelter": ("下客", "unloading"),
    "vehicle.stuck": ("受阻、故障、被困", "blocked, broken"),
    "vehicle.off": ("收车", "off duty"),
    "boat.ready": ("待命", "standing by"),
    "boat.to_site": ("赶往水边", "to the landing"),
    "boat.afloat": ("水上接人", "fetching by water"),
    "boat.to_landing": ("载人返回", "bringing people"),
    "boat.landed": ("靠岸", "at the landing"),
    "boat.off": ("休整", "resting"),
    "layer.rivers": ("河流", "rivers"),
    "layer.roads": ("道路", "roads"),
    "layer.closures": ("道路管控", "roads under control"),
    "layer.queues": ("道路拥堵", "queues on roads"),
    "queue.1": ("缓行", "slow"),
    "queue.2": ("拥堵", "very slow"),
    "queue.3": ("排队不动", "standing"),
    "layer.villages": ("村庄与重点场所", "villages and facilities"),
    "layer.stops": ("候车人数", "people waiting"),
    "layer.shelters": ("安置点", "shelters"),
    "layer.vehicles": ("车辆", "vehicles"),
    "layer.cars": ("自驾车", "own cars"),
    "car": ("一户一点", "a household each"),
    "layer.boats": ("冲锋舟", "boats"),
    "layer.incidents": ("险情和被困", "incidents and people cut off"),
    "layer.crews": ("处置队伍", "teams that answer incidents"),
    "layer.trucks": ("物资货车", "supply trucks"),
    "incident.1": ("已报，还没人到", "reported, nobody there yet"),
    "incident.2": ("有人到场", "somebody is there"),
    "incident.3": ("正在处置", "work goes on"),
    "crew": ("队伍", "team"),
    "crew.ready": ("待命", "standing by"),
    "crew.to_site": ("赶往现场", "to the site"),
    "crew.on_site": ("现场处置", "at work"),
    "crew.to_hospital": ("送医", "to hospital"),
    "crew.back": ("返回", "on the way back"),
    "crew.no_way": ("道路不通", "no road"),
    "crew.resting": ("休整、加油", "resting or refuelling"),
    "crew.coming": ("请调，开进中", "asked for, marching in"),
    "truck": ("货车", "truck"),
    "truck.stands": ("在库待命", "at its store"),
    "truck.loading": ("拣货装车", "loading"),
    "truck.sent": ("送货途中", "with supplies"),
    "truck.unloading": ("卸车交接", "handing over"),
    "truck.back": ("返回", "on the way back"),
    "truck.shut": ("道路不通，等待", "road closed, waits"),
    "trip.site": ("去哪里", "to"),
    "trip.done": ("离开", "left"),
    "cut_off_at": ("{place}（被困）", "{place} (people cut off)"),
    "story.team_sent": ("派出{team}", "{team} sent"),
    "story.help_called": ("有人被困求救（全场共 {n} 人）", "people call for help ({n} in all)"),
    "story.first_fetched": ("第一批脱险", "the first are out"),
    "story.all_fetched": ("全部脱险", "all are out"),
    "layer.names": ("地名", "names"),
    "road.main": ("国省道", "main road"),
    "road.country": ("县乡道", "country road"),
    "road.small": ("村道", "small road"),
    "closed": ("封路、单行或疏导", "closed, one way or directed"),
    "shelter.larger": ("较大安置点", "larger shelter"),
    "shelter.village": ("村级安置点", "village shelter"),
    "shelter.hospital": ("医院", "hospital"),
    "fill": ("颜色越满人越多；红框为已满", "the fuller the fill the more people; red frame: full"),
    "coach": ("大巴", "coach"),
    "minibus": ("中巴", "minibus"),
    "ambulance": ("救护车", "ambulance"),
    "boat": ("冲锋舟", "boat"),
    "loaded": ("实心载人，空心空驶", "filled: with people; hollow: empty"),
    "of": ("共", "of"),
    "persons": ("人", "persons"),
    "seats": ("座", "seats"),
    "capacity": ("容量", "places"),
    "inside": ("已安置", "inside"),
    "gate": ("门口", "at the gate"),
    "trips": ("趟次", "trips"),
    "trip.start": ("出发", "set out"),
    "trip.pickup": ("上客点", "pick-up"),
    "trip.at_pickup": ("到点", "there"),
    "trip.left": ("上完客", "loaded"),
    "trip.persons": ("人数", "persons"),
    "trip.shelter": ("安置点", "shelter"),
    "trip.at_shelter": ("到达", "arrived"),
    "trip.empty": ("下完客", "empty"),
    "trip.houses": ("接人处", "where"),
    "trip.ashore": ("靠岸", "ashore"),
    "story": ("经过", "what happened"),
    "now": ("此刻", "now"),
    "story.prepare": ("接到准备转移指令", "order to prepare"),
    "story.move": ("接到立即转移指令", "order to move now"),
    "story.called_out": ("叫应成功（打了 {n} 次）", "somebody answered (call {n})"),
    "story.not_called_out": ("打了 {n} 次没有叫应", "{n} calls, nobody answered"),
    "story.told_first": ("第一户接到通知", "first household told"),
    "story.told_half": ("半数人接到通知", "half of the people told"),
    "story.told_last": ("最后一户接到通知（{n}/{total} 人）", "last one told ({n} of {total})"),
    "story.boards_first": ("第一批人上车", "first people aboard"),
    "story.boards_last": ("最后一批人上车（共 {n} 人坐车）", "last ones aboard ({n} by vehicle)"),
    "story.out_first": ("第一户到安全处", "first household safe"),
    "story.out_half": ("半数人到安全处", "half of the people safe"),
    "story.out_last": ("最后一户到安全处（{n}/{total} 人）", "last one safe ({n} of {total})"),
    "story.counted_last": ("清点完毕（{n}/{total} 人）", "head-count done ({n} of {total})"),
    "story.boat_first": ("冲锋舟开始接人", "boats begin to fetch people"),
    "story.boat_last": ("冲锋舟最后一趟（共接 {n} 人）", "last boat trip ({n} people in all)"),
    "story.cut_off": ("断路：大巴中巴出不去了", "cut off: no bus gets out any more"),
    "story.stuck": (
        "卡在：平均每人{longest} 分钟最长；其次{others} 分钟",
        "stuck at: {longest} min per person on average; then {others} min",
    ),
    "story.refused": ("{n} 人拒绝转移", "{n} people refused"),
    "story.not_told": ("{n} 人始终没有接到通知", "{n} people were never told"),
    "story.not_out": ("{n} 人到推演结束没有转出", "{n} people were not out at the end"),
    "and": ("、", ", "),
    "link.decide": ("等下令", "waiting for the order"),
    "link.tell": ("等通知和动员", "being told and persuaded"),
    "link.prepare": ("收拾准备", "preparing"),
    "link.walk": ("步行", "walking"),
    "link.wait": ("等车", "waiting for a vehicle"),
    "link.ride": ("乘车路上", "riding"),
    "link.register": ("下车登记清点", "unloading and head-count"),
    "mark.prepare": ("首次下令准备", "first order to prepare"),
    "mark.move": ("首次下令转移", "first order to move"),
    "mark.cut_off": ("首片断路", "first zone cut off"),
    "mark.incident": ("首次求救", "first call for help"),
    "layer.gauges": ("水位站", "river gauges"),
    "gauge.0": ("未超警戒", "below warning"),
    "gauge.1": ("超警戒", "above warning"),
    "gauge.2": ("超保证", "above guarantee"),
    "whereabouts": ("人员去向", "where people are"),
    "gantt.hide": ("收起", "Hide"),
    "gantt.show": ("车辆和队伍时间表", "Vehicles and teams by time"),
}


HOW: tuple[Label, ...] = (
    (
        "圆饼是村和重点场所，颜色与左边人数表相同：红的还在家，黄的在路上，绿的已安全，紫红的在船上。"
        "村子外面的圈是灾情到了那里，颜色见图例。",
        "Pies are villages and facilities in the colours of the table on the left: red at home, "
        "yellow on the way, green safe, magenta in boats. A ring means that the hazard is there, "
        "in the colours of the legend.",
    ),
    (
        "方块是车，实心的载着人，红边的受阻或被困；小黄点是自驾的人家；梯形是冲锋舟。"
        "绿框是安置点，绿色越满人越多。菱形是险情和被困：红的还没人到，黄的有人到场，绿的正在处置，"
        "点一下看经过；褐色方块是处置队伍和物资货车。",
        "Squares are vehicles, filled with people aboard, red-edged when blocked or caught; yellow "
        "dots are households in their own cars; boats are boats. Green frames are shelters. "
        "Diamonds are incidents: red until somebody comes, yellow when somebody is there, green "
        "while work goes on; brown squares are teams and supply trucks.",
    ),
    (
        "上面的色带是人员去向随时间的变化，黑线是首次下令、灾情到村、断路、求救；点色带或下面的时间表可跳到那一刻。",
        "The strip shows where people are over time; black marks are the first orders, the hazard, "
        "cut-off and call for help. A click on it, or on the rows below, goes to that moment.",
    ),
    (
        "并排的两个方案是同一夜：同样的灾情，同样的人，只有决定不同。",
        "Two plans side by side meet the same night: the same hazard and the same people; only the "
        "decisions differ.",
    ),
    (
        "这是一次推演，不是预报；看好坏要看全部各次的统计（“结论”和“比较”）。船走的路线按日志推出，"
        "上岸点是推定的。",
        "This is one replication and no forecast; which plan is better is told by all of them "
        "(Answer, Compare). Boats' ways are worked out from the log; landings are inferred.",
    ),
)
"""How to read the map, a sentence each."""


def how_to_read(lang: str) -> list[str]:
    """Sentences that say how to read the map."""
    return [label[0 if lang == "zh" else 1] for label in HOW]


def replay_word(key: str, lang: str) -> str:
    """One word in the language asked for."""
    return REPLAY[key][0 if lang == "zh" else 1]


def replay_texts(lang: str) -> dict[str, str]:
    """All words of the page in one language."""
    return {key: replay_word(key, lang) for key in REPLAY}
