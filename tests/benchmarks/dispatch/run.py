"""Measure the dispatch engine beside a plain SimPy model and write docs/benchmarks/dispatch.md.

    python tests/benchmarks/dispatch/run.py [--calls N] [--out FILE]

About a minute of CPU time. CPU seconds of one core, the least of three repetitions, inputs ready.
"""

from __future__ import annotations

import argparse
import platform
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import simpy
from cases import NODES, SETS, UNITS, calls, manners, times_ms, units
from peer_simpy import responses_ms as simpy_responses

from sim.clock import MS_PER_MIN, NEVER
from sim.forces.field import Manner
from sim.forces.player import MatrixTravel, Player, responses_ms
from sim.forces.rules import Nearest

ROOT = Path(__file__).resolve().parents[3]
PER_H = 9.0
"""Calls per hour: with some two hours each and 23 units a busy night, load about 0.8."""


def least_s(what: Callable[[], Any], repeat: int = 3) -> tuple[float, Any]:
    """CPU seconds of the quickest of several repetitions, and the last result."""
    spent, result = [], None
    for _ in range(repeat):
        began = time.process_time()
        result = what()
        spent.append(time.process_time() - began)
    return min(spent), result


def against_simpy(count: int) -> tuple[list[str], float]:
    """Both play the same calls; every single response must agree."""
    times, force, night = times_ms(), units(), calls(count, PER_H)
    night = [replace(call, priority=0) for call in night]
    travel, lists = MatrixTravel(times), times.tolist()
    manner = Manner(Nearest(), recall=False)

    def ours() -> Any:
        return responses_ms(Player(force, travel, manner).play(night))

    theirs_s, theirs = least_s(lambda: simpy_responses(night, force, lists))
    ours_s, mine = least_s(ours)
    assert mine.tolist() == theirs, "the two engines disagree"
    ratio = theirs_s / ours_s
    return [
        f"| Yuyan | {count / ours_s:,.0f} | |",
        f"| plain SimPy | {count / theirs_s:,.0f} | {ratio:.1f} |",
    ], float(np.mean(mine)) / MS_PER_MIN


def every_rule(count: int) -> list[str]:
    """Calls per second under every rule, and what the rule does to the response."""
    times, rows = times_ms(), []
    travel = MatrixTravel(times)
    cases = [(name, m, units(), calls(count, PER_H)) for name, m in manners(times).items()]
    sets = calls(count, PER_H / 3, SETS)
    cases.append(("nearest, sets of three skills", Manner(Nearest()), units(3), sets))
    for name, manner, force, night in cases:

        def play(manner: Manner = manner, force: Any = force, night: Any = night) -> Any:
            player = Player(force, travel, manner)
            return player, player.play(night)

        spent, (player, incidents) = least_s(play)
        first = np.array([i.response_ms for i in incidents]) / MS_PER_MIN
        begun = np.array([i.started_ms - i.call.at_ms for i in incidents]) / MS_PER_MIN
        assert all(i.ended_ms < NEVER for i in incidents)
        sent = len(player.desk.decisions) / count
        rows.append(
            f"| {name} | {count / spent:,.0f} | {sent:.2f} | {first.mean():.1f} "
            f"| {np.quantile(first, 0.9):.1f} | {np.quantile(begun, 0.9):.1f} |"
        )
    return rows


PAGE = """# 派遣：快慢 | Dispatch: speed

Written by `tests/benchmarks/dispatch/run.py`; do not edit by hand.

```
pip install -e '.[test]'
python tests/benchmarks/dispatch/run.py
```

{nodes} places with all times between them, {units} units at stations, {count:,} calls, {per_h:g} an
hour, 30 min of work in the mean. CPU seconds of one core of a shared 2-core {machine} machine,
Python {python}, SimPy {simpy}; the least of three repetitions, all in one run of the script. The
machine was shared while this was measured: ratios count, seconds do not. Goal: at least 3,000
dispatched incidents per second and core.

## Against plain SimPy

Nearest free unit, first come first served, back at the station before the next call. The SimPy
model (`peer_simpy.py`) has a process for every call, knows this one rule and keeps nothing but the
responses, so it is the faster one. Ours asks a rule, counts the quorum and keeps every decision
with all its candidates: the ratio is the price of that. Every response agrees to the millisecond
(mean {mean:.2f} min), or the script stops.

| | calls per s | time by ours |
|---|---|---|
{simpy_rows}

## Every rule

Units on their way back can be sent again. *Sent* counts units sent per call; *response* is to the
first unit on site, *begun* to the quorum, in minutes. Batches wait for their end.

| rule | calls per s | sent | response, mean | response, P90 | begun, P90 |
|---|---|---|---|---|---|
{rule_rows}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=20_000)
    parser.add_argument("--out", type=Path, default=ROOT / "docs/benchmarks/dispatch.md")
    asked = parser.parse_args()
    simpy_rows, mean = against_simpy(asked.calls)
    text = PAGE.format(
        nodes=NODES, units=UNITS, count=asked.calls, per_h=PER_H, machine=platform.machine(),
        python=platform.python_version(), simpy=simpy.__version__, mean=mean,
        simpy_rows="\n".join(simpy_rows), rule_rows="\n".join(every_rule(asked.calls)),
    )  # fmt: skip
    asked.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
