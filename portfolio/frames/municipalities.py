"""Finding municipalities by the names that people type: exactly where possible, else the nearest spellings."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.models.reference import Municipality

#: What people say for what the statistics call otherwise.
ALSO_CALLED = {"den haag": "s gravenhage", "den bosch": "s hertogenbosch"}
NEAREST = 3
#: How alike two names are at least to be worth suggesting, as difflib measures it.
ALIKE = 0.6


@dataclass(frozen=True)
class Found:
    """What a typed name stands for: a municipality, or else the nearest ones."""

    municipality: Municipality | None
    nearest: tuple[Municipality, ...] = ()


def look_up(names: Iterable[str]) -> dict[str, Found]:
    """What each name stands for, whatever its capitals, accents and hyphens; in one query."""
    known: dict[str, Municipality] = {folded(row.name): row for row in Municipality.objects.all()}
    return {name: _found(folded(name), known) for name in names}


def folded(name: str) -> str:
    """A name as it is compared.

    >>> folded("Gemeente 's-Hertogenbosch"), folded("Súdwest-Fryslân"), folded("Utrecht (gemeente)")
    ('s hertogenbosch', 'sudwest fryslan', 'utrecht')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = re.findall(r"[a-z0-9]+", plain)
    return " ".join(word for word in words if word != "gemeente")


def _found(name: str, known: dict[str, Municipality]) -> Found:
    name = ALSO_CALLED.get(name, name)
    if name in known:
        return Found(known[name])
    longer = sorted(other for other in known if name and other.startswith(f"{name} "))
    alike = difflib.get_close_matches(name, sorted(known), n=NEAREST, cutoff=ALIKE)
    nearest = list(dict.fromkeys([*longer, *alike]))[:NEAREST]
    return Found(None, tuple(known[other] for other in nearest))
