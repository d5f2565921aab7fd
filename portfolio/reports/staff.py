"""Staff: persons and FTE per role and service beside what the teams need today; names for the HR officer alone."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from django.utils.formats import date_format
from django.utils.translation import gettext

from portfolio.engine.inputs import CenterInputs
from portfolio.frames.staff import Person
from portfolio.reports.names import Names
from portfolio.reports.table_words import column_words, language, setting_words
from portfolio.sheets import aliases
from portfolio.sheets.comparing import Changes
from portfolio.templatetags.figures import fte, number


@dataclass(frozen=True)
class StaffRow:
    """Persons and FTE of a role or a service, what today's team needs, and the vacancies between them."""

    code: str
    name: str
    persons: int
    fte: float
    need: float | None

    @property
    def vacancy(self) -> float | None:
        """Positive where people are missing, negative where there are more than the team needs."""
        return None if self.need is None else round(self.need - self.fte, 6)


def by_service(counts: pd.DataFrame, today: pd.DataFrame | None, inputs: CenterInputs) -> list[StaffRow]:
    """A row per service that runs today or has staff, and one for who has no service."""
    names = Names(inputs.frames)
    need = None if today is None else _teams(today)
    return _rows(counts, "service", need, lambda code: names.service(code) if code else gettext("no service"))


def by_role(counts: pd.DataFrame, today: pd.DataFrame | None, inputs: CenterInputs) -> list[StaffRow]:
    """A row per role; what a team needs of it follows from the shares of roles in the team."""
    names = Names(inputs.frames)
    need: dict[str, float] | None = None
    if today is not None:
        need = defaultdict(float)
        teams = _teams(today)
        mix = inputs.frames["role_mix"]
        for service, role, share in zip(mix["service"], mix["role"], mix["share"], strict=True):
            if service in teams:
                need[role] += teams[service] * share
    return _rows(counts, "role", need, names.role)


def total(rows: Iterable[StaffRow]) -> StaffRow:
    """The sum of rows."""
    listed = list(rows)
    needs = [row.need for row in listed]
    return StaffRow(
        "",
        gettext("Total"),
        sum(row.persons for row in listed),
        round(sum(row.fte for row in listed), 6),
        None if None in needs or not needs else round(sum(need or 0.0 for need in needs), 6),
    )


def by_employer(counts: pd.DataFrame, inputs: CenterInputs) -> list[tuple[str, int, float]]:
    """Persons and FTE by who employs them."""
    words = {
        "center": gettext("the center"),
        "participant": gettext("participants"),
        "external": gettext("external"),
    }
    found = counts.groupby("employer")[["persons", "fte"]].sum()
    return [(words[str(code)], int(row.persons), float(row.fte)) for code, row in found.iterrows()]


def _teams(today: pd.DataFrame) -> dict[str, float]:
    """FTE per service in the first month, before any decision."""
    return {str(service): float(fte) for service, fte in today.groupby("service")["fte"].sum().items()}


def _rows(
    counts: pd.DataFrame, by: str, need: Mapping[str, float] | None, name: Callable[[str], str]
) -> list[StaffRow]:
    found = counts.groupby(by)[["persons", "fte"]].sum()
    have = {str(code): (int(row.persons), round(float(row.fte), 6)) for code, row in found.iterrows()}
    codes = sorted({*have, *(code for code, wanted in (need or {}).items() if wanted)})
    return [
        StaffRow(
            code,
            name(code),
            *have.get(code, (0, 0.0)),
            None if need is None else round(need.get(code, 0.0), 6),
        )
        for code in codes
    ]


# --- The HR officer alone ---


@dataclass(frozen=True)
class PersonRow:
    """One person, in words."""

    number: str
    name: str
    role: str
    service: str
    fte: float
    employer: str
    scale: str
    born: date | None
    employed_since: date | None
    until: date | None


def person_rows(persons: Iterable[Person], inputs: CenterInputs, words: str = "") -> list[PersonRow]:
    """Everybody of whom each of the words is found somewhere."""
    names = Names(inputs.frames)
    rows = [_person_row(person, names) for person in persons]
    wanted = words.casefold().split()
    return [row for row in rows if all(word in _text(row) for word in wanted)]


def _person_row(person: Person, names: Names) -> PersonRow:
    return PersonRow(
        person.number,
        person.name,
        names.role(person.role),
        names.service(person.service) if person.service else "",
        person.fte,
        _employer(person.employer, names),
        person.scale,
        person.born,
        person.employed_since,
        person.until,
    )


def _employer(code: str, names: Names) -> str:
    words = {"center": gettext("the center"), "external": gettext("external")}
    return words.get(code) or names.participant(code)


def _text(row: PersonRow) -> str:
    return " ".join([row.number, row.name, row.role, row.service, row.employer, row.scale]).casefold()


def differing(old: Person, new: Person) -> list[tuple[str, str, str]]:
    """What changes of a person: column, old and new value."""
    return [
        (
            column_words("person" if name == "number" else name),
            _shown(getattr(old, name)),
            _shown(getattr(new, name)),
        )
        for name in old.__dataclass_fields__
        if getattr(old, name) != getattr(new, name)
    ]


def _shown(value: object) -> str:
    if isinstance(value, date):
        return date_format(value, "j-n-Y")
    return fte(value) if isinstance(value, float) else str(value or "–")


@dataclass(frozen=True)
class SheetChanges:
    """What an HR workbook would change in one of its other sheets: the rows in words."""

    title: str
    new: list[str]
    changed: list[tuple[str, str, str, str]]
    gone: list[str]


def other_changes(changes: Mapping[str, Changes], names: Names) -> list[SheetChanges]:
    """The sheets in which anything changes; a changed cell is (row, column, old, new)."""
    return [
        SheetChanges(
            _sheet_words(name),
            [_row_words(row, found.key, names) for row in found.new.to_dict("records")],
            [
                (_row_words(row, found.key, names), _column(name, row), _cell(row["old"]), _cell(row["new"]))
                for row in found.changed.to_dict("records")
            ],
            [_row_words(row, found.key, names) for row in found.missing.to_dict("records")],
        )
        for name, found in changes.items()
        if not found.is_empty
    ]


def _sheet_words(name: str) -> str:
    label = aliases.sheet_label(name, language()).replace("_", " ")
    return label[:1].upper() + label[1:]


def _row_words(row: Mapping[str, Any], key: Iterable[str], names: Names) -> str:
    """What names a row: its key, with names for codes."""
    named = {"role": names.role, "new_role": names.role, "service": names.service, "setting": setting_words}
    words = [named.get(column, str)(str(row[column])) for column in key if row[column] not in ("", None)]
    return ", ".join(words)


def _column(name: str, row: Mapping[str, Any]) -> str:
    return "" if name == "social_plan" else column_words(str(row["column"]))


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, float):
        return number(value, 0 if value == int(value) else 2)
    return str(value) if value not in (None, "") else "–"
