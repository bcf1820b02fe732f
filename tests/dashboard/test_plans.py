"""The plan page: written as a form, checked live, kept as a draft, saved, copied, played."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import sim
from dashboard.app_pages.plans_map import take_one
from dashboard.ids import id_fault
from dashboard.jobs import Jobs
from dashboard.plan_draft import folder_of
from dashboard.plan_fields import sections
from dashboard.plan_form import Form
from dashboard.plan_names import KnownNames
from dashboard.settings import Settings
from sim.io.documents import read_plan_yaml
from sim.io.scenario_folder import load_scenario
from sim.schema.plan import PlanSpec

APP = Path(__file__).resolve().parents[2] / "dashboard" / "app.py"
SHIPPED = Path(str(sim.__file__)).resolve().parents[1] / "scenarios"
HOSTILE = (
    *("../../x", "=1+1", "<script>", "a/b", "a\\b", "..", ".x", "-x", "con", "NUL.1", "x.yaml"),
    *("a b", "a\nb", "a\x00", "", "x" * 61, "村" * 60 + ".", "@x", "+x", "x."),
)
Open = Callable[..., AppTest]


@pytest.fixture
def desk(tiny_folder: Path, tmp_path: Path) -> Path:
    """A working folder with the tiny county as an own scenario."""
    home = tmp_path / "home"
    shutil.move(tiny_folder, home / "scenarios" / "tiny")
    return home


@pytest.fixture
def edit(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens the plan page in a browser tab of its own."""
    monkeypatch.setenv("YUYAN_HOME", str(desk))
    monkeypatch.setenv("YUYAN_OPEN", "")

    def opened(plan: str = "late", section: str = "when", **address: str) -> AppTest:
        test = AppTest.from_file(str(APP), default_timeout=120)
        asked = {"scenario": "tiny", "edit": plan, "section": section, **address}
        for name, value in asked.items():
            test.query_params[name] = value
        test.session_state["go"] = "plans"
        return test.run()

    return opened


def plan_file(desk: Path, plan: str = "late") -> Path:
    return desk / "scenarios" / "tiny" / "plans" / f"{plan}.yaml"


def read(file: Path) -> PlanSpec:
    """A saved plan, which must be free of errors."""
    spec, source = read_plan_yaml(file.read_bytes(), file.name)
    assert spec is not None, source.problems
    return spec


def widget(page: AppTest, kind: str, path: str) -> Any:
    """The field of an entry, whichever draft it belongs to."""
    found = [one for one in page.get(kind) if str(one.key).partition(".")[2] == path]
    assert len(found) == 1, (path, [str(one.key) for one in page.get(kind)])
    return found[0]


def words_of(page: AppTest) -> str:
    """Everything on the page that is HTML of ours."""
    blocks = [str(block.proto.body) for block in page.get("html")]
    return "\n".join(one for one in blocks if not one.startswith("<style>"))


def save(page: AppTest) -> AppTest:
    return page.button(key="plan-save").click().run()


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_section_of_every_plan_opens(edit: Open, lang: str) -> None:
    """All parts of the plans have a form without an exception, also where nothing is written."""
    for plan in ("early", "late"):
        page = edit(plan, lang=lang)
        for name in ["basics", *(one.name for one in sections())]:
            page.radio[0].set_value(name).run()
            assert not page.exception, name
            assert [one.value for one in page.error] == [], name
        assert not page.session_state["plans.drafts"].popitem()[1].dirty


def test_a_wrong_value_is_said_where_it_stands_and_cannot_be_saved(edit: Open, desk: Path) -> None:
    """A clock time that is none: beside its field and in the list, and the file stays as it is;
    mended, it is saved and the plan says what the form says."""
    before = plan_file(desk).read_bytes()
    page = edit()
    widget(page, "text_input", "when.rules[1].at").set_value("25:99").run()
    assert words_of(page).count("时刻应写成") == 2
    save(page)
    assert plan_file(desk).read_bytes() == before
    assert "草稿不会丢" in page.error[0].value
    widget(page, "text_input", "when.rules[1].at").set_value("19：30").run()
    assert "时刻应写成" not in words_of(page)
    save(page)
    assert read(plan_file(desk)).when.rules[0].at == "19:30"
    assert load_scenario(desk / "scenarios" / "tiny").plans["late"].when.rules[0].at == "19:30"


