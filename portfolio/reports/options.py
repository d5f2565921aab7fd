"""What one participant could do instead, compared: scores, weights, rank and cost, and how firm that order is."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.ranking import Turn, complete, first_shares, ranks, totals, turns
from portfolio.engine.terms import Option, Part
from portfolio.frames.options import About, Cell, criteria_of, values_of
from portfolio.models import labels
from portfolio.reports.options_shares import share_words, whole_percents
from portfolio.reports.payers import months_in
from portfolio.reports.table_words import criterion_words
from portfolio.templatetags.figures import number, pct

#: The frames of a plan that this page is made of.
FRAMES = ("contributions", "shares", "fte_allocation")
#: Weightings that are drawn, and the seed: the same figures give the same page.
SAMPLES, SEED = 20_000, 1


@dataclass(frozen=True)
class Staying:
    """What the plan asks of a participant in one year, in EUR; ``takes`` says whether it takes any service then."""

    year: int
    months: int
    contribution: float
    own: float
    one_off: float
    takes: bool

    @property
    def recurring(self) -> float:
        """What an option replaces. One-off cost and own effort that remains are there either way."""
        return self.contribution - self.one_off


@dataclass(frozen=True)
class Choice:
    """An option: cost in EUR of the year, and difference with staying; None is unknown, or not ranked."""

    code: str
    cost: float | None
    difference: float | None
    status: str
    spread: float
    total: float | None = None
    rank: int | None = None
    share: float | None = None
    percent: int | None = None
    missing: Sequence[str] = ()

    @property
    def head(self) -> str:
        return option_words(self.code)

    @property
    def label(self) -> str:
        return str(next(label for word, label in labels.OPTIONS.items() if word == self.code))

    @property
    def is_first(self) -> bool:
        return self.rank == 1

    @property
    def share_words(self) -> str:
        return share_words(self.share or 0.0, self.percent)

    @property
    def range(self) -> str:
        return f"± {pct(self.spread)}" if self.spread == self.spread else ""


@dataclass(frozen=True)
class Line:
    """A criterion: its weight, what each option scores, and which weight would bring another option first."""

    code: str
    weight: float | None
    share: float | None
    scores: Sequence[float | None]
    turns: Sequence[str]
    first: Sequence[bool] = ()

    @property
    def label(self) -> str:
        return criterion_words(self.code)

    @property
    def decimals(self) -> int:
        """As many as the weight has, two at most."""
        weight = self.weight or 0.0
        return next(
            places for places in (0, 1, 2) if places == 2 or math.isclose(weight, round(weight, places))
        )

    @property
    def cells(self) -> list[tuple[str, bool]]:
        """Scores as written, and whether they are those of the option that comes first."""
        written = (number(score, 0 if score is None or score == int(score) else 1) for score in self.scores)
        return list(zip(written, self.first, strict=True))

    @property
    def is_judged(self) -> bool:
        return any(score is not None for score in self.scores)


@dataclass(frozen=True)
class Comparison:
    """The options of one participant of which anything is known."""

    choices: Sequence[Choice]
    lines: Sequence[Line]
    others: Sequence[str]
    has_weights: bool
    is_weighed: bool

    @cached_property
    def firsts(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.is_first]

    @property
    def ranked(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.total is not None]

    @property
    def by_share(self) -> list[Choice]:
        """Those that could come first, the most often first."""
        known = [choice for choice in self.choices if choice.share is not None]
        return sorted(known, key=lambda choice: -(choice.share or 0)) if len(known) > 1 else []

    @property
    def cheapest(self) -> Choice | None:
        known = [choice for choice in self.choices if choice.cost is not None]
        return min(known, key=lambda choice: choice.cost or 0.0, default=None)

    @property
    def notes(self) -> list[str]:
        """What is missing, and what is done about it."""
        unjudged = [line for line in self.lines if not line.is_judged]
        notes = []
        if any(line.is_judged for line in self.lines) and not self.has_weights:
            notes.append(_("No weights are entered, so every criterion that is judged counts as much."))
        elif blank := [line.label for line in self.lines if line.is_judged and line.weight is None]:
            notes.append(_("Without a weight, so not counted: %(names)s.") % {"names": ", ".join(blank)})
        if unjudged and len(unjudged) < len(self.lines):
            notes.append(
                _("Judged for no option, so left out: %(names)s.")
                % {"names": ", ".join(line.label for line in unjudged)}
            )
        for choice in self.choices:
            if choice.missing:
                notes.append(_("%(option)s is not ranked: it has no score yet for %(names)s.")
                             % {"option": choice.head, "names": ", ".join(choice.missing).lower()})  # fmt: skip
        if dear := [choice.head for choice in self.choices if choice.cost is None]:
            notes.append(_("The yearly cost is not known of: %(names)s. Enter it to see the difference with staying.")
                         % {"names": ", ".join(dear)})  # fmt: skip
        if self.others:
            notes.append(_("Nothing is entered yet of: %(names)s.") % {"names": ", ".join(self.others)})
        return notes


def option_words(code: str) -> str:
    """An option in few words."""
    return str(next((label for word, label in labels.OPTION_HEADS.items() if word == code), code))


def staying(frames: Mapping[str, pd.DataFrame], inputs: CenterInputs, code: str, year: int) -> Staying | None:
    """What the sealed plan asks; None when it does not know this participant."""
    paid = frames["contributions"]
    row = paid[(paid["participant"] == code) & (paid["year"] == year)]
    if row.empty:
        return None
    shares, given = frames["shares"], frames["fte_allocation"]
    own = shares[(shares["participant"] == code) & (shares["year"] == year)]
    taken = (given["participant"] == code) & (given["month"].str[:4] == str(year))
    return Staying(
        year=year,
        months=months_in(inputs, year),
        contribution=float(row["eur"].iloc[0]),
        own=float(row["own_effort_eur_cents"].iloc[0]) / 100,
        one_off=float(own.loc[own["part"] == Part.ONE_OFF, "eur_cents"].sum()) / 100,
        takes=bool(taken.any()),
    )


def years_in(frames: Mapping[str, pd.DataFrame]) -> list[int]:
    return sorted(set(frames["contributions"]["year"].tolist()))


def comparison(inputs: CenterInputs, code: str, stays: Staying | None) -> Comparison:
    """The options side by side; without ``stays`` cost is that of the base year, and compared with nothing."""
    found = values_of(inputs, code)
    codes = [option.value for option in Option if Cell(About.STATUS, option.value) in found]
    criteria = criteria_of(inputs, code)
    scores = [[found.get(Cell(About.SCORE, option, name)) for name in criteria] for option in codes]
    given = [found.get(Cell(About.WEIGHT, criterion=name)) for name in criteria]
    has_weights = any(weight is not None for weight in given)
    ranked, counted = complete(scores)
    weights = np.array([(given[at] or 0.0) if has_weights else 1.0 for at in counted])
    matrix = np.array([[scores[number][at] for at in counted] for number in ranked], dtype=float)
    matrix = matrix.reshape(len(ranked), len(counted))
    means = totals(matrix, weights) if ranked else None
    places = ranks(means) if means is not None else []
    first_in = first_shares(matrix, samples=SAMPLES, seed=SEED)
    percents = whole_percents(first_in.tolist())
    judged = {
        ranked[at]: {
            "total": float(means[at]) if means is not None else None,
            "rank": places[at] if places else None,
            "share": float(first_in[at]),
            "percent": percents[at],
        }
        for at in range(len(ranked))
    }
    names = [option_words(codes[number]) for number in ranked]
    firm = turns(matrix, weights) if len(ranked) > 1 and places.count(1) == 1 else None
    whole = float(weights.sum())
    return Comparison(
        choices=[
            _choice(inputs, code, option, found, stays,
                    missing=[criterion_words(criteria[at]) for at in counted if scores[number][at] is None],
                    **judged.get(number, {}))
            for number, option in enumerate(codes)
        ],
        lines=[
            Line(
                code=name,
                weight=given[at],
                share=float(weights[counted.index(at)]) / whole if at in counted and whole > 0 else None,
                scores=[row[at] for row in scores],
                first=[judged.get(at_option, {}).get("rank") == 1 for at_option in range(len(codes))],
                turns=_turn_words(firm[counted.index(at)].below, firm[counted.index(at)].above, names)
                if firm and at in counted else [],
            )
            for at, name in enumerate(criteria)
        ],
        others=[option_words(option) for option in Option if option not in codes],
        has_weights=has_weights,
        is_weighed=whole > 0,
    )  # fmt: skip


def _choice(
    inputs: CenterInputs,
    code: str,
    option: str,
    found: Mapping[Cell, Any],
    stays: Staying | None,
    **judged: Any,
) -> Choice:
    frame = inputs.frames["alternatives"]
    row = frame[(frame["participant"] == code) & (frame["option"] == option)].iloc[0]
    cost = found.get(Cell(About.COST, option))
    if cost is not None and stays is not None:
        passed = stays.year - int(inputs.settings["start"][:4])
        cost = cost * (1 + inputs.settings["price_growth"]) ** passed * stays.months / 12
    compared = cost is not None and stays is not None and stays.takes
    return Choice(
        option,
        cost,
        cost - stays.recurring if compared else None,
        row["status"],
        float(row["spread"]),
        **judged,
    )  # type: ignore[operator,union-attr]


def _turn_words(below: Turn | None, above: Turn | None, names: Sequence[str]) -> list[str]:
    words = []
    for turn, text in (
        (below, _("below %(weight)s: %(options)s")),
        (above, _("above %(weight)s: %(options)s")),
    ):
        if turn is not None:
            options = " / ".join(names[at] for at in turn.options)
            words.append(text % {"weight": number(turn.weight, 2), "options": options})
    return words or [_("at no weight")]
