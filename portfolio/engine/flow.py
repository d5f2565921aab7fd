"""The cheapest table of zeros and ones with given row and column sums, exactly: what controlled rounding rests on.

It is a transportation problem with at most one unit per cell. Its larger side are the *lines*, its smaller side the
*nodes*. Two steps:

1. `_settle` looks for a price per node at which the lines, each taking its cheapest cells, nearly meet the node sums;
2. `_repair` moves units along cheapest chains of exchanges, from nodes with too many to nodes with too few.

A table in which every line takes its cheapest cells at some prices is the cheapest for the sums it has, and a cheapest
chain keeps it so (Ahuja, Magnanti and Orlin, *Network Flows*, 1993, chapter 9: successive shortest paths). Costs are
integers, so "cheapest" is exact, and no step depends on the machine.
"""

import numpy as np

FAR = 1 << 60  # the cost of a cell that may not be taken; sums of real costs stay far below it
ROUNDS = 48  # of the search for prices, at most
PATIENCE, WORTH = 2, 2  # enough when so many rounds together mend fewer units: chains are cheaper then
BLOCK = 1 << 16  # cells compared in one go: what fits in the cache of a processor


def cheapest_table(
    cost: np.ndarray, allowed: np.ndarray, row_sums: np.ndarray, column_sums: np.ndarray
) -> np.ndarray:
    """A table of True and False with these sums, True only where allowed, with the least total cost of its True cells.

    `cost` is int64 (rows, columns), |cost| at most 2**40; `allowed` is bool of that shape; the sums are int64.
    The same arguments give the same table on every machine, also where several are the cheapest.
    Raises ValueError where no table has these sums.

    >>> cost = np.array([[3, 1], [0, 2]])
    >>> cheapest_table(cost, np.ones((2, 2), bool), np.array([1, 1]), np.array([1, 1])).astype(int)
    array([[0, 1],
           [1, 0]])
    >>> cheapest_table(np.zeros((0, 2), int), np.zeros((0, 2), bool), np.zeros(0, int), np.zeros(2, int)).shape
    (0, 2)
    """
    rows, columns = cost.shape
    if rows < columns:
        return cheapest_table(cost.T, allowed.T, column_sums, row_sums).T
    for sums, most in ((row_sums, allowed.sum(axis=1)), (column_sums, allowed.sum(axis=0))):
        if (sums < 0).any() or (sums > most).any() or row_sums.sum() != column_sums.sum():
            raise ValueError("no table has these row and column sums")
    if not row_sums.any():
        return np.zeros((rows, columns), dtype=bool)
    nodes = np.ascontiguousarray(np.where(allowed, cost, FAR).T)
    return _repair(nodes, _settle(nodes, column_sums, row_sums), column_sums).T