def test_names_are_looked_up_in_the_scenario(edit: Open, desk: Path) -> None:
    """A zone nobody knows, written in by hand, is listed as unknown and is an error."""
    file = plan_file(desk)
    file.write_text(
        file.read_text(encoding="utf-8").replace("action: move}", "action: move, zones: [ZX]}"),
        encoding="utf-8",
    )
    page = edit()
    assert widget(page, "multiselect", "when.rules[1].zones").value == ["ZX"]
    assert "ZX" in words_of(page)
    widget(page, "multiselect", "when.rules[1].zones").set_value(["ZA"]).run()
    save(page)
    assert read(file).when.rules[0].zones == ("ZA",)


def test_another_signal_takes_its_own_entries(edit: Open) -> None:
    """From the clock to a gauge: the clock time goes, level and its choice appear, no error."""
    page = edit()
    widget(page, "selectbox", "when.rules[1].signal").set_value("observed_level").run()
    assert "rules[1].at" not in " ".join(str(one.key) for one in page.text_input)
    widget(page, "selectbox", "when.rules[1].reaches.word").set_value("guarantee").run()
    draft = next(iter(page.session_state["plans.drafts"].values()))
    assert draft.value["when"]["rules"] == [
        {"signal": "observed_level", "reaches": "guarantee", "action": "move"}
    ]
    assert "没有错误" in words_of(page)


def test_rules_are_added_moved_doubled_and_removed(edit: Open, desk: Path) -> None:
    """The list of rules does what the buttons say, in the saved file too."""
    page = edit("early")
    widget(page, "button", "when.rules.add").click().run()
    widget(page, "button", "when.rules[4].up").click().run()
    widget(page, "button", "when.rules[1].double").click().run()
    widget(page, "button", "when.rules[3].away").click().run()
    save(page)
    signals = [(rule.signal, rule.at) for rule in read(plan_file(desk, "early")).when.rules]
    assert signals == [
        ("clock", "17:00"), ("clock", "17:00"), ("observed_level", None), ("clock", "19:00"),
    ]  # fmt: skip


def test_a_spread_changes_its_shape_and_keeps_its_middle(edit: Open, desk: Path) -> None:
    """20 fixed minutes become a median of 20, with a P90 that can be set."""
    page = edit()
    widget(page, "selectbox", "when.consult_min.dist").set_value("lognormal").run()
    widget(page, "number_input", "when.consult_min.p90").set_value(15.0).run()
    assert "p90 应大于中位数" in words_of(page)
    widget(page, "number_input", "when.consult_min.p90").set_value(60.0).run()
    save(page)
    found = read(plan_file(desk)).when.consult_min
    assert (found.dist, found.median, found.p90) == ("lognormal", 20, 60)  # type: ignore[union-attr]


def test_a_section_is_switched_off_and_on(edit: Open, desk: Path) -> None:
    """Off means left out of the file; on brings the defaults."""
    page = edit(section="organise")
    widget(page, "toggle", "organise.on").set_value(False).run()
    save(page)
    assert "organise" not in plan_file(desk).read_text(encoding="utf-8")
    widget(page, "toggle", "organise.on").set_value(True).run()
    widget(page, "number_input", "organise.call_attempts").set_value(4).run()
    save(page)
    assert read(plan_file(desk)).organise.call_attempts == 4  # type: ignore[union-attr]


def test_a_deadline_is_one_of_three(edit: Open, desk: Path) -> None:
    """Another way of stating a deadline takes the place of the first."""
    page = edit(section="targets")
    widget(page, "selectbox", "targets[1].deadline.which").set_value("before_hazard_h").run()
    widget(page, "number_input", "targets[1].deadline.before_hazard_h").set_value(2.0).run()
    save(page)
    deadline = read(plan_file(desk)).targets[0].deadline
    assert (deadline.after_order_min, deadline.before_hazard_h) == (None, 2)


def test_what_has_no_form_is_edited_as_text(edit: Open, desk: Path) -> None:
    """What does not fit its form takes YAML; a text that cannot be read is said and changes
    nothing."""
    field = "command"
    with plan_file(desk).open("a", encoding="utf-8") as file:
        file.write(f"{field}: {{b: [1, 2]}}\n")
    page = edit(section=field)
    widget(page, "text_area", field).set_value("a: 8:30").run()
    assert "8:30" in words_of(page)
    widget(page, "text_area", field).set_value('a: "8:30"\nb: [1, 2]').run()
    draft = next(iter(page.session_state["plans.drafts"].values()))
    assert draft.value[field] == {"a": "8:30", "b": [1, 2]}


