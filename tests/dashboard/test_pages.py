"""Every page of the dashboard, run without a browser."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.app_pages import PAGES
from dashboard.jobs import Jobs
from sim.cli import main
from sim.measures.intervals import Interval
from sim.report.one_page import one_page
from sim.report.words import amount, percent, share_interval

Open = Callable[..., AppTest]
APP = Path(__file__).resolve().parents[2] / "dashboard" / "app.py"
HOSTILE = '<script>alert("1")</script>'


def words_of(page: AppTest) -> str:
    """Everything that stands on a page as HTML, the style left out."""
    blocks = [str(block.proto.body) for block in page.get("html")]
    return "\n".join(one for one in blocks if not one.startswith("<style>"))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_opens(open_page: Open, name: str, lang: str) -> None:
    """No page ends in an exception or in the sentence of the last door, in both languages."""
    page = open_page(name, lang=lang)
    assert not page.exception
    assert [error.value for error in page.error] == []


def json_of(home: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What ``yuyan compare --json`` prints about the run on show."""
    capsys.readouterr()
    assert main(["compare", str(home / "runs" / "tiny-run"), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_answer_shows_the_numbers_of_json(
    home: Path, open_page: Open, capsys: pytest.CaptureFixture[str]
) -> None:
    """Shares with intervals, people by every means and counts of targets are those of --json."""
    document = json_of(home, capsys)
    for plan in document["plans"]:
        shown = words_of(open_page("answer", plan=plan["plan"]))
        measures = plan["measures"]
        for name in ("out_before_cutoff_share", "rescued_share"):
            found = measures[name]
            bounds = share_interval(Interval(*found["ci95"]), "zh")
            assert f'<div class="yy-value">{percent(found["mean"], "zh")}</div>' in shown
            assert f"95% 区间 {bounds}" in shown
        for name in ("moved_by_bus", "moved_by_car", "moved_on_foot", "moved_by_boat"):
            assert amount(measures[name]["mean"], "zh") in shown
        for target in plan["targets"]:
            assert f"{target['n_judged']} 次里 {target['n_met']} 次按时" in shown
            assert f"yy-chip yy-{target['light']}" in shown


def test_the_comparison_shows_the_numbers_of_json(
    home: Path, open_page: Open, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every plan's share, and each paired difference in points, are those of --json."""
    document = json_of(home, capsys)
    shown = words_of(open_page("compare", part="pairs"))
    for plan in document["plans"]:
        assert percent(plan["measures"]["out_before_cutoff_share"]["mean"], "zh") in shown
    pairs = [one for one in document["comparisons"] if one["measure"] == "out_before_cutoff_share"]
    assert pairs
    for one in pairs:
        assert f"{100 * one['diff_mean']:+.1f}".replace("+0.0", "0.0") in shown


def test_the_sheet_shows_the_shared_answers(home: Path, open_page: Open) -> None:
    """会议一页纸 on screen holds every line that the Word report holds."""
    from sim.report.book import Book

    book = Book.open(home / "runs" / "tiny-run")
    shown = words_of(open_page("one_page", plan=book.best))
    for question in one_page(book, "zh", book.best):
        assert escape(question.question) in shown
        for line in question.answer:
            assert escape(line) in shown


@pytest.mark.parametrize(
    "part", ["pairs", "curves", "inputs", "losers", "late", "observed", "expert"]
)
def test_every_part_of_the_comparison_opens(open_page: Open, part: str) -> None:
    """All parts can be opened by the address alone, in English too."""
    for lang in ("zh", "en"):
        page = open_page("compare", part=part, lang=lang)
        assert not page.exception
        assert [error.value for error in page.error] == []


@pytest.mark.parametrize("part", ["losers", "late", "pairs"])
def test_names_of_places_stay_text(open_page: Open, part: str) -> None:
    """A village called like a script is shown as text, wherever it is named."""
    for page in (open_page("compare", part=part), open_page("one_page"), open_page("answer")):
        assert HOSTILE not in words_of(page)
    late = words_of(open_page("compare", part="late"))
    assert escape(HOSTILE) in late


def test_the_address_is_never_trusted(open_page: Open) -> None:
    """A run, plan or language that is not there leaves the page as it is without them."""
    page = open_page("answer", run="../../etc", plan="nobody", lang="xx", base="?", part="<b>")
    assert not page.exception
    assert "应转" in words_of(page)


def test_a_click_changes_the_language(open_page: Open) -> None:
    """One click on English turns the whole page, and the address keeps it."""
    page = open_page("answer")
    assert "时限目标" in words_of(page)
    page.segmented_control(key="language").set_value("en").run()
    assert "Timing targets" in words_of(page)
    assert page.query_params["lang"] == "en"


def test_the_plan_on_show_is_kept_from_page_to_page(home: Path, open_page: Open) -> None:
    """The plan chosen on one page is the one on the next; a reload finds it in the address."""
    plans = json.loads((home / "runs" / "tiny-run" / "run.json").read_text(encoding="utf-8"))
    page = open_page("answer")
    other = next(plan for plan in plans["plans"] if plan != page.query_params["plan"])
    control = next(one for one in page.segmented_control if str(one.key).startswith("plan-"))
    control.set_value(other).run()
    assert page.query_params["plan"] == other
    page.session_state["go"] = "one_page"
    page.run()
    assert page.query_params["plan"] == other
    name = plans["plans"][other]["name"]["zh"]
    assert f"以下各条按「{name}」回答" in words_of(page)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "drill", "html", "json"])
def test_documents_are_made_when_asked_for(open_page: Open, kind: str) -> None:
    """One click makes the document, and a button to download it takes the place of the first."""
    page = open_page("reports")
    assert not page.get("download_button")
    page.button(key=f"make-{kind}").click().run()
    assert not page.exception
    assert [str(one.value) for one in page.error] == []
    assert len(page.get("download_button")) == 1


def test_without_runs_the_page_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On an empty machine the first page leads to the start of a run, with Yunling to try."""
    monkeypatch.setenv("YUYAN_HOME", str(tmp_path))
    monkeypatch.setenv("YUYAN_OPEN", "")
    page = AppTest.from_file(str(APP), default_timeout=120).run()
    assert not page.exception
    assert "云岭" in page.markdown[0].value
    page.button[0].click().run()
    assert any(str(one.key) == "start" for one in page.button)


def test_a_damaged_run_is_said_and_harms_nothing(
    home: Path, open_page: Open, tmp_path: Path
) -> None:
    """A run.json that cannot be read is offered as such; choosing it gives a sentence."""
    broken = home / "runs" / "broken-run"
    broken.mkdir()
    (broken / "run.json").write_text("{", encoding="utf-8")
    try:
        page = open_page("answer", run="broken-run")
        assert not page.exception
        assert "run.json" in page.code[0].value
    finally:
        (broken / "run.json").unlink()
        broken.rmdir()


def test_runs_with_other_inputs_stand_beside_this_one(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run of the same plan with other inputs is offered beside the base case, and in Word too;
    one with the same inputs is not."""
    for name in ("base", "same", "wet"):
        shutil.copytree(home / "runs" / "tiny-run", tmp_path / "runs" / name)
    file = tmp_path / "runs" / "wet" / "run.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    document["scenario"] |= {"input_hash": "0" * 64, "name": {"zh": "大水年", "en": "Wet"}}
    file.write_text(json.dumps(document), encoding="utf-8")
    monkeypatch.setenv("YUYAN_HOME", str(tmp_path))
    monkeypatch.setenv("YUYAN_OPEN", "")
    page = AppTest.from_file(str(APP), default_timeout=120)
    page.query_params["run"] = "base"
    page.run()
    assert not page.exception
    shown = words_of(page)
    assert "<td>本次</td>" in shown and "<td>大水年 · wet</td>" in shown
    assert "小河乡 · same" not in shown
    page.session_state["go"] = "reports"
    page.run()
    page.multiselect[0].set_value(["wet"]).run()
    page.button(key="make-html").click().run()
    assert not page.exception
    assert [str(one.value) for one in page.error] == []


def test_a_killed_run_counts_what_it_stored(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """kill -9 leaves a run.json that knows of nothing; the page counts the results themselves."""
    shutil.copytree(home / "runs" / "tiny-run", tmp_path / "runs" / "killed")
    file = tmp_path / "runs" / "killed" / "run.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    document |= {"status": "running", "finished": 0, "replications": 50}
    file.write_text(json.dumps(document), encoding="utf-8")
    monkeypatch.setenv("YUYAN_HOME", str(tmp_path))
    monkeypatch.setenv("YUYAN_OPEN", "")
    page = AppTest.from_file(str(APP), default_timeout=120).run()
    assert "已完成 6/50 次" in page.selectbox[0].options[0]
    assert "6 次里" in words_of(page)


def test_one_click_asks_for_both_sides(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The button below the answer queues the same nights with optimistic and with pessimistic
    inputs, once."""
    shutil.copytree(home / "runs" / "tiny-run", tmp_path / "runs" / "base")
    monkeypatch.setattr(Jobs, "wake", lambda self: None)
    monkeypatch.setenv("YUYAN_HOME", str(tmp_path))
    monkeypatch.setenv("YUYAN_OPEN", "")
    page = AppTest.from_file(str(APP), default_timeout=120)
    page.query_params["run"] = "base"
    page.run()
    page.button(key="sides").click().run()
    assert not page.exception
    asked = [job.work for job in Jobs(tmp_path).all()]
    assert sorted(work.inputs for work in asked) == ["optimistic", "pessimistic"]
    assert len({work.out for work in asked}) == 2 and len({work.n for work in asked}) == 1
    assert not [button for button in page.button if button.key == "sides"]
