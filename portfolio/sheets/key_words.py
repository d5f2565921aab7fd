"""Lets the built-in keys be called by their Dutch words, where the center has no key of its own by that name."""

from collections.abc import Mapping

from portfolio.engine import schema
from portfolio.sheets import aliases
from portfolio.sheets.cells import Value

Record = dict[str, Value | None]

#: Columns that name a key.
NAMING_A_KEY = tuple(
    (name, column.name)
    for name, frame in schema.FRAMES.items()
    for column in frame.columns
    if column.refers in ("any_key", "any_payer") or (name, column.name) == ("keys", "part")
)
#: Columns that give a name to what may serve as a key.
GIVING_A_NAME = (
    ("participants", "code"),
    ("keys", "key"),
    ("drivers", "driver"),
    ("base_volumes", "driver"),
)


def canonical_keys(found: Mapping[str, list[Record]], own: set[str]) -> None:
    """Replace, in the records of a workbook, the Dutch words for built-in keys; ``own`` names come first."""
    own = own | {
        str(record.get(column)) for frame, column in GIVING_A_NAME for record in found.get(frame, [])
    }
    words = {aliases.fold(word): key for word, key in _words(own).items()}
    for frame, column in NAMING_A_KEY:
        for record in found.get(frame, []):
            named = record.get(column)
            if isinstance(named, str) and named not in own:
                record[column] = words.get(aliases.fold(named), named)


def dutch_keys(own: set[str]) -> dict[str, str]:
    """Built-in keys to the Dutch word that may be written for them in a center with these names of its own."""
    free = _words(own)
    return {key: words[0] for key, words in aliases.KEYS.items() if words[0] in free and key not in own}


def _words(own: set[str]) -> dict[str, str]:
    folded = {aliases.fold(name) for name in own}
    return {
        word: key for key, words in aliases.KEYS.items() for word in words if aliases.fold(word) not in folded
    }