def test_posts_of_the_command_have_a_form(edit: Open, desk: Path) -> None:
    """Posts stand in a table with places to choose from, and each can be placed on the map."""
    with plan_file(desk).open("a", encoding="utf-8") as file:
        file.write("command: {指挥部: D1, 现场指挥: A1}\n")
    page = edit(section="command")
    assert not page.exception
    assert not [one for one in page.text_area if str(one.key).endswith(".command")]
    rows = [row for frame in page.dataframe for row in frame.value.values.tolist()]
    assert rows == [["指挥部", "D1"], ["现场指挥", "A1"]]
    page.session_state["plan-map"] = True
    page.run()
    assert not page.exception
    assert page.selectbox(key="plan-map-who-command").options == ["指挥部", "现场指挥"]


def test_a_place_is_picked_for_a_team(edit: Open, desk: Path) -> None:
    """A click puts it there, the next moves it, a click beside takes it away again."""
    page = edit(section="rescue")
    draft = next(iter(page.session_state["plans.drafts"].values()))
    before = dict(draft.value["rescue"].get("staged") or {})
    form = Form(None, draft, KnownNames(None, "zh"))  # type: ignore[arg-type]
    for picked, wanted in ((["A1"], {"B1": "A1"}), (["A1", "D1"], {"B1": "D1"}), ([], {})):
        take_one(form, ("rescue", "staged", "B1"), picked)
        others = {team: place for team, place in before.items() if team != "B1"}
        assert (draft.value["rescue"].get("staged") or {}) == {**others, **wanted}


def test_a_draft_outlives_the_tab(edit: Open, desk: Path) -> None:
    """A reload with the same address shows the unsaved change; the file on disk is untouched.
    A tab without the address is told of the draft and can go on with it."""
    before = plan_file(desk).read_bytes()
    page = edit()
    widget(page, "text_input", "when.rules[1].at").set_value("23:15").run()
    again = edit(draft=page.query_params["draft"])
    assert widget(again, "text_input", "when.rules[1].at").value == "23:15"
    assert plan_file(desk).read_bytes() == before
    fresh = edit()
    assert widget(fresh, "text_input", "when.rules[1].at").value == "21:00"
    assert "临水才转" in words_of(fresh)
    next(one for one in fresh.button if str(one.key).startswith("open-")).click().run()
    assert widget(fresh, "text_input", "when.rules[1].at").value == "23:15"
    save(fresh)
    assert read(plan_file(desk)).when.rules[0].at == "23:15"
    assert list(folder_of(Settings(desk, None)).glob("*.json")) == []


def test_the_address_is_never_trusted(edit: Open) -> None:
    """A token, plan, scenario or section that does not exist opens the page without it."""
    for address in ({"draft": "../../../etc/passwd"}, {"draft": "0" * 16, "plan": "<script>"},
                    {"section": "x", "scenario": "../tiny"}):  # fmt: skip
        page = edit(**address)
        assert not page.exception
        assert [one.value for one in page.error] == []


def test_undo_and_discard(edit: Open) -> None:
    """Every change can be taken back, and giving all up too."""
    page = edit()
    for time in ("20:00", "20:30"):
        widget(page, "text_input", "when.rules[1].at").set_value(time).run()
    page.button(key="plan-undo").click().run()
    assert widget(page, "text_input", "when.rules[1].at").value == "20:00"
    page.button(key="plan-discard").click().run()
    assert widget(page, "text_input", "when.rules[1].at").value == "21:00"
    page.button(key="plan-undo").click().run()
    assert widget(page, "text_input", "when.rules[1].at").value == "20:00"


def two_tabs(edit: Open) -> tuple[AppTest, AppTest]:
    """Two tabs changed the same plan, the first has saved, the second has tried to."""
    first, second = edit(), edit()
    widget(first, "text_input", "when.rules[1].at").set_value("20:00").run()
    widget(second, "number_input", "when.shift_min").set_value(-30.0).run()
    save(first)
    save(second)
    return first, second


