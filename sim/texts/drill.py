"""Words of the inject list 演练导调单: key → (Chinese, English); every inject says 演练."""

from __future__ import annotations

from sim.texts.labels import Label

MARK: Label = ("演练", "DRILL")

INJECTS: dict[str, Label] = {
    "start": (
        "演练开始。情景时间 {clock}，{scenario}灾情正在发展，名单上应转 {people:,} 人，"
        "其中特殊群体及陪护 {special:,} 人。请各参演单位到岗待命。",
        "The drill begins. Scenario time {clock}. {scenario}: the hazard is on its way; "
        "{people:,} people are on the lists, {special:,} of them special groups with escorts. "
        "Take your posts.",
    ),
    "trigger_observed_level": (
        "{gauge}实测水位 {value} m，已到{limit}（{threshold} m），"
        "涉及{townships}，共 {zones} 个片区 {people:,} 人。",
        "{gauge}: observed level {value} m, at the {limit} ({threshold} m). Concerns {townships}, "
        "{zones} zones, {people:,} people.",
    ),
    "trigger_forecast_level": (
        "水情预报：{gauge} {lead} 小时内水位将到 {value} m，达到{limit}（{threshold} m），"
        "涉及{townships}，共 {zones} 个片区 {people:,} 人。",
        "Forecast: {gauge} will reach {value} m within {lead} h, at the {limit} ({threshold} m). "
        "Concerns {townships}, {zones} zones, {people:,} people.",
    ),
    "trigger_rain": (
        "{gauge} {hours} 小时累计雨量 {value} mm，达到预案规定的 {threshold} mm，"
        "涉及{townships}，共 {zones} 个片区 {people:,} 人。",
        "{gauge}: {value} mm of rain in {hours} h, at the plan's {threshold} mm. Concerns "
        "{townships}, {zones} zones, {people:,} people.",
    ),
    "trigger_observed_wind": (
        "实测阵风 {value} m/s，达到预案规定的 {threshold} m/s，涉及{townships}，"
        "共 {zones} 个片区 {people:,} 人。",
        "Gusts of {value} m/s are observed, at the plan's {threshold} m/s. Concerns {townships}, "
        "{zones} zones, {people:,} people.",
    ),
    "trigger_forecast_wind": (
        "大风预报：{lead} 小时内阵风将到 {value} m/s，达到预案规定的 {threshold} m/s，"
        "涉及{townships}，共 {zones} 个片区 {people:,} 人。",
        "Forecast: gusts of {value} m/s within {lead} h, at the plan's {threshold} m/s. Concerns "
        "{townships}, {zones} zones, {people:,} people.",
    ),
    "trigger_alarm": (
        "监测报警，尚未核实，涉及{townships}，共 {zones} 个片区 {people:,} 人。",
        "An alarm came in, not verified yet. Concerns {townships}, {zones} zones, {people:,} "
        "people.",
    ),
    "trigger_announced_area": (
        "已公布隔离区和下风防护区，涉及{townships}，共 {zones} 个片区 {people:,} 人。",
        "Isolation and protective areas are announced. Concerns {townships}, {zones} zones, "
        "{people:,} people.",
    ),
    "trigger_onset_forecast": (
        "{bulletin}：{when}，涉及{townships}，共 {zones} 个片区 {people:,} 人。",
        "{bulletin}: {when}. Concerns {townships}, {zones} zones, {people:,} people.",
    ),
    "trigger_clock": (
        "到预案规定时刻 {clock}，涉及{townships}，共 {zones} 个片区 {people:,} 人。",
        "It is {clock}, the hour set by the plan. Concerns {townships}, {zones} zones, {people:,} "
        "people.",
    ),
    "trigger_alone": (
        "{zone}联系不上上级，村口水位已到自行转移的标准，片区共 {people:,} 人。",
        "{zone} cannot reach its superiors; the water it sees is at the level at which a village "
        "acts alone. {people:,} people.",
    ),
    "order_prepare": (
        "{post}签发准备转移指令：{township}，{zones} 个片区 {people:,} 人做好转移准备，{first}。",
        "{post} orders {township} to prepare: {zones} zones, {people:,} people; {first}.",
    ),
    "order_move": (
        "{post}签发立即转移指令：{township}，{zones} 个片区 {people:,} 人立即转移，"
        "其中集合乘车 {coach:,} 人、需救护车 {ambulance:,} 人。",
        "{post} orders {township} to move now: {zones} zones, {people:,} people, of these "
        "{coach:,} by coach and {ambulance:,} by ambulance.",
    ),
    "call_failed": (
        "{village}责任人（{organiser}）{calls} 次呼叫无人接听，全村 {people:,} 人尚无人组织，"
        "其中特殊群体及陪护 {special:,} 人。",
        "{village}: {calls} calls to the organiser ({organiser}) remain unanswered; nobody "
        "organises its {people:,} people, {special:,} of them special groups with escorts.",
    ),
    "patients": (
        "{zone}报告：卧床人员 {patients} 名、需轮椅位 {chairs} 名，"
        "首名已收拾完毕等待抬送，车辆未到。",
        "{zone} reports {patients} bedridden and {chairs} wheelchair users; the first is ready to "
        "be carried, and no vehicle is there.",
    ),
    "no_show": (
        "运力组清点：已通知 {called} 辆车，其中 {missing} 辆司机联系不上（{list}）。",
        "The fleet desk counts: of {called} vehicles called, {missing} drivers cannot be reached "
        "({list}).",
    ),
    "crowd": (
        "{place}已有群众到达等车，现场还没有车；按名单该点将有 {people:,} 人乘车。",
        "People have arrived at {place} and no vehicle is there; {people:,} are to board there.",
    ),
    "cutoff": (
        "{zone}集合点的车路全部不通（{shut}），大巴、中巴进不去也出不来，"
        "片区内还有 {left:,} 人未到安全处。",
        "No road for vehicles to the assembly point of {zone} is open ({shut}); {left:,} people of "
        "the zone are not safe yet.",
    ),
    "blocked": (
        "{vehicle}（{class}，车上 {aboard} 人）去往{place}途中道路{shut}，无法前行。",
        "{vehicle} ({class}, {aboard} aboard) cannot go on to {place}: the road is {shut}.",
    ),
    "incident": (
        "{village}群众来电：{trapped}，{people:,} 人被困，请求救援。",
        "A call from {village}: {trapped}; {people:,} people are trapped and ask for help.",
    ),
    "no_way": (
        "{team}报告：去往{place}无路可达。",
        "{team} reports that no road leads to {place}.",
    ),
    "full": (
        "{shelter}报告：已满（可安置 {capacity} 人），门口还有群众陆续到达。",
        "{shelter} reports that it is full ({capacity} places) while people keep arriving.",
    ),
    "no_place": (
        "{shelter}报告：附近安置点都已满，门口 {people:,} 人无处安置。",
        "{shelter} reports {people:,} people at its gate and no place left anywhere near.",
    ),
    "shelter_failed": (
        "{shelter}报告：{why}，不能再住，里面 {people:,} 人要再转移。",
        "{shelter} reports: {why}; nobody can stay, {people:,} people inside must be moved on.",
    ),
    "broken": (
        "{vehicle}（{class}）在{place}附近故障，车上 {aboard} 人。",
        "{vehicle} ({class}) has broken down near {place} with {aboard} people aboard.",
    ),
    "refused": (
        "{village}报告：{parties} 户 {people:,} 人经{visits}上门劝说仍不愿转移。",
        "{village} reports {parties} households, {people:,} people, who refuse to leave after "
        "{visits}.",
    ),
    "returned": (
        "有群众要回村看家：首批 {people:,} 人已离开{shelter}，去往{village}方向。",
        "People go home to look after things: {people:,} have left {shelter} for {village}.",
    ),
    "headcount": (
        "请{township}清点报数：应转 {people:,} 人，已转、已清点、未转各多少，未转的逐户说明去向。",
        "{township}: report your head-count of {people:,} people on the list: out, counted, not "
        "out, and for every household not out the reason.",
    ),
    "headcount_county": (
        "请全县清点报数：应转 {people:,} 人，分乡镇报已转、已清点、拒绝、被困人数，"
        "账人相符后报导调组。",
        "County: report the head-count of {people:,} people by township: out, counted, refusing, "
        "trapped.",
    ),
    "never_ordered": (
        "到{clock}全程未达到立即转移的条件，准备转移已下达 {zones} 个片区；"
        "期间断路片区 {cut} 个、{people:,} 人。",
        "By {clock} the condition to move was never met; {zones} zones had been told to prepare; "
        "{cut} zones with {people:,} people were cut off meanwhile.",
    ),
    "end": (
        "演练结束。情景时间 {clock}。各单位清点参演人员和车辆，就地集合点评。",
        "The drill ends. Scenario time {clock}. Count your people and vehicles and assemble for "
        "the review.",
    ),
}

