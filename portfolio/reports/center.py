"""The center at a glance: what is known of each participant, who stands for it, and how sure every table is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from django.utils.translation import gettext

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.schema import FRAMES, SETTINGS
from portfolio.engine.terms import Status
from portfolio.frames.center_table import GROUPS
from portfolio.frames.participants import OWN_FRAMES, Missing, completeness, participant_digest
from portfolio.models.center import ParticipantSeal
from portfolio.reports.names import Names
from portfolio.reports.table_words import (
    GROUP_TITLES,
    choice_label,
    column_words,
    setting_words,
    shown_value,
    title,
)


@dataclass(frozen=True)
class Sureness:
    """How many rows are estimated, entered and confirmed."""

    estimated: int
    entered: int
    confirmed: int

    @property
    def rows(self) -> int:
        return self.estimated + self.entered + self.confirmed

    @property
    def parts(self) -> list[dict[str, object]]:
        """For a bar in parts."""
        return [
            {"label": gettext("confirmed"), "value": self.confirmed, "kind": "keep"},
            {"label": gettext("entered"), "value": self.entered, "kind": "out"},
            {"label": gettext("estimated"), "value": self.estimated, "kind": "open"},
        ]


@dataclass(frozen=True)
class Confirmation:
    """Who stands for a participant's figures; ``holds`` until one of them differs."""

    holds: bool
    who: str
    at: datetime


@dataclass(frozen=True)
class ParticipantRow:
    """One participant in the overview."""

    code: str
    name: str
    kind: str
    expected: int
    known: int
    share: float
    missing: list[str]
    sureness: Sureness
    confirmation: Confirmation | None


@dataclass(frozen=True)
class TableRow:
    """One table in the overview."""

    name: str
    title: str
    meaning: str
    sureness: Sureness
    url: str


def participant_rows(
    inputs: CenterInputs, seals: Mapping[str, ParticipantSeal], only: str = ""
) -> list[ParticipantRow]:
    """The participants, or the one of a reviewer."""
    frame = inputs.frames["participants"]
    names = Names(inputs.frames)
    kinds = FRAMES["participants"].by_name["kind"]
    rows = []
    for code, name, kind in zip(frame["code"], frame["name"], frame["kind"], strict=True):
        if only and code != only:
            continue
        complete = completeness(inputs, code)
        own = [
            inputs.frames[table][inputs.frames[table][column] == code] for table, column in OWN_FRAMES.items()
        ]
        rows.append(
            ParticipantRow(
                code=code,
                name=name,
                kind=choice_label(kinds, kind),
                expected=complete.expected,
                known=complete.known,
                share=complete.share,
                missing=[_missing(one, names) for one in complete.missing],
                sureness=sureness_of(own),
                confirmation=_confirmation(seals.get(code), inputs, code),
            )
        )
    return rows


def sureness_of(frames: Iterable[pd.DataFrame]) -> Sureness:
    """Rows by status."""
    counts = pd.concat([frame["status"] for frame in frames]).value_counts()
    return Sureness(
        *(int(counts.get(status.value, 0)) for status in (Status.ESTIMATED, Status.ENTERED, Status.CONFIRMED))
    )


def table_rows(inputs: CenterInputs, url: Callable[[str], str]) -> list[tuple[str, list[TableRow]]]:
    """The tables by group, with how sure their rows are."""
    listed = []
    for group, names in GROUPS.items():
        rows = [
            TableRow(
                name=name,
                title=title(name),
                meaning=gettext(FRAMES[name].meaning),
                sureness=sureness_of(inputs.frames[one] for one in (name, FRAMES[name].wide) if one),
                url=url(name),
            )
            for name in names
            if name in FRAMES
        ]
        listed.append((str(GROUP_TITLES[group]), rows))
    return listed


def setting_rows(inputs: CenterInputs) -> list[tuple[str, str, str]]:
    """Settings in words: name, value and unit."""
    return [
        (
            setting_words(column.name),
            shown_value(column, inputs.settings[column.name]),
            gettext(column.unit) if column.unit else "",
        )
        for column in SETTINGS
        if column.name != "name"
    ]


def _confirmation(seal: ParticipantSeal | None, inputs: CenterInputs, code: str) -> Confirmation | None:
    if seal is None:
        return None
    who = seal.confirmed_by
    name = (who.get_full_name() or who.get_username()) if who else gettext("somebody who has left")
    return Confirmation(seal.digest == participant_digest(inputs, code), name, seal.confirmed_at)


def _missing(one: Missing, names: Names) -> str:
    """A figure that is still to be given, in words."""
    last = str(one.key[-1])
    what = {
        "participants": column_words(one.column),
        "base_volumes": names.driver(last),
        "budget": gettext("budget %(year)s") % {"year": last},
        "own_effort": gettext("own effort on %(service)s") % {"service": names.service(last)},
    }[one.sheet]
    return gettext("%(figure)s (estimated)") % {"figure": what} if one.is_estimated else what