def _settle(cost, node_sums, line_sums):
    """Take the cheapest cells per line at node prices found in some rounds: bool (nodes, lines), line sums exact.

    A round lets every line cut at its sum, then every node at its own. Every other round a node looks at a cell as if
    it alone changed hands: its line would then cut one place further (if taken) or one place back (if not). The two
    views by turns get stuck far less often than either alone.
    """
    lines = np.ascontiguousarray(cost.T)
    cut_lines, cut_nodes = _cutter(lines, line_sums), _cutter(cost, node_sums)
    price = np.zeros(len(cost), dtype=np.int64)
    record = [4 * FAR] * PATIENCE  # the units amiss at the best prices so far, round by round
    for round_ in range(ROUNDS):
        last, next_ = cut_lines(lines + price)
        limit = last - price[:, None]
        inside = cost <= limit
        undecided = last == next_  # where a line has more cells at its limit than it may take
        tied = (cost == limit) & undecided
        taken = inside & ~tied
        need = node_sums - taken.sum(axis=1)
        amiss = int(np.maximum(0, np.maximum(-need, need - tied.sum(axis=1))).sum())
        if amiss < record[-1]:
            best = taken, tied, need
        record.append(min(amiss, record[-1]))
        if amiss == 0 or record[-1] > record[-1 - PATIENCE] - WORTH:
            break
        level = np.where(inside, next_, last) if round_ % 2 == 0 else last + (next_ - last) // 2
        last, next_ = cut_nodes(cost - level)
        price = -(last + (next_ - last) // 2)
    taken, tied, need = best
    left = line_sums - taken.sum(axis=0)
    for line in left.nonzero()[0]:  # equally cheap cells: to the nodes that need most, then to the first
        options = np.flatnonzero(tied[:, line])
        chosen = options[np.argsort(-need[options], kind="stable")[: left[line]]]
        taken[chosen, line] = True
        need[chosen] -= 1
    return taken


def _cutter(cost, counts):
    """A function that sorts its argument (rows, cells) and cuts each row after its `counts` smallest values.

    It returns the last value before the cut and the first after it. Where there is none, the other less or plus the
    range of `cost` stands in; a row without a cell that may be taken cuts at 0.
    """
    rows, cells = cost.shape
    real = cost < FAR
    reach = int(np.ptp(cost[real])) + 1
    known = real.sum(axis=1)
    start = np.arange(rows) * cells
    at_last, at_next = start + np.maximum(counts - 1, 0), start + np.minimum(counts, cells - 1)
    none, all_, empty = (np.flatnonzero(which) for which in (counts <= 0, counts >= known, known == 0))

    def cut(values):
        values.sort(axis=1)
        last, next_ = values.ravel()[at_last], values.ravel()[at_next]
        last[none] = next_[none] - reach
        last[empty] = 0
        next_[all_] = last[all_] + reach
        return last, next_

    return cut


def _repair(cost, taken, sums):
    """Bring the node sums of `taken`, the cheapest table for the sums it has, to `sums`; arrays are (nodes, lines).

    An exchange a -> b takes a unit of some line from node a and gives it to node b, at cost[b] - cost[a] of that line.
    `step[b, a]` is the cheapest such exchange and `via[b, a]` its line. Cheapest chains that have no more in common
    than their root are used in one go: pushing along one of them leaves the others as cheap as they were.
    """
    excess = taken.sum(axis=1) - sums
    if not excess.any():
        return taken
    count = len(cost)
    every = np.arange(count)
    gain = np.where(taken, FAR, cost)
    held = np.where(taken, cost, -FAR)
    step, via = np.empty((count, count), dtype=np.int64), np.empty((count, count), dtype=np.int64)
    room = np.empty((max(1, BLOCK // cost.size), *cost.shape), dtype=np.int64)

    def refresh(some, both_ways):
        for start in range(0, len(some), len(room)):
            part = some[start : start + len(room)]
            block = np.subtract(gain, held[part, None], out=room[: len(part)])
            line = block.argmin(axis=2)
            via[:, part], step[:, part] = line.T, (gain[every, line] - held[part[:, None], line]).T
            if both_ways:
                np.subtract(gain[part, None], held, out=block)
                line = block.argmin(axis=2)
                via[part], step[part] = line, gain[part[:, None], line] - held[every, line]

    refresh(every, both_ways=False)
    while excess.any():
        distance, before = _cheapest_chains(step, np.where(excess > 0, 0, FAR))
        touched: set[int] = set()
        for target in np.argsort(distance, kind="stable").tolist():
            if excess[target] >= 0 or distance[target] > FAR // 2:
                continue
            chain, root = [], target
            while before[root] >= 0:
                chain.append((before[root], root, via[root, before[root]]))
                root = before[root]
            if (
                excess[root] <= 0
                or not touched.isdisjoint(b for _, b, _ in chain)
                or not all(taken[a, line] for a, _, line in chain)
            ):
                continue
            for a, b, line in chain:
                taken[a, line], gain[a, line], held[a, line] = False, cost[a, line], -FAR
                taken[b, line], gain[b, line], held[b, line] = True, FAR, cost[b, line]
                touched |= {a, b}
            excess[root] -= 1
            excess[target] += 1
        if not touched:
            raise ValueError("no table has these row and column sums")
        refresh(np.array(sorted(touched)), both_ways=True)
    return taken


def _cheapest_chains(step, distance):
    """The least cost of a chain to every node from those at distance 0, and the node before it (-1: none).

    This is the method of Bellman and Ford, all nodes at once. It ends, as no chain costs less than 0 back to its start.
    """
    every, before = np.arange(len(step)), np.full(len(step), -1)
    while True:
        chains = step + distance
        via = chains.argmin(axis=1)
        shorter = chains[every, via]
        better = shorter < distance
        if not better.any():
            return distance, before.tolist()
        distance = np.where(better, shorter, distance)
        before[better] = via[better]