EXPECTED: dict[str, Label] = {
    "report_in": (
        "各单位报到：到岗人数、车辆 {vehicles} 辆、救援队 {teams} 支、通信是否畅通。",
        "All units report in: people, {vehicles} vehicles, {teams} rescue teams, communications.",
    ),
    "order_prepare": (
        "值班员立即报告，会商后签发准备转移指令，写明片区、时限和接收单位。",
        "Report at once, consult, and sign the order to prepare: zones, deadline, receivers.",
    ),
    "order_move": (
        "值班员立即报告，会商后签发立即转移指令，写明片区、时限和接收单位。",
        "Report at once, consult, and sign the order to move: zones, deadline, receivers.",
    ),
    "order_both": (
        "值班员立即报告，会商后分片签发准备转移和立即转移指令，写明片区、时限和接收单位。",
        "Report at once, consult, and sign both orders, to prepare and to move: zones, deadline, "
        "receivers.",
    ),
    "alone": (
        "责任人按预案自行下令，敲锣广播、入户带人走，设法把人数和去向报上级。",
        "The organiser orders by the plan, spreads the word, leads people out, tries to report.",
    ),
    "prepare_told": (
        "责任人入户告知，特殊群体和重点场所先走，车辆司机到岗待命。",
        "Organisers tell households; special groups and facilities first; drivers stand by.",
    ),
    "prepare_only": (
        "责任人入户告知，核对特殊群体和车辆司机名单，定好集合时间，等候立即转移指令。",
        "Organisers tell households, check special groups and drivers, set the hour to gather, and "
        "wait for the order to move.",
    ),
    "stand_down": (
        "会商：断路片区是否提级转移或就近避险，何时解除准备转移，结论报导调组。",
        "Consult: move or shelter the zones cut off, when to stand down; report the decision.",
    ),
    "told": (
        "逐级叫应到责任人，广播加入户，九成的人叫应后报上级指挥部。",
        "Call out every organiser, broadcast and knock on doors; report when nine in ten are told.",
    ),
    "told_by_hand": (
        "改找副责任人或派人上门，叫应到户，报叫应九成的时刻。",
        "Find the deputy or send somebody; tell every household; report nine in ten told.",
    ),
    "patients": (
        "按一对一表调救护车和轮椅位车辆，责任人到场陪同，上车逐人报编号。",
        "Send ambulances and wheelchair places by the one-to-one list; report each id aboard.",
    ),
    "fleet_ready": (
        "启用替班司机，从相邻待命点补车，报九成车辆到位时刻。",
        "Call relief drivers, draw vehicles from the next depots, report nine in ten available.",
    ),
    "first_vehicle": (
        "调度派车并告知集合点到达时间，首车载客发车即报。",
        "Dispatch a vehicle, tell the assembly point when it comes, report the first departure.",
    ),
    "after_cutoff": (
        "设卡断行，通知在途车辆；片区内的人{refuge}，报九成和最后一人到安全处的时刻。",
        "Close the road, warn vehicles; people {refuge}; report when nine in ten and the last one "
        "are safe.",
    ),
    "rerouted": (
        "调度改派路线或安置点，{detour}，报送达时刻。",
        "Give another way or shelter; {detour}; report the arrival.",
    ),
    "boat": (
        "派就近队伍，报出动、首支队伍到场、最后一人救出三个时刻；{hold}。",
        "Send the nearest team; report departure, first team there, last person fetched; {hold}.",
    ),
    "no_way": (
        "改派能到达的队伍，或请求区域联动、航空力量，并回复被困群众。",
        "Send another team or ask for mutual aid, and answer the people trapped.",
    ),
    "sent_on": (
        "引导到下一个有位的安置点或启用备用点，逐户登记去向，报最后一户安置时刻。",
        "Lead people to the next shelter with places or open a reserve; register everybody.",
    ),
    "moved_on": (
        "先清点安抚，指定下一个有位的安置点，近的步行带过去、远的派车，逐户登记，报最后一户安置时刻。",
        "Count and calm people, name the next shelter with places, walk those near and send "
        "vehicles for the rest; register everybody and report the last household settled.",
    ),
    "repaired": (
        "就近派车接驳或抢修，群众在车上清点不下车，报恢复时刻。",
        "Send another vehicle or repair; count people aboard; report when it goes on.",
    ),
    "refused_twice": (
        "会同民警签字告知，逐户登记并专人盯守，险情加重时再劝，结果回报。",
        "Written notice with the police, list every household, somebody watches; ask again when "
        "the danger grows.",
    ),
    "refused_watch": (
        "预案未安排二次排查：请说明由谁、何时再上门，仍不走的登记并盯守。",
        "The plan has no second sweep: say who goes back and when; who stays is listed.",
    ),
    "back_again": (
        "安置点设岗劝返，村口设卡，已回村的逐户接回并重新清点。",
        "Hold people at the shelter, close the road to the village, fetch and count them again.",
    ),
    "headcount": (
        "按接收表逐户核对，账人相符，未转的列出户号和原因后上报。",
        "Check household by household against the reception list; list who is missing and why.",
    ),
    "headcount_county": (
        "汇总乡镇报数，与安置点登记、名单三方核对，口径一致后报送。",
        "Add up the townships, compare with shelters and lists, report one number.",
    ),
    "review": ("参演人员车辆归建，交回记录表。", "Everybody back; hand in the record sheets."),
}

