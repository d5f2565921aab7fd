"""Codes as people call them: names of services, participants, drivers and roles, also inside a finding's message."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from portfolio.engine.findings import Finding
from portfolio.sheets.wording import said
from portfolio.templatetags.figures import month

#: Params of a finding that hold codes: which table names them, in the order in which they are looked up.
_CODES: dict[str, tuple[str, ...]] = {
    "service": ("services",), "needed": ("services",),
    "participant": ("participants",), "participants": ("participants",),
    "driver": ("drivers",), "one": ("roles",), "other": ("roles",),
}  # fmt: skip
#: Params that hold a month, which a page writes as "jan 2029".
_MONTHS = frozenset({"month", "start", "until"})


@dataclass(frozen=True, eq=False)
class Names:
    """Names by code, read from the frames of a center; an unknown code, of an older plan, stays itself."""

    frames: Mapping[str, pd.DataFrame]

    @cached_property
    def services(self) -> dict[str, str]:
        return self._pairs("services", "service", "name")

    @cached_property
    def participants(self) -> dict[str, str]:
        return self._pairs("participants", "code", "name")

    @cached_property
    def drivers(self) -> dict[str, str]:
        return self._pairs("drivers", "driver", "label")

    @cached_property
    def roles(self) -> dict[str, str]:
        return self._pairs("roles", "role", "name")

    def service(self, code: str) -> str:
        return self.services.get(code) or code

    def participant(self, code: str) -> str:
        return self.participants.get(code) or code

    def driver(self, code: str) -> str:
        return self.drivers.get(code) or code

    def role(self, code: str) -> str:
        return self.roles.get(code) or code

    def said(self, finding: Finding) -> str:
        """The message of a finding with names for codes, as the sentence it is on a page."""
        params = {name: self._named(name, value) for name, value in finding.params.items()}
        text = said(replace(finding, params=params))
        return text[:1].upper() + text[1:]

    def _named(self, param: str, value: object) -> object:
        if not isinstance(value, str):
            return value
        if param in _MONTHS:
            return month(value)
        tables = [getattr(self, table) for table in _CODES.get(param, ())]
        known = {code: name for table in tables for code, name in table.items() if name}
        return ", ".join(known.get(code, code) for code in value.split(", ")) if known else value

    def _pairs(self, frame: str, code: str, name: str) -> dict[str, str]:
        return dict(zip(self.frames[frame][code], self.frames[frame][name], strict=True))
