"""The exception that every reader of a cell or a file raises: why, as the code of a finding and what fills it."""

from typing import Any


class Misread(Exception):
    """``code`` names a text in ``engine.messages.AT_THE_DOOR``; ``params`` are raw values that fill it."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params = params
        super().__init__(code)


def shown(value: object) -> str:
    """A found value on one short line, as it may stand in a message.

    >>> shown("a\\nb"), shown(2.0), shown(0.1 + 0.2)
    ('a b', '2', '0.3')
    """
    if isinstance(value, float):
        return f"{value:.15g}"
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in str(value)).split())
    return text if len(text) <= 60 else text[:57] + "..."
