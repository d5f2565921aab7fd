"""Participants as payers: was, becomes, own effort and the steps between, for one year of a plan."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pandas as pd
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.engine.comparison import Step
from portfolio.engine.inputs import CenterInputs, months_of
from portfolio.engine.rounding import half_up
from portfolio.reports.names import Names

#: The frames of a plan that these rows are made of.
FRAMES = ("contributions", "today_own_effort", "bridge", "cost")
#: Codes under which a center may count its inhabitants.
INHABITANTS = ("inhabitants", "inwoners")
#: The steps from today's contribution to the new one: what each is called, and what it means.
STEPS: dict[Step, tuple[str | Promise, str | Promise]] = {
    Step.UNEXPLAINED: (
        gettext_lazy("Not explained"),
        gettext_lazy("What the center as it is would cost by these figures, less what is paid today."),
    ),
    Step.INDEXATION: (
        gettext_lazy("Wages and prices"),
        gettext_lazy("Growth of wages and prices since the first year."),
    ),
    Step.VOLUME: (
        gettext_lazy("Growth of volumes"),
        gettext_lazy("More or fewer inhabitants, workplaces, applications."),
    ),
    Step.PORTFOLIO: (
        gettext_lazy("Other services"),
        gettext_lazy("Services that start, stop, go to the market or are handed back, and who takes them."),
    ),
    Step.KEY: (gettext_lazy("Other sharing key"), gettext_lazy("Current services that are divided by another key.")),
    Step.ONE_OFF: (gettext_lazy("One-off"), gettext_lazy("One-off costs and income that fall in this year.")),
    Step.INTERACTION: (
        gettext_lazy("Combined effect"),
        gettext_lazy("What the changes do together and no single one explains, such as wages on new services."),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Payer:
    """One participant in one year, in EUR: None is unknown. ``exact`` holds the steps from ``was`` to ``becomes``."""

    code: str
    name: str
    was: float | None
    becomes: float
    inhabitants: float | None
    own_was: float
    own_becomes: float
    exact: Mapping[Step, float] = field(default_factory=dict)

    @cached_property
    def steps(self) -> dict[Step, int]:
        """The steps in whole euros, which still lead from one written figure to the other."""
        if self.was is None or not self.exact:
            return {}
        return whole_euros(self.exact, int(half_up(self.becomes)) - int(half_up(self.was)))

    @property
    def difference(self) -> float | None:
        return None if self.was is None else self.becomes - self.was

    @property
    def was_each(self) -> float | None:
        return None if self.was is None or not self.inhabitants else self.was / self.inhabitants

    @property
    def becomes_each(self) -> float | None:
        return self.becomes / self.inhabitants if self.inhabitants else None

    @property
    def own_difference(self) -> float:
        return self.own_becomes - self.own_was

    @property
    def together_was(self) -> float | None:
        return None if self.was is None else self.was + self.own_was

    @property
    def together(self) -> float:
        return self.becomes + self.own_becomes

    @property
    def together_difference(self) -> float | None:
        return None if self.together_was is None else self.together - self.together_was

    @property
    def reasons(self) -> list[tuple[str, str, int]]:
        """Label, meaning and EUR of the steps that do something; none when today's contribution is unknown."""
        if self.was is None:
            return []
        return [(str(label), str(meaning), self.steps[step]) for step, (label, meaning) in STEPS.items()
                if self.steps.get(step)]  # fmt: skip

    @property
    def all_reasons(self) -> list[tuple[str, str, int]]:
        """As ``reasons``, with the steps that do nothing."""
        if self.was is None:
            return []
        return [
            (str(label), str(meaning), self.steps.get(step, 0)) for step, (label, meaning) in STEPS.items()
        ]

    @property
    def main_reason(self) -> tuple[str, str, int] | None:
        return max(self.reasons, key=lambda reason: abs(reason[2]), default=None)


