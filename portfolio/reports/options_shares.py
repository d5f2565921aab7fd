"""In which part of all weightings an option comes first, as percentages that add up and do not claim too much."""

from collections.abc import Sequence

from portfolio.engine.rounding import largest_remainder
from portfolio.templatetags.figures import pct


def whole_percents(shares: Sequence[float]) -> list[int]:
    """Shares of a whole as whole percentages that add up to 100.

    >>> whole_percents([0.535, 0.265, 0.2]), whole_percents([])
    ([54, 26, 20], [])
    """
    exact = {at: share * 100 for at, share in enumerate(shares)}
    whole = largest_remainder(exact, 100) if shares else {}
    return [int(whole[at]) for at in exact]


def share_words(share: float, percent: int | None = None) -> str:
    """A share as a percentage that does not claim all or nothing before it is so.

    >>> share_words(0.9999), share_words(1.0), share_words(0.265, 26)
    ('>99%', '100%', '26%')
    """
    if 0.995 <= share < 1:
        return ">99%"
    if 0 < share < 0.005:
        return "<1%"
    return pct(share if percent is None else percent / 100)
