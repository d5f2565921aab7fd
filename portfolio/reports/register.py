"""The placement register as HR reads it: everybody with a status, what was proposed, and what the advice is now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from portfolio.engine.staffing import Staffing
from portfolio.engine.terms import Unplaced
from portfolio.frames.register import Entry, RegisterPost, Step
from portfolio.models.placement import Outcome, Stage
from portfolio.reports.names import Names
from portfolio.reports.placement_board import GROUNDS, REASONS
from portfolio.templatetags.figures import fte

#: The kind of tag that a status wears.
KINDS = {
    Stage.PROPOSED: "open",
    Stage.DISCUSSED: "open",
    Stage.AGREED: "good",
    Stage.OBJECTION: "bad",
    Stage.DECIDED: "good",
}


@dataclass(frozen=True)
class RegisterRow:
    """One person of the register in words. `value` says in a form who, and at which status it was seen."""

    entry: Entry
    name: str
    was: str
    service: str
    becomes: tuple[tuple[str, str], ...]
    outcome: Any
    differs: bool

    @property
    def value(self) -> str:
        return f"{self.entry.pk}:{self.entry.stage.value}"

    @property
    def kind(self) -> str:
        return KINDS[self.entry.stage]

    @property
    def is_post(self) -> bool:
        return self.entry.outcome == Outcome.POST


def rows(entries: Iterable[Entry], names: Names, found: Staffing | None) -> list[RegisterRow]:
    """Everybody, by name. Without a placement nothing differs from it."""
    advice = found.proposals() if found else None
    return sorted(
        (_row(entry, names, advice) for entry in entries), key=lambda row: (row.name, row.entry.number)
    )


def stage_options(entries: Sequence[Entry], chosen: str) -> list[dict[str, Any]]:
    """The statuses to choose from, each with its persons; first everybody."""
    counts = {stage: sum(entry.stage == stage for entry in entries) for stage in Stage}
    every = {"url": "?", "label": f"{_('everybody')} {len(entries)}", "current": chosen not in counts}
    return [
        every,
        *(
            {"url": f"?stage={stage.value}", "label": f"{stage.label} {persons}", "current": chosen == stage}
            for stage, persons in counts.items()
        ),
    ]


def reasons(found: Staffing) -> dict[str, str]:
    """Why who waits has no post, in words, by number."""
    return {row.person: str(REASONS[Unplaced(row.reason)]) for row in found.unplaced.itertuples()}


def behind(entries: Sequence[Entry], found: Staffing | None) -> int:
    """Of how many persons the proposal in the register is not the advice of now: new ones, and others."""
    if found is None:
        return 0
    advice = found.proposals()
    standing = {entry.number: entry for entry in entries}
    open_ones = [entry for entry in entries if entry.stage == Stage.PROPOSED]
    return len(advice.keys() - standing.keys()) + sum(_differs(entry, advice) for entry in open_ones)


def letter_values(
    entry: Entry,
    names: Names,
    opens: Mapping[tuple[str, str], str],
    *,
    center: str,
    today: str,
    decided: str = "",
) -> dict[str, str]:
    """What is filled in in a letter to one person. `opens`: the first month of a post, in words."""
    posts = [_becomes(post, names) for post in entry.posts]
    months = dict.fromkeys(opens.get((post.service, post.role), "") for post in entry.posts)
    grounds = dict.fromkeys(str(GROUNDS[int(post.ground)]) for post in entry.posts)
    return {
        "name": entry.name or _("number %(number)s") % {"number": entry.number},
        "center": center,
        "was": names.role(entry.role),
        "becomes": _(" and ").join(f"{post} ({size})" for post, size in posts),
        "from": _(" and ").join(month for month in months if month),
        "ground": _(" and ").join(grounds),
        "reason": entry.reason,
        "decided": decided,
        "today": today,
    }


def day(value: date) -> str:
    """A date as a letter writes it."""
    return formats.date_format(value, "j F Y")


def step_rows(steps: Iterable[Step]) -> list[tuple[Step, str]]:
    """The steps with the kind of tag each status wears."""
    return [(step, KINDS[step.stage]) for step in steps]


def _row(entry: Entry, names: Names, advice: Mapping[str, Any] | None) -> RegisterRow:
    return RegisterRow(
        entry,
        entry.name or _("number %(number)s") % {"number": entry.number},
        names.role(entry.role),
        names.service(entry.service) if entry.service else "",
        tuple((_becomes(post, names)[0], str(post.ground.label)) for post in entry.posts),
        entry.outcome.label,
        advice is not None and entry.stage != Stage.DECIDED and _differs(entry, advice),
    )


def _differs(entry: Entry, advice: Mapping[str, Any]) -> bool:
    own = tuple(sorted((post.service, post.role, post.fte, int(post.ground)) for post in entry.posts))
    return bool(advice.get(entry.number, None) != own)


def _becomes(post: RegisterPost, names: Names) -> tuple[str, str]:
    return f"{names.role(post.role)}, {names.service(post.service)}", _("%(fte)s FTE") % {
        "fte": fte(post.fte)
    }


@dataclass(frozen=True)
class UnnamedRow:
    """A proposal without a person. `number` counts the rows of the page; `name` is there for the one asked for."""

    number: int
    pk: int
    was: str
    becomes: str
    stage: Any
    kind: str
    name: str


def unnamed(entries: Iterable[Entry], names: Names, shown: tuple[int, str] | None) -> list[UnnamedRow]:
    """Proposals by old and new function, so that the order says nothing of who it is."""
    rows = sorted((names.role(entry.role), _places(entry, names), entry.pk, entry) for entry in entries)
    return [
        UnnamedRow(
            number,
            pk,
            was,
            becomes,
            entry.stage.label,
            KINDS[entry.stage],
            shown[1] if shown and shown[0] == pk else "",
        )
        for number, (was, becomes, pk, entry) in enumerate(rows, 1)
    ]


def _places(entry: Entry, names: Names) -> str:
    return ", ".join(_becomes(post, names)[0] for post in entry.posts) or str(entry.outcome.label)
