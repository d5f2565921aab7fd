"""What every benchmark shares: timing two sides in turn, and printing one table."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

PAIRS = 9


@dataclass(frozen=True)
class Pairs:
    """Seconds of both sides, taken in turn: ours, theirs, ours, theirs, ..."""

    ours: list[float]
    theirs: list[float]

    @property
    def ratios(self) -> list[float]:
        """How many times as long they took, pair by pair: over 1 is better for us."""
        return [theirs / ours for ours, theirs in zip(self.ours, self.theirs, strict=True)]


def in_turn(ours: Callable[[], object], theirs: Callable[[], object], pairs: int = PAIRS) -> Pairs:
    """Time both sides in turn, after one call of each that does not count."""
    ours(), theirs()
    taken = Pairs([], [])
    for _ in range(pairs):
        for side, seconds in ((ours, taken.ours), (theirs, taken.theirs)):
            start = perf_counter()
            side()
            seconds.append(perf_counter() - start)
    return taken


def milliseconds(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1e3:.2f}"


def spread(per_seed: list[list[float]]) -> str:
    """The median of all ratios, and the medians of the lowest and the highest seed."""
    medians = [statistics.median(ratios) for ratios in per_seed]
    middle = statistics.median(ratio for ratios in per_seed for ratio in ratios)
    return f"{middle:.2f} ({min(medians):.2f} to {max(medians):.2f})"


def print_table(head: list[str], rows: list[list[str]]) -> None:
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    for row in [head, ["-" * width for width in widths], *rows]:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |")
