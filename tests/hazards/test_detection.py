"""Detection: who sees it first, at what hour, how often falsely; draws keyed by watcher."""

from __future__ import annotations

import pytest

from sim.clock import MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.draws import Draws
from sim.hazards.detection import Event, Watcher, detected_ms, false_alarms_ms
from sim.schema.distributions import Uniform, constant

FIRE = Event("f1", 1000.0, 0.0, 0)
TOWER = Watcher("tower", constant(8.0), 0.0, 0.0, 2000.0, grown_ms=30 * MS_PER_MIN)
PUBLIC = Watcher("public", constant(45.0))


def test_first_report_counts() -> None:
    """The tower sees smoke when it has grown: 30 + 8 min, before the public's 45."""
    assert detected_ms((PUBLIC, TOWER), FIRE, Draws(1, 0)) == (38 * MS_PER_MIN, "tower")
    assert detected_ms((PUBLIC,), FIRE, Draws(1, 0)) == (45 * MS_PER_MIN, "public")


def test_out_of_reach_is_not_seen() -> None:
    """Beyond its radius, without luck, or where nothing begins a watcher reports nothing."""
    far = Event("f2", 3000.0, 0.0, 0)
    never = Event("f3", 0.0, 0.0, NEVER)
    blind = Watcher("blind", constant(1.0), share=0.0)
    assert detected_ms((TOWER,), far, Draws(1, 0)) == (NEVER, "")
    assert detected_ms((TOWER,), never, Draws(1, 0)) == (NEVER, "")
    assert detected_ms((blind,), FIRE, Draws(1, 0)) == (NEVER, "")


@pytest.mark.parametrize(
    ("every", "hours", "begin_min", "sees_min"),
    [
        (0, (480, 1080), 100, 480),
        (0, (1080, 480), 600, 1080),
        (60, (0, 1440), 61, 120),
        (60, (480, 1080), 1100, 1440 + 480),
    ],
)
def test_hours_and_rounds(
    every: int, hours: tuple[int, int], begin_min: int, sees_min: int
) -> None:
    """Patrols look on the hour, cameras by day: the next look at or after the beginning."""
    watcher = Watcher("w", constant(0.0), looks_every_min=every, hours=hours)
    assert watcher.looks_at(begin_min * MS_PER_MIN, 0) == sees_min * MS_PER_MIN


def test_one_more_watcher_only_helps() -> None:
    """Adding a camera changes no other watcher's report, so news can only come earlier."""
    camera = Watcher("camera", Uniform(low=1, high=60), share=0.7)
    public = Watcher("public", Uniform(low=10, high=90), share=0.9)
    for seed in range(50):
        alone, _ = detected_ms((public,), FIRE, Draws(seed, 0))
        both, who = detected_ms((public, camera), FIRE, Draws(seed, 0))
        assert both <= alone and (both == alone or who == "camera")


def test_false_alarms_come_at_their_rate() -> None:
    """Two a day over 300 days: 600 ± 4 standard deviations, in order, none beyond the horizon."""
    watcher = Watcher("camera", constant(1.0), false_per_day=2.0)
    moments = false_alarms_ms(watcher, Draws(5, 0), 300 * MS_PER_DAY)
    assert abs(len(moments) - 600) < 4 * 24
    assert list(moments) == sorted(moments) and moments[-1] < 300 * MS_PER_DAY
    assert false_alarms_ms(watcher, Draws(5, 0), MS_PER_HOUR) == tuple(
        m for m in moments if m < MS_PER_HOUR
    )
    assert false_alarms_ms(PUBLIC, Draws(5, 0), MS_PER_DAY) == ()