def test_the_second_of_two_tabs_notices(edit: Open, desk: Path) -> None:
    """The second save writes nothing, shows what differs, and can overwrite when told to."""
    _, second = two_tabs(edit)
    assert read(plan_file(desk)).when.rules[0].at == "20:00"
    assert read(plan_file(desk)).when.shift_min == 0
    assert "被别处改过" in second.error[0].value
    shown = words_of(second)
    assert "20:00" in shown and "21:00" in shown
    second.button(key="plan-overwrite").click().run()
    found = read(plan_file(desk)).when
    assert (found.rules[0].at, found.shift_min) == ("21:00", -30)
    assert not second.error


def test_the_second_tab_can_take_the_other_file(edit: Open) -> None:
    """Dropping the own changes shows what the first tab wrote."""
    _, second = two_tabs(edit)
    second.button(key="plan-theirs").click().run()
    assert widget(second, "text_input", "when.rules[1].at").value == "20:00"
    assert widget(second, "number_input", "when.shift_min").value == 0
    assert not second.error


def test_a_doubled_tab_gets_a_draft_of_its_own(edit: Open) -> None:
    """Two tabs with one address do not write into each other's draft."""
    first = edit()
    widget(first, "text_input", "when.rules[1].at").set_value("20:00").run()
    second = edit(draft=first.query_params["draft"])
    widget(second, "text_input", "when.rules[1].at").set_value("20:10").run()
    widget(first, "text_input", "when.rules[1].at").set_value("20:20").run()
    assert first.query_params["draft"] != second.query_params["draft"]
    for page, time in ((first, "20:20"), (second, "20:10")):
        again = edit(draft=page.query_params["draft"])
        assert widget(again, "text_input", "when.rules[1].at").value == time


def test_a_file_changed_elsewhere_is_read_again_when_nothing_was_typed(
    edit: Open, desk: Path
) -> None:
    """Nothing typed, nothing to lose: the page shows the new file."""
    page = edit()
    file = plan_file(desk)
    text = file.read_text(encoding="utf-8").replace('"21:00"', '"22:45"')
    file.write_text(text, encoding="utf-8")
    page.run()
    assert widget(page, "text_input", "when.rules[1].at").value == "22:45"


def copy(page: AppTest, plan: str, name: str, new: str, label: str = "复制并打开") -> AppTest:
    """Fill in the copy form and press its button."""
    page.text_input(key=f"copy-name-{plan}").set_value(name)
    found = next(one for one in page.text_input if str(one.key).startswith(f"copy-id-{plan}"))
    found.set_value(new)
    button = next(one for one in page.button if one.label == label)
    return button.click().run()


def test_a_copy_takes_the_changes_with_it(edit: Open, desk: Path) -> None:
    """A new plan under a new name with what is on screen; the old file stays, its draft is gone."""
    before = plan_file(desk).read_bytes()
    page = edit()
    widget(page, "text_input", "when.rules[1].at").set_value("18:00").run()
    copy(page, "late", "=1+1 <script>", "late_2")
    assert not page.exception
    made = read(plan_file(desk, "late_2"))
    assert (made.name.zh, made.when.rules[0].at) == ("=1+1 <script>", "18:00")
    assert plan_file(desk).read_bytes() == before
    assert page.query_params["edit"] == "late_2"
    assert widget(page, "text_input", "when.rules[1].at").value == "18:00"
    assert "=1+1 <script>" not in words_of(page)
    assert list(folder_of(Settings(desk, None)).glob("*.json")) == []


def test_the_suggested_name_is_that_of_a_copy_in_both_languages(edit: Open, desk: Path) -> None:
    """A planner who leaves the name as it is offered can tell the two plans apart."""
    page = edit()
    old = read(plan_file(desk)).name
    offered = page.text_input(key="copy-name-late").value
    assert offered == f"{old.zh}（副本）"
    copy(page, "late", offered, "late_2")
    made = read(plan_file(desk, "late_2")).name
    assert (made.zh, made.en) == (offered, f"{old.en} (copy)")


