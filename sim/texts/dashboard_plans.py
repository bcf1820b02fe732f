"""Words of the page on which plans are written."""

from __future__ import annotations

PLANS: dict[str, tuple[str, str]] = {
    "plans.plan": ("方案", "Plan"),
    "plans.section": ("写哪一部分", "Part of the plan"),
    "plans.basics": ("名称和说明", "Name and note"),
    "plans.part_wrong": ("{name} ✕{n}", "{name} ✕{n}"),
    "plans.part_out": ("{name}（未写）", "{name} (not written)"),
    "plans.saved": ("已保存，没有改动", "saved, nothing changed"),
    "plans.dirty": (
        "有改动没保存；草稿随时自动存着，刷新、关页都不会丢",
        "changed, not saved; the draft is kept all the time, a reload loses nothing",
    ),
    "plans.shipped": (
        "这个情景随软件带来（或所在文件夹不能写），方案在这里只能看。要改，请点“复制来改”，"
        "会在 scenarios 文件夹里另存一份情景，原来的不动。",
        "This scenario comes with the program, or its folder cannot be written: plans can be "
        "looked at only. “Copy and change” puts a copy into the folder scenarios and leaves the "
        "original alone.",
    ),
    "plans.copy": ("另存为新方案", "Save as a new plan"),
    "plans.copy_shipped": ("复制来改", "Copy and change"),
    "plans.copy_scenario": ("新情景的文件夹名", "Folder of the new scenario"),
    "plans.copy_name": ("新方案名称", "Name of the new plan"),
    "plans.copy_id": ("新方案编号（文件名）", "Id of the new plan (file name)"),
    "plans.copy_id_help": (
        "可用汉字、字母、数字、下划线、短横线；写进文件夹后不再变。",
        "Letters of any script, digits, _ and -; it does not change later.",
    ),
    "plans.copy_do": ("复制并打开", "Copy and open"),
    "plans.copy_tip": (
        "新方案带上屏幕上的全部内容；原方案保持上次保存的样子。",
        "The new plan takes all that is on screen; the old one stays as it was saved.",
    ),
    "plans.copied_name": ("{name}（副本）", "{name} (copy)"),
    "plans.id_empty": ("请写编号。", "Please write an id."),
    "plans.id_bad": (
        "编号 {name} 不能用：只用汉字、字母、数字、_、-、中间的点，不以符号开头，最多 60 字。",
        "The id {name} cannot be used: letters, digits, _, - and dots inside, no sign in front, "
        "60 at most.",
    ),
    "plans.id_taken": ("已经有 {name}，请换一个。", "{name} exists already; choose another."),
    "plans.copied": ("已建好新方案 {name}。", "The new plan {name} is there."),
    "plans.name_empty": ("请写名称。", "Please write a name."),
    "plans.save": ("保存", "Save"),
    "plans.save_help": (
        "写进 plans/{name}.yaml；没动过的部分连同注释原样保留。",
        "Written to plans/{name}.yaml; what was not touched stays as it is, comments included.",
    ),
    "plans.save_done": ("已保存到 plans/{name}.yaml。", "Saved to plans/{name}.yaml."),
    "plans.save_wrong": (
        "还有 {n} 处错误，改好才能保存；草稿不会丢。",
        "{n} error(s) to mend before it can be saved; the draft is kept.",
    ),
    "plans.not_written": (
        "写不进去（{reason}），草稿还在。",
        "It could not be written ({reason}); the draft is kept.",
    ),
    "plans.undo": ("撤销", "Undo"),
    "plans.discard": ("放弃改动", "Discard"),
    "plans.discard_help": (
        "回到上次保存的样子；放弃以后仍可“撤销”。",
        "Back to what was saved last; “Undo” brings the changes back.",
    ),
    "plans.changed": (
        "方案 {name} 在您打开以后被别处改过（另一个页面、另一个人或编辑器）。您的改动还在草稿里，"
        "没有写进去。",
        "Plan {name} was changed elsewhere since you opened it (another tab, person or editor). "
        "Your changes are still in the draft and were not written.",
    ),
    "plans.gone": (
        "方案文件 {name} 不见了，可能被改名或删除。您的改动还在草稿里，可以另存为新方案。",
        "The file of plan {name} is gone, renamed or removed. Your changes are in the draft; save "
        "them as a new plan.",
    ),
    "plans.differs_entry": ("条目", "entry"),
    "plans.differs_mine": ("我的草稿", "my draft"),
    "plans.differs_disk": ("文件里现在的", "in the file now"),
    "plans.overwrite": ("用我的覆盖", "Overwrite with mine"),
    "plans.take_theirs": ("放弃我的，读新的", "Drop mine, read the new one"),
    "plans.other_drafts": ("没保存的草稿（{n}）", "Drafts not saved ({n})"),
    "plans.other_draft": ("{scenario} · {plan}，{when}", "{scenario} · {plan}, {when}"),
    "plans.draft_open": ("接着改", "Go on"),
    "plans.draft_drop": ("扔掉", "Throw away"),
    "plans.unreadable": (
        "这个方案文件有写法错误，页面不敢改它（怕丢内容）。请先用文本编辑器改好下面几处：",
        "This file has errors of notation, and the page does not touch what it cannot read. Mend "
        "these in a text editor first:",
    ),
    "plans.none": (
        "这个情景还没有方案。先建一个起步方案，再一节一节改。",
        "This scenario has no plan yet. Begin with a first one and change it part by part.",
    ),
    "plans.none_do": ("建一个起步方案", "Make a first plan"),
    "plans.first_name": ("起步方案", "First plan"),
    "plans.checks": ("检查", "Checks"),
    "plans.checks_tip": (
        "与 yuyan check 同一套，随改随查。",
        "Those of yuyan check, at every change.",
    ),
    "plans.checks_good": ("没有错误，可以保存和预演。", "No errors: it can be saved and played."),
    "plans.checks_wrong": ("{n} 处错误要改：", "{n} error(s) to mend:"),
    "plans.checks_notes": ("{n} 条提示", "{n} note(s)"),
    "plans.scenario_wrong": (
        "情景本身还有错误，先只查方案自己；地点、车辆的名字暂时对不上号：",
        "The scenario itself has errors; only the plan is checked, names of places and vehicles "
        "cannot be looked up:",
    ),
    "plans.fault": ("{where}：{what}", "{where}: {what}"),
    "plans.limits": ("允许 {limits}", "allowed {limits}"),
    "plans.default": ("不填时按：{value}", "when left out: {value}"),
    "plans.key": ("文件里的键：{name}", "key in the file: {name}"),
    "plans.comma": ("、", ", "),
    "plans.empty": ("空", "empty"),
    "plans.all": ("不限（全部）", "all"),
    "plans.nobody": ("没有", "nobody"),
    "plans.pick": ("请选择", "choose"),
    "plans.a_number": ("填数值", "a number"),
    "plans.clock_like": ("如 20:30，次日 +1 03:00", "20:30, next day +1 03:00"),
    "plans.unknown_name": ("{name}（情景里没有）", "{name} (not in the scenario)"),
    "plans.section_on": ("这个方案写这一节", "This plan has this part"),
    "plans.section_off": (
        "没写这一节，就当“不做”。打开上面的开关就可以写。",
        "Left out means “not done”. Switch it on to write it.",
    ),
    "plans.section_default": (
        "没写这一节，按默认办理。打开上面的开关就可以改。",
        "Left out: the defaults hold. Switch it on to change them.",
    ),
    "plans.no_items": ("还没有。", "None yet."),
    "plans.add": ("加一条{what}", "Add: {what}"),
    "plans.item": ("第 {n} 条　{words}", "No. {n}　{words}"),
    "item.up": ("上移", "Up"),
    "item.down": ("下移", "Down"),
    "item.double": ("照样再来一条", "Double"),
    "item.away": ("删掉", "Remove"),
    "table.who": ("哪一个", "which"),
    "table.where": ("放到哪里", "where"),
    "many.who": ("一次放多个", "Several at once"),
    "many.where": ("都放到", "all to"),
    "many.put": ("放过去", "Put"),
    "plans.remove": ("删除", "Remove"),
    "plans.remove_tip": (
        "从方案列表里去掉；文件挪到 plans/.removed，要找回来就挪回去。",
        "Takes the plan off the list; its file goes to plans/.removed and can be moved back.",
    ),
    "plans.remove_do": ("删除这个方案", "Remove this plan"),
    "plans.removed": ("已删除 {name}，文件在 plans/.removed。", "{name} is in plans/.removed now."),
    "table.half": ("有 {n} 行没填完，先不算。", "{n} row(s) are incomplete and do not count yet."),
    "table.twice": (
        "{names} 写了两次，以下面那行为准。",
        "{names} stand twice; the lower row counts.",
    ),
    "spread.constant": ("固定值", "fixed"),
    "spread.triangular": ("最少—最可能—最多", "least, most likely, most"),
    "spread.lognormal": ("一般—九成以内", "median and nine in ten"),
    "spread.uniform": ("最少—最多，一样可能", "from … to …, equally likely"),
    "spread.exponential": ("指数分布", "exponential"),
    "spread.normal": ("正态分布", "normal"),
    "part.value": ("数值", "value"),
    "part.low": ("最少", "least"),
    "part.mode": ("最可能", "most likely"),
    "part.high": ("最多", "most"),
    "part.median": ("一般（中位）", "median"),
    "part.p90": ("九成以内", "P90"),
    "part.mean": ("平均", "mean"),
    "part.sd": ("标准差", "sd"),
    "spread.more": ("更多", "more"),
    "spread.per": ("多久抽一次", "drawn anew for"),
    "spread.per_help": (
        "每一户（车、队）各抽一个，还是同一片区、同一次预演里大家一样。",
        "One value for each household, vehicle or team, or one for a whole zone or night.",
    ),
    "per.entity": ("每一户、车、队各一个", "each household, vehicle, team"),
    "per.zone": ("每个片区一个", "each zone"),
    "per.replication": ("每次预演一个", "each replication"),
    "spread.all": ("整体可能偏到几倍", "all together up to × "),
    "spread.all_help": (
        "没把握时填：十次里有一次，所有人一起比上面的数长这么多倍（1～5）。",
        "When unsure: one night in ten everybody takes this many times as long (1 to 5).",
    ),
    "plans.run": ("预演", "Rehearse"),
    "plans.run_with": ("一起跑的方案", "Plans to run together"),
    "plans.run_do": ("开始预演", "Start"),
    "plans.run_save": ("保存并预演", "Save and start"),
    "plans.run_tip": (
        "要比的方案一起跑，遇到的是同样的灾情。跑完点“看结论”，再到“比较”。",
        "Run together what is to be compared: all meet the same nights. Then “See the answer” "
        "and “Compare”.",
    ),
    "plans.run_queued": ("已排进队列。", "It is in the queue."),
    "plans.map": ("在图上选", "Pick on the map"),
    "plans.map_tip": (
        "点一下选上，再点一下去掉；蓝色是已选的。滚轮放大，拖动平移。路按两个方向一起选；两向车道都外撤的，"
        "取通往安置点、出口的方向，可在上面的列表里改。内部示意图。",
        "Click to take, click again to drop; blue is taken. Wheel to zoom, drag to move. Roads are "
        "taken in both directions; where both lanes lead out, in the direction of shelters and "
        "exits, to be changed in the list above. A sketch for internal use.",
    ),
    "plans.map_tip_one": (
        "先选是谁，再点一个地点；点别处就换过去，点空白处取消。内部示意图。",
        "Choose who, then click a place; another click moves it there, a click beside all places "
        "takes it away. A sketch for internal use.",
    ),
    "plans.map_who": ("给谁选地点", "Whose place"),
    "plans.map_no_who": (
        "表里还没有人：先在上面的表里写一行。",
        "Nobody is in the table yet: write a row above first.",
    ),
    "plans.map_none": ("这里没有可以画的位置。", "Nothing here has a position to draw."),
    "plans.map_place": ("名称", "name"),
    "plans.map_of": ("要选什么", "What to pick"),
}
