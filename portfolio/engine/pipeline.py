"""The method end to end: inputs of one scenario in, result frames out, no branch between the steps."""

from portfolio.engine import comparison, guards, headlines, provenance, sharing, tables
from portfolio.engine.costing import today
from portfolio.engine.demand import unknown_volumes
from portfolio.engine.findings import in_order, refuse_errors
from portfolio.engine.inputs import PlanInputs
from portfolio.engine.results import PlanResults, assert_identities
from portfolio.engine.working import divide, work

#: Raised whenever a figure could come out differently for the same inputs.
ENGINE_VERSION = "3"


def compute(inputs: PlanInputs, *, blocking: int = 0) -> PlanResults:
    """Compute one scenario. Raises ``findings.Refused`` when the inputs contradict themselves.

    The inputs have passed ``checks.find``: codes exist, shares sum to 1, keys have no cycle. ``blocking`` asks for
    cost sharing too (method, section 6), naming so many groups per method and year that are better off alone; a
    preview goes without.
    """
    done = work(inputs)
    steps, found = divide(done)
    refuse_errors(found)

    still = work(comparison.standing_still(inputs))
    before, _ = divide(still)
    alone = {step: work(variant).cost for step, variant in comparison.variants(inputs).items()}
    now = today(inputs, done.time)

    frames = {
        "team_fte": tables.team_fte(done),
        "fte_allocation": tables.fte_allocation(done, steps),
        "cost": tables.cost(done),
        "contributions": tables.contributions(done, now),
        "own_effort": tables.own_effort(done),
        "today_fte": tables.today_fte(still, before),
        "today_own_effort": tables.today_own_effort(still),
    }
    written = frames["contributions"]
    frames["bridge"] = tables.bridge(done, comparison.bridge(now, still.cost, alone, done.cost), now, written)
    frames["shares"] = tables.shares(done, written)
    frames["sureness"], frames["worth"] = provenance.weigh(done)

    found += done.planned.findings
    found += unknown_volumes(inputs, done.time, done.known, done.uptake)
    found += guards.guard(done, steps)
    found += tables.contribution_ties(done)
    if blocking:
        shared, said = sharing.share(done, most=blocking)
        frames |= shared
        found += said
    results = PlanResults(
        inputs.scenario,
        inputs.digest,
        ENGINE_VERSION,
        frames,
        headlines.headlines(frames, inputs),
        tuple(in_order(found)),
    )
    assert_identities(results, inputs.settings["fte_step"])
    return results