ROLES: dict[str, Label] = {
    "director": ("导调组", "drill control"),
    "watch": ("{name}", "{name}"),
    "public": ("群众（导调组代）", "the public (played by control)"),
    "all": ("各参演单位", "all units"),
    "county": ("县指挥部", "county post"),
    "post": ("{name}", "{name}"),
    "township": ("{name}指挥所", "{name} post"),
    "fleet": ("运力组", "fleet desk"),
    "rescue": ("救援组", "rescue desk"),
    "village": ("{name}责任人", "organiser of {name}"),
    "villages": ("{name}各村责任人", "organisers of {name}"),
    "shelter": ("{name}负责人", "manager of {name}"),
    "driver": ("{name}司机", "driver of {name}"),
    "townships": ("各乡镇指挥所", "all township posts"),
    "team": ("{name}", "{name}"),
}

TIMED: dict[str, Label] = {
    "order_prepare": ("信号出现→指令签发", "signal → order signed"),
    "order_move": ("信号出现→指令签发", "signal → order signed"),
    "told": ("下令→九成叫应", "order → nine in ten told"),
    "told_by_hand": ("呼叫失败→该村九成叫应", "failed call → nine in ten of the village told"),
    "patients": ("首名可抬送→九成接上车", "first ready → nine in ten picked up"),
    "fleet_ready": ("通知→九成车辆到位", "call → nine in ten vehicles available"),
    "first_vehicle": ("首批群众到点→首车载客发车", "first people there → first vehicle leaves"),
    "after_cutoff": ("断路→留下的人九成到安全处", "road cut → nine in ten left behind safe"),
    "rerouted": ("受阻→送达", "stopped → delivered"),
    "repaired": ("故障→恢复行驶", "breakdown → goes on"),
    "boat": ("求救→首支队伍到场", "call for help → first team there"),
    "sent_on": ("因满改送→重新安置", "turned away → settled elsewhere"),
    "back_again": ("离开安置点→再回安全处", "left the shelter → safe again"),
    "headcount": ("下令→愿走的人九成清点", "order → nine in ten of the willing counted"),
    "headcount_county": (
        "首道命令→全县愿走的人九成清点",
        "first order → nine in ten of the willing counted",
    ),
}
"""From what to what the simulated minutes of an action run; a drill measures the same."""

