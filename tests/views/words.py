"""The words of an answer, for tests that say a word is not there: in a random token any three letters may stand."""

import re
from typing import Any


def words_of(answer: Any) -> set[str]:
    """Every word of the page, attributes included, in lower case."""
    return set(re.findall(r"\w+", answer.content.decode().casefold()))