@dataclass(frozen=True)
class Contributions:
    """One year of a plan: a row per participant, and their total."""

    year: int
    months: int
    payers: Sequence[Payer]
    total: Payer
    cost: float

    @property
    def unknown(self) -> list[str]:
        """Names of participants whose contribution of today is not known."""
        return [payer.name for payer in self.payers if payer.was is None]

    @property
    def known(self) -> list[Payer]:
        return [payer for payer in self.payers if payer.was is not None]

    @property
    def closes(self) -> bool:
        """Whether what is paid is what it costs; cost is kept in cents, contributions in euros."""
        return abs(self.total.becomes - self.cost) < 1


def contributions(frames: Mapping[str, pd.DataFrame], inputs: CenterInputs, year: int) -> Contributions:
    """The contributions of one year."""
    names, months = Names(inputs.frames), months_in(inputs, year)
    own_today = frames["today_own_effort"].groupby("participant")["eur_cents"].sum().to_dict()
    counted = inhabitants(inputs)
    steps: dict[str, dict[Step, float]] = {}
    for participant, step, cents in _of_year(frames["bridge"], year, "participant", "step", "eur_cents"):
        steps.setdefault(participant, {})[Step(step)] = cents / 100
    columns = ("participant", "eur", "current_eur_cents", "own_effort_eur_cents")
    payers = []
    for code, becomes, was_cents, own_cents in _of_year(frames["contributions"], year, *columns):
        was = None if math.isnan(was_cents) else was_cents / 100
        own_was = own_today.get(code, 0) / 100 * months / 12  # today's is of a whole year
        payers.append(Payer(code, names.participant(code), was, float(becomes), counted.get(code), own_was,
                            own_cents / 100, steps.get(code, {})))  # fmt: skip
    cost = frames["cost"]
    cents = int(cost.loc[cost["year"] == year, "eur_cents"].sum())
    return Contributions(year, months, payers, total_of(payers), cents / 100)


def total_of(payers: Sequence[Payer]) -> Payer:
    """All together, today's contribution unknown when one of them is."""
    was = [payer.was for payer in payers if payer.was is not None]
    return Payer(
        code="",
        name=_("Total"),
        was=sum(was) if len(was) == len(payers) else None,
        becomes=sum(payer.becomes for payer in payers),
        inhabitants=None,
        own_was=sum(payer.own_was for payer in payers),
        own_becomes=sum(payer.own_becomes for payer in payers),
        exact={step: sum(payer.exact.get(step, 0.0) for payer in payers) for step in STEPS},
    )


def everyone(year: Contributions) -> Payer:
    """The participants taken together, without those whose contribution of today is unknown."""
    if not year.unknown or not year.known:
        return replace(year.total, name=_("all participants"))
    counted = {"count": len(year.known), "total": len(year.payers)}
    return replace(total_of(year.known), name=_("%(count)s of %(total)s participants") % counted)


def per_inhabitant(payers: Sequence[Payer]) -> Payer:
    """The participants with inhabitants taken together: the mean that each may compare itself with."""
    counted = [payer for payer in payers if payer.inhabitants]
    return replace(total_of(counted), inhabitants=sum(payer.inhabitants or 0 for payer in counted))


def months_in(inputs: CenterInputs, year: int) -> int:
    """How many months of a year lie in the horizon."""
    return int((months_of(inputs.settings) // 12 == year).sum())


def inhabitants(inputs: CenterInputs) -> dict[str, float]:
    """Inhabitants by participant in the base year, where they are known and not zero."""
    volumes = inputs.frames["base_volumes"]
    found = volumes[volumes["driver"].isin(INHABITANTS) & (volumes["volume"] > 0)]
    return dict(zip(found["participant"], found["volume"], strict=True))


def whole_euros(amounts: Mapping[Any, float], total: int) -> dict[Any, int]:
    """Amounts in whole euros that sum to a stated total.

    What rounding leaves goes to the largest amount: spread by largest remainder, a step or a service of nothing
    could show a euro.
    """
    whole = {key: int(half_up(amount)) for key, amount in amounts.items()}
    if whole:
        largest = max(whole, key=lambda key: (abs(whole[key]), key))
        whole[largest] += total - sum(whole.values())
    return whole


def _of_year(frame: pd.DataFrame, year: int, *columns: str) -> list[tuple]:
    found = frame[frame["year"] == year]
    return list(zip(*(found[column].tolist() for column in columns), strict=True))