DRILL_WORDS: dict[str, Label] = {
    "prefix": ("【演练】", "[DRILL] "),
    "whole_county": ("全县", "whole county"),
    "first_special": ("特殊群体和重点场所先走", "special groups and facilities leave first"),
    "first_none": ("暂不出发", "nobody leaves yet"),
    "warning": ("警戒水位", "warning level"),
    "guarantee": ("保证水位", "guarantee level"),
    "given": ("预案水位", "level set by the plan"),
    "and_more": ("{list}等 {n} 个乡镇", "{list} and others, {n} townships"),
    "fails_hazard": ("险情到了安置点", "the hazard has come to the shelter"),
    "fails_power": ("停电，自备电也用完了", "no power, and its own reserve is used up"),
    "fails_water": ("停水，存水也用完了", "no water, and its own reserve is used up"),
    "one_visit": ("", "a visit"),
    "two_visits": ("两次", "two visits"),
    "and_more_vehicles": ("{list} 等", "{list} and others"),
    "live": ("实做计时", "live, timed"),
    "jump": ("跳时，只报时刻", "clock jumps, report the time"),
    "untimed": ("不计时", "not timed"),
    "here": ("本地，{n} 次", "here, {n} runs"),
    "county": ("全县，{n} 次", "county, {n} runs"),
    "anywhere": ("各处同类，{n} 次", "same kind anywhere, {n} runs"),
    "never_seen": ("各次推演均未出现", "in none of the runs"),
    "not_kept": ("本次运行未留用时", "not kept by this run"),
    "coach": ("大巴", "coach"),
    "minibus": ("中巴", "minibus"),
    "ambulance": ("救护车", "ambulance"),
    "village_alone": ("村里自行", "the village itself"),
    "towards": ("{place}方向", "towards {place}"),
    "near": ("{place}附近", "near {place}"),
}