@pytest.mark.parametrize("typed", ["", "Earlier by an hour"])
def test_a_copy_on_the_english_page_keeps_a_chinese_name(
    edit: Open, desk: Path, typed: str
) -> None:
    """English words stand under en, offered or typed; the Chinese name is that of a copy."""
    page = edit(lang="en")
    old = read(plan_file(desk)).name
    offered = page.text_input(key="copy-name-late").value
    assert offered == f"{old.en} (copy)"
    copy(page, "late", typed or offered, "late_2", "Copy and open")
    made = read(plan_file(desk, "late_2")).name
    assert (made.zh, made.en) == (f"{old.zh}（副本）", typed or offered)


def test_hostile_ids_are_refused(edit: Open, desk: Path) -> None:
    """No id leads out of the folder, begins a formula or names a device; nothing is written."""
    before = sorted(desk.rglob("*.yaml"))
    page = edit()
    for bad in ("../../x", "=1+1", "<script>", ""):
        copy(page, "late", "x", bad)
        assert not page.exception
        assert len(page.error) == 1, bad
    assert sorted(desk.rglob("*.yaml")) == before


@pytest.mark.parametrize("bad", HOSTILE)
def test_hostile_ids_have_a_fault(bad: str) -> None:
    """Every name that is no plain word is refused before any file is touched."""
    assert id_fault(bad) is not None


@pytest.mark.parametrize("good", ["late_2", "早一点", "a.b", "x" * 60, "2号方案-改"])
def test_plain_ids_are_taken(good: str) -> None:
    """Chinese and Latin words and numbers can be file names."""
    assert id_fault(good) is None


def test_an_id_in_use_is_refused(edit: Open, desk: Path) -> None:
    """Also where only upper and lower case differ, as Windows sees it."""
    before = plan_file(desk, "early").read_bytes()
    page = copy(edit(), "late", "x", "EARLY")
    assert "EARLY" in page.error[0].value
    assert plan_file(desk, "early").read_bytes() == before
    assert len(list(plan_file(desk).parent.glob("*.yaml"))) == 2


@pytest.mark.slow
def test_shipped_scenarios_are_looked_at_and_copied(edit: Open, desk: Path) -> None:
    """Nothing of a shipped scenario can be changed; its copy is own, complete and free."""
    shipped = {f: f.read_bytes() for f in (SHIPPED / "yunling").rglob("*.yaml")}
    page = edit("e_all_at_once", scenario="yunling")
    assert all(one.disabled for kind in ("number_input", "selectbox", "toggle", "multiselect")
               for one in page.get(kind) if str(one.key).startswith("p1"))  # fmt: skip
    assert not any(str(one.key) == "plan-save" for one in page.button)
    page.text_input(key="copy-scenario").set_value("mine")
    copy(page, "e_all_at_once", "早一点", "e_2")
    own = desk / "scenarios" / "mine"
    assert page.query_params["scenario"] == "mine"
    widget(page, "number_input", "when.rules[1].lead_h").set_value(8.0).run()
    save(page)
    folder = load_scenario(own)
    assert folder.plans["e_2"].when.rules[0].lead_h == 8
    assert (
        folder.plans["e_all_at_once"] == load_scenario(SHIPPED / "yunling").plans["e_all_at_once"]
    )
    assert not list(own.rglob("*.py"))
    assert {f: f.read_bytes() for f in shipped} == shipped


