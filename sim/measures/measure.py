"""From the log of one run to its numbers: every measure the log can give, checked on the way.

A measure the run cannot give is absent, never 0; a time that was not reached is +∞ (a margin that
was not reached −∞). What is not simulated yet (supplies, reports, the full response) is absent.
"""

from __future__ import annotations

from sim.log import RunLog
from sim.measures.conservation import check_facts, check_records
from sim.measures.exposure import exposure_measures
from sim.measures.facts import Facts
from sim.measures.fleet import fleet_measures
from sim.measures.injuries import injury_measures
from sim.measures.people import people_measures
from sim.measures.rescue import rescue_measures
from sim.measures.response_targets import response_measures
from sim.measures.shelters_failed import shelter_failure_measures
from sim.measures.supplies import supply_measures
from sim.measures.targets import target_measures
from sim.measures.timing import timing_measures
from sim.measures.zones import zone_measures
from sim.plan import Plan
from sim.world import World


def measure_run(world: World, plan: Plan, log: RunLog) -> dict[str, float]:
    """All measures of one run: of the whole plan, ``zone:<id>:<measure>``, ``target:<id>``.

    Raises:
        ConservationError: people, vehicles or places do not add up (a fault of the program).
    """
    return measure_facts(read_log(world, log), plan)


def read_log(world: World, log: RunLog) -> Facts:
    """What a log says about every party, to be shared by measures, curves and delays.

    Raises:
        ConservationError: records out of order, or of rows that do not exist.
    """
    check_records(world, log)
    return Facts(world, log)


def measure_facts(facts: Facts, plan: Plan) -> dict[str, float]:
    """The measures from facts that other readers of the log share.

    Raises:
        ConservationError: as measure_run.
    """
    check_facts(facts)
    found = {
        **people_measures(facts),
        **timing_measures(facts),
        **exposure_measures(facts),
        **rescue_measures(facts),
        **injury_measures(facts),
        **supply_measures(facts, plan.spec.supplies is not None and bool(facts.world.stores)),
        **fleet_measures(facts),
        **shelter_failure_measures(facts),
        **facts.view.member.measures,
        **zone_measures(facts),
        **target_measures(facts, plan),
    }
    return found | response_measures(found, plan.spec.response_targets)