def test_a_folder_that_cannot_be_written_is_locked(
    edit: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be written the page says so before anybody types."""
    monkeypatch.setattr("dashboard.app_pages.plans.is_own", lambda folder: False)
    page = edit()
    assert "只能看" in words_of(page)
    assert widget(page, "text_input", "when.rules[1].at").disabled


def test_a_full_disk_loses_nothing(edit: Open, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing fails the old file and the draft are both there, and a sentence says so."""
    page = edit()
    before = plan_file(desk).read_bytes()
    widget(page, "text_input", "when.rules[1].at").set_value("18:00").run()

    def full(path: Path, text: str) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("dashboard.plan_files.replace_file", full)
    save(page)
    assert "草稿还在" in page.error[0].value
    assert plan_file(desk).read_bytes() == before
    assert widget(page, "text_input", "when.rules[1].at").value == "18:00"


def test_what_cannot_be_read_is_not_touched(edit: Open, desk: Path) -> None:
    """A file with an anchor is shown with its errors and without a form."""
    file = plan_file(desk)
    file.write_text("name: &a {zh: x}\nwhen: {}\n", encoding="utf-8")
    page = edit()
    assert "不敢改它" in page.error[0].value
    assert not any(str(one.key) == "plan-save" for one in page.button)


def test_a_scenario_with_errors_still_lets_plans_be_written(edit: Open, desk: Path) -> None:
    """Errors of a table are shown; the plan itself is checked and saved."""
    zones = desk / "scenarios" / "tiny" / "zones.csv"
    zones.write_text(zones.read_text(encoding="utf-8") + "ZA,again,,,,,x\n", encoding="utf-8")
    page = edit()
    assert not page.exception
    assert any("zones.csv" in one.value for one in page.code)
    widget(page, "text_input", "when.rules[1].at").set_value("20:45").run()
    save(page)
    assert read(plan_file(desk)).when.rules[0].at == "20:45"


def test_a_plan_is_removed_and_kept(edit: Open, desk: Path) -> None:
    """Removed means off every list, and the file still lies where it can be brought back."""
    before = plan_file(desk).read_bytes()
    page = edit()
    page.button(key="plan-remove").click().run()
    assert not page.exception
    assert list(load_scenario(desk / "scenarios" / "tiny").plans) == ["early"]
    assert page.query_params["edit"] == "early"
    (kept,) = (plan_file(desk).parent / ".removed").iterdir()
    assert kept.read_bytes() == before


def test_many_vehicles_are_staged_at_once(edit: Open, desk: Path) -> None:
    """Several vehicles go to one place; those that stood in the table stay."""
    page = edit("early", "fleet")
    options = widget(page, "multiselect", "fleet.staged.many").options
    names = [one.partition(" ")[0] for one in options if not one.startswith("M-1")]
    widget(page, "multiselect", "fleet.staged.many").set_value(names[:2])
    widget(page, "selectbox", "fleet.staged.place").set_value("A1")
    widget(page, "button", "fleet.staged.put").click().run()
    save(page)
    staged = read(plan_file(desk, "early")).fleet.staged  # type: ignore[union-attr]
    assert staged == {"M-1": "A2", names[0]: "A1", names[1]: "A1"}


def test_a_scenario_without_plans_gets_a_first_one(edit: Open, desk: Path) -> None:
    """An empty folder is no dead end."""
    shutil.rmtree(desk / "scenarios" / "tiny" / "plans")
    page = edit()
    page.button(key="plan-first").click().run()
    assert not page.exception
    assert read(plan_file(desk, "first")).when.rules[0].signal == "clock"


def test_the_plan_is_saved_and_queued(
    edit: Open, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One click saves the change and puts the plan with another one into the queue."""
    monkeypatch.setattr(Jobs, "wake", lambda self: None)
    page = edit()
    widget(page, "text_input", "when.rules[1].at").set_value("18:30").run()
    page.number_input(key="plan-run-n").set_value(5).run()
    page.button(key="plan-run").click().run()
    assert not page.exception
    assert read(plan_file(desk)).when.rules[0].at == "18:30"
    (job,) = (desk / "runs" / ".jobs").glob("*/job.json")
    asked = json.loads(job.read_text(encoding="utf-8"))
    assert (asked["plans"], asked["n"]) == (["early", "late"], 5)
    assert Path(asked["scenario"]) == (desk / "scenarios" / "tiny").resolve()


def test_names_of_plans_stay_text(edit: Open, desk: Path) -> None:
    """A plan called like a script or a picture is neither run nor fetched."""
    file, evil = plan_file(desk), "<script>x</script> ![a](http://evil.example/a.png)"
    text = file.read_text(encoding="utf-8").replace("临水才转", evil)
    file.write_text(text.replace("{zh: " + evil, '{zh: "' + evil + '"'), encoding="utf-8")
    page = edit(section="basics")
    assert not page.exception
    assert "<script>x" not in words_of(page)
    labels = [str(one.label) for one in (*page.button, *page.radio, *page.toggle)]
    assert not any("![" in one for one in labels)


def test_the_page_begins_with_the_scenario_of_the_run_on_show(open_page: Open) -> None:
    """Who looks at a run and goes to its plans does not land in another county."""
    page = open_page("plans")
    picked = next(box for box in page.selectbox if str(box.key).startswith("plan-scenario-"))
    assert picked.value == "tiny"
    assert len(picked.options) > 1
